package nmf

import (
	"math"

	"klew/nmf/internal/kernel"
)

// Known cells
//
// With Options.Observed, D and the penalties are sums over the known cells alone. Packed, V
// holds every known cell, also one that is zero. What the losses of whole matrices take from
// all of the fixed factor at once, its sums or WᵀW, is then another for each line, and is
// taken from the line's own cells: a weight that has no known cell to answer for costs nothing.

// observed is either loss over the known cells.
type observed struct {
	name    Loss
	w       *Factor
	penalty penalty   // per line, by the share of its cells that are known
	scale   []float64 // of w's columns: their sums or lengths
}

func (o *observed) degree() int {
	if o.name == Frobenius {
		return 2
	}
	return 1
}

// constant is ½ Σ v², or Σ v log v − v with 0 log 0 = 0.
func (o *observed) constant(m *matrix) (c, size float64) {
	for _, x := range m.columns.value {
		switch v := float64(x); {
		case o.name == Frobenius:
			c += v * v / 2
			size += v * v / 2
		case v > 0:
			c += v*math.Log(v) - v
			size += v
		}
	}
	return c, size
}

func (o *observed) fix(f *Factor, p penalty, g *workers) {
	o.w, o.penalty = f, p
	g.sum(f, o.scale)
	if o.name == KullbackLeibler {
		return
	}
	clear(o.scale)
	for n := range f.items {
		for k, x := range f.Item(n) {
			o.scale[k] += float64(x) * float64(x)
		}
	}
	for k, x := range o.scale {
		o.scale[k] = math.Sqrt(x)
	}
}

func (o *observed) columnScale() []float64 { return o.scale }

// pass fills s.y with y = w·h of the known cells, and s.cost and s.total with the positive and
// the negative part of the gradient of D:
//
//	Kullback-Leibler:  Σ w  and  Σ v/y w
//	Frobenius:         Σ y w  and  Σ v w
func (o *observed) pass(l line, h []float32, s *scratch) {
	s.y = grown(s.y, kernel.Padded(len(l.index)))
	clear(s.cost)
	clear(s.total)
	for e, i := range l.index {
		w := o.w.Item(int(i))
		y := 0.0
		for k, x := range w {
			y += float64(x) * float64(h[k])
		}
		v, up, down := float64(l.value[e]), 1.0, 0.0
		if o.name == Frobenius {
			up, down = y, v
		} else {
			y = max(y, kernel.Floor)
			down = v / y
		}
		s.y[e] = float32(y)
		for k, x := range w {
			s.cost[k] += up * float64(x)
			s.total[k] += down * float64(x)
		}
	}
}

// objective is Σ y − v log y, or ½ Σ y² − v y, and the penalty.
func (o *observed) objective(l line, h []float32, s *scratch) float64 {
	total := o.penalty.at(s.line).of(h)
	for e, v := range l.value {
		if y := float64(s.y[e]); o.name == Frobenius {
			total += y * (y/2 - float64(v))
		} else if total += y; v > 0 {
			total -= float64(v) * math.Log(y)
		}
	}
	return total
}

func (o *observed) gradient(h []float32, s *scratch) {
	p := o.penalty.at(s.line)
	for k, cost := range s.cost {
		s.positive[k], s.negative[k] = cost+p.l1+p.bend()*float64(h[k]), s.total[k]+p.towards(k)
	}
}

// multiply is that of the losses of whole matrices.
func (o *observed) multiply(h []float32, s *scratch) {
	p := o.penalty.at(s.line)
	bend := p.bend()
	for k, cost := range s.cost {
		x := float64(h[k])
		if o.name == KullbackLeibler && bend > 0 {
			h[k] = float32(positiveRoot(bend, cost+p.slope(k), x*s.total[k]))
		} else {
			h[k] = float32(x * (s.total[k] + p.towards(k)) / (cost + p.l1 + bend*x))
		}
	}
	fade(h, task{})
}

// positiveRoot solves a x² + b x = c for a > 0 and c ≥ 0, without taking one large number from
// another.
func positiveRoot(a, b, c float64) float64 {
	root := math.Sqrt(b*b + 4*a*c)
	if b > 0 {
		return 2 * c / (b + root)
	}
	return (root - b) / (2 * a)
}

// descent is coordinate descent on the known cells: CCD with the line's own sums for
// Kullback-Leibler, exact steps for Frobenius.
type descent struct{ *observed }

func (d descent) improve(l line, h []float32, s *scratch, t task) tally {
	d.pass(l, h, s)
	found := measure(d, l, h, s, t)
	free := s.freeFirst(h, t)
	if len(s.active)*len(s.y) > mostGathered {
		d.stepLong(h, s, free)
	} else {
		d.step(l, h, s, free)
	}
	fade(h, t)
	return found
}

// freeFirst lists all topics, those whose weights may change first, and says how many these are.
func (s *scratch) freeFirst(h []float32, t task) (free int) {
	s.active = s.active[:0]
	for _, held := range []bool{false, true} {
		for k := range s.topics {
			if t.holds(k) == held {
				s.active = append(s.active, int32(k))
			}
		}
		if !held {
			free = len(s.active)
		}
	}
	for a, k := range s.active {
		s.weight[a] = h[k]
	}
	return free
}

// stepLong makes a multiplicative update: the line's part of the fixed factor is too large
// to be copied.
func (d descent) stepLong(h []float32, s *scratch, free int) {
	copy(s.before, h)
	d.multiply(h, s)
	for _, k := range s.active[free:] {
		h[k] = s.before[k]
	}
}

// step takes steps on each of the free weights, in turn: two as CCD does, or one as HALS.
func (d descent) step(l line, h []float32, s *scratch, free int) {
	n := len(s.y)
	s.block = grown(s.block, len(s.active)*n)
	s.pad(l)
	weight := s.weight[:len(s.active)]
	kernel.Gather(d.w.data, d.w.stride, l.index, s.active, weight, s.block, s.y)
	if p := d.penalty.at(s.line); d.name == KullbackLeibler {
		cost := s.positive[:0]
		for _, k := range s.active[:free] {
			cost = append(cost, s.cost[k]+p.slope(int(k)))
		}
		for range sweeps {
			kernel.Sweep(s.block, s.value, s.y, weight[:free], cost, p.bend())
		}
	} else {
		for a := range free {
			slope := p.slope(int(s.active[a]))
			weight[a] = squaredStep(s.block[a*n:a*n+len(l.index)], s.value, s.y, weight[a], slope, p.bend())
		}
	}
	for a, k := range s.active[:free] {
		h[k] = weight[a]
	}
}

// squaredStep takes a weight h to its optimum for squared errors, and y along. w is its
// topic's part of the fixed factor; a penalty has the slope l1 and the curvature l2.
func squaredStep(w, v, y []float32, h float32, l1, l2 float64) float32 {
	v, y = v[:len(w)], y[:len(w)]
	slope, curvature := float32(0), float32(0)
	for e, x := range w {
		slope += (y[e] - v[e]) * x
		curvature += x * x
	}
	bend := float64(curvature) + l2
	if bend == 0 {
		return 0
	}
	to := max(0, h-float32((float64(slope)+l1+l2*float64(h))/bend))
	for e, x := range w {
		y[e] += (to - h) * x
	}
	return to
}

// unknown lists which lines have no known cell.
func (l *lines) unknown() []bool {
	unknown := make([]bool, l.count())
	for n := range unknown {
		unknown[n] = l.start[n] == l.start[n+1]
	}
	return unknown
}

// prediction is what Result.Predict needs to know of known cells.
type prediction struct {
	mean          float64
	rows, columns []bool // those without a known cell
}

func (m *matrix) prediction() prediction {
	if !m.observed {
		return prediction{}
	}
	mean := math.Ldexp(m.total(), m.exponent) / float64(len(m.columns.value))
	return prediction{mean, m.rows.unknown(), m.columns.unknown()}
}

// Predict is what the factors say of the cell in row i and column j: (WH)ᵢⱼ, not below 0. With
// Options.Observed it is the mean of all known cells where the row or the column has none.
func (r *Result) Predict(i, j int) float64 {
	if p := &r.known; p.rows != nil && (p.rows[i] || p.columns[j]) {
		return p.mean
	}
	y := 0.0
	h := r.H.Item(j)
	for k, x := range r.W.Item(i) {
		y += float64(x) * float64(h[k])
	}
	return y
}

// observedPenalty is AlphaW and AlphaH in DefaultsObserved, and observedShrinkage Shrinkage, by
// what makes them independent of the unit of V.
const (
	observedPenalty   = 0.01
	observedShrinkage = 3
)

// DefaultsObserved are options for tables with holes, such as ratings, of which the unknown cells
// are to be predicted; mean is that of the known cells. Frobenius predicts ratings better. The
// penalties are times the mean for Frobenius, by which they do not depend on the unit.
//
// Shrinkage is what matters. A line with few known cells is pulled to what all lines have in
// common, so that its prediction is the table's mean, higher or lower by what the line's own
// cells and the other line say: without it such a line would be fitted exactly, and predicted
// badly. It is a prior that is learnt with the factors (Salakhutdinov & Mnih, Bayesian
// probabilistic matrix factorization, ICML 2008, who draw it; here it is the mean). Quadratic
// penalties for each known cell, by which klew did without it before, predicted 2 to 18 % worse
// wherever lines were short: BENCHMARKS.md has ten tables.
func DefaultsObserved(loss Loss, mean float64) Options {
	o := Defaults()
	o.Loss, o.Refine, o.SplitMerge = loss, RefineOff, 0
	unit := 1.0
	if loss == Frobenius {
		unit = mean
	}
	o.AlphaW, o.AlphaH, o.Shrinkage = observedPenalty*unit, observedPenalty*unit, observedShrinkage*unit
	return o
}

// refusesObserved says what cannot be had with known cells alone.
func (o Options) refusesObserved() string {
	switch {
	case o.Init == NNDSVD || o.Init == NNDSVDar || o.Init == SPA:
		return "init " + string(o.Init) + " would take unknown cells for zeros"
	case o.SplitMerge > 0:
		return "topics are split and merged by counts of the whole matrix"
	case o.Refine == RefineOn:
		return "a refinement is for counts of tokens"
	case o.Halves > 0:
		return "fits to halves compare topics by the whole matrix"
	case o.Start != nil && len(o.Start.Only)+len(o.Start.OnlyH) > 0:
		return "lines that keep to one topic are for counts of tokens"
	}
	return ""
}
