package main

import (
	"context"
	"errors"
	"slices"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// wordsCommand is the command words: the topics, forms and documents of words.
type wordsCommand struct {
	*print.Console
	documents   int
	suggestions int
	noTexts     bool
	section     string
	context     int
	given       func(option string) bool
	format      print.Format
}

// wordSections are the parts of what there is to say of a word.
var wordSections = []string{tables.FactsName, "topics", "forms", "documents", "suggestions"}

const wordsHelp = `Print the topics of words, how they are written, and the documents that have them most. A
TERM is written as in the texts or as a stem; several words in quotes are a phrase. It is cut
as the texts were.

  facts        term: as you gave it; status; shown: as klew shows it; stem; count: how
               often it occurs, all forms together; df: in how many documents
  topics       topic, label, of_term: p(topic | term), the part of its tokens that belong to
               the topic; of_topic: p(term | topic); rank: its place among the topic's words
  forms        form, count
  documents    document, count: how often it has the term; expected: the same by the model,
               an entry of W H (with --weighting another than count on that scale);
               tokens; topic: the first of the document
  suggestions  suggestion, count: terms that are written alike, for one that is not known

status is known, or why a term is not: stop word, too short, no word (as numbers are, or a
URL), several words (no phrase of the model: ask for each), pruned (it is in the texts, but
the limits left it out, or it was fitted without them), never seen, or unknown (pruned or
never seen: the texts are not there to tell).

To count, the texts are read again from where they were. If they are not there any more,
or with --no-texts, documents come by expected, and count is empty.

--context N prints instead the lines in which the words stand, in all their forms, with N words
on either side: term, document, topic (that the word most probably is of, there), label, share
(how probably), before, word, after. -n is then the number of lines of each term, 25 unless it
is given, in the order of the documents.

JSON is a list with an object for each term: the facts, and a list for each other section.
TSV, CSV and JSON Lines have a row for each row of each section: the term, the section, and
its columns. --section prints one as a table of its own. klew help counting tells what a
word is, and which words are counted.`

func newWords(p *print.Console) *cobra.Command {
	d := &wordsCommand{Console: p, documents: 5, suggestions: 5}
	c := &cobra.Command{
		Use:   "words MODEL TERM...",
		Short: "Print the topics, forms and documents of words",
		Long:  wordsHelp,
		Example: `  klew words notes.klew honey
  klew words notes.klew bees "new york"
  klew words notes.klew honey wax --section topics --format csv
  klew words notes.klew honey --context 8          the word in its lines
  klew words notes.klew honey --no-texts --format json`,
		Args: usage.Args("MODEL", "TERM..."),
		RunE: func(c *cobra.Command, args []string) error {
			d.given = c.Flags().Changed
			return d.run(c.Context(), args[0], args[1:])
		},
	}
	flags := c.Flags()
	usage.Listed(c, &d.documents, "documents", "n", 0, "documents, or with --context lines, to print of each term (0: none)")
	usage.Count(c, &d.context, "context", "", 0, mostContext, "print each word in its line, with `N` words on either side")
	usage.Listed(c, &d.suggestions, "suggestions", "", 0, "terms to suggest for one that is not known (0: none)")
	flags.BoolVar(&d.noTexts, "no-texts", false, "do not read the texts again")
	usage.Choose(c, &d.section, "section", "", wordSections, "print only this section")
	d.format.AddFlags(c)
	return c
}

func (d *wordsCommand) run(ctx context.Context, path string, typed []string) error {
	m, err := lookup.Model(path, typed...)
	if err != nil {
		return err
	}
	asked, err := lookup.FindWords(m, typed)
	if err != nil {
		return err
	}
	if d.given("context") {
		return d.inContext(ctx, m, asked)
	}
	if !d.noTexts {
		byDocument := d.documents > 0 && (d.section == "" || d.section == "documents")
		if err := lookup.CountWords(ctx, d.Console, m, asked, byDocument); err != nil {
			return err
		}
	}
	labels := m.Labels()
	var all []print.Sheet
	for i := range asked {
		all = append(all, d.sheet(m, &asked[i], labels))
	}
	return print.Sheets(d.Console, d.format, all, d.section, false)
}

const (
	// mostContext is how many words may be asked for on either side.
	mostContext = 1000
	// linesShown is how many lines of a term are printed unless the user says otherwise.
	linesShown = 25
)

// inContext prints the words in the lines where they stand.
func (d *wordsCommand) inContext(ctx context.Context, m *topics.Model, asked []lookup.Word) error {
	if d.noTexts || d.section != "" {
		return usage.Mistakef("--context: prints lines of the texts; leave out --no-texts and --section")
	}
	if !d.given("documents") {
		d.documents = linesShown
	}
	var terms []string
	var rows []int
	for i := range asked {
		switch a := &asked[i]; {
		case a.Row < 0:
			d.Say("klew: %s is left out: it is no term of the model (%s); klew words without --context tells more", a.Typed, a.Status)
		case slices.Contains(rows, a.Row):
			d.Say("klew: %s is left out: its forms are among those of another word that is asked for", a.Typed)
		default:
			terms, rows = append(terms, a.Typed), append(rows, a.Row)
		}
	}
	if len(rows) == 0 {
		return errors.New("--context: none of the words is a term of the model")
	}
	found, counts, err := lookup.InContext(ctx, d.Console, m, rows, d.context, d.documents)
	if err != nil {
		return err
	}
	for i, n := range counts {
		if n > len(found[i]) {
			d.Say("klew: %s: %s of %s; -n %d prints all", terms[i], print.Grouped(len(found[i])), print.Count(n, "line"), n)
		}
	}
	return print.InContext(d.Console, d.format, m, terms, found)
}
