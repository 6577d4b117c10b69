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

// Correlations are Pearson's of the topics' proportions over the documents of which
// anything was counted, k × k. Proportions sum to 1, so that among k topics of equal size
// they are about −1/(k−1) where nothing ties two together. The correlation of a topic that
// is the same part of every document with any other is 0.
func Correlations(m *topics.Model) *mat.SymDense {
	k := m.Topics()
	sum, products := make([]float64, k), mat.NewSymDense(k, nil)
	n := 0.0
	for j := range m.Documents {
		if m.First(j) < 0 {
			continue
		}
		n++
		p := mat.NewVecDense(k, m.Proportions(j))
		for a, x := range p.RawVector().Data {
			sum[a] += x
		}
		products.SymRankOne(products, 1, p)
	}
	return correlated(products, sum, n)
}

// rounding is the most that the variance of a proportion is taken for none: weights have single
// precision, so that what is the same part of every document is so to a millionth at best.
const rounding = 1e-12

// correlated makes correlations of sums and sums of products of n documents.
func correlated(products *mat.SymDense, sum []float64, n float64) *mat.SymDense {
	k := len(sum)
	c := mat.NewSymDense(k, nil)
	variance := func(a int) float64 { return products.At(a, a) - sum[a]*sum[a]/n }
	for a := range k {
		c.SetSym(a, a, 1)
		for b := a + 1; b < k; b++ {
			covariance := products.At(a, b) - sum[a]*sum[b]/n
			if variance(a) > rounding*n && variance(b) > rounding*n {
				c.SetSym(a, b, min(max(covariance/math.Sqrt(variance(a)*variance(b)), -1), 1))
			}
		}
	}
	return c
}
