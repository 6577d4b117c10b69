package topics

import "klew/nmf"

// TopTerms returns the rows of the n terms of topic k that come first by Divergence, in the
// order of Model.Keywords: what coherence is measured on, among others. w is a factor of
// which the columns sum to 1, p the distribution of terms in the corpus, as from Marginals.
func TopTerms(w *nmf.Factor, p []float64, k, n int) []int32 {
	return firstTerms(w, k, n, func(i int, x float32) int64 { return divergenceOrder(x, p[i]) })
}

// MostProbable returns the rows of the n terms of topic k with the largest weight in w.
func MostProbable(w *nmf.Factor, k, n int) []int32 {
	return firstTerms(w, k, n, func(int, float32) int64 { return 0 })
}

// firstTerms are the rows of the terms of a topic with the largest score, of equals those
// with the largest weight.
func firstTerms(w *nmf.Factor, k, n int, score func(i int, x float32) int64) []int32 {
	first := newBest(n, compareTerms)
	for i := range w.Items() {
		if x := w.Item(i)[k]; x > 0 {
			first.add(rankedTerm{row: i, score: score(i, x), size: fiveDigits(x)})
		}
	}
	rows := make([]int32, 0, len(first.list()))
	for _, t := range first.list() {
		rows = append(rows, int32(t.row))
	}
	return rows
}

// TopWords is TopTerms of every topic.
func TopWords(w *nmf.Factor, p []float64, n int) [][]int32 {
	words := make([][]int32, w.Topics())
	for k := range words {
		words[k] = TopTerms(w, p, k, n)
	}
	return words
}

// TopWords are the rows of the n first keywords of each topic.
func (m *Model) TopWords(n int) [][]int32 { return TopWords(m.W, m.Marginals(), n) }
