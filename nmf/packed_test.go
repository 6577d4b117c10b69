package nmf

import (
	"math"
	"testing"
)

// A packed factor changes no step: with 70 topics, once most weights are zero, iterations come to
// the same D as with a factor as it is.
func TestPackedFactor(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.MaxIter = 70, Random, math.MaxInt
	f := begun(t, packed(t, 30_000, 20), o)
	f.iterate(t.Context(), 0, 3*lookEvery)
	f.fixW()
	loss := f.loss.(*divergence)
	if !loss.isPacked {
		t.Fatal("W is not packed: its weights are not zero enough for a test")
	}
	s, other := newScratch(70), newScratch(70)
	for n := range 200 {
		l := f.m.columns.line(n)
		if len(l.index) <= shortLine {
			continue
		}
		with, without := append([]float32{}, f.h.padded(n)...), append([]float32{}, f.h.padded(n)...)
		f.chosen.improve(l, with, s, task{})
		loss.isPacked = false
		f.chosen.improve(l, without, other, task{})
		loss.isPacked = true
		for k := range with {
			if d := math.Abs(float64(with[k] - without[k])); d > 1e-5*float64(without[k])+1e-7 {
				t.Fatalf("column %d, topic %d: %g with a packed factor, %g without", n, k, with[k], without[k])
			}
		}
	}
}
