package vectorize

import (
	"reflect"
	"testing"
)

func TestNGrams(t *testing.T) {
	const text = "The United States of America"
	for _, test := range []struct {
		name   string
		ngrams Range
		want   string
		tokens int
	}{
		{"words", Range{1, 1}, "america states united", 3},
		{"words and pairs", Range{1, 2}, "america states states_america united united_states", 5},
		{"pairs", Range{2, 2}, "states_america united_states", 2},
		{"up to three", Range{1, 3}, "america states states_america united united_states united_states_america", 6},
		{"only three", Range{3, 3}, "united_states_america", 1},
		{"more than there are", Range{2, 5}, "states_america united_states united_states_america", 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := loose()
			o.Stem, o.NGrams = false, test.ngrams
			table := counted(t, o, text)
			if got := stems(table); got != test.want {
				t.Errorf("terms are %q, want %q", got, test.want)
			}
			if got := table.Documents[0].Tokens; got != test.tokens {
				t.Errorf("document has %d tokens, want %d", got, test.tokens)
			}
		})
	}
}

// The whole table of two documents by words and pairs, worked out by hand.
func TestCountNGrams(t *testing.T) {
	o := loose()
	o.NGrams = Range{1, 2}
	table := counted(t, o, "Solar panel, solar panels", "the panels of solar's")
	want := []Term{
		{"panel", []Form{{"panels", 2}, {"panel", 1}}, 2, 3},
		{"panel_solar", []Form{{"panel_solar", 1}, {"panels_solar", 1}}, 2, 2},
		{"solar", []Form{{"solar", 3}}, 2, 3},
		{"solar_panel", []Form{{"solar_panel", 1}, {"solar_panels", 1}}, 1, 2},
	}
	if !reflect.DeepEqual(table.Vocabulary.Terms, want) {
		t.Errorf("terms are\n%v, want\n%v", table.Vocabulary.Terms, want)
	}
	v := [][]float64{{2, 1}, {1, 1}, {2, 1}, {2, 0}}
	if got := entries(table); !reflect.DeepEqual(got, v) {
		t.Errorf("V is %v, want %v", got, v)
	}
	// Stop words are counted once, not once for each range.
	if got, want := dropped(table, StopWord), (Dropped{StopWord, 2, 2}); got != want {
		t.Errorf("dropped %v, want %v", got, want)
	}
}

// Words that only pairs are made of are no terms: neither kept nor dropped.
func TestPairsAlone(t *testing.T) {
	o := plain()
	o.NGrams, o.MinDF = Range{2, 2}, frequency("2")
	table := counted(t, o, "new york city", "new york", "york")
	if got, want := stems(table), "new_york"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if want := []Dropped{{TooRare, 1, 1}}; !reflect.DeepEqual(table.Dropped, want) {
		t.Errorf("dropped %v, want %v", table.Dropped, want)
	}
	again := countedWith(t, table.Vocabulary, o, "new york boroughs")
	if want := []Dropped{{Unlisted, 1, 1}}; !reflect.DeepEqual(again.Dropped, want) {
		t.Errorf("by a vocabulary of pairs dropped %v, want %v", again.Dropped, want)
	}
	if d := table.Documents[2]; d.Tokens != 0 || d.Unknown != 0 {
		t.Errorf("a document of one word has %d tokens and %d unknown, want none", d.Tokens, d.Unknown)
	}
}

// Pairs do not reach from one document into the next, though one goroutine counts both.
func TestPairsStayWithinDocuments(t *testing.T) {
	o := plain()
	o.NGrams, o.Threads = Range{2, 2}, 1
	table := counted(t, o, "alpha bravo", "charlie delta", "echo echo echo")
	if got, want := stems(table), "alpha_bravo charlie_delta echo_echo"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if got := table.V.At(2, 2); got != 2 {
		t.Errorf("three words in a row make %v pairs, want 2", got)
	}
}
