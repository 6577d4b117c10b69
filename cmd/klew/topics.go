package main

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// topicsCommand is the command topics.
type topicsCommand struct {
	*print.Console
	ranked  lookup.Order
	where   lookup.Where
	words   int
	long    bool
	details bool
	typical int
	format  print.Format
}

func newListing(p *print.Console) *topicsCommand {
	return &topicsCommand{Console: p, ranked: lookup.NewOrder(), words: lookup.DefaultWords, typical: print.DefaultTypical}
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

` + lookup.OrderHelp + `

--details adds entropy, that of its distribution over terms, in nats: a topic of entropy h is
as wide as e^h words that are equally probable; first_in, the number of documents in which it
comes first; and typical, the documents most typical of it: those with the largest proportion,
where a short document's counts less. JSON and JSON Lines have all this always.

` + lookup.WhereHelp + ` Shares are then those of these documents.

With --long, one line a keyword: topic, label, rank, term, weight. The weight is the term's
probability in the topic. Unless the order is by probability, score comes behind it:
the value by which the term is ranked.`,
		Example: `  klew topics notes.klew
  klew topics notes.klew --order relevance -n 20
  klew topics notes.klew --where 'year>=2020'      their shares in these documents
  klew topics notes.klew --details --format json
  klew topics notes.klew --long --format csv > keywords.csv`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return l.run(args[0]) },
	}
	l.ranked.AddFlags(c)
	l.where.AddFlags(c)
	usage.Listed(c, &l.words, "words", "n", 1, "keywords to print for each topic")
	c.Flags().BoolVar(&l.details, "details", false, "print entropy, first_in, and typical documents, too")
	usage.Listed(c, &l.typical, "typical", "", 0, "typical documents to name (0: none)")
	c.Flags().BoolVar(&l.long, "long", false, "print one line a keyword, with its weight")
	l.format.AddFlags(c)
	return c
}

func (l *topicsCommand) run(path string) error {
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	lookup.SayEmpty(l.Console, m)
	if m, _, err = l.where.Of(l.Console, m); err != nil {
		return err
	}
	if l.long {
		return l.printKeywords(m)
	}
	t := print.Topics{Keywords: l.keywords(m), Details: l.details, Typical: l.typical}
	return t.Print(l.Console, l.format, m)
}

// keywords gives those of each topic.
func (l *topicsCommand) keywords(m *topics.Model) tables.Ranked {
	r := topics.NewRanker(m)
	return func(k int) []topics.Ranked { return l.ranked.Top(r, k, l.words) }
}

// printKeywords prints a row a keyword.
func (l *topicsCommand) printKeywords(m *topics.Model) error {
	return print.Table(l.Console, l.format, tables.KeywordList(m, l.keywords(m), l.ranked.By != topics.Probability))
}
