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

// Spread returns how topic k is spread over each field that has from 2 to MostValues
// values, and any in a tenth of the documents. Those without it count as with an empty one.
func (m *Model) Spread(k int) []FieldSpread {
	var all []FieldSpread
	for _, name := range m.fewValued() {
		if values := m.spreadOver(k, name); len(values) > 1 {
			all = append(all, FieldSpread{name, values})
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

// spreadOver is a topic's spread over a field.
func (m *Model) spreadOver(k int, field string) []ValueSpread {
	var values []ValueSpread
	var mass []float64 // of all topics
	at, total := map[string]int{}, 0.0
	for j, d := range m.Documents {
		value := corpus.Value(d.Meta, field)
		i, known := at[value]
		if !known {
			i = len(values)
			at[value] = i
			values = append(values, ValueSpread{Value: value})
			mass = append(mass, 0)
		}
		v, weights := &values[i], m.Weights(j)
		v.Documents++
		if m.First(j) == k {
			v.First++
		}
		v.OfTopic += weights[k]
		total += weights[k]
		for _, x := range weights {
			mass[i] += x
		}
	}
	for i := range values {
		values[i].Share = part(values[i].OfTopic, mass[i])
		values[i].OfTopic = part(values[i].OfTopic, total)
	}
	slices.SortStableFunc(values, func(a, b ValueSpread) int {
		return cmp.Compare(fiveDigits(float32(b.OfTopic)), fiveDigits(float32(a.OfTopic)))
	})
	return values
}

// part is x of a whole, or 0 of nothing.
func part(x, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return x / whole
}
