package nmf

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// penalised is every method with each kind of penalty.
func penalised() []Options {
	var all []Options
	for _, o := range methods() {
		for _, ratio := range []float64{0, 0.5, 1} {
			o.AlphaW, o.AlphaH, o.L1Ratio = 0.002, 0.01, ratio
			all = append(all, o)
		}
	}
	return all
}

// definition is what the options say the penalties are, from the factors as they are
// handed out.
func definition(v mat.Matrix, r *Result, o Options) float64 {
	rows, columns := v.Dims()
	of := func(f *Factor, alpha float64) float64 {
		l1 := mat.Sum(f)
		l2 := math.Pow(mat.Norm(f, 2), 2)
		return alpha * (o.L1Ratio*l1 + (1-o.L1Ratio)/2*l2)
	}
	return float64(columns)*of(r.W, o.AlphaW) + float64(rows)*of(r.H, o.AlphaH)
}

func TestPenaltyIsByTheDefinition(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range penalised() {
		o.Topics = 4
		r := fit(t, v, o)
		if want := definition(v, r, o); math.Abs(r.Penalty-want) > 1e-4*want {
			t.Errorf("%s %s, ratio %g: penalty %g, by the definition %g", o.Loss, o.Solver, o.L1Ratio, r.Penalty, want)
		}
		if want := measured(v, r, o.Loss); math.Abs(r.Divergence-want) > 1e-5*size(v, o.Loss) {
			t.Errorf("%s %s: divergence %g, by the definition %g", o.Loss, o.Solver, r.Divergence, want)
		}
	}
}

// What is minimised is D with the penalties: scaling a factor up or down from the end
// must not lower it.
func TestPenaltyIsInBalance(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range penalised() {
		if testing.Short() && o.Init != NNDSVD {
			continue
		}
		o.Topics, o.Tol, o.MaxIter = 4, 0, 1500
		r := fit(t, v, o)
		least := r.Divergence + r.Penalty
		for _, by := range []float64{0.98, 1.02} {
			scaled := &Result{W: r.W, H: NewH(4, 30, scaledWeights(r.H, by))}
			if d := measured(v, scaled, o.Loss) + definition(v, scaled, o); d < least*(1-1e-5) {
				t.Errorf("%s %s, ratio %g: %g becomes %g with H scaled by %g", o.Loss, o.Solver, o.L1Ratio, least, d, by)
			}
		}
	}
}

// scaledWeights is the weights of f, scaled, item by item.
func scaledWeights(f *Factor, by float64) []float32 {
	var data []float32
	for n := range f.items {
		for _, x := range f.Item(n) {
			data = append(data, float32(float64(x)*by))
		}
	}
	return data
}

// The limits: no penalty is the plain problem; the heavier a linear one, the smaller the
// weights, and with squared errors the more zeros; a heavy one leaves next to nothing (under Kullback-Leibler, y = 0 would cost infinitely much).
func TestPenaltyLimits(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics, o.SplitMerge = 4, 0
		plain := fit(t, v, o)
		o.L1Ratio = 1
		same(t, "no penalty", fit(t, v, o), plain)
		last := math.Inf(1)
		for _, alpha := range []float64{0.001, 0.01, 0.1} {
			o.AlphaH, o.AlphaW = alpha, alpha
			r := fit(t, v, o)
			if weights := definition(v, r, o) / alpha; weights >= last {
				t.Errorf("%s %s: weights of %g at alpha %g, of %g at a tenth of it", o.Loss, o.Solver, weights, alpha, last)
			} else {
				last = weights
			}
			if n := zeros(r.H); o.Solver == HALS && alpha == 0.1 && n <= zeros(plain.H) {
				t.Errorf("%d zeros with a penalty, %d without", n, zeros(plain.H))
			}
		}
		o.AlphaH, o.AlphaW = 100, 100
		if r := fit(t, v, o); mat.Sum(r.H)*mat.Sum(r.W) > 1e-3*mat.Sum(v) {
			t.Errorf("%s %s: a heavy penalty leaves W with %g and H with %g", o.Loss, o.Solver, mat.Sum(r.W), mat.Sum(r.H))
		}
	}
}

func zeros(f *Factor) int {
	n := 0
	for i := range f.items {
		for _, x := range f.Item(i) {
			if x == 0 {
				n++
			}
		}
	}
	return n
}

// A quadratic penalty evens weights out.
func TestQuadraticPenaltyEvensOut(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics, o.SplitMerge = 4, 0
		plain := peak(fit(t, v, o).H)
		o.AlphaH, o.AlphaW = 0.1, 0.1
		if even := peak(fit(t, v, o).H); even > plain {
			t.Errorf("%s %s: the largest weight is %.2f of the mean with a penalty, %.2f without", o.Loss, o.Solver, even, plain)
		}
	}
}

// peak is the root mean square of the weights over their mean.
func peak(f *Factor) float64 {
	rows, columns := f.Dims()
	n := float64(rows * columns)
	return mat.Norm(f, 2) * math.Sqrt(n) / mat.Sum(f)
}
