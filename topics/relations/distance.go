package relations

import (
	"context"
	"math"

	"klew/nmf"
	"klew/topics"

	"gonum.org/v1/gonum/mat"
)

// Distances are the Jensen-Shannon distances of topics by their words, k × k: the square
// root of the Jensen-Shannon divergence to base 2, which is a metric (Endres & Schindelin 2003)
// from 0 (the same words with the same probabilities) to 1 (no word in both). An empty topic is
// at 1 from all others.
func Distances(m *topics.Model) *mat.SymDense {
	d, err := Divergences(context.Background(), m.W)
	if err != nil {
		panic("relations: " + err.Error()) // only a context ends it
	}
	for a := range m.Topics() {
		for b := range a {
			d.SetSym(b, a, math.Sqrt(min(d.At(b, a)/math.Ln2, 1)))
		}
	}
	return d
}

// Divergences returns the Jensen-Shannon divergences (Lin 1991) between the columns of W,
// in nats: ½ Σ p log(p/m) + ½ Σ q log(q/m) with m = (p+q)/2. Where one of two topics has no
// weight, the term of the sum is ½ log 2 of the other's; so it begins with log 2, as
// for topics without a word in common, and looks only at the words that both have. An empty
// topic has nothing in common with any, and is as far from all.
func Divergences(ctx context.Context, w *nmf.Factor) (*mat.SymDense, error) {
	k := w.Topics()
	sums, d := w.Sums(), mat.NewSymDense(k, nil)
	var active []int
	p := make([]float64, k)
	for i := range w.Items() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		active = active[:0]
		for a, x := range w.Item(i) {
			if x > 0 {
				active, p[a] = append(active, a), float64(x)/sums[a]
			}
		}
		for n, a := range active {
			for _, b := range active[:n] {
				middle := (p[a] + p[b]) / 2
				common := (p[a]*math.Log(p[a]/middle)+p[b]*math.Log(p[b]/middle))/2 - middle*math.Ln2
				d.SetSym(b, a, d.At(b, a)+common)
			}
		}
	}
	for a := range k {
		for b := range a {
			d.SetSym(b, a, max(0, d.At(b, a)+math.Ln2))
		}
	}
	return d, nil
}
