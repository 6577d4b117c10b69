package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"klew/vectorize"
)

// isMatrix reports whether there is a file at path that begins as a MatrixMarket file
// does, as it is or in gzip.
func isMatrix(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false // a pipe must not lose its first bytes
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return false
	}
	head := make([]byte, len(vectorize.MatrixMarketMagic))
	n, _ := io.ReadFull(r, head)
	return strings.EqualFold(string(head[:n]), vectorize.MatrixMarketMagic)
}

// unzipped reads what is in gzip, and anything else as it is. The standard library
// unpacks 270 MB/s; others reach 330, which is no reason to depend on them.
func unzipped(from io.Reader) (io.Reader, error) {
	r := bufio.NewReaderSize(from, 1<<16)
	if head, _ := r.Peek(2); string(head) != "\x1f\x8b" {
		return r, nil
	}
	return gzip.NewReader(r)
}

// findMatrix looks for a matrix among paths. It must be alone: the terms of two have
// nothing to do with each other, and those of texts nothing with either. Options that
// the user has given for the other kind of input would do nothing, and are refused.
func (f *fitting) findMatrix(paths []string, given func(option string) bool) error {
	for _, path := range paths {
		if f.matrix = isMatrix(path); f.matrix && len(paths) > 1 {
			return fmt.Errorf("%s is a matrix: name one matrix and nothing else", path)
		}
	}
	of, why := []string{"vocabulary", "transpose"}, "is for a matrix, and there is none at"
	if f.matrix {
		of = textOptions
		why = "is for texts, not for counts as those in"
	}
	for _, option := range of {
		if given(option) {
			return fmt.Errorf("--%s %s %s", option, why, paths[0])
		}
	}
	return nil
}

// readMatrix reads a matrix, and sees to it that later texts are counted by its terms
// as they are.
func (f *fitting) readMatrix(ctx context.Context, path string) (*vectorize.Table, error) {
	terms, err := f.readVocabulary()
	if err != nil {
		return nil, fmt.Errorf("reading the vocabulary: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the matrix: %w", err)
	}
	defer file.Close()
	reading := f.begin("reading", megabytes(file))
	table, err := readTable(&watched{ctx: ctx, from: file, stage: reading}, vectorize.MatrixOptions{Transpose: f.transpose, Terms: terms})
	took := reading.end()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	f.counting = vectorize.Verbatim()
	f.sayCounted(table, took)
	return table, nil
}

func readTable(from io.Reader, o vectorize.MatrixOptions) (*vectorize.Table, error) {
	r, err := unzipped(from)
	if err != nil {
		return nil, err
	}
	return vectorize.ReadMatrixMarket(r, o)
}

// readVocabulary reads the names of the terms, nil if there is no file of them.
func (f *fitting) readVocabulary() ([]string, error) {
	if f.vocabulary == "" {
		return nil, nil
	}
	file, err := os.Open(f.vocabulary)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	terms, err := readTerms(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.vocabulary, err)
	}
	return terms, nil
}

func readTerms(from io.Reader) ([]string, error) {
	r, err := unzipped(from)
	if err != nil {
		return nil, err
	}
	return vectorize.ReadTerms(r)
}

// megabytes is the size of a file, 0 if it cannot be known.
func megabytes(f *os.File) int {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return int(info.Size() >> 20)
}

// watched is a file being read: it shows how far it has come, and ends when ctx does.
type watched struct {
	ctx   context.Context
	from  io.Reader
	stage *stage
	read  int64
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.from.Read(p)
	w.read += int64(n)
	w.stage.set(int(w.read>>20), "MB")
	return n, err
}
