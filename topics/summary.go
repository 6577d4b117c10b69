package topics

import "math"

// Summary is what is known of a topic in a line.
type Summary struct {
	// Label is two or three words, as Model.Labels has them.
	Label string
	// Share is the topic's part of the corpus.
	Share float64
	// Entropy is that of the topic's distribution over terms, −Σ φ log φ in nats: from 0,
	// for a topic of one word, to the logarithm of the number of terms. A topic of
	// entropy h is as wide as one of e^h words that are equally probable.
	Entropy float64
	// First is the number of documents of which it is the first topic.
	First int
	// Typical are its most typical documents, by number, as Model.Typical has them.
	Typical []int
}

// Summaries returns that of each topic, with so many typical documents at most.
func (m *Model) Summaries(typical int) []Summary {
	labels, documents, first := m.Labels(), m.Typical(typical), m.Leading()
	all := make([]Summary, m.Topics())
	for k, share := range m.Shares() {
		all[k] = Summary{labels[k], share, m.Entropy(k), first[k], documents[k]}
	}
	return all
}

// Entropy is that of topic k's distribution over terms, in nats.
func (m *Model) Entropy(k int) float64 {
	h := 0.0
	for w := range m.W.Items() {
		if p := float64(m.W.Item(w)[k]); p > 0 {
			h -= p * math.Log(p)
		}
	}
	return max(0, h)
}

// Leading returns for each topic the number of documents of which it is the first.
func (d *DocumentTopics) Leading() []int { return remembered(d, leadingKey{}, d.leading) }

func (d *DocumentTopics) leading() []int {
	count := make([]int, d.H.Topics())
	for j := range d.H.Items() {
		if k := d.First(j); k >= 0 {
			count[k]++
		}
	}
	return count
}
