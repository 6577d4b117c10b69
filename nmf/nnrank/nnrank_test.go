package nnrank_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"klew/nmf/nnrank"
	"pgregory.net/rapid"
)

// What the literature has for the matrices that everyone tries (polygons: Vandaele, Gillis &
// Glineur, On the linear extension complexity of regular n-gons, 2017).
func TestClassicMatrices(t *testing.T) {
	for name, c := range map[string]struct {
		m                  *mat.Dense
		rank, lower, upper int
		by                 nnrank.Proof
	}{
		"triangle":          {nnrank.Polygon(3), 3, 3, 3, nnrank.ByRank},
		"square":            {nnrank.Polygon(4), 3, 4, 4, nnrank.ByFoolingSet},
		"pentagon":          {nnrank.Polygon(5), 3, 5, 5, nnrank.ByFoolingSet},
		"hexagon":           {nnrank.Polygon(6), 3, 5, 5, nnrank.ByRectangles},
		"heptagon":          {nnrank.Polygon(7), 3, 6, 6, nnrank.ByRectangles},
		"octagon":           {nnrank.Polygon(8), 3, 6, 6, nnrank.ByRectangles},
		"Thomas":            {nnrank.Thomas(), 3, 4, 4, nnrank.ByFoolingSet},
		"squares, a = 0.40": {nnrank.Squares(0.40), 3, 3, 3, nnrank.ByRank},
		"squares, a = 0.43": {nnrank.Squares(0.43), 3, 4, 4, nnrank.ByPolygons},
		"distances of 4":    {nnrank.Distances(4), 3, 4, 4, nnrank.ByRectangles},
		"distances of 5":    {nnrank.Distances(5), 3, 5, 5, nnrank.ByPolygons},
		"distances of 6":    {nnrank.Distances(6), 3, 5, 5, nnrank.ByPolygons},
		"distances of 7":    {nnrank.Distances(7), 3, 6, 6, nnrank.ByPolygons},
		"distances of 8":    {nnrank.Distances(8), 3, 6, 6, nnrank.ByPolygons},
		"9 corners":         {nnrank.Polygon(9), 3, 7, 7, nnrank.ByPolygons},
		"9 corners, bent":   {bent(nnrank.Polygon(9)), 3, 7, 7, nnrank.ByPolygons},
		"10 corners":        {nnrank.Polygon(10), 3, 7, 7, nnrank.ByPolygons},
		"11 corners":        {nnrank.Polygon(11), 3, 7, 7, nnrank.ByPolygons},
		"12 corners":        {nnrank.Polygon(12), 3, 7, 7, nnrank.ByPolygons},
	} {
		t.Run(name, func(t *testing.T) {
			if rows, _ := c.m.Dims(); rows > 8 && testing.Short() {
				t.Skip("seconds of search")
			}
			r, err := nnrank.Find(c.m, nnrank.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if r.Rank != c.rank || r.Lower.Value != c.lower || r.Upper != c.upper || r.Lower.By != c.by {
				t.Errorf("rank %d, %d by %s to %d; want %d, %d by %s to %d", r.Rank, r.Lower.Value, r.Lower.By, r.Upper, c.rank, c.lower, c.by, c.upper)
			}
			checkFactors(t, c.m, r.W, r.H, r.Upper, 1e-6)
		})
	}
}

// bent scales rows and columns, which changes no rank.
func bent(m *mat.Dense) *mat.Dense {
	m.Apply(func(i, j int, x float64) float64 { return x * float64(1+i%3) / float64(1+j%4) }, m)
	return m
}

func checkFactors(t interface{ Errorf(string, ...any) }, m mat.Matrix, w, h *mat.Dense, k int, within float64) {
	var d mat.Dense
	d.Mul(w, h)
	d.Sub(m, &d)
	if error := mat.Norm(&d, 2); error > within*max(mat.Norm(m, 2), 1e-300) {
		t.Errorf("the factors miss by %g", error)
	}
	if _, columns := w.Dims(); columns != k {
		t.Errorf("W has %d columns, want %d", columns, k)
	}
	if mat.Min(w) < 0 || mat.Min(h) < 0 {
		t.Errorf("a factor has a negative entry")
	}
}

// The square of side a lies in that of side 1 with a triangle between them up to √2 − 1.
func TestNestedSquaresThreshold(t *testing.T) {
	corners := func(a float64) int {
		n, err := nnrank.Nested(nnrank.Squares(a))
		if err != nil {
			t.Fatal(err)
		}
		return len(n.Between)
	}
	threshold := math.Sqrt2 - 1
	if k := corners(threshold - 1e-3); k != 3 {
		t.Errorf("%d corners below the threshold, want 3", k)
	}
	if k := corners(threshold + 1e-3); k != 4 {
		t.Errorf("%d corners above the threshold, want 4", k)
	}
}

// Whatever polygon lies between two others, no triangle to quadrangle is missed that is
// known to be there: the matrix is made with that many columns of rank 3.
func TestNestedFindsWhatWasMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 5).Draw(t, "k")
		number := rapid.Float64Range(0.01, 1)
		plane := mat.NewDense(6, 3, drawn(t, number, 18))
		parts := mat.NewDense(3, k, drawn(t, number, 3*k))
		var w, m mat.Dense
		w.Mul(plane, parts)
		h := mat.NewDense(k, 8, drawn(t, rapid.Float64Range(0, 1), 8*k))
		m.Mul(&w, h)
		if nnrank.Rank(&m) != 3 {
			t.Skip("not of rank 3")
		}
		n, err := nnrank.Nested(&m)
		if err != nil {
			t.Fatal(err)
		}
		if len(n.Between) > k {
			t.Errorf("%d corners, and there is a polygon of %d", len(n.Between), k)
		}
	})
}

func drawn(t *rapid.T, of *rapid.Generator[float64], n int) []float64 {
	return rapid.SliceOfN(of, n, n).Draw(t, "numbers")
}

// Whatever the matrix, the bounds are in order, and the factors are factors.
func TestBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
		entry := rapid.Map(rapid.IntRange(0, 4), func(n int) float64 { return float64(n) })
		m := mat.NewDense(rows, columns, drawn(t, entry, rows*columns))
		r, err := nnrank.Find(m, nnrank.Options{Starts: 5, Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		if r.Rank > r.Lower.Value || r.Lower.Value > r.Upper || r.Upper > min(rows, columns) {
			t.Errorf("rank %d, bounds %d to %d", r.Rank, r.Lower.Value, r.Upper)
		}
		checkFactors(t, m, r.W, r.H, r.Upper, 1e-6)
		for n, c := range r.Lower.Cells {
			for _, d := range r.Lower.Cells[:n] {
				if m.At(c[0], d[1]) > 0 && m.At(d[0], c[1]) > 0 || m.At(c[0], c[1]) == 0 {
					t.Errorf("%v and %v fool nobody", c, d)
				}
			}
		}
	})
}

func TestNoMatrix(t *testing.T) {
	for _, x := range []float64{-1, math.NaN(), math.Inf(1)} {
		m := mat.NewDense(1, 2, []float64{1, x})
		if _, err := nnrank.Find(m, nnrank.Options{}); err == nil {
			t.Errorf("found a non-negative rank with the entry %g", x)
		}
	}
	if _, err := nnrank.Nested(nnrank.Distances(2)); err == nil {
		t.Error("found polygons for a matrix of rank 2")
	}
	if _, _, _, err := nnrank.Exact(nnrank.Thomas(), 3, nnrank.Options{Starts: -1}); err == nil {
		t.Error("searched from -1 starts")
	}
}
