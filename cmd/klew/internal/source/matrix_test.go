package source

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
)

// Reading a matrix is shown by the part of the file that has been read.
func TestMatrixProgress(t *testing.T) {
	var said bytes.Buffer
	s := (&print.Console{Err: &said}).Begin("reading", 3)
	w := &watched{ctx: context.Background(), from: bytes.NewReader(make([]byte, 3<<20)), stage: s}
	for range 2 {
		s.Due()
		if _, err := w.Read(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.HasPrefix(said.String(), "klew: reading: 1 of 3 MB") || !strings.Contains(said.String(), "\nklew: reading: 2 of 3 MB") {
		t.Errorf("said %q", said.String())
	}
}

// The matrix that others have measured themselves on, in gzip as it is handed around.
func TestNewsgroupsMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("a large matrix, left out with -short")
	}
	data := filepath.Join("..", "..", "..", "..", "..", "shared", "data")
	matrix, vocabulary := filepath.Join(data, "newsgroups.mtx.gz"), filepath.Join(data, "newsgroups.vocab.txt.gz")
	if _, err := os.Stat(matrix); err != nil {
		t.Skipf("the matrix %s is not here", matrix)
	}
	var said bytes.Buffer
	in := &Input{Console: &print.Console{Err: &said}, vocabulary: vocabulary}
	table, err := in.readMatrix(context.Background(), matrix)
	if err != nil {
		t.Fatal(err)
	}
	if want := "18,774 documents"; !strings.Contains(said.String(), want) {
		t.Errorf("no word of %q in %q", want, said.String())
	}
	tokens := 0
	for _, d := range table.Documents {
		tokens += d.Tokens
	}
	terms, documents := table.V.Dims()
	if documents != 18774 || terms != 55911 || table.V.NNZ() != 2429942 || tokens != 4547389 {
		t.Errorf("%d documents, %d terms, %d non-zeros, %d tokens", documents, terms, table.V.NNZ(), tokens)
	}
	row, _ := table.Vocabulary.Find("the")
	if the := table.Vocabulary.Terms[row]; the.Stem != "the" || the.Count != 237369 || the.DF != 17433 {
		t.Errorf("%+v", the)
	}
}
