package main

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
	"klew/corpus"
)

// infer reads a new text and finds its topics.
func (n *naming) infer(ctx context.Context, name string) error {
	d, err := n.newText(ctx, name)
	if err != nil {
		return err
	}
	inferred, err := n.model.Fitted().Infer(ctx, slices.Values([]corpus.Document{d}), 1)
	if err != nil {
		return fmt.Errorf("finding the topics of %s: %w", d.ID, err)
	}
	n.topics, n.at, n.text, n.isNew = inferred, 0, d.Text, true
	return nil
}

// newText reads the one text that a file or standard input holds, as the model's texts
// were read.
func (n *naming) newText(ctx context.Context, name string) (corpus.Document, error) {
	options := n.model.Origin.Reading.ForOthers()
	options.Threads = 1
	if name == "-" {
		if print.Width(n.In) > 0 {
			n.Say("klew: reading a text from standard input; Ctrl-D ends it")
		}
		whole, err := io.ReadAll(io.LimitReader(n.In, corpus.MaxSize+1))
		if err != nil {
			return corpus.Document{}, fmt.Errorf("reading standard input: %w", err)
		}
		name, options.Files = spokenName, spoken(whole)
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
	n.sayLedger(c.Ledger())
	if len(found) == 0 {
		return corpus.Document{}, errors.Join(ctx.Err(), fmt.Errorf("reading %s: there is no text in it", name))
	}
	if options.Files != nil { // it came out of no folder
		found[0].Meta = slices.Concat([]corpus.Field{{Name: corpus.Folder}}, found[0].Meta[1:])
	}
	return found[0], nil
}

// spoken is standard input as a file. As "-" it would be read line by line: here it is one
// text, which may be a mail or a page.
type spoken []byte

const spokenName = "stdin"

func (s spoken) Open(name string) (fs.File, error) {
	if name != spokenName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return spokenFile{bytes.NewReader(s)}, nil
}

type spokenFile struct{ *bytes.Reader } // which has Read and Size

func (f spokenFile) Stat() (fs.FileInfo, error) { return f, nil }
func (spokenFile) Close() error                 { return nil }
func (spokenFile) Name() string                 { return spokenName }
func (spokenFile) Mode() fs.FileMode            { return 0o444 }
func (spokenFile) ModTime() time.Time           { return time.Time{} }
func (spokenFile) IsDir() bool                  { return false }
func (spokenFile) Sys() any                     { return nil }
