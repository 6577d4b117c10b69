package nmf

import (
	"context"
	"math"
)

// The search
//
// D has many local minima, and from one random start to another the ends differ: on
// newsgroups, k = 20, from 8.970e6 to 9.045e6 by the solver alone. Two things take most
// of the luck out.
//
// The race: a few random starts make their first iterations, and the one that is lowest
// then goes on. Small matrices, where luck is largest, can afford more starts.
//
// Splitting and merging (after Ueda, Nakano, Ghahramani & Hinton, SMEM algorithm for mixture
// models, Neural Computation 2000): some topics, those that would gain most, are split
// in two; when all have settled, pairs are merged until there are k again. The first
// round is wide: of many new topics the cheapest may be merged again. In the narrow
// ones what has just been split may not: its merger is known best and looks cheapest,
// though once all topics have settled most mergers cost much the same. If D has not
// fallen, other pairs are tried from where the split topics had settled.
//
// The numbers of iterations and the rest were chosen on newsgroups, NIPS and BBC.
const (
	// raceWork is the number of starts times k times the non-zeros, about a second of
	// work; mostStarts is how many there are at most.
	raceWork   = 25_000_000
	mostStarts = 10
	// raceIterations is how many iterations decide, after the warm-up.
	raceIterations = 10
	// warmup is the number of multiplicative updates before the first Newton step.
	// Weights that reach exact zero at once end in worse minima: newsgroups, k = 20,
	// 9.00e6 against 8.98e6 after 200 iterations.
	warmupIterations = 20
	// roundsWork is the same for the rounds of splitting and merging.
	roundsWork            = 150_000_000
	fewRounds, manyRounds = 3, 8
	// A wide round splits so many of the topics, a narrow one fewer. More than six cost
	// more than they gain: each has to be merged again, one by one. (newsgroups, k = 20,
	// with eight: 9 % longer, and 0.05 % lower.)
	wideRounds  = 1
	wideShare   = 0.4
	mostWide    = 6
	narrowShare = 0.1
	// attempts is the number of mergers tried from one split, and failures how many
	// splits may come to nothing before the search ends.
	attempts = 2
	failures = 3
	// What topics need to settle after a split, after one merger and after the last:
	// multiplicative updates and iterations.
	splitWarmup, splitSettle = 5, 7
	mergeSettle              = 2
	lastSettle               = 8
)

// starts is the number of starts in the race.
func (m *matrix) starts(o Options) int {
	if o.Init != Race || o.Start != nil {
		return 1
	}
	return min(max(1, raceWork/(len(m.columns.index)*o.Topics)), mostStarts)
}

// rounds is the number of rounds of splitting and merging, at most.
func (m *matrix) rounds(o Options) int {
	if o.SplitMerge >= 0 {
		return o.SplitMerge
	}
	return min(max(fewRounds, roundsWork/(len(m.columns.index)*o.Topics)), manyRounds)
}

// round is how one splitting and merging goes.
type round struct {
	splits, attempts int
	// undo allows to merge what has just been split.
	undo bool
}

func (o Options) round(n int) round {
	if wide := min(int(wideShare*float64(o.Topics)), mostWide); n < wideRounds && wide > 1 {
		return round{wide, 1, true}
	}
	return round{max(1, int(narrowShare*float64(o.Topics))), attempts, false}
}

// splitsAndMerges says whether topics are split and merged.
func (o Options) splitsAndMerges() bool {
	return o.SplitMerge != 0 && o.SolverInForce() == CCD && o.Start == nil && o.AlphaW == 0 && o.AlphaH == 0 && o.Topics > 1
}

// room is the number of topics that the factors need room for.
func (o Options) room() int {
	if !o.splitsAndMerges() {
		return o.Topics
	}
	return o.Topics + max(o.round(0).splits, o.round(wideRounds).splits)
}

// run makes the start and goes on until the end.
func (f *fitting) run(ctx context.Context, o Options) Status {
	if status, ok := f.race(ctx, o); !ok {
		return status
	}
	if o.splitsAndMerges() {
		if status, ok := f.splitMerge(ctx, o); !ok {
			return status
		}
	}
	status, _ := f.iterate(ctx, 0, -1)
	return status
}

// race makes the first iterations from each start, and leaves the best.
func (f *fitting) race(ctx context.Context, o Options) (status Status, ok bool) {
	starts, warmup, further := f.m.starts(o), 0, 0
	if o.SolverInForce() == CCD && o.Start == nil {
		warmup = warmupIterations
	}
	if starts > 1 {
		further = raceIterations
	}
	leader := new(kept)
	for n := range starts {
		f.start(ctx, o, n)
		if status, ok = f.iterate(ctx, warmup, further); starts == 1 {
			return status, ok
		}
		if d := f.measure(); d < f.best {
			f.best = d
			f.keep(leader)
		}
		if !ok {
			break
		}
	}
	f.restore(leader)
	f.best = math.Inf(1)
	return status, ok
}

// splitMerge makes rounds of splitting and merging as long as they lower D.
func (f *fitting) splitMerge(ctx context.Context, o Options) (status Status, ok bool) {
	if status, ok = f.iterate(ctx, 0, raceIterations); !ok {
		return status, ok
	}
	s := &splitMerge{fitting: f, topics: o.Topics, threads: o.threads(), loss: o.Loss, tried: map[pair]bool{}}
	for n, failed := 0, 0; ok && n < f.m.rounds(o) && failed < failures; n++ {
		var lower bool
		f.growing, f.best = true, f.measure()
		status, ok, lower = s.round(ctx, o.round(n), o.Seed+uint64(n))
		f.growing, f.best = false, math.Inf(1)
		if failed++; lower {
			failed = 0
			clear(s.tried)
		}
	}
	return status, ok
}

// splitMerge is what rounds have in common.
type splitMerge struct {
	*fitting
	topics, threads int
	loss            Loss
	before, settled kept
	tried           map[pair]bool // mergers that came to nothing
}

// round splits topics, and merges others. It leaves the factors as they were unless D
// has become lower.
func (s *splitMerge) round(ctx context.Context, r round, seed uint64) (status Status, ok, lower bool) {
	s.keep(&s.before)
	taboo := map[pair]bool{}
	for _, fresh := range s.splitBest(r.splits, seed) {
		taboo[fresh] = !r.undo
	}
	status, ok = s.iterate(ctx, splitWarmup, splitSettle)
	s.keep(&s.settled)
	for range r.attempts {
		if !ok || lower {
			break
		}
		s.restore(&s.settled)
		var merged bool
		status, ok, merged = s.mergeAll(ctx, taboo)
		lower = ok && merged && s.measure() < s.best
	}
	if !lower {
		s.restore(&s.before)
	}
	return status, ok, lower
}

// mergeAll merges pairs, the cheapest first, until there are k topics. It does not begin
// with a pair that has been tried.
func (s *splitMerge) mergeAll(ctx context.Context, taboo map[pair]bool) (status Status, ok, merged bool) {
	for first := true; ; first = false {
		filled := s.filled()
		if len(filled) <= s.topics {
			status, ok = s.iterate(ctx, 0, lastSettle)
			return status, ok, true
		}
		p, found := s.cheapest(filled, func(p pair) bool { return taboo[p] || first && s.tried[p] })
		if !found {
			return Converged, true, false
		}
		if first {
			s.tried[p] = true
		}
		s.merge(p)
		if status, ok = s.iterate(ctx, 0, mergeSettle); !ok {
			return status, false, false
		}
	}
}
