package kernel

import "math"

// ratios takes two non-zeros at a time: they wait for their items together, and share
// the loads of h and of sum.
func ratios(w []float32, index []int32, value, h, y, sum []float32) {
	k := len(h)
	sum = sum[:k]
	e := 0
	for ; e+2 <= len(index); e += 2 {
		i, j := int(index[e])*k, int(index[e+1])*k
		a, b := w[i:i+k], w[j:j+k]
		ya, yb := dot2(a, b, h)
		y[e], y[e+1] = max(ya, Floor), max(yb, Floor)
		add2(sum, value[e]/y[e], a, value[e+1]/y[e+1], b)
	}
	for ; e < len(index); e++ {
		i := int(index[e]) * k
		row := w[i : i+k]
		y[e], _ = dot2(row, row, h)
		y[e] = max(y[e], Floor)
		add2(sum, value[e]/y[e], row, 0, row)
	}
}

func products(w []float32, index []int32, value, sum []float32) {
	k := len(sum)
	for e, i := range index {
		row := w[int(i)*k : int(i)*k+k]
		add2(sum, value[e], row, 0, row)
	}
}

// dot2 is the dot products of a and of b with h. It has four sums, since each addition
// waits four cycles for the one before.
func dot2(a, b, h []float32) (ya, yb float32) {
	a, b = a[:len(h)], b[:len(h)]
	var a0, a1, b0, b1 float32
	for i := 0; i+2 <= len(h); i += 2 {
		h0, h1 := h[i], h[i+1]
		a0 += a[i] * h0
		a1 += a[i+1] * h1
		b0 += b[i] * h0
		b1 += b[i+1] * h1
	}
	return a0 + a1, b0 + b1
}

// add2 is to += u · a + v · b.
func add2(to []float32, u float32, a []float32, v float32, b []float32) {
	a, b = a[:len(to)], b[:len(to)]
	for i, x := range a {
		to[i] += u*x + v*b[i]
	}
}

func multiply(h, sum, inverse []float32, faded, least float32) {
	sum, inverse = sum[:len(h)], inverse[:len(h)]
	largest := float32(0)
	for k := range h {
		h[k] *= sum[k] * inverse[k]
		if h[k] > largest {
			largest = h[k]
		}
	}
	floor := max(faded*largest, least)
	for k, x := range h {
		if !(x >= floor) {
			h[k] = 0
		}
	}
}

func gather(w []float32, stride int, index, active []int32, h, block, y []float32) {
	n := len(y)
	for e, i := range index {
		row := w[int(i)*stride : int(i)*stride+stride]
		total := float32(0)
		for a, k := range active {
			block[a*n+e] = row[k]
			total += h[a] * row[k]
		}
		y[e] = max(total, Floor)
	}
	for e := len(index); e < n; e++ {
		for a := range active {
			block[a*n+e] = 0
		}
		y[e] = 1
	}
}

func sweep(block, value, y, h []float32, cost []float64, l2 float64) {
	n := len(y)
	for a, x := range h {
		w := block[a*n : (a+1)*n]
		gradient, curvature, steepest := slopes(w, value, y)
		gradient = cost[a] + l2*float64(x) - gradient
		h[a] = max(0, x+float32(newton(gradient, curvature+l2, float64(steepest))))
		if h[a] != x {
			shift(y, h[a]-x, w) // as far as the weight moved, rounded
		}
	}
}

// newton is the step against the gradient, as long as it is safe.
func newton(gradient, curvature, steepest float64) float64 {
	if curvature == 0 {
		return math.Inf(-1) // nothing holds the topic: weight only adds to D
	}
	step := -gradient / curvature
	if x := -step * steepest; x > WholeStep {
		step /= 1 + x
	}
	return step
}

// slopes returns Σ value·w/y, Σ value·(w/y)² and the largest w/y. Its sums are taken in
// single precision by runs.
func slopes(w, value, y []float32) (gradient, curvature float64, steepest float32) {
	for len(w) > 0 {
		n := min(len(w), Run)
		v, ys := value[:n], y[:n]
		var g, q float32
		for e, x := range w[:n] {
			r := x / ys[e]
			vr := v[e] * r
			g += vr
			q += vr * r
			steepest = max(steepest, r)
		}
		gradient += float64(g)
		curvature += float64(q)
		w, value, y = w[n:], value[n:], y[n:]
	}
	return gradient, curvature, steepest
}

// shift is y[e] ← max(y[e] + step · w[e], Floor).
func shift(y []float32, step float32, w []float32) {
	y = y[:len(w)]
	for e, x := range w {
		y[e] = max(y[e]+step*x, Floor)
	}
}

func extrapolate(x, before []float32, steps float32) {
	for i, now := range x {
		x[i] = max(now+steps*(now-before[i]), now/2)
		before[i] = now
	}
}
