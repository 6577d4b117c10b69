package tables

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klew/corpus"
	"klew/topics"

	"pgregory.net/rapid"
)

// A table that is too long for a sheet goes on in others, each with the header; and the
// report says so.
func TestWorkbookGoesOn(t *testing.T) {
	e := &Export{Model: smallModel(), AllTables: true}
	var data bytes.Buffer
	if err := e.workbook(context.Background(), &data, limits{rows: 3, columns: 20, units: 100}); err != nil {
		t.Fatal(err)
	}
	sheets, order, err := readXLSX(data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := "topics documents documents (2) document_topics document_topics (2) topic_terms topic_terms (2) terms terms (2) long texts"
	if got := strings.Join(order, " "); !strings.HasPrefix(got, want) {
		t.Errorf("the sheets are %.200s", got)
	}
	both := *sheets["documents"]
	both.rows = append(both.rows, sheets["documents (2)"].rows...)
	same(t, "documents", both, e.documentSheet(LabelHeaders(e.Model)), true)
	if len(e.report.Notes) != 2 {
		t.Errorf("%d notes", len(e.report.Notes))
	}
}

func TestTooManyColumns(t *testing.T) {
	m := smallModel()
	for i := range 17_000 {
		m.Documents[0].Meta = append(m.Documents[0].Meta, corpus.Field{Name: fmt.Sprint("field ", i)})
	}
	for _, f := range []Format{XLSX, SQLite} {
		e := &Export{Model: m, Format: f, Path: t.TempDir(), Folder: true}
		if _, err := e.Write(context.Background()); err == nil || !strings.Contains(err.Error(), "choose another format") {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestLetters(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := letters(i); got != want || columnOf(got+"1") != i {
			t.Errorf("column %d is %s, not %s", i, got, want)
		}
	}
}

// The pieces of a text are no longer than asked, and are the text.
func TestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, most := rapid.String().Draw(t, "text"), rapid.IntRange(2, 9).Draw(t, "most")
		all := ""
		for rest := s; rest != ""; {
			var part string
			part, rest = cut(rest, most)
			if n := units(part); n > most || n < most-1 && rest != "" {
				t.Fatalf("a part of %d units: %q", n, part)
			}
			all += part
		}
		if all != s {
			t.Fatalf("%q is not %q", all, s)
		}
	})
}

// Words are found in texts, also without their accents, and the views have the names.
func TestDatabaseSearch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a ? # % name.sqlite")
	texts := func(yield func(int, string) bool) { _ = yield(1, "Dough for a café.") && yield(0, "A boat.") }
	e := &Export{Model: smallModel(), Format: SQLite, Path: path, Texts: texts}
	if _, err := e.Write(context.Background()); err != nil {
		t.Fatal(err)
	}
	found, err := readDatabase(path, `SELECT m.document, m.keywords, snippet(texts, 0, '[', ']', '…', 3)
		FROM texts JOIN document_mix m ON m.id = texts.rowid WHERE texts MATCH 'CAFE' ORDER BY m.proportion DESC LIMIT 1`)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%q", found.rows); got != `[["bread, \"dough\"\n🐝.txt" "boats sailing" "…for a [café]."]]` {
		t.Error(got)
	}
	words, err := readDatabase(path, "SELECT term FROM topic_keywords WHERE topic = 1 ORDER BY rank")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(words.rows); got != "[[boats] [sailing]]" {
		t.Error(got)
	}
	if check, err := readDatabase(path, "PRAGMA integrity_check"); err != nil || fmt.Sprint(check.rows) != "[[ok]]" {
		t.Error(check, err)
	}
}

// checkMALLET compares MALLET's files with the model.
func checkMALLET(t fataler, m *topics.Model, data [][]byte) {
	t.Helper()
	lines := func(n int) []string { return strings.Split(strings.TrimSuffix(string(data[n]), "\n"), "\n") }
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("mallet: %v", err)
		}
		return x
	}
	for k, line := range lines(2) {
		parts := strings.Split(line, "\t")
		if len(parts) != 3 || parts[0] != strconv.Itoa(k) || number(parts[1]) != m.Shares()[k] {
			t.Fatalf("mallet topic-keys: %q", line)
		}
	}
	for j, line := range lines(3) {
		parts := strings.Split(line, "\t")
		if len(parts) != 2+m.Topics() || parts[0] != strconv.Itoa(j) || tsvUnescapes.Replace(parts[1]) != clean(m.Documents[j].ID) {
			t.Fatalf("mallet doc-topics: %q", line)
		}
		for k, p := range m.Proportions(j) {
			if number(parts[2+k]) != p {
				t.Fatalf("mallet doc-topics: %q", line)
			}
		}
	}
	checkWords(t, m, lines(4), lines(5), number)
}

func checkWords(t fataler, m *topics.Model, counts, weights []string, number func(string) float64) {
	t.Helper()
	mass := m.H.Sums()
	rows := make(map[string]int)
	for i, line := range counts {
		parts := strings.Split(line, " ")
		rows[parts[1]] = i
		sum, expected := 0.0, 0.0
		for _, part := range parts[2:] {
			topic, n, _ := strings.Cut(part, ":")
			k := int(number(topic))
			if count := float64(m.W.Item(i)[k]) * mass[k]; math.Abs(number(n)-count) >= 1 {
				t.Fatalf("mallet word-topic-counts: %q, and %v are expected", line, count)
			}
			sum += number(n)
		}
		for k, x := range m.W.Item(i) {
			expected += float64(x) * mass[k]
		}
		if sum != math.Round(expected) {
			t.Fatalf("mallet word-topic-counts: the counts in %q sum to %v, not %v", line, sum, expected)
		}
	}
	if len(rows) != m.W.Items() {
		t.Fatalf("mallet word-topic-counts: %d different words of %d terms", len(rows), m.W.Items())
	}
	for _, line := range weights {
		if line == "" { // no topic has any
			continue
		}
		parts := strings.Split(line, "\t")
		i, k := rows[parts[1]], int(number(parts[0]))
		if got, want := number(parts[2]), float64(m.W.Item(i)[k])*mass[k]; got != want {
			t.Fatalf("mallet topic-word-weights: %q, not %v", line, want)
		}
	}
}

func TestRoundTogether(t *testing.T) {
	for _, c := range []struct {
		numbers []float64
		want    []int64
	}{
		{[]float64{1.5, 1.5}, []int64{2, 1}},
		{[]float64{0.4, 0.4, 0.4}, []int64{1, 0, 0}},
		{[]float64{2.2, 0.7, 0.1}, []int64{2, 1, 0}},
		{[]float64{0.2, 0.2}, []int64{0, 0}},
		{[]float64{3}, []int64{3}},
		{nil, nil},
	} {
		got := make([]int64, len(c.numbers))
		if roundTogether(got, c.numbers); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%v becomes %v, not %v", c.numbers, got, c.want)
		}
	}
}

// checkLDAvis checks what must hold of any model: the bars are of terms that are there, and
// the lists of one length. The numbers are compared with pyLDAvis's in a test of their own.
func checkLDAvis(t fataler, m *topics.Model, data []byte) {
	t.Helper()
	var p prepared
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatalf("ldavis: %v", err)
	}
	n := len(p.Bars.Term)
	if len(p.Bars.Freq) != n || len(p.Bars.Total) != n || len(p.Bars.Category) != n || len(p.Bars.LogProb) != n || len(p.Bars.LogLift) != n {
		t.Fatalf("ldavis: tinfo has lists of several lengths")
	}
	if len(p.Map.X) != m.Topics() || len(p.Map.Y) != m.Topics() || len(p.Map.Percent) != m.Topics() || len(p.Order) != m.Topics() {
		t.Fatalf("ldavis: not all topics are on the map")
	}
	words := distinctWords(m.Vocabulary)
	for i, term := range p.Bars.Term {
		if !slices.Contains(words, term) || p.Bars.Freq[i] > p.Bars.Total[i]*(1+1e-9) {
			t.Fatalf("ldavis: the bar of %q", term)
		}
	}
}
