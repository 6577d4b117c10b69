package nmf

// mu is the solver MU.
type mu struct{ loss }

func (m mu) improve(l line, h []float32, s *scratch, t task) tally {
	m.pass(l, h, s)
	found := measure(m.loss, l, h, s, t)
	if t.fixed == nil {
		m.multiply(h, s)
		return found
	}
	s.held = append(s.held[:0], h...)
	m.multiply(h, s)
	for k, held := range t.fixed {
		if held {
			h[k] = s.held[k]
		}
	}
	return found
}
