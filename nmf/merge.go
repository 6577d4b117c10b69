package nmf

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// pair is two topics, the smaller number first.
type pair struct{ a, b int }

func pairOf(a, b int) pair { return pair{min(a, b), max(a, b)} }

// cheapest is the pair of topics whose merger costs least, of those not left out.
func (f *fitting) cheapest(topics []int, out func(pair) bool) (best pair, found bool) {
	costs := f.mergers()
	least := math.Inf(1)
	for n, a := range topics {
		for _, b := range topics[:n] {
			if cost := costs[a*f.w.topics+b]; cost < least && !out(pairOf(a, b)) {
				best, least, found = pairOf(a, b), cost, true
			}
		}
	}
	return best, found
}

// mergers bounds what merging topics adds to D before the others move, at
// [a·count + b] for topics a and b, b below a.
//
// Let topic k hold the part v·wₖhₖ/y of each cell of V. Two parts merged have the sums
// of rows, of columns and of all that both had, and D of a part with its best single
// topic is Σ x log x over the cells, less that over rows and over columns, and that of
// the whole. So the cost is the sum of
//
//	mix(a, b) = (a+b) log(a+b) − a log a − b log b
//
// over the cells and for the whole, less that over rows and columns. Cells and columns
// are sampled.
func (f *fitting) mergers() []float64 {
	all := newMixing(f.w.topics)
	ws, hs := f.w.Sums(), f.h.Sums()
	for k, sum := range ws {
		all.hold(k, sum*hs[k])
	}
	all.count(1)
	// The number of parts is that of no machine, so that the sums come out the same.
	parts := make([]*mixing, mixParts)
	columns := f.m.sample(mergeSample)
	f.workers.do(context.Background(), mixParts, func(n int, _ *scratch) {
		parts[n] = newMixing(f.w.topics)
		f.mixRows(hs, parts[n], f.w.items*n/mixParts, f.w.items*(n+1)/mixParts)
		f.mixColumns(ws, parts[n], columns, n)
	})
	for _, part := range parts {
		floats.Add(all.costs, part.costs)
	}
	return all.costs
}

// mixParts is the number of parts in which mixes are added up.
const mixParts = 8

// mixRows counts what the topics hold of some rows, to be taken away.
func (f *fitting) mixRows(hs []float64, m *mixing, from, to int) {
	for i := from; i < to; i++ {
		for k, x := range f.w.Item(i) {
			m.hold(k, float64(x)*hs[k])
		}
		m.count(-1)
	}
}

// mixColumns counts the cells of a part of the columns, and takes the columns away.
func (f *fitting) mixColumns(ws []float64, m *mixing, columns []int, part int) {
	scale := float64(f.h.items) / float64(len(columns))
	for _, j := range columns[len(columns)*part/mixParts : len(columns)*(part+1)/mixParts] {
		for k, x := range f.h.Item(j) {
			m.hold(k, float64(x)*ws[k])
		}
		m.count(-scale)
		f.mixCells(j, m, scale)
	}
}

// mixCells counts what the topics hold of each cell of a column.
func (f *fitting) mixCells(j int, m *mixing, scale float64) {
	const slight = 1e-3 // a share that is left out of account
	h, l := f.h.Item(j), f.m.columns.line(j)
	m.active = activeIn(h, m.active)
	for e, i := range l.index {
		w := f.w.Item(int(i))
		y := cell(w, h, m.active)
		for _, k := range m.active {
			if part := w[k] * h[k]; part > slight*y {
				m.hold(k, float64(l.value[e]*(part/y)))
			}
		}
		m.count(scale)
	}
}

// mixing adds up mix over what topics hold of something, pair by pair.
type mixing struct {
	costs  []float64
	topics int
	index  []int     // of the topics that hold something
	held   []float64 // what they hold
	own    []float64 // x log x of that
	active []int     // topics with weight in a column
}

func newMixing(topics int) *mixing {
	return &mixing{costs: make([]float64, topics*topics), topics: topics}
}

func (m *mixing) hold(topic int, amount float64) {
	if amount > 0 {
		m.index, m.held, m.own = append(m.index, topic), append(m.held, amount), append(m.own, xlogx(amount))
	}
}

// count adds the mixes of all pairs of what was held, and empties that for the next line.
func (m *mixing) count(sign float64) {
	for n, a := range m.held {
		for o, b := range m.held[:n] {
			m.costs[m.index[n]*m.topics+m.index[o]] += sign * (xlogx(a+b) - m.own[n] - m.own[o])
		}
	}
	m.index, m.held, m.own = m.index[:0], m.held[:0], m.own[:0]
}

// merge makes the first of a pair what both were, and empties the second.
func (f *fitting) merge(p pair) {
	ws, hs := f.w.Sums(), f.h.Sums()
	all := ws[p.a]*hs[p.a] + ws[p.b]*hs[p.b]
	for i := range f.w.items {
		w := f.w.Item(i)
		w[p.a] = float32((float64(w[p.a])*hs[p.a] + float64(w[p.b])*hs[p.b]) / all)
		w[p.b] = 0
	}
	for j := range f.h.items {
		h := f.h.Item(j)
		h[p.a] = float32(float64(h[p.a])*ws[p.a] + float64(h[p.b])*ws[p.b])
		h[p.b] = 0
	}
}
