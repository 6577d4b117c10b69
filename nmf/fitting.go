package nmf

import (
	"context"
	"math"
	"slices"

	"klew/nmf/internal/kernel"
)

// fitting is a factorisation under way.
type fitting struct {
	m             *matrix
	loss          loss
	warm, own     solver // the multiplicative updates, and the solver asked for
	w, h          *Factor
	columns, rows *side
	crew          *crew
	fixed         []bool  // topics of W that are held
	onW, onH      penalty // by the scale of the packed V
	constant      float64 // the part of D that depends on V alone
	unit          float64 // what D is counted in, by the scale of the packed V
	rounding      float64 // D below this is rounding

	solver  solver // the one at work
	task    task
	improve visit // one value for all half-steps: making one allocates
	onRows  visit // the same for rows of W
	beyond  func(part int, _ *scratch)
	pace    pace

	limit      int // of the iterations
	iterations int
	tol        float64
	best       float64 // D of factors that are kept aside; infinite if there are none
	growing    bool    // whether there are more than k topics at the moment
	residual   float64
	restart    int
	trace      []Step
	progress   func(Step)
}

func newFitting(m *matrix, topics int, o Options) *fitting {
	f := &fitting{m: m, loss: newLoss(o.Loss, topics)}
	f.w, f.h = newFactor(m.rows.count(), topics), newFactor(m.columns.count(), topics)
	f.h.byColumn = true
	f.columns, f.rows = newSide(&m.columns, f.h), newSide(&m.rows, f.w)
	f.crew = newCrew(o.threads(), topics)
	constant, size := f.loss.constant(m)
	f.constant = constant
	f.unit = math.Ldexp(1, f.loss.degree()*m.exponent)
	f.rounding = 1e-7 * f.unit * size
	f.onW, f.onH = o.penalties(m, f.loss.degree())
	f.warm = mu{f.loss}
	f.own = o.solver(f.loss)
	f.solver = f.warm
	f.improve = func(l line, h []float32, s *scratch) tally { return f.solver.improve(l, h, s, f.task) }
	f.beyond = func(part int, _ *scratch) { f.pace.beyondPart(f, part) }
	f.limit, f.tol, f.progress = o.MaxIter, o.Tol, o.Progress
	f.best = math.Inf(1)
	f.onRows = f.improve
	if o.Start != nil {
		f.fixed = o.Start.Fixed
		if len(o.Start.Only) > 0 {
			f.onRows = f.keepApart(o.Start, topics)
		}
	}
	return f
}

func (f *fitting) fixW() { f.loss.fix(f.w, f.onH, f.crew) }
func (f *fitting) fixH() { f.loss.fix(f.h, f.onW, f.crew) }

// measure returns D.
func (f *fitting) measure() float64 {
	f.fixW()
	sum, _ := f.crew.each(context.Background(), f.columns, func(l line, h []float32, s *scratch) tally {
		f.loss.pass(l, h, s)
		return tally{objective: f.loss.objective(l, h, s) - f.onH.of(h)}
	})
	return f.total(sum.objective)
}

// penalty is that on both factors, in the units of D.
func (f *fitting) penalty() float64 { return f.unit * (f.onW.on(f.w) + f.onH.on(f.h)) }

// improveH makes the half-step on H, and returns the objective before it, which is to
// be had at little cost: D and the penalties.
func (f *fitting) improveH(ctx context.Context) (t tally, ok bool) {
	f.fixW()
	f.task.objective, f.task.fixed = true, nil
	t, ok = f.crew.each(ctx, f.columns, f.improve)
	t.objective = f.total(t.objective + f.onW.on(f.w))
	return t, ok
}

// improveW makes the half-step on W.
func (f *fitting) improveW(ctx context.Context) (t tally, ok bool) {
	f.fixH()
	f.task.objective, f.task.fixed = false, f.fixed
	return f.crew.each(ctx, f.rows, f.onRows)
}

// total is D where the lines' objectives add up to sum.
func (f *fitting) total(sum float64) float64 { return max(f.constant+sum, 0) * f.unit }

// report notes the objective that the factors have.
func (f *fitting) report(objective float64) {
	d := f.best
	if !f.growing {
		d = min(d, objective-f.penalty())
	}
	step := Step{f.iterations, d, f.residual, f.restart}
	f.trace = append(f.trace, step)
	if f.progress != nil {
		f.progress(step)
	}
}

// lookEvery is the number of iterations of which one looks at every topic's slope. To
// look each time takes half as long again and gains nothing that can be measured after
// some ten iterations; at a tenth, topics that would have weight wait too long for it.
const lookEvery = 5

// iterate makes a number of multiplicative updates, and then a number of the solver's
// own iterations, or as many as it takes to converge if that is negative. It is the
// loop of every fit. done is false if the limit or the end of ctx came first; status
// says which.
//
// The half-step on H measures the objective as it goes: what iteration n has reached
// is known in iteration n+1.
func (f *fitting) iterate(ctx context.Context, warm, own int) (status Status, done bool) {
	f.pace.reset()
	f.task.residual = own < 0
	looked := math.Inf(1)
	for n := 0; own < 0 || n < warm+own; n++ {
		if f.iterations >= f.limit {
			return Limit, false
		}
		f.solver, f.task.look = f.warm, n == 0
		if n >= warm {
			f.solver, f.task.look = f.own, (n-warm)%lookEvery == 0
		}
		before, ok := f.improveH(ctx)
		if !ok {
			return Interrupted, false
		}
		d := before.objective
		if d > f.pace.last {
			// Too far: go back to where the last step led, which is not above.
			f.pace.back(f)
			n--
			continue
		}
		f.report(d)
		if own < 0 && f.task.look && n > warm {
			if f.tol > 0 && looked-d < lookEvery*f.tol*max(d, f.rounding) {
				return Converged, true
			}
			looked = d
		}
		after, ok := f.improveW(ctx)
		if !ok {
			return Interrupted, false
		}
		if f.task.look && f.task.residual {
			f.residual = (before.residual + after.residual) / max(before.mass+after.mass, math.SmallestNonzeroFloat64)
		}
		f.iterations++
		last := own >= 0 && n == warm+own-1
		f.pace.step(f, d, n >= warm && !last)
	}
	return Converged, true
}

// pace goes on from each iteration in the direction it took (after Ang & Gillis,
// Accelerating nonnegative matrix factorization algorithms using extrapolation, Neural
// Computation 2019), a little further each time; when the objective rises for it, the
// step is taken back and the next ones are shorter. On newsgroups, k = 20, 20
// iterations of CCD then reach what else takes 35, on NIPS, k = 10, twice as many. Up to
// two steps further, not one, newsgroups ends lower by 3,000 on average of three seeds.
type pace struct {
	reach float32   // how far to go, in steps
	last  float64   // the objective before the last step
	w, h  []float32 // the factors that the last step led to; empty if there was none
}

const (
	firstReach = 0.5
	mostReach  = 2
	longer     = 1.1
	shorter    = 0.6
)

func (p *pace) reset() {
	p.reach, p.last = firstReach, math.Inf(1)
	p.w, p.h = p.w[:0], p.h[:0]
}

// step goes beyond the factors that an iteration has led to, if on.
func (p *pace) step(f *fitting, objective float64, on bool) {
	if !on {
		return
	}
	p.last = objective
	if len(p.w) == 0 {
		p.w, p.h = append(p.w, f.w.data...), append(p.h, f.h.data...)
		return
	}
	f.crew.do(context.Background(), sumParts, f.beyond)
	p.reach = min(p.reach*longer, mostReach)
}

// beyondPart moves a part of both factors.
func (p *pace) beyondPart(f *fitting, part int) {
	beyond(f.w.data, p.w, part, p.reach)
	beyond(f.h.data, p.h, part, p.reach)
}

// beyond moves one of the parts of x further from before, which takes its place. A weight
// that is not zero keeps at least half: at zero it might leave a cell of V without any
// topic.
func beyond(x, before []float32, part int, reach float32) {
	cut := func(n int) int { return len(x) * n / sumParts / 8 * 8 }
	kernel.Beyond(x[cut(part):cut(part+1)], before[cut(part):cut(part+1)], reach)
}

// back undoes the last step beyond.
func (p *pace) back(f *fitting) {
	copy(f.w.data, p.w)
	copy(f.h.data, p.h)
	p.reach *= shorter
	p.last = math.Inf(1)
}

// clear lets go of the memory.
func (p *pace) clear() { *p = pace{} }

// kept is a copy of the factors.
type kept struct{ w, h []float32 }

func (f *fitting) keep(in *kept) {
	in.w, in.h = append(in.w[:0], f.w.data...), append(in.h[:0], f.h.data...)
}

func (f *fitting) restore(from *kept) {
	copy(f.w.data, from.w)
	copy(f.h.data, from.h)
}

// compact leaves out what room there was for more topics.
func (f *fitting) compact(topics int) {
	if f.w.topics == topics {
		return
	}
	f.pace.clear()
	f.w, f.h = f.w.only(f.filled(), topics), f.h.only(f.filled(), topics)
	f.columns, f.rows = newSide(f.columns.lines, f.h), newSide(f.rows.lines, f.w)
	f.crew.resize(topics)
	name := KullbackLeibler
	if f.loss.degree() == 2 {
		name = Frobenius
	}
	f.loss = newLoss(name, topics)
}

// filled lists the topics that have weight.
func (f *fitting) filled() []int {
	var topics []int
	ws, hs := f.w.Sums(), f.h.Sums()
	for k := range ws {
		if ws[k] > 0 && hs[k] > 0 {
			topics = append(topics, k)
		}
	}
	return slices.Clip(topics)
}
