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
)

// listing is the command topics.
type listing struct {
	*print.Console
	ranked  ranking
	words   int
	long    bool
	details bool
	typical int
	format  formatFlag
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
share, keywords (separated by blanks); before keywords label, if klew edit has given any,
and stability, if it is known: how far other fits have found the topic too, from 0 to 1.

` + rankingHelp + `

--details adds label, two or three words to remember the topic by; entropy, that of its
distribution over terms, in nats: a topic of entropy h is as wide as e^h words that are
equally probable; first_in, the number of documents in which it comes first; and typical,
the documents most typical of it: those with the largest proportion, where a short
document's counts less. JSON and JSON Lines have all this always.

With --long, one line a keyword: topic, rank, term, weight. The weight is the term's
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
	c.Flags().BoolVar(&l.details, "details", false, "print label, entropy, first_in, and typical documents, too")
	c.Flags().IntVar(&l.typical, "typical", l.typical, "typical documents to name (0: none)")
	c.Flags().BoolVar(&l.long, "long", false, "print one line a keyword, with its weight")
	l.format.add(c)
	return c
}

var longHeader = []string{"topic", "rank", "term", "weight"}

// topicsHeader has what is known of topics: not all models have labels, or stability.
func topicsHeader(m *topics.Model) []string {
	header := []string{"topic", "share"}
	if labelled(m) {
		header = append(header, "label")
	}
	if m.Stability != nil {
		header = append(header, "stability")
	}
	return append(header, "keywords")
}

// labelled reports whether the user has named any topic.
func labelled(m *topics.Model) bool {
	for k := range m.Topics() {
		if m.OwnLabel(k) != "" {
			return true
		}
	}
	return false
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
	if l.details || l.format == "json" || l.format == "jsonl" {
		return l.printDetails(m)
	}
	to, r := l.format.newPrinter(l.Out, topicsHeader(m)), topics.NewRanker(m)
	for k, share := range m.Shares() {
		if err := to.row(topicRow(m, k, share, l.keywords(r, k))...); err != nil {
			return err
		}
	}
	return to.close()
}

// topicRow is the row of a topic under topicsHeader.
func topicRow(m *topics.Model, k int, share float64, keywords string) []any {
	row := []any{m.Number(k), share}
	if labelled(m) {
		row = append(row, m.OwnLabel(k))
	}
	if m.Stability != nil {
		row = append(row, m.Stability[k])
	}
	return append(row, keywords)
}

// printDetails prints a row a topic with all that is known of it.
func (l *listing) printDetails(m *topics.Model) error {
	r, summaries := topics.NewRanker(m), m.Summaries(l.typical)
	if format, width := l.format.inForce(l.Out); format == "table" {
		return l.paintDetails(m, r, summaries, width)
	}
	to := l.format.newPrinter(l.Out, []string{"topic", "label", "share", "stability", "entropy", "first_in", "typical", "keywords"})
	for k, s := range summaries {
		row := []any{m.Number(k), s.Label, s.Share, stability(m, k), s.Entropy, s.First, l.documents(m, s.Typical), l.keywords(r, k)}
		if err := to.row(row...); err != nil {
			return err
		}
	}
	return to.close()
}

// paintDetails prints the same for the eye: a few lines a topic, since so many columns fit
// no terminal.
func (l *listing) paintDetails(m *topics.Model, r *topics.Ranker, summaries []topics.Summary, width int) error {
	w := bufio.NewWriter(l.Out)
	for k, s := range summaries {
		if k > 0 {
			w.WriteString("\n")
		}
		fmt.Fprintf(w, "%3d  %s\n", m.Number(k), print.Printable(s.Label))
		facts := fmt.Sprintf("share %s, first in %s, entropy %.2f nats", digits(s.Share), print.Count(s.First, "document"), s.Entropy)
		if m.Stability != nil {
			facts += fmt.Sprintf(", stability %.2f", m.Stability[k])
		}
		writeWrapped(w, facts, "     ", width)
		writeWrapped(w, print.Printable(l.keywords(r, k)), "     ", width)
		for _, j := range s.Typical {
			writeWrapped(w, print.Printable(m.Documents[j].ID), "     ", width)
		}
	}
	return w.Flush()
}

// stability is that of a topic as a cell, empty if it is not known.
func stability(m *topics.Model, k int) any {
	if m.Stability == nil {
		return nil
	}
	return m.Stability[k]
}

// keywords are those of a topic in one cell.
func (l *listing) keywords(r *topics.Ranker, k int) string {
	var terms []string
	for _, w := range l.ranked.top(r, k, l.words) {
		terms = append(terms, w.Term)
	}
	return strings.Join(terms, " ")
}

// keywords are the n most probable words of topic k.
func keywords(m *topics.Model, k, n int) string {
	l := listing{words: n, ranked: newRanking()}
	return l.keywords(topics.NewRanker(m), k)
}

// documents names documents in one cell: a list in JSON, else with "; " between them.
func (l *listing) documents(m *topics.Model, numbers []int) any {
	ids := make([]string, len(numbers))
	for i, j := range numbers {
		ids[i] = m.Documents[j].ID
	}
	if l.format == "json" || l.format == "jsonl" {
		return ids
	}
	return strings.Join(ids, "; ")
}

// printKeywords prints a row a keyword.
func (l *listing) printKeywords(m *topics.Model) error {
	header, scored := longHeader, l.ranked.by != topics.Probability
	if scored {
		header = append(header[:len(header):len(header)], "score")
	}
	to, r := l.format.newPrinter(l.Out, header), topics.NewRanker(m)
	for k := range m.Topics() {
		for i, w := range l.ranked.top(r, k, l.words) {
			row := []any{m.Number(k), i + 1, w.Term, w.Weight}
			if scored {
				row = append(row, w.Score)
			}
			if err := to.row(row...); err != nil {
				return err
			}
		}
	}
	return to.close()
}
