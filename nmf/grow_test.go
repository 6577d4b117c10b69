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

// A topic that is split keeps its number for the part that is more like it, and one that is to stay
// whole is not split.
func TestGrownTopicsKeepTheirNumbers(t *testing.T) {
	for seed := range uint64(6) {
		v := synthetic.Model{Terms: 300, Topics: 9, Seed: 10 + seed}.Matrix(12_000)
		m, err := pack(v)
		if err != nil {
			t.Fatal(err)
		}
		o := Defaults()
		o.Topics, o.Seed = 4, seed
		few := m.fit(context.Background(), o, 0, nil).W
		o.Topics = 8
		o.Start = &Start{W: few.only([]int{0, 1, 2, 3}, 8), Grow: []int{4, 5, 6, 7}, Whole: []int{2}}
		f := newFitting(m, 8, o)
		f.start(context.Background(), o, 0)
		was, now := few.Sums(), f.w.Sums()
		for k := range 4 {
			own := overlap(few, k, was, f.w, k, now)
			for l := 4; l < 8; l++ {
				if now[l] > 0 && overlap(few, k, was, f.w, l, now) > own+0.02 {
					t.Errorf("seed %d: topic %d is more like topic %d as it was than that is", seed, l+1, k+1)
				}
			}
			if k == 2 && own < 0.8 {
				t.Errorf("seed %d: topic 3, to stay whole, has %.2f in common with what it was", seed, own)
			}
		}
		f.workers.stop()
	}
}
