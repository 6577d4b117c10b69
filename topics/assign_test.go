package topics

import (
	"slices"
	"testing"
)

// Of two that want one number, or of two numbers for one topic, the first holds; the others
// get what is left, in their order.
func TestAssign(t *testing.T) {
	for _, c := range []struct {
		wanted      []Assignment
		order, free []int
	}{
		{nil, []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{[]Assignment{{0, 2}, {0, 1}}, []int{2, 0, 1, 3}, []int{1, 2, 3}},
		{[]Assignment{{3, 1}, {0, 1}}, []int{0, 2, 3, 1}, []int{0, 1, 2}},
		{[]Assignment{{0, 2}, {0, 1}, {1, 2}, {3, 1}}, []int{2, 0, 3, 1}, []int{1, 2}},
	} {
		w := make([][]float64, 4)
		for i := range w {
			w[i] = make([]float64, 4)
			w[i][i] = 1
		}
		m := modelOf([]string{"a", "b", "c", "d"}, make([]int, 4), w, [][]float64{{1, 1, 1, 1}})
		free := m.Assign(c.wanted, 0)
		var order []int
		for k := range 4 {
			order = append(order, int(MostProbable(m.W, k, 1)[0]))
		}
		if !slices.Equal(order, c.order) || !slices.Equal(free, c.free) {
			t.Errorf("%v: topics %v, free %v, want %v and %v", c.wanted, order, free, c.order, c.free)
		}
	}
}
