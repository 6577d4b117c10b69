package vectorize

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// The constants of BM25, as most search engines have them.
const (
	bm25K = 1.2  // how soon more occurrences stop to count
	bm25B = 0.75 // how much the length of the document bears on it
)

// logCounts turns counts into 1 + log(count).
func logCounts(value []float64) {
	for e, count := range value {
		value[e] = 1 + math.Log(count)
	}
}

// meanLength is the mean number of tokens in the documents that the vocabulary was taken
// from.
func (v *Vocabulary) meanLength() float64 {
	tokens := 0.0
	for _, t := range v.Terms {
		tokens += float64(t.Count)
	}
	return tokens / float64(max(v.Documents, 1))
}

// probabilistic is the inverse document frequency of BM25, of which the 1 inside keeps
// it above 0 for terms of more than half the documents.
func (v *Vocabulary) probabilistic() []float64 {
	inverse := make([]float64, len(v.Terms))
	n := float64(v.Documents)
	for i, t := range v.Terms {
		df := float64(t.DF)
		inverse[i] = math.Log(1 + (n-df+0.5)/(df+0.5))
	}
	return inverse
}

// scaleBM25 weighs the counts of one document.
func scaleBM25(index []int, value, inverse []float64, mean float64) {
	if len(value) == 0 {
		return
	}
	length := bm25K * (1 - bm25B + bm25B*floats.Sum(value)/mean)
	for e, i := range index {
		value[e] = inverse[i] * value[e] * (bm25K + 1) / (value[e] + length)
	}
}
