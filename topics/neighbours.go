package topics

import (
	"cmp"
	"math"
	"slices"
)

// Neighbour is another topic, and how near it is.
type Neighbour struct {
	Topic int
	// Distance is the Hellinger distance of the distributions over terms,
	// sqrt(1 − Σ sqrt(φ φ')): 0 for the same, 1 if no term is in both.
	Distance float64
	// Correlation is Pearson's, of the two topics' proportions over the documents of
	// which anything was counted: above 0 for topics that come together, below for
	// topics that take each other's place. Proportions sum to 1, so that among k topics
	// of equal size it is about −1/(k−1) where nothing ties two together. It is 0 for
	// a topic that is the same part of every document.
	Correlation float64
}

// Neighbours returns the other topics, the nearest in words first.
func (m *Model) Neighbours(k int) []Neighbour {
	affinity, correlation := m.affinities(k), m.correlations(k)
	var all []Neighbour
	for l := range m.Topics() {
		if l != k {
			all = append(all, Neighbour{l, math.Sqrt(max(0, 1-affinity[l])), correlation[l]})
		}
	}
	slices.SortStableFunc(all, func(a, b Neighbour) int {
		return cmp.Compare(fiveDigits(float32(a.Distance)), fiveDigits(float32(b.Distance)))
	})
	return all
}

// affinities are Σ sqrt(φ φ') of topic k with each.
func (m *Model) affinities(k int) []float64 {
	sums := make([]float64, m.Topics())
	for w := range m.W.Items() {
		item := m.W.Item(w)
		if item[k] == 0 {
			continue
		}
		for l, x := range item {
			sums[l] += math.Sqrt(float64(item[k]) * float64(x))
		}
	}
	return sums
}

// correlations are those of topic k's proportions with each topic's.
func (m *Model) correlations(k int) []float64 {
	topics := m.Topics()
	mean, square, product := make([]float64, topics), make([]float64, topics), make([]float64, topics)
	n := m.eachProportions(func(p []float64) {
		for l, x := range p {
			mean[l] += x
		}
	})
	for l := range mean {
		mean[l] /= max(1, n)
	}
	m.eachProportions(func(p []float64) {
		for l, x := range p {
			square[l] += (x - mean[l]) * (x - mean[l])
			product[l] += (x - mean[l]) * (p[k] - mean[k])
		}
	})
	for l := range product {
		if s := math.Sqrt(square[l] * square[k]); s > 0 {
			product[l] /= s
		}
	}
	return product
}

// eachProportions calls do with those of each document of which anything was counted, and
// returns their number.
func (m *Model) eachProportions(do func(p []float64)) (n float64) {
	for j := range m.Documents {
		if m.First(j) >= 0 {
			n++
			do(m.Proportions(j))
		}
	}
	return n
}
