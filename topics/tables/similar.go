package tables

import (
	"cmp"
	"slices"
	"strconv"

	"klew/topics"
)

// MainPart is the part of what topics have in all that makes a topic one of the main ones.
const MainPart = 0.1

// MainTopics are the topics that have at least a part of what all have, the largest
// first, and the largest in any case.
func MainTopics(values []float64, part float64) []int {
	var all []int
	sum, most := 0.0, 0.0
	for k, x := range values {
		sum += x
		most = max(most, x)
		if x > 0 {
			all = append(all, k)
		}
	}
	all = slices.DeleteFunc(all, func(k int) bool { return values[k] < part*sum && values[k] < most })
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return all
}

// Similar are the documents that are near to one with these proportions of topics: document,
// fields of its metadata (all if that is nil), tokens, distance, shared, the numbers of the
// main topics that both have, and their labels.
func Similar(m *topics.Model, proportions []float64, near []topics.SimilarDocument, fields []string) *Table {
	after := []Column{numberColumn("distance"), {Name: "shared", Kind: Wholes}, {Name: "labels", Kind: List, Between: "; "}}
	about := describe(m.Documents, fields, namesOf(after))
	first, labels := len(about.columns), m.Labels()
	t := tableOf("similar", append(slices.Clone(about.columns), after...), len(near), func(row []Cell, i int) {
		about.put(row, &m.Documents[near[i].Document])
		row[first] = numberCell(near[i].Distance)
		numbers, names := []string{}, []string{}
		for _, k := range shared(m, proportions, near[i].Document, nil) {
			numbers, names = append(numbers, strconv.Itoa(m.Number(k))), append(names, labels[k])
		}
		row[first+1], row[first+2] = Cell{List: numbers}, listCell(names)
	})
	return t.first(append([]string{"document", "distance", "shared", "labels"}, about.asked()...)...)
}

// shared are the main topics that a document has in common with another, and fills in the
// affinity of all, if that is not nil.
func shared(m *topics.Model, proportions []float64, document int, affinity []float64) []int {
	if affinity == nil {
		affinity = make([]float64, m.Topics())
	}
	topics.Affinity(affinity, proportions, m.Proportions(document))
	return MainTopics(affinity, MainPart)
}

// SimilarLong are the same documents in a row for each topic that is shared: document, its
// metadata, tokens, distance, topic, label, affinity, keywords. A document that shares
// nothing has a row without.
func SimilarLong(m *topics.Model, proportions []float64, near []topics.SimilarDocument, fields []string) *Table {
	after := []Column{
		numberColumn("distance"), wholeColumn("topic").lacking(), textColumn("label").lacking(),
		numberColumn("affinity").lacking(), listColumn("keywords").lacking(),
	}
	about := describe(m.Documents, fields, namesOf(after))
	columns, first := append(slices.Clone(about.columns), after...), len(about.columns)
	labels, r, words := m.Labels(), topics.NewRanker(m), make(map[int]Cell) // most neighbours share the same few topics
	t := &Table{Name: "similar_long", Columns: columns, Rows: func(yield func([]Cell) bool) {
		row, affinity := make([]Cell, len(columns)), make([]float64, m.Topics())
		for _, n := range near {
			about.put(row, &m.Documents[n.Document])
			row[first] = numberCell(n.Distance)
			for _, k := range orNone(shared(m, proportions, n.Document, affinity)) {
				row[first+1], row[first+2], row[first+3], row[first+4] = topicCell(m, k), labelCell(labels, k), none, none
				if k >= 0 {
					if _, known := words[k]; !known {
						words[k] = listCell(Keywords(r, k, KeywordsShown))
					}
					row[first+3], row[first+4] = numberCell(affinity[k]), words[k]
				}
				if !yield(row) {
					return
				}
			}
		}
	}}
	return t.first(append([]string{"document", "distance", "topic", "label", "affinity"}, about.asked()...)...)
}

// orNone is a list of topics, or one topic -1 in the place of none.
func orNone(list []int) []int {
	if len(list) == 0 {
		return []int{-1}
	}
	return list
}
