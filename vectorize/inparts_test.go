package vectorize

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// part is what a machine makes of its texts, sent elsewhere and read there.
func part(t rapid.TB, o Options, texts []string) *Counted {
	t.Helper()
	file := bytesOf(t, countedAll(t, o, 0, "", texts...))
	c, err := ReadCounted(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Counted in parts, wherever the texts are cut, a corpus has the vocabulary and the counts that it
// has as a whole.
func TestInParts(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, _ *Table) {
		o.Weighting, o.Phrases, o.Banned = CountWeighting, false, nil
		want := counted(t, o, texts...)
		o = want.Settle(o)
		cut := rapid.IntRange(1, len(texts)).Draw(t, "cut")
		parts := []*Counted{part(t, o, texts[:cut])}
		if cut < len(texts) {
			parts = append(parts, part(t, o, texts[cut:]))
		}
		var lists [][]Term
		for _, p := range parts {
			lists = append(lists, opened(t, bytesOf(t, p.OnlyTerms(p.Terms))).Terms)
		}
		terms, _ := ChooseTerms(MergeTerms(lists...), len(texts), o)
		if !reflect.DeepEqual(terms, want.Vocabulary.Terms) {
			t.Fatalf("terms %v, want %v", terms, want.Vocabulary.Terms)
		}
		checkParts(t, parts, terms, want)
	})
}

// checkParts wants the documents and counts of a table in the parts.
func checkParts(t rapid.TB, parts []*Counted, terms []Term, want *Table) {
	t.Helper()
	j, v := 0, want.V.RawMatrix()
	for _, p := range parts {
		table, err := p.TableWith(context.Background(), &Vocabulary{Terms: terms})
		if err != nil {
			t.Fatal(err)
		}
		m := table.V.RawMatrix()
		for d, document := range table.Documents {
			if w := want.Documents[j]; document.Tokens != w.Tokens || document.Unknown != w.Unknown || document.Checksum != w.Checksum {
				t.Errorf("document %d is %+v, want %+v", j, document, w)
			}
			if !slices.Equal(m.Ind[m.Indptr[d]:m.Indptr[d+1]], v.Ind[v.Indptr[j]:v.Indptr[j+1]]) || !slices.Equal(m.Data[m.Indptr[d]:m.Indptr[d+1]], v.Data[v.Indptr[j]:v.Indptr[j+1]]) {
				t.Errorf("document %d has other counts", j)
			}
			j++
		}
	}
}

// What every part drops is the same words; what is dropped in one place each is not.
func TestMergeDropped(t *testing.T) {
	got := MergeDropped([]Dropped{{StopWord, 3, 10}, {TooRare, 5, 5}}, []Dropped{{TooRare, 2, 2}, {StopWord, 4, 6}}, nil)
	if want := []Dropped{{StopWord, 4, 16}, {TooRare, 7, 7}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := MergeLanguages([]LanguageCount{{"de", 2}}, []LanguageCount{{"en", 3}, {"de", 2}}); !slices.Equal(got, []LanguageCount{{"de", 4}, {"en", 3}}) {
		t.Errorf("got %v", got)
	}
}
