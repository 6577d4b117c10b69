package vectorize

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Words that are strewn over all documents are proposed, and so is what stands once in
// each; words of a subject are not.
func TestProposeStopWords(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	subjects := strings.Fields("whale bread piano rocket")
	var texts []string
	for i := range 400 {
		text := []string{"header"}
		for range 40 {
			text = append(text, fmt.Sprintf("filler%d", random.IntN(20000)))
			if random.IntN(20) == 0 {
				text = append(text, "sundry")
			}
			if random.IntN(8) == 0 {
				text = append(text, subjects[i%4])
			}
		}
		texts = append(texts, strings.Join(text, " "))
	}
	o := loose()
	o.Stem = false
	all := ProposeStopWords(counted(t, o, texts...))
	words := make([]string, len(all))
	for i, p := range all {
		words[i] = p.Word
	}
	if len(words) < 2 || words[0] != "header" || words[1] != "sundry" {
		t.Fatalf("proposed are %q", words)
	}
	for _, word := range subjects {
		if slices.Contains(words, word) {
			t.Errorf("%q is proposed", word)
		}
	}
	if p := all[0]; p.Documents != 400 || p.Count != 400 || p.Evenness < boilerplateFrom || p.Reason != "in 100 % of the documents, 1.0 times in each: as in a form" {
		t.Errorf("%+v", p)
	}
	if p := all[1]; p.Evenness < 0.9 || p.Evenness > 1.15 || !strings.HasSuffix(p.Reason, "as evenly as by chance") {
		t.Errorf("%+v", p)
	}
}

// What a footer is made of is proposed, whether all, half or a tenth of the documents have it.
func TestProposeFooters(t *testing.T) {
	for _, every := range []int{1, 2, 10} {
		random := rand.New(rand.NewPCG(7, 7))
		var texts []string
		for i := range 400 {
			var text []string
			for range 60 {
				text = append(text, fmt.Sprintf("word%d", random.IntN(3000)))
				if random.IntN(10) == 0 {
					text = append(text, []string{"whale", "bread", "piano"}[i%3])
				}
			}
			if i%every == 0 {
				text = append(text, "acme newswire rights reserved")
			}
			texts = append(texts, strings.Join(text, " "))
		}
		o := loose()
		o.Stem = false
		var words []string
		for _, p := range ProposeStopWords(counted(t, o, texts...)) {
			words = append(words, p.Word)
		}
		for _, word := range []string{"acme", "newswire", "rights", "reserved"} {
			if !slices.Contains(words, word) {
				t.Errorf("a footer in one of %d: %q is not proposed", every, word)
			}
		}
		for _, word := range []string{"whale", "bread", "piano"} {
			if slices.Contains(words, word) {
				t.Errorf("a footer in one of %d: %q, of a subject, is proposed", every, word)
			}
		}
	}
}
