package nmf

import (
	"fmt"
	"math"
	"testing"

	"klew/nmf/internal/synthetic"
)

// BenchmarkStarts shows how far above the best single start the default ends, with the same
// seed: excess-%, 0 or less if no start ends lower. Its cells are texts drawn from a topic
// model, by their median length in tokens, their number and k; those of more than -largest
// non-zeros times k are left out.
func BenchmarkStarts(b *testing.B) {
	for _, tokens := range []int{3, 10, 30, 150, 1000, 3000} {
		for _, documents := range []int{100, 1_000, 10_000, 100_000} {
			for _, k := range []int{2, 5, 20, 50, 200} {
				b.Run(fmt.Sprintf("tokens=%d/documents=%d/k=%d", tokens, documents, k), func(b *testing.B) {
					benchmarkStarts(b, tokens, documents, k)
				})
			}
		}
	}
}

func benchmarkStarts(b *testing.B, tokens, documents, k int) {
	nonZeros := float64(documents) * float64(tokens) * 0.9
	if nonZeros*float64(k) > *largest || k >= documents {
		b.Skip("larger than -largest, or fewer documents than topics")
	}
	v := synthetic.Model{Terms: 5000, Topics: 20, Tokens: float64(tokens), Seed: 1}.Matrix(int(nonZeros))
	m, err := pack(v)
	if err != nil {
		b.Fatal(err)
	}
	if k > m.usable() {
		b.Skip("fewer documents or terms than topics")
	}
	for b.Loop() {
		o := Defaults()
		o.Topics, o.Refine = k, RefineOff // which raises D
		best, ends := math.Inf(1), 0.0
		for _, o.Init = range Inits {
			d := m.restarts(b.Context(), o).Divergence
			if o.Init == Race {
				ends = d
				continue
			}
			best = min(best, d)
		}
		b.ReportMetric(100*(ends/best-1), "excess-%")
		b.ReportMetric(ends, "D")
	}
}
