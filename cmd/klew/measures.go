package main

import (
	"fmt"
	"slices"
	"strings"
)

// measure is a number that evaluate prints.
type measure struct {
	name   string
	better string // which values are: higher, lower, or "" if neither
	needs  need
	scope  scope
	what   string // for the help, in lines
}

// need is what a measure is computed from.
type need int

const (
	theModel need = iota
	theTexts      // the model's own, or those of --reference
	heldOut       // those of --held-out
	training      // the model's own, with --on-training
	labels
	stability
)

// scope is what a measure is about.
type scope int

const (
	topicAndMean scope = iota // each topic; of the model there is the mean
	topicOnly
	modelOnly
)

const (
	higher = "higher"
	lower  = "lower"
)

// measures are all there are, in the order of the output.
var measures = []measure{
	{"u_mass", higher, theTexts, topicAndMean, `mean over pairs of top words of log (P(a, b) + ε) / P(b), b the
weightier one, P the share of documents (Mimno et al. 2011)`},
	{"c_uci", higher, theTexts, topicAndMean, `mean pointwise mutual information of pairs of top words,
log (P(a, b) + ε) / (P(a) P(b)), P the share of windows of 10 tokens
(Newman et al. 2010)`},
	{"c_npmi", higher, theTexts, topicAndMean, `the same with each pair divided by -log (P(a, b) + ε): from -1, never
together, to 1, always (Bouma 2009; Aletras & Stevenson 2013)`},
	{"c_v", higher, theTexts, topicAndMean, `mean cosine of the vector of a top word's NPMI with all top words
and the sum of these vectors, in windows of 110 tokens (Röder et al. 2015)`},
	{"coherence", higher, theTexts, topicAndMean, `MALLET's: the sum over pairs of log (D(a, b) + β) / (D(b) + β), b the
weightier, D the number of documents, β = 0.01`},
	{"diversity", higher, theModel, modelOnly, `share of distinct words in the top 25 of all topics (Dieng et al. 2020)`},
	{"exclusivity", higher, theModel, topicAndMean, `mean over top words of p(word | topic), through its sum over all topics`},
	{"tokens", "", theModel, topicOnly, `expected number of tokens of the topic`},
	{"document_entropy", "", theModel, topicAndMean, `entropy in nats of where the topic is, p(document | topic): low if
few documents have most of it`},
	{"word_length", higher, theModel, topicAndMean, `mean number of characters of the top words`},
	{"uniform_dist", higher, theModel, topicAndMean, `Kullback-Leibler divergence in nats of the topic from the uniform
distribution over the vocabulary: high if it is specific`},
	{"corpus_dist", higher, theModel, topicAndMean, `the same from the corpus: low if the topic is like all texts`},
	{"eff_num_words", lower, theModel, topicAndMean, `effective number of words, 1 / Σ p(word | topic)²`},
	{"token_doc_diff", lower, theModel, topicAndMean, `Jensen-Shannon divergence in nats between top words by tokens and by
documents: high if a word is frequent in few documents`},
	{"rank_1_docs", higher, theModel, topicAndMean, `share of the documents with the topic of which it is the first; with
it are those that have at least half a token of it`},
	{"allocation_ratio", higher, theModel, topicAndMean, `documents of which the topic has at least half, through those of which
it has at least 2 %`},
	{"allocation_count", higher, theModel, topicAndMean, `share of the documents with the topic of which it has at least 30 %`},
	{"stability", higher, stability, topicAndMean, `how far other fits have found the topic too, from 0 to 1, if the model
knows`},
	{"perplexity", lower, heldOut, modelOnly, `with --held-out: exp of the mean -log p of a token in one half of each
document, predicted from the other half (document completion, Asuncion
et al. 2009); as if chosen from so many terms that are equally likely`},
	{"kl", lower, heldOut, modelOnly, `the same as a divergence from what the halves are, in nats a token`},
	{"training_perplexity", lower, training, modelOnly, `with --on-training: perplexity on the model's own texts. They are not
held out: the topics were fitted to both halves`},
	{"training_kl", lower, training, modelOnly, `kl on them`},
	{"nmi", higher, labels, modelOnly, `normalised mutual information of each document's first topic and its
label, from 0 to 1 (arithmetic mean, as in scikit-learn)`},
	{"ari", higher, labels, modelOnly, `adjusted Rand index of the two: about 0 by chance, 1 if they agree
(Hubert & Arabie 1985)`},
	{"purity", higher, labels, topicAndMean, `share of the documents whose label is the most frequent one among
those with the same first topic; of the model that of all documents,
and no mean over topics`},
}

// measuresHelp lists them with their definitions.
func measuresHelp() string {
	var b strings.Builder
	for _, m := range measures {
		direction := m.better
		if direction == "" {
			direction = "neither"
		}
		fmt.Fprintf(&b, "  %s (%s)\n", m.name, direction)
		for line := range strings.Lines(m.what) {
			fmt.Fprintf(&b, "      %s\n", strings.TrimSuffix(line, "\n"))
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// chosen are the measures with these names, or all if there is none.
func chosen(names []string) ([]measure, error) {
	if len(names) == 0 {
		return measures, nil
	}
	var all []measure
	for _, m := range measures {
		if slices.Contains(names, m.name) {
			all = append(all, m)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(measures, func(m measure) bool { return m.name == name }) {
			var known []string
			for _, m := range measures {
				known = append(known, m.name)
			}
			return nil, fmt.Errorf("--measure %q: must be one of %s", name, strings.Join(known, ", "))
		}
	}
	return all, nil
}
