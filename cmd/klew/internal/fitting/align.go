package fitting

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/comparison"
)

// readOlder reads the model of --align-to, before the work, and returns the words that it bans if
// these are to be left out.
func (f *Fitting) readOlder() (banned []string, err error) {
	switch f.AlignTo {
	case "":
		if f.AlignLabels {
			return nil, usage.Mistakef("--align-labels: of which model is missing: give it with --align-to")
		}
		return nil, nil
	case "-":
		return nil, usage.Mistake(errors.New("--align-to -: a model cannot come from standard input; name a file"))
	}
	if f.older, err = lookup.Model(f.AlignTo); err != nil {
		return nil, fmt.Errorf("--align-to: %w", err)
	}
	if !f.AlignLabels {
		return nil, nil
	}
	r := topics.Replay{Of: f.older.Fitted()}
	if r.Edits, err = f.older.Edits(); err != nil {
		return nil, fmt.Errorf("--align-to: reading the model %s: %w", f.AlignTo, err)
	}
	return r.Banned(), nil
}

// alignTopics gives topics their old numbers, also after an interrupt.
func (f *Fitting) alignTopics(ctx context.Context, m *topics.Model) error {
	if f.older == nil {
		return nil
	}
	fresh, err := comparison.AlignTo(context.WithoutCancel(ctx), f.older, m, f.Options.Threads)
	if err != nil {
		return fmt.Errorf("--align-to %s: %w", f.AlignTo, err)
	}
	m.Origin.AlignedTo = f.AlignTo
	f.sayAligned(m.Topics()-len(m.Gaps), lookup.Numbers(m, fresh))
	f.sayLost(m)
	if f.AlignLabels {
		return f.takeLabels(m, fresh)
	}
	return nil
}

// takeLabels takes labels and bans along, and tells how many.
func (f *Fitting) takeLabels(m *topics.Model, fresh []int) error {
	labels, bans, err := m.TakeLabels(f.older, fresh)
	if err != nil {
		return fmt.Errorf("--align-labels: reading the model %s: %w", f.AlignTo, err)
	}
	f.Say("klew: took %s and %s along from %s", print.Count(labels, "label"), print.Count(bans, "banned word"), f.AlignTo)
	return nil
}

func (f *Fitting) sayAligned(all int, fresh []int) {
	switch kept := all - len(fresh); {
	case kept == 0:
		f.Say("klew: no topic is like one of %s: they have the numbers after those there", f.AlignTo)
	case len(fresh) == 0:
		f.Say("klew: all topics have the numbers that they have in %s", f.AlignTo)
	default:
		f.Say("klew: %d of %s have the numbers that they have in %s; new: %s", kept, print.Count(all, "topic"), f.AlignTo, topics.Listed(fresh))
	}
}

// sayLost tells which numbers of the older model are those of no topic of the new one.
func (f *Fitting) sayLost(m *topics.Model) {
	numbers := func(m *topics.Model) (used []int) {
		for k := range m.Topics() {
			if !slices.Contains(m.Gaps, k) {
				used = append(used, m.Number(k))
			}
		}
		return used
	}
	there := numbers(m)
	lost := slices.DeleteFunc(numbers(f.older), func(n int) bool { return slices.Contains(there, n) })
	if len(lost) > 0 {
		f.Say("klew: not found again of the topics of %s: %s", f.AlignTo, topics.Listed(lost))
	}
}
