package fitting

import (
	"context"
	"errors"
	"fmt"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/comparison"
)

// readOlder reads the model of --align-to, before the work.
func (f *Fitting) readOlder() (err error) {
	if f.AlignTo == "" {
		return nil
	}
	if f.AlignTo == "-" {
		return usage.Mistake(errors.New("--align-to -: a model cannot come from standard input; name a file"))
	}
	if f.older, err = lookup.Model(f.AlignTo); err != nil {
		return fmt.Errorf("--align-to: %w", err)
	}
	return nil
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
	return nil
}

func (f *Fitting) sayAligned(all int, fresh []int) {
	switch kept := all - len(fresh); {
	case kept == 0:
		f.Say("klew: no topic is like one of %s: they have the numbers after those there", f.AlignTo)
	case len(fresh) == 0:
		f.Say("klew: all topics have the numbers that they have in %s", f.AlignTo)
	default:
		f.Say("klew: %d of %s have the numbers that they have in %s; new: %s", kept, print.Count(all, "topic"), f.AlignTo, lookup.Listed(fresh))
	}
}
