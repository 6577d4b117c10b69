package topics

import (
	"iter"
	"math"
)

// nearness has the square roots of the proportions of all documents, without zeros, so that a pass
// over their affinities to a document takes no roots.
type nearness struct {
	start []int // of each document, where its entries begin, and at the end where the last ones end
	topic []uint32
	root  []float32
}

func (d *DocumentTopics) newNearness() *nearness {
	x := &nearness{start: make([]int, 1, d.H.Items()+1)}
	p := make([]float64, d.H.Topics())
	for j := range d.H.Items() {
		PutProportions(p, d.H.Item(j))
		for k, share := range p {
			if share > 0 {
				x.topic, x.root = append(x.topic, uint32(k)), append(x.root, float32(math.Sqrt(share)))
			}
		}
		x.start = append(x.start, len(x.topic))
	}
	return x
}

// perhapsNear yields the documents that may be among the n nearest to proportions with some square
// roots, in their order: all, unless what was found out is kept.
func (d *DocumentTopics) perhapsNear(roots []float64, n int) iter.Seq[int] {
	if d.kept == nil || d.kept.h != d.H {
		return func(yield func(int) bool) {
			for j := range d.H.Items() {
				if !yield(j) {
					return
				}
			}
		}
	}
	return remembered(d, similarKey{}, d.newNearness).largest(roots, n)
}

const (
	// affinitySteps is in how many steps affinities are counted.
	affinitySteps = 1 << 12
	// affinityError is far more than what single precision and the six digits by which distances
	// are compared can make of an affinity.
	affinityError = 1e-5
)

// largest yields the documents of the n largest affinities, and others that are near to these.
func (x *nearness) largest(roots []float64, n int) iter.Seq[int] {
	affinities, least := x.affinities(roots, n)
	return func(yield func(int) bool) {
		for j, a := range affinities {
			if a >= least && !yield(j) {
				return
			}
		}
	}
}

// affinities are those of all documents; n or more are least or larger.
func (x *nearness) affinities(roots []float64, n int) (all []float32, least float32) {
	single := make([]float32, len(roots))
	for k, r := range roots {
		single[k] = float32(r)
	}
	all = make([]float32, len(x.start)-1)
	var counts [affinitySteps + 1]int
	for j := range all {
		sum := float32(0)
		for e := x.start[j]; e < x.start[j+1]; e++ {
			sum += single[x.topic[e]] * x.root[e]
		}
		all[j] = sum
		counts[min(int(sum*affinitySteps), affinitySteps)]++
	}
	step, there := affinitySteps, 0
	for ; step > 0; step-- {
		if there += counts[step]; there >= n {
			break
		}
	}
	return all, float32(step)/affinitySteps - affinityError
}
