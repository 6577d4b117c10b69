package kernel

import "math"

// Sparse lists, of each item of a factor, the topics that have weight there.
type Sparse struct {
	// Item n has the topics Topic[Start[n]:Start[n+1]], with these weights.
	Start  []int
	Topic  []int32
	Weight []float32
	// Alone marks items that have one topic and cannot have another; nil if there are none.
	Alone []bool
}

// Add lists the topics of the next item that have at least so much weight. Its end is to be
// added to Start.
func (s *Sparse) Add(item []float32, least float32) {
	for k, x := range item {
		if x >= least {
			s.Topic, s.Weight = append(s.Topic, int32(k)), append(s.Weight, x)
		}
	}
}

// LeaveOut shares out the tokens of a line among the topics, each judged by the counts that
// are left when it is taken away (CVB0: Asuncion, Welling, Smyth & Teh, On smoothing and
// inference for topic models, UAI 2009). Of a cell in the line of free and in the item n of
// a sparse factor topic k has the share γ, with
//
//	γₖ ∝ (aₖ − γₖ)(bₖ − γₖ)/(cₖ − γₖ),   Σₖ γₖ = 1
//	aₖ = the item's weight, if it has any, + Prior[k],   bₖ = Free[k],   cₖ = Mass[k]
//
// in which γ is on both sides: for a factor t of proportion, each γₖ is the smaller root of
// a quadratic, it rises with t and is concave, and t is found by Newton's steps from below.
// So γ need not be kept from one pass to the next, and there is one solution.
//
// Only topics that the item has are visited. For the others aₖ = Prior[k], and γ is hardly
// above nothing: it is taken as t·Prior[k]·bₖ/cₖ, of which the sum over topics is known
// beforehand, and the sum over cells is added to the line at the end (the buckets of
// SparseLDA: Yao, Mimno & McCallum, Efficient methods for topic model inference on streaming
// document collections, KDD 2009).
type LeaveOut struct {
	// Prior and Mass are, by topic, pseudo-counts and the counts of all tokens with theirs,
	// which is above zero and not below any aₖ or bₖ.
	Prior, Mass []float64
	// Free is the line's counts with their pseudo-counts. A topic with 0 gets nothing.
	Free []float64
	// Sum is what Line returns: the tokens of the line that each topic has.
	Sum []float64

	topic  []topic
	listed []float64 // of each topic, t summed over the cells that list it
	gamma  []float64 // of one cell
	rise   []float64 // by how much it rises with t
	guess  float64
}

// topic is what a cell needs of a topic, side by side; ratio is free/mass.
type topic struct{ prior, free, mass, ratio float64 }

// NewLeaveOut makes working memory for so many topics.
func NewLeaveOut(topics int) *LeaveOut {
	numbers := func() []float64 { return make([]float64, topics) }
	return &LeaveOut{Free: numbers(), Sum: numbers(), topic: make([]topic, topics), listed: numbers(), gamma: numbers(), rise: numbers()}
}

// Line fills Sum for a line whose cells are in items index and hold value tokens each. All
// tokens of a cell have the same share, and of each just itself is taken away.
func (o *LeaveOut) Line(index []int32, value []float32, items *Sparse) {
	rest := 0.0
	for k, free := range o.Free {
		q := topic{o.Prior[k], free, o.Mass[k], free / o.Mass[k]}
		o.topic[k] = q
		rest += q.prior * q.ratio
		o.Sum[k], o.listed[k] = 0, 0
	}
	o.guess = 1
	all := 0.0
	for e, i := range index {
		from, to := items.Start[i], items.Start[i+1]
		topics := items.Topic[from:to]
		if items.Alone != nil && items.Alone[i] {
			o.Sum[topics[0]] += float64(value[e])
			continue
		}
		t := float64(value[e]) * o.cell(topics, items.Weight[from:to], rest)
		for a, k := range topics {
			o.Sum[k] += float64(value[e]) * o.gamma[a]
			o.listed[k] += t
		}
		all += t
	}
	for k, listed := range o.listed {
		o.Sum[k] += o.topic[k].prior * o.topic[k].ratio * max(0, all-listed)
	}
}

const (
	// A factor for which the shares sum to 1 within leaveOutNear is followed by a straight step,
	// and the shares are divided by their sum; most cells need no other.
	leaveOutNear  = 0.1
	leaveOutSteps = 8
	leaveOutMost  = 1e6
)

// cell fills gamma for the topics that an item lists, and returns t. rest is what all topics
// have if none is listed, at t = 1.
func (o *LeaveOut) cell(topics []int32, weight []float32, rest float64) float64 {
	listed := 0.0
	for a, k := range topics {
		q := &o.topic[k]
		listed += (float64(weight[a]) + q.prior) * q.ratio
		rest -= q.prior * q.ratio
	}
	rest = max(0, rest)
	if listed+rest == 0 {
		clear(o.gamma[:len(topics)])
		return 0
	}
	whole := 1 / (listed + rest) // t if nothing were left out
	t := whole * o.guess
	sum, slope := o.at(t, topics, weight)
	missing := 1 - sum - t*rest
	for n := 0; math.Abs(missing) > leaveOutNear && n < leaveOutSteps; n++ {
		t = min(max(t+missing/(slope+rest), whole), leaveOutMost*whole)
		sum, slope = o.at(t, topics, weight)
		missing = 1 - sum - t*rest
	}
	step := 0.0
	if math.Abs(missing) <= leaveOutNear {
		step = missing / (slope + rest)
	}
	t += step
	o.guess = min(t/whole, 2)
	sum = t * rest
	for a, rise := range o.rise[:len(topics)] {
		o.gamma[a] += step * rise
		sum += o.gamma[a]
	}
	for a := range topics {
		o.gamma[a] /= sum
	}
	return t / sum
}

// at fills gamma for a factor of proportion, and rise with by how much each share rises with
// it; it returns the sums of both.
func (o *LeaveOut) at(t float64, topics []int32, weight []float32) (sum, slope float64) {
	gammas, rises := o.gamma[:len(topics)], o.rise[:len(topics)]
	weight = weight[:len(topics)]
	for a, k := range topics {
		q := &o.topic[k]
		x, y, mass := float64(weight[a])+q.prior, q.free, q.mass
		s, p := t*(x+y)+mass, t*x*y
		root := math.Sqrt(max(s*s-4*(t+1)*p, 1e-30))
		inverse := 1 / (t * root * (s + root))
		gamma := 2 * p * t * root * inverse
		rise := gamma * (mass - gamma) * (s + root) * inverse
		gammas[a], rises[a] = gamma, rise
		sum += gamma
		slope += rise
	}
	return sum, slope
}
