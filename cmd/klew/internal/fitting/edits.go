package fitting

import (
	"context"
	"errors"
	"fmt"

	"github.com/james-bowman/sparse"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/vectorize"
)

// readEdits reads what --edits names, makes it the start, and returns the words that it bans.
func (f *Fitting) readEdits(given func(option string) bool) (banned []string, err error) {
	r := &f.replay
	if f.Edits == "" {
		return nil, nil
	}
	if f.Edits == "-" {
		return nil, usage.Mistake(errors.New("--edits -: standard input is for texts; name a file"))
	}
	if f.AlignTo != "" {
		return nil, usage.Mistake(errors.New("--align-to: topics have the numbers that --edits gives them; leave out one of the two"))
	}
	for _, option := range []string{"init", "restarts", "halves", "split-merge"} {
		if given(option) {
			return nil, usage.Mistakef("--%s: the fit begins with the topics of %s (--edits), and does so once", option, f.Edits)
		}
	}
	old, err := lookup.FittedModel(f.Edits)
	if err != nil {
		return nil, err
	}
	if r.Edits, err = old.Edits(); err != nil {
		return nil, fmt.Errorf("reading the model %s: %w", f.Edits, err)
	}
	r.Of, f.Options.SplitMerge = old, 0
	if f.Options.Topics = r.Numbers(f.Options.Topics); !given("topics") {
		f.Options.Topics = old.Topics()
	}
	return r.Banned(), nil
}

// replayed factorises v for a model that takes over the journal.
func (f *Fitting) replayed(ctx context.Context, table *vectorize.Table, v *sparse.CSC, origin topics.Origin) (*topics.Model, error) {
	r := &f.replay
	origin.Edits = f.Edits
	o := f.Options
	o.Start, o.Restarts = r.Start(table, o.Topics, o.Seed), 1
	result, err := f.solve(ctx, v, o)
	if err != nil {
		return nil, err
	}
	m := topics.InOrder(table, result, origin)
	f.takeOver(m)
	return m, nil
}

// takeOver gives a model the journal, and tells what of it does not hold.
func (f *Fitting) takeOver(m *topics.Model) {
	left := f.replay.Onto(m)
	for _, reason := range left {
		f.Say("klew: left out of the journal: %v", reason)
	}
	f.sayUnused(m)
	f.Say("klew: took over %s from %s", print.Count(len(m.Journal), "edit"), f.Edits)
}

// sayUnused tells which numbers have no topic.
func (f *Fitting) sayUnused(m *topics.Model) {
	var unused []int
	for _, k := range f.replay.Unused() {
		if k < m.Topics() {
			unused = append(unused, k+1)
		}
	}
	if len(unused) > 0 {
		f.Say("klew: as in %s these numbers have no topic: %s; -k counts the others", f.Edits, topics.Listed(unused))
	}
}
