package topics

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"klew/vectorize"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Quote is a sentence of a document that carries a topic.
type Quote struct {
	// Text is the sentence, with line ends and other white space as single blanks.
	Text string
	// Score is how strongly it speaks for the topic, from 0 to 1; Quoter tells.
	Score float64
}

// Quoter finds the sentences of documents that carry a topic. It is for one goroutine at a
// time.
//
// A term w says of topic k by being there what part it has in the divergence of the topic
// from the corpus, and a token of it in document d as much of that as is the topic's:
//
//	p(k | w, d) · t_w    with t_w = φ_kw log(φ_kw / p_w)
//
// The first factor, TokenShares, would not do alone: in a document of one topic it is 1 for
// every word. Nor would the logarithm, which is largest for rare names: on BBC News the
// line-ups of the teams came first in football. The score of a sentence is the sum over its
// terms, each taken once, by the square root of the number of its tokens and by |t|: but
// for repetitions it is the cosine of the sentence and the topic. Undivided, the longest
// sentences would be ahead, and as a mean the shortest, a heading of one word before all.
type Quoter struct {
	model    *Model
	cutter   *vectorize.Cutter
	marginal []float64
	norm     []float64 // |t| of each topic
	shares   []float64 // of the token at hand, by topics as fitted
}

// NewQuoter makes one for a model whose texts are at hand.
func NewQuoter(m *Model) (*Quoter, error) {
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	if err != nil {
		return nil, fmt.Errorf("cutting texts as the model's were: %w", err)
	}
	q := &Quoter{m, cutter, m.Marginals(), make([]float64, m.Topics()), make([]float64, m.Fitted().Topics())}
	for row := range m.W.Items() {
		for k := range q.norm {
			t := q.telling(row, k)
			q.norm[k] += t * t
		}
	}
	for k, square := range q.norm {
		q.norm[k] = math.Sqrt(square)
	}
	return q, nil
}

// telling is t_w of the term in a row.
func (q *Quoter) telling(row, k int) float64 {
	return divergence(float64(q.model.W.Item(row)[k]), q.marginal[row])
}

// Quotes returns the n sentences of document j, whose text is given, that carry topic k
// most, the first of them first; those that do not speak for it are left out.
func (q *Quoter) Quotes(k, j int, text string, n int) []Quote {
	first := newBest(n, func(a, b Quote) int { return cmp.Compare(b.Score, a.Score) })
	said := map[string]bool{}
	for sentence := range Sentences(text) {
		if said[sentence] {
			continue
		}
		said[sentence] = true
		if score := q.score(k, j, sentence); score > 0 {
			first.add(Quote{sentence, score})
		}
	}
	return first.list()
}

// leastTokens is how many tokens a shorter sentence is taken to have: "Cars?" is a word of
// the topic and nothing else, and says little.
const leastTokens = 5

// score is the score of a sentence.
func (q *Quoter) score(k, j int, sentence string) float64 {
	rows := q.cutter.Rows(sentence)
	taken, sum := map[int32]bool{}, 0.0
	fitted := q.model.Fitted()
	for _, row := range rows {
		if row < 0 || taken[row] {
			continue
		}
		taken[row] = true
		TokenShares(q.shares, fitted.W, int(row), &fitted.DocumentTopics, j)
		sum += q.model.Folded(q.shares)[k] * q.telling(int(row), k)
	}
	return partOf(sum, q.norm[k]*math.Sqrt(float64(max(leastTokens, len(rows)))))
}

// longestSentence is the number of bytes from which a sentence is cut: what does not end
// for so long is a list or a table.
const longestSentence = 400

// Sentences yields the sentences of a text, as UAX #29 has them, but that a line end does
// not end one, for many texts are broken into lines; an empty line does. White space is
// made single blanks. A sentence of more than 400 bytes is cut between words.
func Sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for paragraph := range paragraphs(text) {
			for s := sentences.FromString(paragraph); s.Next(); {
				for rest := strings.TrimSpace(s.Value()); rest != ""; {
					var piece string
					piece, rest = cutSentence(rest)
					if !yield(piece) {
						return
					}
				}
			}
		}
	}
}

// paragraphs yields what lies between empty lines, each as one line.
func paragraphs(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var words []string
		for line := range strings.Lines(text) {
			fields := strings.Fields(line)
			words = append(words, fields...)
			if len(fields) == 0 && len(words) > 0 {
				if !yield(strings.Join(words, " ")) {
					return
				}
				words = words[:0]
			}
		}
		if len(words) > 0 {
			yield(strings.Join(words, " "))
		}
	}
}

// cutSentence cuts off what of a sentence is not too long.
func cutSentence(s string) (piece, rest string) {
	if len(s) <= longestSentence {
		return s, ""
	}
	at := strings.LastIndexFunc(s[:longestSentence+1], unicode.IsSpace)
	if at <= 0 { // one word, or a script without blanks
		for at = longestSentence; !utf8.RuneStart(s[at]); at-- {
		}
	}
	return s[:at], strings.TrimSpace(s[at:])
}
