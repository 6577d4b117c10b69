package nnrank

import (
	"math/bits"

	"gonum.org/v1/gonum/mat"
)

// mostSteps is the number of steps after which a search for a proof gives up, about a
// second's.
const mostSteps = 20_000_000

// mostRows is the number of rows, or of columns if they are fewer, of a matrix whose
// rectangles are listed: there may be 2 to the power of it.
const mostRows = 16

// support is where a matrix is not 0.
type support struct {
	rows, columns int
	positive      [][]bool
}

func supportOf(m mat.Matrix) *support {
	rows, columns := m.Dims()
	s := &support{rows, columns, make([][]bool, rows)}
	limit := zero * mat.Max(m)
	for i := range s.positive {
		s.positive[i] = make([]bool, columns)
		for j := range columns {
			s.positive[i][j] = m.At(i, j) > limit
		}
	}
	return s
}

// foolingSet finds entries of which no two can stand in one rectangle: the largest set, or
// the largest that mostSteps have shown.
func (s *support) foolingSet() [][2]int {
	var cells [][2]int
	for i, row := range s.positive {
		for j, positive := range row {
			if positive {
				cells = append(cells, [2]int{i, j})
			}
		}
	}
	f := &fooling{support: s}
	f.extend(nil, cells)
	return f.best
}

type fooling struct {
	*support
	best  [][2]int
	steps int
}

// extend adds cells of those that go with all chosen, as Carraghan & Pardalos (1990) look
// for cliques.
func (f *fooling) extend(chosen, candidates [][2]int) {
	if len(chosen) > len(f.best) {
		f.best = append([][2]int(nil), chosen...)
	}
	for n, c := range candidates {
		if f.steps++; f.steps > mostSteps/10 || len(chosen)+len(candidates)-n <= len(f.best) {
			return
		}
		var left [][2]int
		for _, d := range candidates[n+1:] {
			if !f.positive[c[0]][d[1]] || !f.positive[d[0]][c[1]] {
				left = append(left, d)
			}
		}
		f.extend(append(chosen, c), left)
	}
}

// cover is the least number of positive rectangles that cover all that is positive, as far
// as it could be proved: it begins at a number that is known to be needed.
func (s *support) cover(least int) int {
	c := newCovering(s)
	if c == nil {
		return least
	}
	for n := least; ; n++ {
		switch covered, known := c.with(n); {
		case !known, covered:
			return n
		}
	}
}

// covering is the rectangles that cannot be made larger, and the cells that each has.
type covering struct {
	cells      int
	rectangles []bitset
	of         [][]int // the rectangles that hold a cell
	steps      int
}

// bitset is a set of cells.
type bitset []uint64

// newCovering lists the rectangles: for each set of rows the columns that are positive in
// all of them, if no other row can be added. It is nil if there are too many rows.
func newCovering(s *support) *covering {
	if s.rows > s.columns {
		s = s.transposed()
	}
	if s.rows > mostRows {
		return nil
	}
	number := map[[2]int]int{}
	for i, row := range s.positive {
		for j, positive := range row {
			if positive {
				number[[2]int{i, j}] = len(number)
			}
		}
	}
	c := &covering{cells: len(number), of: make([][]int, len(number))}
	for rows := uint(1); rows < 1<<s.rows; rows++ {
		columns := s.common(rows)
		if len(columns) > 0 && s.closed(rows, columns) {
			c.add(rows, columns, number)
		}
	}
	return c
}

func (s *support) transposed() *support {
	t := &support{s.columns, s.rows, make([][]bool, s.columns)}
	for j := range t.positive {
		t.positive[j] = make([]bool, s.rows)
		for i := range s.rows {
			t.positive[j][i] = s.positive[i][j]
		}
	}
	return t
}

// common are the columns that are positive in all rows of a set.
func (s *support) common(rows uint) []int {
	var columns []int
	for j := range s.columns {
		all := true
		for left := rows; left != 0 && all; left &= left - 1 {
			all = s.positive[bits.TrailingZeros(left)][j]
		}
		if all {
			columns = append(columns, j)
		}
	}
	return columns
}

// closed says whether no other row is positive in all the columns.
func (s *support) closed(rows uint, columns []int) bool {
	for i := range s.rows {
		all := rows>>i&1 == 0
		for n := 0; n < len(columns) && all; n++ {
			all = s.positive[i][columns[n]]
		}
		if all {
			return false
		}
	}
	return true
}

func (c *covering) add(rows uint, columns []int, number map[[2]int]int) {
	set := make(bitset, (c.cells+63)/64)
	for left := rows; left != 0; left &= left - 1 {
		for _, j := range columns {
			cell := number[[2]int{bits.TrailingZeros(left), j}]
			set[cell/64] |= 1 << (cell % 64)
			c.of[cell] = append(c.of[cell], len(c.rectangles))
		}
	}
	c.rectangles = append(c.rectangles, set)
}

// with says whether so many rectangles can cover all cells; known is false if mostSteps did
// not suffice to find out.
func (c *covering) with(n int) (covered, known bool) {
	c.steps = 0
	open := make(bitset, (c.cells+63)/64)
	for cell := range c.cells {
		open[cell/64] |= 1 << (cell % 64)
	}
	covered = c.search(open, n)
	return covered, covered || c.steps <= mostSteps
}

// search covers what is open with n more rectangles. It begins with the cell that the
// fewest of them hold, and gives up if even the largest cannot cover all.
func (c *covering) search(open bitset, n int) bool {
	left := open.count()
	if left == 0 {
		return true
	}
	if c.steps++; n == 0 || c.steps > mostSteps {
		return false
	}
	cell, most := c.tightest(open)
	if n*most < left {
		return false
	}
	rest := make(bitset, len(open))
	for _, r := range c.of[cell] {
		for w := range open {
			rest[w] = open[w] &^ c.rectangles[r][w]
		}
		if c.search(rest, n-1) {
			return true
		}
	}
	return false
}

// tightest is the open cell in the fewest rectangles, and how many open cells one
// rectangle can cover at most.
func (c *covering) tightest(open bitset) (cell, most int) {
	cell = -1
	for at := range c.cells {
		if open[at/64]>>(at%64)&1 == 1 && (cell < 0 || len(c.of[at]) < len(c.of[cell])) {
			cell = at
		}
	}
	for _, r := range c.rectangles {
		n := 0
		for w := range open {
			n += bits.OnesCount64(open[w] & r[w])
		}
		most = max(most, n)
	}
	c.steps += len(c.rectangles) / 16
	return cell, most
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}
