package nmf

import (
	"context"
	"math"
	"slices"
)

// fitting is a factorisation under way.
type fitting struct {
	m    *matrix
	loss loss
	// The solver of a warm-up, multiplicative updates, and the one that was asked for.
	multiplicative, chosen solver
	w, h                   *Factor
	columns, rows          *side
	workers                *workers
	fixed                  []bool      // topics of W that are held
	alone                  map[int]int // columns of H that keep to one topic
	onW, onH               penalty     // by the scale of the packed V
	constant               float64     // the part of D that depends on V alone
	unit                   float64     // what D is counted in, by the scale of the packed V
	rounding               float64     // D below this is rounding

	solver        solver // the one at work
	task          task
	short         together // how short lines are improved, where they are together
	lonely        bool     // whether some lines keep to one topic
	improve       visit    // one value for all half-steps: making one allocates
	onRows        visit    // the same for rows of W
	onColumns     visit    // and for columns of H
	extrapolate   func(part int, _ *scratch)
	extrapolation extrapolation

	singular *singular // of V, once they have been asked for

	limit      int // of the iterations
	looks      int // so many of them look at every topic's slope; later ones by lookEvery
	iterations int
	tol        float64
	best       float64 // D of factors that are kept aside; infinite if there are none
	aside      float64 // the same of the starts that were followed before this one
	growing    bool    // whether there are more than k topics at the moment
	goal       float64 // D below which mergers are worth their last iterations; infinite if there is none
	residual   float64
	sampled    bool // whether V is a sample
	restart    int
	trace      []Step
	progress   func(Step)
}

func newFitting(m *matrix, topics int, o Options) *fitting {
	f := &fitting{m: m, loss: m.newLoss(o.Loss, topics)}
	f.w, f.h = newFactor(m.rows.count(), topics), newFactor(m.columns.count(), topics)
	f.h.byColumn = true
	f.columns, f.rows = newSide(&m.columns, f.h), newSide(&m.rows, f.w)
	f.workers = newWorkers(o.threads(), topics)
	constant, size := f.loss.constant(m)
	f.constant = constant
	f.unit = math.Ldexp(1, f.loss.degree()*m.exponent)
	f.rounding = 1e-7 * f.unit * size
	f.onW, f.onH = o.penalties(m, f.loss.degree())
	f.multiplicative = mu{f.loss}
	f.chosen = o.solver(f.loss)
	if _, reads := f.chosen.(ccd); !reads {
		f.columns.dense, f.rows.dense = false, false
	}
	f.solver = f.multiplicative
	f.improve = func(l line, h []float32, s *scratch) tally { return f.solver.improve(l, h, s, f.task) }
	f.extrapolate = func(part int, _ *scratch) { f.extrapolation.part(f, part) }
	f.limit, f.tol, f.progress = o.MaxIter, o.Tol, o.Progress
	f.best, f.aside, f.goal = math.Inf(1), math.Inf(1), math.Inf(1)
	f.onRows, f.onColumns = f.improve, f.improve
	if s := o.Start; s != nil {
		f.fixed = s.Fixed
		if len(s.Only) > 0 {
			f.onRows, f.lonely = f.keepApart(s.Only, s.Fixed, topics), true
		}
		if len(s.OnlyH) > 0 {
			f.onColumns, f.alone, f.lonely = f.keepApart(s.OnlyH, nil, topics), s.OnlyH, true
		}
	}
	return f
}

func (f *fitting) fixW() {
	f.onH = f.onH.around(f.h)
	f.loss.fix(f.w, f.onH, f.workers)
	f.columns.turn(f.w)
}

func (f *fitting) fixH() {
	f.onW = f.onW.around(f.w)
	f.loss.fix(f.h, f.onW, f.workers)
	f.rows.turn(f.h)
}

// measure returns D.
func (f *fitting) measure() float64 {
	f.fixW()
	sum, _ := f.workers.each(context.Background(), f.columns, func(l line, h []float32, s *scratch) tally {
		f.loss.pass(l, h, s)
		return tally{objective: f.loss.objective(l, h, s) - f.onH.at(s.line).of(h)}
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
	t, ok = f.halfStep(ctx, f.columns, f.onColumns)
	t.objective = f.total(t.objective + f.onW.on(f.w))
	return t, ok
}

// improveW makes the half-step on W.
func (f *fitting) improveW(ctx context.Context) (t tally, ok bool) {
	f.fixH()
	f.task.objective, f.task.fixed = false, f.fixed
	return f.halfStep(ctx, f.rows, f.onRows)
}

// halfStep improves the free factor of a side.
func (f *fitting) halfStep(ctx context.Context, s *side, v visit) (t tally, ok bool) {
	s.short = f.together()
	t, ok = f.workers.each(ctx, s, v)
	s.short = nil
	return t, ok
}

// total is D where the lines' objectives add up to sum.
func (f *fitting) total(sum float64) float64 { return max(f.constant+sum, 0) * f.unit }

// report notes the objective that the factors have.
func (f *fitting) report(objective float64) {
	d := min(f.best, f.aside)
	if !f.growing {
		d = min(d, objective-f.penalty())
	}
	step := Step{Iteration: f.iterations, Divergence: d, Residual: f.residual, Restart: f.restart, Sample: f.sampled}
	f.trace = append(f.trace, step)
	if f.progress != nil {
		f.progress(step)
	}
}

// lookEvery is the number of iterations of which one looks at every topic's slope. To
// look each time takes half as long again and gains nothing that can be measured after
// some ten iterations; at a tenth, topics that would have weight wait too long for it.
const lookEvery = 5

// iterate makes a number of multiplicative updates as a warm-up, and then a number of
// iterations by the solver that was asked for, or as many as it takes to converge if that
// is negative. It is the loop of every fit. done is false if the limit or the end of ctx
// came first; status says which.
//
// The half-step on H measures the objective as it goes: what iteration n has reached
// is known in iteration n+1.
func (f *fitting) iterate(ctx context.Context, warmup, further int) (status Status, done bool) {
	f.extrapolation.reset()
	looked := math.Inf(1)
	for n := 0; further < 0 || n < warmup+further; n++ {
		if f.iterations >= f.limit {
			f.stepBack()
			return Limit, false
		}
		due := n >= warmup && (n-warmup)%lookEvery == 0
		f.solver, f.task.look = f.multiplicative, n == 0
		if n >= warmup {
			f.solver, f.task.look = f.chosen, due || n-warmup < f.looks
		}
		f.task.arrange, f.task.residual = due, further < 0 && (due || n == 0)
		before, ok := f.improveH(ctx)
		if !ok {
			return Interrupted, false
		}
		d := before.objective
		if d > f.extrapolation.last {
			// Too far: go back to where the last step led, which is not above.
			f.extrapolation.undo(f)
			n--
			continue
		}
		if f.hopeless(d, n, further-n) {
			return Converged, true
		}
		f.report(d)
		if further < 0 && due && n > warmup {
			if f.tol > 0 && looked-d < lookEvery*f.tol*max(d, f.rounding) {
				return Converged, true
			}
			looked = d
		}
		after, ok := f.improveW(ctx)
		if !ok {
			return Interrupted, false
		}
		if f.task.residual {
			f.residual = (before.residual + after.residual) / max(before.mass+after.mass, math.SmallestNonzeroFloat64)
		}
		f.iterations++
		last := further >= 0 && n == warmup+further-1
		f.extrapolation.step(f, d, n >= warmup && !last)
	}
	return Converged, true
}

// stepBack takes the last extrapolation back if it has raised the objective, which no iteration will
// find out any more.
func (f *fitting) stepBack() {
	if last := f.extrapolation.last; !math.IsInf(last, 1) && f.measure()+f.penalty() > last {
		f.extrapolation.undo(f)
	}
}

// kept is a copy of the factors.
type kept struct{ w, h []float32 }

func (f *fitting) keep(in *kept) {
	in.w, in.h = append(in.w[:0], f.w.data...), append(in.h[:0], f.h.data...)
}

func (f *fitting) restore(from *kept) {
	copy(f.w.data, from.w)
	copy(f.h.data, from.h)
}

// compact leaves out what room there was for more topics. No iteration may follow: the solvers
// hold the loss of before.
func (f *fitting) compact(loss Loss, topics int) {
	if f.w.topics == topics {
		return
	}
	f.extrapolation.clear()
	f.w, f.h = f.w.only(f.filled(), topics), f.h.only(f.filled(), topics)
	f.columns, f.rows = newSide(f.columns.lines, f.h), newSide(f.rows.lines, f.w)
	f.workers.resize(topics)
	f.loss = f.m.newLoss(loss, topics)
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
