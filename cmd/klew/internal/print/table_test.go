package print

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"klew/topics/tables"

	"github.com/jedib0t/go-pretty/v6/text"
)

// rows is a table with some rows.
func rows(columns []tables.Column, all ...[]tables.Cell) *tables.Table {
	return &tables.Table{Name: "p", Columns: columns, Rows: func(yield func([]tables.Cell) bool) {
		for _, row := range all {
			if !yield(row) {
				return
			}
		}
	}}
}

// On a terminal no line is longer than it, keywords are not broken, and a name loses
// its beginning, not its end.
func TestTablesKeepToTheTerminal(t *testing.T) {
	const width = 60
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	words := strings.Fields(strings.Repeat("keyword 見出し ", 20))
	aligned(w, rows(
		[]tables.Column{{Name: "topic", Kind: tables.Whole}, {Name: "share", Kind: tables.Number}, {Name: "keywords", Kind: tables.List, Role: tables.Wrapped}},
		[]tables.Cell{{Whole: 1}, {Number: 0.5}, {List: words}}), width)
	aligned(w, rows(
		[]tables.Column{{Name: "document", Role: tables.Identifier}, {Name: "tokens", Kind: tables.Whole}, {Name: "topic_1", Kind: tables.Number}, {Name: "topic_2", Kind: tables.Number}},
		[]tables.Cell{{Text: strings.Repeat("folder/", 20) + "a.txt"}, {Whole: 12}, {Number: 0.25}, {Number: 0.75}}), width)
	many := []tables.Column{{Name: "document", Role: tables.Identifier}}
	cells := []tables.Cell{{Text: "b.txt"}}
	for k := range 30 {
		many, cells = append(many, tables.Column{Name: fmt.Sprint("topic_", k), Kind: tables.Number}), append(cells, tables.Cell{None: true})
	}
	aligned(w, rows(many, cells), width)
	w.Flush()
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

// Documents with tabs and line ends in their names stay in their line, and a sheet whose
// output ends early is an error.
func TestSheetWriter(t *testing.T) {
	p := rows([]tables.Column{{Name: "x"}}, []tables.Cell{{Text: "c\x1b[2J"}})
	topic := tables.Fact{Column: tables.Column{Name: "topic", Kind: tables.Whole}, Cell: tables.Cell{Whole: 1}}
	s := Sheet{Sheet: tables.Sheet{Thing: topic, Facts: []tables.Fact{topic}, Parts: []*tables.Table{p}}, Title: "a\nb", Looks: []Look{LookOf("P", p)}}
	var out bytes.Buffer
	if err := Sheets(&Console{Out: &out}, "table", []Sheet{s}, "", true); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b") || !strings.HasPrefix(out.String(), "a\uFFFDb\n") {
		t.Errorf("%q", out.String())
	}
	for _, format := range Formats {
		if err := Sheets(&Console{Out: &closed{}}, Format(format), []Sheet{s}, "", true); err == nil {
			t.Errorf("%s: no error where nothing can be written", format)
		}
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("closed") }
