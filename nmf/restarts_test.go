package nmf

import (
	"math"
	"testing"
)

// The best of several fits is one of them, and says what the others came to.
func TestRestarts(t *testing.T) {
	v := counts(40, 30, 6)
	for _, o := range methods() {
		o.Topics, o.SplitMerge, o.Restarts = 6, 0, 4
		r := fit(t, v, o)
		if len(r.Restarts) != 4 {
			t.Fatalf("%d restarts", len(r.Restarts))
		}
		o.Restarts = 1
		for n, restart := range r.Restarts {
			o.Seed = uint64(1 + n)
			alone := fit(t, v, o)
			if alone.Divergence != restart.Divergence || restart.Seed != o.Seed {
				t.Errorf("%s %s: restart %d ended at %g, alone at %g", o.Loss, o.Solver, n, restart.Divergence, alone.Divergence)
			}
			if restart.Divergence < r.Divergence {
				t.Errorf("%s %s: %g is not the best", o.Loss, o.Solver, r.Divergence)
			}
			if restart.Divergence == r.Divergence && math.Abs(restart.Agreement-1) > 1e-9 {
				t.Errorf("%s %s: the best agrees with itself by %g", o.Loss, o.Solver, restart.Agreement)
			}
		}
	}
}

// What is minimised is D and the penalties together: the best fit is the one that is
// lowest in the sum, also where another is lower in D alone.
func TestTheBestRestartCountsThePenalty(t *testing.T) {
	v := counts(40, 30, 6)
	o := Defaults()
	o.Topics, o.Init, o.AlphaW, o.AlphaH, o.Tol, o.MaxIter = 6, Random, 0.02, 0.02, 1e-3, 60
	differ := 0
	for first := uint64(1); first < 40; first += 3 {
		best, lowest := math.Inf(1), math.Inf(1)
		var want *Result
		o.Restarts = 1
		for o.Seed = first; o.Seed < first+3; o.Seed++ {
			r := fit(t, v, o)
			lowest = min(lowest, r.Divergence)
			if r.Divergence+r.Penalty < best {
				best, want = r.Divergence+r.Penalty, r
			}
		}
		if want.Divergence > lowest {
			differ++
		}
		o.Seed, o.Restarts = first, 3
		same(t, "the best of three", fit(t, v, o), want)
	}
	if differ == 0 {
		t.Error("the fit with the least D and penalty has the least D each time: this shows nothing")
	}
}

// The agreement of a restart with the best is that of the W it would have had alone.
func TestRestartsAgree(t *testing.T) {
	v := counts(40, 30, 6)
	for _, o := range methods() {
		o.Topics, o.SplitMerge, o.Restarts = 6, 0, 3
		r := fit(t, v, o)
		o.Restarts = 1
		for _, restart := range r.Restarts {
			o.Seed = restart.Seed
			if want := Agreement(r.W, fit(t, v, o).W, 2); math.Abs(restart.Agreement-want) > 1e-9 {
				t.Errorf("%s %s: agreement %g with seed %d, of the W alone %g", o.Loss, o.Solver, restart.Agreement, restart.Seed, want)
			}
		}
	}
}
