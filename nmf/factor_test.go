package nmf

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestFactorIsAMatrix(t *testing.T) {
	data := []float32{1, 2, 3, 4, 5, 6}
	w, h := NewW(3, 2, slices.Clone(data)), NewH(2, 3, slices.Clone(data))
	want := mat.NewDense(3, 2, []float64{1, 2, 3, 4, 5, 6})
	if !mat.Equal(w, want) || !mat.Equal(h, want.T()) {
		t.Errorf("W\n%v\nH\n%v", mat.Formatted(w), mat.Formatted(h))
	}
	if !mat.Equal(w.T(), h) || !mat.Equal(h.T(), w) {
		t.Error("the transpose of one is not the other")
	}
	var product mat.Dense
	product.Mul(w, h)
	if got := product.At(2, 1); got != 5*3+6*4 {
		t.Errorf("product has %g", got)
	}
}

func TestFactorScaleAndPermute(t *testing.T) {
	f := NewW(2, 3, []float32{1, 2, 3, 4, 5, 6})
	f.Scale([]float64{1, 10, 0.5})
	f.Permute([]int{1, 2, 0})
	if want := []float32{20, 1.5, 1, 50, 3, 4}; !slices.Equal(f.data, want) {
		t.Errorf("weights %v, want %v", f.data, want)
	}
	if sums := f.Sums(); !slices.Equal(sums, []float64{70, 4.5, 5}) {
		t.Errorf("sums %v", sums)
	}
}

func TestFactorPanics(t *testing.T) {
	for name, do := range map[string]func(){
		"length": func() { NewW(2, 2, make([]float32, 3)) },
		"row":    func() { NewW(1, 1, make([]float32, 1)).At(1, 0) },
		"column": func() { NewH(1, 1, make([]float32, 1)).At(0, -1) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do()
		})
	}
}
