package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// about is the command info.
type about struct {
	*program
	format formatFlag
}

func newInfo(p *program) *cobra.Command {
	a := &about{program: p}
	c := &cobra.Command{
		Use:   "info MODEL|CORPUS",
		Short: "Print how a model, or a counted corpus, came about",
		Long: `Print what is in a model and how it came about: the program and its options, the
divergence reached and why fitting stopped, how far from a stationary point (residual),
what became of each restart, the numbers of documents, terms and tokens, what was
dropped in counting, and each file that was skipped or repaired, with the reason. Of a
file of klew import the same, as far as it goes. Columns: field, value.`,
		Example: `  klew info notes.klew
  klew info notes.klew --format tsv | grep skipped
  klew info notes.kcorpus --format json`,
		Args: args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return a.run(c.Context(), args[0]) },
	}
	a.format.add(c)
	return c
}

func (a *about) run(ctx context.Context, path string) error {
	all, err := factsAbout(ctx, path)
	if err != nil {
		return err
	}
	to := a.format.newPrinter(a.out, []string{"field", "value"})
	for _, f := range all {
		if err := to.row(f.field, f.value); err != nil {
			return err
		}
	}
	return to.close()
}

// factsAbout is all that info prints, in order.
func factsAbout(ctx context.Context, path string) (factList, error) {
	if vectorize.IsCounted(path) {
		return factsOfCounted(ctx, path)
	}
	m, err := load(path)
	if err != nil {
		return nil, err
	}
	return factsOfModel(m), nil
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
	counting, fitting, outcome := m.Origin.Counting, m.Origin.Fitting, m.Outcome
	add("program", m.Origin.Program)
	add("paths", strings.Join(m.Origin.Paths, " "))
	add("documents", len(m.Documents))
	add("documents without tokens", empty)
	add("terms", len(m.Vocabulary.Terms))
	add("tokens", tokens)
	add("tokens dropped with their terms", unknown)
	add("topics", m.Topics())
	add("divergence", fmt.Sprintf("%.1f", outcome.Divergence))
	add("iterations", outcome.Iterations)
	add("status", outcome.Status)
	if outcome.Residual > 0 { // else it was not measured
		add("residual", fmt.Sprintf("%.2g", outcome.Residual))
	}
	if outcome.Penalty > 0 {
		add("penalty", fmt.Sprintf("%.1f", outcome.Penalty))
	}
	add("loss", fitting.Loss)
	add("solver", fitting.Solver)
	add("init", fitting.Init)
	add("rearrange", fitting.Rearrange)
	add("seed", fitting.Seed)
	add("restarts", fitting.Restarts)
	for _, r := range outcome.Restarts {
		add("restart", told(r))
	}
	add("max-iter", fitting.MaxIter)
	add("tol", fitting.Tol)
	add("alpha-w", fitting.AlphaW)
	add("alpha-h", fitting.AlphaH)
	add("l1-ratio", fitting.L1Ratio)
	all.addWords(counting)
	add("min-df", counting.MinDF)
	add("max-df", counting.MaxDF)
	add("max-features", counting.MaxFeatures)
	add("weighting", counting.Weighting)
	all.addLosses(m.Origin.Dropped, m.Origin.Ledger)
	return all
}

// factsOfCounted reads the file to its end, so that it is known to be sound.
func factsOfCounted(ctx context.Context, path string) (factList, error) {
	c, err := vectorize.OpenCounted(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	empty, err := c.Empty(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the counted corpus %s: %w", path, err)
	}
	var all factList
	all.add("program", c.Program)
	all.add("paths", strings.Join(c.Paths, " "))
	all.add("documents", len(c.Documents))
	all.add("documents without tokens", empty)
	all.add("terms", len(c.Terms))
	all.add("tokens", c.Tokens())
	all.add("non-zeros", c.NonZeros())
	all.addWords(c.Options)
	all.addLosses(c.Dropped, c.Ledger)
	return all, nil
}

// addWords adds how text was counted.
func (l *factList) addWords(o vectorize.Options) {
	l.add("language", o.Language)
	l.add("stem", o.Stem)
	l.add("stop words", len(o.StopWords))
	l.add("ngram-range", o.NGrams)
	l.add("token-pattern", o.TokenPattern)
}

// addLosses adds what was dropped, skipped or repaired.
func (l *factList) addLosses(dropped []vectorize.Dropped, ledger corpus.Ledger) {
	for _, d := range dropped {
		l.add("dropped: "+d.Reason, count(d.Terms, "term")+", "+count(d.Tokens, "token"))
	}
	for _, c := range ledger.Counts() {
		l.add(action(c.Repaired)+": "+c.Reason, count(c.Files, "file"))
	}
	for _, e := range ledger {
		l.add(action(e.Repaired), e.Path+": "+because(e))
	}
}

func action(repaired bool) string {
	if repaired {
		return "repaired"
	}
	return "skipped"
}
