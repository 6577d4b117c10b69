package topics

import (
	"strings"
	"testing"
)

// On either side there are as many words as were asked for, of scripts without blanks as many
// characters, with the signs that belong to them.
func TestWordsAround(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		last string
		rest string
	}{
		{"one two  three\nfour", 2, "three four", "one two"},
		{"one two", 5, "one two", "one two"},
		{"\"Well,\" she said. (Then) ", 2, "said. (Then)", "\"Well,\" she"},
		{"a, b.", 2, "a, b.", "a, b."},
		{"東京の地図と海図", 3, "と海図", "東京の"},
		{"", 3, "", ""},
		{"... --- ...", 2, "", "... --- ..."},
		{"x", 0, "", ""},
		{strings.Repeat("é", 200), 1, strings.Repeat("é", 32), strings.Repeat("é", 32)},
	} {
		if got := lastWords(test.text, test.n); got != test.last {
			t.Errorf("the last %d words of %q are %q, want %q", test.n, test.text, got, test.last)
		}
		if got := firstWords(test.text, test.n); got != test.rest {
			t.Errorf("the first %d words of %q are %q, want %q", test.n, test.text, got, test.rest)
		}
	}
}
