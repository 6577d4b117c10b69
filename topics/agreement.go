package topics

import "math"

// Agreement compares inferred proportions with fitted ones, for the documents that the
// model was fitted to: those with the same ID and the same text, as far as anything of
// it was counted. It returns their number and the mean absolute difference of a
// proportion.
func (m *Model) Agreement(inferred *DocumentTopics) (documents int, difference float64) {
	fitted := make(map[string]int, len(m.Documents))
	for j, d := range m.Documents {
		fitted[d.ID] = j
	}
	for i, d := range inferred.Documents {
		j, known := fitted[d.ID]
		if !known || d.Tokens == 0 || d.Checksum != m.Documents[j].Checksum {
			continue
		}
		documents++
		was := m.Proportions(j)
		for k, p := range inferred.Proportions(i) {
			difference += math.Abs(p - was[k])
		}
	}
	if documents > 0 {
		difference /= float64(documents * m.Topics())
	}
	return documents, difference
}

// NMI is the normalised mutual information of two labellings of the same items, with
// the arithmetic mean of their entropies as the norm (as in scikit-learn's
// normalized_mutual_info_score): 0 if they are independent, 1 if they are the same
// but for names. Two labellings of a single label each have 1. It panics if the
// lengths differ.
func NMI[A, B comparable](a []A, b []B) float64 {
	if len(a) != len(b) {
		panic("topics: labellings of different lengths")
	}
	type pair struct {
		a A
		b B
	}
	pairs := make([]pair, len(a))
	for i := range a {
		pairs[i] = pair{a[i], b[i]}
	}
	ha, hb := entropy(a), entropy(b)
	if ha+hb == 0 {
		return 1
	}
	return max(0, 2*(ha+hb-entropy(pairs))/(ha+hb))
}

// entropy is that of the labels' frequencies, in nats. Terms are added in the order
// in which labels first occur.
func entropy[L comparable](labels []L) float64 {
	number := map[L]int{}
	var counts []float64
	for _, l := range labels {
		n, known := number[l]
		if !known {
			n = len(counts)
			number[l] = n
			counts = append(counts, 0)
		}
		counts[n]++
	}
	h := 0.0
	for _, c := range counts {
		p := c / float64(len(labels))
		h -= p * math.Log(p)
	}
	return h
}
