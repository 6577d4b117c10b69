package vectorize

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// merged is what several tallies hold together. Nothing in it depends on how the
// documents were shared out among them, but the order of terms, which prune and
// within put right.
type merged struct {
	documents int // that the vocabulary is taken from
	tallies   []*tally
	terms     []tallyTerm
	names     map[string]int32
	// numbers holds, for each tally, the number here of each of its terms.
	numbers [][]int32
}

func merge(tallies []*tally) *merged {
	m := &merged{tallies: tallies}
	for i, t := range tallies {
		if i == 0 { // whose terms keep their numbers
			m.names, m.terms = maps.Clone(t.names), slices.Clone(t.terms)
		}
		m.numbers = append(m.numbers, m.add(t, i > 0))
	}
	return m
}

// add returns the numbers of a tally's terms, and counts them unless they are counted.
func (m *merged) add(t *tally, count bool) []int32 {
	numbers := make([]int32, len(t.terms))
	for i, term := range t.terms {
		number, known := m.names[term.stem]
		if !known {
			number = int32(len(m.terms))
			m.names[term.stem] = number
			m.terms = append(m.terms, tallyTerm{stem: term.stem})
		}
		if count {
			m.terms[number].df += term.df
			m.terms[number].count += term.count
		}
		numbers[i] = number
	}
	return numbers
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
	type key struct {
		text   string
		reason int32
	}
	seen := map[key]bool{}
	dropped := map[int32]*Dropped{stopWord: {Reason: StopWord}, tooShort: {Reason: TooShort}}
	for _, t := range m.tallies {
		for _, f := range t.forms {
			if f.term >= 0 {
				continue
			}
			d := dropped[f.term]
			d.Tokens += f.count
			if k := (key{f.text, f.term}); !seen[k] {
				seen[k] = true
				d.Terms++
			}
		}
	}
	return []Dropped{*dropped[stopWord], *dropped[tooShort]}
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
	for i, t := range m.tallies {
		for _, f := range t.forms {
			if f.term < 0 || f.count == 0 {
				continue
			}
			if row := at[m.numbers[i][f.term]]; row >= 0 {
				kept[row].term.addForm(f.text, f.count)
			}
		}
	}
	for _, k := range kept {
		sortForms(k.term.Forms)
	}
}

// addForm adds to the count of one form. A term has few of them.
func (t *Term) addForm(text string, count int) {
	for i := range t.Forms {
		if t.Forms[i].Text == text {
			t.Forms[i].Count += count
			return
		}
	}
	t.Forms = append(t.Forms, Form{text, count})
}
