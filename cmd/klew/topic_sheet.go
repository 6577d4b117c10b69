package main

import (
	"bufio"
	"context"
	"fmt"
	"math"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/tables"
)

// sheet says all that is known of a topic.
func (t *topicCommand) sheet(ctx context.Context, m *topics.Model, k int, labels []string) (print.Sheet, error) {
	x := tables.TopicSheet{
		Overall: tables.NewOverall(m), Topic: k, Words: t.words, Weight: t.ranked.Weight, Typical: m.Typical(t.typical)[k], Neighbours: t.neighbours,
	}
	var err error
	x.Quotes, err = t.quotes(ctx, m, k, x.Typical)
	s := print.Sheet{
		Sheet: x.Sheet(),
		Title: fmt.Sprintf("Topic %d: %s", m.Number(k), labels[k]),
		Lines: t.inWords(&x),
	}
	s.Looks = t.looks(&x, s.Parts)
	return s, err
}

// inWords says the facts in words.
func (t *topicCommand) inWords(x *tables.TopicSheet) []string {
	m, k := x.Model, x.Topic
	share, entropy, first := m.Shares()[k], m.Entropy(k), m.Leading()[k]
	lines := []string{
		fmt.Sprintf("%.1f %% of the corpus, and first in %s of %s", 100*share, print.Grouped(first), print.Count(len(m.Documents), "document")),
		fmt.Sprintf("as wide as %s of one probability (entropy %.2f nats), of %s that it has",
			print.Count(int(math.Round(math.Exp(entropy))), "word"), entropy, print.Grouped(x.Terms())),
	}
	if m.Stability != nil {
		lines = append(lines, fmt.Sprintf("stability %.2f: so far have other fits found it, too", m.Stability[k]))
	}
	return lines
}

// The eye is shown so many values of a field, and none that has next to nothing of the
// topic.
const (
	spreadShown = 8
	spreadLeast = 0.0005
)

// looks are how the parts look: the rankings side by side, and each sentence below its
// document.
func (t *topicCommand) looks(x *tables.TopicSheet, parts []*tables.Table) []print.Look {
	forms := x.FormsByTerm(func(form string, count int) string { return form + " " + print.Grouped(count) })
	documents := print.LookOf("Documents", parts[3])
	documents.Paint = func(w *bufio.Writer, width int) { paintDocuments(w, x, width) }
	spread, left := parts[6].First(spreadShown, "of_topic", spreadLeast)
	where := print.LookOf("Where it is", spread)
	if left > 0 {
		where.After = fmt.Sprintf("and %s more: --section spread has all", print.Count(left, "value"))
	}
	return []print.Look{
		print.LookOf("Keywords", x.SideBySide()), print.LookOf("How they are written", forms), print.LookOf("Phrases", parts[2]),
		documents, print.LookOf("Nearest topics", parts[5]), where,
	}
}

// quoteMargin stands before a sentence, under the name of its document.
const quoteMargin = "          "

func paintDocuments(w *bufio.Writer, x *tables.TopicSheet, width int) {
	for _, j := range x.Typical {
		d := &x.Model.Documents[j]
		print.Wrapped(w, fmt.Sprintf("%s  %s (%s)", print.Digits(x.Model.Proportions(j)[x.Topic]), d.ID, print.Count(d.Tokens, "token")), "", width)
		for _, q := range x.Quotes[j] {
			print.Wrapped(w, q.Text, quoteMargin, width)
		}
	}
}

// quotes reads documents again, and finds the sentences in them that carry a topic.
func (t *topicCommand) quotes(ctx context.Context, m *topics.Model, k int, documents []int) (map[int][]topics.Quote, error) {
	wanted := t.section == "" || t.section == "sentences"
	if t.noTexts || t.sentences == 0 || len(documents) == 0 || !wanted {
		return nil, nil
	}
	texts, err := lookup.TextsOf(ctx, t.Console, m, documents)
	if err != nil || len(texts) == 0 {
		return nil, err
	}
	q, err := topics.NewQuoter(m)
	if err != nil {
		return nil, err
	}
	quotes := map[int][]topics.Quote{}
	for j, text := range texts {
		quotes[j] = q.Quotes(k, j, text, t.sentences)
	}
	return quotes, nil
}
