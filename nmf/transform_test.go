package nmf

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func transform(t *testing.T, w *Factor, v mat.Matrix, o Options) *Factor {
	t.Helper()
	h, err := Transform(context.Background(), w, v, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Inference solves the training problem: a column that Fit has seen gets the weights
// that Fit gave it, with either solver.
func TestTransformIsWhatFitDoes(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		r := fit(t, p.v, o)
		h := transform(t, r.W, p.v, o)
		var fitted, inferred mat.Dense
		fitted.Mul(r.W, r.H)
		inferred.Mul(r.W, h)
		// Where topics are as good as equal, weights may move between them; the
		// product is what is determined.
		if !mat.EqualApprox(&fitted, &inferred, 2e-3*mat.Max(p.v)) {
			t.Errorf("fitted\n%.4f\ninferred\n%.4f", mat.Formatted(&fitted), mat.Formatted(&inferred))
		}
	})
}

// At the optimum the gradient is zero where there is weight, and not negative elsewhere
// (Karush, Kuhn and Tucker).
func TestTransformIsOptimal(t *testing.T) {
	v := counts(60, 40, 4)
	for _, o := range methods() {
		o.Topics = 4
		r := fit(t, v, o)
		h := transform(t, r.W, v, o)
		for j := range 40 {
			for k, g := range gradient(v, r.W, h, j, o.Loss) {
				if x := h.Item(j)[k]; x > 0 && math.Abs(g) > 2e-3 || x == 0 && g < -2e-3 {
					t.Errorf("%s %s: document %d, topic %d: weight %g, relative slope %g", o.Loss, o.Solver, j, k, x, g)
				}
			}
		}
	}
}

// gradient is the slope of D in each weight of document j, relative to its parts.
func gradient(v mat.Matrix, w, h *Factor, j int, loss Loss) []float64 {
	slope, parts := make([]float64, w.topics), make([]float64, w.topics)
	for i := range w.items {
		y := 0.0
		for k, x := range w.Item(i) {
			y += float64(x) * float64(h.Item(j)[k])
		}
		for k, x := range w.Item(i) {
			up, down := float64(x), 0.0
			if loss == Frobenius {
				up, down = float64(x)*y, float64(x)*v.At(i, j)
			} else if v.At(i, j) > 0 {
				down = float64(x) * v.At(i, j) / y
			}
			slope[k] += up - down
			parts[k] += up + down
		}
	}
	for k := range slope {
		if parts[k] > 0 {
			slope[k] /= parts[k]
		}
	}
	return slope
}

func TestTransformOfNothing(t *testing.T) {
	o := Defaults()
	o.Topics = 2
	w := fit(t, blocks(6, 4), o).W
	h := transform(t, w, mat.NewDense(6, 3, nil), o)
	if rows, columns := h.Dims(); rows != 2 || columns != 3 || mat.Sum(h) != 0 {
		t.Errorf("%d × %d with sum %g, want 2 × 3 zeros", rows, columns, mat.Sum(h))
	}
}

// A term that no topic knows cannot be explained by any weight, and is passed over.
func TestTransformPassesOverTermsWithoutWeight(t *testing.T) {
	w := NewW(3, 1, []float32{0.5, 0.5, 0})
	h := transform(t, w, mat.NewDense(3, 2, []float64{2, 0, 2, 0, 7, 7}), Defaults())
	if got := h.Item(0)[0]; math.Abs(float64(got)-4) > 1e-4 {
		t.Errorf("weight %g, want 4", got)
	}
	if got := h.Item(1)[0]; got != 0 {
		t.Errorf("weight %g of a document of unknown terms, want 0", got)
	}
}

// Also where nothing else is left.
func TestTransformOfUnknownTermsAlone(t *testing.T) {
	w := NewW(3, 2, []float32{1, 0, 0, 1, 0, 0})
	h := transform(t, w, mat.NewDense(3, 2, []float64{0, 0, 0, 0, 2, 5}), Defaults())
	if mat.Sum(h) != 0 {
		t.Errorf("weights %v", mat.Formatted(h))
	}
}

// A column's answer is its own: what stands beside it, however small, changes nothing.
func TestTransformColumnByColumn(t *testing.T) {
	v := counts(60, 40, 4)
	for _, o := range methods() {
		o.Topics = 4
		w := fit(t, v, o).W
		want := transform(t, w, v, o)
		for _, tiny := range []float64{1e-6, 1e-12, 1e-20} {
			var with mat.Dense
			with.Augment(v, mat.NewDense(60, 1, append([]float64{tiny}, make([]float64, 59)...)))
			got := transform(t, w, &with, o)
			for j := range 40 {
				for k, x := range got.Item(j) {
					if math.Abs(float64(x-want.Item(j)[k])) > 1e-4*float64(want.Item(j)[k])+1e-6 {
						t.Fatalf("%s, beside %g: column %d has %v, alone %v", o.Loss, tiny, j, got.Item(j), want.Item(j))
					}
				}
			}
		}
	}
}

func TestTransformRefuses(t *testing.T) {
	w := NewW(2, 1, []float32{1, 1})
	if _, err := Transform(context.Background(), w, mat.NewDense(3, 1, nil), Defaults()); err == nil {
		t.Error("three rows were accepted for factors of two")
	}
	if _, err := Transform(context.Background(), w, mat.NewDense(2, 1, []float64{1, -1}), Defaults()); err == nil {
		t.Error("a negative entry was accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Transform(ctx, w, mat.NewDense(2, 1, []float64{1, 1}), Defaults()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v after the context ended", err)
	}
}

// A term that no topic knows is as good as not there: not a bit of the weights depends on
// how often it occurs.
func TestTransformWithoutUnknownTerms(t *testing.T) {
	for _, o := range methods() {
		o.Topics = 4
		w := fit(t, counts(60, 40, 4), o).W
		v := counts(60, 40, 4)
		clear(w.Item(7))
		for j := range 40 {
			v.Set(7, j, 0)
		}
		want := transform(t, w, v, o)
		for j := range 40 {
			v.Set(7, j, float64(100*j))
		}
		if got := transform(t, w, v, o); !slices.Equal(got.data, want.data) {
			t.Errorf("%s %s: the weights depend on a term without weight", o.Loss, o.Solver)
		}
	}
}
