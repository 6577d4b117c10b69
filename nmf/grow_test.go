package nmf

import (
	"context"
	"slices"
	"testing"

	"klew/nmf/internal/synthetic"
)

// Topics that grow come of those that gain most: from three of six topics a fit comes to D of
// one that begins anew, none is empty, and a row that keeps to a topic does.
func TestGrow(t *testing.T) {
	v := synthetic.Model{Terms: 300, Topics: 6, Seed: 3}.Matrix(12_000)
	o := Defaults()
	o.Topics = 3
	few, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Topics = 6
	anew, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Start = &Start{W: few.W.only([]int{0, 1, 2}, 6), Grow: []int{3, 4, 5}}
	grown, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(grown.W.Sums(), 0) || grown.Divergence > 1.01*anew.Divergence {
		t.Errorf("grown, D is %.1f, and from a start of its own %.1f; sums %v", grown.Divergence, anew.Divergence, grown.W.Sums())
	}
	kept := 0
	for i := range few.W.Items() {
		if few.W.Item(i)[1] > few.W.Item(kept)[1] {
			kept = i
		}
	}
	o.Start.Only = map[int]int{kept: 1}
	if grown, err = Fit(context.Background(), v, o); err != nil {
		t.Fatal(err)
	}
	for k, x := range grown.W.Item(kept) {
		if (x > 0) != (k == 1) {
			t.Errorf("the row kept to topic 1 has %v", grown.W.Item(kept))
		}
	}
	o.Start.Grow = []int{6}
	if _, err := Fit(context.Background(), v, o); err == nil {
		t.Error("a topic that is not there grows")
	}
}
