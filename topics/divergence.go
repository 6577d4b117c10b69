package topics

import (
	"math"

	"klew/nmf"

	"github.com/james-bowman/sparse"
)

// DivergenceFrom is the Kullback-Leibler divergence of V, terms × documents, from W H in the columns
// from first on: Σ v log(v/y) − v + y over their cells, with y = (W H)ᵢⱼ, in the unit of V.
func DivergenceFrom(v *sparse.CSC, w, h *nmf.Factor, first int) (d float64) {
	raw, sums := v.RawMatrix(), w.Sums()
	for j := first; j < len(raw.Indptr)-1; j++ {
		document := h.Item(j)
		for k, x := range document {
			d += sums[k] * float64(x)
		}
		for e := raw.Indptr[j]; e < raw.Indptr[j+1]; e++ {
			y := 0.0
			for k, x := range w.Item(raw.Ind[e]) {
				y += float64(x) * float64(document[k])
			}
			if x := raw.Data[e]; x > 0 {
				d += x*math.Log(x/max(y, math.SmallestNonzeroFloat64)) - x
			}
		}
	}
	return d
}
