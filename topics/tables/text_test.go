package tables

import (
	"math"
	"strings"
	"testing"
)

// one is a table of one cell.
func one(c Column, cell Cell) *Table {
	return tableOf("one", []Column{c, textColumn("x")}, 1, func(row []Cell, _ int) { row[0], row[1] = cell, textCell("") })
}

// Numbers are written by one rule in all formats of lines, and what is no number is none.
func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		x        float64
		tsv, obj string
	}{
		{0, "0", "0"}, {math.Copysign(0, -1), "0", "0"}, {0.5, "0.5", "0.5"}, {1.0 / 3, "0.33333334", "0.33333334"},
		{float64(float32(0.1)), "0.1", "0.1"}, {8_980_000, "8980000", "8980000"}, {-1234.5, "-1234.5", "-1234.5"}, {1e-5, "0.00001", "0.00001"},
		{1e-7, "1e-07", "1e-07"}, {1e21, "1e+21", "1e+21"}, {math.NaN(), "", "null"}, {math.Inf(-1), "", "null"},
	} {
		table := one(numberColumn("n").lacking(), numberCell(c.x))
		for format, want := range map[Format]string{
			TSV: "n\tx\n" + c.tsv + "\t\n", CSV: "n,x\n" + c.tsv + ",\n", JSONLines: `{"n": ` + c.obj + `, "x": ""}` + "\n",
		} {
			var b strings.Builder
			if err := Write(&b, format, table); err != nil || b.String() != want {
				t.Errorf("%v in %s: %q, not %q (%v)", c.x, format, b.String(), want, err)
			}
		}
	}
}

// In TSV a line is a row, and a field with a quotation mark is one for pandas and R.
func TestTSV(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", `"R. K." <r@x.e>`: `"""R. K."" <r@x.e>"`, "a\tb\nc\rd\\e": `a\tb\nc\rd\\e`, "a \"b\"\n": `"a ""b""\n"`, "'": "'", " x ": " x ",
	} {
		var b strings.Builder
		if err := Write(&b, TSV, one(textColumn("n"), textCell(text))); err != nil || b.String() != "n\tx\n"+want+"\t\n" {
			t.Errorf("%q is written %q (%v)", text, b.String(), err)
		}
	}
}

// Lists are arrays in JSON, and one text elsewhere; an array of no rows is one, too.
func TestLists(t *testing.T) {
	list := Column{Name: "n", Kind: List, Between: "; "}
	for _, c := range []struct {
		format Format
		table  *Table
		want   string
	}{
		{JSON, one(list, listCell([]string{"a", `b"`})), "[\n {\"n\": [\"a\", \"b\\\"\"], \"x\": \"\"}\n]\n"},
		{JSON, one(Column{Name: "n", Kind: Wholes}, Cell{List: []string{"3", "5"}}), "[\n {\"n\": [3, 5], \"x\": \"\"}\n]\n"},
		{CSV, one(list, listCell([]string{"a", `b`})), "n,x\na; b,\n"},
		{JSON, tableOf("none", []Column{list}, 0, nil), "[]\n"},
		{JSONLines, tableOf("none", []Column{list}, 0, nil), ""},
	} {
		var b strings.Builder
		if err := Write(&b, c.format, c.table); err != nil || b.String() != c.want {
			t.Errorf("%s: %q, not %q (%v)", c.format, b.String(), c.want, err)
		}
	}
}
