package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// listing is the command topics.
type listing struct {
	*print.Console
	ranked  ranking
	words   int
	long    bool
	details bool
	typical int
	format  print.Format
}

// defaultTypical is the number of typical documents of a topic.
const defaultTypical = 3

func newListing(p *print.Console) *listing {
	return &listing{Console: p, ranked: newRanking(), words: defaultWords, typical: defaultTypical}
}

func newTopics(p *print.Console) *cobra.Command {
	l := newListing(p)
	c := &cobra.Command{
		Use:   "topics MODEL",
		Short: "Print the keywords of each topic",
		Long: `Print the keywords of each topic, and the topic's share of the corpus. Columns: topic,
label (the one that klew edit has given it, or two or three of its words), share, stability
(if it is known: how far other fits have found the topic too, from 0 to 1), and keywords, in
JSON an array.

` + rankingHelp + `

--details adds entropy, that of its distribution over terms, in nats: a topic of entropy h is
as wide as e^h words that are equally probable; first_in, the number of documents in which it comes first; and typical,
the documents most typical of it: those with the largest proportion, where a short
document's counts less. JSON and JSON Lines have all this always.

With --long, one line a keyword: topic, label, rank, term, weight. The weight is the term's
probability in the topic. Unless the ranking is by probability, score comes behind it:
the value by which the term is ranked.`,
		Example: `  klew topics notes.klew
  klew topics notes.klew --by relevance --words 20
  klew topics notes.klew --details --format json
  klew topics notes.klew --long --format csv > keywords.csv`,
		Args: usage.Args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return l.run(args[0]) },
	}
	l.ranked.add(c)
	c.Flags().IntVar(&l.words, "words", l.words, "keywords to print for each topic")
	c.Flags().BoolVar(&l.details, "details", false, "print entropy, first_in, and typical documents, too")
	c.Flags().IntVar(&l.typical, "typical", l.typical, "typical documents to name (0: none)")
	c.Flags().BoolVar(&l.long, "long", false, "print one line a keyword, with its weight")
	l.format.AddTo(c.Flags())
	return c
}

func (l *listing) run(path string) error {
	if err := errors.Join(usage.AtLeastOne(l.words, "words"), l.ranked.check(), usage.NoLess(l.typical, "typical")); err != nil {
		return err
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	if l.long {
		return l.printKeywords(m)
	}
	return l.print(m)
}

// print prints a row a topic.
func (l *listing) print(m *topics.Model) error {
	in, width := l.format.InForce(l.Out)
	details := l.details || in == "json" || in == "jsonl"
	if details && in.ForEye(l.Out) {
		return l.paintDetails(m, width)
	}
	o := tables.TopicOptions{Keywords: l.keywords(m), Details: details, Typical: l.typical}
	return print.Table(l.Console, l.format, tables.Topics(m, o))
}

// keywords gives those of each topic.
func (l *listing) keywords(m *topics.Model) tables.Ranked {
	r := topics.NewRanker(m)
	return func(k int) []topics.Ranked { return l.ranked.top(r, k, l.words) }
}

// paintDetails prints the same for the eye: a few lines a topic, since so many columns fit
// no terminal.
func (l *listing) paintDetails(m *topics.Model, width int) error {
	w, keywords := bufio.NewWriter(l.Out), l.keywords(m)
	for k, s := range m.Summaries(l.typical) {
		if k > 0 {
			w.WriteString("\n")
		}
		fmt.Fprintf(w, "%3d  %s\n", m.Number(k), print.Printable(s.Label))
		facts := fmt.Sprintf("share %s, first in %s, entropy %.2f nats", print.Digits(s.Share), print.Count(s.First, "document"), s.Entropy)
		if m.Stability != nil {
			facts += fmt.Sprintf(", stability %.2f", m.Stability[k])
		}
		print.Wrapped(w, facts, "     ", width)
		print.Wrapped(w, strings.Join(tables.TermsOf(keywords(k)), " "), "     ", width)
		for _, j := range s.Typical {
			print.Wrapped(w, m.Documents[j].ID, "     ", width)
		}
	}
	return w.Flush()
}

// printKeywords prints a row a keyword.
func (l *listing) printKeywords(m *topics.Model) error {
	return print.Table(l.Console, l.format, tables.KeywordList(m, l.keywords(m), l.ranked.by != topics.Probability))
}
