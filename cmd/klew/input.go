package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// input is what can be made a table: texts, a corpus that has been counted, or a matrix.
type input struct {
	*program
	termFlags
	texts        reading
	vocabulary   string
	transpose    bool
	matrixFormat matrixFormatFlag

	kind  kind
	given func(option string) bool // whether an option was given; nil: none was
}

// kind is what the named paths turned out to be.
type kind int

const (
	texts kind = iota
	counted
	matrix
)

// addMatrix adds the options of a matrix.
func (in *input) addMatrix(c *cobra.Command) {
	flags := c.Flags()
	flags.Var(&in.matrixFormat, "matrix-format", "the file is a matrix in this format (auto: only one that begins as MatrixMarket does)")
	flags.StringVar(&in.vocabulary, "vocabulary", "", "a `file` of the terms of a matrix, one a line, plain or in gzip or zstd")
	flags.BoolVar(&in.transpose, "transpose", false, "the documents of a matrix are its columns, not its rows (mm only)")
}

// find finds out what the paths are. A counted corpus or a matrix must be alone: the
// terms of two have nothing to do with each other, and those of texts nothing with
// either. Options that the user has given for another kind of input would do nothing,
// and are refused.
func (in *input) find(paths []string, given func(option string) bool) error {
	in.given = given
	for _, path := range paths {
		what := ""
		switch {
		case vectorize.IsCounted(path):
			in.kind, what = counted, "counted corpus"
		case in.matrixFormat != "" || isMatrix(path):
			in.kind, what = matrix, "matrix"
		}
		if what != "" && len(paths) > 1 {
			return fmt.Errorf("%s is a %s: name one %s and nothing else", path, what, what)
		}
	}
	named := strings.Join(in.texts.named(paths), " and ")
	switch in.kind {
	case matrix:
		return in.checkMatrix(paths[0])
	case counted:
		if err := in.refuse(named, "is for texts, which were read when klew import made", readingFlags...); err != nil {
			return err
		}
	}
	return in.refuse(named, "is for a matrix, and there is none at", "vocabulary", "transpose", "matrix-format")
}

func (in *input) checkMatrix(path string) error {
	if path == "-" {
		return errors.New("--matrix-format: standard input is for texts; name a file")
	}
	if in.transpose && !in.mayTranspose() {
		return fmt.Errorf("--transpose: a matrix of the format %s has no columns that could be documents", &in.matrixFormat)
	}
	return in.refuse(path, "is for texts, not for counts as those in", slices.Concat(readingFlags, textOptions)...)
}

// mayTranspose says whether the rows of a matrix of the format may be terms.
func (in *input) mayTranspose() bool {
	f := vectorize.MatrixFormat(in.matrixFormat)
	return f == "" || f == vectorize.MatrixMarket
}

// refuse finds fault with options that were given.
func (in *input) refuse(path, why string, options ...string) error {
	for _, option := range options {
		if in.given(option) {
			return fmt.Errorf("--%s %s %s", option, why, path)
		}
	}
	return nil
}

// table makes a table of the paths, and says what it is made of. As soon as the number
// of documents is known it asks whether that is enough.
func (in *input) table(ctx context.Context, paths []string, enough func(documents int) error) (*vectorize.Table, topics.Origin, error) {
	switch in.kind {
	case matrix:
		table, err := in.readMatrix(ctx, paths[0])
		return table, topics.Origin{Paths: paths}, err
	case counted:
		return in.readCounted(ctx, paths, enough)
	}
	c, err := in.open(paths, &in.texts, in.counting.Threads)
	if err != nil {
		return nil, topics.Origin{}, err
	}
	if n := c.Len(); n > 0 {
		if err := enough(n); err != nil {
			return nil, topics.Origin{}, err
		}
	}
	return in.countTexts(ctx, c, paths)
}

func (in *input) countTexts(ctx context.Context, c *corpus.Corpus, paths []string) (*vectorize.Table, topics.Origin, error) {
	reading := in.Begin("reading", c.Len())
	table, err := vectorize.Count(ctx, shown(c.Documents(ctx), reading), in.counting)
	took := reading.End()
	// The ledger first: where no text could be read it says why.
	if err := errors.Join(in.account(c.Ledger(), &in.texts), err); err != nil {
		return nil, topics.Origin{}, err
	}
	in.sayCounted(table, took)
	in.sayLanguages(in.counting, table)
	return table, topics.Origin{Paths: in.texts.named(paths), Reading: in.texts.Options, Ledger: c.Ledger()}, nil
}

// readCounted makes a table of a counted corpus.
func (in *input) readCounted(ctx context.Context, paths []string, enough func(documents int) error) (*vectorize.Table, topics.Origin, error) {
	reading := in.Begin("reading", 0)
	c, err := vectorize.OpenCounted(paths[0])
	if err != nil {
		return nil, topics.Origin{}, err
	}
	defer c.Close()
	if err := errors.Join(in.asCounted(c, paths[0]), enough(len(c.Documents))); err != nil {
		return nil, topics.Origin{}, err
	}
	table, err := c.Table(ctx, in.counting)
	took := reading.End()
	if err != nil {
		return nil, topics.Origin{}, fmt.Errorf("reading the counted corpus %s: %w", paths[0], err)
	}
	in.sayCounted(table, took)
	return table, topics.Origin{Paths: paths, Reading: c.Reading, Ledger: c.Ledger}, nil
}

// asCounted takes over the options with which a corpus was counted, and refuses those
// that were given and are others.
func (in *input) asCounted(c *vectorize.Counted, path string) error {
	for _, d := range c.Differences(in.counting) {
		option := wordOption(d.Option)
		if option == "stop-words" && !in.given(option) {
			option = "extra-stop-words"
		}
		if in.given(option) {
			return usageError{fmt.Errorf("--%s: %s was counted with %s %s, and not with %s; count the texts again with klew import", option, path, d.Option, d.Was, d.Want)}
		}
	}
	threads := in.counting.Threads
	in.counting = c.Options.Pruned(in.counting)
	in.counting.Threads = threads
	return nil
}

// matrixFormatFlag is --matrix-format; empty for auto.
type matrixFormatFlag vectorize.MatrixFormat

const autoFormat = "auto"

func (m *matrixFormatFlag) String() string {
	if *m == "" {
		return autoFormat
	}
	return string(*m)
}

func (m *matrixFormatFlag) Type() string {
	text := autoFormat
	for _, f := range vectorize.MatrixFormats {
		text += "|" + string(f)
	}
	return text
}

func (m *matrixFormatFlag) Set(text string) error {
	*m = ""
	if text == autoFormat {
		return nil
	}
	f, err := vectorize.ParseMatrixFormat(text)
	*m = matrixFormatFlag(f)
	return err
}
