package tables

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"klew/corpus"
	"klew/topics"
	"klew/topics/wholefile"
)

// Export is one export of a model.
type Export struct {
	Model  *topics.Model
	Format Format
	// Path is the file to write or, if Folder is set, the folder in which to write it, which
	// is made if it is not there.
	Path   string
	Folder bool
	// Name is that of a file in a folder that holds everything, without ending; "model" if
	// it is empty.
	Name string
	// Table is the table in a file that holds one; the documents if it is empty.
	Table Name
	// Texts are the documents' texts with their numbers in the model, each at most once,
	// for a database; nil for none.
	Texts iter.Seq2[int, string]
	// Labels are the names of the columns of topics in the table of documents, as LabelHeaders
	// has them; nil for topic_1 to topic_k. A workbook has labels in any case.
	Labels []string
	// Quotes are sentences that carry each topic, for a workbook, or nil.
	Quotes [][]Quoted
	// AllTables puts the large tables into a workbook as well: document_topics, topic_terms
	// and terms.
	AllTables bool
	// Coherence is MALLET's, of each topic, by its first MALLETWords words, for
	// its diagnostics; nil if it is not known.
	Coherence []float64
	// Progress is told now and then how many rows have been written, if it is not nil.
	Progress func(rows int)

	report Report
	rows   int
}

// Report is what has been written.
type Report struct {
	// Files are the paths, in the order in which they were written.
	Files []string
	// Notes say what was written in another way than one would expect.
	Notes []string
}

// file is a file to write, with the table in it if it holds one.
type file struct {
	path  string
	table Name
	write func(ctx context.Context, to io.Writer) error
}

// Check finds out whether the export can be written, before the work: that the options
// make sense, that the files can be made, and that nothing is there but what an earlier
// export has written. It makes the folder, if there is to be one.
func (e *Export) Check() error {
	if _, err := ParseFormat(string(e.Format)); err != nil {
		return err
	}
	if _, err := ParseName(string(e.table1())); err != nil {
		return err
	}
	if unpacked(e.Path) != e.Path && !e.Folder && !e.Format.packs() {
		return fmt.Errorf("%s: a file of the format %s is packed already, or read in pieces; leave out the last ending", e.Path, e.Format)
	}
	if e.Folder {
		if err := os.MkdirAll(e.Path, 0o777); err != nil {
			return fmt.Errorf("cannot make the folder %s: %w", e.Path, corpus.Cause(err))
		}
	} else if e.Format == MALLET {
		return fmt.Errorf("MALLET has several files, and %s is one; name a folder", e.Path)
	}
	for _, f := range e.files() {
		if err := wholefile.Check(f.path, "table", func(string) bool { return e.earlier(f) }); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the files, each whole or not at all.
func (e *Export) Write(ctx context.Context) (Report, error) {
	if e.Folder {
		if err := os.MkdirAll(e.Path, 0o777); err != nil {
			return Report{}, fmt.Errorf("making the folder %s: %w", e.Path, corpus.Cause(err))
		}
	}
	e.report, e.rows = Report{}, 0
	for _, f := range e.files() {
		if err := e.writeFile(ctx, f); err != nil {
			return e.report, fmt.Errorf("writing %s: %w", f.path, err)
		}
		e.report.Files = append(e.report.Files, f.path)
	}
	return e.report, nil
}

func (e *Export) writeFile(ctx context.Context, f file) error {
	if e.Format == SQLite {
		return wholefile.WriteBy(f.path, func(path string) error { return e.sqlite(ctx, path) })
	}
	return wholefile.Write(f.path, func(to io.Writer) error { return f.write(ctx, to) })
}

// files are those that the export consists of.
func (e *Export) files() []file {
	switch e.Format {
	case XLSX:
		return []file{{e.path(), "", e.xlsx}}
	case SQLite:
		return []file{{e.path(), "", nil}}
	case Npz:
		return []file{{e.path(), "", e.npz}}
	case LDAvis:
		return []file{{e.path(), "", e.ldavis}}
	case MALLET:
		return e.mallet()
	}
	if !e.Folder {
		return []file{e.flat(e.Path, e.table1())}
	}
	var files []file
	for _, t := range Names {
		files = append(files, e.flat(filepath.Join(e.Path, string(t)+e.Format.endings()[0]), t))
	}
	return files
}

func (e *Export) path() string {
	if !e.Folder {
		return e.Path
	}
	name := e.Name
	if name == "" {
		name = "model"
	}
	return filepath.Join(e.Path, name+e.Format.endings()[0])
}

func (e *Export) table1() Name {
	if e.Table == "" {
		return documentsName
	}
	return e.Table
}

// table makes one of the tables.
func (e *Export) table(name Name) *Table {
	switch name {
	case topicsName:
		return Topics(e.Model, TopicOptions{})
	case documentsName:
		return Documents(e.Model, &e.Model.DocumentTopics, DocumentOptions{Labels: e.Labels})
	case documentTopicsName:
		return DocumentTopics(e.Model)
	case topicTermsName:
		return TopicTerms(e.Model)
	}
	return Terms(e.Model)
}

// flat is a file with one table.
func (e *Export) flat(path string, name Name) file {
	return file{path, name, func(ctx context.Context, to io.Writer) error {
		t := e.table(name)
		if e.Format == Parquet {
			return e.pour(ctx, t, newParquet(to, t))
		}
		packed, err := Packed(to, path)
		if err != nil {
			return err
		}
		rows, err := lineSink(bufio.NewWriterSize(packed, 1<<16), e.Format, t.Columns)
		if err != nil {
			return err
		}
		return errors.Join(e.pour(ctx, t, rows), packed.Close())
	}}
}

// pour writes a table, until ctx ends.
func (e *Export) pour(ctx context.Context, t *Table, to sink) error {
	for row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := to.row(row); err != nil {
			return err
		}
		e.wrote()
	}
	return to.close()
}

func (e *Export) note(format string, args ...any) {
	e.report.Notes = append(e.report.Notes, fmt.Sprintf(format, args...))
}

// rowsBetween is how many rows are written between two reports of progress.
const rowsBetween = 1 << 10

func (e *Export) wrote() {
	if e.rows++; e.Progress != nil && e.rows%rowsBetween == 0 {
		e.Progress(e.rows)
	}
}
