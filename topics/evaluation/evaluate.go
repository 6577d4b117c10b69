package evaluation

import (
	"context"
	"iter"
	"math"

	"klew/corpus"
	"klew/topics"
	"klew/topics/coherence"
)

// Options are what Evaluate is to look at beside the model. What is nil or empty is left
// out, and so are the measures that need it.
type Options struct {
	// Words is how many top words of a topic count; below 1 it is DefaultWords.
	Words int
	// Texts are those in which top words shall stand together. HeldOut are texts that the
	// model has not seen, and Own those that it was fitted to; half of their tokens is predicted.
	Texts, HeldOut, Own iter.Seq[corpus.Document]
	// Labels names the field of the documents' metadata with which topics are compared.
	Labels string
	// Seed is that of the random numbers that halve texts.
	Seed uint64
	// Threads to use; 0 means all processors. The result does not depend on it.
	Threads int
}

// DefaultWords is how many top words of a topic count.
const DefaultWords = 10

// Evaluation is what was measured.
type Evaluation struct {
	// Of is the model.
	Of *topics.Model
	// Classes are its documents by first topic and label, and Label says of each topic which
	// label is the most frequent one among the documents of which it is the first; nil
	// without labels.
	Classes *Classes
	Label   []string
	// Poor are the topics, by place, of which fewer than two top words are in the texts, so
	// that they have no coherence. Read is how many texts there were for coherence.
	Poor []int
	Read int
	// HeldOut and Own tell how tokens of texts were predicted; nil if they were not.
	HeldOut, Own *Completion

	topics map[string][]float64 // by measure, a value for each topic
	whole  map[string]float64   // by measure, where that is not the mean over topics
}

// Evaluate measures a model by all Measures for which there is what they need.
func Evaluate(ctx context.Context, m *topics.Model, o Options) (*Evaluation, error) {
	if o.Words < 1 {
		o.Words = DefaultWords
	}
	e := &Evaluation{Of: m, topics: map[string][]float64{}, whole: map[string]float64{}}
	e.ofModel(o.Words)
	if o.Labels != "" {
		e.ofLabels(o.Labels)
	}
	if o.Texts != nil {
		if err := e.ofTexts(ctx, o); err != nil {
			return nil, err
		}
	}
	var err error
	if e.HeldOut, err = e.completion(ctx, "", o.HeldOut, o); err != nil {
		return nil, err
	}
	if e.Own, err = e.completion(ctx, "training_", o.Own, o); err != nil {
		return nil, err
	}
	return e, nil
}

// Topics are the values of a measure for each topic, NaN where nothing can be said; nil if
// it was not measured, or is of the model alone.
func (e *Evaluation) Topics(m Measure) []float64 {
	if m.Scope == ModelOnly {
		return nil
	}
	return e.topics[m.Name]
}

// Model is the value of a measure for the whole model: its own, or the mean over the topics
// that have one.
func (e *Evaluation) Model(m Measure) (value float64, measured bool) {
	if m.Scope == TopicOnly {
		return 0, false
	}
	if value, measured = e.whole[m.Name]; measured {
		return value, true
	}
	values, measured := e.topics[m.Name]
	return mean(values), measured
}

// mean is that of the numbers among values.
func mean(values []float64) float64 {
	sum, n := 0.0, 0
	for _, x := range values {
		if !math.IsNaN(x) {
			sum += x
			n++
		}
	}
	return sum / float64(n)
}

// add keeps a topic's value of a measure.
func (e *Evaluation) add(name string, value float64) {
	e.topics[name] = append(e.topics[name], value)
}

// ofModel measures what needs nothing but the model.
func (e *Evaluation) ofModel(words int) {
	e.whole["diversity"] = Diversity(e.Of.TopWords(DiversityWords))
	for _, d := range Diagnose(e.Of, e.Of.TopWords(words)) {
		e.add("exclusivity", d.Exclusivity)
		e.add("tokens", d.Tokens)
		e.add("document_entropy", d.DocumentEntropy)
		e.add("word_length", d.WordLength)
		e.add("uniform_dist", d.UniformDist)
		e.add("corpus_dist", d.CorpusDist)
		e.add("eff_num_words", d.EffNumWords)
		e.add("token_doc_diff", d.TokenDocDiff)
		e.add("rank_1_docs", d.Rank1Docs)
		e.add("allocation_ratio", d.AllocationRatio)
		e.add("allocation_count", d.AllocationCount)
	}
	if e.Of.Stability != nil {
		e.topics["stability"] = e.Of.Stability
	}
}

// ofLabels compares first topics with labels.
func (e *Evaluation) ofLabels(field string) {
	c := Classify(e.Of, field)
	e.Classes = c
	e.whole["nmi"] = NMI(c.First, c.Label)
	e.whole["ari"] = ARI(c.First, c.Label)
	e.whole["purity"] = Purity(c.First, c.Label)
	names := c.Labels()
	for _, row := range c.Table(e.Of.Topics()) {
		most, all, label := 0, 0, ""
		for n, documents := range row {
			all += documents
			if documents > row[most] {
				most = n
			}
		}
		purity := math.NaN()
		if all > 0 {
			purity, label = float64(row[most])/float64(all), names[most]
		}
		e.add("purity", purity)
		e.Label = append(e.Label, label)
	}
}

// ofTexts measures whether the top words stand together in texts.
func (e *Evaluation) ofTexts(ctx context.Context, o Options) error {
	cutting := e.Of.Origin.Counting
	cutting.Threads = o.Threads
	c, err := CountTogether(ctx, e.Of.Vocabulary, cutting, o.Texts, e.Of.TopWords(o.Words))
	if err != nil {
		return err
	}
	if e.Read = c.Documents(); e.Read == 0 {
		return nil
	}
	for k := range e.Of.Topics() {
		known := c.Known(k) >= 2
		if !known {
			e.Poor = append(e.Poor, k)
		}
		for _, m := range coherence.Measures {
			e.add(string(m), ifKnown(known, func() float64 { return c.Topic(m, k) }))
		}
		e.add("coherence", ifKnown(known, func() float64 { return c.Mallet(k) }))
	}
	return nil
}

func ifKnown(known bool, value func() float64) float64 {
	if !known {
		return math.NaN()
	}
	return value()
}

// completion measures how well the model predicts tokens of documents.
func (e *Evaluation) completion(ctx context.Context, prefix string, documents iter.Seq[corpus.Document], o Options) (*Completion, error) {
	if documents == nil {
		return nil, nil
	}
	c, err := Complete(ctx, e.Of, documents, o.Seed, o.Threads)
	if err != nil {
		return nil, err
	}
	e.whole[prefix+"perplexity"], e.whole[prefix+"kl"] = c.Perplexity, c.KL
	return c, nil
}
