package nmf

import "context"

// Restart is what one of several fits came to.
type Restart struct {
	Seed       uint64
	Divergence float64
	Iterations int
	Status     Status
	// Agreement is how far its topics are those of the best fit: topics matched one to
	// one so that they overlap most, the mean of Σᵢ min(wᵢₖ, w′ᵢₖ) with columns of W
	// that sum to 1. 1 is the same topics, 0 nothing in common.
	Agreement float64
}

// restarts makes all fits, and returns the one with the least D and penalty together.
func (m *matrix) restarts(ctx context.Context, o Options) *Result {
	var all []Restart
	var others []sparseFactor // W of all fits, of which the best is known at the end
	var best *Result
	at, first := 0, o.Seed
	for n := range o.Restarts {
		o.Seed = first + uint64(n)
		r := m.fit(ctx, o, n, nil)
		all = append(all, Restart{Seed: o.Seed, Divergence: r.Unrefined(), Iterations: r.Iterations, Status: r.Status})
		if o.Restarts > 1 {
			others = append(others, r.W.sparse())
		}
		if best == nil || r.Unrefined()+r.Penalty < best.Unrefined()+best.Penalty {
			best, at = r, n
		}
		if ctx.Err() != nil {
			best.Status = Interrupted
			break
		}
	}
	if o.Restarts > 1 {
		for n := range all {
			all[n].Agreement = 1
			if n != at {
				all[n].Agreement = Agreement(best.W, others[n].dense(), o.Threads)
			}
		}
		best.Restarts = all
	}
	o.Seed = first
	best.Stability = m.stability(ctx, o, best)
	return best
}

// sparseFactor is the non-zeros of a factor. After CCD, W of newsgroups at k = 20 has
// three a term: a quarter of the memory; at k = 200 six, a seventeenth.
type sparseFactor lines

func (f *Factor) sparse() sparseFactor {
	s := sparseFactor{across: f.topics, start: make([]int, 1, f.items+1)}
	for n := range f.items {
		for k, x := range f.Item(n) {
			if x > 0 {
				s.index, s.value = append(s.index, int32(k)), append(s.value, x)
			}
		}
		s.start = append(s.start, len(s.index))
	}
	return s
}

func (s *sparseFactor) dense() *Factor {
	all := (*lines)(s)
	f := newFactor(all.count(), s.across)
	for n := range f.items {
		l := all.line(n)
		for e, k := range l.index {
			f.Item(n)[k] = l.value[e]
		}
	}
	return f
}
