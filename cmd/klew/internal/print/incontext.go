package print

import (
	"bufio"
	"fmt"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/text"
	"klew/topics"
	"klew/topics/tables"
)

// InContext prints words where they stand. For the eye the words stand below each other, with
// what is before them at the left, what is behind them at the right, and then the topic and the
// document; on a narrow terminal these have a line of their own.
func InContext(to *Console, f Format, m *topics.Model, terms []string, found [][]topics.InContext) error {
	in, width := f.InForce(to.Out)
	if in != eye {
		return tables.Write(to.Out, tables.Format(in), tables.InContext(m, terms, found))
	}
	w := bufio.NewWriter(to.Out)
	for i, term := range terms {
		if i > 0 {
			w.WriteString("\n")
		}
		if len(terms) > 1 {
			fmt.Fprintf(w, "%s\n", Printable(term))
		}
		lines := newContextLines(m, found[i], width)
		for _, x := range found[i] {
			lines.write(w, x)
		}
	}
	return w.Flush()
}

// leastContext is the width from which topic and document stand in the line.
const leastContext = 60

// contextLines are the lines of one term.
type contextLines struct {
	model                      *topics.Model
	narrow                     bool
	before, word, after, names int // widths
}

func newContextLines(m *topics.Model, found []topics.InContext, width int) *contextLines {
	l := &contextLines{model: m, narrow: width < leastContext}
	for _, x := range found {
		l.word = max(l.word, text.StringWidth(Printable(x.Word)))
		l.names = max(l.names, text.StringWidth(Printable(m.Documents[x.Document].ID)))
	}
	l.names = min(l.names, max(leastName, width/4))
	l.word = min(l.word, width/3)
	room := width - l.word - 2
	if !l.narrow {
		room -= l.names + 2*len(gap) + topicWidth
	}
	l.before = max(0, room/2)
	l.after = max(0, room-l.before)
	return l
}

// topicWidth is that of the number of a topic.
const topicWidth = 3

func (l *contextLines) write(w *bufio.Writer, x topics.InContext) {
	topic, name := "", Printable(l.model.Documents[x.Document].ID)
	if x.Topic >= 0 {
		topic = strconv.Itoa(l.model.Number(x.Topic))
	}
	if l.narrow {
		fmt.Fprintf(w, "%s  %s\n", pad(topic, topicWidth, true), keepEnd(name, max(1, l.before+l.word+l.after-topicWidth)))
	}
	before, after := "", ""
	if l.before > 0 {
		before = keepEnd(Printable(x.Before), l.before)
	}
	word := keepBeginning(Printable(x.Word), l.word)
	if room := l.after + l.word - text.StringWidth(word); room > 0 {
		after = keepBeginning(Printable(x.After), room)
	}
	w.WriteString(pad(before, l.before, true) + " " + word + " ")
	if l.narrow {
		w.WriteString(after + "\n")
		return
	}
	room := l.after + l.word - text.StringWidth(word)
	w.WriteString(pad(after, room, false) + gap + pad(topic, topicWidth, true) + gap + keepEnd(name, l.names) + "\n")
}
