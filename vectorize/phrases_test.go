package vectorize

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"
)

// phrasing are options that find phrases in texts as small as those of the tests.
func phrasing() Options {
	o := loose()
	o.Phrases, o.PhraseMinCount = true, 2
	return o
}

func TestPhrases(t *testing.T) {
	texts := []string{"New York has a harbour.", "The harbour of New York", "A new ship in York; new York", "ships"}
	table := counted(t, phrasing(), texts...)
	if got, want := stems(table), "harbour new new_york ship york"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if want := []Phrase{{"new", "york"}}; !reflect.DeepEqual(table.Vocabulary.Phrases, want) {
		t.Errorf("phrases are %v, want %v", table.Vocabulary.Phrases, want)
	}
	row, _ := table.Vocabulary.Find("new_york")
	if term := table.Vocabulary.Terms[row]; term.DF != 3 || term.Count != 3 || term.Shown() != "new_york" {
		t.Errorf("the phrase is %+v", term)
	}
}

// A stop word between parts a phrase, and its own parts go to the first phrase they can.
func TestPhrasesStandTogether(t *testing.T) {
	texts := []string{"salt and pepper", "salt with pepper", "salt or pepper", "black pepper corn", "black pepper corn"}
	o := phrasing()
	o.PhraseThreshold = 0.4
	if got, want := stems(counted(t, o, texts...)), "black_pepper corn pepper salt"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

func TestPhraseLimits(t *testing.T) {
	texts := []string{"human rights", "human rights", "human nature", "bill of rights and human rights", "whale whale"}
	for _, test := range []struct {
		name   string
		change func(*Options)
		found  bool
	}{
		{"as it is", func(*Options) {}, true},
		{"often enough", func(o *Options) { o.PhraseMinCount = 3 }, true},
		{"too seldom", func(o *Options) { o.PhraseMinCount = 4 }, false},
		{"near chance", func(o *Options) { o.PhraseThreshold = 0.95 }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := phrasing()
			o.StopWords = []string{"of", "and"}
			test.change(&o)
			table, err := Count(context.Background(), documents(texts...), o)
			if found := err == nil && len(table.Vocabulary.Phrases) == 1; found != test.found {
				t.Errorf("found: %v, %v", found, err)
			}
		})
	}
}

// The measure by the book: p(x) = 4/10, p(y) = 2/10, p(x,y) = 2/10.
func TestNPMI(t *testing.T) {
	b := &bigrams{counts: []int{4, 2, 4}, total: 10}
	want := math.Log(0.2/(0.4*0.2)) / -math.Log(0.2)
	if got := b.npmi(pairKey(0, 1), 2); math.Abs(got-want) > 1e-12 {
		t.Errorf("is %v, want %v", got, want)
	}
	if got := (&bigrams{counts: []int{3, 3}, total: 3}).npmi(pairKey(0, 1), 3); got != 1 {
		t.Errorf("where nothing else is, it is %v", got)
	}
}

// Later texts are joined as those of the vocabulary were, also where pruning has left a
// phrase out.
func TestPhrasesOfAVocabulary(t *testing.T) {
	texts := []string{"new york and whales", "new york", "whales whales", "whale york"}
	o := phrasing()
	table := counted(t, o, texts...)
	if again := countedWith(t, table.Vocabulary, o, texts...); !sameEntries(entries(again), entries(table)) {
		t.Errorf("V is %v, counted again %v", entries(table), entries(again))
	}
	o.MaxFeatures = 1
	small := counted(t, o, texts...)
	again := countedWith(t, small.Vocabulary, o, "York, New York")
	if stems(small) != "whale" || again.Documents[0].Unknown != 2 {
		t.Errorf("terms are %q; of york and new_york %d are unknown", stems(small), again.Documents[0].Unknown)
	}
}

func TestPhrasesByThreads(t *testing.T) {
	var texts []string
	for _, s := range strings.Fields(strings.Repeat("sea_salt salt sea new_york_times rye_bread bread ", 40)) {
		texts = append(texts, strings.ReplaceAll(s, "_", " "))
	}
	o := phrasing()
	o.NGrams = Range{1, 2}
	o.Threads = 1
	want := counted(t, o, texts...)
	for _, threads := range []int{2, 3, 8} {
		o.Threads = threads
		if got := counted(t, o, texts...); !reflect.DeepEqual(got, want) {
			t.Errorf("%d threads find %v and count %q; one finds %v and counts %q", threads, got.Vocabulary.Phrases, stems(got), want.Vocabulary.Phrases, stems(want))
		}
	}
	if !strings.Contains(stems(want), "new_york_time") {
		t.Errorf("no n-gram of a phrase in %q", stems(want))
	}
}
