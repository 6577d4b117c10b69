package fitting

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/james-bowman/sparse"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// readGuide reads what --guide names.
func (f *Fitting) readGuide(given func(option string) bool) error {
	if f.Guide == "" {
		if given("guide-strength") {
			return usage.Mistake(errors.New("--guide-strength: there is no --guide"))
		}
		return nil
	}
	for _, option := range []string{"edits", "align-to", "init", "restarts", "halves", "split-merge"} {
		if given(option) {
			return usage.Mistakef("--%s: the fit begins with the topics of --guide %s, which have the first numbers; leave out one of the two", option, f.Guide)
		}
	}
	if !(f.Strength >= 0 && f.Strength <= 10) {
		return usage.Mistakef("--guide-strength %v: must lie between 0 and 10", f.Strength)
	}
	if f.Options.Loss != nmf.KullbackLeibler || f.Options.AlphaW > 0 || f.Options.AlphaH > 0 {
		return usage.Mistake(errors.New("--guide: adds counts, which only the divergence without penalties knows; leave out --loss and --alpha-w, --alpha-h"))
	}
	if f.Options.Refine == nmf.RefineOn && f.Strength > 0 {
		return usage.Mistake(errors.New("--refine on: guided topics lean to their words by counts of their own, which a refinement does not know; leave out one of the two, or say --guide-strength 0"))
	}
	text, err := source.ReadText(f.Guide)
	if err != nil {
		return fmt.Errorf("reading the guide: %w", err)
	}
	guided, err := topics.ParseGuide(text)
	if err != nil {
		return fmt.Errorf("reading the guide %s: %w", f.Guide, err)
	}
	if len(guided) > f.Options.Topics {
		return usage.Mistakef("--guide %s is about %d topics, and -k asks for %d", f.Guide, len(guided), f.Options.Topics)
	}
	f.guide, f.Options.SplitMerge = &topics.Guide{Topics: guided, Strength: f.Strength}, 0
	return nil
}

// guided factorises v so that the first topics are about what the guide says.
func (f *Fitting) guided(ctx context.Context, table *vectorize.Table, v *sparse.CSC, origin topics.Origin) (*topics.Model, error) {
	g := f.guide.For(table)
	for k, words := range g.Unknown {
		if len(words) > 0 {
			f.Say("klew: --guide: the texts do not hold, or too rarely, of topic %d (%s): %s", k+1, f.guide.Topics[k].Label, strings.Join(words, ", "))
		}
	}
	o := f.Options
	var with *sparse.CSC
	with, o.Start = g.Fit(v, o.Topics, o.Seed)
	result, err := f.solve(ctx, with, o)
	if err != nil {
		return nil, err
	}
	if x := result.Refinement; x != nil && !x.Done && x.Tokens <= nmf.RefineTokens && f.Strength > 0 {
		f.Say("klew: not refined, though the texts are short: guided topics lean to their words, which a refinement does not know; --guide-strength 0 refines")
	}
	m := g.Model(with, result, origin)
	for k, taken := range g.Taken(m) {
		if taken < 0.5 {
			f.Say("klew: --guide: topic %d (%s) did not take: it has %.0f %% of the tokens of its words; more words, or a higher --guide-strength, may help", k+1, f.guide.Topics[k].Label, 100*taken)
		}
	}
	return m, nil
}
