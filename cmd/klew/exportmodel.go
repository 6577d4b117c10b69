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
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/tables"
)

// forModel are the options of an export of a model; all others are of counting.
var forModel = []string{"to", "format", "table", "no-text", "threads", "quiet"}

// ofModel tells whether it is a model that is to be exported. Where both are named the
// user hears about that later.
func (e *exporting) ofModel(paths []string) bool {
	return e.matrixTo == "" && (e.to != "" || len(paths) == 1 && topics.IsModel(paths[0]))
}

func (e *exporting) runModel(c *cobra.Command, paths []string) error {
	if err := e.checkModel(c, paths); err != nil {
		return usage.Mistake(err)
	}
	x, err := e.target(paths[0])
	if err != nil {
		return usage.Mistake(err)
	}
	if !topics.IsModel(paths[0]) {
		_, err := lookup.Model(paths[0]) // which says what it is
		return err
	}
	if err := x.Check(); err != nil {
		return err
	}
	if x.Model, err = lookup.Model(paths[0]); err != nil {
		return err
	}
	// Writing takes less than loading has taken, which for a model of 0.9 GB is 1.8 GB: what
	// is not needed any more is given back, and little garbage is kept. At the program's own
	// 200 % Parquet would take 1.9 GB.
	debug.FreeOSMemory()
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	return e.writeModel(c.Context(), x)
}

func (e *exporting) checkModel(c *cobra.Command, paths []string) error {
	switch {
	case len(paths) > 1:
		return fmt.Errorf("%q is one argument too many: one model is written at a time", paths[1])
	case e.to == "":
		return errors.New("--to is missing: it names the file or the folder for the tables, such as notes.xlsx")
	case e.to == "-":
		return errors.New("--to -: standard output is for what is listed, by klew docs and klew topics; name a file")
	case e.threads < 0:
		return fmt.Errorf("--threads %d: must be 0 (all) or more", e.threads)
	}
	var err error
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && !slices.Contains(forModel, f.Name) {
			err = fmt.Errorf("--%s is for counting texts, and --to for a model, which has been counted", f.Name)
		}
	})
	return err
}

// target finds out where to write, and in which format. A name without an ending is a
// folder's.
func (e *exporting) target(model string) (*tables.Export, error) {
	x := &tables.Export{Path: e.to, Name: strings.TrimSuffix(lookup.ModelName(model), ".klew")}
	info, err := os.Stat(e.to)
	isFile := err == nil && !info.IsDir()
	x.Folder = err == nil && info.IsDir() || os.IsPathSeparator(e.to[len(e.to)-1]) ||
		!isFile && (filepath.Ext(e.to) == "" || e.format == string(tables.MALLET))
	if x.Format, err = e.tablesFormat(x.Folder); err != nil {
		return nil, err
	}
	if e.tableName != "" {
		if x.Table, err = tables.ParseName(e.tableName); err != nil {
			return nil, fmt.Errorf("--table: %w", err)
		}
		if x.Folder || !x.Format.OneTable() {
			return nil, fmt.Errorf("--table %s: %s holds all tables; name a file in one of the formats csv, tsv, jsonl and parquet", e.tableName, e.to)
		}
	}
	return x, nil
}

func (e *exporting) tablesFormat(folder bool) (tables.Format, error) {
	if e.format != "" {
		f, err := tables.ParseFormat(e.format)
		if err != nil {
			return "", fmt.Errorf("--format: %w", err)
		}
		return f, nil
	}
	if folder {
		return tables.CSV, nil
	}
	f := tables.FormatOf(e.to)
	if f == "" {
		return "", fmt.Errorf("--to %s: its ending tells no format; give it with --format, one of %s", e.to, usage.Join(tables.Formats))
	}
	return f, nil
}

func (e *exporting) writeModel(ctx context.Context, x *tables.Export) error {
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

// addTexts reads the texts again for what needs them, and says so where they are gone: the
// other tables are of use without.
func (e *exporting) addTexts(ctx context.Context, x *tables.Export) (*lookup.Texts, error) {
	without := map[tables.Format]string{tables.SQLite: "full-text search", tables.MALLET: "coherence among the diagnostics"}[x.Format]
	if without == "" || e.noText {
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
func (e *exporting) coherences(ctx context.Context, m *topics.Model, r *lookup.Texts) ([]float64, error) {
	counting := m.Origin.Counting
	counting.Threads = e.threads
	reading := e.Begin("reading the texts again", r.Corpus.Len())
	c, err := evaluation.CountTogether(ctx, m.Vocabulary, counting, source.Shown(documentsOf(r.All(ctx)), reading), topics.TopWords(m.W, tables.MALLETWords))
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
