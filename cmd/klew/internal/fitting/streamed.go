package fitting

import (
	"context"
	"fmt"

	"klew/cmd/klew/internal/print"
	"klew/nmf"
	"klew/topics"
	"klew/topics/streaming"
	"klew/vectorize"
)

// Streamed finds the topics of a corpus in shards, shows how far it has come, and tells what came of
// it.
func (f *Fitting) Streamed(ctx context.Context, c *vectorize.Counted, o streaming.Options, origin topics.Origin) (*topics.Model, error) {
	if f.Edits != "" {
		origin.Edits = f.Edits
		o.Start = func(t *vectorize.Table) *nmf.Start { return f.replay.Start(t, o.Fitting.Topics, o.Fitting.Seed) }
	}
	stage := f.Begin("fitting", 0)
	o.Progress = func(p streaming.Progress) { stage.Total = 0; stage.Set(p.Done, streamedNote(p, c.Shards)) }
	m, err := streaming.Fit(ctx, c, o, origin)
	took := stage.End()
	if err != nil {
		return nil, err
	}
	f.Say("klew: fitted %s in %.1f s: %s %s over all documents, divergence %s", print.Count(m.Topics(), "topic"), took.Seconds(),
		how[m.Outcome.Status], passes(m.Outcome.Iterations), digits(m.Outcome.Divergence))
	if f.Edits != "" {
		f.takeOver(m)
		return m, nil
	}
	f.sayStability(m)
	return m, f.alignTopics(ctx, m)
}

func passes(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}

// streamedNote says what is counted.
func streamedNote(p streaming.Progress, shards int) (note string) {
	switch p.Stage {
	case streaming.Sample:
		return "iterations, searching on a sample of the documents"
	case streaming.MiniBatches:
		note = fmt.Sprintf("of %d passes in mini-batches", p.Of)
	case streaming.Passes:
		note = fmt.Sprintf("of at most %d passes over all documents", p.Of)
	case streaming.Documents:
		note = fmt.Sprintf("of %s documents have their topics", print.Grouped(p.Of))
	}
	note += fmt.Sprintf(", shard %d of %d", p.Shard, shards)
	if p.Divergence > 0 {
		note += ", divergence " + grouped(p.Divergence)
	}
	return note
}
