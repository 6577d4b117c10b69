package shard

import (
	"context"
	"fmt"

	"klew/nmf"
)

// Options are the choices of a fit in passes. Defaults returns them filled in.
type Options struct {
	// Steps is how many Newton steps over all its weights a document is given in a pass, after
	// three multiplicative ones; 0 means until its proportions are right to four digits.
	Steps int
	// Threads is the number of goroutines at work; 0 means one for each processor. It does not
	// change the result.
	Threads int
	// Prior is what is added to the expected counts of every term that occurs, in every topic.
	Prior float64
	// Passes is the largest number of passes over all blocks, and Tol ends them before, once D
	// falls by less than this share of itself a pass.
	Passes int
	Tol    float64
}

// Defaults returns the options that klew itself uses.
func Defaults() Options { return Options{Steps: 15, Passes: 20, Tol: 1e-4} }

// partDocuments is the number of documents that are solved before their counts are added. Their
// weights are in memory at once, and each term's row of W is visited once for them.
const partDocuments = 2048

// Worker makes the expectation step on blocks, with a W that is given. It is not for several
// goroutines at once: it has its own.
type Worker struct {
	expectation *nmf.Expectation
}

// NewWorker prepares for blocks of as many terms as w has rows.
func NewWorker(w *nmf.Factor, o Options) *Worker {
	return &Worker{nmf.NewExpectation(w, o.Steps, o.Threads)}
}

// Close ends the worker's goroutines.
func (w *Worker) Close() { w.expectation.Close() }

// Weights takes the weights of some documents of a block, from number first in it: an item of h
// each, which the next call writes over.
type Weights func(first int, h *nmf.Factor) error

// Expect adds what W expects of a block to the statistics, and gives the documents' weights to h.
// Either may be nil, and so may Counts of the statistics, if only D and the numbers are wanted. If
// it returns an error, for a block of another matrix or because ctx ended, the statistics may have
// a part of the block.
func (w *Worker) Expect(ctx context.Context, b *Block, to *Statistics, h Weights) error {
	if err := w.accepts(b, to); err != nil {
		return err
	}
	for first := 0; first < b.Documents(); first += partDocuments {
		if err := w.part(ctx, b, first, min(first+partDocuments, b.Documents()), to, h); err != nil {
			return err
		}
	}
	return nil
}

func (w *Worker) accepts(b *Block, to *Statistics) error {
	if err := b.Check(); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	items, topics := w.expectation.W().Items(), w.expectation.W().Topics()
	if b.Terms != items || to != nil && (to.Terms != items || to.Topics != topics) {
		return fmt.Errorf("shard: a block of %d terms for a W of %d terms and %d topics", b.Terms, items, topics)
	}
	return nil
}

// part works on the documents first to last.
func (w *Worker) part(ctx context.Context, b *Block, first, last int, to *Statistics, h Weights) error {
	c := b.columns(first, last)
	weights, divergence, err := w.expectation.Solve(ctx, c)
	if err != nil {
		return err
	}
	if h != nil {
		if err := h(first, weights); err != nil {
			return err
		}
	}
	if to == nil {
		return nil
	}
	if err := to.addTotals(totals(c, divergence)); err != nil || to.Counts == nil {
		return err
	}
	_, err = w.expectation.Counts(ctx, func(_, term int, expected []float32) {
		row := to.term(term)
		for k, x := range expected {
			row[k] += fixed(float64(x))
		}
	})
	return err
}

// columns are some of the documents as columns of V.
func (b *Block) columns(first, last int) nmf.Columns {
	from, to := b.Start[first], b.Start[last]
	c := nmf.Columns{Start: make([]int, last-first+1), Index: b.Term[from:to], Value: b.Count[from:to]}
	for d := range c.Start {
		c.Start[d] = b.Start[first+d] - from
	}
	return c
}

// totals are the statistics of documents but for the counts.
func totals(c nmf.Columns, divergence []float64) *Statistics {
	s := &Statistics{Documents: int64(len(divergence)), NonZeros: int64(len(c.Index))}
	for _, d := range divergence {
		s.Divergence += fixed(d)
	}
	for _, v := range c.Value {
		s.Tokens += int64(v)
	}
	return s
}
