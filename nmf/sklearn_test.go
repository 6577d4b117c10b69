package nmf

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// peer is testdata/sklearn_mu.json, made by the script beside it.
type peer struct {
	X, W, H [][]float64
	Runs    []struct {
		Loss       Loss
		Iterations int
		Divergence float64
		W, H       [][]float64
	}
}

// From the same start, MU walks the same path as scikit-learn's solver "mu".
func TestMUIsScikitLearns(t *testing.T) {
	data, err := os.ReadFile("testdata/sklearn_mu.json")
	if err != nil {
		t.Fatal(err)
	}
	var p peer
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	for _, run := range p.Runs {
		t.Run(fmt.Sprintf("%s/%d", run.Loss, run.Iterations), func(t *testing.T) {
			m, err := pack(dense(p.X).T())
			if err != nil {
				t.Fatal(err)
			}
			scale := math.Ldexp(1, -m.exponent)
			w, h := factorOf(p.H, true, 1), factorOf(p.W, false, scale)
			o := Defaults()
			o.Topics, o.Loss, o.Solver = w.topics, run.Loss, MU
			f := newFitting(m, w.topics, o)
			defer f.workers.stop()
			copy(f.w.data, w.data)
			copy(f.h.data, h.data)
			for range run.Iterations {
				f.improveH(context.Background())
				f.improveW(context.Background())
			}
			w, h = f.w, f.h
			if d := f.measure(); math.Abs(d-run.Divergence) > 1e-6*run.Divergence {
				t.Errorf("divergence %.9g, scikit-learn has %.9g", d, run.Divergence)
			}
			compare(t, "documents", h, factorOf(run.W, false, scale))
			compare(t, "terms", w, factorOf(run.H, true, 1))
		})
	}
}

// compare wants weights equal to 1e-6 of the factor's largest. Small weights that are
// fading have been multiplied by a rounded number at each iteration, and share fewer
// digits of their own with scikit-learn's double precision.
func compare(t *testing.T, what string, got, want *Factor) {
	t.Helper()
	largest := float64(slices.Max(want.data))
	for i, x := range got.data {
		if diff := math.Abs(float64(x) - float64(want.data[i])); diff > 1e-6*largest {
			t.Errorf("%s: weight %d is %.9g, scikit-learn has %.9g", what, i, x, want.data[i])
		}
	}
}

func dense(rows [][]float64) *mat.Dense {
	m := mat.NewDense(len(rows), len(rows[0]), nil)
	for i, row := range rows {
		m.SetRow(i, row)
	}
	return m
}

// factorOf makes a factor whose items are the rows, or the columns.
func factorOf(rows [][]float64, columns bool, scale float64) *Factor {
	var m mat.Matrix = dense(rows)
	if columns {
		m = m.T()
	}
	items, topics := m.Dims()
	f := newFactor(items, topics)
	for n := range items {
		for k := range topics {
			f.Item(n)[k] = float32(m.At(n, k) * scale)
		}
	}
	return f
}
