package nmf

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// packObserved packs the cells of v that are not zero in known, also those that are zero in v.
// What else v holds is not looked at, and may be NaN.
func packObserved(v, known mat.Matrix) (*matrix, error) {
	rows, columns := v.Dims()
	if r, c := known.Dims(); r != rows || c != columns {
		return nil, fmt.Errorf("nmf: known cells of a matrix of %d × %d for one of %d × %d", r, c, rows, columns)
	}
	places, err := pack(known)
	if err == errEmpty {
		return nil, fmt.Errorf("nmf: no cell of the matrix is known")
	} else if err != nil {
		return nil, fmt.Errorf("the known cells: %w", err)
	}
	c := places.columns
	values, err := c.valuesOf(v)
	if err != nil {
		return nil, err
	}
	exponent, err := exponentOf(slices.Max(values))
	if err != nil {
		return nil, err
	}
	scale := math.Ldexp(1, -exponent)
	for e, x := range values {
		c.value[e] = float32(x * scale)
	}
	return &matrix{columns: c, rows: transpose(&c), exponent: exponent, observed: true}, nil
}

// valuesOf are the values of v in the places of l, a matrix by column.
func (l *lines) valuesOf(v mat.Matrix) ([]float64, error) {
	values := make([]float64, len(l.index))
	var fault error
	put := func(e, i, j int, x float64) {
		if err := checkEntry(i, j, x); err != nil && fault == nil {
			fault = err
		}
		values[e] += x
	}
	if visited, ok := v.(mat.NonZeroDoer); ok {
		visited.DoNonZero(func(i, j int, x float64) {
			from, to := l.start[j], l.start[j+1]
			if e, known := slices.BinarySearch(l.index[from:to], int32(i)); known {
				put(from+e, i, j, x)
			}
		})
		return values, fault
	}
	for j := range l.count() {
		for e := l.start[j]; e < l.start[j+1]; e++ {
			put(e, int(l.index[e]), j, v.At(int(l.index[e]), j))
		}
	}
	return values, fault
}
