package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// exportCommand is the command export.
type exportCommand struct {
	*print.Console
	output    string
	to        tables.Format
	table     tables.Name
	allTables bool
	headers   print.Headers
	where     lookup.Where
	noTexts   bool
	threads   int
}

func newExport(p *print.Console) *cobra.Command {
	e := &exportCommand{Console: p}
	c := &cobra.Command{
		Use:   "export MODEL -o FILE|FOLDER",
		Short: "Write a model as tables for other programs",
		Long: `Write what a model holds as files that other programs read.

-o names a file, whose ending tells the format, or a folder: what is a folder, ends in a
slash, or has no ending. These are the tables:

  topics           topic, label, share, stability (if known), keywords
  documents        document, metadata, tokens, topic_1 to topic_k (proportions)
  document_topics  document, topic, label, proportion, weight, for each weight that is not 0
  topic_terms      topic, rank, term, stem, weight, count, for each that is not 0
  terms            term, stem, documents, count

A document's weights are its column of H: with raw counts its tokens in each topic. A term's
weight is its probability in the topic, and count how many of the topic's tokens are
expected to be of the term. And these are the formats:

  csv, tsv, jsonl, parquet  one table a file, by --table or documents; all in a folder.
                            The first three also in gzip or zstd: notes.csv.gz. In TSV tabs
                            and ends of lines within texts are \t and \n, as klew prints.
  xlsx     a workbook to hand on: topics with keywords and sentences that carry them (for
           which the texts are read again), documents with their metadata, of which dates
           and numbers are such, and the topics by their labels, and trends if documents
           have dates. With --all-tables also the large ones. What is longer than a cell may
           be is whole in the sheet "long texts", and a table too long for a sheet goes on
           in a further one.
  sqlite   a database of the tables, with ids in the place of names, the views
           document_mix and topic_keywords, and full-text search in the table texts, for
           which the texts are read again unless there is --no-texts.
  npz      arrays for numpy.load: W (terms × topics) and H (topics × documents) in single
           precision, proportions (documents × topics), share, topic, label, tokens,
           document, term, stem; topics.json, documents.json and terms.json with all that
           is text
  mallet   topics (which number is which), MALLET's topic-keys, doc-topics,
           word-topic-counts, topic-word-weights and diagnostics (for coherence the texts
           are read again), with a README.txt that says how expected counts become whole
           numbers
  ldavis   the JSON of LDAvis, for its page or R's serVis

` + lookup.WhereHelp + ` Words of topics, and the table terms, are of the whole
model then.

Numbers have the digits of single precision. Files from an earlier export are replaced, others
never.

A question to the database: the topics of documents with "honey" in their text

  sqlite3 notes.sqlite "SELECT m.document, m.topic, m.proportion, snippet(texts, 0, '[', ']', '…', 8)
    FROM texts JOIN document_mix m ON m.id = texts.rowid
    WHERE texts MATCH 'honey' AND m.proportion > 0.2 ORDER BY texts.rank"`,
		Example: `  klew export notes.klew -o notes.xlsx          a workbook for Excel or LibreOffice
  klew export notes.klew -o notes.sqlite        a database, with full-text search
  klew export notes.klew -o tables              a folder of CSV files
  klew export notes.klew -o docs.parquet        documents by topics
  klew export notes.klew -o words.csv.gz --table topic_terms
  klew export notes.klew -o notes.npz           for NumPy
  klew export notes.klew -o mallet --to mallet  as MALLET writes it
  klew export notes.klew -o notes.json          for LDAvis and pyLDAvis`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return e.run(c.Context(), args[0]) },
	}
	flags := c.Flags()
	flags.StringVarP(&e.output, "output", "o", "", "write to this `file`, or into this folder")
	usage.Choose(c, &e.to, "to", "", tables.Formats, "the format, if the ending of the file does not tell it")
	usage.Choose(c, &e.table, "table", "", tables.Names, "which table to write to a file that holds one (default documents)")
	e.headers.AddFlags(c)
	e.where.AddFlags(c)
	flags.BoolVar(&e.allTables, "all-tables", false, "in a workbook also the large tables document_topics, topic_terms and terms")
	flags.BoolVar(&e.noTexts, "no-texts", false, "do not read the texts again: without quotes in a workbook, full-text search in a database, and coherence in MALLET's diagnostics")
	usage.Threads(c, &e.threads)
	return c
}

func (e *exportCommand) run(ctx context.Context, model string) error {
	x, err := e.target(model)
	if err != nil {
		return usage.Mistake(err)
	}
	if !topics.IsModel(model) {
		_, err := lookup.Model(model) // which says what it is
		return err
	}
	if err := x.Check(); err != nil {
		return err
	}
	if x.Model, err = lookup.Model(model); err != nil {
		return err
	}
	lookup.SayEmpty(e.Console, x.Model)
	if x.Model, _, err = e.where.Of(e.Console, x.Model); err != nil {
		return err
	}
	x.Labels = e.headers.Of(x.Model)
	// Writing takes less than loading has taken, which for a model of 0.9 GB is 1.8 GB: what
	// is not needed any more is given back, and little garbage is kept. At the program's own
	// 200 % Parquet would take 1.9 GB.
	debug.FreeOSMemory()
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	return e.write(ctx, x)
}

// target finds out where to write, and in which format. A name without an ending is a
// folder's.
func (e *exportCommand) target(model string) (*tables.Export, error) {
	switch e.output {
	case "":
		return nil, errors.New("-o is missing: it names the file or the folder for the tables, such as notes.xlsx")
	case "-":
		return nil, errors.New("--output -: standard output is for what is listed, by klew docs and klew topics; name a file")
	}
	x := &tables.Export{Path: e.output, Table: e.table, AllTables: e.allTables, Name: lookup.NameOf(model)}
	info, err := os.Stat(e.output)
	isFile := err == nil && !info.IsDir()
	x.Folder = err == nil && info.IsDir() || os.IsPathSeparator(e.output[len(e.output)-1]) ||
		!isFile && (filepath.Ext(e.output) == "" || e.to == tables.MALLET)
	if x.Format = e.format(x.Folder); x.Format == "" {
		return nil, fmt.Errorf("--output %s: its ending tells no format; give it with --to, one of %s", e.output, usage.Join(tables.Formats))
	}
	if e.allTables && x.Format != tables.XLSX {
		return nil, errors.New("--all-tables is for a workbook: other formats have all tables, or one by --table")
	}
	if e.table != "" && (x.Folder || !x.Format.OneTable()) {
		return nil, fmt.Errorf("--table %s: %s holds all tables; name a file in one of the formats csv, tsv, jsonl and parquet", e.table, e.output)
	}
	return x, nil
}

// format is the format to write; empty if nothing tells it.
func (e *exportCommand) format(folder bool) tables.Format {
	switch {
	case e.to != "":
		return e.to
	case folder:
		return tables.CSV
	}
	return tables.FormatOf(e.output)
}

func (e *exportCommand) write(ctx context.Context, x *tables.Export) error {
	texts, err := e.addTexts(ctx, x)
	if err != nil {
		return err
	}
	writing := e.Begin("writing", 0)
	x.Progress = func(rows int) { writing.Set(rows, "rows") }
	report, err := x.Write(ctx)
	took := writing.End()
	if err != nil {
		return err
	}
	if texts != nil {
		texts.SayMissing(e.Console)
	}
	for _, note := range report.Notes {
		e.Say("klew: %s", note)
	}
	e.Say("klew: wrote %s in %.1f s", filesOf(x, report), took.Seconds())
	return nil
}

// quotesOfTopic is how many sentences of a topic a workbook has.
const quotesOfTopic = 3

// addTexts reads the texts again for what needs them, and says so where they are gone: the
// other tables are of use without.
func (e *exportCommand) addTexts(ctx context.Context, x *tables.Export) (*lookup.Texts, error) {
	without := map[tables.Format]string{tables.SQLite: "full-text search", tables.MALLET: "coherence among the diagnostics"}[x.Format]
	if x.Format == tables.XLSX && !e.noTexts {
		var err error
		x.Quotes, err = lookup.Quotes(ctx, e.Console, x.Model, quotesOfTopic)
		return nil, err
	}
	if without == "" || e.noTexts {
		return nil, nil
	}
	r, err := lookup.Reread(x.Model, e.threads)
	if err != nil {
		e.Say("klew: %v; there will be no %s", err, without)
		return nil, nil
	}
	if x.Format == tables.SQLite {
		x.Texts = textsOnly(ctx, r)
		return r, nil
	}
	x.Coherence, err = e.coherences(ctx, x.Model, r)
	return r, err
}

// coherences are MALLET's, nil if none of the texts is there any more.
func (e *exportCommand) coherences(ctx context.Context, m *topics.Model, r *lookup.Texts) ([]float64, error) {
	counting := m.Origin.Counting
	counting.Threads = e.threads
	reading := e.Begin("reading the texts again", r.Corpus.Len())
	c, err := evaluation.CountTogether(ctx, m.Vocabulary, counting, source.Shown(r.Documents(ctx), reading), tables.MALLETTop(m))
	reading.End()
	if err != nil || r.Found == 0 {
		return nil, err
	}
	values := make([]float64, m.Topics())
	for k := range values {
		if values[k] = math.NaN(); c.Known(k) >= 2 {
			values[k] = c.Mallet(k)
		}
	}
	return values, nil
}

// filesOf names the files; those of a folder without it.
func filesOf(x *tables.Export, r tables.Report) string {
	if len(r.Files) == 1 {
		return r.Files[0]
	}
	names := make([]string, len(r.Files))
	for i, path := range r.Files {
		names[i] = filepath.Base(path)
	}
	last := len(names) - 1
	return fmt.Sprintf("%s and %s into %s", strings.Join(names[:last], ", "), names[last], filepath.Clean(x.Path))
}

func textsOnly(ctx context.Context, r *lookup.Texts) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for j, d := range r.All(ctx) {
			if !yield(j, d.Text) {
				return
			}
		}
	}
}
