package nmf

import (
	"math"

	"klew/nmf/internal/kernel"
)

// squared is the Frobenius loss.
type squared struct {
	w        *Factor
	products []float64 // WᵀW
}

func (q *squared) fix(f *Factor) {
	q.w = f
	f.gram(q.products)
}

func (q *squared) degree() int { return 2 }

// constant is ½ Σ v², and its size the same.
func (q *squared) constant(m *matrix) (c, size float64) {
	for _, x := range m.columns.value {
		c += float64(x) * float64(x) / 2
	}
	return c, c
}

// pass fills s.sum with Wᵀv.
func (q *squared) pass(l line, _ []float32, s *scratch) {
	clear(s.sum)
	for from := 0; from < len(l.index); from += kernel.Run {
		to := min(from+kernel.Run, len(l.index))
		clear(s.run)
		kernel.Products(q.w.data, l.index[from:to], l.value[from:to], s.run)
		s.addRun()
	}
}

// slope is (WᵀW h)ₖ.
func (q *squared) slope(h []float32, k int) float64 {
	total := 0.0
	for a, p := range q.products[k*len(h) : (k+1)*len(h)] {
		total += p * float64(h[a])
	}
	return total
}

// objective is ½ hᵀWᵀW h − hᵀWᵀv.
func (q *squared) objective(_ line, h []float32, s *scratch) float64 {
	total := 0.0
	for k, x := range h {
		total += float64(x) * (q.slope(h, k)/2 - s.sum[k])
	}
	return total
}

func (q *squared) multiply(h []float32, s *scratch) {
	before := s.before
	copy(before, h)
	for k := range h {
		h[k] *= float32(s.sum[k] / q.slope(before, k))
	}
	fade(h)
}

// descend takes each weight to its optimum in turn (Cichocki & Phan, Fast local
// algorithms for large scale nonnegative matrix and tensor factorizations, 2009: HALS).
func (q *squared) descend(_ line, h []float32, s *scratch) {
	for k := range h {
		curvature := q.products[k*len(h)+k]
		if curvature == 0 {
			h[k] = 0
			continue
		}
		h[k] = max(0, h[k]+float32((s.sum[k]-q.slope(h, k))/curvature))
	}
	fade(h)
}

// worth is the length that one unit of topic k's weight stands for.
func (q *squared) worth(k int) float64 { return math.Sqrt(q.products[k*q.w.topics+k]) }
