package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize"
	"klew/vectorize/matrixfile"
	"klew/vectorize/sections"
)

// matrixCommand is the command matrix.
type matrixCommand struct {
	source.Input
	output  string
	to      matrixfile.Format
	threads int
}

func newMatrix(p *print.Console) *cobra.Command {
	m := &matrixCommand{Input: source.Input{Console: p}}
	m.Counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "matrix PATH... -o FILE",
		Short: "Write the counts of texts as a matrix for other programs",
		Long: `Count the words of texts and write the counts as a matrix, with its terms and documents. A
PATH is one as with klew fit: texts, one file of klew import, or one matrix, to have it in
another format.

Three files are written. For -o counts.mtx these are

  counts.mtx              the matrix: documents by terms
  counts.vocabulary.txt   its terms, a line each, in the form in which klew counts them
  counts.documents.tsv    its documents: name, metadata, tokens

and for a folder matrix.mtx (or as the format is called), vocabulary.txt and documents.tsv in
it. A matrix whose name ends in .gz or .zst is written in gzip or zstd. klew help matrices
describes the formats; mm is MatrixMarket, as scipy.io.mmread and R's readMM read it. Files
from an earlier call are replaced, others never.`,
		Example: `  klew matrix notes -o notes.mtx
  klew matrix notes.kcorpus -o notes.svmlight --weighting tfidf
  klew matrix docword.txt.gz --matrix-format uci --vocabulary vocab.txt -o counts.mtx.gz`,
		Args: m.Texts.PathArgs(),
		RunE: func(c *cobra.Command, paths []string) error {
			if err := m.Find(paths, c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			return m.run(c.Context(), paths)
		},
	}
	c.Flags().StringVarP(&m.output, "output", "o", "", "write the matrix to this `file`, or into this folder")
	usage.Choose(c, &m.to, "to", "", matrixfile.Formats, "the format, if the ending of the file does not tell it (mm)")
	m.AddFlags(c)
	usage.Threads(c, &m.threads)
	return c
}

func (m *matrixCommand) run(ctx context.Context, paths []string) error {
	files, err := m.prepare(paths)
	if err := errors.Join(err, m.Texts.Check(paths)); err != nil {
		return err
	}
	table, _, err := m.Table(ctx, paths, func(int) error { return nil })
	if err != nil {
		return err
	}
	for _, f := range []struct {
		path  string
		write func(to io.Writer) error
	}{
		{files.matrix, func(to io.Writer) error { return m.write(to, table) }},
		{files.vocabulary, func(to io.Writer) error { return matrixfile.WriteTerms(to, table.Matrix().Terms) }},
		{files.documents, func(to io.Writer) error { return tables.Write(to, tables.TSV, tables.Corpus(table.Documents)) }},
	} {
		if err := wholefile.Write(f.path, f.write); err != nil {
			return fmt.Errorf("writing %s: %w", f.path, err)
		}
	}
	m.Say("klew: wrote %s, %s and %s", files.matrix, files.vocabulary, files.documents)
	return nil
}

func (m *matrixCommand) prepare(paths []string) (matrixFiles, error) {
	switch m.output {
	case "":
		return matrixFiles{}, usage.Mistake(errors.New("-o is missing: it names the file for the matrix, such as notes.mtx"))
	case "-":
		return matrixFiles{}, usage.Mistake(errors.New("--output -: three files are written, and standard output is but one; name a file"))
	}
	for _, path := range paths {
		if topics.IsModel(path) {
			return matrixFiles{}, fmt.Errorf("reading %s: a model keeps topics, not counts; name the texts that it was made of, or a file of klew import; its topics are written by klew export", path)
		}
	}
	if err := m.PrepareTerms(m.threads); err != nil {
		return matrixFiles{}, err
	}
	m.to = m.format()
	files := m.files()
	return files, files.check()
}

// unpackedName is the name of a file without what says that it is in gzip or zstd.
func unpackedName(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
}

// format is the format to write: that of --to, or that of which the file has the ending.
func (m *matrixCommand) format() matrixfile.Format {
	ending := strings.TrimPrefix(filepath.Ext(unpackedName(m.output)), ".")
	for _, f := range matrixfile.Formats {
		if m.to == "" && ending == string(f) {
			return f
		}
	}
	if m.to == "" {
		return matrixfile.MatrixMarket
	}
	return m.to
}

// matrixFiles are the files that are written.
type matrixFiles struct{ matrix, vocabulary, documents string }

// files names them.
func (m *matrixCommand) files() matrixFiles {
	if info, err := os.Stat(m.output); err == nil && info.IsDir() || strings.HasSuffix(m.output, "/") {
		name := "matrix." + string(m.to)
		if m.to == matrixfile.MatrixMarket {
			name = "matrix.mtx"
		}
		return matrixFiles{filepath.Join(m.output, name), filepath.Join(m.output, "vocabulary.txt"), filepath.Join(m.output, "documents.tsv")}
	}
	base := unpackedName(m.output)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	return matrixFiles{m.output, base + ".vocabulary.txt", base + ".documents.tsv"}
}

// documentsHeader is how the list of documents begins.
const documentsHeader = "document\tfolder\t"

// check finds out before the work whether the files can be written. Files that are there are
// replaced if the documents are there too, with the header that klew writes: then they are
// from an earlier call, and no text is lost by a slip of the hand.
func (x matrixFiles) check() error {
	earlier := sections.Begins(x.documents, documentsHeader)
	for _, path := range []string{x.matrix, x.vocabulary, x.documents} {
		if err := wholefile.Check(path, "matrix", func(string) bool { return earlier }); err != nil {
			return err
		}
	}
	return nil
}

// write writes the matrix, packed as its name has it.
func (m *matrixCommand) write(to io.Writer, t *vectorize.Table) error {
	packed, err := tables.Packed(to, m.output)
	if err != nil {
		return err
	}
	return errors.Join(t.Matrix().Write(packed, m.to), packed.Close())
}
