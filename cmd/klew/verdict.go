package main

import (
	"math"

	"klew/topics"
)

// verdict is what has been measured so far.
type verdict struct {
	of     *topics.Model
	topics map[string][]float64 // by measure, a value for each topic
	whole  map[string]float64   // by measure, where that is not the mean over topics
	on     map[need]string      // what it was measured on
	label  []string             // the most frequent one of each topic
}

func newVerdict(m *topics.Model) *verdict {
	return &verdict{m, map[string][]float64{}, map[string]float64{}, map[need]string{theModel: "model"}, nil}
}

// model is the value of a measure for the whole model.
func (v *verdict) model(m measure) (value float64, measured bool) {
	if m.scope == topicOnly {
		return 0, false
	}
	if value, measured = v.whole[m.name]; measured {
		return value, true
	}
	values, measured := v.topics[m.name]
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
func (v *verdict) add(name string, value float64) { v.topics[name] = append(v.topics[name], value) }

// ofModel measures what needs nothing but the model.
func (v *verdict) ofModel(words int) {
	v.whole["diversity"] = v.of.Diversity(topics.DiversityWords)
	for _, d := range v.of.Diagnostics(words) {
		v.add("exclusivity", d.Exclusivity)
		v.add("tokens", d.Tokens)
		v.add("document_entropy", d.DocumentEntropy)
		v.add("word_length", d.WordLength)
		v.add("uniform_dist", d.UniformDist)
		v.add("corpus_dist", d.CorpusDist)
		v.add("eff_num_words", d.EffNumWords)
		v.add("token_doc_diff", d.TokenDocDiff)
		v.add("rank_1_docs", d.Rank1Docs)
		v.add("allocation_ratio", d.AllocationRatio)
		v.add("allocation_count", d.AllocationCount)
	}
	if v.of.Stability != nil {
		v.topics["stability"], v.on[otherFits] = v.of.Stability, "model"
	}
}

// ofLabels compares first topics with labels.
func (v *verdict) ofLabels(c *topics.Classes, field string) {
	v.on[theLabels] = field
	v.whole["nmi"] = topics.NMI(c.First, c.Label)
	v.whole["ari"] = topics.ARI(c.First, c.Label)
	v.whole["purity"] = topics.Purity(c.First, c.Label)
	names := c.Labels()
	for _, row := range c.Table(v.of.Topics()) {
		most, all := 0, 0
		for n, documents := range row {
			all += documents
			if documents > row[most] {
				most = n
			}
		}
		v.add("purity", float64(row[most])/float64(all))
		label := ""
		if all > 0 {
			label = names[most]
		}
		v.label = append(v.label, label)
	}
}
