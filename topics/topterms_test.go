package topics

import (
	"slices"
	"testing"
)

// TopTerms names the terms of Keywords.
func TestTopTermsAreKeywords(t *testing.T) {
	m := fitted(t, nil)
	for k, words := range m.TopWords(5) {
		var got, want []string
		for _, row := range words {
			got = append(got, m.Vocabulary.Terms[row].Shown())
		}
		for _, w := range m.Keywords(k, 5) {
			want = append(want, w.Term)
		}
		if !slices.Equal(got, want) || len(got) != 5 {
			t.Errorf("topic %d: %v, keywords %v", k, got, want)
		}
	}
	if got := TopTerms(m.W, m.Marginals(), 0, -1); len(got) != 0 {
		t.Errorf("%v for fewer than no terms", got)
	}
}
