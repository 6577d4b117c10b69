package nnrank

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Point is a point of the plane in which the columns of a matrix of rank 3 lie, once each
// is divided by its sum.
type Point struct{ X, Y float64 }

func (p Point) minus(q Point) Point              { return Point{p.X - q.X, p.Y - q.Y} }
func (p Point) towards(q Point, t float64) Point { return Point{p.X + t*(q.X-p.X), p.Y + t*(q.Y-p.Y)} }

// left is positive if c lies at the left of the way from a to b: twice the area of the
// triangle.
func left(a, b, c Point) float64 {
	u, v := b.minus(a), c.minus(a)
	return u.X*v.Y - u.Y*v.X
}

// Nesting is a matrix of rank 3 as polygons, each with its corners in counter-clockwise
// order. Outer is where all entries of a column are at least 0, Inner the hull of the
// matrix's columns, and Between lies between the two and has as few corners as one can have:
// these are the columns of W in factors whose W has the rank 3 as well. So the number of
// corners is the restricted non-negative rank (Gillis & Glineur 2012), which is 3 if and
// only if the non-negative rank is.
type Nesting struct {
	Inner, Outer, Between []Point

	plane plane
}

// plane is the plane of the columns: a point is middle + axes · (x, y).
type plane struct {
	middle []float64
	axes   *mat.Dense // rows × 2
}

// Nested finds the polygons of a non-negative matrix of rank 3; of another rank it is an
// error.
func Nested(m mat.Matrix) (*Nesting, error) {
	if err := check(m); err != nil {
		return nil, err
	}
	if Rank(m) != 3 {
		return nil, errors.New("polygons are for matrices of rank 3")
	}
	columns := normalised(m)
	n := &Nesting{plane: planeOf(columns)}
	var points []Point
	_, count := columns.Dims()
	for j := range count {
		points = append(points, n.plane.point(mat.Col(nil, j, columns)))
	}
	n.Inner = hull(points)
	n.Outer = n.plane.positive()
	n.Between = fewest(n.Outer, n.Inner)
	return n, nil
}

// normalised divides each column by its sum, and leaves out those of zeros.
func normalised(m mat.Matrix) *mat.Dense {
	rows, columns := m.Dims()
	var kept []float64 // column by column
	for j := range columns {
		c, sum := mat.Col(nil, j, m), 0.0
		for _, x := range c {
			sum += x
		}
		if sum > 0 {
			for i := range c {
				c[i] /= sum
			}
			kept = append(kept, c...)
		}
	}
	return mat.DenseCopyOf(mat.NewDense(len(kept)/rows, rows, kept).T())
}

// planeOf is the plane through columns that lie in one: their principal axes.
func planeOf(columns *mat.Dense) plane {
	rows, n := columns.Dims()
	p := plane{middle: make([]float64, rows)}
	centred := mat.DenseCopyOf(columns)
	for i := range rows {
		for j := range n {
			p.middle[i] += columns.At(i, j) / float64(n)
		}
		for j := range n {
			centred.Set(i, j, columns.At(i, j)-p.middle[i])
		}
	}
	var svd mat.SVD
	if !svd.Factorize(centred, mat.SVDThin) {
		panic("nnrank: no principal axes were found")
	}
	var u mat.Dense
	svd.UTo(&u)
	p.axes = mat.DenseCopyOf(u.Slice(0, rows, 0, 2))
	return p
}

// point is where a column lies.
func (p plane) point(column []float64) Point {
	var at Point
	for i, x := range column {
		at.X += (x - p.middle[i]) * p.axes.At(i, 0)
		at.Y += (x - p.middle[i]) * p.axes.At(i, 1)
	}
	return at
}

// column is the column at a point.
func (p plane) column(at Point) []float64 {
	c := make([]float64, len(p.middle))
	for i := range c {
		c[i] = max(0, p.entry(i, at))
	}
	return c
}

func (p plane) entry(i int, at Point) float64 {
	return p.middle[i] + p.axes.At(i, 0)*at.X + p.axes.At(i, 1)*at.Y
}

// positive is the polygon in which no entry is below 0: a square around it, of which each
// row cuts off a part. Entries sum to 1, so that no point of it is farther away than 2.
func (p plane) positive() []Point {
	polygon := []Point{{-2, -2}, {2, -2}, {2, 2}, {-2, 2}}
	for i := range p.middle {
		if math.Hypot(p.axes.At(i, 0), p.axes.At(i, 1)) < zero {
			continue // a row that is the same in all columns bounds nothing
		}
		var kept []Point
		for n, a := range polygon {
			b := polygon[(n+1)%len(polygon)]
			x, y := p.entry(i, a), p.entry(i, b)
			if x >= 0 {
				kept = append(kept, a)
			}
			if x > 0 && y < 0 || x < 0 && y > 0 {
				kept = append(kept, a.towards(b, x/(x-y)))
			}
		}
		polygon = kept
	}
	return hull(polygon)
}

// hull is the convex hull, without points on its sides (Andrew 1979).
func hull(points []Point) []Point {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	size := 0.0
	for _, p := range points {
		size = max(size, math.Hypot(p.X-points[0].X, p.Y-points[0].Y))
	}
	half := func(points []Point) []Point {
		var h []Point
		for _, p := range points {
			for len(h) > 1 && left(h[len(h)-2], h[len(h)-1], p) <= zero*size*size {
				h = h[:len(h)-1]
			}
			if len(h) == 0 || math.Hypot(p.X-h[len(h)-1].X, p.Y-h[len(h)-1].Y) > zero*size {
				h = append(h, p)
			}
		}
		return h[:len(h)-1]
	}
	lower := half(points)
	slices.Reverse(points)
	return append(lower, half(points)...)
}

// factors are M = W H with the corners of Between as the columns of W.
func (n *Nesting) factors(m mat.Matrix) (w, h *mat.Dense) {
	rows, columns := m.Dims()
	k := len(n.Between)
	w, h = mat.NewDense(rows, k, nil), mat.NewDense(k, columns, nil)
	for c, corner := range n.Between {
		w.SetCol(c, n.plane.column(corner))
	}
	for j := range columns {
		column := mat.Col(nil, j, m)
		sum := 0.0
		for _, x := range column {
			sum += x
		}
		if sum == 0 {
			continue
		}
		for i := range column {
			column[i] /= sum
		}
		for c, part := range mixture(n.Between, n.plane.point(column)) {
			h.Set(c, j, part*sum)
		}
	}
	return w, h
}

// mixture is a point as a mixture of three corners of a polygon around it: of the triangles
// with the first corner, the one that holds the point, or comes nearest to that.
func mixture(corners []Point, at Point) []float64 {
	parts, worst := make([]float64, len(corners)), math.Inf(-1)
	for n := 1; n+1 < len(corners); n++ {
		a, b, c := corners[0], corners[n], corners[n+1]
		all := left(a, b, c)
		of := [3]float64{left(b, c, at) / all, left(c, a, at) / all, left(a, b, at) / all}
		if least := min(of[0], of[1], of[2]); least > worst {
			worst = least
			clear(parts)
			parts[0], parts[n], parts[n+1] = max(0, of[0]), max(0, of[1]), max(0, of[2])
		}
	}
	return parts
}

// leastCorners is the least number of corners of a polytope, of any dimension, that can
// have a polygon of so many corners cut out of it: the least non-negative rank of a matrix
// of rank 3 with that restricted rank. A side of the polygon lies in a face of the polytope,
// each in another, and of polytopes with so many corners the cyclic ones have the most
// faces (McMullen 1970).
func leastCorners(polygon int) int {
	for corners := 3; ; corners++ {
		for dimension := 2; dimension < corners; dimension++ {
			if mostFaces(corners, dimension) >= polygon {
				return corners
			}
		}
	}
}

// nonagon is a lower bound for the slack matrix of any polygon with 9 corners. leastCorners has 6,
// since the cyclic polytope with 6 corners in 4 dimensions has 9 facets. But then each facet holds
// one of the polygon's sides, and facets have 4 corners: a row of W has 2 entries that are not 0,
// and the 9 rows have the 9 pairs with one from each of two triples. The same holds for the
// columns of H, by the transpose, so that 3 columns have any one row of H. An entry of the
// matrix is not 0 where the pairs of its row and column meet: in a row that is in at most 6
// columns, and it should be 7 (n − 2).
const nonagon = 7

// isPolygon says whether the zeros are those of a polygon's slack matrix: two in each row and
// column.
func (s *support) isPolygon() bool {
	columns := make([]int, s.columns)
	for _, row := range s.positive {
		zeros := 0
		for j, positive := range row {
			if !positive {
				zeros++
				columns[j]++
			}
		}
		if zeros != 2 {
			return false
		}
	}
	return s.rows == s.columns && !slices.ContainsFunc(columns, func(zeros int) bool { return zeros != 2 })
}

// mostFaces is the number of faces of the largest dimension of a cyclic polytope.
func mostFaces(corners, dimension int) int {
	half := dimension / 2
	if dimension%2 == 1 {
		return 2 * choose(corners-half-1, half)
	}
	return choose(corners-half, half) + choose(corners-half-1, half-1)
}

func choose(n, k int) int {
	c := 1
	for i := range k {
		c = c * (n - i) / (i + 1)
	}
	return c
}
