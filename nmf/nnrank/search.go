package nnrank

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Options of a search for factors.
type Options struct {
	// Seed of the random starts: the same seed, the same factors.
	Seed uint64
	// Starts are how many are tried at most; 0: 1,000.
	Starts int
	// Iterations of each start at most; 0: 2,000. Many short starts find more than a few
	// long ones: of the polygon with 12 corners 600 of 2,000 find 7 columns, 60 of 20,000
	// do not.
	Iterations int
	// Tolerance is the norm of M − W H, in units of that of M, up to which factors are
	// exact; 0: 1e-6.
	Tolerance float64
}

func (o Options) withDefaults() (Options, error) {
	if o.Starts < 0 || o.Iterations < 0 || !(o.Tolerance >= 0) {
		return o, fmt.Errorf("%d starts of %d iterations to %g: none may be below 0", o.Starts, o.Iterations, o.Tolerance)
	}
	if o.Starts == 0 {
		o.Starts = 1000
	}
	if o.Iterations == 0 {
		o.Iterations = 2000
	}
	if o.Tolerance == 0 {
		o.Tolerance = 1e-6
	}
	return o, nil
}

// Exact looks for factors with k columns and rows whose product is M. That none are found
// proves nothing: there may be some.
//
// Each start is random, and improved by turns of hierarchical alternating least squares
// (Cichocki, Zdunek & Amari 2007) with extrapolation (Ang & Gillis 2019). A start that is
// not below a hundredth after a twentieth of its iterations is given up.
func Exact(m mat.Matrix, k int, o Options) (w, h *mat.Dense, found bool, err error) {
	o, err = o.withDefaults()
	if err == nil {
		err = check(m)
	}
	if err != nil || k < 1 {
		return nil, nil, false, err
	}
	random := rand.New(rand.NewPCG(o.Seed, uint64(k)))
	for range o.Starts {
		s := newStart(m, k, random)
		if s.run(o) {
			return mat.DenseCopyOf(s.w.T()), s.h, true, nil
		}
	}
	return nil, nil, false, nil
}

// start is factors in the making, both with a topic's numbers in a row.
type start struct {
	m, t   *mat.Dense // the matrix and its transpose
	w, h   *mat.Dense // k × rows, k × columns
	wBar   *mat.Dense // extrapolated
	hBar   *mat.Dense
	factor float64 // of extrapolation
	most   float64
	error  float64
}

func newStart(m mat.Matrix, k int, random *rand.Rand) *start {
	rows, columns := m.Dims()
	s := &start{m: mat.DenseCopyOf(m), t: mat.DenseCopyOf(m.T()), factor: 0.5, most: 1}
	s.w, s.h = uniform(k, rows, random), uniform(k, columns, random)
	s.wBar, s.hBar = mat.DenseCopyOf(s.w), mat.DenseCopyOf(s.h)
	s.error = s.distance()
	return s
}

func uniform(rows, columns int, random *rand.Rand) *mat.Dense {
	d := mat.NewDense(rows, columns, nil)
	for n := range d.RawMatrix().Data {
		d.RawMatrix().Data[n] = random.Float64()
	}
	return d
}

func (s *start) distance() float64 { return distance(s.m, mat.DenseCopyOf(s.w.T()), s.h) }

// run improves until the factors are exact, or there is no hope left.
func (s *start) run(o Options) bool {
	for n := range o.Iterations {
		s.turn()
		switch {
		case s.error <= o.Tolerance:
			return true
		case n == o.Iterations/20 && s.error > 0.01:
			return false
		}
	}
	return false
}

// turn improves W and then H, each from where the way since the last turn leads on. Where
// that has led away from the matrix, the next turn begins from the factors themselves, and
// goes on less far.
func (s *start) turn() {
	beforeW, beforeH := mat.DenseCopyOf(s.w), mat.DenseCopyOf(s.h)
	s.w.Copy(s.wBar)
	halsTurn(s.w, s.hBar, s.t)
	extrapolate(s.wBar, s.w, beforeW, s.factor)
	s.h.Copy(s.hBar)
	halsTurn(s.h, s.wBar, s.m)
	extrapolate(s.hBar, s.h, beforeH, s.factor)
	error := s.distance()
	if error > s.error {
		s.wBar.Copy(s.w)
		s.hBar.Copy(s.h)
		s.most, s.factor = s.factor, s.factor/1.5
	} else {
		s.factor = min(s.most, 1.01*s.factor)
		s.most = min(1, 1.005*s.most)
	}
	s.error = error
}

// halsTurn improves the rows of free, one after the other, for the columns of
// m ≈ fixedᵀ free.
func halsTurn(free, fixed, m *mat.Dense) {
	k, _ := free.Dims()
	var cross, gram mat.Dense
	cross.Mul(fixed, m)
	gram.Mul(fixed, fixed.T())
	for range 2 {
		for a := range k {
			row, square := free.RawRowView(a), gram.At(a, a)
			if square == 0 {
				continue
			}
			step := append([]float64(nil), cross.RawRowView(a)...)
			for b := range k {
				floats.AddScaled(step, -gram.At(a, b), free.RawRowView(b))
			}
			for n := range row {
				row[n] = max(row[n]+step[n]/square, 0)
			}
		}
	}
}

// extrapolate goes on beyond now, by part of the way from before, but not below 0.
func extrapolate(to, now, before *mat.Dense, part float64) {
	out, a, b := to.RawMatrix().Data, now.RawMatrix().Data, before.RawMatrix().Data
	for n := range out {
		out[n] = max(a[n]+part*(a[n]-b[n]), 0)
	}
}

// small is the factors of a matrix of rank 1 or 2, which need no search: the columns of
// rank 2, divided by their sums, lie on a line, and all are mixtures of the two at its ends.
// A matrix of zeros has one column of zeros.
func small(m mat.Matrix, rank int) (w, h *mat.Dense, ok bool) {
	rows, columns := m.Dims()
	if rank == 0 {
		return mat.NewDense(rows, 1, nil), mat.NewDense(1, columns, nil), true
	}
	first, last := ends(m)
	w = mat.NewDense(rows, rank, nil)
	w.SetCol(0, mat.Col(nil, first, m))
	if rank == 2 {
		w.SetCol(1, mat.Col(nil, last, m))
	}
	h = mat.NewDense(rank, columns, nil)
	if err := h.Solve(w, m); err != nil {
		return nil, nil, false
	}
	h.Apply(func(_, _ int, x float64) float64 { return max(x, 0) }, h)
	return w, h, true
}

// ends are the columns that are farthest from each other once each is divided by its sum.
func ends(m mat.Matrix) (first, last int) {
	_, columns := m.Dims()
	unit := make([][]float64, columns)
	for j := range unit {
		unit[j] = mat.Col(nil, j, m)
		if sum := floats.Sum(unit[j]); sum > 0 {
			floats.Scale(1/sum, unit[j])
			first, last = j, j
		}
	}
	most := 0.0
	for a := range unit {
		for b := range a {
			both := floats.Sum(unit[a]) > 0 && floats.Sum(unit[b]) > 0
			if d := floats.Distance(unit[a], unit[b], 2); both && d > most {
				first, last, most = b, a, d
			}
		}
	}
	return first, last
}
