package vectorize

import (
	"slices"
	"strings"

	"github.com/james-bowman/sparse"
	"golang.org/x/text/unicode/norm"
)

// Banned is the reason of terms that Options.Banned names.
const Banned = "banned"

// asToken is a word as tokens are held, however the user has typed it.
func asToken(word string) string {
	return norm.NFC.String(foldWord(strings.ToLower(word)))
}

// RowsOf returns the rows of each of some words: those of the terms that the texts write
// so, or else of the one that has the word for its stem; none if the vocabulary does not
// hold it. Where documents are in several languages a word may be more than one term.
func (v *Vocabulary) RowsOf(words []string) [][]int {
	rows, wanted := make([][]int, len(words)), make(map[string][]int, len(words))
	for n, word := range words {
		wanted[asToken(word)] = append(wanted[asToken(word)], n)
	}
	if len(words) == 0 {
		return rows
	}
	for row, t := range v.Terms {
		for _, form := range t.Forms {
			for _, n := range wanted[form.Text] {
				rows[n] = append(rows[n], row)
			}
		}
	}
	for n, word := range words {
		if row, known := v.Find(asToken(word)); known && len(rows[n]) == 0 {
			rows[n] = []int{row}
		}
	}
	return rows
}

// Ban leaves the terms of some words out of a table of counts, with all forms of theirs.
// Their tokens count as unknown. Unlike stop words they part no phrases, and belong to
// those that they are in. Texts whose terms are weighted have Options.Banned instead: what
// is weighted is what is left.
func (t *Table) Ban(words []string) {
	to, kept := t.without(words)
	if kept == len(to) {
		return
	}
	v := t.V.RawMatrix()
	start, index, value := make([]int, 1, len(v.Indptr)), make([]int, 0, len(v.Ind)), make([]float64, 0, len(v.Ind))
	for d := range t.Documents {
		gone := 0.0
		for e := v.Indptr[d]; e < v.Indptr[d+1]; e++ {
			if row := to[v.Ind[e]]; row >= 0 {
				index, value = append(index, row), append(value, v.Data[e])
			} else {
				gone += v.Data[e]
			}
		}
		n := min(asTokens(gone), t.Documents[d].Tokens)
		t.Documents[d].Tokens -= n
		t.Documents[d].Unknown += n
		start = append(start, len(index))
	}
	t.V = sparse.NewCSC(kept, len(t.Documents), start, index, value)
}

// without leaves terms out of the vocabulary, and tells the row that each has then, or -1,
// and how many are left.
func (t *Table) without(words []string) (to []int, kept int) {
	all := t.Vocabulary.Terms
	to = make([]int, len(all))
	for _, rows := range t.Vocabulary.RowsOf(words) {
		for _, row := range rows {
			to[row] = -1
		}
	}
	left, banned := make([]Term, 0, len(all)), Dropped{Reason: Banned}
	for row, term := range all {
		if to[row] < 0 {
			banned.Terms++
			banned.Tokens += term.Count
			continue
		}
		to[row] = len(left)
		left = append(left, term)
	}
	if banned.Terms > 0 {
		t.Vocabulary.Terms = slices.Clip(left)
		t.Dropped = append(t.Dropped, banned)
	}
	return to, len(left)
}
