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
