package nmf

import (
	"context"
	"math"
)

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
	return best
}

// Agreement is how far the topics of two factors W of as many terms are the same, by
// the definition in Restart, over the smaller number of topics. It panics if the
// numbers of terms differ.
func Agreement(a, b *Factor) float64 {
	if a.items != b.items {
		panic("nmf: agreement of factors of different sizes")
	}
	if a.topics > b.topics {
		a, b = b, a
	}
	if a.topics == 0 {
		return 0
	}
	overlap := overlaps(a, b)
	total := 0.0
	for k, other := range assign(overlap) {
		total += overlap[k][other]
	}
	return total / float64(a.topics)
}

// overlaps is Σᵢ min(aᵢₖ, bᵢₗ) for each topic k of a and l of b, in shares.
func overlaps(a, b *Factor) [][]float64 {
	overlap := make([][]float64, a.topics)
	for k := range overlap {
		overlap[k] = make([]float64, b.topics)
	}
	as, bs := a.Sums(), b.Sums()
	for i := range a.items {
		x, y := a.Item(i), b.Item(i)
		for k, xk := range x {
			if xk == 0 {
				continue
			}
			share := float64(xk) / as[k]
			for l, yl := range y {
				if yl > 0 {
					overlap[k][l] += min(share, float64(yl)/bs[l])
				}
			}
		}
	}
	return overlap
}

// assign gives each row a column of its own, so that the sum of the chosen values is
// the largest: by shortest augmenting paths (Jonker & Volgenant, A shortest augmenting
// path algorithm for dense and sparse linear assignment problems, Computing 1987).
// There must be no more rows than columns.
func assign(value [][]float64) []int {
	rows, columns := len(value), len(value[0])
	priceR, priceC := make([]float64, rows+1), make([]float64, columns+1)
	owner := make([]int, columns+1) // row of a column, from 1; 0 if free
	for row := 1; row <= rows; row++ {
		owner[0] = row
		least, from, done := make([]float64, columns+1), make([]int, columns+1), make([]bool, columns+1)
		for c := range least {
			least[c] = math.Inf(1)
		}
		at := 0
		for owner[at] != 0 {
			done[at] = true
			r, step, next := owner[at], math.Inf(1), 0
			for c := 1; c <= columns; c++ {
				if done[c] {
					continue
				}
				if cost := -value[r-1][c-1] - priceR[r] - priceC[c]; cost < least[c] {
					least[c], from[c] = cost, at
				}
				if least[c] < step {
					step, next = least[c], c
				}
			}
			for c := range done {
				if done[c] {
					priceR[owner[c]] += step
					priceC[c] -= step
				} else {
					least[c] -= step
				}
			}
			at = next
		}
		for at != 0 {
			owner[at] = owner[from[at]]
			at = from[at]
		}
	}
	chosen := make([]int, rows)
	for c := 1; c <= columns; c++ {
		if owner[c] > 0 {
			chosen[owner[c]-1] = c - 1
		}
	}
	return chosen
}
