package vectorize

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"klew/corpus/spelling"
)

// Outcome is what becomes of a token.
type Outcome struct {
	// Token is the token as it would be shown.
	Token string
	// Stem is the term that it counts for, whether a vocabulary holds it or not; empty if
	// it never is one.
	Stem string
	// Reason is why not: StopWord or TooShort.
	Reason string
}

// Outcomes returns what becomes of the tokens of a text, those that are terms first. What is
// no word, such as a number, is not among them, nor is most of what is too short: the
// tokenizer passes over both.
func (c *Cutter) Outcomes(text string) []Outcome {
	t := c.tally
	t.cut(text)
	var all []Outcome
	for _, form := range t.sequence {
		if form != apart {
			f := t.forms[form]
			all = append(all, Outcome{Token: f.text, Stem: t.terms[f.term].stem})
		}
	}
	for _, form := range t.never {
		reason := StopWord
		if t.forms[form].term == tooShort {
			reason = TooShort
		}
		all = append(all, Outcome{Token: t.forms[form].text, Reason: reason})
	}
	return all
}

// FindForm returns the row of the term that the corpus writes so, in lower case, with
// blanks or "_" between words: of several that of the one that is written so most often.
func (v *Vocabulary) FindForm(text string) (row int, ok bool) {
	text = asForm(text)
	most := 0
	for i := range v.Terms {
		for _, f := range v.Terms[i].Forms {
			if f.Text == text && f.Count > most {
				row, ok, most = i, true, f.Count
			}
		}
	}
	return row, ok
}

// asForm writes what a user has typed as forms are written.
func asForm(text string) string {
	return norm.NFC.String(strings.Join(strings.Fields(strings.ToLower(text)), "_"))
}

// Near returns the rows of the n terms of which a form is written most like the text: with
// at most one letter to put in, take out, exchange, or swap with the next, and one more for
// each four letters beyond three. Those with the fewest changes come first, of equals those
// that are written so most often.
func (v *Vocabulary) Near(text string, n int) []int {
	type near struct{ row, changes, count int }
	before := func(a, b near) int {
		return cmp.Or(cmp.Compare(a.changes, b.changes), cmp.Compare(b.count, a.count))
	}
	word := asForm(text)
	length, most := utf8.RuneCountInString(word), spelling.Allowed(word)
	var all []near
	for row := range v.Terms {
		best := near{changes: most + 1}
		for _, f := range v.Terms[row].Forms {
			if d := utf8.RuneCountInString(f.Text) - length; d > most || -d > most {
				continue // so many letters have to be put in or taken out
			}
			if x := (near{row, spelling.Distance(word, f.Text), f.Count}); before(x, best) < 0 {
				best = x
			}
		}
		if best.changes <= most {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, before)
	var rows []int
	for _, x := range all[:min(max(n, 0), len(all))] {
		rows = append(rows, x.row)
	}
	return rows
}
