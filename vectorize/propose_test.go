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
