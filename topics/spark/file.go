package spark

import (
	"bytes"
	"context"
	"errors"
	"path"
	"strings"
	"testing/fstest"

	"klew/corpus"
)

// documentsOfFile reads a frame FILE as klew reads any file: what format and encoding it has, its
// content says. What could not be read is in the ledger.
func documentsOfFile(ctx context.Context, data []byte) ([]corpus.Document, corpus.Ledger, error) {
	name, content, found := bytes.Cut(data, []byte{0})
	if !found {
		return nil, nil, errors.New("the file has no name")
	}
	// The name is an address, such as s3://shop/reviews/1.txt. The last part of it tells what
	// the file may be.
	whole := clean(string(name))
	last := path.Base("/" + whole)
	files := fstest.MapFS{last: &fstest.MapFile{Data: content}}
	c, err := corpus.Open([]string{last}, corpus.Options{Files: files, Threads: 1})
	if err != nil {
		return nil, corpus.Ledger{{Path: whole, Reason: "cannot be opened", Detail: err.Error()}}, nil
	}
	var documents []corpus.Document
	for d := range c.Documents(ctx) {
		d.ID = strings.Replace(d.ID, last, whole, 1)
		documents = append(documents, d)
	}
	ledger := c.Ledger()
	for i := range ledger {
		ledger[i].Path = strings.Replace(ledger[i].Path, last, whole, 1)
	}
	return documents, ledger, ctx.Err()
}
