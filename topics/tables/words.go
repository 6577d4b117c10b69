package tables

import "klew/topics"

// AskedWord is what is known of a word that a user asks for.
type AskedWord struct {
	Typed, Status string
	Row           int    // in the vocabulary, or -1
	Stem          string // also if the vocabulary does not hold it
	// Count is how often it is in the texts, DF in how many documents.
	Count, DF int
	// Counted says that the texts have been counted again, and Documents are those to list.
	Counted   bool
	Documents []WordCount
}

// WordCount is how often a document has a word, -1 if that is not known, and how often the
// model expects it.
type WordCount struct {
	Document, Count int
	Expected        float64
}

// Sheet is what is known of a word: facts, topics, forms, documents, and so many terms that are
// written alike for one that is not known.
func (w *AskedWord) Sheet(m *topics.Model, labels []string, suggestions int) Sheet {
	l := w.facts(m)
	return Sheet{Thing: l[0], Facts: l, Parts: []*Table{
		w.topics(m, labels), w.forms(m), w.documents(m), w.suggestions(m, suggestions),
	}}
}

func (w *AskedWord) facts(m *topics.Model) facts {
	var l facts
	shown, stem, count, df := none, none, none, none
	if w.Row >= 0 {
		shown = textCell(m.Vocabulary.Terms[w.Row].Shown())
	}
	if w.Stem != "" {
		stem = textCell(w.Stem)
	}
	if w.Row >= 0 || w.Counted && w.Stem != "" {
		count, df = wholeCell(w.Count), wholeCell(w.DF)
	}
	l.text("term", w.Typed)
	l.text("status", w.Status)
	l.add(textColumn("shown").lacking(), shown)
	l.add(textColumn("stem").lacking(), stem)
	l.add(wholeColumn("count").lacking(), count)
	l.add(wholeColumn("df").lacking(), df)
	return l
}

func (w *AskedWord) topics(m *topics.Model, labels []string) *Table {
	var places []topics.Place
	if w.Row >= 0 {
		places = m.Places(w.Row)
	}
	columns := []Column{wholeColumn("topic"), textColumn("label"), numberColumn("of_term"), numberColumn("of_topic"), wholeColumn("rank")}
	return tableOf("topics", columns, len(places), func(row []Cell, i int) {
		p := &places[i]
		row[0], row[1], row[2] = topicCell(m, p.Topic), textCell(labels[p.Topic]), numberCell(p.OfTerm)
		row[3], row[4] = numberCell(p.OfTopic), wholeCell(p.Rank)
	})
}

func (w *AskedWord) forms(m *topics.Model) *Table {
	var rows [][]Cell
	if w.Row >= 0 {
		for _, f := range m.Vocabulary.Terms[w.Row].Forms {
			rows = append(rows, []Cell{textCell(f.Text), wholeCell(f.Count)})
		}
	}
	return gathered("forms", []Column{textColumn("form"), wholeColumn("count")}, rows)
}

// documents are those with most of the word.
func (w *AskedWord) documents(m *topics.Model) *Table {
	columns := []Column{
		identifierColumn("document"), wholeColumn("count").lacking(), numberColumn("expected").lacking(), wholeColumn("tokens"), wholeColumn("topic").lacking(),
	}
	return tableOf("documents", columns, len(w.Documents), func(row []Cell, i int) {
		c := &w.Documents[i]
		d := &m.Documents[c.Document]
		row[0], row[1], row[2], row[3] = textCell(d.ID), none, none, wholeCell(d.Tokens)
		if c.Count >= 0 {
			row[1] = wholeCell(c.Count)
		}
		if w.Row >= 0 {
			row[2] = numberCell(c.Expected)
		}
		row[4] = topicCell(m, m.First(c.Document))
	})
}

func (w *AskedWord) suggestions(m *topics.Model, most int) *Table {
	var rows [][]Cell
	if w.Row < 0 && w.Stem != "" { // what is no term is not misspelt
		for _, row := range m.Vocabulary.Near(w.Typed, most) {
			t := &m.Vocabulary.Terms[row]
			rows = append(rows, []Cell{textCell(t.Shown()), wholeCell(t.Count)})
		}
	}
	return gathered("suggestions", []Column{textColumn("suggestion"), wholeColumn("count")}, rows)
}
