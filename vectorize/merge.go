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
	numbers, dropped := prune(m.terms, m.documents, o)
	kept := make([]keep, len(numbers))
	for i, n := range numbers {
		t := m.terms[n]
		kept[i] = keep{n, Term{Stem: t.stem, DF: t.df, Count: t.count}}
	}
	m.addForms(kept)
	return kept, some(append(m.notTerms(), dropped...))
}

// prune returns the numbers of the terms that the options keep, in byte order of their
// stems, and what became of the others.
func prune(terms []tallyTerm, documents int, o Options) (kept []int32, dropped []Dropped) {
	// 0.07 of 100 documents is 7.000000000000001 in binary, and must be 7.
	slack := 1e-9 * float64(documents)
	least, most := o.MinDF.of(documents)-slack, o.MaxDF.of(documents)+slack
	var rare, common, many Dropped
	for i, t := range terms {
		switch {
		case t.df == 0: // a word that only n-grams are made of
		case float64(t.df) < least:
			rare.add(t)
		case float64(t.df) > most:
			common.add(t)
		default:
			kept = append(kept, int32(i))
		}
	}
	if o.MaxFeatures > 0 && len(kept) > o.MaxFeatures {
		slices.SortFunc(kept, func(a, b int32) int {
			return cmp.Or(cmp.Compare(terms[b].count, terms[a].count), strings.Compare(terms[a].stem, terms[b].stem))
		})
		for _, n := range kept[o.MaxFeatures:] {
			many.add(terms[n])
		}
		kept = kept[:o.MaxFeatures]
	}
	slices.SortFunc(kept, func(a, b int32) int { return strings.Compare(terms[a].stem, terms[b].stem) })
	return kept, some([]Dropped{withReason(TooRare, rare), withReason(TooCommon, common), withReason(TooMany, many)})
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
	return kept, some(append(m.notTerms(), withReason(Unlisted, unknown)))
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

func withReason(reason string, d Dropped) Dropped {
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
