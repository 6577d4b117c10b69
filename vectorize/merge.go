package vectorize

import (
	"cmp"
	"slices"
	"strings"
)

// merged is what several tallies hold together. Nothing in it depends on how the
// documents were shared out among them, but the order of terms, which prune and
// within put right.
type merged struct {
	documents int // that the vocabulary is taken from
	terms     []tallyTerm
	names     map[string]int32
	// numbers holds, for each tally, the number here of each of its terms.
	numbers [][]int32
	// forms maps a text to its form, apart for each reason or term.
	forms map[formKey]int
}

type formKey struct {
	text string
	term int32
}

func merge(tallies []*tally) *merged {
	m := &merged{names: map[string]int32{}, forms: map[formKey]int{}}
	for _, t := range tallies {
		numbers := make([]int32, len(t.terms))
		for i, term := range t.terms {
			number, known := m.names[term.stem]
			if !known {
				number = int32(len(m.terms))
				m.names[term.stem] = number
				m.terms = append(m.terms, tallyTerm{stem: term.stem})
			}
			m.terms[number].df += term.df
			m.terms[number].count += term.count
			numbers[i] = number
		}
		for _, f := range t.forms {
			term := f.term
			if term >= 0 {
				term = numbers[term]
			}
			m.forms[formKey{f.text, term}] += f.count
		}
		m.numbers = append(m.numbers, numbers)
	}
	return m
}

// keep says which term of merged becomes which row.
type keep struct {
	number int32
	term   Term
}

// prune chooses the terms of a new vocabulary, in byte order of their stems.
func (m *merged) prune(o Options) ([]keep, []Dropped) {
	// 0.07 of 100 documents is 7.000000000000001 in binary, and must be 7.
	slack := 1e-9 * float64(m.documents)
	least, most := o.MinDF.of(m.documents)-slack, o.MaxDF.of(m.documents)+slack
	dropped := m.notTerms()
	var rare, common, many Dropped
	var kept []keep
	for i, t := range m.terms {
		switch {
		case t.df == 0: // a word that only n-grams are made of
		case float64(t.df) < least:
			rare.add(t)
		case float64(t.df) > most:
			common.add(t)
		default:
			kept = append(kept, keep{int32(i), Term{Stem: t.stem, DF: t.df, Count: t.count}})
		}
	}
	if o.MaxFeatures > 0 && len(kept) > o.MaxFeatures {
		slices.SortFunc(kept, func(a, b keep) int {
			return cmp.Or(cmp.Compare(b.term.Count, a.term.Count), strings.Compare(a.term.Stem, b.term.Stem))
		})
		for _, k := range kept[o.MaxFeatures:] {
			many.add(m.terms[k.number])
		}
		kept = kept[:o.MaxFeatures]
	}
	slices.SortFunc(kept, func(a, b keep) int { return strings.Compare(a.term.Stem, b.term.Stem) })
	m.addForms(kept)
	return kept, some(append(dropped, named(TooRare, rare), named(TooCommon, common), named(TooMany, many)))
}

// within chooses the terms of a vocabulary that is given. Its terms keep their forms
// and frequencies, whatever the documents hold.
func (m *merged) within(v *Vocabulary) ([]keep, []Dropped) {
	kept := make([]keep, len(v.Terms))
	for row, t := range v.Terms {
		number, known := m.names[t.Stem]
		if !known {
			number = -1
		}
		kept[row] = keep{number, t}
	}
	var unknown Dropped
	for _, t := range m.terms {
		if _, known := v.Find(t.stem); !known && t.df > 0 {
			unknown.add(t)
		}
	}
	return kept, some(append(m.notTerms(), named(Unlisted, unknown)))
}

// notTerms adds up the tokens that are no terms.
func (m *merged) notTerms() []Dropped {
	var stops, short Dropped
	for key, count := range m.forms { // sums do not depend on the order
		switch key.term {
		case stopWord:
			stops.Terms++
			stops.Tokens += count
		case tooShort:
			short.Terms++
			short.Tokens += count
		}
	}
	return []Dropped{named(StopWord, stops), named(TooShort, short)}
}

func (d *Dropped) add(t tallyTerm) {
	d.Terms++
	d.Tokens += t.count
}

// some leaves out the classes in which there is nothing.
func some(dropped []Dropped) []Dropped {
	return slices.DeleteFunc(dropped, func(d Dropped) bool { return d.Terms == 0 })
}

func named(reason string, d Dropped) Dropped {
	d.Reason = reason
	return d
}

// addForms gives the kept terms their forms.
func (m *merged) addForms(kept []keep) {
	at := make([]int, len(m.terms))
	for i := range at {
		at[i] = -1
	}
	for i, k := range kept {
		at[k.number] = i
	}
	for key, count := range m.forms { // the order is put right below
		if count > 0 && key.term >= 0 && at[key.term] >= 0 {
			term := &kept[at[key.term]].term
			term.Forms = append(term.Forms, Form{key.text, count})
		}
	}
	for _, k := range kept {
		sortForms(k.term.Forms)
	}
}
