package lookup

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// CountWords counts the words in the texts of the model, which are read again, and tells the
// pruned among them from those that the texts do not have. If there are no texts to read it
// says so, and leaves the words as they are. byDocument asks where known words are, too.
func CountWords(ctx context.Context, to *print.Console, m *topics.Model, asked []Word, byDocument bool) error {
	v, wanted := toCount(m, asked, byDocument)
	if !wanted {
		return nil
	}
	again, err := Reread(m, 0)
	if err != nil {
		to.Say("klew: %v; going on without them", err)
		return nil
	}
	var numbers []int // of the documents that come
	reading := to.Begin("reading the texts again", len(m.Documents))
	table, err := vectorize.CountWith(ctx, v, numbered(again.All(ctx), &numbers, reading), countingWords(m))
	reading.End()
	if err := ctx.Err(); err != nil {
		return err
	}
	again.SayMissing(to)
	switch {
	case err != nil && again.Found > 0:
		return fmt.Errorf("counting the words: %w", err)
	case err != nil:
		return nil // there was none, which has been said
	}
	for i := range asked {
		asked[i].takeCounts(m, table, numbers)
		asked[i].settle()
	}
	return nil
}

// toCount is the vocabulary of the words that have a stem, and whether counting them is
// wanted.
func toCount(m *topics.Model, asked []Word, byDocument bool) (v *vectorize.Vocabulary, wanted bool) {
	v = &vectorize.Vocabulary{Documents: m.Vocabulary.Documents, Phrases: m.Vocabulary.Phrases}
	for _, a := range asked {
		if a.Stem != "" {
			v.Terms = append(v.Terms, vectorize.Term{Stem: a.Stem})
		}
		wanted = wanted || a.Status == UnknownWord || a.Row >= 0 && byDocument
	}
	slices.SortFunc(v.Terms, func(a, b vectorize.Term) int { return strings.Compare(a.Stem, b.Stem) })
	v.Terms = slices.CompactFunc(v.Terms, func(a, b vectorize.Term) bool { return a.Stem == b.Stem })
	return v, wanted
}

// countingWords are the model's options with plain counts.
func countingWords(m *topics.Model) vectorize.Options {
	o := m.Origin.Counting
	o.Weighting, o.Threads = vectorize.CountWeighting, 0
	return o
}

// numbered yields the documents alone, and keeps their numbers.
func numbered(all iter.Seq2[int, corpus.Document], numbers *[]int, s *print.Stage) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for j, document := range all {
			*numbers = append(*numbers, j)
			if !yield(document) {
				return
			}
			s.Set(len(*numbers), "documents")
		}
	}
}

// takeCounts takes a word's row out of the table.
func (a *Word) takeCounts(m *topics.Model, table *vectorize.Table, numbers []int) {
	row, ok := table.Vocabulary.Find(a.Stem)
	if !ok {
		return
	}
	for column, j := range numbers {
		n := int(table.V.At(row, column))
		if n == 0 {
			continue
		}
		c := Occurrence{Document: j, Count: n}
		if a.Row >= 0 {
			c.Expected = m.Expected(a.Row, j)
		} else {
			a.Count += n
			a.DF++
		}
		a.counts = append(a.counts, c)
	}
}
