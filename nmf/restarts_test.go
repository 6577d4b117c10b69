package nmf

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The best of several fits is one of them, and says what the others came to.
func TestRestarts(t *testing.T) {
	v := counts(40, 30, 6)
	for _, o := range methods() {
		o.Topics, o.Rearrange, o.Restarts = 6, 0, 4
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

func TestAgreement(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	w := newFactor(50, 5)
	w.draw(5, r)
	shuffled := w.only([]int{3, 1, 4, 0, 2}, 5)
	shuffled.Scale([]float64{2, 3, 4, 5, 6})
	if a := Agreement(w, shuffled); math.Abs(a-1) > 1e-6 {
		t.Errorf("a factor agrees with itself, shuffled and scaled, by %g", a)
	}
	apart := newFactor(50, 2)
	other := newFactor(50, 2)
	for i := range 50 {
		apart.Item(i)[i%2] = float32(1 - i/25)
		other.Item(i)[i%2] = float32(i / 25)
	}
	if a := Agreement(apart, other); a != 0 {
		t.Errorf("factors with nothing in common agree by %g", a)
	}
}

// assign is compared with all permutations.
func TestAssign(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		rows := 1 + r.IntN(5)
		columns := rows + r.IntN(3)
		value := make([][]float64, rows)
		for k := range value {
			value[k] = make([]float64, columns)
			for l := range value[k] {
				value[k][l] = r.Float64()
			}
		}
		chosen := assign(value)
		got := 0.0
		for k, l := range chosen {
			got += value[k][l]
		}
		if sorted := slices.Compact(slices.Sorted(slices.Values(chosen))); len(sorted) != rows {
			t.Fatalf("%v assigns a column twice", chosen)
		}
		if want := mostOf(value, 0, make([]bool, columns)); math.Abs(got-want) > 1e-12 {
			t.Errorf("assigned %g, the most is %g", got, want)
		}
	}
}

func mostOf(value [][]float64, row int, taken []bool) float64 {
	if row == len(value) {
		return 0
	}
	most := math.Inf(-1)
	for c, x := range value[row] {
		if !taken[c] {
			taken[c] = true
			most = max(most, x+mostOf(value, row+1, taken))
			taken[c] = false
		}
	}
	return most
}
