package streaming

import (
	"cmp"
	"context"

	"gonum.org/v1/gonum/mat"
	"klew/nmf"
	"klew/nmf/shard"
	"klew/vectorize"
)

// sample is V of the first documents. They are read again whenever they are visited, so that they take
// no memory beside what nmf.Fit makes of them.
type sample struct {
	ctx       context.Context
	of        *counts
	documents int
	err       error // of a visit; those after it find nothing
}

// newSample is as many documents as have at least so many non-zeros, or all.
func newSample(ctx context.Context, of *counts, nonZeros int) (*sample, error) {
	s := &sample{ctx: ctx, of: of}
	err := of.Each(ctx, func(b *shard.Block) error {
		for d := range b.Document {
			s.documents++
			if nonZeros -= b.Start[d+1] - b.Start[d]; nonZeros <= 0 {
				return errEnough
			}
		}
		return nil
	})
	if err == errEnough {
		err = nil
	}
	return s, err
}

// Dims is part of mat.Matrix.
func (s *sample) Dims() (terms, documents int) { return s.of.terms, s.documents }

// At is part of mat.Matrix.
func (s *sample) At(int, int) float64 { panic("streaming: a sample is only visited") }

// T is part of mat.Matrix.
func (s *sample) T() mat.Matrix { return mat.Transpose{Matrix: s} }

// DoNonZero is part of mat.NonZeroDoer.
func (s *sample) DoNonZero(visit func(term, document int, count float64)) {
	if s.err != nil {
		return
	}
	document := 0
	s.err = s.of.Each(s.ctx, func(b *shard.Block) error {
		for d := range b.Document {
			if document == s.documents {
				return errEnough
			}
			for e := b.Start[d]; e < b.Start[d+1]; e++ {
				visit(int(b.Term[e]), document, float64(b.Count[e]))
			}
			document++
		}
		return nil
	})
	if s.err == errEnough {
		s.err = nil
	}
}

// begin fits the sample.
func (f *fit) begin(ctx context.Context) (*shard.Online, error) {
	v, err := newSample(ctx, f.blocks, f.sampleSize())
	if err != nil {
		return nil, err
	}
	o := f.Fitting
	o.Refine = nmf.RefineOff
	o.Progress = func(s nmf.Step) { f.progress(Progress{Stage: Sample, Done: s.Iteration, Divergence: s.Divergence}) }
	f.about.Sample = v.documents
	result, err := nmf.Fit(ctx, v, o)
	if err := cmp.Or(v.err, err); err != nil {
		return nil, err
	}
	if result.Status == nmf.Interrupted {
		return nil, ctx.Err()
	}
	f.stability = result.Stability
	shares := sharesOf(result)
	f.spread(result.W)
	return shard.NewOnline(result.W, shares, v.documents), nil
}

// spread gives every term some weight in every topic, but for what a start has settled: a topic that is
// empty stays so, and a term of one topic alone stays there.
func (f *fit) spread(w *nmf.Factor) {
	sums := w.Sums()
	shard.Spread(w, countsOf(f.table.Vocabulary))
	s := f.Fitting.Start
	if s == nil {
		return
	}
	for i := range w.Items() {
		only, kept := s.Only[i]
		for k := range sums {
			if sums[k] == 0 || kept && k != only {
				w.Item(i)[k] = 0
			}
		}
	}
}

// sharesOf makes the columns of W sum to 1, and returns the part that each topic has of all tokens.
func sharesOf(r *nmf.Result) []float64 {
	sums, shares, all := r.W.Normalize(), r.H.Sums(), 0.0
	for k := range shares {
		shares[k] *= sums[k]
		all += shares[k]
	}
	for k := range shares {
		shares[k] /= all
	}
	return shares
}

// countsOf is how often a corpus has each term.
func countsOf(v *vectorize.Vocabulary) []float64 {
	counts := make([]float64, len(v.Terms))
	for i, t := range v.Terms {
		counts[i] = float64(t.Count)
	}
	return counts
}

// tokens are those of a corpus, of the terms of a vocabulary.
func tokens(of *vectorize.Vocabulary) (all float64) {
	for _, t := range of.Terms {
		all += float64(t.Count)
	}
	return all
}
