package relations

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"klew/nmf"
	"klew/topics"
)

// Distances are the Jensen-Shannon distances of topics by their words, k × k: the square
// root of the Jensen-Shannon divergence to base 2 (Lin 1991), which is a metric (Endres &
// Schindelin 2003) from 0 (the same words with the same probabilities) to 1 (no word in
// both). An empty topic is at 1 from all others.
func Distances(m *topics.Model) *mat.SymDense {
	shared := sharedEntropy(m.W)
	k := m.Topics()
	d := mat.NewSymDense(k, nil)
	for a := range k {
		for b := a + 1; b < k; b++ {
			d.SetSym(a, b, math.Sqrt(min(max(1-shared[a*k+b]/2, 0), 1)))
		}
	}
	return d
}

// sharedEntropy is, for each two topics with the probabilities p and q of a term, the sum
// of (p+q) log₂(p+q) − p log₂ p − q log₂ q over the terms. A term that only one of them
// has adds nothing, so that only the topics that share a term cost time; the divergence of
// Jensen and Shannon is 1 less half of this sum.
func sharedEntropy(w *nmf.Factor) []float64 {
	k := w.Topics()
	shared := make([]float64, k*k)
	var at []int
	for i := range w.Items() {
		item := w.Item(i)
		at = at[:0]
		for topic, p := range item {
			if p > 0 {
				at = append(at, topic)
			}
		}
		for n, a := range at {
			for _, b := range at[n+1:] {
				p, q := float64(item[a]), float64(item[b])
				shared[a*k+b] += xlogx(p+q) - xlogx(p) - xlogx(q)
			}
		}
	}
	return shared
}

func xlogx(x float64) float64 { return x * math.Log2(x) }
