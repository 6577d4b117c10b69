package vectorize

import "testing"

// A word that is thought its own stem is: whatever it begins with, for all endings of
// three letters.
func TestEnglishStems(t *testing.T) {
	stem := snowballStem("english")
	var skipped, all int
	for _, beginning := range []string{"", "b", "y", "ba", "bab", "ably", "trouble", "commun", "gener", "arsen", "babebib", "yoyoyy", "qqq", "aeiou"} {
		for ending := range 26 * 26 * 26 {
			word := beginning + string([]byte{'a' + byte(ending/26/26), 'a' + byte(ending/26%26), 'a' + byte(ending%26)})
			all++
			if !isEnglishStem(word) {
				continue
			}
			skipped++
			if s := stem(word); s != word {
				t.Fatalf("%s is taken for a stem; its stem is %s", word, s)
			}
		}
	}
	if skipped < all/2 {
		t.Errorf("only %d of %d endings need no stemmer", skipped, all)
	}
}

func TestEnglishStemsOfShortAndOddWords(t *testing.T) {
	stem, shorter := snowballStem("english"), englishStem()
	for _, word := range []string{"", "a", "x", "sky", "skis", "news", "inning", "isn't", "o'b", "naïf", "café", "r2d2", "x_b", "ax", "be", "ox"} {
		if want := stem(word); want != shorter(word) && word != "" {
			t.Errorf("%q: %q, the stemmer says %q", word, shorter(word), want)
		}
	}
}
