package nmf

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// What there was room for goes, and what was found stays: the product, and D by the loss that
// was asked for.
func TestCompactKeepsTheProduct(t *testing.T) {
	for _, loss := range Losses {
		m, err := pack(counts(12, 9, 3))
		if err != nil {
			t.Fatal(err)
		}
		o := Defaults()
		o.Topics, o.Loss, o.Init, o.Threads = 3, loss, Random, 2
		f := newFitting(m, 6, o)
		defer f.workers.stop()
		f.start(context.Background(), o, 0)
		for i := range f.w.items { // the second topic moves behind a gap
			w := f.w.Item(i)
			w[1], w[4] = 0, w[1]
		}
		for j := range f.h.items {
			h := f.h.Item(j)
			h[1], h[4] = 0, h[1]
		}
		product, d := productOf(f), f.measure()
		f.compact(loss, 3)
		if f.w.topics != 3 || f.h.topics != 3 {
			t.Fatalf("%s: %d and %d topics are left, want 3", loss, f.w.topics, f.h.topics)
		}
		if after := productOf(f); !mat.EqualApprox(after, product, 1e-6) {
			t.Errorf("%s: WH has become another", loss)
		}
		if after := f.measure(); math.Abs(after-d) > 1e-6*d {
			t.Errorf("%s: D was %g and is %g", loss, d, after)
		}
	}
}

func productOf(f *fitting) *mat.Dense {
	all := mat.NewDense(f.w.items, f.h.items, nil)
	for i := range f.w.items {
		for j := range f.h.items {
			sum := 0.0
			for k, w := range f.w.Item(i) {
				sum += float64(w) * float64(f.h.Item(j)[k])
			}
			all.Set(i, j, sum)
		}
	}
	return all
}

// Lines without an entry have no weight from the start on, on either side: what they are drawn
// with would be in the sums that the first steps go by.
func TestEmptyLinesStartEmpty(t *testing.T) {
	v := counts(12, 9, 3)
	for i := range 12 {
		v.Set(i, 4, 0)
	}
	for j := range 9 {
		v.Set(7, j, 0)
	}
	m, err := pack(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, init := range Inits {
		o := Defaults()
		o.Topics, o.Init = 3, init
		f := newFitting(m, 3, o)
		defer f.workers.stop()
		f.start(context.Background(), o, 0)
		if hasWeight(f.h.Item(4)) || hasWeight(f.w.Item(7)) {
			t.Errorf("%s: the empty column starts with %v, the empty row with %v", init, f.h.Item(4), f.w.Item(7))
		}
	}
}

// What cells without a topic hold is shared alike by all topics that may have it, in tokens,
// before a multiplicative step takes it to where it belongs. The first cell's topic has half
// the cost of the second's.
func TestRevivedWeightIsWhatIsMissing(t *testing.T) {
	m, err := pack(dense([][]float64{{2}, {4}}))
	if err != nil {
		t.Fatal(err)
	}
	o := Defaults()
	o.Topics = 2
	f := newFitting(m, 2, o)
	defer f.workers.stop()
	copy(f.w.Item(0), []float32{1, 0.5})
	copy(f.w.Item(1), []float32{0, 1.5})
	h := f.h.padded(0)
	h[0] = 2
	f.fixW()
	l := m.columns.line(0)
	v0, v1 := float64(l.value[0]), float64(l.value[1])
	h0, h1 := 2+v1/1/2, v1/2/2 // half of what the second cell holds, at a cost of 1 and of 2
	y0, y1 := h0+0.5*h1, 1.5*h1
	want := []float64{h0 * (v0 / y0), h1 * (0.5*v0/y0 + 1.5*v1/y1) / 2}
	f.chosen.improve(l, h, newScratch(2), task{look: true})
	for k, x := range want {
		if math.Abs(float64(h[k])-x) > 1e-5*x {
			t.Errorf("topic %d has %g, want %g", k, h[k], x)
		}
	}
}
