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

// restarts makes all fits, and returns the best.
func (m *matrix) restarts(ctx context.Context, o Options) *Result {
	var all []Restart
	var ws []*Factor
	var best *Result
	at := 0
	first := o.Seed
	for n := range o.Restarts {
		o.Seed = first + uint64(n)
		r := m.fit(ctx, o, n)
		all = append(all, Restart{Seed: o.Seed, Divergence: r.Divergence, Iterations: r.Iterations, Status: r.Status})
		ws = append(ws, r.W)
		if best == nil || r.Divergence+r.Penalty < best.Divergence+best.Penalty {
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
				all[n].Agreement = Agreement(best.W, ws[n])
			}
		}
		best.Restarts = all
	}
	o.Seed = first
	best.Stability = m.stability(ctx, o, best)
	return best
}
