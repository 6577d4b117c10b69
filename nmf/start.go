package nmf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Start is factors to begin with, in place of those that Options.Init would make.
type Start struct {
	// W is m × k. It is copied.
	W *Factor
	// H is k × n, or nil for a guess.
	H *Factor
	// Fixed says of each topic whether its column of W shall stay as it is; nil
	// means none.
	Fixed []bool
	// Grow lists topics that shall be new, whatever W has of them: with KullbackLeibler, halves
	// of the topics that gain most by being split. The list rises. Whole lists topics that are not
	// split for it.
	Grow, Whole []int
	// Only names rows of W that have weight in one topic alone, and keep to it; nil means
	// none. OnlyH does so for columns of H: a column of V that belongs to one topic adds
	// its counts to those of the topic, as the pseudo-counts of a prior do.
	Only, OnlyH map[int]int
}

// ofOneTopic are the columns that keep to one topic.
func (s *Start) ofOneTopic() map[int]int {
	if s == nil {
		return nil
	}
	return s.OnlyH
}

// ofRows is what holds of a start for a matrix of some of the columns.
func (s *Start) ofRows() *Start {
	if s == nil {
		return nil
	}
	return &Start{Only: s.Only}
}

// accepts says whether a start fits the matrix.
func (m *matrix) accepts(s *Start, topics int) error {
	switch {
	case s == nil:
	case s.W == nil:
		return fmt.Errorf("a start without W")
	case s.W.items != m.rows.count() || s.W.topics != topics:
		return fmt.Errorf("a start with W of %d × %d for a matrix of %d rows and %d topics", s.W.items, s.W.topics, m.rows.count(), topics)
	case s.H != nil && (s.H.items != m.columns.count() || s.H.topics != topics):
		return fmt.Errorf("a start with H of %d × %d for %d topics and a matrix of %d columns", s.H.topics, s.H.items, topics, m.columns.count())
	case slices.ContainsFunc(s.Grow, func(k int) bool { return k < 0 || k >= topics }):
		return fmt.Errorf("a start that grows topics %v of %d", s.Grow, topics)
	case s.Fixed != nil && len(s.Fixed) != topics:
		return fmt.Errorf("a start that fixes or not %d of %d topics", len(s.Fixed), topics)
	default:
		err := errors.Join(s.W.sound("a start with W", largestW), s.H.sound("a start with H", math.MaxFloat32), s.checkOnly(topics, m.columns.count()))
		if err == nil && s.Grow == nil && s.W.largest() == 0 {
			err = errors.New("a start with a W that is zero")
		}
		return err
	}
	return nil
}

func (s *Start) checkOnly(topics, columns int) error {
	for row, k := range s.Only {
		if row < 0 || row >= s.W.items || k < 0 || k >= topics {
			return fmt.Errorf("a start that keeps a row of W to one topic that is not there, or that is not there itself (there are %d rows and %d topics)", s.W.items, topics)
		}
	}
	for column, k := range s.OnlyH {
		if column < 0 || column >= columns || k < 0 || k >= topics {
			return fmt.Errorf("a start that keeps a column of H to one topic that is not there, or that is not there itself (there are %d columns and %d topics)", columns, topics)
		}
	}
	return nil
}

// keepApart returns the half-step on lines of which some keep to one topic: there, the
// others are held at zero, and the topic itself if it is fixed.
func (f *fitting) keepApart(only map[int]int, fixed []bool, topics int) visit {
	others := make([][]bool, topics)
	for _, k := range only {
		others[k] = slices.Repeat([]bool{true}, topics)
		others[k][k] = fixed != nil && fixed[k]
	}
	return func(l line, w []float32, scratch *scratch) tally {
		t := f.task
		if k, alone := only[scratch.line]; alone {
			t.fixed = others[k]
		}
		return f.solver.improve(l, w, scratch, t)
	}
}

// start makes the first factors of the nth start, in such a scale that WH holds as much
// as V. Topics that there is only room for stay empty.
func (f *fitting) start(ctx context.Context, o Options, n int) {
	clear(f.w.data)
	clear(f.h.data)
	seed := o.Seed + uint64(n)<<32 // far from the seeds that people choose
	switch {
	case o.Start != nil:
		f.begin(ctx, o.Start)
		f.grow(ctx, o)
		return
	case o.Init == NNDSVD, o.Init == NNDSVDar:
		f.nndsvd(ctx, o)
	case o.Init == SPA:
		f.fromVertices(ctx, o, seed)
	default:
		source := newRandom(seed)
		f.w.draw(o.Topics, source)
		f.h.draw(o.Topics, source)
	}
	f.columns.lines.clearEmpty(f.h)
	f.rows.lines.clearEmpty(f.w)
	held := 0.0
	sums := f.h.Sums()
	for k, s := range f.w.Sums() {
		held += s * sums[k]
	}
	if f.m.observed {
		held *= float64(len(f.m.columns.index)) / (float64(f.w.items) * float64(f.h.items))
	}
	f.h.scale(f.m.total() / held)
}

// begin copies a start that was given, and finds H if that was not: from any other H the
// first steps would lead W away. Packed, V is smaller by a power of two, and so is H.
func (f *fitting) begin(ctx context.Context, s *Start) {
	for i := range f.w.items {
		copy(f.w.Item(i), s.W.Item(i))
		if k, alone := s.Only[i]; alone {
			weight := f.w.Item(i)[k]
			clear(f.w.Item(i))
			f.w.Item(i)[k] = weight
		}
	}
	for j, k := range s.OnlyH {
		f.w.toMean(f.columns.lines.line(j).index, k)
	}
	if s.H == nil {
		f.solveH(ctx)
	} else {
		for j := range f.h.items {
			copy(f.h.Item(j), s.H.Item(j))
		}
		f.h.scale(math.Ldexp(1, -f.m.exponent))
	}
	for j, k := range s.OnlyH {
		h, sum := f.h.Item(j), float32(0)
		for _, x := range h {
			sum += x
		}
		clear(h)
		h[k] = sum
	}
}

// toMean gives items that have no weight in a topic the mean of it: from a zero no step could
// give them a part of it.
func (f *Factor) toMean(items []int32, k int) {
	mean := float32(f.Sums()[k] / float64(f.items))
	for _, i := range items {
		if w := f.Item(int(i)); w[k] == 0 {
			w[k] = mean
		}
	}
}

// clearEmpty gives lines without an entry no weight.
func (l *lines) clearEmpty(f *Factor) {
	for n := range l.count() {
		if l.start[n] == l.start[n+1] {
			clear(f.Item(n))
		}
	}
}

// draw makes the weights of the first topics random, from (0, 1]: a zero would stay one.
func (f *Factor) draw(topics int, source *rand.Rand) {
	for n := range f.items {
		for k := range topics {
			f.Item(n)[k] = 1 - source.Float32()
		}
	}
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x6b6c6577)) }
