package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/topics"
)

// about is the command info.
type about struct {
	*program
	format formatFlag
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
Columns: field, value.`,
		Example: `  klew info notes.klew
  klew info notes.klew --format tsv | grep skipped`,
		Args: args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return a.run(args[0]) },
	}
	a.format.add(c)
	return c
}

func (a *about) run(path string) error {
	m, err := load(path)
	if err != nil {
		return err
	}
	to := a.format.newPrinter(a.out, []string{"field", "value"})
	for _, f := range facts(m) {
		if err := to.row(f.field, f.value); err != nil {
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
	fitting, outcome := m.Origin.Fitting, m.Outcome
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
	addCounting(add, m)
	for _, d := range m.Origin.Dropped {
		add("dropped: "+d.Reason, count(d.Terms, "term")+", "+count(d.Tokens, "token"))
	}
	for _, c := range m.Origin.Ledger.Counts() {
		add(action(c.Repaired)+": "+c.Reason, count(c.Files, "file"))
	}
	for _, e := range m.Origin.Ledger {
		add(action(e.Repaired), e.Path+": "+because(e))
	}
	return all
}

func action(repaired bool) string {
	if repaired {
		return "repaired"
	}
	return "skipped"
}
