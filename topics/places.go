package topics

import (
	"cmp"
	"slices"
)

// Place is what a topic has of a term.
type Place struct {
	Topic int
	// OfTerm is p(topic | term) = share_k φ_kw / p_w: the part of the term's tokens that
	// belong to the topic. OfTopic is φ_kw = p(term | topic), as in Model.Keywords.
	OfTerm, OfTopic float64
	// Rank is the term's place among the topic's words by probability, from 1. Terms
	// whose weights agree to five digits have the place of the first of them.
	Rank int
}

// Places returns the topics that have the term of a row, the one with most of its tokens
// first.
func (m *Model) Places(row int) []Place {
	var all []Place
	sum := 0.0
	for k, share := range m.Learned() {
		if x := m.W.Item(row)[k]; x > 0 {
			all = append(all, Place{k, share * float64(x), float64(x), m.rank(row, k)})
			sum += share * float64(x)
		}
	}
	for i := range all {
		all[i].OfTerm = partOf(all[i].OfTerm, sum)
	}
	slices.SortStableFunc(all, func(a, b Place) int {
		return cmp.Compare(fiveDigits(float32(b.OfTerm)), fiveDigits(float32(a.OfTerm)))
	})
	return all
}

// rank counts the terms that are ahead of one in a topic.
func (m *Model) rank(row, k int) int {
	rank, weight := 1, fiveDigits(m.W.Item(row)[k])
	for w := range m.W.Items() {
		if fiveDigits(m.W.Item(w)[k]) > weight {
			rank++
		}
	}
	return rank
}

// Expected is the number of tokens of a term that the model expects in document j: an entry
// of W H. Fitted to counts with the Kullback-Leibler loss, the numbers of all documents sum
// to the term's count; with another weighting they are on its scale.
func (m *Model) Expected(row, j int) float64 {
	sum, document := 0.0, m.H.Item(j)
	for k, x := range m.W.Item(row) {
		sum += float64(x) * float64(document[k])
	}
	return sum
}
