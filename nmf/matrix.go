package nmf

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
)

// lines is a sparse matrix compressed by line, where a line is a column of V (a
// document) or, in the other copy, a row of V (a term). Within a line the indices
// rise. Eight bytes a non-zero.
type lines struct {
	across int     // the number of indices: lines of the other copy
	start  []int   // line l holds the entries start[l] to start[l+1]
	index  []int32 // of the other side
	value  []float32
}

func (l *lines) count() int { return len(l.start) - 1 }

func (l *lines) line(n int) line {
	from, to := l.start[n], l.start[n+1]
	return line{l.index[from:to], l.value[from:to]}
}

// line is the non-zeros of one row or column of V.
type line struct {
	index []int32
	value []float32
}

// matrix is V, packed: by column, for the half-step on H, and by row, for that on W.
type matrix struct {
	columns, rows lines
	// V is 2^exponent times what is packed, whose largest entry lies in [½, 1).
	exponent int
	// observed says that the entries are the known cells: what is not here is not known, in
	// place of being zero.
	observed bool
}

// packAs packs V, or its known cells.
func packAs(v mat.Matrix, o Options) (*matrix, error) {
	if o.Observed != nil {
		return packObserved(v, o.Observed)
	}
	return pack(v)
}

// pack checks V and copies it. Entries that are zero are left out; entries given
// twice, which a sparse matrix may hold, are added.
func pack(v mat.Matrix) (*matrix, error) {
	rows, columns := v.Dims()
	if rows > math.MaxInt32 || columns > math.MaxInt32 {
		return nil, fmt.Errorf("nmf: a matrix of %d × %d: at most %d rows or columns", rows, columns, math.MaxInt32)
	}
	if visited, ok := v.(mat.NonZeroDoer); ok && !held(v) {
		return packVisited(visited, rows, columns)
	}
	byColumn, entries := raw(v, rows, columns)
	if err := entries.intact(rows, columns, byColumn); err != nil {
		return nil, err
	}
	exponent, err := check(entries, byColumn)
	if err != nil {
		return nil, err
	}
	var m matrix
	m.exponent = exponent
	scale := math.Ldexp(1, -exponent)
	if byColumn {
		m.columns = compress(entries, scale)
		m.rows = transpose(&m.columns)
		if !entries.rising() {
			m.columns = transpose(&m.rows)
		}
	} else {
		m.rows = compress(entries, scale)
		m.columns = transpose(&m.rows)
		if !entries.rising() {
			m.rows = transpose(&m.columns)
		}
	}
	return &m, nil
}

// rawLines is what the caller's matrix holds, as it is.
type rawLines struct {
	across int
	start  []int
	index  []int
	value  []float64
}

// raw returns the entries of v by column or by row, whichever is at hand.
func raw(v mat.Matrix, rows, columns int) (byColumn bool, entries rawLines) {
	switch v := v.(type) {
	case *sparse.CSC:
		m := v.RawMatrix()
		return true, rawLines{rows, m.Indptr, m.Ind, m.Data}
	case *sparse.CSR:
		m := v.RawMatrix()
		return false, rawLines{columns, m.Indptr, m.Ind, m.Data}
	}
	row := func(i int, to []float64) []float64 { return mat.Row(to, i, v) }
	if dense, ok := v.(mat.RawRowViewer); ok {
		row = func(i int, _ []float64) []float64 { return dense.RawRowView(i) }
	}
	entries = rawLines{across: columns, start: make([]int, 1, rows+1)}
	buffer := make([]float64, columns)
	for i := range rows {
		for j, x := range row(i, buffer) {
			if x != 0 {
				entries.index = append(entries.index, j)
				entries.value = append(entries.value, x)
			}
		}
		entries.start = append(entries.start, len(entries.index))
	}
	return false, entries
}

// intact refuses what sparse.NewCSC and NewCSR take without a look: starts that do not
// part the entries into lines, and indices that the matrix does not have.
func (r *rawLines) intact(rows, columns int, byColumn bool) error {
	lines := rows
	if byColumn {
		lines = columns
	}
	if len(r.start) != lines+1 {
		return fmt.Errorf("nmf: a broken sparse matrix of %d × %d: it has %d starts of lines, and needs %d", rows, columns, len(r.start), lines+1)
	}
	if held := min(len(r.index), len(r.value)); r.start[0] < 0 || r.start[lines] > held || !slices.IsSorted(r.start) {
		return fmt.Errorf("nmf: a broken sparse matrix of %d × %d: the starts of its lines must rise from 0 to at most its %d entries", rows, columns, held)
	}
	for l := range lines {
		for _, i := range r.index[r.start[l]:r.start[l+1]] {
			if i < 0 || i >= r.across {
				i, j := l, i
				if byColumn {
					i, j = j, i
				}
				return outside(i, j, rows, columns)
			}
		}
	}
	return nil
}

func outside(i, j, rows, columns int) error {
	return fmt.Errorf("nmf: a broken sparse matrix of %d × %d: it has an entry in row %d, column %d", rows, columns, i, j)
}

// held reports whether raw knows how the matrix is held.
func held(v mat.Matrix) bool {
	switch v.(type) {
	case *sparse.CSC, *sparse.CSR:
		return true
	}
	return false
}

// packVisited packs any other sparse matrix, in two visits: to count the entries of each
// column, and to put them in their places. What is visited need not be held anywhere.
func packVisited(v mat.NonZeroDoer, rows, columns int) (*matrix, error) {
	c := lines{across: rows, start: make([]int, columns+1)}
	largest := 0.0
	var fault error
	v.DoNonZero(func(i, j int, x float64) {
		if fault != nil {
			return
		}
		if i < 0 || i >= rows || j < 0 || j >= columns {
			fault = outside(i, j, rows, columns)
			return
		}
		fault = checkEntry(i, j, x)
		largest = max(largest, x)
		c.start[j+1]++
	})
	if fault != nil {
		return nil, fault
	}
	exponent, err := exponentOf(largest)
	if err != nil {
		return nil, err
	}
	for j := range columns {
		c.start[j+1] += c.start[j]
	}
	next, scale := slices.Clone(c.start), math.Ldexp(1, -exponent)
	c.index, c.value = make([]int32, c.start[columns]), make([]float32, c.start[columns])
	v.DoNonZero(func(i, j int, x float64) {
		c.index[next[j]], c.value[next[j]] = int32(i), float32(x*scale)
		next[j]++
	})
	c.dropZeros()
	m := &matrix{rows: transpose(&c), exponent: exponent}
	if m.columns = c; !c.rising() || len(m.rows.index) < len(c.index) {
		m.columns = transpose(&m.rows)
	}
	return m, nil
}

// dropZeros leaves out entries that are zero or have become it.
func (l *lines) dropZeros() {
	to := 0
	for n := range l.count() {
		from, end := l.start[n], l.start[n+1]
		l.start[n] = to
		for e := from; e < end; e++ {
			if l.value[e] > 0 {
				l.index[to], l.value[to] = l.index[e], l.value[e]
				to++
			}
		}
	}
	l.start[l.count()] = to
	l.index, l.value = l.index[:to], l.value[:to]
}

// rising reports whether the indices of every line rise strictly.
func (l *lines) rising() bool {
	for n := range l.count() {
		for e := l.start[n] + 1; e < l.start[n+1]; e++ {
			if l.index[e] <= l.index[e-1] {
				return false
			}
		}
	}
	return true
}

// rising reports whether the indices of every line rise strictly.
func (r *rawLines) rising() bool {
	for l := range len(r.start) - 1 {
		for e := r.start[l] + 1; e < r.start[l+1]; e++ {
			if r.index[e] <= r.index[e-1] {
				return false
			}
		}
	}
	return true
}

var errEmpty = errors.New("nmf: the matrix has no positive entry: there is nothing to factorise")

// check refuses entries that are not finite numbers of at least zero, and returns
// the exponent of the largest.
func check(r rawLines, byColumn bool) (exponent int, err error) {
	largest := 0.0
	for l := range len(r.start) - 1 {
		for e := r.start[l]; e < r.start[l+1]; e++ {
			i, j, x := l, r.index[e], r.value[e]
			if byColumn {
				i, j = j, i
			}
			if err := checkEntry(i, j, x); err != nil {
				return 0, err
			}
			largest = max(largest, x)
		}
	}
	return exponentOf(largest)
}

func checkEntry(i, j int, x float64) error {
	if !(x >= 0) || math.IsInf(x, 1) {
		return fmt.Errorf("nmf: row %d, column %d of the matrix is %v: every entry must be finite and not negative", i, j, x)
	}
	return nil
}

// exponentOf is the power of two that brings the largest entry to [½, 1).
func exponentOf(largest float64) (exponent int, err error) {
	if largest == 0 {
		return 0, errEmpty
	}
	if largest < 1e-30 || largest > 1e30 {
		return 0, fmt.Errorf("nmf: the largest entry of the matrix is %v: scale it to between 1e-30 and 1e30", largest)
	}
	_, exponent = math.Frexp(largest)
	return exponent, nil
}

// compress scales and narrows the entries. An entry 10³⁸ times smaller than the
// largest vanishes.
func compress(r rawLines, scale float64) lines {
	l := lines{across: r.across, start: make([]int, 1, len(r.start))}
	l.index = make([]int32, 0, len(r.value))
	l.value = make([]float32, 0, len(r.value))
	for n := range len(r.start) - 1 {
		for e := r.start[n]; e < r.start[n+1]; e++ {
			if x := float32(r.value[e] * scale); x > 0 {
				l.index = append(l.index, int32(r.index[e]))
				l.value = append(l.value, x)
			}
		}
		l.start = append(l.start, len(l.index))
	}
	return l
}

// transpose turns lines of one side into lines of the other. The indices of the
// result rise, and entries of the same place are added.
func transpose(l *lines) lines {
	start := make([]int, l.across+1)
	for _, i := range l.index {
		start[i+1]++
	}
	for n := range l.across {
		start[n+1] += start[n]
	}
	t := lines{across: l.count(), start: start}
	t.index = make([]int32, len(l.index))
	t.value = make([]float32, len(l.value))
	next := make([]int, l.across)
	copy(next, start)
	for n := range l.count() {
		for e := l.start[n]; e < l.start[n+1]; e++ {
			to := next[l.index[e]]
			t.index[to], t.value[to] = int32(n), l.value[e]
			next[l.index[e]]++
		}
	}
	t.merge()
	return t
}

// merge adds neighbours of the same index.
func (l *lines) merge() {
	to := 0
	for n := range l.count() {
		from, end := l.start[n], l.start[n+1]
		l.start[n] = to
		for e := from; e < end; e++ {
			if to > l.start[n] && l.index[to-1] == l.index[e] {
				l.value[to-1] += l.value[e]
				continue
			}
			l.index[to], l.value[to] = l.index[e], l.value[e]
			to++
		}
	}
	l.start[l.count()] = to
	l.index, l.value = l.index[:to], l.value[:to]
}

// usable is the largest k that can be of use: beyond it W = V or H = V is exact.
func (m *matrix) usable() int { return min(len(m.columns.filled()), len(m.rows.filled())) }

// filled lists the lines that hold something.
func (l *lines) filled() []int {
	var filled []int
	for n := range l.count() {
		if l.start[n+1] > l.start[n] {
			filled = append(filled, n)
		}
	}
	return filled
}

// total is the sum of all entries.
func (m *matrix) total() float64 { return sumOf(m.columns.value) }
