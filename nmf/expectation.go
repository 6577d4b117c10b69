package nmf

import (
	"context"
	"math"
)

// Expectation is both half-steps of the Kullback-Leibler loss on columns of V that come a few at
// a time, for a V that is not in memory as a whole: package shard is made of it. With W as it is,
// Solve finds the columns of H, each from nothing, and Counts says what the two then expect of
// each row of V. The sum of that over all columns is all that the M-step of EM needs to make the
// next W.
//
// No result depends on the number of goroutines, nor on which other columns come along, but for
// the rounding of the sums over columns in Counts.
type Expectation struct {
	w       *Factor
	steps   int
	onH     *divergence
	onW     *divergence
	workers *workers

	columns    lines
	h          *Factor
	divergence []float64
	seen       []int32 // by row of V: entries in the columns at hand
}

// Columns are some columns of V. Column j holds the entries Start[j] to Start[j+1]: Index names
// their rows, which rise within a column, and Value holds what is there, above zero and finite.
type Columns struct {
	Start []int
	Index []int32
	Value []float32
}

// NewExpectation prepares for columns of V with w as it is, which has a row for each row of V.
// Each column of H is descended in at most so many Newton steps over all its weights, after a few
// multiplicative ones; 0 means as many as Transform allows. threads is as in Options.
func NewExpectation(w *Factor, steps, threads int) *Expectation {
	if steps <= 0 {
		steps = solveSteps
	}
	e := &Expectation{w: w.aligned(), steps: steps, onH: newDivergence(w.topics), onW: newDivergence(w.topics)}
	e.workers = newWorkers(Options{Threads: threads}.threads(), w.topics)
	e.h, e.seen = newFactor(0, w.topics), make([]int32, w.items)
	e.h.byColumn = true
	e.onH.fix(e.w, penalty{}, e.workers)
	return e
}

// SetSums says what the columns of W() sum to, once that has changed: Solve goes by it.
func (e *Expectation) SetSums(sums []float64) { e.onH.setSums(sums, penalty{}) }

// W is the factor that is held.
func (e *Expectation) W() *Factor { return e.w }

// Close ends the goroutines.
func (e *Expectation) Close() { e.workers.stop() }

// Solve returns the columns of H for some columns of V, and each one's part of D(V‖WH). The next
// call writes over both. It returns an error only if ctx ends.
func (e *Expectation) Solve(ctx context.Context, c Columns) (h *Factor, divergence []float64, err error) {
	e.columns = lines{across: e.w.items, start: c.Start, index: c.Index, value: c.Value}
	e.room(len(c.Start) - 1)
	side := newSide(&e.columns, e.h)
	side.dense = false
	_, ok := e.workers.each(ctx, side, func(l line, h []float32, s *scratch) tally {
		spread(l, e.onH.sums, h)
		solveWithin(e.onH, ccd{e.onH}, l, h, s, e.steps)
		e.onH.pass(l, h, s)
		e.divergence[s.line] = e.onH.objective(l, h, s) + l.constant()
		return tally{}
	})
	if !ok {
		return nil, nil, ctx.Err()
	}
	return e.h, e.divergence, nil
}

// room makes H and the list of divergences as long as the columns, all zero.
func (e *Expectation) room(columns int) {
	e.h.items = columns
	e.h.data = grown(e.h.data, columns*e.h.stride)
	clear(e.h.data)
	if cap(e.divergence) < columns {
		e.divergence = make([]float64, columns)
	}
	e.divergence = e.divergence[:columns]
	clear(e.divergence)
}

// constant is Σ v log v − v, the line's part of D that depends on V alone.
func (l line) constant() (c float64) {
	for _, x := range l.value {
		v := float64(x)
		if c -= v; x != 1 {
			c += v * math.Log(v)
		}
	}
	return c
}

// Counts calls add for each row of V that has entries in the columns last given to Solve, with
// what the factors say of which topic these are:
//
//	expected[k] = Σⱼ vᵢⱼ wᵢₖ hₖⱼ / (WH)ᵢⱼ
//
// the sum taken over these columns, in their order. It returns the number of such rows, which n
// counts from 0. It calls add from several goroutines, with each row once. add may change the row
// of W, but must not keep expected.
func (e *Expectation) Counts(ctx context.Context, add func(n, row int, expected []float32)) (rows int, err error) {
	numbers, by := e.byRow()
	e.onW.fix(e.h, penalty{}, e.workers)
	side := newSide(&by, &Factor{items: len(numbers), topics: e.w.topics})
	side.dense = false
	_, ok := e.workers.each(ctx, side, func(l line, _ []float32, s *scratch) tally {
		row := numbers[s.line]
		w := e.w.padded(row)
		e.onW.pass(l, w, s)
		for k, x := range s.sum[:s.topics] {
			s.before[k] = w[k] * x
		}
		add(s.line, row, s.before[:s.topics])
		return tally{}
	})
	if !ok {
		return 0, ctx.Err()
	}
	return len(numbers), nil
}

// byRow is the columns at hand by row, those rows only that have entries.
func (e *Expectation) byRow() (rows []int, by lines) {
	for _, i := range e.columns.index {
		if e.seen[i]++; e.seen[i] == 1 {
			rows = append(rows, int(i))
		}
	}
	by = lines{across: e.columns.count(), start: make([]int, len(rows)+1)}
	for n, i := range rows {
		by.start[n+1] = by.start[n] + int(e.seen[i])
		e.seen[i] = int32(by.start[n])
	}
	entries := by.start[len(rows)]
	by.index, by.value = make([]int32, entries), make([]float32, entries)
	for j := range e.columns.count() {
		l := e.columns.line(j)
		for n, i := range l.index {
			by.index[e.seen[i]], by.value[e.seen[i]] = int32(j), l.value[n]
			e.seen[i]++
		}
	}
	for _, i := range rows {
		e.seen[i] = 0
	}
	return rows, by
}
