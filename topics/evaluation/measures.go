package evaluation

import ()

// Measure is a number that says how good a model is, or a topic.
type Measure struct {
	Name string
	// Better is Higher or Lower, as values are, or empty if neither is.
	Better string
	Needs  Need
	Scope  Scope
	// What defines it, in lines of up to 80 characters.
	What string
}

const (
	Higher = "higher"
	Lower  = "lower"
)

// Need is what a measure is computed from.
type Need int

const (
	TheModel     Need = iota
	TheTexts          // for coherence
	HeldOutTexts      // that the model has not seen
	OwnTexts          // that it was fitted to
	TheLabels         // of its documents
	OtherFits         // to halves of the documents
)

// Scope is what a measure is about.
type Scope int

const (
	TopicAndMean Scope = iota // each topic; the model has the mean over topics
	TopicOnly
	ModelOnly
)

// Measures are all there are, those of one kind together.
var Measures = []Measure{
	{"u_mass", Higher, TheTexts, TopicAndMean, `mean over pairs of top words of log (P(a, b) + ε) / P(b), b the
weightier one, P the share of documents (Mimno et al. 2011)`},
	{"c_uci", Higher, TheTexts, TopicAndMean, `mean pointwise mutual information of pairs of top words,
log (P(a, b) + ε) / (P(a) P(b)), P the share of windows of 10 tokens
(Newman et al. 2010)`},
	{"c_npmi", Higher, TheTexts, TopicAndMean, `the same with each pair divided by -log (P(a, b) + ε): from -1, never
together, to 1, always (Bouma 2009; Aletras & Stevenson 2013)`},
	{"c_v", Higher, TheTexts, TopicAndMean, `mean cosine of the vector of a top word's NPMI with all top words
and the sum of these vectors, in windows of 110 tokens (Röder et al. 2015)`},
	{"coherence", Higher, TheTexts, TopicAndMean, `MALLET's: the sum over pairs of log (D(a, b) + β) / (D(b) + β), b the
weightier, D the number of documents, β = 0.01`},
	{"diversity", Higher, TheModel, ModelOnly, `share of distinct words in the top 25 of all topics (Dieng et al. 2020)`},
	{"exclusivity", Higher, TheModel, TopicAndMean, `mean over top words of p(word | topic), through its sum over all topics`},
	{"tokens", "", TheModel, TopicOnly, `expected number of tokens of the topic`},
	{"document_entropy", "", TheModel, TopicAndMean, `entropy in nats of where the topic is, p(document | topic): low if
few documents have most of it`},
	{"word_length", Higher, TheModel, TopicAndMean, `mean number of characters of the top words`},
	{"uniform_dist", Higher, TheModel, TopicAndMean, `Kullback-Leibler divergence in nats of the topic from the uniform
distribution over the vocabulary: high if it is specific`},
	{"corpus_dist", Higher, TheModel, TopicAndMean, `the same from the corpus: low if the topic is like all texts`},
	{"eff_num_words", Lower, TheModel, TopicAndMean, `effective number of words, 1 / Σ p(word | topic)²`},
	{"token_doc_diff", Lower, TheModel, TopicAndMean, `Jensen-Shannon divergence in nats between top words by tokens and by
documents: high if a word is frequent in few documents`},
	{"rank_1_docs", Higher, TheModel, TopicAndMean, `share of the documents with the topic of which it is the first; with
it are those that have at least half a token of it`},
	{"allocation_ratio", Higher, TheModel, TopicAndMean, `documents of which the topic has at least half, through those of which
it has at least 2 %`},
	{"allocation_count", Higher, TheModel, TopicAndMean, `share of the documents with the topic of which it has at least 30 %`},
	{"stability", Higher, OtherFits, TopicAndMean, `how far fits to halves of the documents have found the topic too, from
0 to 1, if the model was made with such fits`},
	{"perplexity", Lower, HeldOutTexts, ModelOnly, `of held-out texts: exp of the mean -log p of a token in one half of each
document, predicted from the other half and the corpus (document completion,
Asuncion et al. 2009); as if chosen from so many terms that are equally likely`},
	{"kl", Lower, HeldOutTexts, ModelOnly, `the same as a divergence from what the tokens are, in nats a token`},
	{"training_perplexity", Lower, OwnTexts, ModelOnly, `perplexity on the model's own texts. They are not held out: the topics
were fitted to them`},
	{"training_kl", Lower, OwnTexts, ModelOnly, `kl on them`},
	{"nmi", Higher, TheLabels, ModelOnly, `normalised mutual information of each document's first topic and its
label, from 0 to 1 (arithmetic mean, as in scikit-learn)`},
	{"ari", Higher, TheLabels, ModelOnly, `adjusted Rand index of the two: about 0 by chance, 1 if they agree
(Hubert & Arabie 1985)`},
	{"purity", Higher, TheLabels, TopicAndMean, `share of the documents whose label is the most frequent one among
those with the same first topic; of the model that of all documents,
and no mean over topics`},
}
