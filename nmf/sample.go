package nmf

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Searching on a sample
//
// A part of the columns tells which topics there are, if it is large enough for k: race,
// splits and mergers see a sample of a large V. Then all columns are given weights in the
// topics that were found, and both factors go on until they have converged on the whole.
// The seed alone draws the sample.
//
// On newsgroups, k = 20, the sample is 360,000 of 2.4 million non-zeros. An iteration on it
// takes a sixth of one on the whole, also because terms of fewer than five of its documents
// are left out, which are most of the terms, and tell nothing. With fewer non-zeros, or
// with one finalist in place of two, some seeds end 0.2 % higher.
const (
	// sampleEach is the number of non-zeros for each topic, and sampleColumns the least
	// number of columns.
	sampleEach    = 18_000
	sampleColumns = 100
	// sampleMost is the largest part of V that a sample may be: otherwise the search sees
	// all of V.
	sampleMost = 0.35
	// sampleEntries is how many entries a row of the sample must have to be in it.
	sampleEntries = 5
	// smoothed is the part of each topic that is made like the row sums of V after the
	// search, so that rows that the sample did not have may come in; sampleWarmup and
	// sampleUpdates are the multiplicative updates after that, of both factors and, before,
	// of H alone.
	smoothed      = 0.02
	sampleWarmup  = 3
	sampleUpdates = 4
)

// sampled is what a search sees of a matrix: some of its columns, and of its rows those
// named.
type sampled struct {
	*matrix
	rows []int
}

// sampleFor draws what a search needs to see. It is nil if that is all of V.
func (m *matrix) sampleFor(o Options) *sampled {
	if m.observed || o.Init != Race || o.Start != nil || o.SolverInForce() != CCD || o.AlphaW != 0 || o.AlphaH != 0 {
		return nil
	}
	most := int(sampleMost * float64(len(m.columns.index)))
	if sampleEach*o.Topics > most {
		return nil
	}
	columns := m.columns.filled()
	source := rand.New(rand.NewPCG(o.Seed, 0x73616d706c65))
	source.Shuffle(len(columns), func(a, b int) { columns[a], columns[b] = columns[b], columns[a] })
	held, count := 0, 0
	for count < len(columns) && (held < sampleEach*o.Topics || count < sampleColumns*o.Topics) {
		held += len(m.columns.line(columns[count]).index)
		count++
	}
	if held > most {
		return nil
	}
	slices.Sort(columns[:count])
	if s := m.only(columns[:count]).frequent(); s.usable() >= o.Topics {
		return s
	}
	return nil
}

// frequent leaves out the rows that have few entries.
func (m *matrix) frequent() *sampled {
	var rows []int
	number := make([]int32, m.rows.count())
	for i := range number {
		if number[i] = -1; len(m.rows.line(i).index) >= sampleEntries {
			number[i] = int32(len(rows))
			rows = append(rows, i)
		}
	}
	c := lines{across: len(rows), start: make([]int, 1, m.columns.count()+1)}
	for j := range m.columns.count() {
		l := m.columns.line(j)
		for e, i := range l.index {
			if number[i] >= 0 {
				c.index, c.value = append(c.index, number[i]), append(c.value, l.value[e])
			}
		}
		c.start = append(c.start, len(c.index))
	}
	return &sampled{&matrix{columns: c, rows: transpose(&c), exponent: m.exponent}, rows}
}

// searchOn searches on a sample, and returns a fitting to all of V that begins with what
// was found. ok is false if the limit or the end of ctx has come.
func (m *matrix) searchOn(ctx context.Context, sample *sampled, o Options, restart int) (f *fitting, status Status, ok bool) {
	s := newFitting(sample.matrix, o.room(), o)
	s.restart, s.sampled = restart, true
	status, ok = s.search(ctx, o)
	s.workers.stop()
	s.compact(o.Loss, o.Topics)
	f = newFitting(m, o.Topics, o)
	f.restart, f.iterations, f.trace = restart, s.iterations, s.trace
	f.smooth(s.w, sample.rows)
	f.guessH(ctx)
	return f, status, ok
}

// smooth makes W that of some of the rows, with a little of V's row sums in every topic.
func (f *fitting) smooth(w *Factor, rows []int) {
	total, sums := f.m.total(), w.Sums()
	for i := range f.w.items {
		sum := 0.0
		for _, v := range f.m.rows.line(i).value {
			sum += float64(v)
		}
		for k, of := range sums {
			f.w.Item(i)[k] = float32(smoothed * sum / total * of)
		}
	}
	for n, i := range rows {
		for k, x := range w.Item(n) {
			f.w.Item(i)[k] += (1 - smoothed) * x
		}
	}
}

// guessH begins the columns of H for the W at hand: some multiplicative updates from the same
// share for each topic.
func (f *fitting) guessH(ctx context.Context) {
	f.fixW()
	sums := f.w.Sums()
	f.workers.each(context.WithoutCancel(ctx), f.columns, func(l line, h []float32, s *scratch) tally {
		spread(l, sums, h)
		for range sampleUpdates {
			f.loss.pass(l, h, s)
			f.loss.multiply(h, s)
		}
		return tally{}
	})
}
