package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"
	"klew/topics"
	"klew/vectorize"
)

// exporting is the command export.
type exporting struct {
	input
	matrixTo string
	format   matrixFormatFlag
	threads  int
}

func newExport(p *program) *cobra.Command {
	e := &exporting{input: input{program: p}, format: matrixFormatFlag(vectorize.MatrixMarket)}
	e.counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "export --matrix FILE PATH...",
		Short: "Write counts for other programs",
		Long: `Count texts and write the matrix of counts for other programs. A PATH is one as with
klew fit: texts, one file of klew import, or one matrix, to have it in another format.

` + readingHelp + `
Three files are written. For --matrix counts.mtx these are

  counts.mtx              the matrix: documents by terms
  counts.vocabulary.txt   its terms, a line each, in the form in which klew counts them
  counts.documents.tsv    its documents: name, metadata, tokens

and for a folder matrix.mtx (or as the format is called), vocabulary.txt and
documents.tsv in it. A matrix whose name ends in .gz or .zst is written in gzip or zstd.
The formats are those of klew fit --matrix-format; mm is MatrixMarket, as scipy.io.mmread
and R's readMM read it.`,
		Example: `  klew export --matrix notes.mtx notes
  klew export --matrix notes.svmlight --to svmlight --weighting tfidf notes.kcorpus
  klew export --matrix docword.txt.gz --to uci notes --min-df 5
  klew fit notes.mtx --vocabulary notes.vocabulary.txt -k 20`,
		Args: e.texts.pathArgs("PATH", "", 1),
		RunE: func(c *cobra.Command, paths []string) error {
			if err := e.find(paths, c.Flags().Changed); err != nil {
				return usageError{err}
			}
			return e.run(c.Context(), paths)
		},
	}
	c.Flags().StringVar(&e.matrixTo, "matrix", "", "write the matrix to this `file`, or into this folder")
	c.Flags().Var(&toFlag{&e.format}, "to", "the format to write")
	e.texts.add(c)
	e.addWords(c)
	e.addLimits(c)
	e.addMatrix(c)
	c.Flags().IntVar(&e.threads, "threads", 0, "threads to use (0: all processors); the result does not depend on it")
	p.addQuiet(c)
	return c
}

// toFlag is --to: a format, and not auto.
type toFlag struct{ *matrixFormatFlag }

func (t *toFlag) Type() string { return strings.TrimPrefix(t.matrixFormatFlag.Type(), autoFormat+"|") }

func (t *toFlag) Set(text string) error {
	f, err := vectorize.ParseMatrixFormat(text)
	*t.matrixFormatFlag = matrixFormatFlag(f)
	return err
}

func (e *exporting) run(ctx context.Context, paths []string) error {
	files, err := e.prepare(paths)
	if err := errors.Join(err, e.texts.check(paths)); err != nil {
		return err
	}
	table, _, err := e.table(ctx, paths, func(int) error { return nil })
	if err != nil {
		return err
	}
	for _, f := range []struct {
		path  string
		write func(to io.Writer) error
	}{
		{files.matrix, func(to io.Writer) error { return e.write(to, table) }},
		{files.vocabulary, table.Vocabulary.WriteTerms},
		{files.documents, func(to io.Writer) error { return writeDocuments(to, table) }},
	} {
		if err := topics.WriteWhole(f.path, f.write); err != nil {
			return fmt.Errorf("writing %s: %w", f.path, err)
		}
	}
	e.say("klew: wrote %s, %s and %s", files.matrix, files.vocabulary, files.documents)
	return nil
}

func (e *exporting) prepare(paths []string) (exported, error) {
	switch {
	case e.matrixTo == "":
		return exported{}, usageError{errors.New("--matrix is missing: it names the file for the matrix, such as notes.mtx")}
	case e.matrixTo == "-":
		return exported{}, usageError{errors.New("--matrix -: three files are written, and standard output is but one; name a file")}
	case e.threads < 0:
		return exported{}, usageError{fmt.Errorf("--threads %d: must be 0 (all) or more", e.threads)}
	}
	for _, path := range paths {
		if topics.IsModel(path) {
			return exported{}, fmt.Errorf("reading %s: a model keeps topics, not counts; name the texts that it was made of, or a file of klew import", path)
		}
	}
	if err := e.prepareTerms(e.threads); err != nil {
		return exported{}, err
	}
	files := e.files()
	return files, files.canWrite()
}

// exported are the files that are written.
type exported struct{ matrix, vocabulary, documents string }

// files names them.
func (e *exporting) files() exported {
	if info, err := os.Stat(e.matrixTo); err == nil && info.IsDir() || strings.HasSuffix(e.matrixTo, "/") {
		name := "matrix." + e.format.String()
		if e.format == matrixFormatFlag(vectorize.MatrixMarket) {
			name = "matrix.mtx"
		}
		return exported{filepath.Join(e.matrixTo, name), filepath.Join(e.matrixTo, "vocabulary.txt"), filepath.Join(e.matrixTo, "documents.tsv")}
	}
	base := strings.TrimSuffix(strings.TrimSuffix(e.matrixTo, ".gz"), ".zst")
	base = strings.TrimSuffix(base, filepath.Ext(base))
	return exported{e.matrixTo, base + ".vocabulary.txt", base + ".documents.tsv"}
}

// canWrite finds out before the work whether the files can be written. Files that are
// there are replaced if the documents are there too, with the header that export writes:
// then they are from an earlier export, and no text is lost by a slip of the hand.
func (x exported) canWrite() error {
	earlier := beginsWith(x.documents, documentsHeader)
	for _, path := range []string{x.matrix, x.vocabulary, x.documents} {
		err := topics.CanWrite(path)
		if info, there := os.Stat(path); err == nil && there == nil && info.Size() > 0 && !earlier {
			err = errors.New("it is there, and not from an earlier export; name another file, or remove it")
		}
		if err != nil {
			return fmt.Errorf("cannot write to %s: %w", path, err)
		}
	}
	return nil
}

func beginsWith(path, text string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(text))
	n, _ := io.ReadFull(f, head)
	return string(head[:n]) == text
}

// write writes the matrix, packed as its name has it.
func (e *exporting) write(to io.Writer, t *vectorize.Table) error {
	format := vectorize.MatrixFormat(e.format)
	var packed io.WriteCloser
	switch filepath.Ext(e.matrixTo) {
	case ".gz":
		packed = gzip.NewWriter(to)
	case ".zst":
		w, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1))
		if err != nil {
			return err
		}
		packed = w
	default:
		return t.WriteMatrix(to, format)
	}
	return errors.Join(t.WriteMatrix(packed, format), packed.Close())
}

// documentsHeader is how the list of documents begins.
const documentsHeader = "document\tfolder\t"

// writeDocuments writes a line for each document, as klew docs begins its lines.
func writeDocuments(to io.Writer, t *vectorize.Table) error {
	fields := metadata(t.Documents)
	rows := newSeparated(tsvLines{bufio.NewWriter(to)}, slices.Concat([]string{"document"}, fields, []string{"tokens"}))
	for i := range t.Documents {
		if err := rows.row(describe(&t.Documents[i], fields)...); err != nil {
			return err
		}
	}
	return rows.close()
}
