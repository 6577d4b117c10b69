package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// denseMatrix is one in which about a tenth of the cells is zero, and with an empty row and column.
func denseMatrix(rows, columns, rank int) *mat.Dense {
	source := rand.New(rand.NewPCG(9, 9))
	v := product(source, rows, columns, rank)
	v.Apply(func(i, j int, x float64) float64 {
		if i == 3 || j == 5 || source.IntN(10) == 0 {
			return 0
		}
		return x * (0.5 + source.Float64())
	}, v)
	return v
}

// fittingsOf are two, of which the second does not turn its factors.
func fittingsOf(t *testing.T, v mat.Matrix, o Options) [2]*fitting {
	t.Helper()
	var both [2]*fitting
	for n := range both {
		m, err := pack(v)
		if err != nil {
			t.Fatal(err)
		}
		f := newFitting(m, o.Topics, o)
		if !f.columns.dense || !f.rows.dense {
			t.Fatal("the matrix is not taken for a dense one")
		}
		f.columns.dense, f.rows.dense = n == 0, n == 0
		f.start(context.Background(), o, 0)
		both[n] = f
	}
	return both
}

// What is read where it lies is what is copied: factors and D agree after each of a few
// iterations, also with penalties and fixed topics.
func TestDenseLinesAreLines(t *testing.T) {
	v := denseMatrix(120, 100, 5)
	fixed := make([]bool, 6)
	fixed[2] = true
	for _, o := range []Options{{}, {AlphaW: 0.01, AlphaH: 0.02, L1Ratio: 0.5}, {Start: &Start{Fixed: fixed}}} {
		given := o.Start
		o.Topics, o.Loss, o.Init, o.MaxIter = 6, KullbackLeibler, Random, 100
		o.Start = nil
		both := fittingsOf(t, v, o)
		for n := range 12 {
			var d [2]float64
			for a, f := range both {
				if given != nil {
					f.fixed = given.Fixed
				}
				f.solver, f.task.look = f.chosen, n%3 == 0
				f.improveH(context.Background())
				f.improveW(context.Background())
				d[a] = f.measure()
			}
			if math.Abs(d[0]-d[1]) > 1e-4*d[1] {
				t.Errorf("alpha %g, fixed %v, iteration %d: D %g, of copies %g", o.AlphaH, given != nil, n, d[0], d[1])
			}
		}
		for _, f := range both {
			f.workers.stop()
		}
	}
}

func TestDenseLaws(t *testing.T) {
	v := denseMatrix(120, 100, 5)
	o := Defaults()
	o.Topics, o.Threads, o.Refine = 4, 1, RefineOff
	r := fit(t, v, o)
	o.Threads = 3
	same(t, "three threads", fit(t, v, o), r)
	same(t, "sparse", fit(t, asCSC(v), o), r)
	if r.W.At(3, 0) != 0 || r.H.At(0, 5) != 0 {
		t.Error("weights of an empty row or column")
	}
}

// Where D never rises, it does not with dense lines: half-steps on one factor, from any start.
func TestDenseHalfStepsNeverRaise(t *testing.T) {
	v := denseMatrix(120, 100, 5)
	for seed := range uint64(5) {
		o := Options{Topics: 5, Loss: KullbackLeibler, Init: Random, Seed: seed, MaxIter: 100}
		f := fittingsOf(t, v, o)[0]
		d := f.measure()
		for n := range 20 {
			f.solver, f.task.look = f.chosen, n%5 == 0
			f.improveH(context.Background())
			f.improveW(context.Background())
			now := f.measure()
			if now > d*(1+1e-6) {
				t.Errorf("seed %d, iteration %d: D rises from %g to %g", seed, n, d, now)
			}
			d = now
		}
		f.workers.stop()
	}
}

func TestNeighbours(t *testing.T) {
	active := []int32{0, 1, 2, 5, 7, 8}
	for from, want := range map[int]int{0: 3, 1: 3, 3: 4, 4: 6, 5: 6} {
		if to := neighbours(active, from); to != want {
			t.Errorf("from %d to %d, not %d", from, to, want)
		}
	}
}
