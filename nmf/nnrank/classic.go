package nnrank

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Polygon is the slack matrix of a regular polygon with n corners, n × n: how far each
// corner is from the line of each side, in units of the farthest. Its rank is 3 for n ≥ 3,
// and its non-negative rank the number of sides of a polytope of which the polygon is a
// shadow: it grows as the logarithm of n (Ben-Tal & Nemirovski 2001). It panics if n < 3.
func Polygon(n int) *mat.Dense {
	if n < 3 {
		panic("nnrank: a polygon has at least 3 corners")
	}
	m := mat.NewDense(n, n, nil)
	at := func(i int) float64 { return 2 * math.Pi * float64(i) / float64(n) }
	middle := math.Cos(math.Pi / float64(n)) // of a side, from the centre
	for side := range n {
		for corner := range n {
			slack := middle - math.Cos(at(corner)-at(side)-math.Pi/float64(n))
			if corner == side || corner == (side+1)%n {
				slack = 0 // but for rounding
			}
			m.Set(side, corner, slack/(middle+1))
		}
	}
	return m
}

// Squares is the 4 × 4 matrix of a square of side a in the middle of one of side 1: how far
// each corner of the inner one is from each side of the outer one. Its rank is 3 for
// 0 < a ≤ 1, and its non-negative rank is 3 as long as a triangle fits between the two,
// which is up to a = √2 − 1, and 4 beyond (Gillis & Glineur 2012).
func Squares(a float64) *mat.Dense {
	near, far := (1-a)/2, (1+a)/2
	return mat.NewDense(4, 4, []float64{
		near, far, far, near,
		far, near, near, far,
		near, near, far, far,
		far, far, near, near,
	})
}

// Distances is the squares of the distances of the points 1, 2 … n on a line, n × n. Its
// rank is 3 for n ≥ 3 (Beasley & Laffey 2009).
func Distances(n int) *mat.Dense {
	m := mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			m.Set(i, j, float64((i-j)*(i-j)))
		}
	}
	return m
}

// Thomas is the smallest matrix whose non-negative rank is not its rank: 4 × 4, of rank 3
// and non-negative rank 4 (Thomas 1974). It is Squares(1).
func Thomas() *mat.Dense {
	return mat.NewDense(4, 4, []float64{
		1, 1, 0, 0,
		1, 0, 1, 0,
		0, 1, 0, 1,
		0, 0, 1, 1,
	})
}
