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
		first := f.iterations
		search := func() *splitMerge {
			f.restore(&begun)
			return &splitMerge{fitting: f, topics: o.Topics, threads: 1, loss: o.Loss, tried: map[pair]bool{}}
		}
		search().rounds(ctx, o, 0, math.MaxInt)
		iterations, d := f.iterations-first, f.measure()

		s := search()
		first = f.iterations
		for n, vain := 0, 0; vain < 3; n++ {
			before := f.measure()
			s.rounds(ctx, o, n, n+1)
			if vain++; f.measure() < before {
				vain = 0
				lowered++
			}
		}
		if got := f.iterations - first; iterations != got || d != f.measure() {
			t.Errorf("seed %d: the search took %d iterations to %v, and one until three rounds were in vain %d to %v", o.Seed, iterations, d, got, f.measure())
		}
	}
	if lowered == 0 {
		t.Error("no round lowered D: this shows nothing of how long it goes on")
	}
}
