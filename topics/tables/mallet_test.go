package tables

import (
	"slices"
	"testing"
)

// Large counts come out whole; where weights are no counts nothing is settled.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		counts []int64
		tokens int
		want   []int64
	}{
		{[]int64{4, 16777212}, 16777218, []int64{4, 16777214}},
		{[]int64{2000000001, 0}, 2000000000, []int64{2000000000, 0}},
		{[]int64{5, 7}, 12, []int64{5, 7}},
		{nil, 0, nil},
		{[]int64{0, 6}, 12, []int64{0, 6}},
	} {
		if settle(c.counts, c.tokens); !slices.Equal(c.counts, c.want) {
			t.Errorf("of %d tokens: %v, want %v", c.tokens, c.counts, c.want)
		}
	}
}
