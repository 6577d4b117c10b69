package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// mixtures is columns that are mixtures of k spectra, the first k of them (in the order of
// spectra) pure, with their shares.
func mixtures(source *rand.Rand, rows, columns, k int, noise float64) (v, spectra, shares *mat.Dense) {
	spectra, shares = mat.NewDense(rows, k, nil), mat.NewDense(k, columns, nil)
	spectra.Apply(func(i, c int, _ float64) float64 {
		return 0.1 + math.Exp(-math.Pow(float64(i-(c+1)*rows/(k+1)), 2)/float64(rows)) + 0.1*source.Float64()
	}, spectra)
	for j := range columns {
		sum := 0.0
		for c := range k {
			x := source.ExpFloat64()
			if j%7 == 0 { // some nearly pure
				x = math.Pow(x, 4)
			}
			if j < k {
				x = float64(1 - min(1, max(c-j, j-c)))
			}
			shares.Set(c, j, x)
			sum += x
		}
		for c := range k {
			shares.Set(c, j, shares.At(c, j)/sum)
		}
	}
	v = new(mat.Dense)
	v.Mul(spectra, shares)
	v.Apply(func(_, _ int, x float64) float64 { return max(0, x+noise*source.NormFloat64()) }, v)
	return v, spectra, shares
}

// angle is that between a column of each.
func angle(a, b mat.Matrix, k, l int) float64 {
	x, y := mat.NewVecDense(len(mat.Col(nil, k, a)), mat.Col(nil, k, a)), mat.NewVecDense(len(mat.Col(nil, l, b)), mat.Col(nil, l, b))
	return math.Acos(min(1, mat.Dot(x, y)/mat.Norm(x, 2)/mat.Norm(y, 2)))
}

func TestVerticesArePureColumns(t *testing.T) {
	for seed := range uint64(20) {
		source := rand.New(rand.NewPCG(seed, 1))
		k := 2 + int(seed%5)
		v, spectra, shares := mixtures(source, 40, 200, k, 0)
		w, columns, err := Vertices(v, k, 1)
		if err != nil {
			t.Fatal(err)
		}
		h := transform(t, w, v, Options{Loss: Frobenius})
		for c, j := range columns {
			if j >= k {
				t.Errorf("seed %d: column %d is a mixture", seed, j)
				continue
			}
			// W is the column itself, so that H is the shares as they were.
			if off := angle(w, spectra, c, j); off > 1e-3 || math.Abs(w.At(3, c)-v.At(3, j)) > 1e-6 {
				t.Errorf("seed %d: vertex %d is %g off column %d", seed, c, off, j)
			}
			for n := range 200 {
				if x, want := h.At(c, n), shares.At(j, n); math.Abs(x-want) > 2e-3 {
					t.Fatalf("seed %d: column %d has %g of vertex %d, not %g", seed, n, x, c, want)
				}
			}
		}
	}
}

// With noise the mean of several columns is nearer than one.
func TestMeansOfColumnsHaveLessNoise(t *testing.T) {
	one, several := 0.0, 0.0
	for seed := range uint64(20) {
		v, spectra, _ := mixtures(rand.New(rand.NewPCG(seed, 2)), 60, 2000, 3, 0.05)
		off := func(mean int) (total float64) {
			w, _, err := Vertices(v, 3, mean)
			if err != nil {
				t.Fatal(err)
			}
			for c := range 3 {
				total += min(angle(w, spectra, c, 0), angle(w, spectra, c, 1), angle(w, spectra, c, 2))
			}
			return total / 3 / 20
		}
		one += off(1)
		several += off(20)
	}
	t.Logf("mean angle %.3f of one column, %.3f of 20", one, several)
	if several > 0.7*one {
		t.Errorf("mean angle %.3f of one column, %.3f of 20", one, several)
	}
}

func TestVerticesHaveNoUnit(t *testing.T) {
	v, _, _ := mixtures(rand.New(rand.NewPCG(4, 4)), 30, 100, 3, 0.01)
	w, columns, err := Vertices(v, 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	scaled := mat.NewDense(30, 100, nil)
	scaled.Scale(1024, v)
	u, same, err := Vertices(asCSC(scaled), 3, 0)
	if err != nil || !slices.Equal(same, columns) {
		t.Fatalf("columns %v, and %v of 1024 times the matrix: %v", columns, same, err)
	}
	u.scale(1. / 1024)
	if !mat.Equal(w, u) {
		t.Error("other vertices of 1024 times the matrix, and sparse")
	}
}

func TestVerticesRefuses(t *testing.T) {
	v, _, _ := mixtures(rand.New(rand.NewPCG(4, 4)), 30, 100, 3, 0)
	for _, c := range []struct {
		v       mat.Matrix
		k, mean int
		says    string
	}{
		{v, 0, 1, "0 vertices"},
		{v, 31, 1, "at most 30"},
		{v, 3, -1, "means of -1"},
		{v, 3, 101, "means of 101"},
		{constant(5, 6, 1), 2, 1, "mixtures of 1"},
		{constant(5, 6, 0), 2, 1, "no positive entry"},
		{constant(5, 6, math.NaN()), 2, 1, "NaN"},
	} {
		if _, _, err := Vertices(c.v, c.k, c.mean); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%d vertices, means of %d: %v", c.k, c.mean, err)
		}
	}
}

// A start from vertices ends at once where the factors are mixtures of pure columns.
func TestStartFromVertices(t *testing.T) {
	v, _, _ := mixtures(rand.New(rand.NewPCG(5, 5)), 40, 200, 4, 0)
	for _, loss := range Losses {
		o := Defaults()
		o.Topics, o.Loss, o.Init, o.SplitMerge, o.MaxIter = 4, loss, SPA, 0, 60
		r := fit(t, v, o)
		o.Init = Random
		random := fit(t, v, o)
		if r.Divergence > random.Divergence+1e-6*mat.Sum(v) {
			t.Errorf("%s: D %g from vertices, %g from random numbers", loss, r.Divergence, random.Divergence)
		}
	}
	if _, err := Fit(context.Background(), v, Options{Init: SPA}); err == nil {
		t.Error("options without anything else")
	}
}
