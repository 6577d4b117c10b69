package main

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/topics"
)

// sheet says all that is known of a topic.
func (t *portrait) sheet(ctx context.Context, m *topics.Model, k int, labels []string) (sheet, error) {
	s := t.facts(m, k, labels[k])
	documents, sentences, err := t.documents(ctx, m, k)
	s.parts = []part{t.keywords(m, k), t.forms(m, k), t.phrases(m, k), documents, sentences, t.nearest(m, k, labels), t.spread(m, k)}
	return s, err
}

func (t *portrait) facts(m *topics.Model, k int, label string) sheet {
	share, entropy, first, terms := m.Shares()[k], m.Entropy(k), m.Leading()[k], 0
	for row := range m.W.Items() {
		if m.W.Item(row)[k] > 0 {
			terms++
		}
	}
	s := sheet{
		thing: column{"topic", m.Number(k)},
		title: fmt.Sprintf("Topic %d: %s", m.Number(k), label),
		facts: []column{
			{"topic", m.Number(k)}, {"label", label}, {"share", share}, {"stability", stability(m, k)},
			{"entropy", entropy}, {"terms", terms}, {"first_in", first},
		},
		shown: []string{
			fmt.Sprintf("%.1f %% of the corpus, and first in %s of %s", 100*share, print.Grouped(first), print.Count(len(m.Documents), "document")),
			fmt.Sprintf("as wide as %s of one probability (entropy %.2f nats), of %s that it has",
				print.Count(int(math.Round(math.Exp(entropy))), "word"), entropy, print.Grouped(terms)),
		},
	}
	if m.Stability != nil {
		s.shown = append(s.shown, fmt.Sprintf("stability %.2f: so far have other fits found it, too", m.Stability[k]))
	}
	return s
}

// keywords are those by each ranking; for the eye the lists stand side by side.
func (t *portrait) keywords(m *topics.Model, k int) part {
	p := part{name: "keywords", title: "Keywords", header: []string{"ranking", "rank", "term", "weight", "score"}}
	r := topics.NewRanker(m)
	side := make([][]any, t.words)
	for _, by := range topics.Rankings {
		for i, w := range r.Top(k, t.words, by, t.ranked.weight(by)) {
			p.add(string(by), i+1, w.Term, w.Weight, w.Score)
			side[i] = append(side[i], w.Term)
		}
	}
	p.paint = func(w *bufio.Writer, width int) error {
		header := []string{"rank"}
		for _, by := range topics.Rankings {
			header = append(header, string(by))
		}
		to := newAligned(w, header, width)
		for i, terms := range side {
			if len(terms) > 0 {
				to.row(append([]any{i + 1}, terms...)...)
			}
		}
		return to.close()
	}
	return p
}

// forms are the ways in which the keywords are written.
func (t *portrait) forms(m *topics.Model, k int) part {
	p := part{name: "forms", title: "How they are written", header: []string{"term", "form", "count"}}
	var lines [][]any
	for _, w := range topics.NewRanker(m).Top(k, t.words, topics.Relevance, t.ranked.lambda) {
		var list []string
		for _, f := range m.Vocabulary.Terms[w.Row].Forms {
			p.add(w.Term, f.Text, f.Count)
			list = append(list, f.Text+" "+print.Grouped(f.Count))
		}
		lines = append(lines, []any{w.Term, strings.Join(list, ", ")})
	}
	p.paint = func(w *bufio.Writer, width int) error {
		to := newAligned(w, []string{"term", "forms"}, width)
		for _, line := range lines {
			to.row(line...)
		}
		return to.close()
	}
	return p
}

// phrases are the terms of several words, the most probable first.
func (t *portrait) phrases(m *topics.Model, k int) part {
	p := part{name: "phrases", title: "Phrases", header: []string{"rank", "term", "weight"}}
	for _, w := range topics.NewRanker(m).Top(k, math.MaxInt, topics.Probability, 0) {
		if m.IsPhrase(w.Row) && len(p.rows) < t.words {
			p.add(len(p.rows)+1, w.Term, w.Weight)
		}
	}
	return p
}

// documents are the most typical, and their sentences that carry the topic. For the eye
// each sentence stands below its document.
func (t *portrait) documents(ctx context.Context, m *topics.Model, k int) (documents, sentences part, err error) {
	documents = part{name: "documents", title: "Documents", header: []string{"rank", "document", "tokens", "proportion"}}
	sentences = part{name: "sentences", header: []string{"document", "rank", "sentence", "score"}}
	chosen := m.Typical(t.typical)[k]
	quotes, err := t.quotes(ctx, m, k, chosen)
	for i, j := range chosen {
		d := &m.Documents[j]
		documents.add(i+1, d.ID, d.Tokens, m.Proportions(j)[k])
		for n, q := range quotes[j] {
			sentences.add(d.ID, n+1, q.Text, q.Score)
		}
	}
	documents.paint = func(w *bufio.Writer, width int) error {
		for _, j := range chosen {
			d := &m.Documents[j]
			fmt.Fprintf(w, "%s  %s (%s)\n", digits(m.Proportions(j)[k]), print.Printable(d.ID), print.Count(d.Tokens, "token"))
			for _, q := range quotes[j] {
				writeWrapped(w, print.Printable(q.Text), quoted, width)
			}
		}
		return nil
	}
	sentences.paint = func(*bufio.Writer, int) error { return nil }
	return documents, sentences, err
}

// quotes reads documents again, and finds the sentences in them that carry a topic.
func (t *portrait) quotes(ctx context.Context, m *topics.Model, k int, documents []int) (map[int][]topics.Quote, error) {
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

// quoted stands before a sentence, under the name of its document.
const quoted = "          "

// usualWidth is that of wrapped lines where there is no terminal.
const usualWidth = 92

// writeWrapped writes a text in lines that fit the terminal, each behind a margin.
func writeWrapped(w *bufio.Writer, s, margin string, width int) {
	if width == 0 {
		width = usualWidth
	}
	for line := range strings.Lines(text.WrapSoft(s, max(leastName, width-len(margin)))) {
		fmt.Fprintf(w, "%s%s\n", margin, strings.TrimSpace(line))
	}
}

func (t *portrait) nearest(m *topics.Model, k int, labels []string) part {
	p := part{name: "nearest", title: "Nearest topics", header: []string{"neighbour", "label", "distance", "correlation"}}
	list := m.Neighbours(k)
	for _, n := range list[:min(t.neighbours, len(list))] {
		p.add(m.Number(n.Topic), labels[n.Topic], n.Distance, n.Correlation)
	}
	return p
}

// The eye is shown so many values of a field, and none that has next to nothing of the
// topic.
const (
	spreadShown = 8
	spreadLeast = 0.0005
)

func (t *portrait) spread(m *topics.Model, k int) part {
	p := part{name: "spread", title: "Where it is", header: []string{"field", "value", "documents", "first_in", "of_topic", "share"}}
	var shown [][]any
	more := 0
	for _, f := range m.Spread(k) {
		for i, v := range f.Values {
			p.add(f.Field, v.Value, v.Documents, v.First, v.OfTopic, v.Share)
			if i < spreadShown && v.OfTopic >= spreadLeast {
				shown = append(shown, p.rows[len(p.rows)-1])
			} else {
				more++
			}
		}
	}
	p.paint = func(w *bufio.Writer, width int) error {
		to := newAligned(w, p.header, width)
		for _, row := range shown {
			to.row(row...)
		}
		err := to.close()
		if more > 0 {
			fmt.Fprintf(w, "and %s: --section spread has all\n", print.Count(more, "value")+" more")
		}
		return err
	}
	return p
}
