package main

import (
	"bufio"
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
	"klew/nmf"
	"klew/topics"
	"klew/topics/tables"
	"klew/vectorize"
)

// infoCommand is the command info.
type infoCommand struct {
	*print.Console
	format print.Format
	ledger bool
	cite   bool
}

func newInfo(p *print.Console) *cobra.Command {
	a := &infoCommand{Console: p}
	c := &cobra.Command{
		Use:   "info MODEL|CORPUS",
		Short: "Print how a model, or a counted corpus, came about",
		Long: `Print what is in a model and how it came about: the program and its options, the
divergence reached and why fitting stopped, how far from a stationary point (residual),
what became of each restart, how stable each topic is, if that is known (klew help trust
says what it means), the numbers of documents, terms and tokens, the lines of klew edit,
what was dropped in counting, and each file that was skipped or repaired, with the reason.
Of a file of klew import the same, as far as it goes. Columns: field, value. In JSON it is
one object with a member for each field (max_iter for max-iter), and lists: fits (of the
restarts), stability (by topic), edits, dropped, and ledger.

--ledger prints the ledger alone, which says what became of files that were not read as
they are: an entry a line, with the columns path, action (skipped, repaired, or note),
reason, detail, and the number of files or documents for which the line stands.

--cite prints a paragraph of methods to put into a paper (texts, words, options, quality,
version), the works that it names, and how to cite klew; in JSON an object: methods,
references, cite.`,
		Example: `  klew info notes.klew
  klew info notes.klew --format tsv | grep skipped
  klew info notes.klew --ledger --format json
  klew info notes.klew --cite > methods.txt
  klew info notes.kcorpus --format json`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return a.run(c.Context(), args[0]) },
	}
	a.format.AddFlags(c)
	c.Flags().BoolVar(&a.ledger, "ledger", false, "print the ledger, and nothing else")
	c.Flags().BoolVar(&a.cite, "cite", false, "print a paragraph of methods for a paper, and how to cite klew")
	usage.Either(c, "ledger", "cite")
	return c
}

func (a *infoCommand) run(ctx context.Context, path string) error {
	if a.cite {
		return a.printCitation(path)
	}
	s, more, ledger, err := sheetOf(ctx, path)
	switch in, _ := a.format.InForce(a.Out); {
	case err != nil:
		return err
	case a.ledger:
		return print.Table(a.Console, a.format, tables.Ledger(ledger))
	case in == "json" || in == "jsonl":
		return tables.WriteObject(a.Out, &s, in == "jsonl")
	}
	return print.Table(a.Console, a.format, tables.Listing(&s, more))
}

// printCitation prints what a paper says of a model.
func (a *infoCommand) printCitation(path string) error {
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	c := tables.Cite(m)
	if in, _ := a.format.InForce(a.Out); in == "json" || in == "jsonl" {
		s := c.Sheet()
		return tables.WriteObject(a.Out, &s, in == "jsonl")
	}
	w := bufio.NewWriter(a.Out)
	const width = 95
	print.Wrapped(w, c.Methods, "", width)
	w.WriteString("\nReferences:\n")
	for _, work := range append(c.References, c.Program) {
		print.Wrapped(w, work, "  ", width)
	}
	return w.Flush()
}

// sheetOf is all that info prints, the lines for what is in its parts, and the ledger.
func sheetOf(ctx context.Context, path string) (s tables.Sheet, more []tables.Line, ledger corpus.Ledger, err error) {
	if vectorize.IsCounted(path) {
		return sheetOfCounted(ctx, path)
	}
	m, err := lookup.Model(path)
	if err != nil {
		return s, nil, nil, err
	}
	var lines lineList
	for _, r := range m.Outcome.Restarts {
		lines.add("restart", fitting.Told(r))
	}
	lines.addStability(m)
	lines.addAlpha(m.Outcome.Refinement)
	for _, line := range m.Journal {
		lines.add("edit", line)
	}
	lines.addLosses(m.Origin.Dropped, m.Origin.Ledger)
	return tables.ModelInfo(m), lines, m.Origin.Ledger, nil
}

// sheetOfCounted reads the file to its end, so that it is known to be sound.
func sheetOfCounted(ctx context.Context, path string) (s tables.Sheet, more []tables.Line, ledger corpus.Ledger, err error) {
	c, err := vectorize.OpenCounted(path)
	if err != nil {
		return s, nil, nil, err
	}
	defer c.Close()
	empty, err := c.Empty(ctx)
	if err != nil {
		return s, nil, nil, fmt.Errorf("reading the counted corpus %s: %w", path, err)
	}
	var lines lineList
	lines.addLosses(c.Dropped, c.Ledger)
	return tables.CountedInfo(c, empty), lines, c.Ledger, nil
}

type lineList []tables.Line

func (l *lineList) add(field, value string) { *l = append(*l, tables.Line{Field: field, Value: value}) }

// addStability adds how far each topic was found again in halves of the documents, if there
// were any.
func (l *lineList) addStability(m *topics.Model) {
	if m.Stability == nil {
		return
	}
	all := make([]string, len(m.Stability))
	for k, s := range m.Stability {
		all[k] = fmt.Sprintf("%d: %.3f", m.Number(k), s)
	}
	l.add("stability by topic", strings.Join(all, ", "))
}

// addLosses adds what was dropped, skipped or repaired.
func (l *lineList) addLosses(dropped []vectorize.Dropped, ledger corpus.Ledger) {
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

// addAlpha adds the pseudo-counts of a document in each topic, if topics were refined.
func (l *lineList) addAlpha(r *nmf.Refinement) {
	if r == nil || !r.Done {
		return
	}
	alpha := make([]string, len(r.Alpha))
	for k, a := range r.Alpha {
		alpha[k] = fmt.Sprintf("%d: %.4g", k+1, a)
	}
	l.add("alpha by topic", strings.Join(alpha, ", "))
}
