package nmf

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A fit that goes on from where one has ended is at its end.
func TestWarmStart(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics = 4
		r := fit(t, v, o)
		for _, h := range []*Factor{r.H, nil} {
			o.Start = &Start{W: r.W, H: h}
			again := fit(t, v, o)
			if again.Divergence > r.Divergence*(1+1e-5) {
				t.Errorf("%s %s: %g, then %g (H given: %t)", o.Loss, o.Solver, r.Divergence, again.Divergence, h != nil)
			}
			if h != nil && again.Trace[0].Divergence > r.Divergence*(1+1e-4) {
				t.Errorf("%s %s: ended at %g, began again at %g", o.Loss, o.Solver, r.Divergence, again.Trace[0].Divergence)
			}
		}
	}
}

// Topics that are fixed stay, to the bit, while the others find their place.
func TestFixedTopics(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics = 4
		whole := fit(t, v, o)
		o.Start = &Start{W: fit(t, v, with(o, 99)).W, Fixed: []bool{true, false, true, false}}
		for i := range 40 {
			o.Start.W.Item(i)[0] = whole.W.Item(i)[0]
			o.Start.W.Item(i)[2] = whole.W.Item(i)[2]
		}
		// A free weight so small would have faded; a fixed one stays.
		whole.W.Item(7)[2] = whole.W.Item(7)[0] * 1e-20
		o.Start.W.Item(7)[2] = whole.W.Item(7)[2]
		before := slices.Clone(o.Start.W.data)
		r := fit(t, v, o)
		if !slices.Equal(o.Start.W.data, before) {
			t.Errorf("%s %s: the caller's W was changed", o.Loss, o.Solver)
		}
		for i := range 40 {
			for _, k := range []int{0, 2} {
				if r.W.Item(i)[k] != whole.W.Item(i)[k] {
					t.Fatalf("%s %s: fixed weight %d of topic %d went from %g to %g", o.Loss, o.Solver, i, k, whole.W.Item(i)[k], r.W.Item(i)[k])
				}
			}
		}
		// A multiplicative update never leaves a zero, and so may not get far.
		if o.Solver != MU && r.Divergence > whole.Divergence*1.1 {
			t.Errorf("%s %s: divergence %g with two topics fixed where they end, %g without", o.Loss, o.Solver, r.Divergence, whole.Divergence)
		}
	}
}

// With all topics fixed, fitting is inference.
func TestAllTopicsFixed(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics = 4
		w := fit(t, v, o).W
		o.Start = &Start{W: w, Fixed: []bool{true, true, true, true}}
		r := fit(t, v, o)
		h := transform(t, w, v, o)
		for j := range 30 {
			if d := moved(unweighted{}, h.Item(j), r.H.Item(j)); d > 1e-3 {
				t.Errorf("%s %s: column %d is %v, by inference %v", o.Loss, o.Solver, j, r.H.Item(j), h.Item(j))
			}
		}
	}
}

// A row that is kept to one topic has weight there alone, as much as is best: for the
// divergence without penalties its sum through the topic's. The descent goes on.
func TestRowsOfOneTopic(t *testing.T) {
	v := counts(40, 30, 4)
	only := map[int]int{3: 1, 17: 0, 18: 0}
	for _, o := range methods() {
		o.Topics = 4
		o.Start = &Start{W: fit(t, v, with(o, 99)).W, Only: only}
		r := fit(t, v, o)
		for i, topic := range only {
			for k, x := range r.W.Item(i) {
				if (x > 0) != (k == topic) {
					t.Errorf("%s %s: row %d, to be kept to topic %d, has the weights %v", o.Loss, o.Solver, i, topic, r.W.Item(i))
					break
				}
			}
			if o.Loss == KullbackLeibler {
				got, want := float64(r.W.Item(i)[topic]), rowSum(v, i)/r.H.Sums()[topic]
				if math.Abs(got-want) > 0.01*want {
					t.Errorf("%s: row %d has the weight %g, at its best %g", o.Solver, i, got, want)
				}
			}
		}
		for n := 1; n < len(r.Trace); n++ {
			if r.Trace[n].Divergence > r.Trace[n-1].Divergence*(1+1e-6) {
				t.Errorf("%s %s: the divergence rises from %g to %g", o.Loss, o.Solver, r.Trace[n-1].Divergence, r.Trace[n].Divergence)
			}
		}
		o.Threads = 3
		if again := fit(t, v, o); !slices.Equal(again.W.data, r.W.data) {
			t.Errorf("%s %s: with three threads the factors are others", o.Loss, o.Solver)
		}
	}
}

// A column that is kept to one topic is all that topic's: each of its counts adds to the row
// of W there, as the pseudo-counts of a prior do. For the divergence a row's weight in a
// topic is the part of the counts that the topic has, by its share of each cell.
func TestColumnsOfOneTopic(t *testing.T) {
	v := counts(40, 30, 4)
	only := map[int]int{2: 1, 29: 3}
	for _, o := range methods() {
		o.Topics, o.MaxIter, o.Tol = 4, 2000, 1e-9
		o.Start = &Start{W: fit(t, v, with(o, 99)).W, OnlyH: only} // with zeros
		r := fit(t, v, o)
		for j, topic := range only {
			for k, x := range r.H.Item(j) {
				if (x > 0) != (k == topic) {
					t.Errorf("%s %s: column %d, to be kept to topic %d, has the weights %v", o.Loss, o.Solver, j, topic, r.H.Item(j))
					break
				}
			}
		}
		if o.Loss == KullbackLeibler {
			checkParts(t, v, r, only)
		}
		o.Threads = 3
		if again := fit(t, v, o); !slices.Equal(again.W.data, r.W.data) {
			t.Errorf("%s %s: with three threads the factors are others", o.Loss, o.Solver)
		}
	}
}

// checkParts compares each row of W with the counts that fall to its topics, where columns
// of one topic give it all of theirs.
func checkParts(t *testing.T, v mat.Matrix, r *Result, only map[int]int) {
	t.Helper()
	sums := r.H.Sums()
	for i := range r.W.Items() {
		w, parts := r.W.Item(i), make([]float64, len(sums))
		for j := range r.H.Items() {
			h, y := r.H.Item(j), 0.0
			for k := range w {
				y += float64(w[k]) * float64(h[k])
			}
			for k := range w {
				switch topic, alone := only[j]; {
				case alone && k == topic:
					parts[k] += v.At(i, j)
				case !alone && y > 0:
					parts[k] += v.At(i, j) * float64(w[k]) * float64(h[k]) / y
				}
			}
		}
		for k := range w {
			if got := float64(w[k]) * sums[k]; math.Abs(got-parts[k]) > 0.05*(1+parts[k]) {
				t.Errorf("row %d has %g of topic %d, and counts of %g fall to it", i, got, k, parts[k])
			}
		}
	}
}

func rowSum(v mat.Matrix, i int) (sum float64) {
	_, columns := v.Dims()
	for j := range columns {
		sum += v.At(i, j)
	}
	return sum
}

// unweighted compares weights as they are.
type unweighted struct{ loss }

func (unweighted) columnScale() []float64 { return []float64{1, 1, 1, 1} }

func with(o Options, seed uint64) Options {
	o.Init, o.Seed, o.Start = Random, seed, nil
	return o
}

func TestStartsThatDoNotFit(t *testing.T) {
	v := counts(40, 30, 4)
	w, h := newFactor(40, 4), newFactor(30, 4)
	for _, c := range []struct {
		start Start
		want  string
	}{
		{Start{}, "without W"},
		{Start{W: newFactor(41, 4)}, "W of 41 × 4"},
		{Start{W: newFactor(40, 5)}, "W of 40 × 5"},
		{Start{W: w, H: w}, "H of 4 × 40"},
		{Start{W: w, H: h, Fixed: []bool{true}}, "fixes or not 1 of 4"},
		{Start{W: w, H: h, Only: map[int]int{40: 0}}, "40 rows and 4 topics"},
		{Start{W: w, H: h, Only: map[int]int{0: 4}}, "40 rows and 4 topics"},
		{Start{W: w, H: h, OnlyH: map[int]int{30: 0}}, "30 columns and 4 topics"},
		{Start{W: w, H: h, OnlyH: map[int]int{0: -1}}, "30 columns and 4 topics"},
	} {
		o := Defaults()
		o.Topics, o.Start = 4, &c.start
		if _, err := Fit(context.Background(), v, o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}

// The starts of one seed are not those of the next: fits from seeds in a row would share
// most of their race.
func TestStartsOfSeedsDiffer(t *testing.T) {
	m := packed(t, 10_000, 4)
	o := Defaults()
	o.Topics, o.Init = 4, Random
	f := newFitting(m, 4, o)
	defer f.workers.stop()
	var seen [][]float32
	for o.Seed = 1; o.Seed <= 3; o.Seed++ {
		for n := range 3 {
			f.start(context.Background(), o, n)
			for _, w := range seen {
				if slices.Equal(w, f.w.data) {
					t.Errorf("start %d of seed %d is another's", n, o.Seed)
				}
			}
			seen = append(seen, slices.Clone(f.w.data))
		}
	}
}

// Of a pair of singular vectors the sign counts whose parts are larger.
func TestDominantSign(t *testing.T) {
	for _, c := range []struct {
		left, right []float64
		sign, norm  float64
	}{
		{[]float64{3, 4, -1}, []float64{-1, 2}, 1, 10},
		{[]float64{-3, -4, 1}, []float64{1, -2}, -1, 10},
		{[]float64{1, 0}, []float64{-1, 0}, 1, 0},
	} {
		if sign, norm := dominant(c.left, c.right); sign != c.sign || math.Abs(norm-c.norm) > 1e-12 {
			t.Errorf("%v and %v: sign %g with %g, want %g with %g", c.left, c.right, sign, norm, c.sign, c.norm)
		}
	}
}

// Factors that no fit has are refused: negative, not numbers, infinite, or zero.
func TestUnsoundFactors(t *testing.T) {
	v := mat.NewDense(3, 4, []float64{1, 2, 0, 1, 0, 1, 3, 1, 2, 0, 1, 4})
	o := Defaults()
	o.Topics = 2
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, data := range [][]float32{{-1, 1, 1, 1, 1, 1}, {1, nan, 1, 1, 1, 1}, {inf, 1, 1, 1, 1, 1}, {1e30, 1, 1, 1, 1, 1}, make([]float32, 6)} {
		o.Start = &Start{W: NewW(3, 2, data)}
		if r, err := Fit(context.Background(), v, o); err == nil {
			t.Errorf("W %v: divergence %v", data, r.Divergence)
		}
		if _, err := Transform(context.Background(), NewW(3, 2, data), v, Defaults()); err == nil && data[0] != 0 {
			t.Errorf("transformed by W %v", data)
		}
	}
	o.Start = &Start{W: NewW(3, 2, []float32{1, 2, 0, 1, 1, 0}), H: NewH(2, 4, []float32{1, 1, nan, 1, 1, 1, 1, 1})}
	if _, err := Fit(context.Background(), v, o); err == nil || !strings.Contains(err.Error(), "H that has the weight NaN") {
		t.Errorf("H that is not a number: %v", err)
	}
}
