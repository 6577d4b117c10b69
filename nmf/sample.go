package nmf

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Searching on a sample
//
// A part of the columns tells which topics there are, if it is large enough for k: race,
// splits and mergers see a sample of a large V. Then larger samples, of which each holds the one
// before, and at last all columns are given weights in the topics that were found, and both
// factors go on there. The seed alone draws the samples.
//
// On newsgroups, k = 20, the sample is 360,000 of 2.4 million non-zeros. An iteration on it
// takes a sixth of one on the whole, also because terms of fewer than five of its documents
// are left out, which are most of the terms, and tell nothing. With fewer non-zeros, or
// with one finalist in place of two, some seeds end 0.2 % higher.
const (
	// sampleEach is the number of non-zeros for each topic, and sampleColumns the least
	// number of columns for each, and of effective columns that V must have: where some hold so much
	// that topics are theirs alone, a sample does not have these. The sources of Go, k = 10, of which the
	// largest of 7,709 files has 7 % of the tokens, end 1.2 % lower without one (127 effective columns;
	// newsgroups have 3,734 of 18,774).
	sampleEach    = 18_000
	sampleColumns = 100
	// sampleMost is the largest part of V that a sample may be: otherwise the search sees
	// all of V.
	sampleMost = 0.35
	// sampleGrowth is how many times as large each further sample is, and furtherMost the largest
	// part of V that it may be. furtherTol times Options.Tol ends the iterations on it, or times the
	// default if that is larger: they are not the end.
	sampleGrowth = 3
	furtherMost  = 0.5
	furtherTol   = 5
	// sampleEntries is how many entries a row of the sample must have to be in it.
	sampleEntries = 5
	// smoothed is the part of each topic that is made like the row sums of V after a
	// sample, so that rows that the sample did not have may come in; sampleWarmup and
	// sampleUpdates are the multiplicative updates after that, of both factors and, before,
	// of H alone. sampleLooks is how many of the iterations that follow look at every topic's slope.
	smoothed      = 0.02
	sampleWarmup  = 1
	sampleUpdates = 4
	sampleLooks   = 15
)

// sampleLeast is the least number of non-zeros that are searched, whatever k. With sampleEach alone, of
// drawn texts of 3 to 150 tokens with 2 and 5 topics six of eleven cells ended 0.11 to 0.44 % above the best
// single start, with this one does, by 0.14 %; seven cells of public texts, k = 5 to 10, end
// 0.05 % lower, in 1.5 times the time. It is a variable so that tests have samples of small matrices.
var sampleLeast = 360_000

// sampleSize is the number of non-zeros that a search wants to see.
func sampleSize(o Options) int { return max(sampleLeast, sampleEach*o.Topics) }

// sampled is a matrix of some columns of V, and of the rows named.
type sampled struct {
	*matrix
	rows []int
}

// sampleFor draws what a search needs to see. It is nil if that is all of V.
func (m *matrix) sampleFor(o Options) *sampled {
	if m.observed || o.Init != Race || o.Start != nil || o.SolverInForce() != CCD || o.AlphaW != 0 || o.AlphaH != 0 {
		return nil
	}
	if m.effective() < float64(sampleColumns*o.Topics) {
		return nil
	}
	return m.draw(o, sampleSize(o), sampleMost)
}

// further draws the next larger sample, or nil if that is most of V.
func (m *matrix) further(s *sampled, o Options) *sampled {
	return m.draw(o, sampleGrowth*max(len(s.columns.index), sampleSize(o)), furtherMost)
}

// draw is a sample of so many non-zeros at least, or nil if that is more than a part of V. It holds
// every smaller one.
func (m *matrix) draw(o Options, nonZeros int, part float64) *sampled {
	most := int(part * float64(len(m.columns.index)))
	if nonZeros > most {
		return nil
	}
	columns := m.columns.filled()
	source := rand.New(rand.NewPCG(o.Seed, 0x73616d706c65))
	source.Shuffle(len(columns), func(a, b int) { columns[a], columns[b] = columns[b], columns[a] })
	held, count := 0, 0
	for count < len(columns) && (held < nonZeros || count < sampleColumns*o.Topics) {
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

// effective is Kish's effective number of columns (Survey Sampling, 1965), (Σs)²/Σs² of their sums s: as
// many of one size would be as uneven.
func (m *matrix) effective() float64 {
	squares := 0.0
	for j := range m.columns.count() {
		s := sumOf(m.columns.line(j).value)
		squares += s * s
	}
	total := m.total()
	return total * total / squares
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

// searchOn searches on a sample, goes on with larger ones, and returns a fitting to all of V that
// begins with what was found. ok is false if the limit or the end of ctx has come.
func (m *matrix) searchOn(ctx context.Context, sample *sampled, o Options, restart int) (f *fitting, status Status, ok bool) {
	f = newFitting(sample.matrix, o.room(), o)
	f.restart, f.sampled = restart, true
	status, ok = f.search(ctx, o)
	f.workers.stop()
	f.compact(o.Loss, o.Topics)
	for ok {
		larger := m.further(sample, o)
		if larger == nil {
			break
		}
		f = f.goOn(ctx, larger.matrix, larger.places(sample.rows), o)
		f.sampled, f.tol, sample = true, furtherTol*max(o.Tol, Defaults().Tol), larger
		status, ok = f.iterate(ctx, sampleWarmup, -1)
		f.workers.stop()
	}
	return f.goOn(ctx, m, sample.rows, o), status, ok
}

// places says which of the sample's rows those rows of V are.
func (s *sampled) places(rows []int) []int {
	at := make([]int, len(rows))
	for n, i := range rows {
		at[n], _ = slices.BinarySearch(s.rows, i)
	}
	return at
}

// goOn is a fitting to a matrix that has all rows of f's, at the places named, and more. It
// begins with f's topics.
func (f *fitting) goOn(ctx context.Context, m *matrix, rows []int, o Options) *fitting {
	g := newFitting(m, o.Topics, o)
	g.restart, g.iterations, g.looks = f.restart, f.iterations, sampleLooks
	g.trace = f.trace[:f.iterations] // the step of where f ended is followed by that of where g begins
	g.smooth(f.w, rows)
	g.guessH(ctx)
	return g
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
