package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
)

// problem is a matrix that every solver is tried on.
type problem struct {
	name   string
	v      *mat.Dense
	topics int
	// exact says that the matrix has this non-negative rank, so that D can be 0.
	exact bool
}

// problems begins with the matrices of which the non-negative rank is known by heart:
// all ones have rank 1, the identity has its size.
func problems() []problem {
	return []problem{
		{"ones 2×2", constant(2, 2, 1), 1, true},
		{"ones 5×3", constant(5, 3, 1), 1, true},
		{"identity 2×2", identity(2), 2, true},
		{"identity 4×4", identity(4), 4, true},
		{"rank 1", product(rand.New(rand.NewPCG(1, 1)), 20, 15, 1), 1, true},
		{"two blocks", blocks(6, 4), 2, true},
		{"one cell", constant(1, 1, 3), 1, true},
		{"one row", mat.NewDense(1, 4, []float64{1, 0, 2, 5}), 1, true},
		{"one column", mat.NewDense(4, 1, []float64{1, 0, 2, 5}), 1, true},
		{"counts", counts(40, 30, 4), 4, false},
		{"more topics than there are", counts(30, 20, 2), 8, false},
		{"empty rows and columns", holed(counts(30, 20, 3)), 3, false},
	}
}

// methods is every way to fit.
func methods() []Options {
	var all []Options
	for _, s := range []struct {
		loss   Loss
		solver Solver
	}{{KullbackLeibler, MU}, {KullbackLeibler, CCD}, {Frobenius, MU}, {Frobenius, HALS}} {
		for _, init := range Inits {
			o := Defaults()
			o.Loss, o.Solver, o.Init = s.loss, s.solver, init
			all = append(all, o)
		}
	}
	return all
}

// eachMethod runs a test for every problem and every way to fit.
func eachMethod(t *testing.T, test func(t *testing.T, p problem, o Options)) {
	for _, p := range problems() {
		for _, o := range methods() {
			o.Topics = p.topics
			t.Run(p.name+"/"+string(o.Loss)+"/"+string(o.Solver)+"/"+string(o.Init), func(t *testing.T) { test(t, p, o) })
		}
	}
}

func fit(t *testing.T, v mat.Matrix, o Options) *Result {
	t.Helper()
	r, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func constant(rows, columns int, x float64) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(int, int, float64) float64 { return x }, m)
	return m
}

func identity(n int) *mat.Dense {
	m := mat.NewDense(n, n, nil)
	for i := range n {
		m.Set(i, i, 1)
	}
	return m
}

func blocks(rows, columns int) *mat.Dense {
	m := mat.NewDense(rows, columns, nil)
	m.Apply(func(i, j int, _ float64) float64 {
		if (i < rows/2) != (j < columns/2) {
			return 0
		}
		return float64(1 + i%(rows/2))
	}, m)
	return m
}

// product is a matrix of that non-negative rank at most.
func product(r *rand.Rand, rows, columns, rank int) *mat.Dense {
	draw := func(int, int, float64) float64 { return -math.Log(1 - r.Float64()) }
	a, b := mat.NewDense(rows, rank, nil), mat.NewDense(rank, columns, nil)
	a.Apply(draw, a)
	b.Apply(draw, b)
	var m mat.Dense
	m.Mul(a, b)
	return &m
}

// counts draws Poisson counts around a product, which leaves many cells empty.
func counts(rows, columns, rank int) *mat.Dense {
	r := rand.New(rand.NewPCG(uint64(rows), uint64(columns)))
	m := product(r, rows, columns, rank)
	m.Apply(func(_, _ int, mean float64) float64 { return poisson(r, mean/3) }, m)
	return m
}

// poisson is Knuth's method, for small means.
func poisson(r *rand.Rand, mean float64) float64 {
	n, p, limit := 0.0, r.Float64(), math.Exp(-mean)
	for ; p > limit; n++ {
		p *= r.Float64()
	}
	return n
}

// holed empties the first, a middle and the last row and column.
func holed(m *mat.Dense) *mat.Dense {
	rows, columns := m.Dims()
	m.Apply(func(i, j int, x float64) float64 {
		if i == 0 || i == rows/2 || i == rows-1 || j == 0 || j == columns/2 || j == columns-1 {
			return 0
		}
		return x
	}, m)
	return m
}

// asCSC and asCSR hold the same matrix in other ways.
func asCSC(m *mat.Dense) *sparse.CSC { return asCSR(mat.DenseCopyOf(m.T())).T().(*sparse.CSC) }

func asCSR(m *mat.Dense) *sparse.CSR {
	rows, columns := m.Dims()
	start, index, value := []int{0}, []int{}, []float64{}
	for i := range rows {
		for j, x := range m.RawRowView(i) {
			if x != 0 {
				index, value = append(index, j), append(value, x)
			}
		}
		start = append(start, len(index))
	}
	return sparse.NewCSR(rows, columns, start, index, value)
}

// viewOnly hides all of a matrix but its entries.
type viewOnly struct{ mat.Matrix }

// measured is D(V‖WH) by the definition, cell by cell.
func measured(v mat.Matrix, r *Result, loss Loss) float64 {
	var wh mat.Dense
	wh.Mul(r.W, r.H)
	rows, columns := v.Dims()
	d := 0.0
	for i := range rows {
		for j := range columns {
			x, y := v.At(i, j), wh.At(i, j)
			switch {
			case loss == Frobenius:
				d += (x - y) * (x - y) / 2
			case x > 0:
				d += x*math.Log(x/y) - x + y
			default:
				d += y
			}
		}
	}
	return d
}

// size is what a rounding error of D is measured against.
func size(v mat.Matrix, loss Loss) float64 {
	total, squares := mat.Sum(v), math.Pow(mat.Norm(v, 2), 2)
	if loss == Frobenius {
		return squares
	}
	return total
}
