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
// The race: a few starts make their first iterations, and the one that is lowest then goes
// on. Starts from singular vectors are lower after 30 iterations than random ones, on
// texts of a few words by 1.5 to 4 % and to the end, on long texts by a little, which says
// nothing about the end. So the lowest of either kind go through the first splits and
// mergers before one is chosen. Small matrices, where luck is largest, can afford more.
//
// Splitting and merging (after Ueda, Nakano, Ghahramani & Hinton, SMEM algorithm for mixture
// models, Neural Computation 2000): some topics, those that would gain most, are split
// in two; when all have settled, pairs are merged until there are k again. The first
// round is wide: of many new topics the cheapest may be merged again. In the narrow
// ones what has just been split may not: its merger is known best and looks cheapest,
// though once all topics have settled most mergers cost much the same. If D has not
// fallen, other pairs are tried from where the split topics had settled, and then the topics
// that would gain next most are split.
//
// The numbers of iterations and the rest were chosen on newsgroups, NIPS and BBC, those of
// starts and finalists on titles, first and last paragraphs of BBC, single sentences and
// subject lines of mails too.
const (
	// raceWork is the number of starts times k times the non-zeros, about a second of
	// work. mostStarts is how many there are at most, and sampleStarts how many at least
	// on a sample.
	raceWork                 = 25_000_000
	mostStarts, sampleStarts = 6, 3
	// shortColumn is the mean number of non-zeros of a column up to which a text is short.
	shortColumn = 30
	// finalWork is the same for the finalists, and finalRoundsWork for the rounds that
	// decide among them.
	finalWork                   = 16_000_000
	fewFinalists, mostFinalists = 2, 3
	finalRoundsWork             = 4_000_000
	mostFinalRounds             = 3
	// contender is how much higher than the lowest a finalist may be after the race, but for
	// small matrices, which can afford all: with 50 topics a hundred documents of thirty
	// words end 4.6 % lower from the start that is behind. On
	// short texts random starts are 1.5 to 4 % above and stay there; where they are
	// within half a percent, they are lowest in the end about as often.
	contender = 0.01
	// raceIterations is how many iterations decide, after the warm-up.
	raceIterations = 10
	// warmupIterations is the number of multiplicative updates before the first Newton step.
	// Weights that reach exact zero at once end in worse minima: newsgroups, k = 20,
	// 9.00e6 against 8.98e6 after 200 iterations.
	warmupIterations = 20
	// roundsWork is the same for the rounds of splitting and merging.
	roundsWork            = 150_000_000
	fewRounds, manyRounds = 3, 8
	// sampleRounds is how many rounds a sample has at least, and sampleRoundsWork that number times k
	// times its non-zeros. With four for k = 20 newsgroups ends above 8,990,000 from one of five seeds, and
	// 0.01 % higher in the mean; seven for k = 50 take 1.15 times the time and end 0.02 % lower.
	sampleRounds     = 4
	sampleRoundsWork = 52_000_000
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

// runner is a start in the race.
type runner struct {
	init Init
	n    int // the number of the random start
}

// runners lists the starts of a fit. Where there is time for only one, texts of few words
// begin with the one that ends far below random ones there; long texts end as low from a
// random one, which needs no singular vectors.
func (f *fitting) runners(o Options) []runner {
	if o.Init != Race || o.Start != nil {
		return []runner{{o.Init, 0}}
	}
	count := min(max(1, raceWork/f.m.work(o)), mostStarts)
	if f.sampled {
		count = max(count, sampleStarts)
	}
	all := []runner{{NNDSVDar, 0}, {Random, 0}, {NNDSVD, 0}}
	if o.Half || f.m.observed {
		all = []runner{{Random, 0}}
	}
	if count == 1 && !o.Half && !f.m.observed && len(f.m.columns.index) > shortColumn*f.m.columns.count() {
		return all[1:2]
	}
	for n := 1; len(all) < count; n++ {
		all = append(all, runner{Random, n})
	}
	return all[:count]
}

// work is what an iteration costs, roughly: k times the non-zeros.
func (m *matrix) work(o Options) int { return len(m.columns.index) * o.Topics }

// finalists is how many starts of the race are split and merged before the lowest goes on.
func (f *fitting) finalists(o Options) int {
	switch {
	case o.Init != Race || o.Start != nil || !o.splitsAndMerges():
		return 1
	}
	return min(max(fewFinalists, finalWork/f.m.work(o)), mostFinalists)
}

// finalRounds is how many rounds of splitting and merging decide among the finalists.
func (m *matrix) finalRounds(o Options) int {
	return min(max(1, finalRoundsWork/m.work(o)), mostFinalRounds)
}

// class numbers the kinds of starts, each of which has a finalist.
func (r runner) class(finalists int) int {
	switch {
	case r.init == Random:
		return min(1, finalists-1)
	case r.init == NNDSVD && finalists > 2:
		return 2
	}
	return 0
}

// roundsOf is the number of rounds of splitting and merging, at most.
func (f *fitting) roundsOf(o Options) int {
	switch {
	case o.SplitMerge >= 0:
		return o.SplitMerge
	case f.sampled:
		return min(max(sampleRounds, sampleRoundsWork/f.m.work(o)), manyRounds)
	}
	return min(max(fewRounds, roundsWork/f.m.work(o)), manyRounds)
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
func (o Options) splitsAndMerges() bool { return o.SplitMerge != 0 && o.NoSplitMerge() == "" }

// NoSplitMerge says why no topics are split and merged, whatever SplitMerge is; empty if they can be.
func (o Options) NoSplitMerge() string {
	switch {
	case o.SolverInForce() != CCD:
		return "only the solver " + string(CCD) + " splits and merges topics, and this is " + string(o.SolverInForce())
	case o.AlphaW != 0 || o.AlphaH != 0:
		return "topics are not split and merged under penalties"
	case o.Observed != nil:
		return "topics are split and merged by counts of the whole matrix"
	case o.Start != nil:
		return "topics that begin with given ones keep to them"
	case o.Topics <= 1:
		return "there is one topic, and none to merge it with"
	}
	return ""
}

// room is the number of topics that the factors need room for.
func (o Options) room() int {
	if !o.splitsAndMerges() {
		return o.Topics
	}
	return o.Topics + max(o.round(0).splits, o.round(wideRounds).splits)
}

// run searches and goes on until the end; after the race and from every kind of start if V is tiny and
// not large enough for k that a sample of it would do.
func (m *matrix) run(ctx context.Context, o Options, restart int) (best *fitting, status Status) {
	if sample := m.sampleFor(o); sample != nil || !m.tiny(o) {
		return m.runFrom(ctx, o, restart, sample, nil)
	}
	var last *fitting
	least := math.Inf(1)
	for _, o.Init = range apart {
		f, ended := m.runFrom(ctx, o, restart, nil, last)
		last = f
		if d := f.measure(); best == nil || d < least {
			best, f, least, status = f, best, d, ended
		}
		if f != nil {
			f.workers.stop()
		}
		if last.aside = min(last.aside, least); ended != Converged {
			status = ended
			break
		}
	}
	best.iterations, best.trace = last.iterations, last.trace
	return best, status
}

// apart are the starts that a fit to a tiny matrix follows to the end, the winner of the race among
// them: by construction it ends no higher than the lowest. Which that is cannot be told before: of a
// hundred documents of thirty words the race and a few rounds chose one that ended up to 2 % higher,
// and of others, from its more random starts, one that ended 0.4 % lower than each kind by itself.
var apart = []Init{Race, NNDSVDar, Random, NNDSVD, SPA}

// tinyWork is k times the non-zeros up to which a matrix is tiny: there an iteration takes less
// than two milliseconds. Up to 250,000 alone, the race still ended 2.5 % above the best single start on
// 100 documents of 150 tokens with 50 topics, and on 1,000 of 3 with 200.
const tinyWork = 1_000_000

func (m *matrix) tiny(o Options) bool {
	return o.Init == Race && o.splitsAndMerges() && !o.Half && m.work(o) <= tinyWork
}

// runFrom searches, on a sample of V if that is not nil, and goes on until the end. If another start
// was followed before, its iterations are counted and its trace is continued.
func (m *matrix) runFrom(ctx context.Context, o Options, restart int, sample *sampled, before *fitting) (f *fitting, status Status) {
	ok, warmup := false, 0
	if sample != nil {
		warmup = sampleWarmup
		f, status, ok = m.searchOn(ctx, sample, o, restart)
	} else {
		f = newFitting(m, o.room(), o)
		f.restart = restart
		if before != nil {
			f.iterations, f.trace, f.aside = before.iterations, before.trace, before.aside
			f.limit += min(before.iterations, math.MaxInt-f.limit)
		}
		status, ok = f.search(ctx, o)
	}
	if ok {
		status, _ = f.iterate(ctx, warmup, -1)
	}
	return f, status
}

// search leaves the factors from which a fit only has to converge: what splits and mergers
// have made of the best start.
func (f *fitting) search(ctx context.Context, o Options) (status Status, ok bool) {
	finalists, status, ok := f.race(ctx, o)
	if !ok || !o.splitsAndMerges() {
		return status, ok
	}
	s := &splitMerge{fitting: f, topics: o.Topics, threads: o.threads(), loss: o.Loss, tried: map[pair]bool{}, givesUp: f.m.work(o) > finalRoundsWork}
	if status, ok = s.final(ctx, o, finalists); !ok {
		return status, ok
	}
	return s.rounds(ctx, o, s.m.finalRounds(o), math.MaxInt)
}

// standing is what a start has come to.
type standing struct {
	d  float64
	at kept
}

// race makes the first iterations from each start, and leaves the best. Its finalists are
// the best of each class, unless D is much higher.
func (f *fitting) race(ctx context.Context, o Options) (finalists []standing, status Status, ok bool) {
	runners, warmup, further := f.runners(o), 0, 0
	if o.SolverInForce() == CCD && o.Start == nil {
		warmup = warmupIterations
	}
	if len(runners) > 1 {
		further = raceIterations
	}
	classes := make([]standing, f.finalists(o))
	for n := range classes {
		classes[n].d = math.Inf(1)
	}
	for _, r := range runners {
		o.Init = r.init
		f.start(ctx, o, r.n)
		if status, ok = f.iterate(ctx, warmup, further); len(runners) == 1 {
			return nil, status, ok
		}
		class := r.class(len(classes))
		if o.Half { // where all starts are of one kind
			class = r.n % len(classes)
		}
		f.best = min(f.best, f.stand(&classes[class]))
		if !ok {
			break
		}
	}
	least := f.best
	f.best = math.Inf(1)
	for _, s := range classes {
		if s.d == least {
			f.restore(&s.at)
		} else if s.d <= least*(1+contender) || f.m.finalRounds(o) == mostFinalRounds && !math.IsInf(s.d, 1) {
			finalists = append(finalists, s)
		}
	}
	return finalists, status, ok
}

// stand makes the factors at work the standing, if their D is lower, and returns D.
func (f *fitting) stand(in *standing) float64 {
	d := f.measure()
	if d < in.d {
		in.d = d
		f.keep(&in.at)
	}
	return d
}

// final makes the first rounds from the factors at work and from the other finalists, and
// leaves the lowest.
func (s *splitMerge) final(ctx context.Context, o Options, others []standing) (status Status, ok bool) {
	if status, ok = s.first(ctx, o); len(others) == 0 {
		return status, ok
	}
	leader := standing{d: math.Inf(1)}
	s.fitting.best = s.stand(&leader)
	for _, other := range others {
		if !ok {
			break
		}
		s.restore(&other.at)
		status, ok = s.first(ctx, o)
		s.fitting.best = min(s.fitting.best, s.stand(&leader))
	}
	s.fitting.best = math.Inf(1)
	s.restore(&leader.at)
	return status, ok
}

// first settles the topics of a start, and makes the first rounds.
func (s *splitMerge) first(ctx context.Context, o Options) (status Status, ok bool) {
	if status, ok = s.iterate(ctx, 0, raceIterations); ok {
		status, ok = s.rounds(ctx, o, 0, s.m.finalRounds(o))
	}
	return status, ok
}

// rounds makes some of the rounds of splitting and merging, as long as they lower D.
func (s *splitMerge) rounds(ctx context.Context, o Options, from, to int) (status Status, ok bool) {
	ok = true
	s.moved()
	d := s.measure()
	for n, failed := from, 0; ok && n < min(to, s.roundsOf(o)) && failed < failures; n++ {
		before := d
		status, ok, d = s.round(ctx, o.round(n), o.Seed+uint64(n), d)
		if failed++; d < before {
			failed = 0
			s.moved()
		}
	}
	return status, ok
}

// moved forgets what has been tried: the factors are others now.
func (s *splitMerge) moved() {
	s.toSplit, s.splits = nil, nil
	clear(s.tried)
}

// splitMerge is what rounds have in common.
type splitMerge struct {
	*fitting
	topics, threads int
	loss            Loss
	before, settled kept
	toSplit         []int         // topics that have not been split, the most promising first
	splits          []split       // those looked at closely that have not been tried, the best first
	tried           map[pair]bool // mergers that came to nothing
	givesUp         bool          // whether mergers are given up (hopeless); a small matrix has the time for all
}

// round splits topics, and merges others. It leaves the factors as they were unless D has become
// lower: before is D at the beginning, and d at the end.
func (s *splitMerge) round(ctx context.Context, r round, seed uint64, before float64) (status Status, ok bool, d float64) {
	best := s.best
	s.growing, s.best = true, min(before, best)
	defer func() { s.growing, s.best = false, best }()
	s.keep(&s.before)
	taboo := map[pair]bool{}
	for _, fresh := range s.splitBest(r, seed) {
		taboo[fresh] = !r.undo
	}
	status, ok = s.iterate(ctx, splitWarmup, splitSettle)
	s.keep(&s.settled)
	for n := 0; ok && n < r.attempts; n++ {
		s.restore(&s.settled)
		var merged bool
		if status, ok, merged = s.mergeAll(ctx, before, taboo); !ok || !merged {
			continue
		}
		if d = s.measure(); d < before {
			return status, ok, d
		}
	}
	s.restore(&s.before)
	return status, ok, before
}

// mergeAll merges pairs, the cheapest first, until there are k topics. It does not begin
// with a pair that has been tried. merged is false if D will not come below the goal.
func (s *splitMerge) mergeAll(ctx context.Context, goal float64, taboo map[pair]bool) (status Status, ok, merged bool) {
	for first := true; ; first = false {
		filled := s.filled()
		if len(filled) <= s.topics {
			return s.settle(ctx, goal)
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

// settle makes the iterations after the last merger, unless D will not come below the goal.
func (s *splitMerge) settle(ctx context.Context, goal float64) (status Status, ok, whole bool) {
	before := s.iterations
	if s.givesUp {
		s.goal = goal
	}
	status, ok = s.iterate(ctx, 0, lastSettle)
	s.goal = math.Inf(1)
	return status, ok, s.iterations == before+lastSettle
}

// hopeless says that D would not come to the goal in the iterations that are left, though each
// lowered it by as much as the last. They lower it by less and less, but from the next look at all
// slopes on by more again for a while, so that only the first few can tell. On NIPS, k = 10, BBC News,
// k = 50, Python's proposals, k = 100, and others 103 of 106 mergers that come to nothing are given up so,
// which saves three quarters of these iterations, and two of 98 that lower D, by 0.01 and 0.002 %.
func (f *fitting) hopeless(d float64, done, left int) bool {
	return done > 0 && done < lookEvery-1 && d-f.goal > float64(left)*(f.extrapolation.last-d)
}
