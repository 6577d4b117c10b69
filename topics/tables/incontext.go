package tables

import "klew/topics"

// InContext are words where they stand: term (as it was asked for), document, topic, label and
// share (of the topic that the word most probably is of), before, word, after.
func InContext(m *topics.Model, terms []string, found [][]topics.InContext) *Table {
	columns := []Column{
		textColumn("term"), identifierColumn("document"), wholeColumn("topic").lacking(), textColumn("label").lacking(),
		numberColumn("share").lacking(), textColumn("before"), textColumn("word"), textColumn("after"),
	}
	labels := m.Labels()
	return &Table{Name: "context", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for i, term := range terms {
			for _, x := range found[i] {
				share := none
				if x.Topic >= 0 {
					share = numberCell(x.Share)
				}
				if !yield([]Cell{textCell(term), textCell(m.Documents[x.Document].ID), topicCell(m, x.Topic), labelCell(labels, x.Topic),
					share, textCell(x.Before), textCell(x.Word), textCell(x.After)}) {
					return
				}
			}
		}
	}}
}
