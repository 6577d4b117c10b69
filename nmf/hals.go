package nmf

// hals is the solver HALS.
type hals struct{ *squared }

func (q hals) improve(l line, h []float32, s *scratch, t task) tally {
	q.pass(l, h, s)
	found := measure(q, l, h, s, t)
	q.descend(h, s, t)
	return found
}

// descend takes each weight to its optimum in turn (Cichocki & Phan, Fast local
// algorithms for large scale nonnegative matrix and tensor factorizations, 2009).
func (q hals) descend(h []float32, s *scratch, t task) {
	topics := q.w.topics
	for k := range topics {
		if t.holds(k) {
			continue
		}
		curvature := q.products[k*topics+k] + q.penalty.l2
		if curvature == 0 {
			h[k] = 0
			continue
		}
		positive, negative := q.partial(h, k, s)
		h[k] = max(0, h[k]+float32((negative-positive)/curvature))
	}
	fade(h, t)
}
