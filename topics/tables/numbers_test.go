package tables

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// editedModel has three topics, of which the first is dropped and the last has a label.
func editedModel(t *testing.T) *topics.Model {
	t.Helper()
	words := []string{"kiln", "sail", "dough"}
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{Documents: 3}}
	for i, word := range words {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: word, DF: 1, Count: 3 - i})
		table.Documents = append(table.Documents, vectorize.Document{ID: word + ".txt", Tokens: 3 - i})
	}
	m := topics.New(table, &nmf.Result{
		W: nmf.NewW(3, 3, []float32{1, 0, 0, 0, 1, 0, 0, 0, 1}),
		H: nmf.NewH(3, 3, []float32{2.9999, 0, 0, 0, 1.9999, 0, 0, 0, 0.9999}),
	}, topics.Origin{Counting: vectorize.Defaults(), Fitting: nmf.Defaults()})
	edits := []topics.Edit{{Verb: topics.DropTopic}, {Verb: topics.RenameTopic, Topic: 2, Text: "bread \"rolls\""}}
	if err := m.Amend(edits); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	return edited
}

// After topics were dropped the numbers and labels that people know are in every format,
// and the report says so where topics have other numbers there.
func TestNumbersAfterEdits(t *testing.T) {
	m := editedModel(t)
	folder := t.TempDir()
	for _, f := range Formats {
		e := &Export{Model: m, Format: f, Path: filepath.Join(folder, string(f)), Folder: true}
		report, err := e.Write(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		told := strings.Contains(strings.Join(report.Notes, " "), "topic")
		if other := f == Npz || f == MALLET || f == LDAvis; told != other {
			t.Errorf("%s: the notes are %q", f, report.Notes)
		}
	}
	z, err := readNpz(readFile(t, filepath.Join(folder, "npz", "model.npz")))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(z["topic"].numbers, []float64{2, 3}) || !slices.Equal(z["label"].texts, []string{"sail", `bread "rolls"`}) {
		t.Errorf("npz: %v, %q", z["topic"].numbers, z["label"].texts)
	}
	want := "mallet\ttopic\tlabel\tshare\n0\t2\tsail\t0.6666778\n1\t3\t\"bread \"\"rolls\"\"\"\t0.33332223\n"
	if got := string(readFile(t, filepath.Join(folder, "mallet", "topics.tsv"))); got != want {
		t.Errorf("mallet: %s", got)
	}
	var p prepared
	if err := json.Unmarshal(readFile(t, filepath.Join(folder, "ldavis", "model.json")), &p); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(p.Known.Topics, []int{2, 3}) || !slices.Equal(p.Known.Labels, []string{"sail", `bread "rolls"`}) || !slices.Equal(p.Order, []int{1, 2}) {
		t.Errorf("ldavis: %v, numbered %v", p.Known, p.Order)
	}
}

// The bars of LDAvis are the counts of the table of terms, also where what the factors give
// is a little less, or topics were dropped.
func TestBarsAreCounts(t *testing.T) {
	m := editedModel(t)
	var to bytes.Buffer
	if err := (&Export{Model: m}).ldavis(context.Background(), &to); err != nil {
		t.Fatal(err)
	}
	var p prepared
	if err := json.Unmarshal(to.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	bars := 0
	for i, category := range p.Bars.Category {
		if category != "Default" {
			continue
		}
		bars++
		row := slices.IndexFunc(m.Vocabulary.Terms, func(t vectorize.Term) bool { return t.Stem == p.Bars.Term[i] })
		if want := float64(m.Vocabulary.Terms[row].Count); p.Bars.Freq[i] != want || p.Bars.Total[i] != want {
			t.Errorf("%s: %v of %v, and the table of terms has %v", p.Bars.Term[i], p.Bars.Freq[i], p.Bars.Total[i], want)
		}
	}
	if bars != 3 {
		t.Errorf("%d bars", bars)
	}
}

// Terms that are written alike have names of their own where a word stands for a term.
func TestDistinctWords(t *testing.T) {
	term := func(stem, form string) vectorize.Term {
		return vectorize.Term{Stem: stem, Forms: []vectorize.Form{{Text: form, Count: 1}}}
	}
	v := &vectorize.Vocabulary{Terms: []vectorize.Term{term("a", "sol"), term("b", "sol"), term("c", "sol/b"), term("b", "sol"), term("d", "luna")}}
	if got, want := distinctWords(v), []string{"sol", "sol/b", "sol/b/c", "sol/b/", "luna"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
