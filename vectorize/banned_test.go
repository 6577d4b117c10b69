package vectorize

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/vectorize/matrixfile"
	"pgregory.net/rapid"
)

func TestRowsOf(t *testing.T) {
	v := &Vocabulary{Terms: []Term{
		{Stem: "boat", Forms: []Form{{"boats", 3}, {"boat", 1}}},
		{Stem: "chat", Forms: []Form{{"chats", 2}}},
		{Stem: "new_york", Forms: []Form{{"new_york", 2}}},
		{Stem: "univers", Forms: []Form{{"universities", 1}}},
		{Stem: "él", Forms: []Form{{"chats", 1}}},
	}}
	for word, want := range map[string][]int{
		"boat": {0}, "BOATS": {0}, "chats": {1, 4}, "chat": {1}, "univers": {3}, "new_york": {2}, "e\u0301l": {4}, "boating": nil, "": nil,
	} {
		if got := v.RowsOf([]string{"chats", word, word})[2]; !slices.Equal(got, want) {
			t.Errorf("%q is in the rows %v, want %v", word, got, want)
		}
	}
}

// A ban takes all forms of a word, whatever its case, and none of another.
func TestBannedWords(t *testing.T) {
	o := loose()
	o.Banned = []string{"Sails", "unheard"}
	table := counted(t, o, "sail sailing boat sails", "sailing boats harbour", "harbour boat")
	if got, want := stems(table), "boat harbour"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if d := table.Documents[0]; d.Tokens != 1 || d.Unknown != 3 {
		t.Errorf("of the first text %d tokens are known and %d are not, want 1 and 3", d.Tokens, d.Unknown)
	}
	if want := (Dropped{Reason: Banned, Terms: 1, Tokens: 4}); !slices.Contains(table.Dropped, want) {
		t.Errorf("dropped %v, want %v among them", table.Dropped, want)
	}
}

// The words around a banned word do not become neighbours, and what is made of several
// words is a term of its own.
func TestBannedWordsInPairs(t *testing.T) {
	o := plain()
	o.NGrams, o.Banned = Range{1, 2}, []string{"old"}
	if got, want := stems(counted(t, o, "the old boat")), "boat old_boat the the_old"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

// What is left is counted and weighted as if the texts had never had the banned words, but
// that these are unknown.
func TestBannedWordsLeaveNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("ant bee cat dog emu")), 1, 8)
		texts := rapid.SliceOfN(words, 1, 5).Draw(t, "texts")
		o := plain()
		o.Weighting = rapid.SampledFrom(Weightings).Draw(t, "weighting")
		o.Threads = rapid.IntRange(1, 3).Draw(t, "threads")
		var with, without []string
		for _, words := range texts {
			with = append(with, strings.Join(words, " "))
			without = append(without, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "bee" }), " "))
		}
		if strings.Join(without, "") == "" {
			t.Skip("nothing is left")
		}
		want := counted(t, o, without...)
		c := countedAll(t, o, 0, "", with...)
		defer c.Close()
		o.Banned = []string{"bee"}
		got := counted(t, o, with...)
		if !reflect.DeepEqual(got.V, want.V) || !reflect.DeepEqual(got.Vocabulary, want.Vocabulary) {
			t.Fatalf("got\n%+v\nwant\n%+v", got, want)
		}
		for j, d := range got.Documents {
			if d.Tokens != want.Documents[j].Tokens || d.Tokens+d.Unknown != len(strings.Fields(with[j])) {
				t.Fatalf("document %d has %d tokens and %d unknown ones", j, d.Tokens, d.Unknown)
			}
		}
		later, err := c.Table(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(later, got) {
			t.Fatalf("of the counted corpus\n%+v\nwant\n%+v", later, got)
		}
	})
}

// A matrix has no forms but its terms.
func TestBannedTermsOfAMatrix(t *testing.T) {
	table := ofMatrix(t, "%%MatrixMarket matrix coordinate integer general\n2 3 4\n1 1 2\n1 3 1\n2 2 4\n2 3 1\n",
		matrixfile.Options{Terms: []string{"boat", "hive", "the sea"}})
	table.Ban([]string{"the sea", "nothing"})
	if got, want := stems(table), "boat hive"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if rows, columns := table.V.Dims(); rows != 2 || columns != 2 || table.V.At(1, 1) != 4 || table.V.At(0, 1) != 0 {
		t.Errorf("V is %d × %d, %v", rows, columns, table.V.RawMatrix())
	}
	if d := table.Documents[1]; d.Tokens != 4 || d.Unknown != 1 {
		t.Errorf("of the second document %d tokens are known and %d are not", d.Tokens, d.Unknown)
	}
}
