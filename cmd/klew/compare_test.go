package main

import (
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/topics/comparison"
	"klew/vectorize"
)

// Two models made by hand, in which each change occurs, printed in each format.
func TestCompareGolden(t *testing.T) {
	was, is := filepath.Join(t.TempDir(), "was.klew"), filepath.Join(t.TempDir(), "is.klew")
	must(t, handMadeOf([]string{"sail boat", "bread flour oven dough", "star", "pawn", "wave tide", "gear"}).Save(was))
	must(t, handMadeOf([]string{"boat sail", "bread flour", "oven dough", "hive bee", "star pawn", "wave tide reef"}).Save(is))
	for _, format := range print.Formats {
		t.Run(format, func(t *testing.T) {
			golden(t, "compare."+format, output(t, "compare", was, is, "--format", format))
		})
	}
}

func TestCompareHelpGolden(t *testing.T) {
	golden(t, "help-compare.txt", output(t, "help", "compare"))
}

// handMadeOf has a topic for each list of words, with less weight for each later word, and
// documents of three words.
func handMadeOf(subjects []string) *topics.Model {
	fitting := nmf.Defaults()
	fitting.Topics = len(subjects)
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	var w, h []float32
	for _, word := range strings.Fields("bee boat bread dough flour gear hive oven pawn reef sail star tide wave") {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: word, DF: 1, Count: 1, Forms: []vectorize.Form{{Text: word + "s", Count: 1}}})
		for _, subject := range subjects {
			weight := float32(0)
			for n, one := range strings.Fields(subject) {
				if one == word {
					weight = 1 / float32(2+n)
				}
			}
			w = append(w, weight)
		}
	}
	for j, subject := range subjects {
		table.Documents = append(table.Documents, vectorize.Document{ID: subject, Tokens: 3, Meta: []corpus.Field{{Name: "folder", Value: ""}}})
		for k := range subjects {
			h = append(h, map[bool]float32{true: float32(20 - j)}[j == k])
		}
	}
	return topics.New(table, &nmf.Result{W: nmf.NewW(len(table.Vocabulary.Terms), len(subjects), w),
		H: nmf.NewH(len(subjects), len(subjects), h), Status: nmf.Converged},
		topics.Origin{Program: "klew test", Counting: vectorize.Defaults(), Fitting: fitting})
}

// What is said of the outcomes, in one sentence.
func TestFatesInWords(t *testing.T) {
	m := handMadeOf([]string{"sail", "bread", "star", "pawn", "wave", "gear"})
	for _, c := range []struct {
		relations []comparison.Relation
		want      string
	}{
		{nil, ""},
		{[]comparison.Relation{{Change: comparison.Gone, Old: []int{0}}, {Change: comparison.New, New: []int{0}}}, ""},
		{[]comparison.Relation{{Change: comparison.Same, Old: []int{0}, New: []int{0}}, {Change: comparison.Same, Old: []int{1}, New: []int{3}}}, "the same: 1, 2 (now 4)"},
		{[]comparison.Relation{
			{Change: comparison.Split, Old: []int{0}, New: []int{0, 1, 4}},
			{Change: comparison.Changed, Old: []int{1}, New: []int{2}},
			{Change: comparison.Merged, Old: []int{2, 4}, New: []int{3}},
			{Change: comparison.Gone, Old: []int{3}},
			{Change: comparison.Gone, Old: []int{5}},
			{Change: comparison.New, New: []int{5}},
		}, "changed: 2 (now 3); gone: 4, 6; new: 6; topic 1 was split into 1, 2 and 5; topics 3 and 5 were merged into 4"},
	} {
		if got := changesInWords(m, m, c.relations); got != c.want {
			t.Errorf("%v: %q, want %q", c.relations, got, c.want)
		}
	}
}
