package nmf

import "math"

// loss is what differs between the two losses: how one line's weights h are improved
// while the other factor is held fixed. A line's own part of D, its objective, leaves
// out what depends on V alone.
type loss interface {
	// degree is the power of a factor on V that D is multiplied by.
	degree() int
	// constant is the part of D that depends on V alone, and size what a rounding
	// error of D is to be measured against.
	constant(m *matrix) (c, size float64)
	// fix prepares for a half-step in which f does not change.
	fix(f *Factor)
	// pass visits the line's non-zeros, and leaves in s what the three below need.
	pass(l line, h []float32, s *scratch)
	// objective is the line's part of D at h.
	objective(l line, h []float32, s *scratch) float64
	// multiply makes one multiplicative update of h.
	multiply(h []float32, s *scratch)
	// descend moves each weight of h once, towards its optimum with the others held
	// fixed.
	descend(l line, h []float32, s *scratch)
	// worth makes weights of different topics comparable, whatever their scale.
	worth(k int) float64
}

func newLoss(name Loss, topics int, m *matrix) loss {
	if name == Frobenius {
		return &squared{products: make([]float64, topics*topics)}
	}
	return &divergence{sums: make([]float64, topics), unit: m.unit()}
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
func fade(h []float32) {
	largest := float32(0)
	for _, x := range h {
		if x > largest {
			largest = x
		}
	}
	floor := max(faded*largest, least)
	for k, x := range h {
		if !(x >= floor) {
			h[k] = 0
		}
	}
}

// scratch is the working memory of one goroutine.
type scratch struct {
	y, run []float32
	sum    []float64
	before []float32 // weights, in one update
	solved []float32 // weights, in one sweep of solve
	active []int     // topics
	block  []float32 // their weights in the items of one line, topic by topic
}

func newScratch(topics int) *scratch {
	return &scratch{
		run:    make([]float32, topics),
		sum:    make([]float64, topics),
		before: make([]float32, topics),
	}
}

// grown returns a slice of n numbers, in the same memory if there is room.
func grown(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n, n+n/2)
	}
	return x[:n]
}

// addRun adds the sums of one run to those of the line.
func (s *scratch) addRun() {
	for k, x := range s.run {
		s.sum[k] += float64(x)
	}
}

// A line's problem is convex, so that solving it gives one answer wherever it starts.
const (
	// solveSteps is how often a line is descended at most. On 20 Newsgroups, k = 20,
	// the mean is 12.
	solveSteps = 100
	// solveTolerance ends the descent: no weight moved by more than this share of
	// the line's total. Proportions are then right to about four digits.
	solveTolerance = 1e-5
	// solveWarmup is the number of multiplicative updates that come first. They
	// bring every weight near enough for whole Newton steps.
	solveWarmup = 3
)

// solve moves h to the line's optimum.
func solve(by loss, l line, h []float32, s *scratch) {
	for range solveWarmup {
		by.pass(l, h, s)
		by.multiply(h, s)
	}
	for range solveSteps {
		s.solved = append(s.solved[:0], h...)
		by.pass(l, h, s)
		by.descend(l, h, s)
		if moved(by, s.solved, h) <= solveTolerance {
			return
		}
	}
}

// moved is the largest change of a weight as a share of all weights.
func moved(by loss, before, after []float32) float64 {
	var largest, total float64
	for k, x := range after {
		largest = max(largest, by.worth(k)*math.Abs(float64(x)-float64(before[k])))
		total += by.worth(k) * float64(x)
	}
	if total == 0 {
		return 0
	}
	return largest / total
}
