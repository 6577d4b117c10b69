package vectorize

import (
	"cmp"
	"math"
	"strconv"

	"klew/corpus"
	"klew/vectorize/matrixfile"
)

// OfMatrix makes a table of counts that others have made.
//
// Documents have the names of the file, or are named by number, from "1"; their label and query,
// if the file has them, are their metadata "label" and "qid". A document's Tokens, and a term's Count, are the sum of its
// entries, rounded, and at least 1 if it has any: 0 would say that there is nothing of it.
func OfMatrix(m *matrixfile.Matrix) *Table {
	t := &Table{V: m.V, Known: m.Known, Documents: make([]Document, len(m.Documents))}
	for i, d := range m.Documents {
		t.Documents[i] = Document{ID: cmp.Or(d.Name, strconv.Itoa(i+1)), Meta: fieldsOf(d)}
	}
	t.Vocabulary = &Vocabulary{Terms: make([]Term, len(m.Terms)), Documents: len(m.Documents)}
	for row, stem := range m.Terms {
		t.Vocabulary.Terms[row].Stem = stem
	}
	t.addUp()
	return t
}

// The names of what SVMlight says of a document.
const (
	labelField = "label"
	queryField = "qid"
)

func fieldsOf(d matrixfile.Document) (fields []corpus.Field) {
	if d.Label != "" {
		fields = append(fields, corpus.Field{Name: labelField, Value: d.Label})
	}
	if d.Query != "" {
		fields = append(fields, corpus.Field{Name: queryField, Value: d.Query})
	}
	return fields
}

// Matrix is V with the stems of the terms and the labels of the documents, to be written.
func (t *Table) Matrix() *matrixfile.Matrix {
	m := &matrixfile.Matrix{V: t.V, Documents: make([]matrixfile.Document, len(t.Documents))}
	for _, term := range t.Vocabulary.Terms {
		m.Terms = append(m.Terms, term.Stem)
	}
	for i, d := range t.Documents {
		m.Documents[i].Label, m.Documents[i].Name = corpus.Value(d.Meta, labelField), d.ID
	}
	return m
}

// addUp takes what is said of documents and terms from V.
func (t *Table) addUp() {
	terms, sums := t.Vocabulary.Terms, make([]float64, len(t.Vocabulary.Terms))
	v := t.V.RawMatrix()
	for d := range t.Documents {
		sum := 0.0
		for e := v.Indptr[d]; e < v.Indptr[d+1]; e++ {
			i, x := v.Ind[e], v.Data[e]
			terms[i].DF++
			sums[i] += x
			sum += x
		}
		t.Documents[d].Tokens = asTokens(sum)
	}
	for i := range terms {
		terms[i].Count = asTokens(sums[i])
		terms[i].Forms = []Form{{terms[i].Stem, terms[i].Count}}
	}
}

// mostTokens is the largest number of tokens that is told: all whole numbers up to it are
// exact sums. On a machine of 32 bits it is less.
const mostTokens = min(1<<53, math.MaxInt)

// asTokens rounds a sum of entries, up to 1 if it is above 0.
func asTokens(sum float64) int {
	switch {
	case sum == 0:
		return 0
	case sum >= mostTokens:
		return mostTokens
	}
	return int(max(math.Round(sum), 1))
}
