package tables

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/topics"
)

// datedModel has two documents of 1999, one of 2000 and one of 2001, with a field of each kind.
func datedModel() *topics.Model {
	m := smallModel()
	m.Documents = nil
	for i, meta := range []map[string]string{
		{"date": "1999-02-01", "stars": "4", "code": "007", "seen": "1999-02-01T06:00", "year": "1999"},
		{"date": "1999-03-01", "stars": "4.5", "code": "12", "seen": "1999-03-01", "year": "1999"},
		{"date": "2000-01-02", "stars": "", "code": "13", "seen": "", "year": "MM"},
	} {
		d := smallModel().Documents[i]
		d.Meta = nil
		for _, name := range []string{"date", "stars", "code", "seen", "year"} {
			d.Meta = append(d.Meta, corpus.Field{Name: name, Value: meta[name]})
		}
		m.Documents = append(m.Documents, d)
	}
	return m
}

// Fields are numbers or dates where all documents have such, codes and mixtures stay texts, and
// topics are called by their labels.
func TestSheetOfDocuments(t *testing.T) {
	e := &Export{Model: datedModel()}
	sheet := e.documentSheet(LabelHeaders(e.Model))
	kinds := map[string]Kind{"date": date, "stars": exact, "code": Text, "seen": moment, "year": Text, "tokens": Whole, "boats sailing": percent}
	for name, want := range kinds {
		i := slices.Index(namesOf(sheet.Columns), name)
		if i < 0 || sheet.Columns[i].Kind != want {
			t.Errorf("%s: %v", name, sheet.Columns)
		}
	}
	var first string
	for row := range sheet.Rows {
		first = fmt.Sprint(row[2].Number, " ", row[3].Number, " ", row[4].Text, " ", row[5].Number)
		break
	}
	if want := "36192 4 007 36192.25"; first != want { // 1999-02-01 is day 36192 of Excel's
		t.Errorf("%s is not %s", first, want)
	}
	if e.trendSheet(LabelHeaders(e.Model)) == nil {
		t.Error("there are dates, and no trends")
	}
	if (&Export{Model: smallModel()}).trendSheet(nil) != nil {
		t.Error("there are no dates, and trends")
	}
}

// What only looks like a number or a date is none.
func TestReadTyped(t *testing.T) {
	for _, text := range []string{"007", "+1", "1e5", "1,5", "", "NaN", "0x10", "1234567890123456", " 1", "1.", ".5", "--1"} {
		if x, ok := readNumber(text); ok {
			t.Errorf("%q is read as the number %v", text, x)
		}
	}
	for _, text := range []string{"1999", "1999-02", "1999-02-30", "1900-01-01", "01/02/1999", "1999-02-01Z"} {
		if x, ok := readDate(text); ok {
			t.Errorf("%q is read as the day %v", text, x)
		}
	}
}

// A label that another topic or column has, too, is made another.
func TestLabelHeaders(t *testing.T) {
	m := smallModel()
	edits := []topics.Edit{{Verb: topics.RenameTopic, Text: "Tokens"}, {Verb: topics.RenameTopic, Topic: 1, Text: "tokens"}}
	if err := m.Amend(edits); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := LabelHeaders(edited), []string{"Tokens (1)", "tokens (2)"}; !slices.Equal(got, want) {
		t.Errorf("%q is not %q", got, want)
	}
}

// A workbook has filters, widths, quotes, and the large tables only if they are asked for.
func TestWorkbook(t *testing.T) {
	e := &Export{Model: datedModel(), Quotes: [][]Quoted{{{"a", "Boats sail."}}, nil}}
	var data bytes.Buffer
	if err := e.xlsx(context.Background(), &data); err != nil {
		t.Fatal(err)
	}
	sheets, order, err := readXLSX(data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "topics documents trends long texts" && got != "topics documents trends" {
		t.Errorf("the sheets are %s", got)
	}
	row := sheets["topics"].rows[0]
	if at := indexOf(sheets["topics"].columns, "quote_1"); at < 0 || row[at] != "Boats sail. (a)" {
		t.Errorf("the quotes are missing: %v", row)
	}
}
