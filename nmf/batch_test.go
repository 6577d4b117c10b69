package nmf

import (
	"math"
	"testing"
)

// Short lines that are improved together come to what each comes to alone, whatever lines stand
// beside it: without topics, with topics that vanish, and beside longer lines.
func TestShortLinesTogether(t *testing.T) {
	for _, topics := range []int{2, 4, 20, 70} {
		for _, to := range []task{{objective: true}, {objective: true, look: true}} {
			for _, l2 := range []float64{0, 0.1} {
				checkTogether(t, shortFitting(t, topics), to, l2)
			}
		}
	}
}

func checkTogether(t *testing.T, f *fitting, to task, l2 float64) {
	t.Helper()
	c := f.chosen.(ccd)
	c.divergence.fix(f.w, penalty{l2: l2}, f.workers)
	s, alone := f.workers.scratch[0], f.h.clone()
	for n := range alone.items {
		c.improve(f.m.columns.line(n), alone.padded(n), s, to)
	}
	f.blockTogether(c, to, s)
	for i, x := range f.h.data {
		if math.Abs(float64(x-alone.data[i])) > 1e-4*math.Abs(float64(alone.data[i]))+1e-6 {
			t.Fatalf("k = %d, look %v, l2 = %g: column %d has the weight %g together with others, and %g alone",
				f.h.topics, to.look, l2, i/f.h.stride, x, alone.data[i])
		}
	}
}

// The objective of lines together is the sum of theirs.
func TestObjectiveOfShortLines(t *testing.T) {
	f := shortFitting(t, 6)
	f.fixW()
	s, c, want := f.workers.scratch[0], f.chosen.(ccd), 0.0
	for n := range f.h.items {
		if l := f.m.columns.line(n); len(l.index) > 0 {
			c.pass(l, f.h.padded(n), s)
			want += c.objective(l, f.h.padded(n), s)
		}
	}
	got := f.blockTogether(c, task{objective: true}, s).objective
	if math.Abs(got-want) > 1e-5*math.Abs(want) {
		t.Errorf("the objective is %g together, and %g line by line", got, want)
	}
}

// blockTogether improves the first block of columns, with the short ones together.
func (f *fitting) blockTogether(c ccd, t task, s *scratch) tally {
	f.solver, f.task = c, t
	f.columns.short = f.together()
	defer func() { f.columns.short = nil }()
	return f.columns.block(0, f.improve, s)
}

// shortFitting has columns of 1 to 40 entries, in one block, and factors after some updates,
// with one line without weight.
func shortFitting(t *testing.T, topics int) *fitting {
	t.Helper()
	random := newRandom(uint64(topics))
	c := lines{across: 90, start: []int{0}}
	for n := range 150 {
		for i := range int32(c.across) {
			if random.IntN(c.across) <= n%40 {
				c.index, c.value = append(c.index, i), append(c.value, float32(1+random.IntN(4))/8)
			}
		}
		c.start = append(c.start, len(c.index))
	}
	o := Defaults()
	o.Topics, o.Init, o.Threads, o.Seed = topics, Random, 1, 3
	f := newFitting(&matrix{columns: c, rows: transpose(&c)}, topics, o)
	t.Cleanup(f.workers.stop)
	f.start(t.Context(), o, 0)
	f.iterate(t.Context(), 5, 3)
	clear(f.h.Item(11))
	return f
}
