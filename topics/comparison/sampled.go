package comparison

import (
	"math"

	"klew/topics"
)

// sampling tells how much two topics would overlap if they were the same, but learned from
// different texts of one kind: since each text has other words of a topic, that is less than 1,
// and the less the fewer tokens the topic has and the rarer its words are.
//
// A word of a topic is drawn as often as a Poisson variable says, for each document in which it
// comes, and then with as many tokens as it has in a document on average (words come in bursts:
// Church & Gale 1995). If p is its probability, n the tokens of the topic, the harmonic mean of
// those of the two, and b the tokens of a burst, then of λ = p n / b bursts in either text
//
//	E min = p (1 − e^(−2λ) (I₀(2λ) + I₁(2λ)))
//
// is in both, as the mean difference of two Poisson variables has it. p is taken to be the mean
// of the two topics'.
type sampling struct {
	bursts []float64 // of the term of each row; 0 if it is not known
}

// newSampling prepares that for two models without documents in common; nil if they are of the
// same counts, where nothing was drawn anew.
func newSampling(old, fresh *topics.Model, rowsOfOld, rowsOfFresh []int, rows int) *sampling {
	s := &sampling{bursts: make([]float64, rows)}
	count, df := make([]int, rows), make([]int, rows)
	same := len(old.Vocabulary.Terms) == len(fresh.Vocabulary.Terms)
	for i, row := range rowsOfOld {
		t := &old.Vocabulary.Terms[i]
		count[row], df[row] = t.Count, t.DF
	}
	for i, row := range rowsOfFresh {
		t := &fresh.Vocabulary.Terms[i]
		same = same && t.Count == count[row] && t.DF == df[row]
		count[row] += t.Count
		df[row] += t.DF
	}
	if same {
		return nil
	}
	for i := range s.bursts {
		if df[i] > 0 {
			s.bursts[i] = float64(count[i]) / float64(df[i])
		}
	}
	return s
}

// tokensOf is how many tokens each topic of a model was learned from.
func tokensOf(m *topics.Model) []float64 {
	all := 0
	for i := range m.Vocabulary.Terms {
		all += m.Vocabulary.Terms[i].Count
	}
	tokens := m.Learned()
	for k := range tokens {
		tokens[k] *= float64(all)
	}
	return tokens
}

// most is the overlap to be expected of topic k of one side with another topic, whose weight in a
// row other gives, if they are the same and have so many tokens; 1 if both are of the same texts.
func (s *sampling) most(one *side, k int, other func(row int) float64, otherTokens float64) float64 {
	tokens := one.tokens[k]
	if s == nil || tokens <= 0 || otherTokens <= 0 {
		return 1
	}
	n := 2 * tokens * otherTokens / (tokens + otherTokens)
	sum := 0.0
	for i, b := range s.bursts {
		if p := (float64(one.w.Item(i)[k]) + other(i)) / 2; p > 0 {
			if b == 0 {
				sum += p
			} else {
				sum += p * (1 - missed(2*p*n/b))
			}
		}
	}
	return sum
}

// missed is e^(−t) (I₀(t) + I₁(t)), of which this has the series at 0 and at infinity; between
// them it is off by less than 0.015.
func missed(t float64) float64 {
	return 1 / math.Sqrt(1+t+(math.Pi/2-1)*t*t/(1+t))
}
