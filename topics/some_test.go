package topics

import (
	"bytes"
	"slices"
	"testing"
)

// Of some documents there are those, with their proportions; words and labels stay.
func TestOfSomeDocuments(t *testing.T) {
	m := viewOf(t, ofFour(t), "merge 1 2")
	members := []int{3, 0}
	some := m.Of(members)
	if len(some.Documents) != 2 || some.Documents[0].ID != m.Documents[3].ID || !slices.Equal(some.Proportions(1), m.Proportions(0)) {
		t.Errorf("documents %v", some.Documents)
	}
	if !slices.Equal(some.Labels(), m.Labels()) || !slices.Equal(some.Keywords(0, 9), m.Keywords(0, 9)) {
		t.Errorf("labels are %v, and were %v", some.Labels(), m.Labels())
	}
	if slices.Equal(some.Shares(), m.Shares()) {
		t.Error("the shares are those of all documents")
	}
	if err := some.Write(&bytes.Buffer{}); err == nil {
		t.Error("a part of a model is saved as a model")
	}
}

// A topic's documents are those that have any of it, and come by how much.
func TestHaving(t *testing.T) {
	m := viewOf(t, ofFour(t), "merge 1 2")
	for k := range m.Topics() {
		members := m.Having([]int{k}, 0, true)
		for i, j := range members {
			p := m.Proportions(j)[k]
			if p == 0 || i > 0 && p > m.Proportions(members[i-1])[k]+1e-6 {
				t.Errorf("topic %d: document %d has %v of it", k, j, p)
			}
		}
		if least := m.Having([]int{k}, 0.9, false); len(least) > len(members) || !slices.IsSorted(least) {
			t.Errorf("topic %d: %v, and with at least 0.9 %v", k, members, least)
		}
	}
}
