package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Every implementation is compared with the formulas in double precision, for every
// short line and strides of each kind: all remainders of the unrolled loops.
func TestAgainstTheFormulas(t *testing.T) {
	for _, s := range available() {
		for _, stride := range []int{8, 16, 32, 48, 64, 80, 112} {
			t.Run(fmt.Sprintf("%s/%d", s.name, stride), func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, uint64(stride)))
				for n := range 40 {
					drawLine(r, stride, n).check(t, s)
				}
				drawLine(r, stride, Run).check(t, s)
			})
		}
	}
}

// FuzzAgainstTheFormulas draws longer lines, with weights of many sizes.
func FuzzAgainstTheFormulas(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint16(3))
	f.Add(uint64(2), uint8(7), uint16(10_000))
	f.Fuzz(func(t *testing.T, seed uint64, topics uint8, n uint16) {
		l := drawLine(rand.New(rand.NewPCG(seed, 0)), Stride(int(topics)+1), int(n))
		for _, s := range available() {
			l.check(t, s)
		}
	})
}

// testLine is a line of V and a fixed factor of a few items.
type testLine struct {
	w        []float32
	stride   int
	index    []int32
	value, h []float32
}

const testItems = 9

func drawLine(r *rand.Rand, stride, n int) testLine {
	draw := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			if r.IntN(4) > 0 {
				x[i] = float32(math.Exp(min(max(3*r.NormFloat64(), -9), 9)))
			}
		}
		return x
	}
	l := testLine{w: draw(testItems * stride), stride: stride, value: draw(n), h: draw(stride), index: make([]int32, n)}
	for e := range l.index {
		l.index[e] = r.Int32N(testItems)
		l.value[e] += 0.25
	}
	return l
}

func (l testLine) row(e int) []float32 {
	from := int(l.index[e]) * l.stride
	return l.w[from : from+l.stride]
}

// y is w·h for non-zero e, of the topics named.
func (l testLine) y(e int, topics []int32) float64 {
	y := 0.0
	for _, k := range topics {
		y += float64(l.row(e)[k]) * float64(l.h[k])
	}
	return max(y, Floor)
}

func (l testLine) check(t *testing.T, s set) {
	t.Helper()
	if len(l.index) <= Run {
		l.checkRatios(t, s)
		l.checkProducts(t, s)
	}
	l.checkMultiply(t, s)
	l.checkExtrapolate(t, s)
	for _, one := range []int{1, 2, 3, 5, 8} {
		l.checkSweep(t, s, one)
	}
}

func (l testLine) all() []int32 {
	topics := make([]int32, l.stride)
	for k := range topics {
		topics[k] = int32(k)
	}
	return topics
}

func (l testLine) checkRatios(t *testing.T, s set) {
	t.Helper()
	y, sum := guarded(len(l.index)), guarded(l.stride)
	clear(sum.of)
	s.ratios(l.w, l.index, l.value, l.h, y.of, sum.of)
	for e := range y.of {
		near(t, "y", float64(y.of[e]), l.y(e, l.all()))
	}
	for k := range sum.of {
		want := 0.0
		for e := range l.index {
			want += float64(l.value[e]) / float64(y.of[e]) * float64(l.row(e)[k])
		}
		near(t, "sum of ratios", float64(sum.of[k]), want)
	}
	y.check(t)
	sum.check(t)
}

func (l testLine) checkProducts(t *testing.T, s set) {
	t.Helper()
	sum := guarded(l.stride)
	clear(sum.of)
	s.products(l.w, l.index, l.value, sum.of)
	for k := range sum.of {
		want := 0.0
		for e := range l.index {
			want += float64(l.value[e]) * float64(l.row(e)[k])
		}
		near(t, "sum of products", float64(sum.of[k]), want)
	}
	sum.check(t)
}

func (l testLine) checkMultiply(t *testing.T, s set) {
	t.Helper()
	h, sum, inverse := guarded(l.stride), slices.Clone(l.w[:l.stride]), slices.Clone(l.h)
	copy(h.of, l.h)
	largest := 0.0
	for k := range sum {
		if k%5 == 4 {
			sum[k], inverse[k] = 0, float32(math.Inf(1)) // an empty topic: 0 · 0 · ∞
			continue
		}
		largest = max(largest, float64(l.h[k])*float64(sum[k])*float64(inverse[k]))
	}
	s.multiply(h.of, sum, inverse, 1e-6, 1e-20)
	for k, got := range h.of {
		want := float64(l.h[k]) * float64(sum[k]) * float64(inverse[k])
		if math.IsNaN(want) || want < 1e-6*largest*(1-1e-5) {
			want = 0
		}
		near(t, "multiplied weight", float64(got), want)
	}
	h.check(t)
}

// checkExtrapolate goes from the first item's weights beyond the line's own.
func (l testLine) checkExtrapolate(t *testing.T, s set) {
	t.Helper()
	x, before := guarded(l.stride), guarded(l.stride)
	copy(x.of, l.h)
	copy(before.of, l.w)
	s.extrapolate(x.of, before.of, 1.5)
	for k, now := range l.h {
		step := 1.5 * (float64(now) - float64(l.w[k]))
		near(t, "weight beyond", float64(x.of[k]), max(float64(now)+step, float64(now)/2))
		if before.of[k] != now {
			t.Errorf("kept %g, want %g", before.of[k], now)
		}
	}
	x.check(t)
	before.check(t)
}

// checkSweep gathers one topic in so many and takes a step on each but the last.
func (l testLine) checkSweep(t *testing.T, s set, one int) {
	if len(l.index) == 0 {
		return
	}
	t.Helper()
	var active []int32
	h := guarded((l.stride + one - 1) / one)
	for k := 0; k < l.stride; k += one {
		h.of[len(active)] = l.h[k]
		active = append(active, int32(k))
	}
	n := Padded(len(l.index))
	y, value, block := guarded(n), make([]float32, n), guarded(n*len(active))
	copy(value, l.value)
	s.gather(l.w, l.stride, l.index, active, h.of, block.of, y.of)
	for e := range n {
		want := 1.0
		if e < len(l.index) {
			want = l.y(e, active)
		}
		near(t, "gathered y", float64(y.of[e]), want)
		for a, k := range active {
			weight := float32(0)
			if e < len(l.index) {
				weight = l.row(e)[k]
			}
			if got := block.of[a*n+e]; got != weight {
				t.Fatalf("gathered weight %g, want %g", got, weight)
			}
		}
	}
	l.checkLogSum(t, s, value, y.of)
	for e := range y.of {
		y.of[e] = max(y.of[e], 1e-3) // 1/Floor² is beyond single precision
	}
	l.checkSteps(t, s, block.of, value, y.of, h.of[:len(active)-1])
	h.check(t)
	y.check(t)
	block.check(t)
}

// checkSteps follows the sweep in double precision, topic by topic.
func (l testLine) checkSteps(t *testing.T, s set, block, value, y, h []float32) {
	t.Helper()
	cost := make([]float64, len(h))
	for a := range h {
		cost[a] = 0.5 + float64(a)
	}
	for a := range h {
		w := block[a*len(y) : (a+1)*len(y)]
		for _, l2 := range []float64{0, 0.3} {
			before, was := slices.Clone(y), h[a]
			s.sweep(w, value, y, h[a:a+1], cost[a:a+1], l2)
			l.checkStep(t, w, value, before, y, was, h[a], cost[a], l2)
		}
	}
}

func (l testLine) checkStep(t *testing.T, w, value, before, y []float32, was, is float32, cost, l2 float64) {
	t.Helper()
	negative, q, steepest := 0.0, l2, 0.0
	for e := range w {
		share := float64(w[e]) / float64(before[e])
		negative += float64(value[e]) * share
		q += float64(value[e]) * share * share
		steepest = max(steepest, share)
	}
	positive := cost + l2*float64(was)
	want := max(0, float64(was)+newton(positive-negative, q, steepest))
	// The two sides of the gradient may cancel.
	slack := 1e-4*(want+float64(was)) + 1e-4*(positive+negative)/max(q, 1e-300)
	if math.Abs(float64(is)-want) > slack {
		t.Errorf("weight %g became %g, want %g", was, is, want)
	}
	for e := range y {
		moved := max(float64(before[e])+(float64(is)-float64(was))*float64(w[e]), Floor)
		if math.Abs(float64(y[e])-moved) > 1e-5*float64(before[e])+1e-5*math.Abs(moved) {
			t.Errorf("y moved from %g to %g, want %g", before[e], y[e], moved)
		}
	}
}

func (l testLine) checkLogSum(t *testing.T, s set, value, y []float32) {
	t.Helper()
	want, size := 0.0, 0.0
	for e, v := range value {
		x := math.Log(float64(y[e]))
		want += float64(v) * x
		size += float64(v) * (1 + math.Abs(x))
	}
	if got := s.logSum(value, y); math.Abs(got-want) > 1e-6*size {
		t.Errorf("sum of logarithms %g, want %g", got, want)
	}
}

// guard is a buffer with marks before and after it.
type guard struct{ of, with []float32 }

const mark = 12345.678

func guarded(n int) guard {
	with := make([]float32, n+2*Lanes)
	for i := range with {
		with[i] = mark
	}
	return guard{with[Lanes : Lanes+n : Lanes+n], with}
}

func (g guard) check(t *testing.T) {
	t.Helper()
	for i := range Lanes {
		if g.with[i] != mark || g.with[len(g.with)-1-i] != mark {
			t.Fatal("something was written beside the buffer")
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 3e-5*math.Abs(want)) {
		t.Errorf("%s: %g, want %g", what, got, want)
	}
}

// A cell that no topic explains must not give an infinite ratio.
func TestFloor(t *testing.T) {
	for _, s := range available() {
		y, sum := make([]float32, 1), make([]float32, 8)
		s.ratios(make([]float32, 8), []int32{0}, []float32{1}, []float32{1, 0, 0, 0, 0, 0, 0, 0}, y, sum)
		if y[0] != Floor || sum[0] != 0 {
			t.Errorf("%s: y %g, sum %g", s.name, y[0], sum[0])
		}
	}
}

// A topic that no item holds loses its weight, also where it costs nothing.
func TestSweepDropsWhatNothingHolds(t *testing.T) {
	for _, s := range available() {
		for _, cost := range []float64{0, 1} {
			value, y, h := make([]float32, Lanes), make([]float32, Lanes), []float32{3}
			value[0] = 1
			for e := range y {
				y[e] = 1
			}
			if s.sweep(make([]float32, Lanes), value, y, h, []float64{cost}, 0); h[0] != 0 {
				t.Errorf("%s: at a cost of %g the weight is %g", s.name, cost, h[0])
			}
		}
	}
}

// A long sum keeps its digits, for it is added up by runs: the step from 2 leads to the
// optimum, where as much is expected as there is.
func TestSweepOfManyNonZeros(t *testing.T) {
	const n = 1 << 22
	w, value := make([]float32, n), make([]float32, n)
	for e := range w {
		w[e], value[e] = 1, 1
	}
	for _, s := range available() {
		y, h := make([]float32, n), []float32{0.9}
		for e := range y {
			y[e] = 0.9
		}
		for range 6 {
			s.sweep(w, value, y, h, []float64{n}, 0)
		}
		near(t, s.name, float64(h[0]), 1)
	}
}

func TestLogSum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range available() {
		for _, scale := range []float64{1e-30, 1e-8, 1, 1e8, 1e30} {
			for n := 0; n < 10_000; n = 2*n + Lanes {
				value, y := make([]float32, n), make([]float32, n)
				for e := range value {
					value[e] = float32(1+r.IntN(6)) / 4
					y[e] = max(float32(scale*r.Float64()), Floor)
				}
				testLine{}.checkLogSum(t, s, value, y)
			}
		}
	}
}
