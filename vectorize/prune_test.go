package vectorize

import (
	"reflect"
	"strings"
	"testing"
)

// ladder is ten documents in which "one" occurs in one, "two" in two, and so on to
// "ten".
func ladder() []string {
	words := strings.Fields("one two three four five six seven eight nine ten")
	texts := make([]string, 10)
	for i := range texts {
		texts[i] = strings.Join(words[i:], " ")
	}
	return texts
}

func TestDocumentFrequency(t *testing.T) {
	const all = "eight five four nine one seven six ten three two"
	for _, test := range []struct {
		name, least, most string
		want              string
		rare, common      int // terms dropped
	}{
		{"no limit", "0", "1.0", all, 0, 0},
		{"no limit as counts", "1", "10", all, 0, 0},
		{"no limit as shares", "0.0", "1.0", all, 0, 0},
		{"a count is kept", "3", "10", "eight five four nine seven six ten three", 2, 0},
		{"a count is kept at the top", "1", "3", "one three two", 0, 7},
		{"a share is kept", "0.5", "1.0", "eight five nine seven six ten", 4, 0},
		{"a share is kept at the top", "1", "0.5", "five four one three two", 0, 5},
		{"shares are not rounded", "0.55", "0.89", "eight seven six", 5, 2},
		{"both", "2", "0.4", "four three two", 1, 6},
		{"one document", "1", "1", "one", 0, 9},
		{"all documents", "10", "1.0", "ten", 9, 0},
		{"all documents as a share", "1.0", "1.0", "ten", 9, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := plain()
			o.MinDF, o.MaxDF = frequency(test.least), frequency(test.most)
			table := counted(t, o, ladder()...)
			if got := stems(table); got != test.want {
				t.Errorf("terms are %q, want %q", got, test.want)
			}
			if rare, common := dropped(table, TooRare).Terms, dropped(table, TooCommon).Terms; rare != test.rare || common != test.common {
				t.Errorf("%d are too rare and %d too common, want %d and %d", rare, common, test.rare, test.common)
			}
		})
	}
}

// The tokens of dropped terms are unknown to the documents, and counted as dropped.
func TestDroppedTokens(t *testing.T) {
	o := plain()
	o.MinDF, o.MaxDF, o.MaxFeatures = frequency("2"), frequency("3"), 1
	table := counted(t, o,
		"common common rare rare rare two two",
		"common two few",
		"common few",
		"common")
	want := []Dropped{{TooRare, 1, 3}, {TooCommon, 1, 5}, {TooMany, 1, 2}}
	if !reflect.DeepEqual(table.Dropped, want) {
		t.Errorf("dropped %v, want %v", table.Dropped, want)
	}
	for i, d := range []Document{{Tokens: 2, Unknown: 5}, {Tokens: 1, Unknown: 2}, {Unknown: 2}, {Unknown: 1}} {
		if got := table.Documents[i]; got.Tokens != d.Tokens || got.Unknown != d.Unknown {
			t.Errorf("document %d has %d tokens and %d unknown, want %d and %d", i, got.Tokens, got.Unknown, d.Tokens, d.Unknown)
		}
	}
}

func TestMaxFeatures(t *testing.T) {
	// Counts: delta 3, bravo, charlie and echo 2, alpha 1.
	texts := []string{"delta echo charlie bravo", "bravo delta delta", "alpha echo charlie"}
	for _, test := range []struct {
		name string
		most int
		want string
		lost Dropped
	}{
		{"no limit", 0, "alpha bravo charlie delta echo", Dropped{}},
		{"more than there are", 6, "alpha bravo charlie delta echo", Dropped{}},
		{"as many as there are", 5, "alpha bravo charlie delta echo", Dropped{}},
		{"the rarest goes", 4, "bravo charlie delta echo", Dropped{TooMany, 1, 1}},
		{"a tie: the last goes", 3, "bravo charlie delta", Dropped{TooMany, 2, 3}},
		{"a tie: the first stays", 2, "bravo delta", Dropped{TooMany, 3, 5}},
		{"the most frequent", 1, "delta", Dropped{TooMany, 4, 7}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := plain()
			o.MaxFeatures = test.most
			table := counted(t, o, texts...)
			if got := stems(table); got != test.want {
				t.Errorf("terms are %q, want %q", got, test.want)
			}
			if got := dropped(table, TooMany); got != test.lost {
				t.Errorf("dropped %v, want %v", got, test.lost)
			}
		})
	}
}

// The limit counts the terms that document frequency leaves.
func TestMaxFeaturesAfterDocumentFrequency(t *testing.T) {
	o := plain()
	o.MinDF, o.MaxFeatures = frequency("2"), 1
	if got, want := stems(counted(t, o, "rare rare rare few", "few")), "few"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}
