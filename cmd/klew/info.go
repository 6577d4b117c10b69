package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/corpus"
	"klew/topics"
)

// about is the command info.
type about struct {
	*program
	format formatFlag
	ledger bool
}

func newInfo(p *program) *cobra.Command {
	a := &about{program: p}
	c := &cobra.Command{
		Use:   "info MODEL",
		Short: "Print how a model came about",
		Long: `Print what is in a model and how it came about: the program and its options, the
divergence reached and why fitting stopped, how far from a stationary point (residual),
what became of each restart, the numbers of documents, terms and tokens, what was
dropped in counting, and each file that was skipped or repaired, with the reason.
Columns: field, value.

--ledger prints the ledger alone, which says what became of files that were not read as
they are: an entry a line, with the columns path, action (skipped, repaired, or note),
reason, detail, and the number of files or documents for which the line stands.`,
		Example: `  klew info notes.klew
  klew info notes.klew --format tsv | grep skipped
  klew info notes.klew --ledger --format json`,
		Args: args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return a.run(args[0]) },
	}
	a.format.add(c)
	c.Flags().BoolVar(&a.ledger, "ledger", false, "print the ledger, and nothing else")
	return c
}

func (a *about) run(path string) error {
	m, err := load(path)
	if err != nil {
		return err
	}
	if a.ledger {
		return a.printLedger(m.Origin.Ledger)
	}
	to := a.format.newPrinter(a.out, []string{"field", "value"})
	for _, f := range facts(m) {
		if err := to.row(f.field, f.value); err != nil {
			return err
		}
	}
	return to.close()
}

func (a *about) printLedger(l corpus.Ledger) error {
	to := a.format.newPrinter(a.out, []string{"path", "action", "reason", "detail", "files"})
	for _, e := range l {
		if err := to.row(e.Path, e.Action(), e.Reason, e.Detail, max(1, e.Files)); err != nil {
			return err
		}
	}
	return to.close()
}

type fact struct{ field, value string }

// facts is all that info prints, in order.
func facts(m *topics.Model) []fact {
	var all []fact
	add := func(field string, value any) { all = append(all, fact{field, fmt.Sprint(value)}) }
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
	all = append(all, readingFacts(&m.Origin.Reading)...)
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
	add("language", counting.Language)
	add("stem", counting.Stem)
	add("stop words", len(counting.StopWords))
	add("min-df", counting.MinDF)
	add("max-df", counting.MaxDF)
	add("max-features", counting.MaxFeatures)
	add("ngram-range", counting.NGrams)
	add("token-pattern", counting.TokenPattern)
	add("weighting", counting.Weighting)
	for _, d := range m.Origin.Dropped {
		add("dropped: "+d.Reason, count(d.Terms, "term")+", "+count(d.Tokens, "token"))
	}
	for _, c := range m.Origin.Ledger.Counts() {
		add(corpus.Entry{Repaired: c.Repaired, Note: c.Note}.Action()+": "+c.Reason, count(c.Files, thing(c.Reason)))
	}
	for _, e := range m.Origin.Ledger {
		value := e.Path + ": " + because(e)
		if e.Files > 1 {
			value += " (" + count(e.Files, thing(e.Reason)) + ")"
		}
		add(e.Action(), value)
	}
	return all
}

// readingFacts are the options on reading that the user gave.
func readingFacts(o *corpus.Options) (given []fact) {
	add := func(field, value string) {
		if value != "" {
			given = append(given, fact{field, value})
		}
	}
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
