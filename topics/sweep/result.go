package sweep

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/topics/coherence"
	"klew/topics/evaluation"
	"klew/vectorize"
)

// Result is what a sweep has found.
type Result struct {
	// Rows are the numbers of topics, rising, of which a fit of all training documents has been
	// made.
	Rows []Row
	// Training and HeldOut are numbers of documents.
	Training, HeldOut int
	// Missing is how many fits have not been made.
	Missing int

	open map[int]*Row // those of which fits are missing, by number of topics
}

// Row is what a number of topics came to.
type Row struct {
	Topics int
	// Fits are those of all training documents, by seed, and Measured what was measured
	// of each.
	Fits     []Fit
	Measured []Measured
	// Best is the number of the fit of which the least divergence is left.
	Best int
	// Stability is that of each topic of the best fit, the most stable first; nil if
	// nothing can be told.
	Stability []float64

	// Missing is how many of the fits have not been made, as the sweep was interrupted.
	Missing int

	halves []Fit
}

// Measured is what the top words of a fit's topics tell; the measures are means over topics,
// and NaN where nothing is known.
type Measured struct {
	Words     [][]int32
	Diversity float64
	NPMI, CV  float64
}

func newResult(d *fitData) *Result {
	_, training := d.training.Dims()
	r := &Result{Training: training, open: map[int]*Row{}}
	if d.heldOut != nil {
		_, r.HeldOut = d.heldOut.Dims()
	}
	return r
}

// add adds a fit. A row is done when all its fits are there: its factors are let go then.
func (s *sweep) add(f *Fit) error {
	r := s.result
	row := r.open[f.Topics]
	if row == nil {
		row = &Row{Topics: f.Topics}
		r.open[f.Topics] = row
	}
	if f.Half > 0 {
		row.halves = append(row.halves, *f)
	} else {
		row.Fits = append(row.Fits, *f)
	}
	halves := s.plan.Halves
	if f.Topics < 2 {
		halves = 0
	}
	if row.Missing = s.plan.Seeds + halves - len(row.Fits) - len(row.halves); row.Missing > 0 {
		return nil
	}
	return s.close(row)
}

// close makes a row one of the result.
func (s *sweep) close(row *Row) error {
	if err := s.finish(row); err != nil {
		return err
	}
	s.result.Rows = append(s.result.Rows, *row)
	delete(s.result.open, row.Topics)
	return nil
}

// tidy closes the rows of which some fits are missing, and puts all in order.
func (s *sweep) tidy() error {
	for _, k := range slices.Sorted(maps.Keys(s.result.open)) {
		if row := s.result.open[k]; len(row.Fits) > 0 {
			if err := s.close(row); err != nil {
				return err
			}
		}
	}
	s.result.open = nil
	slices.SortFunc(s.result.Rows, func(a, b Row) int { return cmp.Compare(a.Topics, b.Topics) })
	return nil
}

// finish takes from the factors what is to be known of them, and lets them go. Fits come in
// the order in which they were done, which is that of chance.
func (s *sweep) finish(row *Row) error {
	slices.SortFunc(row.Fits, func(a, b Fit) int { return cmp.Compare(a.Seed, b.Seed) })
	slices.SortFunc(row.halves, func(a, b Fit) int { return cmp.Compare(a.Half, b.Half) })
	for n, f := range row.Fits {
		if f.Left < row.Fits[row.Best].Left {
			row.Best = n
		}
		m := Measured{Words: topics.TopWords(distributions(f.w), s.data.shares, s.plan.Words), NPMI: math.NaN(), CV: math.NaN()}
		m.Diversity = evaluation.Diversity(m.Words)
		row.Measured = append(row.Measured, m)
	}
	var halves []nmf.Half
	for _, half := range row.halves {
		halves = append(halves, nmf.Half{V: s.data.halves[half.Half-1], W: half.w})
	}
	// Not with a context: it takes little time, and all fits for it have been made.
	options := s.plan.options(job{topics: row.Topics, seed: s.plan.Fitting.Seed}, s.plan.threads())
	var err error
	row.Stability, err = nmf.Stability(context.Background(), row.Fits[row.Best].w, halves, options)
	if err != nil {
		return fmt.Errorf("comparing the halves with %d topics: %w", row.Topics, err)
	}
	slices.SortFunc(row.Stability, func(a, b float64) int { return cmp.Compare(b, a) })
	row.halves = nil
	for n := range row.Fits {
		row.Fits[n].w = nil
	}
	return nil
}

// distributions is a copy of W in which each topic sums to 1.
func distributions(w *nmf.Factor) *nmf.Factor {
	w = copied(w)
	w.Normalize()
	return w
}

func copied(w *nmf.Factor) *nmf.Factor {
	data := make([]float32, 0, w.Items()*w.Topics())
	for i := range w.Items() {
		data = append(data, w.Item(i)...)
	}
	return nmf.NewW(w.Items(), w.Topics(), data)
}

// Best is the fit with so many topics of which the least divergence is left; nil if there is
// none.
func (r *Result) Best(topics int) *Fit {
	for n := range r.Rows {
		if row := &r.Rows[n]; row.Topics == topics {
			return &row.Fits[row.Best]
		}
	}
	return nil
}

// Cohere measures how well the top words of all topics of all fits belong together, on
// texts, which it goes through once. They are cut by the vocabulary of the table, and as
// it was counted.
func (r *Result) Cohere(ctx context.Context, v *vectorize.Vocabulary, counting vectorize.Options, texts iter.Seq[corpus.Document]) error {
	var words [][]int32
	for _, row := range r.Rows {
		for _, m := range row.Measured {
			words = append(words, m.Words...)
		}
	}
	counter, err := evaluation.CountTogether(ctx, v, counting, texts, words)
	if err != nil || counter.Documents() == 0 {
		return err
	}
	next := 0
	for _, row := range r.Rows {
		for n := range row.Measured {
			m := &row.Measured[n]
			m.NPMI = meanOf(counter, coherence.NPMI, next, len(m.Words))
			m.CV = meanOf(counter, coherence.CV, next, len(m.Words))
			next += len(m.Words)
		}
	}
	return nil
}

// meanOf is the mean over topics from first on that have one; NaN if none has.
func meanOf(c *coherence.Counter, measure coherence.Measure, first, topics int) float64 {
	sum, n := 0.0, 0.0
	for k := range topics {
		if x := c.Topic(measure, first+k); !math.IsNaN(x) {
			sum += x
			n++
		}
	}
	return sum / n
}
