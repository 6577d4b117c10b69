package nmf

import (
	"context"
	"math"
	"slices"
	"testing"

	"klew/nmf/internal/synthetic"
)

// begun is a fit after its first iterations.
func begun(t testing.TB, v *matrix, o Options) *fitting {
	f := newFitting(v, o.room(), o)
	t.Cleanup(f.workers.stop)
	f.start(context.Background(), o, 0)
	f.iterate(context.Background(), warmupIterations, 2*lookEvery)
	return f
}

func packed(t testing.TB, nonZeros, topics int) *matrix {
	m, err := pack(synthetic.Model{Terms: 2000, Topics: topics, Seed: 1}.Matrix(nonZeros))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// An iteration allocates nothing, with any solver, alone and with others, looking or not.
func TestIterationsAllocateNothing(t *testing.T) {
	m := packed(t, 30_000, 8)
	for _, o := range methods() {
		o.Topics, o.Threads, o.Init, o.MaxIter = 8, 2, Random, math.MaxInt
		f := begun(t, m, o)
		f.trace = make([]Step, 0, 1000)
		ctx := context.Background()
		for _, f.solver = range []solver{f.multiplicative, f.chosen} {
			f.extrapolation.reset()
			f.extrapolation.step(f, 1, true)
			for _, f.task.look = range []bool{true, false} {
				if n := testing.AllocsPerRun(5, func() {
					f.improveH(ctx)
					f.improveW(ctx)
					f.extrapolation.step(f, 1, true)
				}); n > 0 {
					t.Errorf("%s %s: %g allocations", o.Loss, o.Solver, n)
				}
			}
		}
	}
}

// Where little is left to do, the residual says so.
func TestResidualFalls(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		if o.Solver == MU || testing.Short() && o.Init != NNDSVD {
			return // on the way to zero its weights are neither zero nor at their optimum
		}
		o.Tol, o.MaxIter, o.SplitMerge = 0, 3000, 0
		r := fit(t, p.v, o)
		if first := r.Trace[warmupOf(o)+1].Residual; r.Residual > 0.01 && r.Residual > first/10 {
			t.Errorf("residual %g, after the first iteration %g", r.Residual, first)
		}
	})
}

func warmupOf(o Options) int {
	if o.SolverInForce() == CCD {
		return warmupIterations
	}
	return 0
}

// Merging two halves of a topic costs nothing, two different ones something.
func TestMergersKnowTheSame(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 6, Random, math.MaxInt
	m := packed(t, 30_000, 6)
	f := begun(t, m, o)
	filled := f.filled()
	twin := f.w.topics - 1
	for i := range f.w.items {
		f.w.Item(i)[twin] = f.w.Item(i)[filled[0]]
	}
	for j := range f.h.items {
		h := f.h.Item(j)
		h[filled[0]] *= 0.3
		h[twin] = h[filled[0]] * 7 / 3
	}
	before := f.measure()
	p, found := f.cheapest(f.filled(), func(pair) bool { return false })
	if !found || p != pairOf(filled[0], twin) {
		t.Errorf("the cheapest pair is %v, want %v", p, pairOf(filled[0], twin))
	}
	f.merge(p)
	if after := f.measure(); math.Abs(after-before) > 1e-6*before {
		t.Errorf("merging two halves took D from %g to %g", before, after)
	}
}

// What a merger is said to cost is not less than what it does cost, once the weights of
// the documents are at their optimum: it is a bound.
func TestMergersAreBounds(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter, o.SplitMerge = 6, Random, math.MaxInt, 0
	m := packed(t, 30_000, 6)
	f := begun(t, m, o)
	f.iterate(context.Background(), 0, 60)
	f.solveH(context.Background())
	var before kept
	f.keep(&before)
	d := f.measure()
	filled := f.filled()
	costs := f.mergers()
	for n, a := range filled {
		for _, b := range filled[:n] {
			f.merge(pairOf(a, b))
			f.solveH(context.Background())
			if cost, said := f.measure()-d, costs[a*f.w.topics+b]*f.unit; cost > said*1.02+1e-6*d {
				t.Errorf("merging %d and %d costs %g, at most %g was said", a, b, cost, said)
			}
			f.restore(&before)
		}
	}
}

// A split lowers D by no less than was said, once the weights are at their optimum.
func TestSplitsAreBounds(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 4, Random, math.MaxInt
	m := packed(t, 30_000, 8)
	f := begun(t, m, o)
	d := f.measure()
	s := &splitMerge{fitting: f, topics: 4, threads: 2, loss: o.Loss, tried: map[pair]bool{}}
	all := s.cells(m.sample(splitSample))
	for _, k := range f.filled() {
		h := s.splitOne(k, all, 1)
		if h.gain <= 0 {
			t.Errorf("topic %d gains %g", k, h.gain)
		}
	}
	best := s.splitOne(s.splitBest(round{splits: 1}, 1)[0].a, all, 1)
	f.iterate(context.Background(), 0, 20)
	if reached := f.measure(); reached > d {
		t.Errorf("D went from %g to %g with a topic more, %v", d, reached, best.topic)
	}
}

// A model with as many topics as the corpus was drawn from finds them, from any seed:
// the ends differ by less than D itself is uncertain.
func TestSearchDoesNotDependOnLuck(t *testing.T) {
	if testing.Short() {
		t.Skip("six fits")
	}
	v := synthetic.Model{Terms: 1000, Topics: 8, Seed: 1}.Matrix(30_000)
	o := Defaults()
	o.Topics = 8
	var ends []float64
	for o.Seed = 1; o.Seed <= 6; o.Seed++ {
		ends = append(ends, fit(t, v, o).Divergence)
	}
	if least, most := slices.Min(ends), slices.Max(ends); most > least*1.001 {
		t.Errorf("the ends are %.1f", ends)
	}
}

func lineObjective(c ccd, l line, h []float32, s *scratch) float64 {
	c.pass(l, h, s)
	return c.objective(l, h, s)
}

// A line that is too long to be gathered at once takes nearly the same steps: group by
// group in place of twice through all.
func TestLongLines(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 6, Random, math.MaxInt
	m := packed(t, 30_000, 6)
	f := begun(t, m, o)
	f.fixW()
	c := f.chosen.(ccd)
	for j := range 50 {
		l := m.columns.line(j)
		if len(l.index) == 0 {
			continue
		}
		one, two := newScratch(f.w.topics), newScratch(f.w.topics)
		whole, parts := slices.Clone(f.h.padded(j)), slices.Clone(f.h.padded(j))
		c.improve(l, whole, one, task{objective: true})
		free := two.choose(c, parts, task{})
		prepare := func() []float32 {
			two.y = grown(two.y, (len(l.index)+15)/16*16)
			two.block = make([]float32, 2*len(two.y))
			return two.weigh(c, parts)
		}
		before := lineObjective(c, l, parts, two)
		weight := prepare()
		c.longSweep(l, two.values(l), weight, free, 2, two)
		for a, k := range two.active {
			parts[k] = weight[a]
		}
		atOnce, inGroups := lineObjective(c, l, whole, one), lineObjective(c, l, parts, two)
		if inGroups > before+1e-6*math.Abs(before) || math.Abs(inGroups-atOnce) > 0.1*(before-atOnce)+1e-5*math.Abs(before) {
			t.Errorf("document %d: from %g to %g at once, to %g in groups", j, before, atOnce, inGroups)
		}
	}
}

// What follows a line in memory changes nothing where it fills up the last vector: neither a
// step nor the objective.
func TestWhatFollowsALine(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 6, Random, math.MaxInt
	m := packed(t, 30_000, 6)
	f := begun(t, m, o)
	f.fixW()
	c, s := f.chosen.(ccd), newScratch(f.w.topics)
	for j := range m.columns.count() {
		l := m.columns.line(j)
		if len(l.index) == 0 {
			continue
		}
		alone := line{l.index, slices.Clip(slices.Clone(l.value))}
		as, want := slices.Clone(f.h.padded(j)), slices.Clone(f.h.padded(j))
		d, dAlone := lineObjective(c, l, as, s), lineObjective(c, alone, want, s)
		c.improve(l, as, s, task{})
		c.improve(alone, want, s, task{})
		if d != dAlone || !slices.Equal(as, want) {
			t.Fatalf("document %d: objective %v and weights %v, alone %v and %v", j, d, as, dAlone, want)
		}
	}
}

// A merger is given up after a few iterations if the goal is out of reach, and has them all if it
// is not.
func TestHopelessMergersAreGivenUp(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 6, Random, math.MaxInt
	s := &splitMerge{fitting: begun(t, packed(t, 30_000, 6), o), topics: o.Topics, givesUp: true}
	d, before := s.measure(), s.iterations
	for _, goal := range []struct {
		d     float64
		whole bool
	}{{0.9 * d, false}, {1.1 * d, true}, {math.Inf(1), true}} {
		from := s.iterations
		_, ok, whole := s.settle(t.Context(), goal.d)
		if !ok || whole != goal.whole || whole != (s.iterations == from+lastSettle) {
			t.Errorf("from %.0f to %.0f: ok %t, whole %t after %d iterations", d, goal.d, ok, whole, s.iterations-from)
		}
	}
	if s.trace[len(s.trace)-1].Iteration >= s.iterations || before == s.iterations {
		t.Errorf("%d iterations, and a trace to %d", s.iterations, s.trace[len(s.trace)-1].Iteration)
	}
}

// In the place of one topic two hold what it held: as much of the whole, and of each
// column.
func TestDividingKeepsMass(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 4, Random, math.MaxInt
	m := packed(t, 30_000, 8)
	f := begun(t, m, o)
	held := func(topics ...int) (all float64) {
		ws, hs := f.w.Sums(), f.h.Sums()
		for _, k := range topics {
			all += ws[k] * hs[k]
		}
		return all
	}
	f.merge(pair{0, 3})
	before, rest := held(0), held(1, 2)
	column := f.w.Sums()[0] * float64(f.h.Item(5)[0])
	s := &splitMerge{fitting: f, topics: 4, threads: 2, loss: o.Loss, tried: map[pair]bool{}}
	f.divide(s.splitOne(0, f.cells(m.sample(splitSample)), 1), 3, f.w.Sums()[0])
	if after := held(0, 3); math.Abs(after-before) > 1e-3*before {
		t.Errorf("a topic of the mass %g was divided into two of %g", before, after)
	}
	if after := held(1, 2); after != rest {
		t.Errorf("the other topics went from the mass %g to %g", rest, after)
	}
	ws := f.w.Sums()
	if after := ws[0]*float64(f.h.Item(5)[0]) + ws[3]*float64(f.h.Item(5)[3]); math.Abs(after-column) > 1e-3*column {
		t.Errorf("in a column the mass went from %g to %g", column, after)
	}
}

// A topic without weight that would lower D leaves the line short of its optimum; one that
// would raise D does not.
func TestResidualSeesTopicsToCome(t *testing.T) {
	for _, name := range Losses {
		of := new(matrix).newLoss(name, 2)
		pool := newWorkers(1, 2)
		defer pool.stop()
		w := newFactor(3, 2)
		w.Item(0)[0], w.Item(1)[0], w.Item(2)[1] = 1, 1, 1
		of.fix(w, penalty{}, pool)
		s, h := pool.scratch[0], newFactor(1, 2)
		for _, c := range []struct {
			what    string
			l       line
			weights [2]float32
			stopped bool
		}{
			{"at its optimum, the other topic without use", line{[]int32{0, 1}, []float32{2, 2}}, [2]float32{2, 0}, true},
			{"with weight too large", line{[]int32{0, 1}, []float32{2, 2}}, [2]float32{3, 0}, false},
			{"with a topic missing", line{[]int32{0, 1, 2}, []float32{2, 2, 2}}, [2]float32{2, 0}, false},
		} {
			h.Item(0)[0], h.Item(0)[1] = c.weights[0], c.weights[1]
			of.pass(c.l, h.padded(0), s)
			got := residual(of, h.padded(0), s, nil)
			if share := got.residual / got.mass; share < 1e-6 != c.stopped {
				t.Errorf("%s: a line %s has the residual %g", name, c.what, share)
			}
			of.pass(c.l, h.padded(0), s)
			if got := residual(of, h.padded(0), s, []bool{true, true}); got.residual != 0 {
				t.Errorf("%s: a line %s has the residual %g, with all weights fixed", name, c.what, got.residual)
			}
		}
	}
}

// What topics hold of V adds up to V.
func TestPartsAddUp(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 4, Random, math.MaxInt
	m := packed(t, 30_000, 8)
	f := begun(t, m, o)
	held := 0.0
	for k := range 4 {
		part, _ := f.part(k, f.cells(m.sample(math.MaxInt)))
		held += part.total()
	}
	if total := m.total(); math.Abs(held-total) > 0.01*total { // shares below 0.01 are left out
		t.Errorf("the parts of four topics hold %g of %g", held, total)
	}
}

// What mergers cost is estimated from some of the columns, and comes near what all give by
// the formula.
func TestMergersFromASample(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 4, Random, math.MaxInt
	m := packed(t, 4*mergeSample, 6)
	f := begun(t, m, o)
	f.solveH(context.Background())
	costs := f.mergers()
	for x := range 4 {
		for y := range x {
			if want := f.mergerCost(x, y); math.Abs(costs[x*f.w.topics+y]-want) > 0.1*want {
				t.Errorf("merging %d and %d: %g, from all columns %g", x, y, costs[x*f.w.topics+y], want)
			}
		}
	}
}

// mergerCost is the bound of mergers, by its formula.
func (f *fitting) mergerCost(a, b int) float64 {
	ws, hs := f.w.Sums(), f.h.Sums()
	cost := mix(ws[a]*hs[a], ws[b]*hs[b])
	for i := range f.w.items {
		w := f.w.Item(i)
		cost -= mix(float64(w[a])*hs[a], float64(w[b])*hs[b])
	}
	for j := range f.h.items {
		h, l := f.h.Item(j), f.m.columns.line(j)
		cost -= mix(float64(h[a])*ws[a], float64(h[b])*ws[b])
		for e, i := range l.index {
			w := f.w.Item(int(i))
			y := cell(w, h, activeIn(h, nil))
			cost += mix(float64(l.value[e]*w[a]*h[a]/y), float64(l.value[e]*w[b]*h[b]/y))
		}
	}
	return cost
}

// In a narrow round the two topics that have just come of one are not merged again, and
// the second attempt begins with another pair than the first; in a wide round they may be.
func TestMergersThatAreTried(t *testing.T) {
	o := Defaults()
	o.Topics, o.MaxIter, o.Seed = 6, math.MaxInt, 1
	m := packed(t, 30_000, 6)
	f := newFitting(m, o.room(), o)
	defer f.workers.stop()
	ctx := context.Background()
	o.Init = Random
	f.start(ctx, o, 0)
	f.iterate(ctx, warmupIterations, 100)
	s := &splitMerge{fitting: f, topics: 6, threads: 1, loss: o.Loss}
	again := false
	for seed := range uint64(4) {
		var before kept
		f.keep(&before)
		fresh := s.splitBest(round{splits: 1}, seed)[0]
		for _, undo := range []bool{false, true} {
			f.restore(&before)
			s.tried = map[pair]bool{}
			s.moved()
			d := s.measure()
			if _, _, after := s.round(ctx, round{1, 2, undo}, seed, d); after == d && len(s.tried) != 2 {
				t.Errorf("seed %d: the two attempts began with %v", seed, s.tried)
			}
			if s.tried[fresh] && !undo {
				t.Errorf("seed %d: the attempts began with %v, of which %v had just been split", seed, s.tried, fresh)
			}
			again = again || s.tried[fresh]
		}
		f.restore(&before)
	}
	if !again {
		t.Error("no round would have merged what it had split: this shows nothing")
	}
}

// After a round that came to nothing the next splits other topics, until all have been split: from the
// same factors the same split would come to nothing again. A wide round leaves them to the next.
func TestFailedRoundsSplitOtherTopics(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 6, Random, math.MaxInt
	f := begun(t, packed(t, 30_000, 6), o)
	s := &splitMerge{fitting: f, topics: 6, threads: 2, loss: o.Loss, tried: map[pair]bool{}}
	var before kept
	f.keep(&before)
	topicOf := func(r round) int {
		fresh := s.splitBest(r, 1)
		f.restore(&before)
		if len(fresh) != r.splits {
			t.Fatalf("%d splits in place of %d", len(fresh), r.splits)
		}
		return fresh[0].a
	}
	wide := topicOf(round{splits: 1, undo: true})
	seen := map[int]bool{}
	for n := range f.filled() {
		topic := topicOf(round{splits: 1})
		if n == 0 && topic != wide {
			t.Errorf("after a wide round topic %d is split, not %d", topic, wide)
		}
		if seen[topic] {
			t.Errorf("topic %d is split again before all have been", topic)
		}
		seen[topic] = true
	}
	if first := topicOf(round{splits: 1}); first != wide {
		t.Errorf("once all have been split the next is %d, not the best, %d", first, wide)
	}
}

// On a tiny matrix the default ends no higher than any single start with the same seed, and its
// trace never rises.
func TestTinyMatricesEndLowest(t *testing.T) {
	for _, tokens := range []float64{3, 30} {
		v := synthetic.Model{Terms: 500, Topics: 8, Tokens: tokens, Seed: 2}.Matrix(int(60 * tokens))
		o := Defaults()
		o.Topics, o.Refine, o.Seed = 5, RefineOff, 3
		r := fit(t, v, o)
		for n, step := range r.Trace[1:] {
			if step.Divergence > r.Trace[n].Divergence*(1+1e-6) {
				t.Fatalf("%g tokens: D rises from %g to %g", tokens, r.Trace[n].Divergence, step.Divergence)
			}
		}
		for _, o.Init = range Inits[1:] {
			if single := fit(t, v, o).Divergence; r.Divergence > single*(1+1e-9) {
				t.Errorf("%g tokens: the default ends at %g, %s at %g", tokens, r.Divergence, o.Init, single)
			}
		}
	}
}

// mix is what a merger of two amounts costs.
func mix(a, b float64) float64 { return xlogx(a+b) - xlogx(a) - xlogx(b) }
