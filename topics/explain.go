package topics

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klew/corpus"
	"klew/nmf"
	"klew/vectorize"
)

// ExplainedToken is a token of a document, with the topics that it speaks for.
type ExplainedToken struct {
	vectorize.Token
	// Weight is what the token adds to its document's column of V: 1 where that has
	// counts, and with another weighting its part of what its term has there. It is 0
	// for a token without a row.
	Weight float64
	// Shares is p(topic | term, document) of each topic. It is nil for a token that
	// speaks for none; Why says why. Tokens of one term share the slice.
	Shares []float64
}

// NoTopic is why a token has no shares though its term is in the vocabulary: whatever
// topics the document has, none has the term, or only such as were dropped.
const NoTopic = "in no topic of the document"

// Why says why a token has no shares; it is empty for one that has.
func (t *ExplainedToken) Why() string {
	switch {
	case t.Shares != nil:
		return ""
	case t.Row == vectorize.IsStopWord:
		return vectorize.StopWord
	case t.Row == vectorize.IsShort:
		return vectorize.TooShort
	case t.Row == vectorize.NotListed:
		return vectorize.Unlisted
	}
	return NoTopic
}

// First is the topic with the largest share of the token, or -1 if it has none.
func (t *ExplainedToken) First() int {
	if t.Shares == nil {
		return -1
	}
	first := 0
	for k, share := range t.Shares {
		if share > t.Shares[first] {
			first = k
		}
	}
	return first
}

// Explain says of each token of a text for which topics it speaks, in the order in which
// they stand; j is the text's place in d. These are by the topics as fitted: the documents of
// Fitted, or what that infers. The shares of a token sum to 1. Times its weight, and summed over
// all tokens, they are the document's column of H: that is where the divergence has its minimum,
// as far as it was reached (see TokenShares). Under a penalty, and with the Frobenius loss, they are
// what the factors say, and the sum differs.
//
// Of an edited model they are the shares of its topics, as Folded has it: without what
// belongs to topics that were dropped. Banned words keep theirs, with which the topics of
// the document were found.
func (m *Model) Explain(ctx context.Context, text string, d *DocumentTopics, j int) ([]ExplainedToken, error) {
	if want := m.Fitted().Topics(); d.H.Topics() != want {
		return nil, fmt.Errorf("explaining a document by %d topics: the model was fitted with %d", d.H.Topics(), want)
	}
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	if err != nil {
		return nil, err
	}
	tokens := cutter.Tokens(text)
	weights, err := m.tokenWeights(ctx, text, tokens)
	if err != nil {
		return nil, err
	}
	shares := map[int32][]float64{}
	var explained []ExplainedToken
	for _, t := range tokens {
		e := ExplainedToken{Token: t}
		if t.Row >= 0 {
			if _, known := shares[t.Row]; !known {
				shares[t.Row] = m.sharesOf(t.Row, d, j)
			}
			e.Weight, e.Shares = weights[t.Row], shares[t.Row]
		}
		explained = append(explained, e)
	}
	for _, t := range cutter.LeftOut(text) {
		explained = append(explained, ExplainedToken{Token: t})
	}
	slices.SortStableFunc(explained, func(a, b ExplainedToken) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return explained, nil
}

// SharesAddUp says whether the shares of the tokens of a document sum to its weights, as they do
// at the minimum of the Kullback-Leibler divergence over the weights, if these have no penalty.
func (m *Model) SharesAddUp() bool {
	o := m.Origin.Fitting
	return o.Loss != nmf.Frobenius && o.AlphaH == 0
}

// sharesOf are the shares of a term in a document, nil if it has none.
func (m *Model) sharesOf(row int32, d *DocumentTopics, j int) []float64 {
	shares := make([]float64, d.H.Topics())
	TokenShares(shares, m.Fitted().W, int(row), d, j)
	shares = m.Folded(shares)
	for _, s := range shares {
		if s > 0 {
			return shares
		}
	}
	return nil
}

// tokenWeights is what each token of a term adds to the column of V that the text has by
// the model's weighting.
func (m *Model) tokenWeights(ctx context.Context, text string, tokens []vectorize.Token) (map[int32]float64, error) {
	weights := map[int32]float64{}
	counting := m.Origin.Counting
	if counting.Weighting == vectorize.CountWeighting {
		for _, t := range tokens {
			weights[t.Row] = 1
		}
		return weights, nil
	}
	counting.Threads = 1
	table, err := vectorize.CountWith(ctx, m.Vocabulary, slices.Values([]corpus.Document{{Text: text}}), counting)
	if err != nil {
		return nil, fmt.Errorf("weighing tokens: %w", err)
	}
	counts := map[int32]float64{}
	for _, t := range tokens {
		counts[t.Row]++
	}
	column := table.V.RawMatrix()
	for e, row := range column.Ind {
		weights[int32(row)] = column.Data[e] / counts[int32(row)]
	}
	return weights, nil
}
