package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// A model made by hand, whose numbers are exact on every machine, printed by each
// command in each format. Names that are hard to print are among them.
func TestGolden(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	if err := handMade().Save(model); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"topics":         {"topics", model},
		"topics-words":   {"topics", model, "--words", "2"},
		"topics-long":    {"topics", model, "--long"},
		"docs":           {"docs", model},
		"docs-weights":   {"docs", model, "--weights"},
		"docs-long":      {"docs", model, "--long"},
		"docs-top":       {"docs", model, "--top", "1"},
		"docs-long-top":  {"docs", model, "--long", "--top", "2", "--threshold", "0.2"},
		"docs-threshold": {"docs", model, "--threshold", "0.5"},
		"trends-wide":    {"trends", model, "--wide", "--by", "folder"},
		"trends-both":    {"trends", model, "--by", "FOLDER,folder", "--resamples", "0"},
		"tree":           {"tree", model},
		"tree-merges":    {"tree", model, "--merges"},
		"tree-pairs":     {"tree", model, "--pairs"},
		"info":           {"info", model},
		"info-cite":      {"info", model, "--cite"},
	} {
		for _, format := range print.Formats {
			t.Run(name+"/"+format, func(t *testing.T) {
				golden(t, name+"."+format, output(t, append(args, "--format", format)...))
			})
		}
	}
}

// Where the output goes to no terminal, it is TSV.
func TestFormatByDefault(t *testing.T) {
	model := filepath.Join(t.TempDir(), "m.klew")
	if err := handMade().Save(model); err != nil {
		t.Fatal(err)
	}
	if got, want := output(t, "docs", model), output(t, "docs", model, "--format", "tsv"); got != want {
		t.Errorf("%s\nis not\n%s", got, want)
	}
}

func TestHelpGolden(t *testing.T) {
	golden(t, "help.txt", output(t, "help"))
	for _, command := range []string{"fit", "topics", "docs", "infer", "info", "import", "export", "matrix", "stop-words", "demo", "tree"} {
		golden(t, "help-"+command+".txt", output(t, "help", command))
	}
}

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}
	if code := run(context.Background(), args, p); code != exitDone {
		t.Fatalf("klew %s: exit code %d\n%s", strings.Join(args, " "), code, said.String())
	}
	return out.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s\n(go test ./cmd/klew -update writes it anew)", path, got, want)
	}
}

func handMade() *topics.Model {
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	counting.StopWords = []string{"a", "the"}
	fitting.Topics, fitting.Restarts, fitting.AlphaW, fitting.AlphaH = 2, 2, 0.25, 0.5
	table := &vectorize.Table{
		Documents: []vectorize.Document{
			{ID: "sea/a.txt", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}, Tokens: 4, Unknown: 1},
			{ID: "with,comma \"quoted\".txt", Meta: []corpus.Field{{Name: "folder", Value: ""}, {Name: "year", Value: "1999"}}, Tokens: 8},
			{ID: "tab\there\nand \\ there.txt", Meta: []corpus.Field{{Name: "folder", Value: "<ü 🐝>"}}, Tokens: 2},
			{ID: "empty.txt", Meta: []corpus.Field{{Name: "folder", Value: "sea"}}},
		},
		Vocabulary: &vectorize.Vocabulary{Documents: 4, Terms: []vectorize.Term{
			{Stem: "boat", DF: 2, Count: 8, Forms: []vectorize.Form{{Text: "boats", Count: 5}, {Text: "boat", Count: 3}}},
			{Stem: "bread", DF: 2, Count: 4, Forms: []vectorize.Form{{Text: "bread", Count: 4}}},
			{Stem: "sail", DF: 1, Count: 2, Forms: []vectorize.Form{{Text: "sailing", Count: 2}}},
		}},
		Dropped: []vectorize.Dropped{{Reason: vectorize.TooRare, Terms: 1, Tokens: 1}},
	}
	result := &nmf.Result{
		W:          nmf.NewW(3, 2, []float32{0, 3, 1, 0, 1, 1}),
		H:          nmf.NewH(2, 4, []float32{0, 1, 1, 1.5, 1, 0, 0, 0}),
		Divergence: 1.25,
		Penalty:    0.75,
		Residual:   0.00125,
		Iterations: 3,
		Status:     nmf.Converged,
		Restarts: []nmf.Restart{
			{Seed: 1, Divergence: 1.25, Iterations: 3, Status: nmf.Converged, Agreement: 1},
			{Seed: 2, Divergence: 1.5, Iterations: 1000, Status: nmf.Limit, Agreement: 0.875},
		},
		Trace: []nmf.Step{{Iteration: 0, Divergence: 5}, {Iteration: 1, Divergence: 2}, {Iteration: 2, Divergence: 1.5}},
	}
	return topics.New(table, result, topics.Origin{
		Program: "klew test", Paths: []string{"sea", "other"}, Counting: counting, Fitting: fitting,
		Ledger: corpus.Ledger{
			{Path: "sea/x.png", Reason: corpus.Binary, Detail: "image/png"},
			{Path: "sea/b.txt", Reason: corpus.Unreadable, Detail: "permission denied"},
			{Path: "sea/a.txt", Repaired: true, Reason: corpus.Windows1252},
		},
	})
}

// The help of the command with most options fits two screens.
func TestHelpOfFitIsShort(t *testing.T) {
	if n := strings.Count(output(t, "help", "fit"), "\n"); n > 124 {
		t.Errorf("klew help fit has %d lines", n)
	}
}
