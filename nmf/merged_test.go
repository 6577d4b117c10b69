package nmf

import (
	"context"
	"slices"
	"testing"

	"klew/nmf/internal/synthetic"
)

// At the number of topics that a matrix was drawn from, merged topics are those that a fit
// finds.
func TestMergedFindsTheTopics(t *testing.T) {
	v := synthetic.Model{Terms: 500, Topics: 6, Seed: 3}.Matrix(15_000)
	numbers := []int{15, 10, 6, 3, 1}
	all, err := Merged(context.Background(), v, numbers, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	o := Defaults()
	o.Topics = 6
	r, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	if a := Agreement(r.W, all[2], 0); a < 0.95 {
		t.Errorf("merged topics agree with fitted ones by %.3f", a)
	}
	for n, w := range all {
		if w.Topics() != numbers[n] || slices.Contains(w.Sums(), 0) {
			t.Errorf("for %d topics: %d, with the sums %v", numbers[n], w.Topics(), w.Sums())
		}
	}
}

// Refined, each W is of the same topics, with weight for every term.
func TestMergedRefined(t *testing.T) {
	v := synthetic.Model{Terms: 300, Topics: 4, Seed: 3}.Matrix(6_000)
	o := Defaults()
	plain, err := Merged(context.Background(), v, []int{6, 4, 1}, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Refine = RefineOn
	refined, err := Merged(context.Background(), v, []int{6, 4, 1}, o)
	if err != nil {
		t.Fatal(err)
	}
	if a := Agreement(plain[1], refined[1], 0); a < 0.8 || a == 1 {
		t.Errorf("refined topics agree with the others by %.3f", a)
	}
	if !slices.Equal(plain[2].data, refined[2].data) {
		t.Error("the one topic is the corpus in either")
	}
}

// Threads change nothing, and an end of the context is an error.
func TestMergedThreads(t *testing.T) {
	v := synthetic.Model{Terms: 300, Topics: 6, Seed: 3}.Matrix(6_000)
	var first []*Factor
	for _, threads := range []int{1, 3} {
		o := Defaults()
		o.Threads = threads
		all, err := Merged(context.Background(), v, []int{8, 4, 2}, o)
		if err != nil {
			t.Fatal(err)
		}
		for n := range first {
			if !slices.Equal(all[n].data, first[n].data) {
				t.Errorf("with %d threads other topics came of it", threads)
			}
		}
		first = all
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Merged(ctx, v, []int{8, 4}, Defaults()); err == nil {
		t.Error("no error")
	}
	if _, err := Merged(context.Background(), v, []int{400, 4}, Defaults()); err == nil {
		t.Error("more topics than terms")
	}
}
