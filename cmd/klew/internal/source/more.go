package source

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// CountMore counts documents as those of a model were read and counted, all their terms; limits that the user
// gave hold for new words. Options that say how text is counted are refused.
func (in *Input) CountMore(ctx context.Context, paths []string, m *topics.Model, model string) (*vectorize.Counted, corpus.Ledger, error) {
	limits := []string{"min-df", "max-df", "max-features"}
	counting := m.Origin.Counting
	for _, option := range textOptions {
		if in.Given(option) && !slices.Contains(limits, option) {
			return nil, nil, usage.Mistakef("--%s: text is counted as for %s, and not otherwise", option, model)
		}
	}
	if in.Given("min-df") {
		counting.MinDF = in.Counting.MinDF
	}
	if in.Given("max-df") {
		counting.MaxDF = in.Counting.MaxDF
	}
	if in.Given("max-features") {
		counting.MaxFeatures = in.Counting.MaxFeatures
	}
	counting.Threads, in.Counting = in.Counting.Threads, counting
	switch in.kind {
	case ofMatrix:
		return nil, nil, usage.Mistakef("--update is for texts, and for files of klew import, and not for a matrix")
	case ofCounted:
		c, origin, err := in.OpenCounted(paths[0], func(int) error { return nil })
		if err == nil {
			err = cmp.Or(sameReading(origin.Reading, m.Origin.Reading, paths[0], model), sameCounting(c, counting, paths[0], model))
		}
		return c, origin.Ledger, err
	}
	in.Texts.LikeThoseOf(m.Origin.Reading.ForOthers(), in.Given)
	return in.countAll(ctx, paths)
}

// sameReading refuses a corpus of which mails were read otherwise: their headers are words that the
// model must not learn as topics.
func sameReading(have, want corpus.Options, path, model string) error {
	if have.Mail == want.Mail {
		return nil
	}
	with := map[bool]string{true: "with --mail", false: "without --mail"}
	return fmt.Errorf("%s was read %s, and %s %s: name the texts in its place", path, with[have.Mail], model, with[want.Mail])
}

// sameCounting refuses a corpus that was counted otherwise than the model.
func sameCounting(c *vectorize.Counted, want vectorize.Options, path, model string) error {
	for _, d := range c.Differences(want) {
		return fmt.Errorf("%s was counted with %s %s, and %s with %s: name the texts in its place", path, d.Option, d.Was, model, d.Want)
	}
	return nil
}

// countAll counts texts.
func (in *Input) countAll(ctx context.Context, paths []string) (*vectorize.Counted, corpus.Ledger, error) {
	texts, err := in.Texts.Open(in.Console, paths, in.Counting.Threads)
	if err != nil {
		return nil, nil, err
	}
	reading := in.Begin("reading", texts.Len())
	c, err := vectorize.CountAll(ctx, Shown(texts.Documents(ctx), reading), in.Counting, vectorize.Room{})
	took := reading.End()
	if err := cmp.Or(in.Texts.Account(in.Console, texts), err); err != nil {
		return nil, nil, err
	}
	in.Say("klew: read %s in %.1f s: %s", print.Count(len(c.Documents), "document"), took.Seconds(), print.Count(c.Tokens(), "token"))
	return c, texts.Ledger(), nil
}
