package topics

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Neighbour is another topic, and how near it is.
type Neighbour struct {
	Topic int
	// Distance is the Hellinger distance of the distributions over terms,
	// sqrt(1 − Σ sqrt(φ φ')): 0 for the same, 1 if no term is in both.
	Distance float64
	// Correlation is that of the two topics' proportions (Correlations).
	Correlation float64
}

// Neighbours returns for each topic the others, the nearest in words first.
func (m *Model) Neighbours() [][]Neighbour {
	affinity, correlation := m.affinities(), m.Correlations()
	all := make([][]Neighbour, m.Topics())
	for k := range all {
		for l := range m.Topics() {
			if l != k {
				all[k] = append(all[k], Neighbour{l, math.Sqrt(max(0, 1-affinity.At(k, l))), correlation.At(k, l)})
			}
		}
		slices.SortStableFunc(all[k], func(a, b Neighbour) int {
			return cmp.Compare(fiveDigits(float32(a.Distance)), fiveDigits(float32(b.Distance)))
		})
	}
	return all
}

// affinities are Σ sqrt(φ φ') of each two topics.
func (m *Model) affinities() *mat.SymDense {
	sums := mat.NewSymDense(m.Topics(), nil)
	raw := sums.RawSymmetric()
	var some []int
	for w := range m.W.Items() {
		item := m.W.Item(w)
		some = some[:0]
		for k, x := range item { // few of many topics have a term
			if x > 0 {
				some = append(some, k)
			}
		}
		for i, k := range some {
			for _, l := range some[i:] {
				raw.Data[k*raw.Stride+l] += math.Sqrt(float64(item[k]) * float64(item[l]))
			}
		}
	}
	return sums
}
