package relations

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Principal returns the first two principal coordinates of distances (Gower 1966): with B
// = −½ J D² J, J being what centres, they are the eigenvectors of B with the largest
// eigenvalues, times their roots. D² is the squares of the elements. An eigenvalue of 0 or
// less has no extent. Of the two directions of an axis it takes that in which the element
// with the largest absolute value is positive, the first of equal ones.
func Principal(d *mat.SymDense) (x, y []float64, err error) {
	n := d.SymmetricDim()
	x, y = make([]float64, n), make([]float64, n)
	if n == 0 {
		return x, y, nil
	}
	var e mat.EigenSym
	if !e.Factorize(centred(d), true) {
		return nil, nil, errors.New("the distances between topics have no principal coordinates")
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	values := e.Values(nil) // rising
	for axis, to := range [][]float64{x, y} {
		if at := n - 1 - axis; at >= 0 && values[at] > 1e-8 {
			mat.Col(to, at, &vectors)
			extend(to, math.Sqrt(values[at]))
		}
	}
	return x, y, nil
}

// centred is B.
func centred(d *mat.SymDense) *mat.SymDense {
	n := d.SymmetricDim()
	means, mean := make([]float64, n), 0.0
	for i := range n {
		for j := range n {
			means[i] += d.At(i, j) * d.At(i, j) / float64(n)
		}
		mean += means[i] / float64(n)
	}
	b := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			b.SetSym(j, i, -(d.At(i, j)*d.At(i, j)-means[i]-means[j]+mean)/2)
		}
	}
	return b
}

// extend multiplies an eigenvector, in the direction that is described above. Elements that
// agree to nine digits are equal, since their order would differ between processors.
func extend(axis []float64, by float64) {
	farthest := 0
	for i, v := range axis {
		if math.Abs(v) > math.Abs(axis[farthest])*(1+1e-9) {
			farthest = i
		}
	}
	if axis[farthest] < 0 {
		by = -by
	}
	for i := range axis {
		axis[i] *= by
	}
}
