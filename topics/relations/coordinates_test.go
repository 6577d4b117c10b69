package relations_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"klew/nmf"
	"klew/topics/relations"
	"pgregory.net/rapid"
)

// The divergences are those of the definition, whatever topics have in common.
func TestDivergences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const terms, k = 6, 4
		w := nmf.NewW(terms, k, rapid.SliceOfN(rapid.Map(rapid.IntRange(-3, 5), func(n int) float32 { return float32(max(0, n)) }), terms*k, terms*k).Draw(t, "w"))
		d, err := relations.Divergences(context.Background(), w)
		if err != nil {
			t.Fatal(err)
		}
		sums := w.Sums()
		column := func(k int) []float64 {
			c := make([]float64, terms)
			for i := range c {
				c[i] = float64(w.Item(i)[k]) / sums[k]
			}
			return c
		}
		for a := range k {
			for b := range a {
				want := math.Ln2
				if sums[a] > 0 && sums[b] > 0 {
					want = jensenShannon(column(a), column(b))
				}
				if got := d.At(a, b); math.Abs(got-want) > 1e-9 {
					t.Fatalf("topics %d and %d: %v is not %v", a, b, got, want)
				}
			}
		}
	})
}

func jensenShannon(p, q []float64) float64 {
	d := 0.0
	for i := range p {
		for _, x := range []float64{p[i], q[i]} {
			if x > 0 {
				d += x / 2 * math.Log(2*x/(p[i]+q[i]))
			}
		}
	}
	return d
}

// Of points in a plane the coordinates keep the distances, and turning or mirroring the
// points does not change them.
func TestPrincipal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "points")
		x := rapid.SliceOfN(rapid.Float64Range(-9, 9), n, n).Draw(t, "x")
		y := rapid.SliceOfN(rapid.Float64Range(-3, 3), n, n).Draw(t, "y")
		px, py, err := relations.Principal(distances(x, y))
		if err != nil {
			t.Fatal(err)
		}
		before, after := distances(x, y), distances(px, py)
		for i := range n {
			for j := range n {
				if math.Abs(before.At(i, j)-after.At(i, j)) > 1e-3 {
					t.Fatalf("points %d and %d: %v apart, not %v", i, j, after.At(i, j), before.At(i, j))
				}
			}
		}
		for _, axis := range [][]float64{px, py} {
			if most, least := slices.Max(axis), slices.Min(axis); -least > most*(1+1e-6) {
				t.Fatalf("an axis points away from its farthest point: %v", axis)
			}
		}
	})
}

func distances(x, y []float64) *mat.SymDense {
	d := mat.NewSymDense(len(x), nil)
	for i := range x {
		for j := range i {
			d.SetSym(j, i, math.Hypot(x[i]-x[j], y[i]-y[j]))
		}
	}
	return d
}
