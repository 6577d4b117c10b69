package topics

import (
	"path/filepath"
	"slices"
	"testing"
)

// A model with other documents has the words and labels of the old one, also once it was saved,
// and merged topics have the same words, though the documents be of one topic alone.
func TestWithOtherDocuments(t *testing.T) {
	m := amended(t, ofFour(t), "merge 1 2")
	members := m.Having([]int{0}, 0.5, true)[:1]
	others := m.DocumentTopics.Of(members)
	path := filepath.Join(t.TempDir(), "new.klew")
	with := m.With(&others, "old.klew", Origin{Program: "test", Paths: []string{"new"}})
	if err := with.Save(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	was, is := viewOf(t, m), viewOf(t, loaded)
	if !slices.Equal(is.Labels(), was.Labels()) {
		t.Errorf("labels are %q, and were %q", is.Labels(), was.Labels())
	}
	for k := range was.Topics() {
		if got, want := is.Keywords(k, 20), was.Keywords(k, 20); !slices.Equal(got, want) {
			t.Errorf("topic %d has the keywords %v, and had %v", k, got, want)
		}
	}
	if slices.Equal(is.Shares(), was.Shares()) || len(is.Documents) != 1 {
		t.Errorf("%d documents, with the shares %v", len(is.Documents), is.Shares())
	}
	if x := loaded.Origin.Inferred; x == nil || x.From != "old.klew" || x.Documents != len(m.Documents) || !slices.Equal(loaded.Origin.Paths, []string{"new"}) {
		t.Errorf("it comes from %+v", x)
	}
}

// A file with shares by which no words can be ranked is refused.
func TestCheckLearned(t *testing.T) {
	m := ofFour(t)
	for _, shares := range [][]float64{{1}, {-1, 2, 0, 0}, {0.5, 0.1, 0, 0}} {
		m.LearnedShares = shares
		if m.checkLearned() == nil {
			t.Errorf("%v of %d topics are taken", shares, m.Topics())
		}
	}
}
