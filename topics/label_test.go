package topics

import (
	"slices"
	"strings"
	"testing"

	"klew/vectorize"
	"pgregory.net/rapid"
)

// named is a model whose topics have these words, the first the weightiest; a topic that
// has less of a word than another does not own it.
func named(topics ...string) *Model {
	var words []string
	for _, t := range topics {
		for _, w := range strings.Fields(t) {
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	slices.Sort(words)
	w, counts := make([][]float64, len(words)), make([]int, len(words))
	for i := range w {
		w[i], counts[i] = make([]float64, len(topics)), 10
	}
	document := make([]float64, len(topics))
	for k, t := range topics {
		fields := strings.Fields(t)
		for rank, word := range fields {
			w[slices.Index(words, word)][k] = float64(len(fields)-rank) / 100
		}
		document[k] = float64(100 - k)
	}
	m := modelOf(words, counts, w, [][]float64{document})
	m.Origin.Counting.Phrases = true
	return m
}

func TestLabels(t *testing.T) {
	for _, test := range []struct {
		name   string
		topics []string
		want   []string
	}{
		{"three words", []string{"bee honey hive wax comb"}, []string{"bee honey hive"}},
		{"no two forms of a word", []string{"israel israeli jew jewish arab"}, []string{"israel jew arab"}},
		{"nor a part of a phrase", []string{"minister prime_minister party vote"}, []string{"prime minister party"}},
		{"a phrase from behind", []string{"a1 film award star red_carpet actor"}, []string{"red carpet film"}},
		{"but not from too far", []string{"one two three four five six seven eight red_carpet"}, []string{"one two three"}},
		{"a word goes where most of it is", []string{"game team hockey goal", "game team bat pitcher"}, []string{"hockey goal game", "bat pitcher"}},
		{"no initials, no numbers", []string{"dc nt 1x99 x1234 orbit moon r2d2 mars"}, []string{"orbit moon mars"}},
		{"but Chinese words", []string{"北京 上海 香港"}, []string{"北京 上海 香港"}},
		{"one word is a label", []string{"sea"}, []string{"sea"}},
		{"the same words", []string{"sea boat", "sea boat"}, []string{"sea boat", "sea boat (2)"}},
		{"a word less tells them apart", []string{"sea boat net", "sea boat"}, []string{"net boat sea", "boat sea"}},
		{"nothing", []string{"", "", "sea"}, []string{"no words", "no words (2)", "sea"}},
	} {
		if got := named(test.topics...).Labels(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"car", "car", true}, {"jew", "jewish", true}, {"armenia", "armenian", true}, {"turkish", "turkey", true},
		{"colour", "color", true}, {"encrypt", "encryption", true}, {"encrypt", "crypt", false},
		{"it", "item", false}, {"game", "team", false}, {"player", "plane", false}, {"über", "überall", true},
		{"", "", true}, {"", "a", false}, {"orbit", "orb", true},
	} {
		if alike(c.a, c.b) != c.want || alike(c.b, c.a) != c.want {
			t.Errorf("%q and %q: alike is %v, want %v", c.a, c.b, !c.want, c.want)
		}
	}
}

// Labels differ, have words, and are the same whenever they are made.
func TestLabelsOfAnyModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		labels := m.Labels()
		if !slices.Equal(labels, m.Labels()) {
			t.Fatal("labels change")
		}
		seen := map[string]bool{}
		for k, l := range labels {
			if l == "" || seen[l] {
				t.Fatalf("topic %d of %q", k, labels)
			}
			seen[l] = true
		}
	})
}

// The words of a label are written as in the texts, not as stems.
func TestLabelsAreForms(t *testing.T) {
	m := named("hous garden")
	m.Vocabulary.Terms[1].Forms = []vectorize.Form{{Text: "houses", Count: 3}, {Text: "house", Count: 2}}
	if got, want := m.Labels()[0], "houses garden"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
