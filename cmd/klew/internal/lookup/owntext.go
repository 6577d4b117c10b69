package lookup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"klew/corpus"
	"klew/vectorize"
)

// Read reads the text again, if it is a document of the model.
func (n *DocumentArgument) Read(ctx context.Context) error {
	if n.IsNew {
		return nil
	}
	text, state := n.readFile(ctx)
	if state == textMissing {
		var err error
		if text, state, err = n.readAll(ctx); err != nil {
			return fmt.Errorf("%w; a text at hand can be given as a file, or as - for standard input", err)
		}
	}
	id := n.Model.Documents[n.At].ID
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case state == textFound:
		n.Text = text
		return nil
	case state == textChanged && isTextFile(filepath.FromSlash(id)):
		return fmt.Errorf("%s has changed since the model was fitted to it; for its topics as it is now, give --new", id)
	case state == textChanged:
		return fmt.Errorf("%s has changed since the model was fitted to it", id)
	}
	return fmt.Errorf("the text of %s is not there any more, or has changed (looked for below %s); a model keeps topics and no text",
		id, strings.Join(withList(n.Model.Origin.Paths, &n.Model.Origin.Reading), ", "))
}

// textState is what became of a text.
type textState int

const (
	textMissing textState = iota
	textChanged
	textFound
)

// readFile looks for the text in the file that its id names, which is quick.
func (n *DocumentArgument) readFile(ctx context.Context) (text string, s textState) {
	want := &n.Model.Documents[n.At]
	options := n.Model.Origin.Reading
	options.Base, options.Listed = baseOf(n.Model), nil
	file := fileOf(options.Base, want.ID)
	if file == "" {
		return "", textMissing
	}
	options.Include, options.Exclude, options.MetaPath, options.Dedupe = nil, nil, "", ""
	c, err := corpus.Open([]string{file}, options)
	if err != nil {
		return "", textMissing
	}
	for d := range c.Documents(ctx) {
		switch {
		case d.ID != want.ID:
		case vectorize.Checksum(d.Text) == want.Checksum:
			return d.Text, textFound
		default:
			s = textChanged
		}
	}
	return "", s
}

// fileOf is the file in which the document with an id may be: itself, or what an id such
// as a.zip/b.txt, a.csv:12 or a.txt#3 begins with. It is empty if there is none.
func fileOf(base, id string) string {
	for end := len(id); end > 0; end = strings.LastIndexAny(id[:end], "/:#") {
		if info, err := os.Stat(PathFrom(base, filepath.FromSlash(id[:end]))); err == nil && !info.IsDir() {
			return id[:end]
		}
	}
	return ""
}

// readAll looks for the text among all of the model: ids may come out of the documents.
func (n *DocumentArgument) readAll(ctx context.Context) (string, textState, error) {
	r, err := Reread(n.Model, 0)
	if err != nil {
		return "", textMissing, err
	}
	looking := n.Begin("looking for the text", r.Corpus.Len())
	defer looking.End()
	for j, d := range r.All(ctx) {
		if j == n.At {
			return d.Text, textFound, nil
		}
		looking.Set(r.Found, "documents")
	}
	return "", textMissing, nil
}
