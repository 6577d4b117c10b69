package nmf

import (
	"context"
	"math"
	"testing"
)

// The search goes on as long as one of three rounds in a row lowers D, however many it may make.
func TestSearchEndsAfterThreeRoundsInVain(t *testing.T) {
	o := Defaults()
	o.Topics, o.MaxIter, o.Init, o.SplitMerge, o.Threads = 6, math.MaxInt, Random, 60, 1
	m := packed(t, 30_000, 6)
	ctx := context.Background()
	lowered := 0
	for o.Seed = range 6 {
		f := newFitting(m, o.room(), o)
		defer f.workers.stop()
		f.start(ctx, o, 0)
		f.iterate(ctx, warmupIterations, 20)
		var begun kept
		f.keep(&begun)
		until := func(n int) (iterations int, d float64) {
			f.restore(&begun)
			first := f.iterations
			s := &splitMerge{fitting: f, topics: o.Topics, threads: 1, loss: o.Loss, tried: map[pair]bool{}}
			s.rounds(ctx, o, 0, n)
			return f.iterations - first, f.measure()
		}
		all, _ := until(math.MaxInt)
		_, before := until(0)
		vain := 0
		for n, made := 1, 0; made < all; n++ {
			if vain == 3 {
				t.Errorf("seed %d: after three rounds in vain, %d iterations, the search goes on to %d", o.Seed, made, all)
			}
			var d float64
			made, d = until(n)
			if vain++; d < before {
				vain = 0
				lowered++
			}
			before = d
		}
		if vain != 3 {
			t.Errorf("seed %d: the search ends after %d rounds in vain", o.Seed, vain)
		}
	}
	if lowered == 0 {
		t.Error("no round lowered D: this shows nothing of how long it goes on")
	}
}
