package main

import (
	"strings"

	"github.com/spf13/cobra"
	"klew/topics"
)

// listing is the command topics.
type listing struct {
	*program
	words  int
	long   bool
	format formatFlag
}

func newTopics(p *program) *cobra.Command {
	l := &listing{program: p, words: defaultWords}
	c := &cobra.Command{
		Use:   "topics MODEL",
		Short: "Print the keywords of each topic",
		Long: `Print the keywords of each topic, the weightiest first, and the topic's share of the
corpus. Columns: topic, share, label (if klew edit has given any), keywords (separated by
blanks).

With --long, one line a keyword: topic, rank, term, weight. The weight is the term's
probability in the topic.`,
		Example: `  klew topics notes.klew
  klew topics notes.klew --words 20
  klew topics notes.klew --long --format csv > keywords.csv`,
		Args: args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return l.run(args[0]) },
	}
	c.Flags().IntVar(&l.words, "words", l.words, "keywords to print for each topic")
	c.Flags().BoolVar(&l.long, "long", false, "print one line a keyword, with its weight")
	l.format.add(c)
	return c
}

var longHeader = []string{"topic", "rank", "term", "weight"}

// topicsHeader has labels if topics have any.
func topicsHeader(m *topics.Model) []string {
	if labelled(m) {
		return []string{"topic", "share", "label", "keywords"}
	}
	return []string{"topic", "share", "keywords"}
}

func labelled(m *topics.Model) bool {
	for k := range m.Topics() {
		if m.OwnLabel(k) != "" {
			return true
		}
	}
	return false
}

func (l *listing) run(path string) error {
	if err := atLeastOne(l.words, "words"); err != nil {
		return err
	}
	m, err := load(path)
	if err != nil {
		return err
	}
	if l.long {
		return printKeywords(m, l.format.newPrinter(l.out, longHeader), l.words)
	}
	return printTopics(m, l.format.newPrinter(l.out, topicsHeader(m)), l.words)
}

// printTopics prints a row a topic.
func printTopics(m *topics.Model, to printer, words int) error {
	for k, share := range m.Shares() {
		if err := to.row(topicRow(m, k, share, words)...); err != nil {
			return err
		}
	}
	return to.close()
}

// topicRow is the row of a topic under topicsHeader.
func topicRow(m *topics.Model, k int, share float64, words int) []any {
	var terms []string
	for _, w := range m.Keywords(k, words) {
		terms = append(terms, w.Term)
	}
	row := []any{m.Number(k), share}
	if labelled(m) {
		row = append(row, m.OwnLabel(k))
	}
	return append(row, strings.Join(terms, " "))
}

// printKeywords prints a row a keyword.
func printKeywords(m *topics.Model, to printer, words int) error {
	for k := range m.Topics() {
		for i, w := range m.Keywords(k, words) {
			if err := to.row(m.Number(k), i+1, w.Term, w.Weight); err != nil {
				return err
			}
		}
	}
	return to.close()
}
