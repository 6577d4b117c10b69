package lookup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/corpus"
)

// infer reads a new text and finds its topics.
func (n *DocumentArgument) infer(ctx context.Context, name string) error {
	d, err := n.newText(ctx, name)
	if err != nil {
		return err
	}
	inferred, err := n.Model.Fitted().Infer(ctx, slices.Values([]corpus.Document{d}), 1)
	if err != nil {
		return fmt.Errorf("finding the topics of %s: %w", d.ID, err)
	}
	n.Topics, n.At, n.Text, n.IsNew = inferred, 0, d.Text, true
	return nil
}

// newText reads the one text that a file or standard input holds, as the model's texts
// were read.
func (n *DocumentArgument) newText(ctx context.Context, name string) (corpus.Document, error) {
	options := n.Model.Origin.Reading.ForOthers()
	options.Threads = 1
	if name == "-" {
		if print.Width(n.In) > 0 {
			n.Say("klew: reading a text from standard input; Ctrl-D ends it")
		}
		whole, err := io.ReadAll(io.LimitReader(n.In, corpus.MaxSize+1))
		if err != nil {
			return corpus.Document{}, fmt.Errorf("reading standard input: %w", err)
		}
		name, options.Files = standardName, standardInput(whole)
	}
	c, err := corpus.Open([]string{name}, options)
	if err != nil {
		return corpus.Document{}, err
	}
	var found []corpus.Document
	for d := range c.Documents(ctx) {
		if found = append(found, d); len(found) > 1 {
			return d, fmt.Errorf("%s holds several documents, such as %s and %s, and this is for one; klew infer takes them all", name, found[0].ID, d.ID)
		}
	}
	source.SayLedger(n.Console, c.Ledger())
	if len(found) == 0 {
		return corpus.Document{}, errors.Join(ctx.Err(), fmt.Errorf("reading %s: there is no text in it", name))
	}
	if options.Files != nil { // it came out of no folder
		found[0].Meta = slices.Concat([]corpus.Field{{Name: corpus.Folder}}, found[0].Meta[1:])
	}
	return found[0], nil
}

// standardInput is standard input as a file. As "-" it would be read line by line: here it is one
// text, which may be a mail or a page.
type standardInput []byte

const standardName = "stdin"

func (s standardInput) Open(name string) (fs.File, error) {
	if name != standardName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return standardFile{bytes.NewReader(s)}, nil
}

type standardFile struct{ *bytes.Reader } // which has Read and Size

func (f standardFile) Stat() (fs.FileInfo, error) { return f, nil }
func (standardFile) Close() error                 { return nil }
func (standardFile) Name() string                 { return standardName }
func (standardFile) Mode() fs.FileMode            { return 0o444 }
func (standardFile) ModTime() time.Time           { return time.Time{} }
func (standardFile) IsDir() bool                  { return false }
func (standardFile) Sys() any                     { return nil }
