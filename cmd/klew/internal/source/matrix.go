package source

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"klew/cmd/klew/internal/print"
	"klew/vectorize"
	"klew/vectorize/matrixfile"
	"klew/vectorize/sections"

	"github.com/klauspost/compress/zstd"
)

// isMatrix reports whether there is a file at path that begins as a MatrixMarket file
// does, as it is or in gzip or zstd.
func isMatrix(path string) bool {
	f := sections.OpenRegular(path)
	if f == nil {
		return false
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return false
	}
	head := make([]byte, matrixfile.HeadSize)
	n, _ := io.ReadFull(r, head)
	return matrixfile.IsMatrixMarket(head[:n])
}

// longestWindow bounds what zstd may want to look back at: as much as its own program
// allows unless told otherwise.
const longestWindow = 1 << 27

// unzipped reads what is in gzip or zstd, and anything else as it is. The standard library
// unpacks 270 MB/s of gzip; others reach 330, which is no reason to depend on them.
func unzipped(from io.Reader) (io.Reader, error) {
	r := bufio.NewReaderSize(from, 1<<16)
	switch head, _ := r.Peek(4); {
	case strings.HasPrefix(string(head), "\x1f\x8b"):
		return gzip.NewReader(r)
	case string(head) == "\x28\xb5\x2f\xfd":
		// With one thread it has no goroutine that someone would have to end.
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(longestWindow))
	}
	return r, nil
}

// readMatrix reads a matrix, and sees to it that later texts are counted by its terms
// as they are.
func (in *Input) readMatrix(ctx context.Context, path string) (*vectorize.Table, error) {
	terms, err := in.readVocabulary()
	if err != nil {
		return nil, fmt.Errorf("reading the vocabulary: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the matrix: %w", err)
	}
	defer file.Close()
	reading := in.Begin("reading", megabytes(file))
	o := matrixfile.Options{Format: in.matrixFormat, Transpose: in.transpose, Terms: terms, Base: in.base()}
	m, err := ReadMatrixFile(&watched{ctx: ctx, from: file, stage: reading}, o)
	took := reading.End()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if m.Note != "" {
		in.Say("klew: %s: %s%s", path, m.Note, map[bool]string{true: "; --zero-based or --one-based says otherwise"}[in.matrixFormat == matrixfile.SVMlight])
	}
	table := vectorize.OfMatrix(m)
	table.Ban(in.Counting.Banned)
	in.Counting = vectorize.Verbatim()
	sayCounted(in.Console, table, took)
	return table, nil
}

// ReadMatrixFile reads a matrix that may be in gzip or zstd. It unpacks in one goroutine what it takes
// apart in another.
func ReadMatrixFile(from io.Reader, o matrixfile.Options) (*matrixfile.Matrix, error) {
	r, err := unzipped(from)
	if err != nil {
		return nil, err
	}
	unpacked := newAhead()
	var unpacking sync.WaitGroup
	unpacking.Go(func() { unpacked.fill(r) })
	m, err := matrixfile.Read(unpacked, o)
	unpacked.stop()
	unpacking.Wait() // from is the caller's again
	return m, err
}

// damaged adds what to do to an error of unpacking.
func damaged(err error) error {
	known := []error{io.ErrUnexpectedEOF, gzip.ErrChecksum, gzip.ErrHeader, zstd.ErrMagicMismatch, zstd.ErrCRCMismatch}
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) || slices.ContainsFunc(known, func(of error) bool { return errors.Is(err, of) }) {
		return fmt.Errorf("the compressed file is cut off or damaged, copy it or download it anew (%w)", err)
	}
	return err
}

// readVocabulary reads the names of the terms, nil if there is no file of them.
func (in *Input) readVocabulary() ([]string, error) {
	if in.vocabulary == "" {
		return nil, nil
	}
	file, err := os.Open(in.vocabulary)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	terms, err := readTerms(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.vocabulary, err)
	}
	return terms, nil
}

func readTerms(from io.Reader) ([]string, error) {
	r, err := unzipped(from)
	if err != nil {
		return nil, err
	}
	return matrixfile.ReadTerms(r)
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
	stage *print.Stage
	read  int64
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.from.Read(p)
	w.read += int64(n)
	w.stage.Set(int(w.read>>20), "MB")
	return n, err
}

// Cells reads the triplets or pairs of a file, which may be in gzip or zstd; - is standard
// input.
func Cells(ctx context.Context, to *print.Console, path string, each func(c matrixfile.Cell) error) error {
	from := to.In
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("reading the cells: %w", err)
		}
		defer file.Close()
		reading := to.Begin("reading", megabytes(file))
		defer reading.End()
		from = &watched{ctx: ctx, from: file, stage: reading}
	}
	r, err := unzipped(from)
	if err == nil {
		err = matrixfile.Cells(r, each)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	return nil
}
