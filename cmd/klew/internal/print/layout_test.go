package print

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"klew/topics/tables"

	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"
)

var (
	words    = rapid.SampledFrom([]string{"boat", "keywords", "見出し", "大きな見出しの言葉です", "é", "e\u0301cole", "x", "averyverylongwordwithoutanyblanks"})
	sentence = rapid.Map(rapid.SliceOfN(words, 1, 8), func(w []string) string { return strings.Join(w, " ") })
)

// anyTable has columns of all roles, some of which may be left out, and one of a number that
// is asked for.
func anyTable(t *rapid.T) *tables.Table {
	columns := []tables.Column{{Name: "topic", Kind: tables.Whole}}
	for range rapid.IntRange(1, 6).Draw(t, "columns") {
		columns = append(columns, tables.Column{
			Name:  words.Draw(t, "name"),
			Kind:  rapid.SampledFrom([]tables.Kind{tables.Text, tables.Number, tables.Whole}).Draw(t, "kind"),
			Role:  rapid.SampledFrom([]tables.Role{tables.Fixed, tables.Identifier, tables.Wrapped}).Draw(t, "role"),
			Spare: rapid.Bool().Draw(t, "spare"),
		})
	}
	var all [][]tables.Cell
	for range rapid.IntRange(0, 3).Draw(t, "rows") {
		row := make([]tables.Cell, len(columns))
		for i := range row {
			row[i] = tables.Cell{Text: sentence.Draw(t, "text"), Whole: rapid.Uint64Max(99999).Draw(t, "whole"), Number: rapid.Float64Range(-9, 9).Draw(t, "number")}
		}
		all = append(all, row)
	}
	return rows(columns, all...)
}

// Whatever a table holds, no line is wider than the terminal, and what it is asked for is all
// there, but for the beginning of names of documents: numbers in one piece, texts in the order
// of their characters.
func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, width := anyTable(t), rapid.IntRange(24, 120).Draw(t, "width")
		var out bytes.Buffer
		w := bufio.NewWriter(&out)
		left := aligned(w, table, width)
		w.Flush()
		for line := range strings.Lines(out.String()) {
			if n := text.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Fatalf("%d columns of %d: %q", n, width, line)
			}
		}
		for row := range table.Rows {
			for i := range row {
				c := &table.Columns[i]
				if cell := cellText(&row[i], c); !c.Spare && isNumber(c) && !strings.Contains(out.String(), cell) {
					t.Fatalf("%s is not in\n%s", cell, out.String())
				} else if !c.Spare && c.Role != tables.Identifier {
					for _, word := range strings.Fields(cell) {
						if text.StringWidth(word) < 5 && !strings.Contains(out.String(), word) {
							t.Fatalf("%s is not in\n%s", word, out.String())
						}
					}
				}
			}
		}
		for _, name := range left {
			for _, c := range table.Columns {
				if c.Name == name && c.Spare {
					name = ""
				}
			}
			if name != "" {
				t.Fatalf("%s was left out", name)
			}
		}
	})
}

// What is wrapped is the text again, but for blanks.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := sentence.Draw(t, "text"), rapid.IntRange(3, 40).Draw(t, "width")
		lines := wrap(s, width)
		for _, line := range lines {
			if text.StringWidth(line) > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
		if got := strings.Join(lines, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Fatalf("%q is not %q", got, s)
		}
		for _, cut := range []string{keepEnd(s, width), keepBeginning(s, width)} {
			if text.StringWidth(cut) > width {
				t.Fatalf("%q is wider than %d", cut, width)
			}
		}
	})
}

// Where there is room names of documents are whole, before columns that may be left out have
// any; and those are there as far as there is room, in their order.
func TestRoom(t *testing.T) {
	columns := []tables.Column{
		{Name: "document", Role: tables.Identifier}, {Name: "topic", Kind: tables.Whole},
		{Name: "folder", Spare: true}, {Name: "tokens", Kind: tables.Whole, Spare: true},
	}
	table := rows(columns, []tables.Cell{{Text: "a/long/name/of/a/document.txt"}, {Whole: 3}, {Text: "somewhere"}, {Whole: 12}})
	for width, want := range map[int]string{
		30: "document                 topic\n…name/of/a/document.txt      3\n",
		36: "document                       topic\na/long/name/of/a/document.txt      3\n",
		46: "document                       topic  tokens\na/long/name/of/a/document.txt      3      12\n",
		56: "document                       topic  folder     tokens\na/long/name/of/a/document.txt      3  somewhere      12\n",
		20: "document  a/long/nam\n          e/of/a/doc\n          ument.txt\ntopic     3\nfolder    somewhere\ntokens    12\n",
	} {
		var out bytes.Buffer
		w := bufio.NewWriter(&out)
		aligned(w, table, width)
		w.Flush()
		if out.String() != want {
			t.Errorf("in %d columns:\n%s\nis not\n%s", width, out.String(), want)
		}
	}
}

// A long text that may be left out is there in part where the whole of it has no room, so that
// it does not have to go.
func TestSpareTextIsCut(t *testing.T) {
	columns := []tables.Column{{Name: "topic", Kind: tables.Whole}, {Name: "sender", Spare: true}}
	table := rows(columns, []tables.Cell{{Whole: 3}, {Text: "someone with a name that goes on and on"}})
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	left := aligned(w, table, 31)
	w.Flush()
	if want := "topic  sender\n    3  someone with a name tha…\n"; out.String() != want || left != nil {
		t.Errorf("left out %v, printed\n%s\nnot\n%s", left, out.String(), want)
	}
}
