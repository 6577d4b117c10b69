package topics

import "klew/nmf"

// TopTerms returns the rows of the n terms of topic k with the largest weight in w, in the
// order of Model.Keywords.
func TopTerms(w *nmf.Factor, k, n int) []int32 {
	first := newBest(n, compareTerms)
	for i := range w.Items() {
		if x := w.Item(i)[k]; x > 0 {
			first.add(rankedTerm{row: i, size: fiveDigits(x)})
		}
	}
	rows := make([]int32, 0, len(first.list()))
	for _, t := range first.list() {
		rows = append(rows, int32(t.row))
	}
	return rows
}

// TopWords is TopTerms of every topic: what coherence is measured on.
func TopWords(w *nmf.Factor, n int) [][]int32 {
	words := make([][]int32, w.Topics())
	for k := range words {
		words[k] = TopTerms(w, k, n)
	}
	return words
}
