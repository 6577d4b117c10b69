package tables

import (
	"math"
	"slices"

	"klew/topics"
)

// Overall is what sheets of topics have from all topics together, made once.
type Overall struct {
	Model      *topics.Model
	labels     []string
	shares     []float64
	leading    []int
	ranker     *topics.Ranker
	neighbours [][]topics.Neighbour
	spreads    [][]topics.FieldSpread
}

// NewOverall makes what sheets of a model's topics need.
func NewOverall(m *topics.Model) *Overall {
	return &Overall{m, m.Labels(), m.Shares(), m.Leading(), topics.NewRanker(m), m.Neighbours(), m.Spreads()}
}

// TopicSheet says what is shown of one topic.
type TopicSheet struct {
	*Overall
	Topic int
	// Words is how many keywords by each ranking, and phrases, are shown; Weight is λ or ω of
	// a ranking.
	Words  int
	Weight func(topics.Ranking) float64
	// Typical are documents, and Quotes their sentences that carry the topic.
	Typical []int
	Quotes  map[int][]topics.Quote
	// Neighbours is how many of the nearest topics are shown.
	Neighbours int
}

// Terms is how many terms have weight in the topic.
func (t *TopicSheet) Terms() int {
	n := 0
	for row := range t.Model.W.Items() {
		if t.Model.W.Item(row)[t.Topic] > 0 {
			n++
		}
	}
	return n
}

// Sheet says all that is known of the topic: facts, keywords, forms, phrases, documents,
// sentences, nearest, spread.
func (t *TopicSheet) Sheet() Sheet {
	m, k := t.Model, t.Topic
	var l facts
	l.add(wholeColumn("topic"), topicCell(m, k))
	l.text("label", t.labels[k])
	l.add(numberColumn("share"), numberCell(t.shares[k]))
	l.add(numberColumn("stability").lacking(), numberAt(m.Stability, k))
	l.add(numberColumn("entropy"), numberCell(m.Entropy(k)))
	l.whole("terms", t.Terms())
	l.whole("first_in", t.leading[k])
	return Sheet{Thing: l[0], Facts: l, Parts: []*Table{
		t.keywords(), t.forms(), t.phrases(), t.documents(), t.sentences(), t.nearest(), t.spread(),
	}}
}

// gathered is a table of rows that are there already.
func gathered(name Name, columns []Column, rows [][]Cell) *Table {
	return &Table{Name: name, Columns: columns, Rows: func(yield func([]Cell) bool) {
		for _, row := range rows {
			if !yield(row) {
				return
			}
		}
	}}
}

func (t *TopicSheet) top(by topics.Ranking) []topics.Ranked {
	return t.ranker.Top(t.Topic, t.Words, by, t.Weight(by))
}

// keywords are those by each ranking.
func (t *TopicSheet) keywords() *Table {
	var rows [][]Cell
	for _, by := range topics.Rankings {
		for i, w := range t.top(by) {
			rows = append(rows, []Cell{textCell(string(by)), wholeCell(i + 1), textCell(w.Term), numberCell(w.Weight), numberCell(w.Score)})
		}
	}
	return gathered("keywords", []Column{
		textColumn("ranking"), wholeColumn("rank"), textColumn("term"), numberColumn("weight"), numberColumn("score"),
	}, rows)
}

// SideBySide are the keywords with a column for each ranking.
func (t *TopicSheet) SideBySide() *Table {
	columns := []Column{wholeColumn("rank")}
	var lists [][]topics.Ranked
	longest := 0
	for _, by := range topics.Rankings {
		columns = append(columns, textColumn(string(by)))
		list := t.top(by)
		lists, longest = append(lists, list), max(longest, len(list))
	}
	return tableOf("keywords", columns, longest, func(row []Cell, i int) {
		row[0] = wholeCell(i + 1)
		for n, list := range lists {
			row[n+1] = none
			if i < len(list) {
				row[n+1] = textCell(list[i].Term)
			}
		}
	})
}

// forms are the ways in which the keywords are written.
func (t *TopicSheet) forms() *Table {
	var rows [][]Cell
	for _, w := range t.top(topics.Relevance) {
		for _, f := range t.Model.Vocabulary.Terms[w.Row].Forms {
			rows = append(rows, []Cell{textCell(w.Term), textCell(f.Text), wholeCell(f.Count)})
		}
	}
	return gathered("forms", []Column{textColumn("term"), textColumn("form"), wholeColumn("count")}, rows)
}

// FormsByTerm are the same in a row for each keyword, written by write.
func (t *TopicSheet) FormsByTerm(write func(form string, count int) string) *Table {
	list := t.top(topics.Relevance)
	forms := listColumn("forms")
	forms.Between = ", "
	return tableOf("forms", []Column{textColumn("term"), forms}, len(list), func(row []Cell, i int) {
		items := []string{}
		for _, f := range t.Model.Vocabulary.Terms[list[i].Row].Forms {
			items = append(items, write(f.Text, f.Count))
		}
		row[0], row[1] = textCell(list[i].Term), listCell(items)
	})
}

// phrases are the terms of several words, the most probable first.
func (t *TopicSheet) phrases() *Table {
	var rows [][]Cell
	for _, w := range t.ranker.Top(t.Topic, math.MaxInt, topics.Probability, 0) {
		if t.Model.IsPhrase(w.Row) && len(rows) < t.Words {
			rows = append(rows, []Cell{wholeCell(len(rows) + 1), textCell(w.Term), numberCell(w.Weight)})
		}
	}
	return gathered("phrases", []Column{wholeColumn("rank"), textColumn("term"), numberColumn("weight")}, rows)
}

func (t *TopicSheet) documents() *Table {
	columns := []Column{wholeColumn("rank"), identifierColumn("document"), wholeColumn("tokens"), numberColumn("proportion")}
	return tableOf("documents", columns, len(t.Typical), func(row []Cell, i int) {
		d := &t.Model.Documents[t.Typical[i]]
		row[0], row[1], row[2] = wholeCell(i+1), textCell(d.ID), wholeCell(d.Tokens)
		row[3] = numberCell(t.Model.Proportions(t.Typical[i])[t.Topic])
	})
}

func (t *TopicSheet) sentences() *Table {
	var rows [][]Cell
	for _, j := range t.Typical {
		for n, q := range t.Quotes[j] {
			rows = append(rows, []Cell{textCell(t.Model.Documents[j].ID), wholeCell(n + 1), textCell(q.Text), numberCell(q.Score)})
		}
	}
	return gathered("sentences", []Column{
		identifierColumn("document"), wholeColumn("rank"), textColumn("sentence"), numberColumn("score"),
	}, rows)
}

func (t *TopicSheet) nearest() *Table {
	list := t.neighbours[t.Topic]
	columns := []Column{wholeColumn("neighbour"), textColumn("label"), numberColumn("distance"), numberColumn("correlation")}
	return tableOf("nearest", columns, min(t.Neighbours, len(list)), func(row []Cell, i int) {
		n := &list[i]
		row[0], row[1] = topicCell(t.Model, n.Topic), textCell(t.labels[n.Topic])
		row[2], row[3] = numberCell(n.Distance), numberCell(n.Correlation)
	})
}

func (t *TopicSheet) spread() *Table {
	var rows [][]Cell
	for _, f := range t.spreads[t.Topic] {
		for _, v := range f.Values {
			rows = append(rows, []Cell{
				textCell(f.Field), textCell(v.Value), wholeCell(v.Documents), wholeCell(v.First), numberCell(v.OfTopic), numberCell(v.Share),
			})
		}
	}
	return gathered("spread", []Column{
		textColumn("field"), textColumn("value"), wholeColumn("documents"), wholeColumn("first_in"), numberColumn("of_topic"), numberColumn("share"),
	}, rows)
}

// First are the rows of a table for the eye: of each run of rows with the same first cell at
// most so many, of which the number in a column is at least some value; and how many rows
// are left out.
func (t *Table) First(most int, column string, least float64) (few *Table, left int) {
	at := 0
	for i, c := range t.Columns {
		if c.Name == column {
			at = i
		}
	}
	var rows [][]Cell
	run, first := 0, ""
	for row := range t.Rows {
		if row[0].Text != first {
			run, first = 0, row[0].Text
		}
		if run++; run <= most && row[at].Number >= least {
			rows = append(rows, slices.Clone(row))
		} else {
			left++
		}
	}
	return gathered(t.Name, t.Columns, rows), left
}
