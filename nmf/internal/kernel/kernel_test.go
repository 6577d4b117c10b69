package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Every kernel is compared with its formula in double precision, for every small
// number of topics and of non-zeros: all remainders of the unrolled loops.
func TestAgainstTheFormulas(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for topics := 1; topics <= 21; topics++ {
		for n := 0; n <= 9; n++ {
			l := newLine(r, topics, n)
			t.Run(fmt.Sprintf("%d topics, %d non-zeros", topics, n), func(t *testing.T) {
				l.testRatios(t)
				l.testProducts(t)
				l.testCoordinates(t)
			})
		}
	}
}

// testLine is a line of V and a fixed factor of five items.
type testLine struct {
	w        []float32
	index    []int32
	value, h []float32
}

const testItems = 5

func newLine(r *rand.Rand, topics, n int) testLine {
	draw := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = r.Float32() + 0.01
		}
		return x
	}
	l := testLine{w: draw(testItems * topics), value: draw(n), h: draw(topics), index: make([]int32, n)}
	for e := range l.index {
		l.index[e] = r.Int32N(testItems)
	}
	return l
}

func (l testLine) at(e, k int) float64 { return float64(l.w[int(l.index[e])*len(l.h)+k]) }

func (l testLine) y(e int) float64 {
	y := 0.0
	for k, x := range l.h {
		y += l.at(e, k) * float64(x)
	}
	return y
}

func (l testLine) testRatios(t *testing.T) {
	y, sum := make([]float32, len(l.index)), make([]float32, len(l.h))
	Ratios(l.w, l.index, l.value, l.h, y, sum)
	for e := range y {
		near(t, "y", float64(y[e]), l.y(e))
	}
	for k := range sum {
		want := 0.0
		for e := range l.index {
			want += float64(l.value[e]) / l.y(e) * l.at(e, k)
		}
		near(t, "sum of ratios", float64(sum[k]), want)
	}
}

func (l testLine) testProducts(t *testing.T) {
	sum := make([]float32, len(l.h))
	Products(l.w, l.index, l.value, sum)
	for k := range sum {
		want := 0.0
		for e := range l.index {
			want += float64(l.value[e]) * l.at(e, k)
		}
		near(t, "sum of products", float64(sum[k]), want)
	}
}

// testCoordinates tests the two kernels that see one topic at a time.
func (l testLine) testCoordinates(t *testing.T) {
	w, y := make([]float32, len(l.index)), make([]float32, len(l.index))
	wantG, wantQ, wantR := 0.0, 0.0, 0.0
	for e := range w {
		w[e], y[e] = float32(l.at(e, 0)), float32(l.y(e))
		share := l.at(e, 0) / l.y(e)
		wantG += float64(l.value[e]) * share
		wantQ += float64(l.value[e]) * share * share
		wantR = max(wantR, share)
	}
	g, q, r := Curvature(w, l.value, y)
	near(t, "gradient", g, wantG)
	near(t, "curvature", q, wantQ)
	near(t, "steepest", float64(r), wantR)
	Shift(y, 0.5, w)
	for e := range y {
		near(t, "shifted y", float64(y[e]), l.y(e)+0.5*l.at(e, 0))
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-5*math.Abs(want) {
		t.Errorf("%s: %g, want %g", what, got, want)
	}
}

// A cell that no topic explains must not give an infinite ratio.
func TestFloor(t *testing.T) {
	y, sum := make([]float32, 1), make([]float32, 1)
	Ratios([]float32{0}, []int32{0}, []float32{1}, []float32{1}, y, sum)
	if y[0] != Floor || sum[0] != 0 {
		t.Errorf("y %g, sum %g", y[0], sum[0])
	}
	Shift(y, -1, []float32{5})
	if y[0] != Floor {
		t.Errorf("y %g after a step beyond zero", y[0])
	}
}

// A long sum keeps its digits, for it is added up by runs.
func TestCurvatureOfManyNonZeros(t *testing.T) {
	n := 1 << 20
	w, value, y := make([]float32, n), make([]float32, n), make([]float32, n)
	for e := range w {
		w[e], value[e], y[e] = 1, 1, 3
	}
	g, q, _ := Curvature(w, value, y)
	near(t, "gradient", g, float64(n)/3)
	near(t, "curvature", q, float64(n)/9)
}

func TestLogSum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const unit = 0.25
	for _, scale := range []float64{1e-30, 1e-8, 1, 1e8, 1e30} {
		for n := range 200 {
			value, y := make([]float32, n), make([]float32, n)
			want := 0.0
			for e := range value {
				value[e] = unit * float32(1+r.IntN(6))
				if r.IntN(10) == 0 {
					value[e] = r.Float32() + unit
				}
				y[e] = max(float32(scale*r.Float64()), Floor)
				want += float64(value[e]) * math.Log(float64(y[e]))
			}
			if got := LogSum(value, y, unit); math.Abs(got-want) > 1e-9*float64(n)*(1+math.Abs(math.Log(scale))) {
				t.Errorf("%d values of scale %g: %g, want %g", n, scale, got, want)
			}
		}
	}
}
