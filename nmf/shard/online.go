package shard

import (
	"context"
	"math"

	"klew/nmf"
)

// Mini-batches
//
// A pass over all blocks moves W once. Online moves it after every batch of 500 documents, by
// online EM (Cappé & Moulines, On-line expectation-maximization algorithm for latent data models,
// JRSS B 2009; for KL-NMF Lefèvre, Bach & Févotte 2011): the expected counts of a batch, weighed up
// to all tokens, are mixed into the running ones,
//
//	N ← (1 − ρₜ) N + ρₜ · (tokens of all / tokens of the batch) · n,    ρₜ = t^−0.7, t from 4
//
// and W is N, each topic made to sum to 1. It begins with counts, those that a first W gives: a
// first rate of 1 would kill every term that the first batch does not have.
//
// So that a batch costs no visit to the terms that it does not have, N is kept as a number times a
// matrix that is left as it is there, and that matrix stands for W in the kernels: the scale of a
// topic in W is free.

const (
	// batchDocuments is the number of documents of a batch.
	batchDocuments = 500
	rateExponent   = 0.7
	firstBatch     = 4
	// leastFactor is where the number that N is a multiple of is brought back to 1.
	leastFactor = 1e-6
)

// Online is what mini-batches have made of W.
type Online struct {
	// W has topics that sum to 1, and Shares is the part of all tokens that each has.
	W      *nmf.Factor
	Shares []float64
	// Batch is t.
	Batch float64
}

// NewOnline begins with a W that was found in so many documents: the first rate is as if these had
// been batches. W is copied.
func NewOnline(w *nmf.Factor, shares []float64, documents int) *Online {
	w = copied(w)
	w.Normalize()
	return &Online{w, shares, max(firstBatch, float64(documents)/batchDocuments)}
}

// Pass lets W see the documents of all blocks, which hold so many tokens, and returns the sum of
// what D was of each batch before W knew it. Batches do not end where blocks do, so that the result
// does not depend on their number. If it returns an error, W is what it was.
func (n *Online) Pass(ctx context.Context, blocks Blocks, tokens float64, o Options) (d float64, err error) {
	l := newLearner(n, tokens, o)
	defer l.expectation.Close()
	batch := NewBlock(n.W.Items())
	err = blocks.Each(ctx, func(b *Block) error {
		for i, number := range b.Document {
			from, to := b.Start[i], b.Start[i+1]
			batch.Add(number, b.Term[from:to], b.Count[from:to])
			if batch.Documents() == batchDocuments {
				if err := l.learn(ctx, batch); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil && batch.Documents() > 0 {
		err = l.learn(ctx, batch)
	}
	if err == nil {
		l.into(n)
	}
	return l.d, err
}

// learner is online EM under way.
type learner struct {
	expectation *nmf.Expectation
	tokens      float64
	factor      float64   // N is this times W of the expectation
	sums        []float64 // of the columns of that W
	t, d        float64
	delta       []float32 // what a batch adds, row by row
}

func newLearner(n *Online, tokens float64, o Options) *learner {
	w, by := copied(n.W), make([]float64, len(n.Shares))
	for k, share := range n.Shares {
		by[k] = share * tokens
	}
	w.Scale(by)
	l := &learner{expectation: nmf.NewExpectation(w, o.Steps, o.Threads), tokens: tokens, factor: 1, t: n.Batch}
	l.sums = l.expectation.W().Sums()
	return l
}

// into makes W and the shares what was learned.
func (l *learner) into(n *Online) {
	w := copied(l.expectation.W())
	sums, all := w.Normalize(), 0.0
	for _, x := range sums {
		all += x
	}
	for k, x := range sums {
		sums[k] = x / all
	}
	n.W, n.Shares, n.Batch = w, sums, l.t
}

// learn mixes a batch in, and empties it.
func (l *learner) learn(ctx context.Context, batch *Block) error {
	c := batch.columns(0, batch.Documents())
	_, divergence, err := l.expectation.Solve(ctx, c)
	of := totals(c, divergence)
	batch.Reset()
	if err != nil || of.Tokens == 0 {
		return err
	}
	rate := math.Pow(l.t, -rateExponent)
	l.t++
	l.d += of.D()
	l.factor *= 1 - rate
	return l.mix(ctx, rate*l.tokens/float64(of.Tokens)/l.factor, min(len(c.Index), batch.Terms))
}

// mix adds the expected counts of the batch, weighed by a number, to W.
func (l *learner) mix(ctx context.Context, weight float64, mostRows int) error {
	w := l.expectation.W()
	topics := w.Topics()
	if need := mostRows * topics; len(l.delta) < need {
		l.delta = make([]float32, need)
	}
	rows, err := l.expectation.Counts(ctx, func(n, term int, expected []float32) {
		row, delta := w.Item(term), l.delta[n*topics:(n+1)*topics]
		for k, x := range expected {
			was := row[k]
			row[k] += float32(weight * float64(x))
			delta[k] = row[k] - was
		}
	})
	for e := range rows {
		for k, x := range l.delta[e*topics : (e+1)*topics] {
			l.sums[k] += float64(x)
		}
	}
	if l.factor < leastFactor {
		l.fold()
	}
	l.expectation.SetSums(l.sums)
	return err
}

// fold makes the factor 1, before weights become too large.
func (l *learner) fold() {
	w, by := l.expectation.W(), make([]float64, len(l.sums))
	for k := range by {
		by[k] = l.factor
	}
	w.Scale(by)
	l.factor, l.sums = 1, w.Sums()
}
