package main

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

// aligning is the option --align-to of fit.
type aligning struct {
	path  string
	older *topics.Model // nil without it
}

const alignHelp = `--align-to gives the topics that an older model has, too, the numbers that they have there,
also where its texts, options or number of topics are others; klew help compare says which
topics these are. The others get the numbers that are left, by falling share.
`

// readOlder reads the model of --align-to, before the work.
func (f *fitting) readOlder() (err error) {
	if f.align.path == "" {
		return nil
	}
	if f.align.path == "-" {
		return usage.Mistake(errors.New("--align-to -: a model cannot come from standard input; name a file"))
	}
	if f.align.older, err = lookup.Model(f.align.path); err != nil {
		return fmt.Errorf("--align-to: %w", err)
	}
	return nil
}

// alignTopics gives topics their old numbers, also after an interrupt.
func (f *fitting) alignTopics(ctx context.Context, m *topics.Model) error {
	if f.align.older == nil {
		return nil
	}
	fresh, err := comparison.AlignTo(context.WithoutCancel(ctx), f.align.older, m, f.factors.Threads)
	if err != nil {
		return fmt.Errorf("--align-to %s: %w", f.align.path, err)
	}
	m.Origin.AlignedTo = f.align.path
	f.sayAligned(m.Topics(), numbersOf(m, fresh))
	return nil
}

func (f *fitting) sayAligned(all int, fresh []int) {
	switch kept := all - len(fresh); {
	case kept == 0:
		f.Say("klew: no topic is like one of %s: they are numbered by their share", f.align.path)
	case len(fresh) == 0:
		f.Say("klew: all topics have the numbers that they have in %s", f.align.path)
	default:
		f.Say("klew: %d of %s have the numbers that they have in %s; new: %s", kept, print.Count(all, "topic"), f.align.path, topicNumbers(fresh))
	}
}
