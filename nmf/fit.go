package nmf

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Status says why Fit stopped.
type Status string

const (
	// Converged: an iteration lowered D by less than Options.Tol of it.
	Converged Status = "converged"
	// Limit: Options.MaxIter iterations were made.
	Limit Status = "limit"
	// Interrupted: the context ended. The factors are those reached.
	Interrupted Status = "interrupted"
)

// Step is what is known after an iteration; iteration 0 is the start.
type Step struct {
	Iteration  int
	Divergence float64
	// Residual is how far the factors are from a stationary point (Karush, Kuhn &
	// Tucker): 0 at one, about 1 at a random start.
	Residual float64
}

// Result is what Fit found.
type Result struct {
	// W is m × k, H is k × n. Their scale is free: what multiplies a column of W
	// may divide the row of H.
	W, H *Factor
	// Divergence is D(V‖WH) of these factors, in the units of V; for Frobenius half
	// the squared error. Its rounding error is about 10⁻⁷ of the sum of V (of half
	// the sum of squares).
	Divergence float64
	// Iterations is how many were made.
	Iterations int
	// Status is why they ended.
	Status Status
	// Trace is D at the start and after each iteration, as far as it was measured
	// before the columns of H were solved a last time.
	Trace []Step
}

// Fit factorises v. When ctx ends it returns what it has reached, as a result with
// the status Interrupted.
func Fit(ctx context.Context, v mat.Matrix, options Options) (*Result, error) {
	m, err := prepare(v, options)
	if err != nil {
		return nil, err
	}
	if k, most := options.Topics, m.usable(); k > most {
		return nil, fmt.Errorf("nmf: %d topics asked of a matrix that can use at most %d (its smaller number of rows and columns that hold something)", k, most)
	}
	w, h := m.start(ctx, options)
	return m.fit(ctx, w, h, options), nil
}

func prepare(v mat.Matrix, options Options) (*matrix, error) {
	if err := options.Validate(); err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	return pack(v)
}

// fit goes on from the factors w and h.
func (m *matrix) fit(ctx context.Context, w, h *Factor, o Options) *Result {
	f := newFitting(m, w, h, o)
	r := &Result{W: w, H: h, Status: Limit}
	f.iterate(ctx, r, o)
	// H is solved even after an interruption: it takes the time of a few iterations
	// and makes the result one that inference agrees with.
	f.fixW()
	sums := w.Sums()
	f.columns.each(context.WithoutCancel(ctx), func(l line, h []float32, s *scratch) float64 {
		if !hasWeight(h) {
			spread(l, sums, h)
		}
		solve(f.loss, l, h, s)
		return 0
	})
	r.Divergence = f.divergence()
	h.scale(math.Ldexp(1, m.exponent))
	return r
}

// fitting is a factorisation under way.
type fitting struct {
	loss          loss
	w, h          *Factor
	columns, rows *side
	constant      float64 // the part of D that depends on V alone
	unit          float64 // what D is counted in, by the scale of the packed V
	descend       bool    // by coordinates, not by multiplicative updates
	rounding      float64 // D below this is rounding
}

func newFitting(m *matrix, w, h *Factor, o Options) *fitting {
	f := &fitting{loss: newLoss(o.Loss, w.topics, m), w: w, h: h}
	f.columns = newSide(&m.columns, h, o.threads())
	f.rows = newSide(&m.rows, w, o.threads())
	constant, size := f.loss.constant(m)
	f.constant = constant
	f.unit = math.Ldexp(1, f.loss.degree()*m.exponent)
	f.rounding = 1e-7 * f.unit * size
	return f
}

func (f *fitting) fixW() { f.loss.fix(f.w) }
func (f *fitting) fixH() { f.loss.fix(f.h) }

// divergence measures D.
func (f *fitting) divergence() float64 {
	f.fixW()
	sum, _ := f.columns.each(context.Background(), func(l line, h []float32, s *scratch) float64 {
		f.loss.pass(l, h, s)
		return f.loss.objective(l, h, s)
	})
	return f.total(sum)
}

// improveH makes the half-step on H, and returns D before it, which is to be had at
// little cost.
func (f *fitting) improveH(ctx context.Context) (d float64, ok bool) {
	f.fixW()
	sum, ok := f.columns.each(ctx, func(l line, h []float32, s *scratch) float64 {
		f.loss.pass(l, h, s)
		before := f.loss.objective(l, h, s)
		f.improve(l, h, s)
		return before
	})
	return f.total(sum), ok
}

// improveW makes the half-step on W.
func (f *fitting) improveW(ctx context.Context) (ok bool) {
	f.fixH()
	_, ok = f.rows.each(ctx, func(l line, h []float32, s *scratch) float64 {
		f.loss.pass(l, h, s)
		f.improve(l, h, s)
		return 0
	})
	return ok
}

func (f *fitting) improve(l line, h []float32, s *scratch) {
	if f.descend {
		f.loss.descend(l, h, s)
	} else {
		f.loss.multiply(h, s)
	}
}

// total is D where the lines' objectives add up to sum.
func (f *fitting) total(sum float64) float64 { return max(f.constant+sum, 0) * f.unit }

// iterate goes on until the tolerance, the limit or the end of ctx. The half-step on
// H measures D as it goes: what iteration n has reached is known in iteration n+1.
func (f *fitting) iterate(ctx context.Context, r *Result, o Options) {
	last := math.Inf(1)
	for r.Iterations < o.MaxIter {
		warm := r.Iterations > o.warmup()
		f.descend = r.Iterations >= o.warmup() && o.SolverInForce() != MU
		d, ok := f.improveH(ctx)
		if !ok {
			r.Status = Interrupted
			return
		}
		step := Step{Iteration: r.Iterations, Divergence: d}
		r.Trace = append(r.Trace, step)
		if o.Progress != nil {
			o.Progress(step)
		}
		if warm && o.Tol > 0 && last-d < o.Tol*max(d, f.rounding) {
			r.Status = Converged
			return
		}
		last = d
		if !f.improveW(ctx) {
			r.Status = Interrupted
			return
		}
		r.Iterations++
	}
}
