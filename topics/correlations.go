package topics

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Correlations are Pearson's of the topics' proportions over the documents of which anything was
// counted, k × k: above 0 for topics that come together, below for topics that take each other's
// place. Proportions sum to 1, so that among k topics of equal size they are about −1/(k−1) where
// nothing ties two together. The correlation of a topic that is the same part of every document
// with any other is 0.
func (d *DocumentTopics) Correlations() *mat.SymDense {
	return remembered(d, correlationsKey{}, d.correlations)
}

func (d *DocumentTopics) correlations() *mat.SymDense {
	k := d.H.Topics()
	sum, products := make([]float64, k), mat.NewSymDense(k, nil)
	n := 0.0
	proportions, some := make([]float64, k), []int{}
	for j := range d.H.Items() {
		if d.First(j) < 0 {
			continue
		}
		n++
		PutProportions(proportions, d.H.Item(j))
		some = some[:0]
		for a, x := range proportions { // a document has few of many topics
			if x > 0 {
				sum[a] += x
				some = append(some, a)
			}
		}
		row := products.RawSymmetric()
		for i, a := range some {
			for _, b := range some[i:] {
				row.Data[a*row.Stride+b] += proportions[a] * proportions[b]
			}
		}
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
