package streaming

import (
	"context"
	"errors"
	"fmt"

	"klew/nmf"
	"klew/nmf/shard"
	"klew/topics"
	"klew/vectorize"
)

// Options are the choices of a fit.
type Options struct {
	// Counting are those of the table: which terms are kept.
	Counting vectorize.Options
	// Fitting are those of nmf.Fit for the sample; Topics, Seed and Threads hold for all.
	Fitting nmf.Options
	// Start, if set, makes what the sample's fit begins with, of the outline of the table. Topics then
	// keep their numbers, and a term that nmf.Start.Only names stays in its topic alone.
	Start func(*vectorize.Table) *nmf.Start
	// Memory is about how many bytes there are.
	Memory int64
	// Sample is about the number of non-zeros that the sample has; 0 means as many as a third of the
	// memory holds, but at least 18,000 and at most 100,000 for each topic.
	Sample int
	// State is the path of a file for what has been reached, from which the same fit goes on. Empty
	// means none.
	State string
	// Progress, if set, is called now and then, from the goroutine that called Fit.
	Progress func(Progress)
}

// Progress is how far a fit has come.
type Progress struct {
	Stage Stage
	// Done is the number of iterations, of passes, or of documents, and Of how many there are at
	// most; 0 if that is not known.
	Done, Of int
	// Shard is the number of the shard at hand, from 1; 0 in the sample.
	Shard int
	// Divergence is the last that is known: of the sample, or of all; 0 if none is.
	Divergence float64
}

// Stage is a part of the work.
type Stage int

// The stages, in their order.
const (
	Sample Stage = iota
	MiniBatches
	Passes
	Documents
)

// onlinePasses is the number of passes by mini-batches.
const onlinePasses = 2

// fit is one under way.
type fit struct {
	Options
	table   *vectorize.Table
	blocks  *counts
	passing shard.Options
	about   topics.Streamed
	// stability is that of the sample's topics in halves of the sample.
	stability []float64
	tokens    float64
	at        Progress
}

// Refusal says why options cannot be had while counts stay in the file, and what to do; empty if they can.
func Refusal(c vectorize.Options, o nmf.Options) string {
	switch {
	case c.Weighting != vectorize.CountWeighting:
		return fmt.Sprintf("the weighting %s changes counts by those of all documents: leave out --weighting", c.Weighting)
	case o.Loss != nmf.KullbackLeibler:
		return fmt.Sprintf("the loss can only be %s: leave out --loss", nmf.KullbackLeibler)
	case o.AlphaW != 0 || o.AlphaH != 0:
		return "passes over shards know no penalties: leave out --alpha-w and --alpha-h"
	case o.Restarts > 1:
		return "one fit is made: try several with --seed, and keep the one of the least divergence"
	case o.Refine == nmf.RefineOn:
		return "a refinement goes through all tokens many times: leave out --refine on"
	case o.Start != nil || o.Observed != nil:
		return "the fit begins with a sample of the documents"
	}
	return ""
}

// Fit finds the topics of a corpus in shards. When ctx ends, or the program is killed, State has what was
// reached after the last pass, and Fit with the same corpus and options goes on from there to the
// same model. The file is left when it returns a model: remove it once that is saved.
func Fit(ctx context.Context, c *vectorize.Counted, o Options, origin topics.Origin) (*topics.Model, error) {
	if why := Refusal(o.Counting, o.Fitting); why != "" {
		return nil, fmt.Errorf("fitting in shards: %s", why)
	}
	table, rows, err := c.Outline(o.Counting)
	if err != nil {
		return nil, err
	}
	f := &fit{Options: o, table: table, passing: shard.Defaults(), tokens: tokens(table.Vocabulary)}
	f.blocks = &counts{of: c, rows: rows, terms: len(table.Vocabulary.Terms)}
	f.passing.Threads = o.Fitting.Threads
	if o.Start != nil {
		f.Fitting.Start = o.Start(table)
	}
	f.about = topics.Streamed{Shards: c.Shards, Memory: o.Memory, MiniBatchPasses: onlinePasses}
	return f.run(ctx, origin)
}

func (f *fit) run(ctx context.Context, origin topics.Origin) (*topics.Model, error) {
	state, err := f.passes(ctx)
	if err != nil {
		return nil, err
	}
	h, d, err := f.weights(ctx, state.W)
	if err != nil {
		return nil, err
	}
	result := &nmf.Result{W: state.W, H: h, Divergence: d, Iterations: state.Pass(), Status: nmf.Converged, Stability: f.stability}
	if state.Pass() >= f.passing.Passes {
		result.Status = nmf.Limit
	}
	for n, d := range state.Divergence {
		result.Trace = append(result.Trace, nmf.Step{Iteration: n, Divergence: d})
	}
	origin.Fitting, origin.Counting, origin.Streamed = f.Fitting, f.Counting, &f.about
	origin.Fitting.Refine, origin.Fitting.Start = nmf.RefineOff, nil
	if f.Fitting.Start != nil {
		return topics.InOrder(f.table, result, origin), nil
	}
	return topics.New(f.table, result, origin), nil
}

// passes are all that comes before the documents' weights. What is reached is kept after each.
func (f *fit) passes(ctx context.Context) (*shard.State, error) {
	r, err := f.resume()
	if err != nil {
		return nil, err
	}
	if r.online == nil && r.passes == nil {
		if r.online, err = f.begin(ctx); err != nil {
			return nil, err
		}
		if err := f.keep(r); err != nil {
			return nil, err
		}
	}
	if err := f.miniBatches(ctx, r); err != nil {
		return nil, err
	}
	f.at = Progress{Stage: Passes, Done: r.passes.Pass(), Of: f.passing.Passes}
	pass := shard.PassOver(f.watched(), f.passing)
	return r.passes, shard.Fit(ctx, r.passes, pass, f.passing, func(s *shard.State) error {
		f.at.Done, f.at.Divergence = s.Pass(), s.Last()
		return f.keep(r)
	})
}

// miniBatches makes the passes by mini-batches that are left.
func (f *fit) miniBatches(ctx context.Context, r *reached) error {
	for r.passes == nil {
		if r.made >= onlinePasses {
			r.passes, r.online = shard.NewState(r.online.W), nil
			return nil
		}
		f.at = Progress{Stage: MiniBatches, Done: r.made, Of: onlinePasses}
		if _, err := r.online.Pass(ctx, f.watched(), f.tokens, f.passing); err != nil {
			return err
		}
		r.made++
		if err := f.keep(r); err != nil {
			return err
		}
	}
	return nil
}

// weights solves H for all documents, and measures D.
func (f *fit) weights(ctx context.Context, w *nmf.Factor) (*nmf.Factor, float64, error) {
	documents, k := f.table.Documents, f.Fitting.Topics
	h := nmf.NewCompactH(k, len(documents))
	f.blocks.seen = func(document, tokens, unknown int) {
		documents[document].Tokens, documents[document].Unknown = tokens, unknown
	}
	f.at = Progress{Stage: Documents, Of: len(documents), Divergence: f.at.Divergence}
	o := f.passing
	o.Steps = 0 // until they are right, as inference has it
	worker, all := shard.NewWorker(w, o), &shard.Statistics{Terms: w.Items(), Topics: k}
	defer worker.Close()
	err := f.watched().Each(ctx, func(b *shard.Block) error {
		defer func() { f.at.Done += b.Documents() }()
		return worker.Expect(ctx, b, all, func(first int, weights *nmf.Factor) error {
			for d := range weights.Items() {
				h.SetItem(b.Document[first+d], weights.Item(d))
			}
			return nil
		})
	})
	if err == nil && int(all.Documents) != len(documents) {
		err = errors.New("the shards do not hold all documents")
	}
	return h, all.D(), err
}

func (f *fit) progress(p Progress) {
	if f.Progress != nil {
		f.Progress(p)
	}
}

// watched are the blocks, of each of which the progress is told.
func (f *fit) watched() shard.Blocks { return watched{f} }

type watched struct{ *fit }

func (w watched) Each(ctx context.Context, do func(*shard.Block) error) error {
	n := 0
	return w.blocks.Each(ctx, func(b *shard.Block) error {
		n++
		w.at.Shard = n
		w.progress(w.at)
		return do(b)
	})
}
