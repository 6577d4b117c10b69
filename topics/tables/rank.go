package tables

import (
	"cmp"
	"math"
	"slices"

	"klew/topics"
)

// ranked are the rows of all terms of topic k that have a weight, in the order of
// Model.Keywords, which a test compares.
func ranked(m *topics.Model, k int) []int {
	var rows []int
	for i := range m.W.Items() {
		if m.W.Item(i)[k] > 0 {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int {
		return cmp.Compare(rounded(m.W.Item(b)[k]), rounded(m.W.Item(a)[k]))
	})
	return rows
}

// rounded orders weights as Keywords does: those that agree in 17 of 24 bits are equal.
func rounded(x float32) uint32 { return (math.Float32bits(x) + 1<<6) >> 7 }
