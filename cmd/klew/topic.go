package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"klew/topics"
)

// portrait is the command topic: one topic in full.
type portrait struct {
	*program
	ranked     ranking
	words      int
	typical    int
	sentences  int
	neighbours int
	noTexts    bool
	section    string
	format     formatFlag
}

// topicSections are the parts of a portrait.
var topicSections = []string{factsName, "keywords", "forms", "phrases", "documents", "sentences", "nearest", "spread"}

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

The rankings are those of klew topics --by. For the sentences the texts are read again from
where they were; if they are not there any more, all else is printed.

JSON is an object with the facts, and a list for each other section. TSV, CSV and JSON
Lines have a row for each row of each section: the topic, the section, and its columns.
--section prints one as a table of its own.`

func newTopic(p *program) *cobra.Command {
	t := &portrait{program: p, ranked: newRanking(), words: defaultWords, typical: defaultTypical, sentences: 2, neighbours: 5}
	c := &cobra.Command{
		Use:   "topic MODEL N",
		Short: "Print one topic in full",
		Long:  topicHelp,
		Example: `  klew topic notes.klew 3
  klew topic notes.klew bee hive                   by words of its label
  klew topic notes.klew 3 --typical 10 --sentences 1
  klew topic notes.klew 3 --section spread --format csv
  klew topic notes.klew 3 --no-texts --format json`,
		Args: args("MODEL and N", 2, 0),
		RunE: func(c *cobra.Command, args []string) error { return t.run(c.Context(), args[0], args[1:]) },
	}
	flags := c.Flags()
	flags.IntVar(&t.words, "words", t.words, "keywords to print by each ranking, and phrases")
	flags.Float64Var(&t.ranked.lambda, "lambda", t.ranked.lambda, "of relevance: 1 is probability, 0 is the logarithm of lift")
	flags.Float64Var(&t.ranked.omega, "omega", t.ranked.omega, "of frex: 1 is exclusiveness alone, 0 probability alone")
	flags.IntVar(&t.typical, "typical", t.typical, "typical documents to print (0: none)")
	flags.IntVar(&t.sentences, "sentences", t.sentences, "sentences to print of each document (0: none)")
	flags.IntVar(&t.neighbours, "neighbours", t.neighbours, "nearest topics to print (0: none)")
	flags.BoolVar(&t.noTexts, "no-texts", false, "do not read the texts again")
	flags.StringVar(&t.section, "section", "", "print only this `section`: "+strings.Join(topicSections, ", "))
	t.format.add(c)
	p.addQuiet(c)
	return c
}

func (t *portrait) run(ctx context.Context, path string, n []string) error {
	if err := t.check(); err != nil {
		return err
	}
	m, err := load(path)
	if err != nil {
		return err
	}
	labels := m.Labels()
	k, err := topicOf(m, labels, n)
	if err != nil {
		return err
	}
	s, err := t.sheet(ctx, m, k, labels)
	if err != nil {
		return err
	}
	to := sheets{out: t.Out, format: t.format, only: t.section, one: true}
	return to.print([]sheet{s})
}

func (t *portrait) check() error {
	return errors.Join(
		atLeastOne(t.words, "words"), t.ranked.check(), noLess(t.typical, "typical"), noLess(t.sentences, "sentences"),
		noLess(t.neighbours, "neighbours"), checkSection(t.section, topicSections...))
}

// topicOf finds the topic that a user means: by its number, by words of its label, or by
// words that are among its first ten keywords.
func topicOf(m *topics.Model, labels, words []string) (int, error) {
	if n, err := strconv.Atoi(words[0]); err == nil && len(words) == 1 {
		k, err := m.Topic(n)
		if err != nil {
			return 0, usageError{err}
		}
		return k, nil
	}
	wanted := strings.Fields(strings.ToLower(strings.Join(words, " ")))
	var fits []int
	for k, label := range labels {
		if among(wanted, strings.Fields(strings.ToLower(label))) {
			fits = append(fits, k)
		}
	}
	for k := 0; k < m.Topics() && len(wanted) > 0 && len(fits) == 0; k++ {
		var terms []string
		for _, w := range m.Keywords(k, defaultWords) {
			terms = append(terms, append(strings.Split(w.Term, "_"), w.Term)...)
		}
		if among(wanted, terms) {
			fits = append(fits, k)
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	return 0, usageError{unclear(m, strings.Join(words, " "), labels, fits)}
}

func among(wanted, words []string) bool {
	for _, w := range wanted {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return len(wanted) > 0
}

// unclear says what topics there would be.
func unclear(m *topics.Model, words string, labels []string, fits []int) error {
	if len(fits) == 0 {
		return fmt.Errorf("no topic has %q in its label or its keywords: give the number of one of klew topics --details", words)
	}
	var list []string
	for _, k := range fits {
		list = append(list, fmt.Sprintf("%d (%s)", m.Number(k), labels[k]))
	}
	return fmt.Errorf("%q fits several topics: %s; give the number of one", words, strings.Join(list, ", "))
}
