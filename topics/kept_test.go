package topics

import (
	"reflect"
	"testing"
)

// What is remembered is what is found each time anew, also by a view of the model after edits.
func TestKeep(t *testing.T) {
	fresh := ofFour(t)
	kept := *fresh
	kept.Keep()
	same := func(what string, a, b *Model) {
		t.Helper()
		for range 2 {
			for name, pair := range map[string][2]any{
				"shares":       {a.Shares(), b.Shares()},
				"leading":      {a.Leading(), b.Leading()},
				"typical":      {a.Typical(4), b.Typical(4)},
				"correlations": {a.Correlations(), b.Correlations()},
				"spreads":      {a.Spreads(), b.Spreads()},
				"similar":      {a.Similar(a.Proportions(3), 5, 3), b.Similar(b.Proportions(3), 5, 3)},
				"some":         {a.Of([]int{1, 3}).Shares(), b.Of([]int{1, 3}).Shares()},
			} {
				if !reflect.DeepEqual(pair[0], pair[1]) {
					t.Errorf("%s: %s is %v, want %v", what, name, pair[0], pair[1])
				}
			}
		}
	}
	same("as fitted", &kept, fresh)
	kept.Shares()[0] = 7 // is the caller's own
	for _, e := range []Edit{{Verb: RenameTopic, Topic: 0, Text: "x"}, {Verb: MergeTopics, Topic: 1, From: 2}} {
		for _, m := range []*Model{fresh, &kept} {
			if err := m.Amend([]Edit{e}); err != nil {
				t.Fatal(err)
			}
		}
		a, _ := kept.Edited()
		b, _ := fresh.Edited()
		same(e.String(), a, b)
	}
}
