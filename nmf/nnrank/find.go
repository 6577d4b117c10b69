package nnrank

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// zero is the part of the largest entry up to which an entry is 0, and of the largest
// singular value up to which one is 0.
const zero = 1e-9

// Proof is how a lower bound is known.
type Proof string

const (
	// ByRank: no factors have a smaller rank than their product.
	ByRank Proof = "rank"
	// ByFoolingSet: no two of some entries, none of them 0, can stand in one positive
	// rectangle, since a corner of theirs is 0.
	ByFoolingSet Proof = "fooling set"
	// ByRectangles: each column of W with its row of H is a rectangle of entries that are not
	// 0, and fewer rectangles do not cover all of these (Yannakakis 1991).
	ByRectangles Proof = "rectangle cover"
	// ByPolygons: no polygon with fewer corners lies between two others; see Nested.
	ByPolygons Proof = "nested polygons"
)

// Bound is a lower bound of the non-negative rank.
type Bound struct {
	Value int
	By    Proof
	// Cells are the rows and columns of a fooling set; nil for other proofs.
	Cells [][2]int
}

// Result is what is known of the non-negative rank of a matrix: Lower.Value ≤ it ≤ Upper.
type Result struct {
	Rank  int
	Lower Bound
	Upper int
	// W and H are factors with Upper columns and rows. Their product is the matrix to Error,
	// the norm of the difference in units of the norm of the matrix.
	W, H  *mat.Dense
	Error float64
}

// Find bounds the non-negative rank from both sides. Where the bounds meet it is known. A
// matrix with a negative entry, or one that is not finite, is an error.
func Find(m mat.Matrix, o Options) (*Result, error) {
	if err := check(m); err != nil {
		return nil, err
	}
	r := &Result{Rank: Rank(m)}
	r.W, r.H = trivial(m)
	_, r.Upper = r.W.Dims()
	r.Lower = r.bound(m)
	for r.Lower.Value < r.Upper {
		w, h, found, err := Exact(m, r.Upper-1, o)
		if err != nil {
			return nil, err
		}
		if !found {
			break
		}
		r.W, r.H = w, h
		r.Upper--
	}
	r.Error = distance(m, r.W, r.H)
	return r, nil
}

// bound is the best lower bound, and of those that are equal the one with the simplest
// proof. Where polygons give factors as well, they are taken.
func (r *Result) bound(m mat.Matrix) Bound {
	best := Bound{r.Rank, ByRank, nil}
	improve := func(b Bound) {
		if b.Value > best.Value {
			best = b
		}
	}
	if r.Rank < 3 { // rank and non-negative rank are the same (Cohen & Rothblum 1993)
		if w, h, ok := small(m, r.Rank); ok {
			r.W, r.H, r.Upper = w, h, max(r.Rank, 1)
		}
		return best
	}
	s := supportOf(m)
	cells := s.foolingSet()
	improve(Bound{len(cells), ByFoolingSet, cells})
	improve(Bound{s.cover(max(best.Value, 1)), ByRectangles, nil})
	if r.Rank == 3 {
		if n, err := Nested(m); err == nil {
			improve(Bound{leastCorners(len(n.Between)), ByPolygons, nil})
			if len(n.Between) == 9 && s.isPolygon() {
				improve(Bound{nonagon, ByPolygons, nil})
			}
			if len(n.Between) < r.Upper {
				r.W, r.H = n.factors(m)
				r.Upper = len(n.Between)
			}
		}
	}
	return best
}

// check finds fault with a matrix.
func check(m mat.Matrix) error {
	rows, columns := m.Dims()
	for i := range rows {
		for j := range columns {
			if x := m.At(i, j); !(x >= 0) || math.IsInf(x, 0) {
				return fmt.Errorf("entry (%d, %d) is %g: a non-negative rank is that of finite numbers from 0", i, j, x)
			}
		}
	}
	return nil
}

// Rank is the numerical rank: the singular values that are more than 1e-9 of the largest.
func Rank(m mat.Matrix) int {
	var svd mat.SVD
	if !svd.Factorize(m, mat.SVDNone) {
		panic("nnrank: no singular values were found")
	}
	values, rank := svd.Values(nil), 0
	for _, x := range values {
		if x > zero*values[0] {
			rank++
		}
	}
	return rank
}

// trivial is M times the identity, on the smaller side.
func trivial(m mat.Matrix) (w, h *mat.Dense) {
	rows, columns := m.Dims()
	if columns <= rows {
		return mat.DenseCopyOf(m), identity(columns)
	}
	return identity(rows), mat.DenseCopyOf(m)
}

func identity(n int) *mat.Dense {
	d := mat.NewDense(n, n, nil)
	for i := range n {
		d.Set(i, i, 1)
	}
	return d
}

// distance is the norm of M − W H in units of that of M; 0 for a matrix of zeros.
func distance(m mat.Matrix, w, h *mat.Dense) float64 {
	var d mat.Dense
	d.Mul(w, h)
	d.Sub(m, &d)
	if size := mat.Norm(m, 2); size > 0 {
		return mat.Norm(&d, 2) / size
	}
	return mat.Norm(&d, 2)
}
