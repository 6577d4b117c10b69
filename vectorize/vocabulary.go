package vectorize

import (
	"cmp"
	"slices"
	"strings"
)

// Term is what a row of V counts.
type Term struct {
	// Stem is the stem of its tokens, or several joined by "_".
	Stem string
	// Forms are the ways in which the corpus writes it, the most frequent first.
	Forms []Form
	// DF is the number of documents it occurs in.
	DF int
	// Count is how often it occurs.
	Count int
}

// Form is one way of writing a term.
type Form struct {
	Text  string
	Count int
}

// Shown is the form to print: the most frequent one.
func (t *Term) Shown() string {
	if len(t.Forms) == 0 {
		return t.Stem
	}
	return t.Forms[0].Text
}

// Vocabulary is the terms of a table, in byte order of their stems.
type Vocabulary struct {
	Terms []Term
	// Documents is the number of documents it was taken from.
	Documents int
	// Phrases are what Options.Phrases found, in byte order: their terms stand in the
	// place of their parts, also if pruning has left them out.
	Phrases []Phrase
}

// Find returns the row of a stem.
func (v *Vocabulary) Find(stem string) (row int, ok bool) {
	return slices.BinarySearchFunc(v.Terms, stem, func(t Term, s string) int { return strings.Compare(t.Stem, s) })
}

// Shares are the terms' parts of all tokens that the vocabulary holds.
func (v *Vocabulary) Shares() []float64 {
	total, shares := 0, make([]float64, len(v.Terms))
	for _, t := range v.Terms {
		total += t.Count
	}
	for i, t := range v.Terms {
		shares[i] = float64(t.Count) / float64(max(total, 1))
	}
	return shares
}

// sortForms puts the most frequent form first, equal ones in byte order.
func sortForms(forms []Form) {
	slices.SortFunc(forms, func(a, b Form) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
}
