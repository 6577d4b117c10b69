package streaming

import (
	"context"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/nmf/shard"
	"klew/vectorize"
)

// smoothed is the part of each topic that is made like the corpus after the sample has been fitted;
// nmf's own sample has as much.
const smoothed = 0.02

// sample is V of the first documents.
func (f *fit) sample(ctx context.Context, nonZeros int) (*sparse.CSC, error) {
	start, index, value := []int{0}, []int{}, []float64{}
	err := f.blocks.Each(ctx, func(b *shard.Block) error {
		for d := range b.Document {
			for e := b.Start[d]; e < b.Start[d+1]; e++ {
				index, value = append(index, int(b.Term[e])), append(value, float64(b.Count[e]))
			}
			if start = append(start, len(index)); len(index) >= nonZeros {
				return errEnough
			}
		}
		return nil
	})
	if err != nil && err != errEnough {
		return nil, err
	}
	return sparse.NewCSC(f.blocks.terms, len(start)-1, start, index, value), nil
}

// begin fits the sample.
func (f *fit) begin(ctx context.Context) (*shard.Online, error) {
	v, err := f.sample(ctx, f.sampleSize())
	if err != nil {
		return nil, err
	}
	o := f.Fitting
	o.Refine = nmf.RefineOff
	o.Progress = func(s nmf.Step) { f.progress(Progress{Stage: Sample, Done: s.Iteration, Divergence: s.Divergence}) }
	_, documents := v.Dims()
	f.about.Sample = documents
	result, err := nmf.Fit(ctx, v, o)
	if err != nil {
		return nil, err
	}
	if result.Status == nmf.Interrupted {
		return nil, ctx.Err()
	}
	shares := sharesOf(result)
	spread(result.W, f.table.Vocabulary)
	return shard.NewOnline(result.W, shares, documents), nil
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

// spread gives each topic a little of all terms, as the corpus has them.
func spread(w *nmf.Factor, of *vectorize.Vocabulary) {
	all := tokens(of)
	for i, t := range of.Terms {
		row := w.Item(i)
		for k, x := range row {
			row[k] = float32((1-smoothed)*float64(x) + smoothed*float64(t.Count)/all)
		}
	}
}

// tokens are those of a corpus, of the terms of a vocabulary.
func tokens(of *vectorize.Vocabulary) (all float64) {
	for _, t := range of.Terms {
		all += float64(t.Count)
	}
	return all
}
