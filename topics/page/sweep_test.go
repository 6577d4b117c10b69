package page

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/topics/sweep"
	"klew/topics/tables"
	"klew/vectorize"
)

// What klew sweep has written comes into the page as it is, to the digit.
func TestSweep(t *testing.T) {
	var documents []corpus.Document
	for i := range 40 {
		documents = append(documents, corpus.Document{ID: string(rune('a' + i)), Text: strings.Repeat([]string{"bees honey hive ", "train rail station "}[i%2], 3+i%4)})
	}
	counting := vectorize.Defaults()
	counting.MinDF, counting.MaxDF = vectorize.Verbatim().MinDF, vectorize.Verbatim().MaxDF
	table, err := vectorize.Count(t.Context(), slices.Values(documents), counting)
	if err != nil {
		t.Fatal(err)
	}
	plan := sweep.Defaults()
	plan.Topics, plan.Seeds = []int{2, 3}, 1
	result, err := sweep.Run(t.Context(), table, plan, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	sheet := tables.SweepSheet(result, result.Advise())
	folder := t.TempDir()
	var file bytes.Buffer
	if err := tables.WriteObject(&file, &sheet, false); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, tables.SweepFile), file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := ReadSweep(folder)
	if err != nil {
		t.Fatal(err)
	}
	var want, got bytes.Buffer
	if err := json.Compact(&want, file.Bytes()); err != nil {
		t.Fatal(err)
	}
	json.Compact(&got, asJSON(s))
	if got.String() != want.String() || !bytes.HasPrefix(file.Bytes(), []byte(tables.SweepMagic)) {
		t.Errorf("the page has\n%s\nand klew sweep wrote\n%s", got.String(), want.String())
	}
}

// What is not the file of a sweep is refused, and says what to do.
func TestSweepRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "writes it again",
		"{":                 "writes it again",
		"[1]":               "writes it again",
		`{"a": 1}`:          "not what klew sweep has written",
		`{"klew_sweep": 2}`: "a newer klew",
		`{"klew_sweep": 1}`: "no number of topics",
		`{"klew_sweep": 1, "sweep": [{"topics": 5}, {"topics": 5}]}`: "do not rise",
		`{"klew_sweep": 1, "sweep": [{"topics": -1}]}`:               "do not rise",
	} {
		folder := t.TempDir()
		os.WriteFile(filepath.Join(folder, tables.SweepFile), []byte(text), 0o644)
		if _, err := ReadSweep(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if _, err := ReadSweep(t.TempDir()); err == nil || !strings.Contains(err.Error(), "klew sweep with -o") {
		t.Errorf("a folder without one: %v", err)
	}
}
