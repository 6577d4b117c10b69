package coherence

import (
	"math"
	"slices"
)

// Measure names a coherence, as gensim does.
type Measure string

// The measures; the package comment has their formulas. More is better in all of them.
const (
	UMass Measure = "u_mass" // at most about 0
	UCI   Measure = "c_uci"
	NPMI  Measure = "c_npmi" // from -1 to 1
	CV    Measure = "c_v"    // from -1 to 1, hardly ever below 0
)

// Measures lists every Measure.
var Measures = []Measure{UMass, UCI, NPMI, CV}

// span is the index of the counts that a measure is computed from.
func (m Measure) span() int {
	switch m {
	case UMass:
		return documents
	case CV:
		return wide
	}
	return narrow
}

// epsilon keeps the logarithm of a pair that never meets finite.
const epsilon = 1e-12

// Topic returns a measure of the topic with that number in New, over the documents that
// have been added.
func (c *Counter) Topic(m Measure, topic int) float64 {
	p := probabilities{c, &c.spans[m.span()]}
	words := c.present(topic)
	switch m {
	case UMass:
		return p.mean(words, p.conditional, func(i, j int) bool { return i > j })
	case UCI:
		return p.mean(words, p.pmi, func(i, j int) bool { return i != j })
	case NPMI:
		return p.mean(words, p.npmi, func(i, j int) bool { return i != j })
	case CV:
		return p.cv(words)
	}
	return math.NaN()
}

// Known is how many of the topic's words occur in the documents.
func (c *Counter) Known(topic int) int { return len(c.present(topic)) }

// malletBeta is what MALLET adds to counts of documents: its default of the topics' prior.
const malletBeta = 0.01

// Mallet returns the coherence of MALLET's diagnostics, with D(a, b) the number of
// documents with both words and D(a) of those with one: the sum, not the mean, over i > j
// of log((D(wᵢ, wⱼ) + β) / (D(wⱼ) + β)), with β = 0.01. It is U_Mass but for that.
func (c *Counter) Mallet(topic int) float64 {
	p := probabilities{c, &c.spans[documents]}
	words := c.present(topic)
	sum := 0.0
	for i, a := range words {
		for _, b := range words[:i] {
			sum += math.Log((p.joint(a, b) + malletBeta) / (p.joint(b, b) + malletBeta))
		}
	}
	return sum
}

// present is the topic's words that occur in a document.
func (c *Counter) present(topic int) []int32 {
	var words []int32
	for _, w := range c.topics[topic] {
		if c.spans[documents].words[w] > 0 {
			words = append(words, w)
		}
	}
	return words
}

// probabilities are those of words in the windows of one span.
type probabilities struct {
	counter *Counter
	*span
}

// joint is the number of windows with both words, or with the one.
func (p probabilities) joint(a, b int32) float64 {
	if a == b {
		return float64(p.words[a])
	}
	return float64(p.pairs[p.counter.pairs[pairOf(a, b)]])
}

func (p probabilities) of(a, b int32) float64 { return p.joint(a, b) / float64(p.windows) }

func (p probabilities) conditional(a, b int32) float64 {
	return math.Log((p.of(a, b) + epsilon) / p.of(b, b))
}

func (p probabilities) pmi(a, b int32) float64 {
	return math.Log((p.of(a, b) + epsilon) / (p.of(a, a) * p.of(b, b)))
}

// npmi is 1 for words that are together in every window, where it is 0 through 0: the limit as
// they come to be in all. (gensim, whose ε turns the sign of the divisor there, has -1.)
func (p probabilities) npmi(a, b int32) float64 {
	joint := p.of(a, b)
	if joint == 1 {
		return 1
	}
	return p.pmi(a, b) / -math.Log(joint+epsilon)
}

// mean is that of some pairs of words; NaN if there is none.
func (p probabilities) mean(words []int32, of func(a, b int32) float64, counts func(i, j int) bool) float64 {
	sum, n := 0.0, 0
	for i, a := range words {
		for j, b := range words {
			if counts(i, j) {
				sum += of(a, b)
				n++
			}
		}
	}
	return sum / float64(n)
}

// cv compares the vector of each word with the sum of all. Each dimension of the vectors
// stands for a word, and one that is twice in the topic counts twice in it.
func (p probabilities) cv(words []int32) float64 {
	times := map[int32]float64{}
	for _, w := range words {
		times[w]++
	}
	var dimensions []int32
	for i, w := range words {
		if !slices.Contains(words[:i], w) {
			dimensions = append(dimensions, w)
		}
	}
	vectors := make([][]float64, len(words))
	total := make([]float64, len(dimensions))
	for i, w := range words {
		vectors[i] = make([]float64, len(dimensions))
		for d, other := range dimensions {
			vectors[i][d] = times[other] * p.npmi(w, other)
			total[d] += vectors[i][d]
		}
	}
	sum := 0.0
	for _, v := range vectors {
		sum += cosine(v, total)
	}
	return sum / float64(len(words))
}

func cosine(a, b []float64) float64 {
	var ab, aa, bb float64
	for d := range a {
		ab += a[d] * b[d]
		aa += a[d] * a[d]
		bb += b[d] * b[d]
	}
	return ab / (math.Sqrt(aa) * math.Sqrt(bb))
}
