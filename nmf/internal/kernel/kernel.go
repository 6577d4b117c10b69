// Package kernel holds the innermost loops of the factorisation: what is done for one
// line of V (a document, or a term). Nearly all of a fit's time is spent here.
//
// Throughout, w is the fixed factor, index names the items of the line's non-zeros and
// value their values, and h holds the weights of the line itself. An item's weights
// lie side by side in memory, Stride of them whatever the number of topics, the last
// ones zero.
//
//	file              holds
//	kernel.go         what each kernel does, and the choice among
//	reference.go      plain Go, kept for good: what the others are tested against
//	logsum.go         the same, for sums of logarithms
//	packed.go         a factor without its zeros, and Gather from it
//	lanes.go          short lines, one in each lane of a vector
//	kernel_amd64.s    AVX2 with FMA, and AVX-512, made by the generator in _generate
//	kernel_arm64.s    NEON
//	choose*.go        what a processor can run; the build tag purego leaves only Go
//
// # What limits them
//
// Per non-zero, with k topics in vectors of 16 (AVX-512, two 512-bit operations a cycle,
// one of them a shuffle):
//
// Ratios does 2k multiply-adds and loads 4k bytes of w, at k = 20 two cache lines. Dot
// products are folded four at a time (13 operations, 8 of them shuffles, for four), and
// one division serves four. At k = 20 that is some 8 operations, 4 cycles, while the two
// lines come from the second-level cache or beyond: w of 55,911 terms is 7 MB. What is
// measured is 3.5 ns, about 9 cycles: it waits for memory. At k = 100 seven lines a
// non-zero need 448 bytes at some 40 bytes a cycle, 11 cycles, and 14 multiply-adds
// 7: memory again. Up to 128 topics h and the sums stay in registers, and beyond 64 the
// rows that come next are fetched ahead.
//
// Gather takes items of up to 32 topics whole, moves the active topics to the front by one
// permutation and turns 16 items in registers: some 80 shuffles for 16 topics, where the
// gather instruction would take 26 cycles for each topic. It waits for memory then. Wider
// items are left to that instruction as long as their weights are not zero.
//
// GatherPacked reads, of an item, only the active topics that it holds: on newsgroups at k = 200
// these are 5 of 23 (documents) or 65 (terms). Each takes some ten operations, and a turn of the
// loop that is foreseen wrongly 15 cycles: 90 cycles a non-zero, where the gather instruction takes
// 40 and 105, and waits for memory besides, 46 MB of W against 4.
//
// Sweep does 9 operations for 16 non-zeros and topic for the slopes, and 2 for the shift,
// all from the first-level cache: about 0.4 cycles a non-zero and topic. But most lines
// are short (77 of 100 terms of newsgroups have at most 16 non-zeros), and there each
// topic waits some 90 cycles for the one before: for the sums to be folded, the division,
// and y to be shifted. Short lines are therefore taken by SweepLanes, 16 at once, one in each lane:
// then a topic of 16 lines of 5 non-zeros takes some 85 cycles. A reciprocal of 14 bits with one step of Newton's takes 3
// operations where a division would take the divider 10 cycles or more.
//
// LogSum takes a logarithm apart into exponent and a polynomial of degree 10: 17
// operations for 16 non-zeros, about half a cycle each.
package kernel

import "math"

const (
	// Run is the largest number of non-zeros for Ratios and Products: their sums are
	// taken in single precision. A sum of 256 rounded positive numbers is off by less
	// than 256 · 2⁻²⁴ ≈ 1.5e-5 of itself in the worst case and by about 1e-6 as a rule;
	// longer runs were not measurably faster. The caller adds runs up.
	Run = 256

	// Floor is the least y a division sees. A cell of V whose row of W and column of H
	// share no topic has y = 0 and would give infinity.
	Floor = 1e-30

	// Lanes is what the length of y, of value and of each topic of a block is a
	// multiple of, in the kernels that go topic by topic. What fills them up has the
	// value 0 and y = 1, and changes nothing.
	Lanes = 16

	// WholeStep is the largest part of any y that a whole Newton step towards zero may
	// take away without raising the objective. Let the step s take at most the part x
	// of any y. With −log(1−u) ≤ u + u²φ(x) for u ≤ x, φ(x) = (−log(1−x) − x)/x², the
	// objective changes by at most −s·g + s²q·φ(x), which is not above zero for s = g/q
	// as long as φ(x) ≤ 1, and never for s = g/q/(1+x). This is the damped step of Hien
	// & Gillis (Algorithms for nonnegative matrix factorization with the
	// Kullback-Leibler divergence, J. Sci. Comput. 2021) with a bound of the line's
	// own. A step away from zero is always safe, since the slope is concave in the
	// weight.
	WholeStep = 0.683802
)

// Stride is the number of weights kept for an item of k topics: whole vectors. Eight
// fill one of AVX2, two of NEON.
func Stride(topics int) int {
	if topics <= 8 {
		return 8
	}
	return Padded(topics)
}

// Padded is n rounded up to whole vectors of Lanes.
func Padded(n int) int { return (n + Lanes - 1) / Lanes * Lanes }

// set is one implementation of the kernels.
type set struct {
	name        string
	ratios      func(w []float32, index []int32, value, h, y, sum []float32)
	products    func(w []float32, index []int32, value, sum []float32)
	multiply    func(h, sum, inverse []float32, faded, least float32)
	gather      func(w []float32, stride int, index, active []int32, h, block, y []float32)
	sweep       func(block, value, y, h []float32, cost []float64, l2 float64)
	logSum      func(value, y []float32) float64
	extrapolate func(x, before []float32, steps float32)
	gatherLanes func(w []float32, index, active []int32, h, block, y []float32)
	sweepLanes  func(block, value, y, h, cost []float32, l2 float32)

	gatherPacked func(records []uint64, weight []float32, index []int32, active []uint64, slots []uint64, block, y []float32)
}

// reference is the kernels in plain Go: what the others are tested against, and what
// is used where there are no others.
var reference = set{"go", ratios, products, multiply, gather, sweep, logSum, extrapolate, gatherLanes, sweepLanes, gatherPacked}

// chosen is the fastest implementation that this processor can run.
var chosen = available()[0]

// Name is that of the implementation in use.
func Name() string { return chosen.name }

// Ratios is the pass of the Kullback-Leibler loss over at most Run non-zeros:
//
//	y[e] = max(Σₖ w[index[e]][k] h[k], Floor)
//	sum[k] += Σₑ value[e]/y[e] · w[index[e]][k]
//
// h and sum are Stride long. One visit to w[index[e]] serves both.
func Ratios(w []float32, index []int32, value, h, y, sum []float32) {
	chosen.ratios(w, index, value, h, y, sum)
}

// Products is the pass of the Frobenius loss: sum[k] += Σₑ value[e] w[index[e]][k].
func Products(w []float32, index []int32, value, sum []float32) {
	chosen.products(w, index, value, sum)
}

// Multiply is the multiplicative update h[k] ← h[k] · sum[k] · inverse[k], where a
// weight becomes zero that is below the share faded of the largest, below least, or no
// number.
func Multiply(h, sum, inverse []float32, faded, least float32) {
	chosen.multiply(h, sum, inverse, faded, least)
}

// Gather copies the active topics' weights in the line's items, topic by topic, and
// multiplies them by the line's own:
//
//	block[a·len(y) + e] = w[index[e]][active[a]]
//	y[e] = max(Σₐ h[a] block[a·len(y) + e], Floor)
//
// h holds the active topics' weights alone, and y is as long as index, of which there is
// at least one, made up to
// Lanes.
func Gather(w []float32, stride int, index, active []int32, h, block, y []float32) {
	if len(w) > math.MaxInt32 {
		gather(w, stride, index, active, h, block, y) // vectors count in 32 bits
		return
	}
	chosen.gather(w, stride, index, active, h, block, y)
}

// Extrapolate goes on in the direction in which weights have moved, and keeps where they were:
//
//	x[i], before[i] ← max(x[i] + steps·(x[i]−before[i]), x[i]/2), x[i]
//
// The length is a multiple of 8. No weight is negative; one that is zero stays.
func Extrapolate(x, before []float32, steps float32) { chosen.extrapolate(x, before, steps) }

// Sweep takes one Newton step on each weight of h in turn, where block, as made by
// Gather, holds their topics:
//
//	g = cost[a] + l2·h[a] − Σₑ value[e]/y[e] · block[a][e]
//	q = l2 + Σₑ value[e]/y[e]² · block[a][e]²
//	s = g/q, shortened to g/q/(1+x) if it would take more than WholeStep of any y,
//	    x being the part it would take
//	h[a] ← max(0, h[a] − s),  and y moves along
//
// A topic that no item of the line holds loses its weight.
func Sweep(block, value, y, h []float32, cost []float64, l2 float64) {
	chosen.sweep(block, value, y, h, cost, l2)
}

// LogSum is Σₑ value[e] log y[e] in double precision, for y from Floor to 10³⁰. An
// implementation may be off by 1e-6 of Σ value·(1+|log y|).
func LogSum(value, y []float32) float64 { return chosen.logSum(value, y) }
