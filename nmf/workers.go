package nmf

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"klew/nmf/internal/kernel"
)

// blockSize is the least number of non-zeros handed to a goroutine at once: some
// 50 microseconds of work, so that the hand-over costs nothing and no goroutine
// waits long for the last one.
const blockSize = 4096

// side is one of the two half-steps: the lines of V and the factor with one item
// for each of them.
type side struct {
	lines *lines
	free  *Factor
	// Block b is the lines cuts[b] to cuts[b+1]. The cuts do not depend on the number
	// of goroutines: what is summed by block comes out the same.
	cuts []int
	// order is that in which blocks are handed out, the largest first: work is shared
	// by non-zeros, and a long line does not come last, when the others have nothing
	// left to do.
	order   []int
	partial []tally   // by block
	short   *together // how short lines are improved; nil: each alone
	laid    []*laid   // by block, once needed
	// dense says whether the fixed factor is turned for the lines, and turned is that.
	dense  bool
	turned []float32
}

func newSide(l *lines, free *Factor) *side {
	s := &side{lines: l, free: free, cuts: l.blocks(), dense: l.mostlyDense()}
	s.partial, s.laid = make([]tally, len(s.cuts)-1), make([]*laid, len(s.cuts)-1)
	s.order = make([]int, len(s.partial))
	for b := range s.order {
		s.order[b] = b
	}
	size := func(b int) int { return l.start[s.cuts[b+1]] - l.start[s.cuts[b]] }
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	return s
}

// blocks cuts lines into ranges of about blockSize non-zeros each.
func (l *lines) blocks() []int {
	cuts := []int{0}
	held := 0
	for n := range l.count() {
		held += l.start[n+1] - l.start[n] + 1
		if held >= blockSize {
			cuts = append(cuts, n+1)
			held = 0
		}
	}
	if last := l.count(); cuts[len(cuts)-1] != last {
		cuts = append(cuts, last)
	}
	return cuts
}

// tally is what visiting lines adds up to.
type tally struct {
	objective float64 // the lines' part of D, and the penalty on their weights
	residual  float64 // how far they are from their optimum, in units of mass
	mass      float64
}

func (t *tally) add(u tally) {
	t.objective += u.objective
	t.residual += u.residual
	t.mass += u.mass
}

// visit does something with a line of V and its weights, in working memory s.
type visit func(l line, h []float32, s *scratch) tally

// workers are the goroutines of a fit, beside the one that calls them. They stay between the
// half-steps, so that these allocate nothing.
type workers struct {
	scratch []*scratch
	begin   []chan struct{}
	done    sync.WaitGroup
	ctx     context.Context
	next    atomic.Int64
	parts   int // of the work at hand
	part    func(n int, s *scratch)

	side    *side
	visit   visit
	block   func(n int, s *scratch) // visits one block of the side
	summed  *Factor
	sumPart func(n int, s *scratch) // sums one part of the factor
	sums    [sumParts][]float64
}

// sumParts is the number of parts in which a factor is summed. It does not depend on the
// number of goroutines, so that the sum comes out the same.
const sumParts = 64

func newWorkers(threads, topics int) *workers {
	g := &workers{scratch: make([]*scratch, threads), begin: make([]chan struct{}, threads-1)}
	g.resize(topics)
	g.block = func(n int, s *scratch) {
		b := g.side.order[n]
		g.side.partial[b] = g.side.block(b, g.visit, s)
	}
	g.sumPart = func(n int, _ *scratch) {
		items := g.summed.items
		g.summed.addTo(g.sums[n], items*n/sumParts, items*(n+1)/sumParts)
	}
	for t := range g.begin {
		g.begin[t] = make(chan struct{})
		go func() {
			for range g.begin[t] {
				g.work(g.scratch[t+1])
				g.done.Done()
			}
		}()
	}
	return g
}

// resize prepares for factors of so many topics.
func (g *workers) resize(topics int) {
	for t := range g.scratch {
		g.scratch[t] = newScratch(topics)
	}
	for n := range g.sums {
		g.sums[n] = make([]float64, topics)
	}
}

// stop ends the goroutines.
func (g *workers) stop() {
	for _, b := range g.begin {
		close(b)
	}
}

// do does the parts of some work, in any order, unless ctx ends.
func (g *workers) do(ctx context.Context, parts int, part func(n int, s *scratch)) {
	g.ctx, g.parts, g.part = ctx, parts, part
	g.next.Store(0)
	called := g.begin[:max(min(len(g.begin), parts-1), 0)]
	g.done.Add(len(called))
	for _, b := range called {
		b <- struct{}{}
	}
	g.work(g.scratch[0])
	g.done.Wait()
}

// work takes parts until none is left or the context ends.
func (g *workers) work(s *scratch) {
	for g.ctx.Err() == nil {
		n := int(g.next.Add(1)) - 1
		if n >= g.parts {
			return
		}
		g.part(n, s)
	}
}

// each visits every line of a side, and returns the sum of what the visits return,
// added in the order of the lines. When ctx ends, lines not yet begun are left as they
// are, and ok is false.
func (g *workers) each(ctx context.Context, s *side, v visit) (sum tally, ok bool) {
	g.side, g.visit = s, v
	g.do(ctx, len(s.partial), g.block)
	for _, p := range s.partial {
		sum.add(p)
	}
	return sum, ctx.Err() == nil
}

// sum writes the sum of each topic's weights over all items.
func (g *workers) sum(f *Factor, to []float64) {
	g.summed = f
	g.do(context.Background(), sumParts, g.sumPart)
	clear(to)
	for _, part := range g.sums {
		for k, x := range part {
			to[k] += x
		}
	}
}

func (s *side) block(b int, v visit, scratch *scratch) (sum tally) {
	if s.short == nil {
		for n := s.cuts[b]; n < s.cuts[b+1]; n++ {
			sum.add(s.one(n, v, scratch))
		}
		return sum
	}
	if s.laid[b] == nil {
		s.laid[b] = s.lines.lay(s.cuts[b], s.cuts[b+1])
	}
	of := s.laid[b]
	if of.index == nil || s.short.arrange {
		of.arrange(s.lines, s.free, s.short.w.stride)
	}
	sum = s.improveShort(of, scratch)
	for _, n := range of.long {
		sum.add(s.one(int(n), v, scratch))
	}
	return sum
}

// one visits a line.
func (s *side) one(n int, v visit, scratch *scratch) tally {
	l, h := s.lines.line(n), s.free.padded(n)
	if len(l.index) == 0 {
		clear(h)
		return tally{}
	}
	scratch.line, scratch.turned = n, s.turned
	return v(l, h, scratch)
}

// scratch is the working memory of one goroutine.
type scratch struct {
	topics   int
	line     int       // the number of the line at hand
	y, value []float32 // of the line's non-zeros, made up to whole vectors
	sum, run []float32 // by topic, made up to a factor's stride
	total    []float64 // by topic, over the runs
	before   []float32 // weights, in one update
	held     []float32 // weights that stay
	solved   []float32 // weights, in one sweep of solve
	active   []int32   // topics
	none     []float32 // no number exceeds what stands here in place of a sum
	weight   []float32 // theirs
	cost     []float64
	positive []float64 // the positive part of the gradient, and the negative
	negative []float64
	logs     float64   // Σ v log y
	part     []float32 // y of some topics
	block    []float32 // the active topics in the items of one line, topic by topic
	turned   []float32 // the fixed factor, topic by topic; nil if no line is dense
	wide     []float32 // y of all cells of a dense line
	leaveOut *kernel.LeaveOut
	batch    *batch
	bits     []uint64 // of the active topics
	slots    []uint64 // by topic (kernel.Slot)
}

func newScratch(topics int) *scratch {
	f := newFactor(4, topics)
	return &scratch{
		topics: topics,
		sum:    f.padded(0), run: f.padded(1), before: f.padded(2), weight: f.padded(3),
		total:    make([]float64, f.stride),
		leaveOut: kernel.NewLeaveOut(topics),
		batch:    newBatch(topics),
		bits:     make([]uint64, (topics+63)/64), slots: make([]uint64, topics),
		active:   make([]int32, 0, topics+1),
		none:     slices.Repeat([]float32{float32(math.Inf(-1))}, topics),
		cost:     make([]float64, topics),
		positive: make([]float64, topics), negative: make([]float64, topics),
	}
}

// grown returns a slice of n numbers, in the same memory if there is room.
func grown(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n, n+n/2)
	}
	return x[:n]
}

// parallel hands blocks out to goroutines, one at a time, until all are done.
func parallel(blocks, threads int, do func(block int)) {
	var next atomic.Int64
	var done sync.WaitGroup
	for range threads {
		done.Go(func() {
			for b := int(next.Add(1)) - 1; b < blocks; b = int(next.Add(1)) - 1 {
				do(b)
			}
		})
	}
	done.Wait()
}
