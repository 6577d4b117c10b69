package relations

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"klew/topics"
	"klew/vectorize"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Effect is how one topic's share differs with one term of a formula.
type Effect struct {
	Topic int
	Term  Term
	// Estimate is the coefficient of least squares: the difference of the share for one
	// more of a number, or for a level against the base level, where the other fields are
	// the same. For the empty Term it is the share where all numbers are 0 and all fields at
	// their base.
	Estimate float64
	// Error is the standard deviation of the estimate over resamples, and Low and High
	// bound the middle 95 % of them; NaN if there were none.
	Error, Low, High float64
}

// Regression is the effects of all topics, and what they rest on.
type Regression struct {
	Effects []Effect // topic by topic, terms in the order of the formula
	Bases   []Term   // the levels that others are compared with
	// Documents are those that were used. Missing had no value of some field, and Resamples
	// are those that could be solved: one that lost all documents of a level cannot.
	Documents, Missing, Resamples int
}

// Effects regresses each topic's proportion in a document on fields of the metadata by
// least squares, every document counting alike. Intervals are those of a bootstrap of
// documents (Efron & Tibshirani 1993, chapter 9, "bootstrapping pairs"), which supposes
// neither equal variances nor normal errors. They tell how far an effect depends on which
// documents there happen to be; the topics and their proportions are taken as known,
// where stm draws these as well. An effect is no cause.
func Effects(m *topics.Model, f *Formula, lookup func(d *vectorize.Document, field string) string, b topics.Bootstrap) (*Regression, error) {
	d, err := newDesign(m, f, lookup)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(b.Seed, 0))
	s := summed(m, d, random)
	estimate, err := s.solve(slices.Repeat([]float64{1}, len(s.heaps)))
	if err != nil {
		return nil, d.dependent()
	}
	drawn := s.resamples(b.Resamples, random)
	r := &Regression{Bases: d.bases, Documents: len(d.documents), Missing: d.missing, Resamples: len(drawn)}
	for k := range m.Topics() {
		for t, term := range d.terms {
			e := Effect{Topic: k, Term: term, Estimate: estimate.At(t, k)}
			e.Error, e.Low, e.High = spread(drawn, t, k, b.Level)
			r.Effects = append(r.Effects, e)
		}
	}
	return r, nil
}

// dependent says which term cannot be told from those before it.
func (d *design) dependent() error {
	scale := d.scale()
	for n := 2; n <= len(d.terms); n++ {
		x := mat.NewDense(len(d.rows), n, nil)
		for i, row := range d.rows {
			x.SetRow(i, floats.MulTo(make([]float64, n), row[:n], scale[:n]))
		}
		var svd mat.SVD
		if svd.Factorize(x, mat.SVDNone) && svd.Cond() > math.Sqrt(mostCondition) {
			return fmt.Errorf("%s cannot be told from the fields before it: leave one of them out", d.terms[n-1])
		}
	}
	return fmt.Errorf("the fields say the same: leave one of them out")
}

// String is how a term is written: party = green.
func (t Term) String() string {
	switch {
	case t.Field == "":
		return "(base)"
	case t.Level == "":
		return t.Field
	}
	return t.Field + " = " + t.Level
}

// mostHeaps is the largest number of heaps of documents that are drawn in a resample.
const mostHeaps = 1000

// mostCondition is the condition number of the sums of products, scaled to a diagonal of
// ones, from which on two terms are taken for one: beyond it less than four digits of an
// estimate would be right.
const mostCondition = 1e12

// productSums are the sums of products that least squares need, by heaps of documents: each
// document is a heap or, of more than mostHeaps, they are dealt out at random, as
// topics.Trends does.
type productSums struct {
	terms, topics int
	heaps         [][]float64 // x xᵀ, terms × terms, and behind it x yᵀ, terms × topics
	scale         []float64   // of each term
}

func summed(m *topics.Model, d *design, random *rand.Rand) *productSums {
	p, k := len(d.terms), m.Topics()
	s := &productSums{p, k, make([][]float64, min(len(d.rows), mostHeaps)), d.scale()}
	for h := range s.heaps {
		s.heaps[h] = make([]float64, p*(p+k))
	}
	for at, i := range random.Perm(len(d.rows)) {
		s.add(s.heaps[at%len(s.heaps)], d.rows[i], m.Proportions(d.documents[i]))
	}
	return s
}

// add adds a document to a heap.
func (s *productSums) add(heap, row, shares []float64) {
	x := make([]float64, s.terms)
	floats.MulTo(x, row, s.scale)
	for t, v := range x {
		floats.AddScaled(heap[t*s.terms:(t+1)*s.terms], v, x)
		y := s.terms*s.terms + t*s.topics
		floats.AddScaled(heap[y:y+s.topics], v, shares)
	}
}

// scale is what makes the columns of the rows of length 1: years beside ones would cost
// half of the digits.
func (d *design) scale() []float64 {
	scale := make([]float64, len(d.terms))
	for t := range scale {
		for _, row := range d.rows {
			scale[t] = math.Hypot(scale[t], row[t])
		}
		scale[t] = 1 / cmp.Or(scale[t], 1)
	}
	return scale
}

// solve finds the coefficients, terms × topics, with each heap as often as times says.
func (s *productSums) solve(times []float64) (*mat.Dense, error) {
	p, total := s.terms, make([]float64, len(s.heaps[0]))
	for h, n := range times {
		if n > 0 {
			floats.AddScaled(total, n, s.heaps[h])
		}
	}
	var c mat.Cholesky
	if !c.Factorize(mat.NewSymDense(p, total[:p*p])) || c.Cond() > mostCondition {
		return nil, mat.Condition(mostCondition)
	}
	var b mat.Dense
	if err := c.SolveTo(&b, mat.NewDense(p, s.topics, total[p*p:])); err != nil {
		return nil, err
	}
	b.Apply(func(t, _ int, x float64) float64 { return x * s.scale[t] }, &b)
	return &b, nil
}

// resamples are the coefficients of resamples.
func (s *productSums) resamples(n int, random *rand.Rand) []*mat.Dense {
	var drawn []*mat.Dense
	times := make([]float64, len(s.heaps))
	for range n {
		clear(times)
		for range times {
			times[random.IntN(len(times))]++
		}
		if b, err := s.solve(times); err == nil {
			drawn = append(drawn, b)
		}
	}
	return drawn
}

// spread is the standard deviation of a coefficient over resamples, and the interval that
// holds the middle part of them.
func spread(drawn []*mat.Dense, t, k int, level float64) (deviation, low, high float64) {
	if len(drawn) < 2 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	values := make([]float64, len(drawn))
	for n, b := range drawn {
		values[n] = b.At(t, k)
	}
	slices.Sort(values)
	out := (1 - level) / 2
	return stat.StdDev(values, nil), stat.Quantile(out, stat.Empirical, values, nil), stat.Quantile(1-out, stat.Empirical, values, nil)
}
