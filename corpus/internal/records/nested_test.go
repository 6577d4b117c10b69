package records

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// articles is JSON of articles that have paragraphs, which have questions, beside reviews.
func articles(n int) string {
	type question struct{ ID, Question string }
	type paragraph struct {
		Context string
		Qas     []question
	}
	type article struct {
		ID         int
		Title      string
		Paragraphs []paragraph
	}
	var all []article
	for i := range n {
		a := article{ID: i, Title: fmt.Sprintf("The lighthouse number %d", i)}
		for j := range 2 {
			a.Paragraphs = append(a.Paragraphs, paragraph{
				fmt.Sprintf("The keeper of lamp %d.%d climbs the stairs each night", i, j),
				[]question{{fmt.Sprintf("q%d.%d", i, j), fmt.Sprintf("Who climbs to lamp %d.%d at night?", i, j)}},
			})
		}
		all = append(all, a)
	}
	raw, err := json.Marshal(map[string]any{"version": "2", "data": all, "reviews": []map[string]string{{"words": "a fine set of towers"}}})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// read reads a file of JSON, and says in a line for each record what came of it.
func readValues(t *testing.T, text string, c Columns) (lines []string, taken *Taken) {
	t.Helper()
	err := JSONValues(strings.NewReader(text), c, func(r Record, err error) bool {
		if err != nil {
			lines = append(lines, "fault: "+err.Error())
			return true
		}
		line := r.ID + "|" + r.Text
		for _, f := range r.Meta {
			line += "|" + f.Name + "=" + f.Value
		}
		lines, taken = append(lines, line), r.Table
		return true
	})
	if err != nil {
		lines = append(lines, "failed: "+err.Error())
	}
	return lines, taken
}

// The records of any array can be read, with what is around them; the other arrays are told.
func TestArraysWithin(t *testing.T) {
	for _, test := range []struct {
		column, first, taken string
		number               int
	}{
		{"", "0|The lighthouse number 0", "records of data; text from Title, id from ID; arrays not read: data.Paragraphs, data.Paragraphs.Qas and reviews (--text-column data.Paragraphs.Context reads the first)", 3},
		{"data.Paragraphs.Context", "|The keeper of lamp 0.0 climbs the stairs each night|version=2|data.ID=0|data.Title=The lighthouse number 0", "records of data.Paragraphs; text from Context; arrays not read: data, data.Paragraphs.Qas and reviews (--text-column data.Title reads the first)", 6},
		{"data.Paragraphs.Qas.Question", "q0.0|Who climbs to lamp 0.0 at night?|version=2|data.ID=0|data.Title=The lighthouse number 0|data.Paragraphs.Context=The keeper of lamp 0.0 climbs the stairs each night", "records of data.Paragraphs.Qas; text from Question, id from ID; arrays not read: data, data.Paragraphs and reviews (--text-column data.Title reads the first)", 6},
		{"reviews.words", "|a fine set of towers|version=2", "records of reviews; text from words; arrays not read: data, data.Paragraphs and data.Paragraphs.Qas (--text-column data.Title reads the first)", 1},
	} {
		var c Columns
		if test.column != "" {
			c.Text = []string{test.column}
		}
		lines, taken := readValues(t, articles(3), c)
		if len(lines) != test.number || lines[0] != test.first {
			t.Errorf("%s: %d records, the first %q, want %d and %q", test.column, len(lines), lines[0], test.number, test.first)
		}
		if taken.String() != test.taken {
			t.Errorf("%s: %s\nwant %s", test.column, taken, test.taken)
		}
	}
}

// Each element is a record or a fault; an id around is not that of each; a path that leads nowhere
// is a fault that names one which does.
func TestWaysIntoArrays(t *testing.T) {
	for _, test := range []struct {
		name, text, column string
		want               []string
	}{
		{"in records of an array", `[{"id":1,"replies":[{"id":7,"text":"a b c"},{"text":"d e f"}]},{"id":2,"replies":[]},{"id":3}]`, "replies.text",
			[]string{"7|a b c|parent=1", "|d e f|parent=1", `fault: there is no column "text"; name one of these with --text-column: id`}},
		{"one without the column", `{"items":[{"text":"a b c"},{"other":"x"},5]}`, "items.text",
			[]string{"|a b c", `fault: there is no column "text"; name one of these with --text-column: other`, `fault: a number where a JSON object should be`}},
		{"through objects", `{"page":{"list":[{"body":{"text":"a b c","by":"me"}}]}}`, "page.list.body.text", []string{"|a b c|body.by=me"}},
		{"names with dots", `{"a.b":[{"c.d":"x y z"}]}`, "a.b.c.d", []string{"|x y z"}},
		{"nowhere", `[{"title":"a b c","replies":[{"text":"d e f"}]}]`, "replies.words",
			[]string{`failed: there is no column "replies.words"; name one of these with --text-column: title; or of an array in it: replies.text`}},
	} {
		if lines, _ := readValues(t, test.text, Columns{Text: []string{test.column}}); !slices.Equal(lines, test.want) {
			t.Errorf("%s: %q\nwant %q", test.name, lines, test.want)
		}
	}
}

// What stands around an array of many elements is not repeated at length.
func TestLongValuesAround(t *testing.T) {
	text := `{"long":"` + strings.Repeat("x", 10_000) + `","items":[` + strings.Repeat(`{"text":"a b c"},`, 999) + `{"text":"a b c"}]}`
	lines, _ := readValues(t, text, Columns{Text: []string{"items.text"}})
	if len(lines) != 1000 || lines[999] != "|a b c" {
		t.Errorf("%d records, the last %q", len(lines), lines[len(lines)-1])
	}
}

// FuzzArraysWithin holds the reader of arrays within one object to encoding/json: each element is
// a record or a fault.
func FuzzArraysWithin(f *testing.F) {
	for _, seed := range []string{`{"a":{"b":[{"c":"x"},{"c":1}]}}`, `{"a":{"b":[{"c":"x"},2,{}]}}`, articles(1), `{"a":{"b":[{"c":"x"}]},"a":{"b":[]}}`, `{"a":[{"b":[{"c":"x"}]},{"b":[{}]}]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		n := 0
		err := JSONValues(strings.NewReader(data), Columns{Text: []string{"a.b.c"}}, func(Record, error) bool { n++; return true })
		_ = JSONValues(strings.NewReader(data), Columns{}, func(Record, error) bool { return true })
		var want struct {
			A struct {
				B []map[string]any `json:"b"`
			} `json:"a"`
		}
		if json.Unmarshal([]byte(data), &want) != nil || len(want.A.B) == 0 || strings.Count(data, `"`) > 8 || err != nil {
			return // names that come twice or in other case may each be meant
		}
		if _, there := want.A.B[0]["c"]; there && n != len(want.A.B) {
			t.Errorf("%q: %d records, want %d", data, n, len(want.A.B))
		}
	})
}
