package nmf

import (
	"context"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// PredictiveShrinkage returns the Shrinkage with which known cells of v (Options.Observed) tell
// most about the others. Short fits to nine tenths of the known cells predict the rest: first with
// the shrinkage of DefaultsObserved, then with others from eight times to a 128th of it. One of
// these is taken if it lowers the squared error by more than its standard error, since a few
// cells do not speak against what suits most tables. In a small table each cell is predicted
// once, in a large one a tenth of them. It takes about as long as a fit.
//
// The other options should be those of the fit to come. With fewer than 20 known cells it is the
// first, and if ctx ends the best so far. It returns an error where Fit would.
func PredictiveShrinkage(ctx context.Context, v mat.Matrix, o Options) (float64, error) {
	m, err := prepare(v, o)
	if err != nil {
		return 0, err
	}
	known := len(m.columns.value)
	o.Shrinkage = DefaultsObserved(o.Loss, math.Ldexp(m.total(), m.exponent)/float64(known)).Shrinkage
	if known < leastCells || !m.observed {
		return o.Shrinkage, nil
	}
	o.Init, o.Restarts, o.Refine, o.Progress = Random, 1, RefineOff, nil
	var trials []*trial
	for n := range min(max(1, enoughCells*heldOutCells/known), heldOutCells) {
		trials = append(trials, m.hold(o, n))
	}
	return bestShrinkage(ctx, trials, o.Shrinkage), nil
}

const (
	// A trial holds out one of heldOutCells cells; there are as many as hold out enoughCells in
	// all, or all cells. With fewer than leastCells nothing can be told.
	heldOutCells = 10
	enoughCells  = 2000
	leastCells   = 20
	// So many iterations tell how well a fit will predict.
	trialIterations = 30
)

// trial is known cells of which some are held out, for fits to the others to predict them.
type trial struct {
	train       *matrix
	row, column []int32 // of the cells held out
	value       []float32
	options     Options
}

// hold makes the nth trial.
func (m *matrix) hold(o Options, n int) *trial {
	source := rand.New(rand.NewPCG(o.Seed, 0x63656c6c73))
	t := &trial{options: o}
	c := lines{across: m.columns.across, start: make([]int, 1, m.columns.count()+1)}
	for j := range m.columns.count() {
		l := m.columns.line(j)
		for e, i := range l.index {
			if source.IntN(heldOutCells) == n {
				t.row, t.column, t.value = append(t.row, i), append(t.column, int32(j)), append(t.value, l.value[e])
			} else {
				c.index, c.value = append(c.index, i), append(c.value, l.value[e])
			}
		}
		c.start = append(c.start, len(c.index))
	}
	t.train = &matrix{columns: c, rows: transpose(&c), exponent: m.exponent, observed: true}
	t.options.Topics = min(o.Topics, t.train.usable())
	t.options.MaxIter = trialIterations
	return t
}

// bestShrinkage looks far from the first, and then near what was best. A larger step than to half
// or twice is needed: where shrinkage is so strong that all topics are alike, half as much may
// leave them so.
func bestShrinkage(ctx context.Context, trials []*trial, first float64) float64 {
	best, least := first, squaresOff(ctx, trials, first)
	for _, factors := range [][]float64{{4, 1. / 4, 1. / 16, 1. / 64}, {2, 1. / 2}} {
		from, reference := best, least
		for _, by := range factors {
			off := squaresOff(ctx, trials, from*by)
			if ctx.Err() != nil {
				return best
			}
			if clearlyLower(off, reference) && floats.Sum(off) < floats.Sum(least) {
				best, least = from*by, off
			}
		}
	}
	return best
}

// squaresOff are the squared errors of all cells held out.
func squaresOff(ctx context.Context, trials []*trial, shrinkage float64) (squares []float64) {
	for _, t := range trials {
		o := t.options
		o.Shrinkage = shrinkage
		r := t.train.fit(ctx, o, 0, nil)
		for e, v := range t.value {
			off := r.Predict(int(t.row[e]), int(t.column[e])) - math.Ldexp(float64(v), t.train.exponent)
			squares = append(squares, off*off)
		}
	}
	return squares
}

// clearlyLower says whether numbers are lower than others, each than its own, by more than the
// standard error of the sum of their differences.
func clearlyLower(these, than []float64) bool {
	sum, squares := 0.0, 0.0
	for n, x := range these {
		d := than[n] - x
		sum += d
		squares += d * d
	}
	return sum > math.Sqrt(squares)
}
