package topics

import (
	"cmp"
	"slices"

	"klew/corpus"
)

// MostValues is the largest number of values that a field of the metadata may have for a
// topic to be spread over it. What has more names documents and not kinds of them.
const MostValues = 50

// FieldSpread is how a topic is spread over the values of a field.
type FieldSpread struct {
	Field string
	// Values has those of the largest part of the topic first.
	Values []ValueSpread
}

// ValueSpread is what documents with one value of a field have of a topic.
type ValueSpread struct {
	Value string
	// Documents is the number of documents with this value, and First of how many of
	// them the topic is the first.
	Documents, First int
	// OfTopic is the part of the topic that lies in them, and Share the topic's part
	// of them: the one says where the topic is, the other what they are about.
	OfTopic, Share float64
}

// fewOf is the part of the documents that must have a field for a spread over it to say
// anything of the topic.
const fewOf = 0.1

// Spreads returns for each topic how it is spread over each field that has from 2 to MostValues
// values, and any in a tenth of the documents. Those without it count as with an empty one.
func (m *Model) Spreads() [][]FieldSpread {
	return remembered(&m.DocumentTopics, spreadsKey{}, m.spreads)
}

func (m *Model) spreads() [][]FieldSpread {
	all := make([][]FieldSpread, m.Topics())
	for _, name := range m.fewValued() {
		f := m.spreadOver(name)
		if len(f.values) < 2 {
			continue
		}
		for k := range all {
			all[k] = append(all[k], FieldSpread{name, f.of(k)})
		}
	}
	return all
}

// fewValued names the fields that have few values and are not empty mostly, in the order in
// which they first occur.
func (m *Model) fewValued() []string {
	type use struct {
		values    map[string]bool
		documents int // in which it is not empty
	}
	var names []string
	uses := map[string]*use{}
	for _, d := range m.Documents {
		for _, f := range d.Meta {
			u := uses[f.Name]
			if u == nil {
				u = &use{values: map[string]bool{}}
				uses[f.Name] = u
				names = append(names, f.Name)
			}
			if len(u.values) <= MostValues {
				u.values[f.Value] = true
			}
			if f.Value != "" {
				u.documents++
			}
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		u := uses[name]
		return len(u.values) > MostValues || float64(u.documents) < fewOf*float64(len(m.Documents))
	})
}

// fieldWeights is what documents have of the topics, by the value of a field.
type fieldWeights struct {
	values    []string
	documents []int
	first     [][]int     // by value and topic: of how many it is the first
	weights   [][]float64 // by value and topic
	all       []float64   // of all topics, by value
	total     []float64   // of all values, by topic
}

// spreadOver adds up what documents with each value of a field have.
func (m *Model) spreadOver(field string) *fieldWeights {
	f, at := &fieldWeights{total: make([]float64, m.Topics())}, map[string]int{}
	for j, d := range m.Documents {
		value := corpus.Value(d.Meta, field)
		i, known := at[value]
		if !known {
			i = len(f.values)
			at[value] = i
			f.values, f.documents, f.all = append(f.values, value), append(f.documents, 0), append(f.all, 0)
			f.first, f.weights = append(f.first, make([]int, m.Topics())), append(f.weights, make([]float64, m.Topics()))
		}
		f.documents[i]++
		if first := m.First(j); first >= 0 {
			f.first[i][first]++
		}
		for k, x := range m.Weights(j) {
			f.weights[i][k] += x
			f.total[k] += x
			f.all[i] += x
		}
	}
	return f
}

// of is what a topic has.
func (f *fieldWeights) of(k int) []ValueSpread {
	var values []ValueSpread
	for i, value := range f.values {
		x := f.weights[i][k]
		values = append(values, ValueSpread{value, f.documents[i], f.first[i][k], partOf(x, f.total[k]), partOf(x, f.all[i])})
	}
	slices.SortStableFunc(values, func(a, b ValueSpread) int {
		return cmp.Compare(fiveDigits(float32(b.OfTopic)), fiveDigits(float32(a.OfTopic)))
	})
	return values
}

// partOf is x of a whole, or 0 of nothing.
func partOf(x, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return x / whole
}
