package tables

import (
	"context"
	"iter"
	"slices"
	"strings"

	"klew/topics"
)

// kind is what a column holds.
type kind int

const (
	text kind = iota
	whole
	fraction
)

// column is a column of a table. In one that may lack a value a row may have none.
type column struct {
	name    string
	kind    kind
	lacking bool
}

// cell is a value: a text, or a number in which whole ones up to 2⁵³ are exact.
type cell struct {
	text   string
	number float64
	none   bool
}

// table is one table, whose rows are made while they are read. A row is good until the
// next one.
type table struct {
	name    Table
	columns []column
	rows    iter.Seq[[]cell]
}

// sink takes the rows of one table in one format.
type sink interface {
	row(cells []cell) error
	close() error
}

// pour writes a table, until ctx ends.
func (e *Export) pour(ctx context.Context, t *table, to sink) error {
	for row := range t.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := to.row(row); err != nil {
			return err
		}
		e.wrote()
	}
	return to.close()
}

// table makes one of the tables.
func (e *Export) table(name Table) *table {
	switch name {
	case Topics:
		return e.topics()
	case Documents:
		return e.documents()
	case DocumentTopics:
		return e.documentTopics()
	case TopicTerms:
		return e.topicTerms()
	}
	return e.terms()
}

// number is that of topic k for users.
func (e *Export) number(k int) float64 { return float64(e.Model.Number(k)) }

func (e *Export) topics() *table {
	m := e.Model
	columns := []column{{"topic", whole, false}}
	if e.Labels != nil {
		columns = append(columns, column{"label", text, false})
	}
	columns = append(columns, column{"share", fraction, false})
	if m.Stability != nil {
		columns = append(columns, column{"stability", fraction, false})
	}
	columns = append(columns, column{"keywords", text, false})
	return &table{Topics, columns, func(yield func([]cell) bool) {
		for k, share := range m.Shares() {
			row := []cell{{number: e.number(k)}}
			if e.Labels != nil {
				row = append(row, cell{text: clean(e.Labels[k])})
			}
			row = append(row, cell{number: share})
			if m.Stability != nil {
				row = append(row, cell{number: m.Stability[k]})
			}
			if !yield(append(row, cell{text: strings.Join(keywords(m, k), " ")})) {
				return
			}
		}
	}}
}

// keywordsShown is how many keywords stand for a topic, as in the program's listing.
const keywordsShown = 10

func keywords(m *topics.Model, k int) []string {
	var words []string
	for _, w := range m.Keywords(k, keywordsShown) {
		words = append(words, clean(w.Term))
	}
	return words
}

func (e *Export) documents() *table { return e.described(e.Model.Topics()) }

// described is the documents with the proportions of their first so many topics. Fields of
// metadata are not called as what is reserved beside our own names.
func (e *Export) described(shown int, reserved ...string) *table {
	m := e.Model
	fields := Fields(m.Documents)
	before, tokens, after := []column{{"document", text, false}}, []column{{"tokens", whole, false}}, e.topicColumns()
	meta := fieldColumns(fields, append(namesOf(slices.Concat(before, tokens, after)), reserved...))
	columns := slices.Concat(before, meta, tokens, after[:shown])
	return &table{Documents, columns, func(yield func([]cell) bool) {
		about, row, shares := newMetadata(fields), make([]cell, len(columns)), make([]float64, m.Topics())
		for j := range m.Documents {
			d := &m.Documents[j]
			row[0].text = clean(d.ID)
			about.put(row[1:1+len(meta)], d)
			row[1+len(meta)].number = float64(d.Tokens)
			proportions(shares, m.H.Item(j))
			for k := range shown {
				row[2+len(meta)+k].number = shares[k]
			}
			if !yield(row) {
				return
			}
		}
	}}
}

// proportions divides a document's weights by their sum, as DocumentTopics.Proportions
// does, and makes no garbage.
func proportions(shares []float64, weights []float32) {
	total := 0.0
	for k, x := range weights {
		shares[k] = float64(x)
		total += float64(x)
	}
	if total > 0 {
		for k := range shares {
			shares[k] /= total
		}
	}
}

func (e *Export) documentTopics() *table {
	m := e.Model
	columns := []column{{"document", text, false}, {"topic", whole, false}, {"proportion", fraction, false}, {"weight", fraction, false}}
	return &table{DocumentTopics, columns, func(yield func([]cell) bool) {
		shares := make([]float64, m.Topics())
		for j, d := range m.Documents {
			row := []cell{{text: clean(d.ID)}, {}, {}, {}}
			proportions(shares, m.H.Item(j))
			for k, x := range m.H.Item(j) {
				if x == 0 {
					continue
				}
				row[1].number, row[2].number, row[3].number = e.number(k), shares[k], float64(x)
				if !yield(row) {
					return
				}
			}
		}
	}}
}

func (e *Export) topicTerms() *table {
	m := e.Model
	columns := []column{
		{"topic", whole, false}, {"rank", whole, false}, {"term", text, false}, {"stem", text, false},
		{"weight", fraction, false}, {"count", fraction, false},
	}
	return &table{TopicTerms, columns, func(yield func([]cell) bool) {
		row := make([]cell, len(columns))
		for k, mass := range m.H.Sums() {
			for rank, i := range allTerms(m, k) {
				term, weight := &m.Vocabulary.Terms[i], float64(m.W.Item(int(i))[k])
				row[0].number, row[1].number = e.number(k), float64(rank+1)
				row[2].text, row[3].text = clean(term.Shown()), clean(term.Stem)
				row[4].number, row[5].number = weight, weight*mass
				if !yield(row) {
					return
				}
			}
		}
	}}
}

// allTerms are the rows of all terms of topic k that have a weight, the largest first.
func allTerms(m *topics.Model, k int) []int32 { return topics.TopTerms(m.W, k, m.W.Items()) }

func (e *Export) terms() *table {
	columns := []column{{"term", text, false}, {"stem", text, false}, {"documents", whole, false}, {"count", whole, false}}
	return &table{Terms, columns, func(yield func([]cell) bool) {
		row := make([]cell, len(columns))
		for _, t := range e.Model.Vocabulary.Terms {
			row[0].text, row[1].text = clean(t.Shown()), clean(t.Stem)
			row[2].number, row[3].number = float64(t.DF), float64(t.Count)
			if !yield(row) {
				return
			}
		}
	}}
}
