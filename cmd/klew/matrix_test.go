package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/vectorize"
)

// countedDemo is the table of the sample texts.
func countedDemo(t *testing.T) *vectorize.Table {
	t.Helper()
	c, err := corpus.Open([]string{"../../examples/demo"}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := vectorize.Count(context.Background(), c.Documents(context.Background()), vectorize.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// writeMatrix writes what others would have counted: a matrix and its vocabulary.
func writeMatrix(t *testing.T, table *vectorize.Table) (matrix, vocabulary string) {
	t.Helper()
	terms, documents := table.V.Dims()
	text := fmt.Sprintf("%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n", documents, terms, table.V.NNZ())
	table.V.DoNonZero(func(i, j int, x float64) { text += fmt.Sprintf("%d %d %.0f\n", j+1, i+1, x) })
	var names string
	for _, term := range table.Vocabulary.Terms {
		names += term.Stem + "\n"
	}
	dir := t.TempDir()
	matrix, vocabulary = filepath.Join(dir, "m.mtx"), filepath.Join(dir, "terms.txt")
	for path, text := range map[string]string{matrix: text, vocabulary: names} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return matrix, vocabulary
}

// The same counts have the same topics, to the last bit, whichever way they came.
func TestMatrixOfTexts(t *testing.T) {
	matrix, vocabulary := writeMatrix(t, countedDemo(t))
	texts := fittedModel(t, "../../examples/demo", "-k", "8")
	counts := fittedModel(t, matrix, "--vocabulary", vocabulary, "-k", "8")
	if counts.Outcome.Divergence != texts.Outcome.Divergence || counts.Outcome.Iterations != texts.Outcome.Iterations {
		t.Errorf("divergence %g after %d iterations, want %g after %d", counts.Outcome.Divergence, counts.Outcome.Iterations, texts.Outcome.Divergence, texts.Outcome.Iterations)
	}
	for j, d := range counts.Documents {
		if want := texts.Documents[j]; d.ID != fmt.Sprint(j+1) || d.Tokens != want.Tokens {
			t.Errorf("document %q has %d tokens, want %d", d.ID, d.Tokens, want.Tokens)
		}
		for k, p := range counts.Proportions(j) {
			if want := texts.Proportions(j)[k]; p != want {
				t.Fatalf("topic %d of document %d has the proportion %g, want %g", k, j, p, want)
			}
		}
	}
	for i, term := range counts.Vocabulary.Terms {
		if want := texts.Vocabulary.Terms[i]; term.Stem != want.Stem || term.DF != want.DF || term.Count != want.Count {
			t.Errorf("term %+v, want %+v", term, want)
		}
	}
}

// Interrupted while it reads a matrix, klew has nothing to keep.
func TestInterruptWhileReadingAMatrix(t *testing.T) {
	matrix, _ := writeMatrix(t, countedDemo(t))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, said bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}
	if code := run(ctx, []string{"fit", matrix, "--trace", filepath.Join(t.TempDir(), "t.tsv")}, p); code != exitInterrupted {
		t.Errorf("exit code %d\n%s", code, said.String())
	}
	if !strings.Contains(said.String(), "before there was anything to keep") || out.Len() > 0 {
		t.Errorf("said %q, printed %q", said.String(), out.String())
	}
}
