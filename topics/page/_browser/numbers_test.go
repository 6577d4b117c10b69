package browser

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"klew/topics"
)

// fixed has so many digits after the point. Of two that are equally near, as 56.2 and 56.3 are to
// 56.25, it is the larger, as in the page.
func fixed(x float64, digits int) string {
	return strconv.FormatFloat(math.Nextafter(x, math.Inf(1)), 'f', digits, 64)
}

// percent is how the page writes a share.
func percent(share float64) string {
	switch p := 100 * share; {
	case p == 0:
		return "0 %"
	case p < 0.005:
		return "< 0.01 %"
	case p < 0.1:
		return fixed(p, 2) + " %"
	default:
		return fixed(p, 1) + " %"
	}
}

// What the page computes itself is what the commands print.
func TestNumbers(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	r := topics.NewRanker(m)
	for _, lambda := range []float64{0, 0.3, 0.6, 1} {
		b.visit(fmt.Sprintf("#/topic/2?lambda=%v", lambda))
		var want []string
		for _, w := range r.Top(1, 24, topics.Relevance, lambda) {
			want = append(want, w.Term)
		}
		if got := eval[[]string](b, `[...document.querySelectorAll('main section:first-of-type svg text.word')].map(e => e.textContent)`); !slices.Equal(got, want) {
			t.Errorf("λ %v: the words are %v, want %v", lambda, got, want)
		}
	}
	for _, j := range []int{0, 40, 135} {
		b.visit(fmt.Sprintf("#/doc/%d", j))
		shares := m.Proportions(j)
		slices.Sort(shares)
		slices.Reverse(shares)
		var want []string
		for _, x := range shares {
			if x > 0 && len(want) < 10 {
				want = append(want, percent(x))
			}
		}
		if got := eval[[]string](b, `[...document.querySelectorAll('.legend .number')].map(e => e.textContent)`); !slices.Equal(got, want) {
			t.Errorf("document %d: the shares are %v, want %v", j, got, want)
		}
		b.explains(m, texts[j], j)
		near := m.Similar(m.Proportions(j), 8, j)
		if got := eval[[]int](b, `[...document.querySelectorAll('.similar a')].map(e => Number(e.hash.split('/').pop()))`); len(got) != 8 || got[0] != near[0].Document {
			t.Errorf("document %d: similar are %v, want %v", j, got, near)
		}
	}
	row := int(topics.MostProbable(m.W, 3, 1)[0])
	b.visit("#/word/" + url.QueryEscape(m.Vocabulary.Terms[row].Stem))
	var want []string
	for _, p := range m.Places(row) {
		want = append(want, fmt.Sprint(m.Number(p.Topic)), percent(p.OfTerm), percent(p.OfTopic), fmt.Sprint(p.Rank))
	}
	got := eval[[]string](b, `[...document.querySelectorAll('.where tbody tr')].flatMap(r => [r.querySelector('.chip').textContent, r.querySelector('.measure .number').textContent, r.cells[2].textContent, r.cells[3].textContent])`)
	if !slices.Equal(got, want) {
		t.Errorf("%s: topics are %v, want %v", m.Vocabulary.Terms[row].Stem, got, want)
	}
	b.quiet("numbers")
}

// explains compares the words of the reader with klew explain: each word that speaks for a
// topic is marked, and in a run of words of one topic the first has its number.
func (b *tab) explains(m *topics.Model, text string, j int) {
	b.Helper()
	b.marked(m, &m.Fitted().DocumentTopics, text, j)
}

// marked compares the words that are marked with those of a document whose topics are given.
func (b *tab) marked(m *topics.Model, d *topics.DocumentTopics, text string, j int) {
	b.Helper()
	tokens, err := m.Explain(b.Context(), text, d, j)
	if err != nil {
		b.Fatal(err)
	}
	var want []string
	before := -1
	for i := range tokens {
		k := tokens[i].First()
		if k < 0 {
			continue
		}
		word := text[tokens[i].From:tokens[i].To]
		if k != before {
			word += fmt.Sprint(" ", m.Number(k))
		}
		want, before = append(want, word), k
	}
	if got := eval[[]string](b, `[...document.querySelectorAll('.text .w')].map(e => e.textContent + (e.dataset.k ? ' ' + e.dataset.k : ''))`); !slices.Equal(got, want) {
		b.Errorf("document %d: marked are %v, want %v", j, got, want)
	}
}

// In a model that has been edited, words speak for the topics that there are now: what belongs
// to a merged topic is added up, and what belongs to a dropped one is left out.
func TestEdited(t *testing.T) {
	m, texts := demo(t)
	edits := []topics.Edit{{Verb: topics.MergeTopics, Topic: 1, From: 4}, {Verb: topics.DropTopic, Topic: 6}, {Verb: topics.BanWord, Text: "honey"}}
	if err := m.Amend(edits); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, edited, texts)
	for j := 0; j < len(texts); j += 9 {
		b.visit(fmt.Sprintf("#/doc/%d", j))
		if edited.First(j) >= 0 {
			b.explains(edited, texts[j], j)
		}
	}
	b.visit("#/topic/5")
	if heading := eval[string](b, `document.querySelector('h1').textContent`); heading != "No topic 5" {
		t.Errorf("a topic that is part of another is shown as %q", heading)
	}
	b.quiet("edited")
}
