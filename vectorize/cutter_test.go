package vectorize

import (
	"context"
	"slices"
	"testing"

	"klew/corpus"
	"pgregory.net/rapid"
)

// A cutter finds in each text what counting has found there.
func TestCutterCountsAsATableDoes(t *testing.T) {
	words := rapid.SampledFrom([]string{"new", "york", "times", "the", "bees'", "bee", "Honey", "x", "naïve", "东京都", ".", "new york"})
	rapid.Check(t, func(t *rapid.T) {
		o := Defaults()
		o.MinDF = Frequency{}
		if least := rapid.IntRange(0, 2).Draw(t, "min-df"); least > 0 {
			o.MinDF, _ = ParseFrequency("2")
		}
		o.Phrases, o.PhraseMinCount = rapid.Bool().Draw(t, "phrases"), 2
		if !o.Phrases {
			o.NGrams.To = rapid.IntRange(1, 3).Draw(t, "n")
		}
		texts := rapid.SliceOfN(rapid.SliceOfN(words, 0, 12), 1, 6).Draw(t, "texts")
		checkCutter(t, texts, o)
	})
}

func checkCutter(t *rapid.T, texts [][]string, o Options) {
	var documents []corpus.Document
	for _, text := range texts {
		d := corpus.Document{ID: "d"}
		for _, word := range text {
			d.Text += word + " "
		}
		documents = append(documents, d)
	}
	table, err := Count(context.Background(), slices.Values(documents), o)
	if err != nil {
		t.Skip(err)
	}
	c, err := NewCutter(table.Vocabulary, table.Settle(o))
	if err != nil {
		t.Fatal(err)
	}
	for j, d := range documents {
		counts := make([]float64, len(table.Vocabulary.Terms))
		unknown := 0
		for _, row := range c.Rows(d.Text) {
			if row < 0 {
				unknown++
			} else {
				counts[row]++
			}
		}
		if unknown != table.Documents[j].Unknown {
			t.Fatalf("document %d %q: %d unknown tokens, counted %d", j, d.Text, unknown, table.Documents[j].Unknown)
		}
		for i, n := range counts {
			if n != table.V.At(i, j) {
				t.Fatalf("document %d %q: %q %v times, counted %v", j, d.Text, table.Vocabulary.Terms[i].Stem, n, table.V.At(i, j))
			}
		}
	}
}
