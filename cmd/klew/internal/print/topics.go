package print

import (
	"bufio"
	"fmt"
	"strings"

	"klew/topics"
	"klew/topics/tables"
)

// DefaultTypical is how many typical documents of a topic are named.
const DefaultTypical = 3

// Topics is what is shown of topics: a row each, or with Details all that is known of them.
type Topics struct {
	// Keywords gives those of each topic.
	Keywords tables.Ranked
	Details  bool
	Typical  int // documents to name among the details
}

// Print prints the topics of a model. JSON and JSON Lines have the details always.
func (t *Topics) Print(to *Console, f Format, m *topics.Model) error {
	in, width := f.InForce(to.Out)
	details := t.Details || in == Format(tables.JSON) || in == Format(tables.JSONLines)
	if details && in == eye {
		w := bufio.NewWriter(to.Out)
		t.paint(w, m, width)
		return w.Flush()
	}
	return Table(to, f, tables.Topics(m, tables.TopicOptions{Keywords: t.Keywords, Details: details, Typical: t.Typical}))
}

// paint prints the same for the eye: a few lines a topic, since so many columns fit
// no terminal.
func (t *Topics) paint(w *bufio.Writer, m *topics.Model, width int) {
	for k, s := range m.Summaries(t.Typical) {
		if k > 0 {
			w.WriteString("\n")
		}
		fmt.Fprintf(w, "%3d  %s\n", m.Number(k), Printable(s.Label))
		facts := fmt.Sprintf("share %s, first in %s, entropy %.2f nats", Digits(s.Share), Count(s.First, "document"), s.Entropy)
		if m.Stability != nil {
			facts += fmt.Sprintf(", stability %.2f", m.Stability[k])
		}
		Wrapped(w, facts, "     ", width)
		Wrapped(w, strings.Join(tables.TermsOf(t.Keywords(k)), " "), "     ", width)
		for _, j := range s.Typical {
			Wrapped(w, m.Documents[j].ID, "     ", width)
		}
	}
}
