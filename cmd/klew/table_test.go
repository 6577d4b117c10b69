package main

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

// On a terminal no line is longer than it, keywords are not broken, and a name loses
// its beginning, not its end.
func TestTablesKeepToTheTerminal(t *testing.T) {
	const width = 60
	var out bytes.Buffer
	topics := newAligned(bufio.NewWriter(&out), []string{"topic", "share", "keywords"}, width)
	words := strings.Repeat("keyword 見出し ", 20)
	topics.row(1, 0.5, strings.TrimSpace(words))
	topics.close()
	docs := newAligned(bufio.NewWriter(&out), []string{"document", "tokens", "topic_1", "topic_2"}, width)
	docs.row(strings.Repeat("folder/", 20)+"a.txt", 12, 0.25, 0.75)
	docs.close()
	many := newAligned(bufio.NewWriter(&out), append([]string{"document"}, make([]string, 30)...), width)
	many.row(append([]any{"b.txt"}, make([]any, 30)...)...)
	many.close()
	for line := range strings.Lines(out.String()) {
		if n := text.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if got := strings.Count(out.String(), "keyword ") + strings.Count(out.String(), "keyword\n"); got != 20 {
		t.Errorf("%d of 20 keywords are whole:\n%s", got, out.String())
	}
	if !strings.Contains(out.String(), "older/a.txt  ") {
		t.Errorf("the name has lost its end:\n%s", out.String())
	}
}
