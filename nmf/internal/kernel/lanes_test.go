package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Lines of every length up to a bound stand side by side, with different numbers of topics, and
// each is compared with the formulas as if it were alone.
func TestLanesAgainstTheFormulas(t *testing.T) {
	for _, s := range available() {
		for _, stride := range []int{8, 32, 208} {
			for _, longest := range []int{1, 2, 5, 16} {
				t.Run(fmt.Sprintf("%s/%d/%d", s.name, stride, longest), func(t *testing.T) {
					drawLanes(rand.New(rand.NewPCG(uint64(longest), uint64(stride))), stride, longest).check(t, s)
				})
			}
		}
	}
}

// testLanes is Lanes lines of the same fixed factor, and the topics that are active in each.
type testLanes struct {
	lines  [Lanes]testLine
	active [Lanes][]int32
	length int // of the longest
	topics int // of that which has most
}

func drawLanes(r *rand.Rand, stride, longest int) (l testLanes) {
	l.length = longest
	for lane := range l.lines {
		one := drawLine(r, stride, 1+r.IntN(longest))
		if lane > 0 {
			one.w = l.lines[0].w
		}
		l.lines[lane] = one
		for k := range stride {
			if r.IntN(3) == 0 {
				l.active[lane] = append(l.active[lane], int32(k))
			}
		}
		l.topics = max(l.topics, len(l.active[lane]))
	}
	return l
}

func (l testLanes) check(t *testing.T, s set) {
	t.Helper()
	n, m := l.length*Lanes, l.topics*Lanes
	index, active := make([]int32, n), make([]int32, m)
	value, h, block, y := make([]float32, n), guarded(m), guarded(n*l.topics), guarded(n)
	for i := range index {
		index[i] = -1
	}
	for i := range active {
		active[i], h.of[i] = -1, 0
	}
	for lane, one := range l.lines {
		for e, i := range one.index {
			index[e*Lanes+lane], value[e*Lanes+lane] = i*int32(one.stride), one.value[e]
		}
		for a, k := range l.active[lane] {
			active[a*Lanes+lane], h.of[a*Lanes+lane] = k, one.h[k]
		}
	}
	s.gatherLanes(l.lines[0].w, index, active, h.of, block.of, y.of)
	l.checkGathered(t, block.of, y.of)
	for i := range y.of {
		y.of[i] = max(y.of[i], 1e-3) // 1/Floor² is beyond single precision
	}
	for _, l2 := range []float32{0, 0.3} {
		for a := range l.topics {
			l.checkSteps(t, s, block.of[a*n:(a+1)*n], value, y.of, h.of[a*Lanes:(a+1)*Lanes], l2)
		}
	}
	h.check(t)
	block.check(t)
	y.check(t)
}

func (l testLanes) checkGathered(t *testing.T, block, y []float32) {
	t.Helper()
	for lane, one := range l.lines {
		for e := range l.length {
			want := 1.0
			if e < len(one.index) {
				want = one.y(e, l.active[lane])
			}
			near(t, "gathered y", float64(y[e*Lanes+lane]), want)
			for a := range l.topics {
				weight := float32(0)
				if e < len(one.index) && a < len(l.active[lane]) {
					weight = one.row(e)[l.active[lane][a]]
				}
				if got := block[(a*l.length+e)*Lanes+lane]; got != weight {
					t.Fatalf("gathered weight %g, want %g", got, weight)
				}
			}
		}
	}
}

// checkSteps takes a step on one topic of each line.
func (l testLanes) checkSteps(t *testing.T, s set, w, value, y, h []float32, l2 float32) {
	t.Helper()
	one := func(x []float32, lane int) []float32 {
		var of []float32
		for e := lane; e < len(x); e += Lanes {
			of = append(of, x[e])
		}
		return of
	}
	cost, was := make([]float32, Lanes), append([]float32{}, h...)
	for lane := range cost {
		cost[lane] = 0.5 + float32(lane)
	}
	var before [Lanes][]float32
	for lane := range before {
		before[lane] = one(y, lane)
	}
	s.sweepLanes(w, value, y, h, cost, l2)
	for lane := range before {
		l.lines[lane].checkStep(t, one(w, lane), one(value, lane), before[lane], one(y, lane), was[lane], h[lane], float64(cost[lane]), float64(l2))
	}
}
