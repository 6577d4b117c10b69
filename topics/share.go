package topics

import "klew/nmf"

// TokenShares fills shares with p(topic | term, document) of a token of the term in row i,
// in document j of d: w_ik h_kj / Σ_l w_il h_lj. They sum to 1, or are all 0 where no
// topic of the document has the term. With raw counts, summed over all tokens of a document
// they are its column of H, since that is a fixed point of EM (Lee & Seung 2001; Hofmann
// 1999, equation 5).
func TokenShares(shares []float64, w *nmf.Factor, i int, d *DocumentTopics, j int) {
	term, document := w.Item(i), d.H.Item(j)
	for k := range shares {
		shares[k] = float64(term[k]) * float64(document[k])
	}
	Proportions(shares)
}
