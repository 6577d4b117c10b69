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
	"klew/topics"
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

// newText reads the one text that a file or standard input holds.
func (n *DocumentArgument) newText(ctx context.Context, name string) (corpus.Document, error) {
	if name != "-" {
		return oneText(ctx, n.Console, n.Model, name, nil)
	}
	if print.Width(n.In) > 0 {
		n.Say("klew: reading a text from standard input; Ctrl-D ends it")
	}
	whole, err := io.ReadAll(io.LimitReader(n.In, corpus.MaxSize+1))
	if err != nil {
		return corpus.Document{}, fmt.Errorf("reading standard input: %w", err)
	}
	return NewText(ctx, n.Console, n.Model, standardName, whole)
}

// NewText reads the one text that the bytes of a file hold, which may be a mail or a page, as the
// model's texts were read. It came out of no folder.
func NewText(ctx context.Context, to *print.Console, m *topics.Model, name string, whole []byte) (corpus.Document, error) {
	d, err := oneText(ctx, to, m, name, bytesOf{name, whole})
	if err == nil {
		d.Meta = slices.Concat([]corpus.Field{{Name: corpus.Folder}}, d.Meta[1:])
	}
	return d, err
}

// oneText reads the one text of a file, as the model's texts were read.
func oneText(ctx context.Context, to *print.Console, m *topics.Model, name string, files fs.FS) (corpus.Document, error) {
	options := m.Origin.Reading.ForOthers()
	options.Threads, options.Files = 1, files
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
	source.SayLedger(to, c.Ledger())
	if len(found) == 0 {
		return corpus.Document{}, errors.Join(ctx.Err(), fmt.Errorf("reading %s: there is no text in it", name))
	}
	return found[0], nil
}

// bytesOf is bytes as the one file of a name. Standard input as "-" would be read line by line:
// so it is one text, which may be a mail or a page.
type bytesOf struct {
	name  string
	whole []byte
}

const standardName = "stdin"

func (s bytesOf) Open(name string) (fs.File, error) {
	if name != s.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return onlyFile{bytes.NewReader(s.whole), s.name}, nil
}

type onlyFile struct {
	*bytes.Reader // which has Read and Size
	name          string
}

func (f onlyFile) Stat() (fs.FileInfo, error) { return f, nil }
func (onlyFile) Close() error                 { return nil }
func (f onlyFile) Name() string               { return f.name }
func (onlyFile) Mode() fs.FileMode            { return 0o444 }
func (onlyFile) ModTime() time.Time           { return time.Time{} }
func (onlyFile) IsDir() bool                  { return false }
func (onlyFile) Sys() any                     { return nil }
