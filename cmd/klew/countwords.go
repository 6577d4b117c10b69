package main

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

// count counts the words in the texts, which are read again, and returns the table, or
// nil where there are none to read.
func (d *dwelling) count(ctx context.Context, m *topics.Model, asked []askedWord) (*vectorize.Table, error) {
	v, wanted := d.toCount(m, asked)
	if d.noTexts || !wanted {
		return nil, nil
	}
	again, err := d.reread(m, 0)
	if err != nil {
		d.Say("klew: %v; going on without them", err)
		return nil, nil
	}
	var numbers []int // of the documents that come
	reading := d.Begin("reading the texts again", len(m.Documents))
	table, err := vectorize.CountWith(ctx, v, numbered(again.all(ctx), &numbers, reading), countingWords(m))
	reading.End()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	again.sayMissing(d.program)
	if err != nil {
		if again.found > 0 {
			return nil, fmt.Errorf("counting the words: %w", err)
		}
		return nil, nil // which has been said
	}
	for i := range asked {
		asked[i].takeCounts(m, table, numbers)
	}
	return table, nil
}

// toCount is the vocabulary of the words that have a stem, and whether counting them is
// wanted.
func (d *dwelling) toCount(m *topics.Model, asked []askedWord) (v *vectorize.Vocabulary, wanted bool) {
	v = &vectorize.Vocabulary{Documents: m.Vocabulary.Documents, Phrases: m.Vocabulary.Phrases}
	documents := d.documents > 0 && (d.section == "" || d.section == "documents")
	for _, a := range asked {
		if a.stem != "" {
			v.Terms = append(v.Terms, vectorize.Term{Stem: a.stem})
		}
		wanted = wanted || a.status == unknownWord || a.row >= 0 && documents
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
func (a *askedWord) takeCounts(m *topics.Model, table *vectorize.Table, numbers []int) {
	row, ok := table.Vocabulary.Find(a.stem)
	if !ok {
		return
	}
	for column, j := range numbers {
		n := int(table.V.At(row, column))
		if n == 0 {
			continue
		}
		c := documentCount{document: j, count: n}
		if a.row >= 0 {
			c.expected = m.Expected(a.row, j)
		} else {
			a.count += n
			a.df++
		}
		a.counts = append(a.counts, c)
	}
}
