package comparison

import (
	"context"
	"slices"
	"testing"
)

// With fewer topics than there were, those that are left keep their numbers, and one that is new
// has a number that no topic had.
func TestAlignToMore(t *testing.T) {
	was := drawn(5, 4, 1)
	// The last topic, the third and the first are left, and one has words of its own.
	from := []int{4, 2, 0}
	is := elsewhere(changedBy(was, 4, func(i, k int) float32 {
		if k == 3 {
			return float32(i % 2 * (i % 7))
		}
		return was.W.Item(i)[from[k]]
	}, func(j, k int) float32 {
		if k == 3 {
			return 1
		}
		return was.H.Item(j)[from[k]]
	}))
	fresh, err := AlignTo(context.Background(), was, is, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(fresh, []int{5}) || !slices.Equal(is.Gaps, []int{1, 3}) {
		t.Errorf("topics %v are new, and there are the gaps %v", fresh, is.Gaps)
	}
	for _, k := range []int{0, 2, 4} {
		for i := range was.W.Items() {
			if is.W.Item(i)[k] != was.W.Item(i)[k] {
				t.Fatalf("topic %d is not what it was", k)
			}
		}
	}
}
