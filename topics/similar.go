package topics

import (
	"cmp"
	"math"
	"slices"
)

// SimilarDocument is a document with its distance from some proportions.
type SimilarDocument struct {
	// Document is its place among the documents.
	Document int
	// Distance is that of Hellinger, from 0 (the same proportions) to 1 (no topic in
	// common).
	Distance float64
}

// Similar returns the n documents whose proportions are nearest to some given ones, the
// nearest first. The distance of proportions p and q is that of Hellinger,
//
//	√(½ Σₖ (√pₖ − √qₖ)²) = √(1 − Σₖ √(pₖ qₖ)),
//
// which, unlike the divergence of Kullback and Leibler, is a metric, and finite where a
// topic of the one is missing in the other. The sum on the right is the affinity of
// Bhattacharyya, of which Affinity has the terms; the one on the left keeps its digits where
// the distance is small. Distances that agree to six digits count as equal, and come in the
// order of the documents. Document except is left out (-1: none), and so are those of which
// nothing was counted. Proportions that are all 0 have no neighbours.
//
// It is one pass over H: 0.14 s for a million documents of 20 topics, 0.65 s for 100; and a fifth
// of that if the model keeps what it finds out (Model.Keep), with the same result.
func (d *DocumentTopics) Similar(proportions []float64, n, except int) []SimilarDocument {
	roots := make([]float64, len(proportions))
	for k, p := range proportions {
		roots[k] = math.Sqrt(p)
	}
	if n < 1 || slices.Max(append(roots, 0)) == 0 {
		return nil
	}
	near := newBest(min(n, d.H.Items()), compareSimilar)
	for j := range d.perhapsNear(roots, n+1) { // one more, since except may be among them
		if squared, some := squaredDistance(proportions, roots, d.H.Item(j)); some && j != except {
			near.add(SimilarDocument{j, math.Sqrt(squared)})
		}
	}
	return near.list()
}

// Affinity fills terms with what each topic adds to the affinity of two documents'
// proportions: √(pₖ qₖ). They sum to 1 less the square of their distance.
func Affinity(terms, p, q []float64) {
	for k := range terms {
		terms[k] = math.Sqrt(p[k] * q[k])
	}
}

// squaredDistance is the square of the distance of proportions from a document's weights;
// some is false if these are all 0. Most topics are missing in most documents, and cost no
// root.
func squaredDistance(proportions, roots []float64, weights []float32) (squared float64, some bool) {
	total := 0.0
	for _, w := range weights {
		total += float64(w)
	}
	if total <= 0 {
		return 0, false
	}
	sum := 0.0
	for k, w := range weights {
		q := float64(w) / total
		switch {
		case w == 0:
			sum += proportions[k]
		case roots[k] == 0:
			sum += q
		default:
			difference := roots[k] - math.Sqrt(q)
			sum += difference * difference
		}
	}
	return min(sum/2, 1), true
}

func compareSimilar(a, b SimilarDocument) int {
	return cmp.Or(cmp.Compare(sixDigits(a.Distance), sixDigits(b.Distance)), cmp.Compare(a.Document, b.Document))
}

// sixDigits orders distances as they are printed: which of two equal ones is a hair nearer
// may differ from one processor to another.
func sixDigits(x float64) int { return int(math.Round(x * 1e6)) }
