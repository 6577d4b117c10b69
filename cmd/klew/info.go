package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/fitting"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// about is the command info.
type about struct {
	*print.Console
	format formatFlag
	ledger bool
}

func newInfo(p *print.Console) *cobra.Command {
	a := &about{Console: p}
	c := &cobra.Command{
		Use:   "info MODEL|CORPUS",
		Short: "Print how a model, or a counted corpus, came about",
		Long: `Print what is in a model and how it came about: the program and its options, the
divergence reached and why fitting stopped, how far from a stationary point (residual),
what became of each restart, how stable each topic is if that is known (klew help fit
says what it means), and which are not, the numbers of documents, terms and tokens, the
lines of klew edit, what was dropped in counting, and each file that was skipped or
repaired, with the reason. Of a file of klew import the same, as far as it goes. Columns:
field, value.

--ledger prints the ledger alone, which says what became of files that were not read as
they are: an entry a line, with the columns path, action (skipped, repaired, or note),
reason, detail, and the number of files or documents for which the line stands.`,
		Example: `  klew info notes.klew
  klew info notes.klew --format tsv | grep skipped
  klew info notes.klew --ledger --format json
  klew info notes.kcorpus --format json`,
		Args: usage.Args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return a.run(c.Context(), args[0]) },
	}
	a.format.add(c)
	c.Flags().BoolVar(&a.ledger, "ledger", false, "print the ledger, and nothing else")
	return c
}

func (a *about) run(ctx context.Context, path string) error {
	all, ledger, err := factsAbout(ctx, path)
	if err != nil {
		return err
	}
	if a.ledger {
		return a.printLedger(ledger)
	}
	to := a.format.newPrinter(a.Out, []string{"field", "value"})
	for _, f := range all {
		if err := to.row(f.field, f.value); err != nil {
			return err
		}
	}
	return to.close()
}

func (a *about) printLedger(l corpus.Ledger) error {
	to := a.format.newPrinter(a.Out, []string{"path", "action", "reason", "detail", "files"})
	for _, e := range l {
		if err := to.row(e.Path, e.Action(), e.Reason, e.Detail, max(1, e.Files)); err != nil {
			return err
		}
	}
	return to.close()
}

// factsAbout is all that info prints, in order, and the ledger.
func factsAbout(ctx context.Context, path string) (factList, corpus.Ledger, error) {
	if vectorize.IsCounted(path) {
		return factsOfCounted(ctx, path)
	}
	m, err := lookup.Model(path)
	if err != nil {
		return nil, nil, err
	}
	return factsOfModel(m), m.Origin.Ledger, nil
}

type fact struct{ field, value string }

type factList []fact

func (l *factList) add(field string, value any) {
	*l = append(*l, fact{field, fmt.Sprint(value)})
}

func factsOfModel(m *topics.Model) factList {
	var all factList
	add := all.add
	tokens, unknown, empty := 0, 0, 0
	for _, d := range m.Documents {
		tokens += d.Tokens
		unknown += d.Unknown
		if d.Tokens == 0 {
			empty++
		}
	}
	options, outcome := m.Origin.Fitting, m.Outcome
	add("program", m.Origin.Program)
	add("paths", strings.Join(lookup.WithList(m.Origin.Paths, &m.Origin.Reading), " "))
	all = append(all, readingFacts(&m.Origin.Reading)...)
	add("documents", len(m.Documents))
	add("documents without tokens", empty)
	add("terms", len(m.Vocabulary.Terms))
	add("tokens", tokens)
	add("tokens dropped with their terms", unknown)
	add("topics", m.Topics())
	if m.Origin.AlignedTo != "" {
		add("numbered as in", m.Origin.AlignedTo)
	}
	if fitted := m.Fitted().Topics(); fitted != m.Topics() {
		add("topics as fitted", fitted)
	}
	add("divergence", fmt.Sprintf("%.1f", outcome.Divergence))
	add("iterations", outcome.Iterations)
	add("status", outcome.Status)
	if outcome.Residual > 0 { // else it was not measured
		add("residual", fmt.Sprintf("%.2g", outcome.Residual))
	}
	if outcome.Penalty > 0 {
		add("penalty", fmt.Sprintf("%.1f", outcome.Penalty))
	}
	add("loss", options.Loss)
	add("solver", options.Solver)
	add("init", options.Init)
	add("split-merge", options.SplitMerge)
	add("seed", options.Seed)
	add("restarts", options.Restarts)
	for _, r := range outcome.Restarts {
		add("restart", fitting.Told(r))
	}
	all.addStability(m)
	if m.Origin.Edits != "" {
		add("edits of", m.Origin.Edits)
	}
	add("max-iter", options.MaxIter)
	add("tol", options.Tol)
	add("alpha-w", options.AlphaW)
	add("alpha-h", options.AlphaH)
	add("l1-ratio", options.L1Ratio)
	all.addWords(m.Origin.Counting, len(m.Vocabulary.Phrases))
	counting := m.Origin.Counting
	add("min-df", counting.MinDF)
	add("max-df", counting.MaxDF)
	add("max-features", counting.MaxFeatures)
	add("weighting", counting.Weighting)
	for _, line := range m.Journal {
		add("edit", line)
	}
	all.addLosses(m.Origin.Dropped, m.Origin.Ledger)
	return all
}

// addStability adds what halves of the documents tell of the topics, if there were any.
func (l *factList) addStability(m *topics.Model) {
	if m.Origin.Fitting.Halves > 0 {
		l.add("halves", m.Origin.Fitting.Halves)
	}
	if m.Stability == nil {
		return
	}
	all := make([]string, len(m.Stability))
	for k, s := range m.Stability {
		all[k] = fmt.Sprintf("%d: %.3f", m.Number(k), s)
	}
	l.add("stability by topic", strings.Join(all, ", "))
	if unstable := m.Unstable(); unstable != nil {
		l.add("unstable topics", lookup.Listed(lookup.Numbers(m, unstable)))
	}
}

// factsOfCounted reads the file to its end, so that it is known to be sound.
func factsOfCounted(ctx context.Context, path string) (factList, corpus.Ledger, error) {
	c, err := vectorize.OpenCounted(path)
	if err != nil {
		return nil, nil, err
	}
	defer c.Close()
	empty, err := c.Empty(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the counted corpus %s: %w", path, err)
	}
	var all factList
	all.add("program", c.Program)
	all.add("paths", strings.Join(lookup.WithList(c.Paths, &c.Reading), " "))
	all = append(all, readingFacts(&c.Reading)...)
	all.add("documents", len(c.Documents))
	all.add("documents without tokens", empty)
	all.add("terms", len(c.Terms))
	all.add("tokens", c.Tokens())
	all.add("non-zeros", c.NonZeros())
	all.addWords(c.Options, len(c.Phrases))
	all.addLosses(c.Dropped, c.Ledger)
	return all, c.Ledger, nil
}

// addWords adds how text was counted, and how many phrases were found.
func (l *factList) addWords(o vectorize.Options, phrases int) {
	l.add("language", o.Language)
	if o.MainLanguage != "" {
		l.add("main language", o.MainLanguage)
	}
	l.add("stem", o.Stem)
	if o.OwnStopWords() {
		l.add("stop words", fmt.Sprintf("each language's own and %d others", len(o.ExtraStopWords)))
	} else {
		l.add("stop words", len(o.StopWords))
	}
	l.add("ngram-range", o.NGrams)
	if o.Phrases {
		l.add("phrases", fmt.Sprintf("%s, at least %d times, threshold %v", print.Grouped(phrases), o.PhraseMinCount, o.PhraseThreshold))
	}
	l.add("token-pattern", o.TokenPattern)
	l.add("rules", o.Rules)
	l.add("keep", o.Keep)
	l.add("split", o.Split)
	l.add("min-length", o.MinLength)
}

// addLosses adds what was dropped, skipped or repaired.
func (l *factList) addLosses(dropped []vectorize.Dropped, ledger corpus.Ledger) {
	for _, d := range dropped {
		l.add("dropped: "+d.Reason, print.Count(d.Terms, "term")+", "+print.Count(d.Tokens, "token"))
	}
	for _, c := range ledger.Counts() {
		l.add(corpus.Entry{Repaired: c.Repaired, Note: c.Note}.Action()+": "+c.Reason, print.Count(c.Files, source.Thing(c.Reason)))
	}
	for _, e := range ledger {
		value := e.Path + ": " + source.Because(e)
		if e.Files > 1 {
			value += " (" + print.Count(e.Files, source.Thing(e.Reason)) + ")"
		}
		l.add(e.Action(), value)
	}
}

// readingFacts are the options on reading that the user gave.
func readingFacts(o *corpus.Options) (given []fact) {
	add := func(field, value string) {
		if value != "" {
			given = append(given, fact{field, value})
		}
	}
	if o.Format != corpus.Auto {
		add("input", o.Format)
	}
	add("text-column", strings.Join(o.TextColumns, " "))
	add("id-column", o.IDColumn)
	add("date-column", o.DateColumn)
	if o.Mail {
		add("mail", "true")
	}
	add("encoding", o.Encoding)
	add("include", strings.Join(o.Include, " "))
	add("exclude", strings.Join(o.Exclude, " "))
	if o.Hidden {
		add("hidden", "true")
	}
	add("meta-path", o.MetaPath)
	add("segment", o.Segment)
	if o.Dedupe != corpus.DedupeOff {
		add("dedupe", o.Dedupe)
	}
	return given
}
