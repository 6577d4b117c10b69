package kernel

// Curvature returns, for one topic, what a Newton step on its weight needs,
//
//	gradient  = Σₑ value[e]/y[e] · w[e]
//	curvature = Σₑ value[e]/y[e]² · w[e]²
//	steepest  = maxₑ w[e]/y[e]
//
// where w[e] is the topic's weight in the item of non-zero e.
func Curvature(w, value, y []float32) (gradient, curvature float64, steepest float32) {
	value, y = value[:len(w)], y[:len(w)]
	for len(w) > 0 {
		n := min(len(w), Run)
		var g, q float32
		for e := range n {
			r := w[e] / y[e]
			vr := value[e] * r
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

// Shift is y[e] ← max(y[e] + step · w[e], Floor).
func Shift(y []float32, step float32, w []float32) {
	y = y[:len(w)]
	for e, x := range w {
		y[e] = max(y[e]+step*x, Floor)
	}
}
