package fitting

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/james-bowman/sparse"
	"klew/cmd/klew/internal/print"
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
	text, err := source.ReadText(f.Guide)
	if err != nil {
		return fmt.Errorf("reading the guide: %w", err)
	}
	guided, err := topics.ParseGuide(text)
	if err != nil {
		return fmt.Errorf("reading the guide %s: %w", f.Guide, err)
	}
	if len(guided) > f.Options.Topics {
		if !given("topics") {
			return usage.Mistakef("--guide %s is about %d topics, and without -k there are %d: give -k %d or more", f.Guide, len(guided), f.Options.Topics, len(guided))
		}
		return usage.Mistakef("--guide %s is about %d topics, and -k asks for %d", f.Guide, len(guided), f.Options.Topics)
	}
	f.guide, f.Options.SplitMerge = &topics.Guide{Topics: guided, Strength: f.Strength}, 0
	return nil
}

// guided factorises v so that the first topics are about what the guide says.
func (f *Fitting) guided(ctx context.Context, table *vectorize.Table, v *sparse.CSC, origin topics.Origin) (*topics.Model, error) {
	g := f.guide.For(table, origin.Counting)
	for k, words := range g.Unknown {
		if len(words) > 0 {
			f.Say("klew: --guide: not among the words that are counted (stop words, or in too few or too many documents, or in none), of topic %d (%s): %s", k+1, f.guide.Topics[k].Label, shortened(words))
		}
	}
	if !g.AnyKnown() {
		return nil, fmt.Errorf("--guide %s: none of its words is counted, so that there is nothing to be guided by", f.Guide)
	}
	if err := g.Twins(); err != nil {
		return nil, fmt.Errorf("--guide %s: %w", f.Guide, err)
	}
	o := f.Options
	var with *sparse.CSC
	plain, err := f.unguided(ctx, v, g)
	if err != nil {
		return nil, err
	}
	with, o.Start = g.Fit(v, o.Topics, o.Seed, plain)
	result, err := f.solve(ctx, with, o)
	if err != nil {
		return nil, err
	}
	m := g.Model(with, result, origin)
	if f.Strength > 0 {
		f.Say("klew: that is with the counts by which topics lean to the guide; the divergence of the texts alone is %s", digits(m.Outcome.Divergence))
	}
	f.sayTaken(g, m, v)
	return m, nil
}

// unguided is W of a fit without the guide, from which free topics begin; nil if there are none. Those of
// short texts, whose topics are refined, begin with noise: from a fit their topics agree no better with labels
// (BBC titles, ATIS, SNIPS, TREC, messages and abstracts .01 worse in the mean; three sets of long texts .03 better).
func (f *Fitting) unguided(ctx context.Context, v *sparse.CSC, g *topics.Guided) (*nmf.Factor, error) {
	o := f.Options
	if g.Free(o.Topics) == 0 || o.Refines(nmf.MeanTokens(v)) {
		return nil, nil
	}
	o.SplitMerge, o.Refine = nmf.Defaults().SplitMerge, nmf.RefineOff
	factorising := f.Begin("fitting without the guide", o.MaxIter)
	o.Progress = f.steps(factorising)
	result, err := nmf.Fit(ctx, v, o)
	took := factorising.End()
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err // what there is has nothing of the guide
	}
	f.Say("klew: fitted %s without the guide in %.1f s, for the free ones to begin with", print.Count(o.Topics, "topic"), took.Seconds())
	return result.W, nil
}

// sayTaken tells which topics have not become what they were to be.
func (f *Fitting) sayTaken(g *topics.Guided, m *topics.Model, v *sparse.CSC) {
	const keywords = 20
	own, leading := g.Own(m), g.Leading(m, v, keywords)
	for k, taken := range g.Taken(m) {
		label := f.guide.Topics[k].Label
		switch {
		case !g.Known(k):
			f.Say("klew: --guide: topic %d (%s) is free, and without that label: none of its words is counted", k+1, label)
		case taken < 0.5:
			f.Say("klew: --guide: topic %d (%s) did not take: it has %.0f %% of the tokens of its words; more words, or a higher --guide-strength, may help", k+1, label, 100*taken)
		case !leading[k]:
			f.Say("klew: --guide: topic %d (%s) has become something else: in its texts none of its words is among the first %d keywords; name words that more of the texts have", k+1, label, keywords)
		case own[k] > 0.5:
			f.Say("klew: --guide: topic %d (%s) has little but its words: they are %.0f %% of it; a lower --guide-strength leaves room for others", k+1, label, 100*own[k])
		}
	}
}

// shortened are the first of some words, of a line that might be as long as a file.
func shortened(words []string) string {
	const most, longest = 20, 40
	var all []string
	for _, w := range words[:min(most, len(words))] {
		if r := []rune(w); len(r) > longest {
			w = string(r[:longest]) + "…"
		}
		all = append(all, w)
	}
	if left := len(words) - most; left > 0 {
		all = append(all, fmt.Sprintf("and %d more", left))
	}
	return strings.Join(all, ", ")
}
