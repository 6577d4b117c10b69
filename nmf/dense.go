package nmf

import "klew/nmf/internal/kernel"

// Dense lines
//
// CCD copies the active topics' part of the fixed factor for each line, by the line's indices:
// where most cells are not zero that is most of its work, and of one line as of the next. There
// the whole fixed factor is turned once a half-step, each topic's weights side by side, and its
// topics are read where they lie. The line's values are spread over all cells. Cells that are
// zero have y beyond all measure, by which they take no part in slopes and steps.

// denseLine is the share of its cells that a dense line holds at least, and denseSide that of
// all non-zeros which are in such lines, for the factor to be turned. With fewer than leastDense
// non-zeros there is nothing to gain.
const (
	denseLine  = 0.5
	denseSide  = 0.5
	leastDense = 2 * blockSize
)

// dense says whether a line of so many cells is.
func (l line) dense(cells int) bool { return float64(len(l.index)) >= denseLine*float64(cells) }

// mostlyDense says whether most non-zeros are in dense lines.
func (l *lines) mostlyDense() bool {
	held := 0
	for n := range l.count() {
		if of := l.line(n); of.dense(l.across) {
			held += len(of.index)
		}
	}
	return held >= leastDense && float64(held) >= denseSide*float64(len(l.index))
}

// turn makes the fixed factor's weights lie topic by topic, each topic's made up to whole
// vectors, if the side has use for it.
func (s *side) turn(f *Factor) {
	if !s.dense {
		return
	}
	n := kernel.Padded(f.items)
	s.turned = grown(s.turned, n*f.topics)
	for i := range f.items {
		for k, x := range f.Item(i) {
			s.turned[k*n+i] = x
		}
	}
}

// yOfZero is y of cells that are zero.
const yOfZero = 1e30

// spreadOut puts the values of a line, and y as pass has left it, where the cells are in the
// turned factor.
func (s *scratch) spreadOut(l line, cells int) {
	n := kernel.Padded(cells)
	s.value, s.wide = grown(s.value, n), grown(s.wide, n)
	clear(s.value)
	for i := range s.wide {
		s.wide[i] = yOfZero
	}
	for e, i := range l.index {
		s.value[i], s.wide[i] = l.value[e], s.y[e]
	}
}

// sweepDense is sweep of a dense line, after pass.
func (c ccd) sweepDense(l line, weight []float32, free int, s *scratch) {
	s.spreadOut(l, c.w.items)
	n := len(s.wide)
	s.logs = kernel.LogSum(s.value, s.wide)
	for range sweeps {
		for from := 0; from < free; {
			to := neighbours(s.active[:free], from)
			k := int(s.active[from])
			kernel.Sweep(s.turned[k*n:(k+to-from)*n], s.value, s.wide, weight[from:to], s.cost[from:to], c.l2)
			from = to
		}
	}
}

// neighbours is the end of the topics from one on of which each is the next: they lie side by
// side.
func neighbours(active []int32, from int) (to int) {
	for to = from + 1; to < len(active) && active[to] == active[to-1]+1; {
		to++
	}
	return to
}
