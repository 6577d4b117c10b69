package topics

import (
	"context"
	"math"
	"slices"
	"testing"

	"klew/nmf"
	"klew/vectorize"
)

// The shares of a token sum to 1, and those of a document's tokens to its column of H.
func TestTokenSharesAddUp(t *testing.T) {
	m := fitted(t, func(_ *vectorize.Options, o *nmf.Options) { o.Tol, o.MaxIter = 0, 500 })
	table, err := vectorize.CountWith(context.Background(), m.Vocabulary, slices.Values(texts), m.Origin.Counting)
	if err != nil {
		t.Fatal(err)
	}
	shares := make([]float64, m.Topics())
	for j := range m.Documents {
		sums := make([]float64, m.Topics())
		for i := range m.Vocabulary.Terms {
			count := table.V.At(i, j)
			if count == 0 {
				continue
			}
			one := 0.0
			TokenShares(shares, m.W, i, &m.DocumentTopics, j)
			for k, s := range shares {
				sums[k] += count * s
				one += s
			}
			if math.Abs(one-1) > 1e-12 {
				t.Errorf("term %d in document %d: shares sum to %v", i, j, one)
			}
		}
		for k, h := range m.Weights(j) {
			if math.Abs(sums[k]-h) > 1e-3*(1+h) {
				t.Errorf("document %d, topic %d: shares sum to %v, H has %v", j, k, sums[k], h)
			}
		}
	}
}
