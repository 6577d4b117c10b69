package vectorize

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A corpus counted in parts
//
// Several machines count a part of a corpus each, with the same options (MainLanguage and stop
// words settled, no phrases, which are found in all texts together). From there:
//
//	each part      CountAll, Write                  the file of a counted corpus
//	all terms      MergeTerms of the parts' Terms   or of slices of them, machine by machine
//	one place      ChooseTerms                      the vocabulary, as Count would choose it
//	each part      ReadCounted, TableWith           the counts of the vocabulary's terms
//
// Lists of terms travel in the form of a counted corpus without documents: OnlyTerms.

// ReadCounted reads what Counted.Write has written. The counts stay where they are, and are read
// when they are asked for.
func ReadCounted(from io.ReaderAt, size int64) (*Counted, error) {
	c, err := readCounted(from, size, func() error { return nil })
	if err != nil {
		return nil, fmt.Errorf("reading a counted corpus: %w", err)
	}
	return c, nil
}

// OnlyTerms is c with these terms, and without documents. It is for Write, and for what is read
// from there: there are no counts to make a table of.
func (c *Counted) OnlyTerms(terms []Term) *Counted {
	only := *c
	only.Documents, only.Terms, only.Shards, only.counts = nil, terms, 0, noCounts{}
	return &only
}

// noCounts are the counts of no document.
type noCounts struct{}

func (noCounts) each(context.Context, func(int, []entry) error) error { return nil }
func (noCounts) limit() int                                           { return 0 }
func (noCounts) close() error                                         { return nil }

// MergeTerms adds up lists of terms, each in byte order of the stems, and so is the result.
func MergeTerms(lists ...[]Term) []Term {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b Term) int { return strings.Compare(a.Stem, b.Stem) })
	sum := all[:0]
	for i, t := range all {
		if i > 0 && sum[len(sum)-1].Stem == t.Stem {
			sum[len(sum)-1].take(t)
		} else {
			sum = append(sum, Term{t.Stem, slices.Clone(t.Forms), t.DF, t.Count})
		}
	}
	clear(all[len(sum):])
	for i := range sum {
		sortForms(sum[i].Forms)
	}
	return sum
}

// take adds the numbers of the same term elsewhere.
func (t *Term) take(more Term) {
	t.DF += more.DF
	t.Count += more.Count
	for _, f := range more.Forms {
		t.addForm(f.Text, f.Count)
	}
}

// ChooseTerms keeps the terms that the limits of the options want, of a corpus of so many
// documents, and says what became of the others. The terms are in byte order of their stems.
func ChooseTerms(terms []Term, documents int, o Options) ([]Term, []Dropped) {
	counts := make([]tallyTerm, len(terms))
	for i, t := range terms {
		counts[i] = tallyTerm{stem: t.Stem, df: t.DF, count: t.Count}
	}
	numbers, dropped := prune(counts, documents, o)
	kept := make([]Term, len(numbers))
	for i, n := range numbers {
		kept[i] = terms[n]
	}
	return kept, dropped
}

// MergeDropped adds up what parts of a corpus have dropped, in the order in which the reasons
// first come. The same stop words are dropped in every part: of these, and of tokens that are too
// short, as many are said to be terms as in the part that has most of them, so that there may
// be a few more. Others are dropped in one place each, and so are added up.
func MergeDropped(lists ...[]Dropped) []Dropped {
	var all []Dropped
	for _, d := range slices.Concat(lists...) {
		at := slices.IndexFunc(all, func(known Dropped) bool { return known.Reason == d.Reason })
		if at < 0 {
			all = append(all, d)
			continue
		}
		all[at].Tokens += d.Tokens
		if d.Reason == StopWord || d.Reason == TooShort {
			all[at].Terms = max(all[at].Terms, d.Terms)
		} else {
			all[at].Terms += d.Terms
		}
	}
	return all
}

// MergeLanguages adds up the documents of each language, the most frequent first.
func MergeLanguages(lists ...[]LanguageCount) []LanguageCount {
	counts := map[string]int{}
	for _, l := range slices.Concat(lists...) {
		counts[l.Language] += l.Documents
	}
	return sortedLanguages(counts)
}

// TableWith makes the table of a part with a vocabulary that is of the whole corpus. Tokens of
// other terms are only counted, as unknown.
func (c *Counted) TableWith(ctx context.Context, v *Vocabulary) (*Table, error) {
	t := &Table{
		Documents: slices.Clone(c.Documents), Vocabulary: v, Dropped: c.Dropped,
		MainLanguage: c.Options.mainLanguage(), Languages: c.Languages,
	}
	rows, size := make([]int32, len(c.Terms)), 0
	for n, term := range c.Terms {
		rows[n] = -1
		if row, known := v.Find(term.Stem); known {
			rows[n] = int32(row)
			size += term.DF
		}
	}
	return t, t.fill(ctx, c, rows, min(size, c.counts.limit()))
}
