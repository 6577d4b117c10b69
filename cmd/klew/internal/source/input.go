// Package source makes what the user named, files, folders, archives, standard input, a corpus
// of documents or a table of counts. It says what was read, what was left out, and why.
package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
	"klew/vectorize/matrixfile"

	"github.com/spf13/cobra"
)

// Input is what can be made a table: texts, a corpus that has been counted, or a matrix.
type Input struct {
	*print.Console
	Words
	Texts Texts
	// Background are paths of texts that help to find topics, and are in no table.
	Background   []string
	vocabulary   string
	transpose    bool
	matrixFormat matrixfile.Format
	zeroBased    bool
	oneBased     bool
	// Observed says that the cells of a matrix are the known ones of a table with holes.
	Observed bool

	kind  kind
	Given func(option string) bool // whether an option was given; nil: none was
}

// kind is what the named paths turned out to be.
type kind int

const (
	ofTexts kind = iota
	ofCounted
	ofMatrix
)

// AddFlags adds all options on what is read and counted, in sections of the help.
func (in *Input) AddFlags(c *cobra.Command) {
	manual.Section(c, "Reading (klew help reading)", func() { in.Texts.Add(c) })
	manual.Section(c, "Words (klew help counting)", func() { in.AddWords(c); in.addLimits(c) })
	manual.Section(c, "Matrices (klew help matrices)", func() { in.addMatrix(c) })
}

// addMatrix adds the options of a matrix.
func (in *Input) addMatrix(c *cobra.Command) {
	flags := c.Flags()
	usage.Choose(c, &in.matrixFormat, "matrix-format", "", matrixfile.Formats, "a matrix, in this format")
	flags.StringVar(&in.vocabulary, "vocabulary", "", "a `file` of the terms of a matrix, one a line")
	flags.BoolVar(&in.transpose, "transpose", false, "the documents of a matrix are its columns, not its rows (mm only)")
	flags.BoolVar(&in.zeroBased, "zero-based", false, "the terms of a matrix are counted from 0 (svmlight only)")
	flags.BoolVar(&in.oneBased, "one-based", false, "the terms of a matrix are counted from 1 (svmlight only)")
	usage.Either(c, "zero-based", "one-based")
}

// AddObserved adds the option of tables with holes.
func (in *Input) AddObserved(c *cobra.Command) {
	c.Flags().BoolVar(&in.Observed, "observed", false, "cells without a line are unknown, as in ratings (triplets only)")
}

// Find finds out what the paths are. A counted corpus or a matrix must be alone: the
// terms of two have nothing to do with each other, and those of texts nothing with
// either. Options that the user has given for another kind of input would do nothing,
// and are refused.
func (in *Input) Find(paths []string, given func(option string) bool) error {
	in.Given = given
	for _, path := range paths {
		what := ""
		switch {
		case vectorize.IsCounted(path):
			in.kind, what = ofCounted, "counted corpus"
		case in.matrixFormat != "" || isMatrix(path):
			in.kind, what = ofMatrix, "matrix"
		}
		if what != "" && len(paths) > 1 {
			return fmt.Errorf("%s is a %s: name one %s and nothing else", path, what, what)
		}
	}
	named := strings.Join(paths, " and ")
	if list := in.Texts.filesFrom; list != "" {
		named = strings.Join(append(paths[:len(paths):len(paths)], "the list "+list), " and ")
	}
	switch in.kind {
	case ofMatrix:
		return in.checkMatrix(paths[0])
	case ofCounted:
		if err := in.refuse(named, "is for texts, which were read when klew import made", slices.Concat(readingFlags, backgroundFlags)...); err != nil {
			return err
		}
	}
	if in.Observed {
		return errors.New("--observed is for a matrix: --matrix-format triplets says that the file has a row, a column and a value a line")
	}
	return in.refuse(named, "is for a matrix, and MatrixMarket is the only one known by itself (others by --matrix-format); there is none at", "vocabulary", "transpose", "matrix-format", "zero-based", "one-based")
}

func (in *Input) checkMatrix(path string) error {
	if path == "-" {
		return errors.New("--matrix-format: standard input is for texts; name a file")
	}
	if in.vocabulary == "-" {
		return errors.New("--vocabulary -: standard input is for texts; name a file")
	}
	if in.transpose && !in.mayTranspose() {
		return fmt.Errorf("--transpose: a matrix of the format %s has no columns that could be documents", in.matrixFormat)
	}
	if (in.zeroBased || in.oneBased) && in.matrixFormat != matrixfile.SVMlight {
		return errors.New("--zero-based and --one-based are for --matrix-format svmlight: the other formats say themselves where terms are counted from")
	}
	if in.matrixFormat == matrixfile.Triplets && in.vocabulary != "" {
		return errors.New("--vocabulary: a file of triplets names its columns itself")
	}
	if in.Observed && in.matrixFormat != matrixfile.Triplets {
		return errors.New("--observed is for --matrix-format triplets: the other formats leave out cells that are 0")
	}
	return in.refuse(path, "is for texts, not for counts as those in", slices.Concat(readingFlags, textOptions, backgroundFlags)...)
}

// base is where the terms of a matrix are counted from, if the user says so.
func (in *Input) base() matrixfile.Base {
	switch {
	case in.zeroBased:
		return matrixfile.ZeroBased
	case in.oneBased:
		return matrixfile.OneBased
	}
	return matrixfile.AnyBase
}

// mayTranspose says whether the rows of a matrix of the format may be terms.
func (in *Input) mayTranspose() bool {
	f := in.matrixFormat
	return f == "" || f == matrixfile.MatrixMarket
}

// refuse finds fault with options that were given.
func (in *Input) refuse(path, why string, options ...string) error {
	for _, option := range options {
		if in.Given(option) {
			return fmt.Errorf("--%s %s %s", option, why, path)
		}
	}
	return nil
}

// Table makes a table of the paths, and says what it is made of. As soon as the number
// of documents is known it asks whether that is enough.
func (in *Input) Table(ctx context.Context, paths []string, enough func(documents int) error) (*vectorize.Table, topics.Origin, error) {
	switch in.kind {
	case ofMatrix:
		table, err := in.readMatrix(ctx, paths[0])
		origin := topics.Origin{Paths: paths}
		if in.Observed {
			origin.Base = "." // klew predict reads the file again
		}
		return table, origin, err
	case ofCounted:
		return in.readCounted(ctx, paths, enough)
	}
	c, err := in.Texts.Open(in.Console, paths, in.Counting.Threads)
	if err != nil {
		return nil, topics.Origin{}, err
	}
	if n := c.Len(); n > 0 {
		if err := enough(n); err != nil {
			return nil, topics.Origin{}, err
		}
	}
	return in.CountTexts(ctx, c, paths)
}

// CountTexts makes a table of the documents of a corpus, and of the background behind them.
func (in *Input) CountTexts(ctx context.Context, c *corpus.Corpus, paths []string) (*vectorize.Table, topics.Origin, error) {
	background, err := in.openBackground()
	if err != nil {
		return nil, topics.Origin{}, err
	}
	reading := in.Begin("reading", c.Len()+background.Len())
	table, err := vectorize.CountBeside(ctx, Shown(c.Documents(ctx), reading), background.Documents(ctx), in.Counting)
	took := reading.End()
	ledger := slices.Concat(c.Ledger(), background.Ledger())
	// The ledger first: where no text could be read it says why.
	if err := cmp.Or(in.Texts.Account(in.Console, c, background), err); err != nil {
		return nil, topics.Origin{}, err
	}
	sayCounted(in.Console, table, took)
	sayLanguages(in.Console, in.Counting, table)
	return table, topics.Origin{Paths: paths, Background: in.Background, Base: ".", Reading: in.Texts.Options, Ledger: ledger}, nil
}

var backgroundFlags = []string{"background"}

// AddBackground adds the option of a background.
func (in *Input) AddBackground(c *cobra.Command) {
	c.Flags().StringArrayVar(&in.Background, "background", nil, "learn topics from the texts of this `path` as well")
}

// openBackground finds the documents of the background: none if it is not wanted.
func (in *Input) openBackground() (*corpus.Corpus, error) {
	texts := in.Texts
	texts.filesFrom, texts.Listed = "", nil
	if in.Background == nil {
		return corpus.Open(nil, corpus.Options{})
	}
	return texts.Open(in.Console, in.Background, in.Counting.Threads)
}

// readCounted makes a table of a counted corpus.
func (in *Input) readCounted(ctx context.Context, paths []string, enough func(documents int) error) (*vectorize.Table, topics.Origin, error) {
	c, origin, err := in.OpenCounted(paths[0], enough)
	if err != nil {
		return nil, topics.Origin{}, err
	}
	defer c.Close()
	table, err := in.tableOf(ctx, c, paths[0])
	return table, origin, err
}

// IsCounted says whether the input is a file of klew import.
func (in *Input) IsCounted() bool { return in.kind == ofCounted }

// OpenCounted opens a counted corpus, and asks whether its documents are enough.
func (in *Input) OpenCounted(path string, enough func(documents int) error) (*vectorize.Counted, topics.Origin, error) {
	c, err := vectorize.OpenCounted(path)
	if err != nil {
		return nil, topics.Origin{}, err
	}
	if err := errors.Join(in.asCounted(c, path), enough(len(c.Documents))); err != nil {
		return nil, topics.Origin{}, errors.Join(err, c.Close())
	}
	return c, topics.Origin{Paths: []string{path}, Base: ".", Reading: c.Reading, Ledger: c.Ledger}, nil
}

// tableOf makes a table of a counted corpus.
func (in *Input) tableOf(ctx context.Context, c *vectorize.Counted, path string) (*vectorize.Table, error) {
	reading := in.Begin("reading", 0)
	table, err := c.Table(ctx, in.Counting)
	took := reading.End()
	if err != nil {
		return nil, fmt.Errorf("reading the counted corpus %s: %w", path, err)
	}
	sayCounted(in.Console, table, took)
	return table, nil
}

// asCounted takes over the options with which a corpus was counted, and refuses those
// that were given and are others.
func (in *Input) asCounted(c *vectorize.Counted, path string) error {
	for _, d := range c.Differences(in.Counting) {
		option := wordOption(d.Option)
		if option == "stop-words" && !in.Given(option) {
			option = "extra-stop-words"
		}
		if in.Given(option) {
			return usage.Mistakef("--%s: %s was counted with %s %s, and not with %s; count the texts again with klew import", option, path, d.Option, d.Was, d.Want)
		}
	}
	threads := in.Counting.Threads
	in.Counting = c.Options.Pruned(in.Counting)
	in.Counting.Threads = threads
	return nil
}
