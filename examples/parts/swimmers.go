package main

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// An image of a swimmer has side × side pixels; the body goes from top to bottom, two pixels
// wide. There are four places for limbs, and each limb has four positions (after Donoho &
// Stodden, When does non-negative matrix factorization give a correct decomposition into
// parts?, NIPS 2003).
const (
	side        = 20
	top, bottom = 5, 14
	reach       = 4 // pixels of a limb
	limbs       = 16
)

// swimmers is all 256 images, one a column.
func swimmers() *mat.Dense {
	v := mat.NewDense(side*side, 256, nil)
	for j := range 256 {
		for y := top; y <= bottom; y++ {
			v.Set(y*side+side/2-1, j, 1)
			v.Set(y*side+side/2, j, 1)
		}
		for place, position := 0, j; place < 4; place, position = place+1, position/4 {
			for _, pixel := range limb(place, position%4) {
				v.Set(pixel, j, 1)
			}
		}
	}
	return v
}

// limb is the pixels of one limb: to the left or right of the top or bottom, straight away from
// the body, towards either end, or along the way out.
func limb(place, position int) (pixels []int) {
	x, y, out, end := side/2-1, top, -1, -1
	if place%2 == 1 {
		x, out = side/2, 1
	}
	if place/2 == 1 {
		y, end = bottom, 1
	}
	dx, dy := out, [4]int{0, end, -end, end}[position]
	if position == 3 {
		x, dx = x+out, 0
	}
	for n := 1; n <= reach; n++ {
		pixels = append(pixels, (y+n*dy)*side+x+n*dx)
	}
	return pixels
}

// clean counts the limbs that a column of w shows, and nothing else: 95 % of its weight is on
// the limb's pixels, and none of these has less than half of its share.
func clean(w mat.Matrix) (count int) {
	_, k := w.Dims()
	for n := range limbs {
		for part := range k {
			column := mat.Col(nil, part, w)
			all, on, least := 0.0, 0.0, math.Inf(1)
			for _, x := range column {
				all += x
			}
			for _, pixel := range limb(n/4, n%4) {
				on += column[pixel]
				least = min(least, column[pixel])
			}
			if all > 0 && on > 0.95*all && least > 0.5*on/reach {
				count++
				break
			}
		}
	}
	return count
}

// singular is the first k left singular vectors of v, fewer if its rank is less, each with the
// sign that makes its sum positive.
func singular(v mat.Matrix, k int) *mat.Dense {
	var svd mat.SVD
	if !svd.Factorize(v, mat.SVDThin) {
		panic("no singular vectors were found")
	}
	values, rank := svd.Values(nil), 0
	for rank < len(values) && values[rank] > 1e-9*values[0] {
		rank++
	}
	var u mat.Dense
	svd.UTo(&u)
	rows, _ := u.Dims()
	signed := mat.DenseCopyOf(u.Slice(0, rows, 0, min(k, rank)))
	for j := range min(k, rank) {
		column := mat.Col(nil, j, signed)
		if floats.Sum(column) < 0 {
			floats.Scale(-1, column)
			signed.SetCol(j, column)
		}
	}
	return signed
}

// negative is the share of m's entries below 0 among those that are not 0.
func negative(m *mat.Dense) float64 {
	below, all := 0.0, 0.0
	for _, x := range m.RawMatrix().Data {
		if math.Abs(x) > 1e-9 {
			all++
		}
		if x < -1e-9 {
			below++
		}
	}
	return below / all
}
