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

// exporting is the command export: of a model's tables, or of the counts of texts.
type exporting struct {
	source.Input
	matrixTo  string
	to        string
	format    string // as it was given
	tableName string
	noText    bool
	threads   int

	matrixIn source.MatrixFormatFlag // the format of the matrix to write
}

func newExport(p *print.Console) *cobra.Command {
	e := &exporting{Input: source.Input{Console: p}}
	e.Counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:     "export MODEL --to FILE|FOLDER, or export PATH... --matrix FILE",
		Short:   "Write a model or counts for other programs",
		Long:    exportHelp,
		Example: exportExamples,
		Args:    e.Texts.PathArgs("MODEL or PATH", "", 1),
		RunE: func(c *cobra.Command, paths []string) error {
			if e.ofModel(paths) {
				return e.runModel(c, paths)
			}
			if err := e.settleFormat(c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			if err := e.Find(paths, c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			return e.run(c.Context(), paths)
		},
	}
	flags := c.Flags()
	flags.StringVar(&e.to, "to", "", "write the tables of a model to this `file`, or into this folder")
	flags.StringVar(&e.matrixTo, "matrix", "", "write the matrix of counts to this `file`, or into this folder")
	flags.StringVarP(&e.format, "format", "f", "", "the `format` to write: "+usage.Join(tables.Formats)+" (by the ending of the file; csv in a folder), and with --matrix "+usage.Join(matrixfile.Formats)+" (mm)")
	flags.StringVar(&e.tableName, "table", "", "which `table` to write to a file that holds one: "+usage.Join(tables.Names)+" (documents)")
	flags.BoolVar(&e.noText, "no-text", false, "do not read the texts again: without full-text search in a database, and coherence in MALLET's diagnostics")
	e.Texts.Add(c)
	e.AddWords(c)
	e.AddLimits(c)
	e.AddMatrix(c)
	flags.IntVar(&e.threads, "threads", 0, "threads to use (0: all processors); the result does not depend on it")
	return c
}

// settleFormat finds the format of a matrix, and refuses what is for a model. That format
// was once given by --to, which still does.
func (e *exporting) settleFormat(given func(option string) bool) error {
	e.matrixIn = source.MatrixFormatFlag(matrixfile.MatrixMarket)
	for _, option := range []string{"table", "no-text"} {
		if given(option) {
			return fmt.Errorf("--%s is for a model, and --matrix writes counts", option)
		}
	}
	name, option := e.format, "format"
	if given("to") {
		if name, option = e.to, "to"; given("format") {
			return errors.New("--to is for a model, and --matrix for counts: give one of them")
		}
	}
	if name == "" {
		return nil
	}
	f, err := matrixfile.ParseFormat(name)
	if err != nil {
		return fmt.Errorf("--%s: %w", option, err)
	}
	e.matrixIn = source.MatrixFormatFlag(f)
	return nil
}

func (e *exporting) run(ctx context.Context, paths []string) error {
	files, err := e.prepare(paths)
	if err := errors.Join(err, e.Texts.Check(paths)); err != nil {
		return err
	}
	table, _, err := e.Table(ctx, paths, func(int) error { return nil })
	if err != nil {
		return err
	}
	for _, f := range []struct {
		path  string
		write func(to io.Writer) error
	}{
		{files.matrix, func(to io.Writer) error { return e.write(to, table) }},
		{files.vocabulary, func(to io.Writer) error { return matrixfile.WriteTerms(to, table.Matrix().Terms) }},
		{files.documents, func(to io.Writer) error { return writeDocuments(to, table) }},
	} {
		if err := wholefile.Write(f.path, f.write); err != nil {
			return fmt.Errorf("writing %s: %w", f.path, err)
		}
	}
	e.Say("klew: wrote %s, %s and %s", files.matrix, files.vocabulary, files.documents)
	return nil
}

func (e *exporting) prepare(paths []string) (exported, error) {
	switch {
	case e.matrixTo == "":
		return exported{}, usage.Mistake(errors.New("--matrix is missing: it names the file for the matrix, such as notes.mtx (to write a model: klew export MODEL --to FILE)"))
	case e.matrixTo == "-":
		return exported{}, usage.Mistake(errors.New("--matrix -: three files are written, and standard output is but one; name a file"))
	case e.threads < 0:
		return exported{}, usage.Mistakef("--threads %d: must be 0 (all) or more", e.threads)
	}
	for _, path := range paths {
		if topics.IsModel(path) {
			return exported{}, fmt.Errorf("reading %s: a model keeps topics, not counts; name the texts that it was made of, or a file of klew import; its topics are written by --to", path)
		}
	}
	if err := e.PrepareTerms(e.threads); err != nil {
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
		name := "matrix." + e.matrixIn.String()
		if e.matrixIn == source.MatrixFormatFlag(matrixfile.MatrixMarket) {
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
	earlier := sections.Begins(x.documents, documentsHeader)
	for _, path := range []string{x.matrix, x.vocabulary, x.documents} {
		if err := wholefile.Check(path, "matrix", func(string) bool { return earlier }); err != nil {
			return err
		}
	}
	return nil
}

// write writes the matrix, packed as its name has it.
func (e *exporting) write(to io.Writer, t *vectorize.Table) error {
	packed, err := tables.Packed(to, e.matrixTo)
	if err != nil {
		return err
	}
	return errors.Join(t.Matrix().Write(packed, matrixfile.Format(e.matrixIn)), packed.Close())
}

// documentsHeader is how the list of documents begins.
const documentsHeader = "document\tfolder\t"

// writeDocuments writes a line for each document, as klew docs begins its lines.
func writeDocuments(to io.Writer, t *vectorize.Table) error {
	return tables.Write(to, tables.TSV, tables.Corpus(t.Documents))
}
