package nmf

import (
	"math"

	"klew/nmf/internal/kernel"
)

// loss is what is minimised, seen from one line of V: its weights h are free while
// the other factor is held fixed. The line's part of D, its objective, leaves out what
// depends on V alone, and has the penalty on h with it.
type loss interface {
	// degree is the power of a factor on V that D is multiplied by.
	degree() int
	// constant is the part of D that depends on V alone, and size what a rounding
	// error of D is to be measured against.
	constant(m *matrix) (c, size float64)
	// fix prepares for a half-step in which f does not change and p is on the weights
	// that do.
	fix(f *Factor, p penalty, g *workers)
	// pass visits the line's non-zeros, and leaves in s what the others need.
	pass(l line, h []float32, s *scratch)
	// objective is the line's part at h, after pass.
	objective(l line, h []float32, s *scratch) float64
	// gradient fills s.positive and s.negative with the positive and the negative part of the
	// objective's gradient at h, after pass: it is the first less the second.
	gradient(h []float32, s *scratch)
	// multiply makes one multiplicative update of h, after pass.
	multiply(h []float32, s *scratch)
	// columnScale makes weights of different topics comparable, whatever their scale: it is
	// what one unit of each topic's weight stands for.
	columnScale() []float64
}

// penalty is l1 Σ h + ½ l2 Σ h² + ½ shrinkage Σ (h − centre)². Where known is set, the lines of V that
// it is on, each line has the share of l1 and l2 that its known cells are, and a line without any
// has no penalty.
type penalty struct {
	l1, l2    float64
	known     *lines
	shrinkage float64
	centre    []float64 // the weights that it is to, made up to the stride; nil if there is no shrinkage
}

// at is the penalty on line n.
func (p penalty) at(n int) penalty {
	if p.known == nil {
		return p
	}
	cells := p.known.start[n+1] - p.known.start[n]
	if cells == 0 {
		return penalty{}
	}
	share := float64(cells) / float64(p.known.across)
	p.l1, p.l2, p.known = p.l1*share, p.l2*share, nil
	return p
}

// around is the penalty with the mean of f's lines that have known cells for centre, by which
// the shrinkage on all of them is least.
func (p penalty) around(f *Factor) penalty {
	if p.shrinkage == 0 {
		return p
	}
	p.centre = make([]float64, f.stride)
	count := 0.0
	for n := range f.items {
		if p.known.start[n] == p.known.start[n+1] {
			continue
		}
		count++
		for k, x := range f.Item(n) {
			p.centre[k] += float64(x)
		}
	}
	for k := range p.centre {
		p.centre[k] /= max(count, 1)
	}
	return p
}

// slope is what the penalty adds to the slope of the kth weight where that is 0, and bend what
// it adds to the curvature.
func (p penalty) slope(k int) float64 { return p.l1 - p.towards(k) }
func (p penalty) bend() float64       { return p.l2 + p.shrinkage }

// towards is how strongly a weight of 0 is pulled up.
func (p penalty) towards(k int) float64 {
	if p.shrinkage == 0 {
		return 0
	}
	return p.shrinkage * p.centre[k]
}

func (p penalty) of(h []float32) float64 {
	if p.none() {
		return 0
	}
	total := 0.0
	for k, x := range h {
		total += float64(x) * (p.l1 + p.l2*float64(x)/2)
		if p.shrinkage > 0 {
			off := float64(x) - p.centre[k]
			total += p.shrinkage * off * off / 2
		}
	}
	return total
}

func (p penalty) none() bool { return p.l1 == 0 && p.l2 == 0 && p.shrinkage == 0 }

// on is the penalty on a whole factor.
func (p penalty) on(f *Factor) float64 {
	if p.none() {
		return 0
	}
	p = p.around(f)
	total := 0.0
	for n := range f.items {
		total += p.at(n).of(f.Item(n))
	}
	return total
}

func (m *matrix) newLoss(name Loss, topics int) loss {
	if m.observed {
		return &observed{name: name, scale: make([]float64, topics)}
	}
	if name == Frobenius {
		return &squared{products: make([]float64, topics*topics), lengths: make([]float64, topics)}
	}
	return newDivergence(topics)
}

// Weights that multiplicative updates let fade would become denormal numbers, on which
// processors are ten times slower. A weight is zero below the share faded of its line's
// largest, and below least, where a whole line has faded (V's largest entry is about 1).
const (
	faded = 1e-16
	least = 0x1p-100
)

// fade makes the weights that have faded zero, and those that are no number: of an empty
// topic 0/0 is taken.
func fade(h []float32, t task) {
	largest := float32(0)
	for _, x := range h {
		if x > largest {
			largest = x
		}
	}
	floor := max(faded*largest, least)
	for k, x := range h {
		if !(x >= floor) && !t.holds(k) {
			h[k] = 0
		}
	}
}

// residual is how far a line is from its optimum, after pass. At the optimum each
// weight is zero or its part of the gradient is, and no part of it is negative (Karush, Kuhn & Tucker).
// Measured in shares, of the line's mass and of the larger part of the gradient, the
// smaller of the two is what is left to do; that of the worst topic counts.
func residual(by loss, h []float32, s *scratch, fixed []bool) tally {
	mass, worst := 0.0, 0.0
	h, columnScale := h[:s.topics], by.columnScale()
	for k, x := range h {
		mass += columnScale[k] * float64(x)
	}
	by.gradient(h, s)
	for k, x := range h {
		positive, negative := s.positive[k], s.negative[k]
		if fixed != nil && fixed[k] || x == 0 && positive >= negative {
			continue
		}
		if larger := max(positive, negative); larger > 0 {
			share := columnScale[k] * float64(x) / max(mass, math.SmallestNonzeroFloat64)
			worst = max(worst, math.Abs(min(share, (positive-negative)/larger)))
		}
	}
	return tally{residual: mass * worst, mass: mass}
}

// divergence is the Kullback-Leibler loss.
type divergence struct {
	w       *Factor
	sums    []float64 // of w's columns
	cost    []float64 // sums and the linear penalty
	inverse []float32 // of cost, made up to the stride
	l2      float64   // the quadratic penalty
	// packed is w without zeros, if it isPacked.
	packed   kernel.Packed
	isPacked bool
}

func newDivergence(topics int) *divergence {
	return &divergence{sums: make([]float64, topics), cost: make([]float64, topics), inverse: newFactor(1, topics).data}
}

func (d *divergence) fix(f *Factor, p penalty, g *workers) {
	d.w = f
	g.sum(f, d.sums)
	d.setSums(d.sums, p)
	d.pack(f, g)
}

// setSums is the part of fix that goes by the column sums of f.
func (d *divergence) setSums(sums []float64, p penalty) {
	d.l2 = p.l2
	for k, s := range sums {
		d.sums[k] = s
		d.cost[k] = s + p.l1
		d.inverse[k] = float32(1 / d.cost[k])
	}
}

func (d *divergence) degree() int { return 1 }

// constant is Σ v log v − v, its size Σ v. Counts repeat: most are 1.
func (d *divergence) constant(m *matrix) (c, size float64) {
	last, log := 1.0, 0.0
	for _, x := range m.columns.value {
		v := float64(x)
		if v != last {
			last, log = v, math.Log(v)
		}
		c += v*log - v
		size += v
	}
	return c, size
}

// pass fills s.y with y = w·h for the line's non-zeros and s.sum with the sums of
// v/y · w.
func (d *divergence) pass(l line, h []float32, s *scratch) {
	n := len(l.index)
	s.y = grown(s.y, kernel.Padded(n))
	clear(s.sum)
	if n <= kernel.Run {
		kernel.Ratios(d.w.data, l.index, l.value, h, s.y, s.sum)
		return
	}
	clear(s.total)
	for from := 0; from < n; from += kernel.Run {
		to := min(from+kernel.Run, n)
		clear(s.run)
		kernel.Ratios(d.w.data, l.index[from:to], l.value[from:to], h, s.y[from:to], s.run)
		s.addRun()
	}
}

// addRun adds the sums of one run to those of the line.
func (s *scratch) addRun() {
	for k, x := range s.run {
		s.total[k] += float64(x)
		s.sum[k] = float32(s.total[k])
	}
}

// objective is Σₖ hₖ Σᵢ wᵢₖ − Σ v log y.
func (d *divergence) objective(l line, h []float32, s *scratch) float64 {
	for e := len(l.index); e < len(s.y); e++ {
		s.y[e] = 1
	}
	return d.mass(h) - kernel.LogSum(s.values(l), s.y)
}

// values is the line's values, made up to whole vectors. What follows them in memory will do for
// that, since y is 1 there and the block 0: to copy each line took a twentieth of the time.
func (s *scratch) values(l line) []float32 {
	if n := kernel.Padded(len(l.value)); n <= cap(l.value) {
		return l.value[:n]
	}
	s.pad(l)
	return s.value
}

// pad copies the line's values and makes them up to whole vectors.
func (s *scratch) pad(l line) {
	s.value = grown(s.value, len(s.y))
	copy(s.value, l.value)
	clear(s.value[len(l.value):])
}

// mass is what is expected of the line, Σ y over all its cells, and the penalty.
func (d *divergence) mass(h []float32) float64 {
	mass := 0.0
	for k, c := range d.cost {
		mass += float64(h[k]) * (c + d.l2*float64(h[k])/2)
	}
	return mass
}

func (d *divergence) gradient(h []float32, s *scratch) {
	for k, c := range d.cost {
		s.positive[k], s.negative[k] = c+d.l2*float64(h[k]), float64(s.sum[k])
	}
}

func (d *divergence) multiply(h []float32, s *scratch) {
	if d.l2 == 0 {
		kernel.Multiply(h, s.sum, d.inverse, faded, least)
		return
	}
	// The minimum of the same bound: h·sum/x = cost + l2·x.
	for k, c := range d.cost {
		negative := float64(h[k]) * float64(s.sum[k])
		h[k] = float32(2 * negative / (c + math.Sqrt(c*c+4*d.l2*negative)))
	}
	fade(h, task{})
}

// columnScale is the mass of one unit of each topic's weight.
func (d *divergence) columnScale() []float64 { return d.cost }

// squared is the Frobenius loss.
type squared struct {
	w        *Factor
	products []float64 // WᵀW
	lengths  []float64 // of W's columns
	penalty  penalty
}

func (q *squared) fix(f *Factor, p penalty, _ *workers) {
	q.w, q.penalty = f, p
	f.gram(q.products)
	for k := range q.lengths {
		q.lengths[k] = math.Sqrt(q.products[k*f.topics+k])
	}
}

func (q *squared) degree() int { return 2 }

// constant is ½ Σ v², and its size the same.
func (q *squared) constant(m *matrix) (c, size float64) {
	for _, x := range m.columns.value {
		c += float64(x) * float64(x) / 2
	}
	return c, c
}

// pass fills s.sum with Wᵀv.
func (q *squared) pass(l line, _ []float32, s *scratch) {
	clear(s.total)
	for from := 0; from < len(l.index); from += kernel.Run {
		to := min(from+kernel.Run, len(l.index))
		clear(s.run)
		kernel.Products(q.w.data, l.index[from:to], l.value[from:to], s.run)
		s.addRun()
	}
}

// curve is (WᵀW h)ₖ.
func (q *squared) curve(h []float32, k int) float64 {
	total := 0.0
	topics := q.w.topics
	for a, p := range q.products[k*topics : (k+1)*topics] {
		total += p * float64(h[a])
	}
	return total
}

// objective is ½ hᵀWᵀW h − hᵀWᵀv.
func (q *squared) objective(_ line, h []float32, s *scratch) float64 {
	total := q.penalty.of(h)
	for k := range q.w.topics {
		total += float64(h[k]) * (q.curve(h, k)/2 - s.total[k])
	}
	return total
}

func (q *squared) gradient(h []float32, s *scratch) {
	for k := range q.w.topics {
		s.positive[k], s.negative[k] = q.partial(h, k, s)
	}
}

func (q *squared) partial(h []float32, k int, s *scratch) (positive, negative float64) {
	return q.curve(h, k) + q.penalty.l1 + q.penalty.l2*float64(h[k]), s.total[k]
}

func (q *squared) multiply(h []float32, s *scratch) {
	before := s.before
	copy(before, h)
	for k := range q.w.topics {
		positive, negative := q.partial(before, k, s)
		h[k] *= float32(negative / positive)
	}
	fade(h, task{})
}

// columnScale is the length of one unit of each topic's weight.
func (q *squared) columnScale() []float64 { return q.lengths }
