package tables

import (
	"strings"

	"klew/topics"
	"klew/topics/evaluation"
)

// Measured is a measure of a model: its value, NaN if there is nothing to measure; which
// values are better, higher, lower or neither (""); and what it was measured on.
type Measured struct {
	Name   string
	Value  float64
	Better string
	On     string
}

// Measures are a row for each: measure, value, better, on.
func Measures(all []Measured) *Table {
	columns := []Column{textColumn("measure"), numberColumn("value").lacking(), textColumn("better"), textColumn("on")}
	return tableOf("measures", columns, len(all), func(row []Cell, i int) {
		m := &all[i]
		row[0], row[1], row[2], row[3] = textCell(m.Name), numberCell(m.Value), textCell(m.Better), textCell(m.On)
	})
}

// ModelMeasures are those of measures that were taken of a model, and lacking the others. on
// tells what those of a need were measured on.
func ModelMeasures(v *evaluation.Evaluation, measures []evaluation.Measure, on map[evaluation.Need]string) (t *Table, lacking []evaluation.Measure) {
	var all []Measured
	for _, m := range measures {
		if value, measured := v.Model(m); measured {
			all = append(all, Measured{Name: m.Name, Value: value, Better: m.Better, On: on[m.Needs]})
		} else {
			lacking = append(lacking, m)
		}
	}
	return Measures(all), lacking
}

// TopicMeasures are those of measures that were taken of each topic, and lacking the others.
func TopicMeasures(v *evaluation.Evaluation, measures []evaluation.Measure) (t *Table, lacking []evaluation.Measure) {
	var all []TopicMeasure
	for _, m := range measures {
		if values := v.Topics(m); values != nil {
			all = append(all, TopicMeasure{Name: m.Name, Values: values})
		} else {
			lacking = append(lacking, m)
		}
	}
	return MeasuresByTopic(v.Of, all, v.Label), lacking
}

// TopicMeasure is a measure of topics, with a value for each, NaN where there is nothing to
// measure.
type TopicMeasure struct {
	Name   string
	Values []float64
}

// MeasuresByTopic are a row for each topic: topic, label, the measures, most_frequent (the most
// frequent true label of the documents of which the topic is the first, if labels is not nil),
// keywords.
func MeasuresByTopic(m *topics.Model, measures []TopicMeasure, labels []string) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("label")}
	for _, x := range measures {
		columns = append(columns, numberColumn(x.Name).lacking())
	}
	if labels != nil {
		columns = append(columns, textColumn("most_frequent"))
	}
	columns = append(columns, listColumn("keywords"))
	r, names := topics.NewRanker(m), m.Labels()
	t := tableOf("measures_by_topic", columns, m.Topics(), func(row []Cell, k int) {
		cells := append(row[:0], topicCell(m, k), textCell(names[k]))
		for _, x := range measures {
			cells = append(cells, numberCell(x.Values[k]))
		}
		if labels != nil {
			cells = append(cells, textCell(labels[k]))
		}
		_ = append(cells, listCell(Keywords(r, k, 3)))
	})
	return t.first("topic", "label", "most_frequent")
}

// Classes are how many documents of each true label have a topic as their first: topic, label
// (of the topic), and a column for each true label.
func Classes(m *topics.Model, c *evaluation.Classes) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("label")}
	for _, c := range fieldColumns(c.Labels(), []string{"topic", "label"}) {
		columns = append(columns, wholeColumn(c.Name))
	}
	counts, names := c.Table(m.Topics()), m.Labels()
	t := tableOf("classes", columns, m.Topics(), func(row []Cell, k int) {
		row[0], row[1] = topicCell(m, k), textCell(names[k])
		for n, documents := range counts[k] {
			row[n+2] = wholeCell(documents)
		}
	})
	return t.first("topic", "label")
}

// ClassesLong are the same in a row for each topic and true label that meet: topic, label
// (of the topic), value (the true label), documents, and their share of those with it.
func ClassesLong(m *topics.Model, c *evaluation.Classes) *Table {
	columns := []Column{wholeColumn("topic"), textColumn("label"), textColumn("value"), wholeColumn("documents"), numberColumn("share")}
	labels, counts, names := c.Labels(), c.Table(m.Topics()), m.Labels()
	all := make([]int, len(labels))
	for _, row := range counts {
		for n, documents := range row {
			all[n] += documents
		}
	}
	return &Table{Name: "classes_long", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for k, row := range counts {
			for n, documents := range row {
				share := float64(documents) / float64(all[n])
				if documents > 0 && !yield([]Cell{topicCell(m, k), textCell(names[k]), textCell(labels[n]), wholeCell(documents), numberCell(share)}) {
					return
				}
			}
		}
	}}
}

// Intrusions are a sheet of questions for people to answer: question (its number), ask, text (the
// beginning of the document, if it is at hand, or else its name), a, b, … of which one does not
// belong, and answer, which is empty.
func Intrusions(asked []evaluation.Intrusion, texts map[int]string) *Table {
	most := 0
	for _, q := range asked {
		most = max(most, len(q.Shown))
	}
	columns := []Column{wholeColumn("question"), textColumn("ask"), textColumn("text")}
	for i := range most {
		columns = append(columns, textColumn(evaluation.Letter(i)))
	}
	columns = append(columns, textColumn("answer"))
	shown := Answerable(asked, texts)
	return tableOf("intrusions", columns, len(shown), func(row []Cell, n int) {
		q := &asked[shown[n]]
		row[0], row[1], row[2] = wholeCell(shown[n]+1), textCell("Which word does not belong with the others?"), textCell("")
		if q.Document >= 0 {
			row[1], row[2] = textCell("Which topic is not in the text?"), textCell(firstWords(texts[q.Document]))
		}
		for i := range most + 1 {
			row[3+i] = textCell("")
		}
		for i, shown := range q.Shown {
			row[3+i] = textCell(shown)
		}
	})
}

// Answerable are the numbers, from 0, of the questions that are not about a document whose text is missing.
func Answerable(asked []evaluation.Intrusion, texts map[int]string) (all []int) {
	for n, q := range asked {
		if q.Document < 0 || strings.TrimSpace(texts[q.Document]) != "" {
			all = append(all, n)
		}
	}
	return all
}

// firstWords is how a text begins, in one line.
func firstWords(text string) string {
	words := strings.Fields(text)
	const enough = 100
	if len(words) > enough {
		return strings.Join(words[:enough], " ") + " …"
	}
	return strings.Join(words, " ")
}
