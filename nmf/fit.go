package nmf

import (
	"context"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Status says why Fit stopped.
type Status string

const (
	// Converged: D hardly falls any more (Options.Tol).
	Converged Status = "converged"
	// Limit: Options.MaxIter iterations were made.
	Limit Status = "limit"
	// Interrupted: the context ended. The factors are those reached.
	Interrupted Status = "interrupted"
)

// Step is what is known after an iteration; iteration 0 is the start.
type Step struct {
	// Iteration counts all that were made, also from starts that lost the race and in
	// splits and mergers that were given up.
	Iteration int
	// Divergence is D of the best factors so far; see Sample.
	Divergence float64
	// Residual is how far the factors at work are from a stationary point (Karush,
	// Kuhn & Tucker), as last looked at: of each line the largest violation by a
	// topic, as a share, averaged over the lines by their mass. 0 at a stationary
	// point, about 1 at a random start.
	Residual float64
	// Restart is the number of the restart, from 0. The fits to halves (Options.Halves)
	// come after all restarts, and count on.
	Restart int
	// Refining says that the solver has ended, and W is being refined: a step is a pass then, and
	// Divergence that where the solver ended. The trace of a result has no such steps.
	Refining bool
	// Sample says that the fit is at work on a sample of V: Divergence is that of the sample
	// then, and rises where a larger one takes its place.
	Sample bool
}

// Result is what Fit found.
type Result struct {
	// W is m × k, H is k × n. Their scale is free unless there is a penalty: what
	// multiplies a column of W may divide the row of H.
	W, H *Factor
	// Divergence is D(V‖WH) of these factors, in the units of V, without penalties;
	// for Frobenius half the squared error. Its rounding error is about 10⁻⁷ of the
	// sum of V (of half the sum of squares).
	Divergence float64
	// Penalty is what Options.AlphaW and AlphaH add to D.
	Penalty float64
	// Residual is that of the last step of the trace.
	Residual float64
	// Iterations is how many were made.
	Iterations int
	// Status is why they ended.
	Status Status
	// Trace is what was known at the start and after each iteration, as far as it was
	// measured before the columns of H were solved a last time.
	Trace []Step
	// Restarts are all fits of which this is the best, itself among them, if there
	// were several.
	Restarts []Restart
	// Stability says of each topic how far the fits to halves have found it too, from 0 to
	// 1, and from Stable that they have. It is nil if there were none, or only one topic,
	// or too few columns for halves.
	Stability []float64
	// Centre is the mean column of H that Options.Shrinkage pulls to; nil without that.
	Centre []float64
	// Refinement says what became of W after that; nil if Options.Refine is RefineOff, or
	// the fit was interrupted before.
	Refinement *Refinement

	known prediction
}

// Unrefined is D where the solver ended, before a refinement.
func (r *Result) Unrefined() float64 {
	if r.Refinement != nil {
		return r.Refinement.Divergence
	}
	return r.Divergence
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
	if err := m.accepts(options.Start, options.Topics); err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	if err := m.refinable(options); err != nil {
		return nil, err
	}
	return m.restarts(ctx, options), nil
}

func prepare(v mat.Matrix, options Options) (*matrix, error) {
	if err := options.Validate(); err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	if options.Shrinkage > 0 && options.Observed == nil {
		return nil, fmt.Errorf("nmf: shrinkage %v without Options.Observed: it is for tables with unknown cells", options.Shrinkage)
	}
	return packAs(v, options)
}

// fit makes one fit. like is the refinement of the whole that a half shall have, too; else
// nil.
func (m *matrix) fit(ctx context.Context, o Options, restart int, like *Refinement) *Result {
	f, status := m.run(ctx, o, restart)
	defer f.workers.stop()
	r := &Result{Status: status, known: m.prediction()}
	f.solveH(ctx)
	if centre := f.onH.centre; centre != nil {
		r.Centre = scaled(centre[:o.Topics], math.Ldexp(1, m.exponent))
	}
	f.compact(o.Loss, o.Topics)
	r.W, r.H = f.w, f.h
	r.Divergence, r.Penalty = f.measure(), f.penalty()
	f.refine(ctx, o, r, like)
	r.Iterations, r.Residual, r.Trace = f.iterations, f.residual, f.trace
	f.h.scale(math.Ldexp(1, m.exponent))
	return r
}

func scaled(x []float64, by float64) []float64 {
	y := slices.Clone(x)
	for n := range y {
		y[n] *= by
	}
	return y
}

// solveH brings the columns of H to their optimum. It does so even after an
// interruption: it takes the time of a few iterations, and makes the result one that
// inference agrees with.
func (f *fitting) solveH(ctx context.Context) {
	f.fixW()
	sums, by := f.w.Sums(), quickest(f.loss)
	f.workers.each(context.WithoutCancel(ctx), f.columns, func(l line, h []float32, s *scratch) tally {
		if !hasWeight(h) {
			spread(l, sums, h)
		}
		if _, alone := f.alone[s.line]; !alone {
			solve(f.loss, by, l, h, s)
		}
		return tally{}
	})
}
