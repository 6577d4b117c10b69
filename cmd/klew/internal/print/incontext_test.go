package print

import (
	"bufio"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"klew/topics"
	"klew/vectorize"
)

// At any width no line is wider than the terminal, and the word is there whole, below that of
// the line before, also beside letters of two columns.
func TestContextLinesFit(t *testing.T) {
	m := &topics.Model{DocumentTopics: topics.DocumentTopics{Documents: []vectorize.Document{
		{ID: "short.txt"}, {ID: "a/long/way/down/into/the/folders/of/somebody/地図と海図.txt"},
	}}}
	found := []topics.InContext{
		{Topic: 11, Before: strings.Repeat("before ", 20), Word: "honey", After: strings.Repeat("after ", 20)},
		{Document: 1, Topic: -1, Before: strings.Repeat("地図", 40), Word: "honeys", After: strings.Repeat("海図", 40)},
		{Document: 1, Topic: 0, Word: "Honey", After: "\x1b[31m."},
	}
	for _, width := range []int{12, 30, 59, 60, 61, 100, 200} {
		var out strings.Builder
		w := bufio.NewWriter(&out)
		lines := newContextLines(m, found, width)
		for _, x := range found {
			lines.write(w, x)
		}
		w.Flush()
		column := -1
		for line := range strings.Lines(out.String()) {
			line = strings.TrimRight(line, "\n")
			if n := text.StringWidth(line); n > width {
				t.Errorf("%d columns of %d: %q", n, width, line)
			}
			if strings.Contains(line, "\x1b") {
				t.Errorf("%q moves the cursor", line)
			}
			at := strings.Index(strings.ToLower(line), "honey")
			if at < 0 || width < 30 {
				continue
			}
			if at = text.StringWidth(line[:at]); column >= 0 && at != column {
				t.Errorf("in %d columns the word is at %d, and was at %d: %q", width, at, column, line)
			}
			column = at
		}
		if width >= 30 && strings.Count(strings.ToLower(out.String()), "honey") != len(found) {
			t.Errorf("in %d columns not every line has the word:\n%s", width, out.String())
		}
	}
}
