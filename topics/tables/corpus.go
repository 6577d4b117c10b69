package tables

import (
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// Ledger is what became of files that were not read as they are: path, action (skipped,
// repaired, or note), reason, detail, and the number of files or documents for which a row
// stands.
func Ledger(l corpus.Ledger) *Table {
	columns := []Column{
		identifierColumn("path"), textColumn("action"), textColumn("reason"), textColumn("detail"), wholeColumn("files"),
	}
	return tableOf("ledger", columns, len(l), func(row []Cell, i int) {
		e := &l[i]
		row[0], row[1], row[2], row[3] = textCell(e.Path), textCell(e.Action()), textCell(e.Reason), textCell(e.Detail)
		row[4] = wholeCell(max(1, e.Files))
	})
}

// StopWords are words that are proposed as stop words: word, documents, count, expected (the
// number of documents that would have it by chance), evenness, reason.
func StopWords(all []vectorize.Proposal) *Table {
	columns := []Column{
		textColumn("word"), wholeColumn("documents"), wholeColumn("count"), numberColumn("expected"), numberColumn("evenness"), textColumn("reason"),
	}
	return tableOf("stop_words", columns, len(all), func(row []Cell, i int) {
		p := &all[i]
		row[0], row[1], row[2] = textCell(p.Word), wholeCell(p.Documents), wholeCell(p.Count)
		row[3], row[4], row[5] = numberCell(p.Expected), numberCell(p.Evenness), textCell(p.Reason)
	})
}

// Journal is the lines of klew edit in a model: line, edit.
func Journal(lines []string) *Table {
	return tableOf("edits", []Column{wholeColumn("line"), textColumn("edit")}, len(lines), func(row []Cell, i int) {
		row[0], row[1] = wholeCell(i+1), textCell(lines[i])
	})
}

// Tokens are the words of a text with the topics that they speak for: from and to (bytes of
// the text), text, term, weight, topic (that of the largest share, or one if it is not -1),
// label, share, and why a word has none.
func Tokens(m *topics.Model, text string, tokens []topics.ExplainedToken, one int) *Table {
	columns := []Column{
		wholeColumn("from"), wholeColumn("to"), textColumn("text"), textColumn("term"), numberColumn("weight").lacking(),
		wholeColumn("topic").lacking(), textColumn("label").lacking(), numberColumn("share").lacking(), textColumn("why"),
	}
	labels := m.Labels()
	return tableOf("tokens", columns, len(tokens), func(row []Cell, i int) {
		t := &tokens[i]
		row[0], row[1], row[2], row[8] = wholeCell(t.From), wholeCell(t.To), textCell(text[t.From:t.To]), textCell(t.Why())
		row[3], row[4] = textCell(""), none
		if t.Row >= 0 {
			row[3], row[4] = textCell(m.Vocabulary.Terms[t.Row].Shown()), numberCell(t.Weight)
		}
		k := TokenTopic(t, one)
		row[5], row[6], row[7] = topicCell(m, k), labelCell(labels, k), none
		if k >= 0 {
			row[7] = numberCell(t.Shares[k])
		}
	})
}

// TokenTopic is the topic whose share of a token is shown, the one that is asked for or that
// of the largest share; -1 for none.
func TokenTopic(t *topics.ExplainedToken, one int) int {
	if t.Shares != nil && one >= 0 {
		return one
	}
	return t.First()
}
