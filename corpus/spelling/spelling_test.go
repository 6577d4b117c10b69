package spelling

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "sail", 4}, {"sail", "sail", 0},
		{"sail", "sails", 1}, {"sail", "ail", 1}, {"sail", "soil", 1},
		{"sail", "asil", 1}, // a swap is one change
		{"ca", "abc", 3},    // and nothing is put between what is swapped
		{"façade", "facade", 1}, {"маяк", "мак", 1}, {"kitten", "sitting", 3},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q it is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// What stands before the end that fits best costs nothing.
func TestDistanceToEnd(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       int
	}{
		{"reports/2021/spring.txt", "spring.txt", 0}, {"reports/spring.txt", "sprnig.txt", 1},
		{"a/b.txt", "b.tx", 1}, {"a", "abc", 2}, {"", "abc", 3}, {"abc", "", 0},
	} {
		if got := DistanceToEnd(c.text, c.word); got != c.want {
			t.Errorf("from an end of %q to %q it is %d, want %d", c.text, c.word, got, c.want)
		}
	}
}

// The distance to an end is the least of the distances to all ends, each taken by itself. A
// distance is the same both ways, 0 only for the same word, at most the longer word's length,
// and at least the difference of the lengths.
func TestDistanceToEndIsTheLeast(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abé")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		text, word := letters.Draw(t, "text"), letters.Draw(t, "word")
		least := Distance("", word)
		for i := range text {
			least = min(least, Distance(text[i:], word))
		}
		if got := DistanceToEnd(text, word); got != least {
			t.Fatalf("from an end of %q to %q it is %d, want %d", text, word, got, least)
		}
		a, b := utf8.RuneCountInString(text), utf8.RuneCountInString(word)
		d := Distance(text, word)
		if d != Distance(word, text) || (d == 0) != (text == word) || d > max(a, b) || d < a-b {
			t.Fatalf("%q and %q: %d one way, %d the other", text, word, d, Distance(word, text))
		}
	})
}

func TestOneOf(t *testing.T) {
	choices := []string{"csv", "tsv", "json"}
	for got, want := range map[string]string{
		"json":    "",
		"cvs":     `"cvs": must be one of csv, tsv, json (did you mean csv?)`,
		"JSON":    `"JSON": must be one of csv, tsv, json (did you mean json?)`,
		"parquet": `"parquet": must be one of csv, tsv, json`,
		"":        `"": must be one of csv, tsv, json`,
	} {
		text := ""
		if err := OneOf(got, choices); err != nil {
			text = err.Error()
		}
		if text != want {
			t.Errorf("%q: %s, want %s", got, text, want)
		}
	}
	if err := OneOf("x", []string{}); err == nil || strings.Contains(err.Error(), "mean") {
		t.Errorf("error %v", err)
	}
}

// A word of three characters may be wrong in one, and each four more allow one more.
func TestAllowed(t *testing.T) {
	for length, want := range map[int]int{0: 1, 3: 1, 6: 1, 7: 2, 10: 2, 11: 3, 14: 3, 15: 4} {
		if got := Allowed(strings.Repeat("я", length)); got != want {
			t.Errorf("%d characters: %d changes, want %d", length, got, want)
		}
	}
}
