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

// sayUnused tells which numbers have no topic, by what of the journal holds.
func (f *Fitting) sayUnused(m *topics.Model) {
	kept, err := m.Edits()
	if err != nil {
		kept = nil // Onto has written what it has read
	}
	expected, unused := f.unused(m, f.replay.Edits), f.unused(m, kept)
	if len(unused) > 0 {
		f.Say("klew: as in %s these numbers have no topic: %s; -k counts the others", f.Edits, topics.Listed(unused))
	}
	if more := len(expected) - len(unused); more > 0 {
		f.Say("klew: so there are %s, %d more than there were to be", print.Count(m.Topics()-len(unused), "topic"), more)
	}
}

// unused are the numbers, from 1, that have no topic by these edits.
func (f *Fitting) unused(m *topics.Model, edits []topics.Edit) (numbers []int) {
	for _, k := range (&topics.Replay{Of: f.replay.Of, Edits: edits}).Unused() {
		if k < m.Topics() {
			numbers = append(numbers, k+1)
		}
	}
	return numbers
}
