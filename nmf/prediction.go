package nmf

import "math"

// Prediction is what factors expect of tokens that were not given to them: half of those of
// documents, of which the other half told the topics. Of document j, of which W h expects Σ W h
// given tokens and (W h)ᵢ of them to be of term i, the next token is of term i with the probability
//
//	p(i) = ((W h)ᵢ + μ bᵢ) / (Σ W h + μ)
//
// with b the background, the distribution of terms in all texts: it counts as μ tokens in each
// document (Dirichlet priors: Zhai & Lafferty, A study of smoothing methods for language models,
// TOIS 22, 2004). A few given tokens say little of what else is in a document, many say much: where
// two are given, h has one or two topics, and all other terms would be next to impossible. And W has
// zeros, which alone would make a single token infinitely unlikely.
type Prediction struct {
	background []float64
	start      []int // of each document in what follows
	term       []int32
	count      []float32
	expected   []float32 // (W h)ᵢ
	given      []float64 // Σ W h, of each document
}

// NewPrediction is for documents over as many terms as background has. Add and End fill it.
func NewPrediction(background []float64) *Prediction {
	return &Prediction{background: background, start: []int{0}}
}

// Add adds count tokens of a term to the document at work, of which expected is (W h) of the term.
func (p *Prediction) Add(term int, count, expected float64) {
	p.term, p.count, p.expected = append(p.term, int32(term)), append(p.count, float32(count)), append(p.expected, float32(expected))
}

// End ends a document, of which given is Σ W h.
func (p *Prediction) End(given float64) {
	p.start, p.given = append(p.start, len(p.term)), append(p.given, given)
}

// Logs is the log probability of each document's tokens, with the background counted as so many.
func (p *Prediction) Logs(prior float64) []float64 {
	logs := make([]float64, len(p.given))
	for j, given := range p.given {
		for e := p.start[j]; e < p.start[j+1]; e++ {
			y := float64(p.expected[e]) + prior*p.background[p.term[e]]
			logs[j] += float64(p.count[e]) * math.Log(y/(given+prior))
		}
	}
	return logs
}

// leastPrior and mostPrior bound what Best tries. With the most, hardly more than the background
// predicts: no model comes out as worse than none.
const leastPrior, mostPrior = 1.0 / 64, 1024

// Best is the prior, of the powers of two, with which the tokens are predicted best, going from 1
// as long as it helps, and the log probabilities with it. It is one number for thousands of tokens:
// models are compared each at its best, and none gains by a prior that happens to suit it.
func (p *Prediction) Best() (prior float64, logs []float64) {
	prior, logs = 1, p.Logs(1)
	for _, factor := range []float64{2, 0.5} {
		for next := prior * factor; next >= leastPrior && next <= mostPrior; next *= factor {
			try := p.Logs(next)
			if sumOf(try) <= sumOf(logs) {
				break
			}
			prior, logs = next, try
		}
	}
	return prior, logs
}
