package main

import (
	"context"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics/tables"
)

// topicCommand is the command topic: one topic in full.
type topicCommand struct {
	*print.Console
	ranked     lookup.Order
	words      int
	typical    int
	sentences  int
	neighbours int
	noTexts    bool
	section    string
	format     print.Format
}

// topicSections are the parts of what there is to say of a topic.
var topicSections = []string{tables.FactsName, "keywords", "forms", "phrases", "documents", "sentences", "nearest", "spread"}

const topicHelp = `Print all that is known of one topic. N is its number, or words of its label or of its
keywords: "klew topic notes.klew bee hive".

  facts      topic, label, share, stability (if known), entropy in nats, terms that have
             weight in it, first_in: the documents in which it comes first
  keywords   ranking, rank, term, weight: p(term | topic), score: what the ranking is by
  forms      term, form, count: how the corpus writes the keywords by relevance
  phrases    rank, term, weight: terms of several words, if the model has any
  documents  rank, document, tokens, proportion: the most typical, as in klew topics
  sentences  document, rank, sentence, score: those that carry the topic. Each term counts
             as p(topic | term, document) times its part in the divergence of the topic
             from the corpus; the score is the cosine of both, from 0 to 1
  nearest    neighbour, label, distance: Hellinger's, of p(term | topic), from 0 to 1;
             correlation, Pearson's, of both topics' proportions over the documents
  spread     field, value, documents, first_in, of_topic: the part of the topic that lies in
             documents with this value; share: the topic's part of them. Fields have at most
             50 values

The rankings are those of klew topics --order. For the sentences the texts are read again from
where they were; if they are not there any more, all else is printed.

JSON is an object with the facts, and a list for each other section. TSV, CSV and JSON
Lines have a row for each row of each section: the topic, the section, and its columns.
--section prints one as a table of its own.`

func newTopic(p *print.Console) *cobra.Command {
	t := &topicCommand{Console: p, ranked: lookup.NewOrder(), words: lookup.DefaultWords, typical: print.DefaultTypical, sentences: 2, neighbours: 5}
	c := &cobra.Command{
		Use:   "topic MODEL N",
		Short: "Print one topic in full",
		Long:  topicHelp,
		Example: `  klew topic notes.klew 3
  klew topic notes.klew bee hive                   by words of its label
  klew topic notes.klew 3 --typical 10 --sentences 1
  klew topic notes.klew 3 --section spread --format csv
  klew topic notes.klew 3 --no-texts --format json`,
		Args: usage.Args("MODEL", "N..."),
		RunE: func(c *cobra.Command, args []string) error { return t.run(c.Context(), args[0], args[1:]) },
	}
	flags := c.Flags()
	usage.Listed(c, &t.words, "words", "n", 1, "keywords to print by each ranking, and phrases")
	usage.Fraction(c, &t.ranked.Lambda, "lambda", "of relevance: 1 is probability, 0 is the logarithm of lift")
	usage.Fraction(c, &t.ranked.Omega, "omega", "of frex: 1 is exclusiveness alone, 0 probability alone")
	usage.Listed(c, &t.typical, "typical", "", 0, "typical documents to print (0: none)")
	usage.Listed(c, &t.sentences, "sentences", "", 0, "sentences to print of each document (0: none)")
	usage.Listed(c, &t.neighbours, "neighbours", "", 0, "nearest topics to print (0: none)")
	flags.BoolVar(&t.noTexts, "no-texts", false, "do not read the texts again")
	usage.Choose(c, &t.section, "section", "", topicSections, "print only this section")
	t.format.AddFlags(c)
	return c
}

func (t *topicCommand) run(ctx context.Context, path string, n []string) error {
	m, err := lookup.Model(path, n...)
	if err != nil {
		return err
	}
	labels := m.Labels()
	k, err := lookup.TopicArgument(m, labels, n)
	if err != nil {
		return err
	}
	s, err := t.sheet(ctx, m, k, labels)
	if err != nil {
		return err
	}
	return print.Sheets(t.Console, t.format, []print.Sheet{s}, t.section, true)
}
