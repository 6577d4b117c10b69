package nmf

import (
	"slices"

	"klew/nmf/internal/kernel"
)

// ccd is the solver CCD: coordinate Newton steps on active topics (after Hsieh &
// Dhillon, Fast coordinate descent methods with variable selection for NMF, KDD 2011).
// A topic is active if it has weight or, when it is looked at, if weight would lower D.
// Only the active topics' part of the fixed factor is read then, copied so that one
// topic's weights lie side by side: on newsgroups, k = 20, that of about five topics
// for a document and three for a term.
type ccd struct{ *divergence }

func (c ccd) improve(l line, h []float32, s *scratch, t task) (found tally) {
	dense := s.turned != nil && l.dense(c.w.items)
	if t.look || dense {
		c.pass(l, h, s)
	}
	if t.look {
		if t.residual {
			found = residual(c, h, s, t.fixed)
		}
		if c.starved(s, t) {
			return c.revive(l, h, s, t, found)
		}
	}
	free := s.choose(c, h, t)
	if len(s.active) == 0 {
		if t.objective {
			c.pass(l, h, s)
			found.objective = c.objective(l, h, s)
		}
		return found
	}
	weight := s.weigh(c, h)
	if dense {
		c.sweepDense(l, weight, free, s)
	} else {
		c.sweep(l, weight, free, s)
	}
	if t.objective {
		found.objective = c.mass(h) - s.logs
	}
	fade(weight[:free], task{})
	for a, k := range s.active[:free] {
		h[k] = weight[a]
	}
	return found
}

// starved reports whether a cell that could have a topic has none, after pass: its ratio
// exceeds all measure. Newton's steps would never get away from there, for the curvature
// does so even more. Fits come to this only from a start that was given.
func (c ccd) starved(s *scratch, t task) bool {
	for k, cost := range c.cost {
		if float64(s.sum[k]) > 1e12*cost && !t.holds(k) {
			return true
		}
	}
	return false
}

// revive gives what is in cells without a topic to all topics alike, and makes a
// multiplicative update, which takes each to where it belongs.
func (c ccd) revive(l line, h []float32, s *scratch, t task, found tally) tally {
	if t.objective {
		found.objective = c.objective(l, h, s)
	}
	starved, free := 0.0, 0.0
	for e, v := range l.value {
		if s.y[e] <= kernel.Floor {
			starved += float64(v)
		}
	}
	for k, cost := range c.cost {
		if cost > 0 && !t.holds(k) {
			free++
		}
	}
	for k, cost := range c.cost {
		if cost > 0 && !t.holds(k) {
			h[k] += float32(starved / cost / free)
		}
	}
	mu{c}.improve(l, h, s, task{fixed: t.fixed})
	return found
}

// choose lists the active topics, those whose weights may change first, and says how
// many these are.
func (s *scratch) choose(c ccd, h []float32, t task) (free int) {
	gain := s.none // without a look no topic gains
	if t.look {
		gain = s.sum[:s.topics]
	}
	// Each topic is written down, and the next one over it unless it is active: which
	// are is not to be foreseen, and a jump would be taken wrongly for every third.
	s.active = s.active[:s.topics]
	cost := c.cost[:len(gain)]
	for k, x := range h[:len(gain)] {
		s.active[free] = int32(k)
		active := 0
		if x > 0 {
			active = 1
		}
		if float64(gain[k]) > cost[k] {
			active = 1
		}
		free += active
	}
	s.active = s.active[:free]
	if t.fixed != nil {
		free = s.setFixedApart(h, t)
	}
	return free
}

// weigh copies the weights of the active topics, and what they cost.
func (s *scratch) weigh(c ccd, h []float32) []float32 {
	for a, k := range s.active {
		s.weight[a], s.cost[a] = h[k], c.cost[k]
	}
	return s.weight[:len(s.active)]
}

// setFixedApart moves the active topics that are held behind the others.
func (s *scratch) setFixedApart(h []float32, t task) (free int) {
	s.active = slices.DeleteFunc(s.active, func(k int32) bool { return t.holds(int(k)) })
	free = len(s.active)
	for k := range t.fixed {
		if t.fixed[k] && h[k] > 0 {
			s.active = append(s.active, int32(k))
		}
	}
	return free
}

// mostGathered is the number of weights copied at once. A longer line goes through its
// topics in groups, copying each anew: else the line of a term that is in a million
// documents would need hundreds of bytes a non-zero.
const mostGathered = 1 << 22

// sweeps is how often each weight is stepped on before the next line. Copying costs more
// than a sweep; and newsgroups, k = 20, ends lower: from the same five seeds by 11,000 on
// average with two than with one. A third gained nothing more.
const sweeps = 2

// sweep takes two steps on each of the free weights, in turn.
func (c ccd) sweep(l line, weight []float32, free int, s *scratch) {
	s.y = grown(s.y, kernel.Padded(len(l.index)))
	value := s.values(l)
	group := min(len(weight), max(1, mostGathered/len(s.y)))
	s.block = grown(s.block, group*len(s.y))
	if group == len(weight) {
		if c.isPacked {
			s.gatherPacked(&c.packed, l, weight)
		} else {
			kernel.Gather(c.w.data, c.w.stride, l.index, s.active, weight, s.block, s.y)
		}
		s.logs = kernel.LogSum(value, s.y)
		for range sweeps {
			kernel.Sweep(s.block, value, s.y, weight[:free], s.cost[:free], c.l2)
		}
		return
	}
	c.longSweep(l, value, weight, free, group, s)
}

// longSweep is sweep for a line whose active topics do not fit the block.
func (c ccd) longSweep(l line, value, weight []float32, free, group int, s *scratch) {
	part := grown(s.part, len(s.y))
	s.part = part
	clear(s.y)
	each := func(count int, do func(from, to int)) {
		for from := 0; from < count; from += group {
			to := min(from+group, count)
			kernel.Gather(c.w.data, c.w.stride, l.index, s.active[from:to], weight[from:to], s.block, part)
			do(from, to)
		}
	}
	each(len(weight), func(int, int) {
		for e, y := range part {
			s.y[e] += y
		}
	})
	for e := len(l.index); e < len(s.y); e++ {
		s.y[e] = 1
	}
	s.logs = kernel.LogSum(value, s.y)
	each(free, func(from, to int) {
		for range sweeps {
			kernel.Sweep(s.block, value, s.y, weight[from:to], s.cost[from:to], c.l2)
		}
	})
}
