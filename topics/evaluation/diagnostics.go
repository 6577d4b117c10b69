package evaluation

import (
	"math"
	"slices"
	"unicode/utf8"

	"klew/topics"
)

// Diagnostics are MALLET's of one topic (mallet.cs.umass.edu/diagnostics.php, and Mimno et
// al. 2011), computed from W and H. MALLET counts the tokens that a Gibbs sample gave to
// the topic; here stands what a document is expected to have of it,
//
//	n(k, j) = p(k | j) · tokens of document j
//
// with p(k | j) the document's proportions, and φ = p(term | topic), the column of W. A
// document has the topic if it has at least half a token of it. N(k) is the sum of n(k, j)
// over all documents, and the top words are those that Diagnose is given.
//
// What else differs: MALLET smooths proportions and exclusivity by its priors, which there
// are none of here; for TokenDocDiff (and coherence, see coherence.Counter.Mallet) its
// program counts a document only if the word is of the topic there, while its
// documentation, and this, count each document that has the word; and a topic of fewer
// words than asked for is averaged over those it has. A number for which there is nothing
// to divide by is NaN.
type Diagnostics struct {
	// Tokens is N(k): the size of the topic. Very small topics are not to be relied on,
	// very large ones are often of words that are everywhere.
	Tokens float64
	// DocumentEntropy is −Σ p log p over documents, p = n(k, j) / N(k), in nats: low if a
	// few documents have most of the topic.
	DocumentEntropy float64
	// WordLength is the mean number of characters of the top words, as they are shown.
	WordLength float64
	// UniformDist is the Kullback-Leibler divergence of φ from the uniform distribution
	// over the vocabulary, in nats: Σ φ log(φ V) for V terms. High: a specific topic.
	UniformDist float64
	// CorpusDist is that of φ from the corpus: Σ φ log(φ / q), with q a term's part of all
	// tokens. Low: a topic that is like all texts.
	CorpusDist float64
	// EffNumWords is the effective number of words, 1 / Σ φ²: as many equally likely words
	// would give as much of a choice.
	EffNumWords float64
	// TokenDocDiff is the Jensen-Shannon divergence, in nats, of two distributions over the
	// top words: by φ, and by the number of documents that have the word. High: a word
	// that is frequent in few documents, as names are.
	TokenDocDiff float64
	// Rank1Docs is the share of the documents with the topic of which it is the first.
	Rank1Docs float64
	// AllocationRatio is the number of documents of which the topic has at least half,
	// through that of those of which it has at least 2 %.
	AllocationRatio float64
	// AllocationCount is the share of the documents with the topic of which it has at
	// least 30 %.
	AllocationCount float64
	// Exclusivity is the mean over the top words of φ(k) / Σ φ(l) over all topics l: 1 if
	// no other topic has them, 1/k if all have them alike.
	Exclusivity float64
}

// Diagnose returns the diagnostics of each topic, whose top words are given by their rows.
// MALLET takes the most probable ones (topics.MostProbable).
func Diagnose(m *topics.Model, words [][]int32) []Diagnostics {
	all := make([]Diagnostics, m.Topics())
	diagnoseDocuments(m, all)
	diagnoseTerms(m, all)
	for k, rows := range words {
		diagnoseTop(m, &all[k], k, rows)
	}
	return all
}

// expected fills tokens with n(k, j), and p with the proportions, of document j.
func expected(m *topics.Model, j int) (tokens, p []float64) {
	p = m.Proportions(j)
	tokens = make([]float64, len(p))
	for k, share := range p {
		tokens[k] = share * float64(m.Documents[j].Tokens)
	}
	return tokens, p
}

// hasTopic is the least number of expected tokens with which a document has a topic: it
// rounds to one, which is what a Gibbs sample would have at least.
const hasTopic = 0.5

// diagnoseDocuments looks at the topics' part of each document.
func diagnoseDocuments(m *topics.Model, all []Diagnostics) {
	type tally struct{ logs, has, first, least2, least30, least50 float64 }
	tallies := make([]tally, len(all))
	for j := range m.Documents {
		tokens, p := expected(m, j)
		for k, n := range tokens {
			t := &tallies[k]
			all[k].Tokens += n
			if n > 0 {
				t.logs += n * math.Log(n)
			}
			t.has += one(n >= hasTopic)
			t.least2 += one(n > 0 && p[k] >= 0.02)
			t.least30 += one(n > 0 && p[k] >= 0.3)
			t.least50 += one(n > 0 && p[k] >= 0.5)
		}
		if k := m.First(j); k >= 0 && tokens[k] >= hasTopic {
			tallies[k].first++
		}
	}
	for k := range all {
		d, t := &all[k], &tallies[k]
		d.DocumentEntropy = math.Log(d.Tokens) - t.logs/d.Tokens
		d.Rank1Docs = t.first / t.has
		d.AllocationRatio = t.least50 / t.least2
		d.AllocationCount = t.least30 / t.has
	}
}

func one(counts bool) float64 {
	if counts {
		return 1
	}
	return 0
}

// diagnoseTerms looks at the topics' distributions over all terms.
func diagnoseTerms(m *topics.Model, all []Diagnostics) {
	tokens := 0.0
	for _, t := range m.Vocabulary.Terms {
		tokens += float64(t.Count)
	}
	squares := make([]float64, len(all))
	for i, t := range m.Vocabulary.Terms {
		for k, weight := range m.W.Item(i) {
			if phi := float64(weight); phi > 0 {
				all[k].UniformDist += phi * math.Log(phi*float64(m.W.Items()))
				all[k].CorpusDist += phi * math.Log(phi*tokens/float64(t.Count))
				squares[k] += phi * phi
			}
		}
	}
	for k := range all {
		if squares[k] == 0 { // an empty topic is no distribution
			all[k].UniformDist, all[k].CorpusDist, squares[k] = math.NaN(), math.NaN(), math.NaN()
		}
		all[k].EffNumWords = 1 / squares[k]
	}
}

// diagnoseTop looks at a topic's top words.
func diagnoseTop(m *topics.Model, d *Diagnostics, k int, rows []int32) {
	byTokens, byDocuments := make([]float64, len(rows)), make([]float64, len(rows))
	for n, row := range rows {
		term := &m.Vocabulary.Terms[row]
		item := m.W.Item(int(row))
		byTokens[n], byDocuments[n] = float64(item[k]), float64(term.DF)
		d.WordLength += float64(utf8.RuneCountInString(term.Shown()))
		all := 0.0
		for _, x := range item {
			all += float64(x)
		}
		d.Exclusivity += byTokens[n] / all
	}
	d.WordLength /= float64(len(rows))
	d.Exclusivity /= float64(len(rows))
	d.TokenDocDiff = jensenShannon(topics.Proportions(byTokens), topics.Proportions(byDocuments))
	if len(rows) == 0 {
		d.TokenDocDiff = math.NaN()
	}
}

// jensenShannon is the divergence of two distributions, in nats: at most log 2.
func jensenShannon(p, q []float64) float64 {
	d := 0.0
	for i := range p {
		middle := (p[i] + q[i]) / 2
		for _, x := range []float64{p[i], q[i]} {
			if x > 0 {
				d += x / 2 * math.Log(x/middle)
			}
		}
	}
	return d
}

// DiversityWords is the number of top words of which Diversity was defined.
const DiversityWords = 25

// Diversity is the share of distinct words among the top words of all topics (Dieng, Ruiz &
// Blei 2020, who took DiversityWords of each): 1 if no two topics have one in common, NaN
// without words.
func Diversity(words [][]int32) float64 {
	all := slices.Concat(words...)
	n := len(all)
	slices.Sort(all)
	return float64(len(slices.Compact(all))) / float64(n)
}
