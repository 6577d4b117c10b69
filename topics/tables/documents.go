package tables

import (
	"cmp"
	"slices"
	"strconv"

	"klew/topics"
)

// DocumentOptions say what is shown of the topics of documents.
type DocumentOptions struct {
	// Labels are the names of the columns of topics, in the place of topic_1 to topic_k; nil
	// for these.
	Labels []string
	// Weights shows the weights of topics, the column of H, in the place of proportions.
	Weights bool
	// Only are the topics to show; nil for all.
	Only []int
	// Fields are those of the metadata to show; nil for all.
	Fields []string
	// Known adds the share of a document's tokens that the vocabulary holds.
	Known bool
	// Top leaves out all but so many topics of a document, the largest; 0 leaves out none.
	Top int
	// Threshold leaves out topics of a smaller proportion.
	Threshold float64
}

// of has all topics of a model where none are named.
func (o DocumentOptions) of(m *topics.Model) DocumentOptions {
	if o.Only == nil {
		o.Only = allTopics(m)
	}
	return o
}

// topicColumns are the columns of topics: topic_1 to topic_k.
func (o *DocumentOptions) topicColumns(m *topics.Model) []Column {
	columns := make([]Column, len(o.Only))
	for i, k := range o.Only {
		if o.Labels != nil {
			columns[i] = numberColumn(o.Labels[k])
		} else {
			columns[i] = numberColumn("topic_" + strconv.Itoa(m.Number(k)))
		}
		columns[i].Lacking = o.Top > 0 || o.Threshold > 0
	}
	return columns
}

// value is the name of what is shown of a topic.
func (o *DocumentOptions) value() string {
	if o.Weights {
		return "weight"
	}
	return "proportion"
}

// first are the columns of one topic of a document.
func (o *DocumentOptions) first() []Column {
	return []Column{wholeColumn("topic").lacking(), textColumn("label").lacking(), numberColumn(o.value()).lacking()}
}

// before are the columns before the topics.
func (o *DocumentOptions) before(d *topics.DocumentTopics, ours []Column) (*described, []Column) {
	names := namesOf(ours)
	if o.Known {
		names = append(names, "known")
	}
	about := describe(d.Documents, o.Fields, names)
	columns := slices.Clone(about.columns)
	if o.Known {
		columns = append(columns, numberColumn("known"))
	}
	return about, columns
}

// mix reads documents one after another.
type mix struct {
	of *topics.DocumentTopics
	DocumentOptions
	about       *described
	proportions []float64
	values      []float64
	chosen      []int
}

func newMix(d *topics.DocumentTopics, o DocumentOptions, about *described) *mix {
	x := &mix{of: d, DocumentOptions: o, about: about, proportions: make([]float64, d.H.Topics())}
	if x.values = x.proportions; o.Weights {
		x.values = make([]float64, d.H.Topics())
	}
	return x
}

// read fills in what comes before the topics of document j, and finds those to show.
func (x *mix) read(row []Cell, j int) {
	document := &x.of.Documents[j]
	x.about.put(row, document)
	if x.Known {
		row[len(x.about.columns)] = numberCell(document.Known())
	}
	weights := x.of.H.Item(j)
	topics.PutProportions(x.proportions, weights)
	if x.Weights {
		for k, w := range weights {
			x.values[k] = float64(w)
		}
	}
	x.choose()
}

// choose finds the topics to show: all in order, or if only some are wanted those that are
// not 0, the largest first.
func (x *mix) choose() {
	x.chosen = x.chosen[:0]
	for _, k := range x.Only {
		if p := x.proportions[k]; p >= x.Threshold && (p > 0 || x.Top == 0) {
			x.chosen = append(x.chosen, k)
		}
	}
	if x.Top > 0 {
		slices.SortStableFunc(x.chosen, func(a, b int) int { return cmp.Compare(x.proportions[b], x.proportions[a]) })
		x.chosen = x.chosen[:min(x.Top, len(x.chosen))]
	}
}

// Documents are documents with the topics of a model: document, its metadata, tokens, and
// topic_1 to topic_k.
func Documents(m *topics.Model, d *topics.DocumentTopics, o DocumentOptions) *Table {
	o = o.of(m)
	ofTopics, at := o.topicColumns(m), make([]int, m.Topics())
	about, columns := o.before(d, ofTopics)
	for i, k := range o.Only {
		at[k] = len(columns) + i
	}
	first := len(columns)
	columns = append(columns, ofTopics...)
	return &Table{Name: documentsName, Columns: columns, ForEye: brief(m, d, o), Rows: func(yield func([]Cell) bool) {
		x, row := newMix(d, o, about), make([]Cell, len(columns))
		for j := range d.Documents {
			x.read(row, j)
			for k := range ofTopics {
				row[first+k] = none
			}
			for _, k := range x.chosen {
				row[at[k]] = numberCell(x.values[k])
			}
			if !yield(row) {
				return
			}
		}
	}}
}

// DocumentsLong is a row for each document and topic that is shown: document, its metadata,
// tokens, topic, label, proportion or weight. A document of which no topic is shown has a
// row without.
func DocumentsLong(m *topics.Model, d *topics.DocumentTopics, o DocumentOptions) *Table {
	o = o.of(m)
	after := o.first()
	about, columns := o.before(d, after)
	first := len(columns)
	columns = append(columns, after...)
	labels := m.Labels()
	t := &Table{Name: "document_list", Columns: columns, Rows: func(yield func([]Cell) bool) {
		x, row := newMix(d, o, about), make([]Cell, len(columns))
		for j := range d.Documents {
			x.read(row, j)
			for _, k := range orNone(x.chosen) {
				row[first], row[first+1], row[first+2] = topicCell(m, k), labelCell(labels, k), none
				if k >= 0 {
					row[first+2] = numberCell(x.values[k])
				}
				if !yield(row) {
					return
				}
			}
		}
	}}
	return t.first(append([]string{"document", "topic", "label", o.value(), "known"}, about.asked()...)...)
}

// brief is a row for each document with its largest topic first, for the eye: document, topic,
// label, proportion or weight, known, the fields that were asked for, and as far as there is
// room the rest of the metadata, tokens, and others: the other topics with their proportions,
// the largest first.
func brief(m *topics.Model, d *topics.DocumentTopics, o DocumentOptions) *Table {
	others := Column{Name: "others", Kind: List, Between: ", "}
	after := o.first()
	about, columns := o.before(d, append(after, others))
	columns = append(append(columns, after...), others)
	n := len(columns) - 1
	t := &Table{Name: documentsName, Columns: columns, Rows: func(yield func([]Cell) bool) {
		x, labels, row := newMix(d, o, about), m.Labels(), make([]Cell, len(columns))
		x.Top = cmp.Or(o.Top, m.Topics())
		for j := range d.Documents {
			x.read(row, j)
			first := orNone(x.chosen)
			row[n-3], row[n-2], row[n-1] = topicCell(m, first[0]), labelCell(labels, first[0]), none
			if first[0] >= 0 {
				row[n-1] = numberCell(x.values[first[0]])
			}
			row[n] = Cell{List: x.written(m, first[1:])}
			if !yield(row) {
				return
			}
		}
	}}
	return t.ordered(append([]string{"document", "topic", "label", o.value(), "known"}, about.asked()...))
}

// written are topics with their values.
func (x *mix) written(m *topics.Model, chosen []int) []string {
	var all []string
	for _, k := range chosen {
		if text := strconv.FormatFloat(x.values[k], 'f', 2, 64); text != "0.00" {
			all = append(all, strconv.Itoa(m.Number(k))+" "+text)
		}
	}
	return all
}

// DocumentTopics is a row for each weight of H that is not 0: document, topic, label,
// proportion, weight.
func DocumentTopics(m *topics.Model) *Table {
	columns := []Column{
		identifierColumn("document"), wholeColumn("topic"), textColumn("label"), numberColumn("proportion"), numberColumn("weight"),
	}
	labels := m.Labels()
	return &Table{Name: documentTopicsName, Columns: columns, Rows: func(yield func([]Cell) bool) {
		shares, row := make([]float64, m.Topics()), make([]Cell, len(columns))
		for j := range m.Documents {
			row[0] = textCell(m.Documents[j].ID)
			topics.PutProportions(shares, m.H.Item(j))
			for k, x := range m.H.Item(j) {
				if x == 0 {
					continue
				}
				row[1], row[2] = topicCell(m, k), labelCell(labels, k)
				row[3], row[4] = numberCell(shares[k]), numberCell(float64(x))
				if !yield(row) {
					return
				}
			}
		}
	}}
}
