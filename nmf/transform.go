package nmf

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Transform returns the H that, with w as it is, lowers D(v‖wH) as far as it goes. w is
// m × k, v is m × n with one row for each row of w, the result is k × n. Each column
// is a convex problem of its own, so that seed and start do not matter; columns
// without an entry get zeros. Of the options only Loss, the penalties on H (with Shrinkage also
// Centre), Observed and Threads count.
//
// A term to which w gives no weight in any topic is left out of account, as if its
// row of v were empty.
//
// It returns an error for entries that Fit would refuse, for sizes that do not
// agree, and when ctx ends.
func Transform(ctx context.Context, w *Factor, v mat.Matrix, options Options) (*Factor, error) {
	options, err := options.forTransform(w.topics)
	if err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	rows, columns := v.Dims()
	if rows != w.items {
		return nil, fmt.Errorf("nmf: a matrix of %d rows for factors of %d", rows, w.items)
	}
	if err := w.sound("a W", largestW); err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	w = w.aligned()
	h := newFactor(columns, w.topics)
	h.byColumn = true
	m, err := packAs(v, options)
	if errors.Is(err, errEmpty) {
		return h, nil
	} else if err != nil {
		return nil, err
	}
	m.columns.without(w)
	loss := m.newLoss(options.Loss, w.topics)
	_, onH := options.penalties(m, loss.degree())
	if onH.shrinkage > 0 {
		onH.centre = append(scaled(options.Centre, math.Ldexp(1, -m.exponent)), make([]float64, h.stride-h.topics)...)
	}
	workers := newWorkers(options.threads(), w.topics)
	defer workers.stop()
	loss.fix(w, onH, workers)
	sums := w.Sums()
	by := quickest(loss)
	_, ok := workers.each(ctx, newSide(&m.columns, h), func(l line, h []float32, s *scratch) tally {
		spread(l, sums, h)
		solve(loss, by, l, h, s)
		return tally{}
	})
	if !ok {
		return nil, fmt.Errorf("nmf: transforming %d columns: %w", columns, ctx.Err())
	}
	h.scale(math.Ldexp(1, m.exponent))
	return h, nil
}

// forTransform keeps what counts for Transform.
func (o Options) forTransform(topics int) (Options, error) {
	kept := Defaults()
	kept.Topics = max(topics, 1)
	kept.Loss, kept.AlphaH, kept.L1Ratio, kept.Threads, kept.Observed = o.Loss, o.AlphaH, o.L1Ratio, o.Threads, o.Observed
	kept.Shrinkage, kept.Centre = o.Shrinkage, o.Centre
	if o.Shrinkage > 0 && o.Observed != nil && len(o.Centre) != topics {
		return kept, fmt.Errorf("shrinkage to a centre of %d weights for %d topics: Options.Centre is Result.Centre of the fit", len(o.Centre), topics)
	}
	return kept, kept.Validate()
}

// spread gives each topic the same share of the line's sum.
func spread(l line, sums []float64, h []float32) {
	held := 0.0
	for _, v := range l.value {
		held += float64(v)
	}
	for k, s := range sums {
		if s > 0 {
			h[k] = float32(held / s / float64(len(sums)))
		}
	}
}

// without drops the entries of items that have no weight in f.
func (l *lines) without(f *Factor) {
	to := 0
	for n := range l.count() {
		from, end := l.start[n], l.start[n+1]
		l.start[n] = to
		for e := from; e < end; e++ {
			if hasWeight(f.Item(int(l.index[e]))) {
				l.index[to], l.value[to] = l.index[e], l.value[e]
				to++
			}
		}
	}
	l.start[l.count()] = to
	l.index, l.value = l.index[:to], l.value[:to]
}

func hasWeight(x []float32) bool {
	for _, v := range x {
		if v > 0 {
			return true
		}
	}
	return false
}

// A line's problem is convex, so that solving it gives one answer wherever it starts.
const (
	// solveSteps is how often a line is descended at most. On 20 Newsgroups, k = 20,
	// the mean is 12.
	solveSteps = 100
	// solveTolerance ends the descent: no weight moved by more than this share of
	// the line's total. Proportions are then right to about four digits.
	solveTolerance = 1e-5
	// solveWarmup is the number of multiplicative updates that come first. They
	// bring every weight near enough for whole Newton steps.
	solveWarmup = 3
)

// solve moves h to the line's optimum.
func solve(on loss, by solver, l line, h []float32, s *scratch) {
	solveWithin(on, by, l, h, s, solveSteps)
}

// solveWithin moves h towards the line's optimum, in at most so many steps.
func solveWithin(on loss, by solver, l line, h []float32, s *scratch, steps int) {
	for range solveWarmup {
		on.pass(l, h, s)
		on.multiply(h, s)
	}
	for range steps {
		s.solved = append(s.solved[:0], h[:s.topics]...)
		by.improve(l, h, s, task{look: true})
		if moved(on, s.solved, h) <= solveTolerance {
			return
		}
	}
}

// moved is the largest change of a weight as a share of all weights.
func moved(by loss, before, after []float32) float64 {
	var largest, total float64
	columnScale := by.columnScale()
	for k, was := range before {
		x := after[k]
		largest = max(largest, columnScale[k]*math.Abs(float64(x)-float64(was)))
		total += columnScale[k] * float64(x)
	}
	if total == 0 {
		return 0
	}
	return largest / total
}
