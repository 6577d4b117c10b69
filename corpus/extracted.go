package corpus

import (
	"bytes"

	"klew/corpus/internal/extract"
)

// extractLimit is what a document that is packed may unpack to.
const extractLimit = 256 << 20

// extractor finds the text in a document.
type extractor func(raw []byte, limit int64) (extract.Text, error)

// extracted makes a document of a file that is more than text.
func extracted(read extractor) func(*Corpus, *input, []byte) batch {
	return func(_ *Corpus, in *input, raw []byte) batch {
		return in.document(read, raw, decoded{})
	}
}

// extractedLetters is extracted for files that are letters, in whatever encoding.
func extractedLetters(read extractor, page bool) func(*Corpus, *input, []byte) batch {
	return func(c *Corpus, in *input, raw []byte) batch {
		d := c.decoder
		d.page = page
		t, ok := d.decode(raw)
		if !ok {
			return in.noted(t.repairs)
		}
		return in.document(read, []byte(t.text), t)
	}
}

// document makes a batch of one document, with what it says of itself.
func (in *input) document(read extractor, raw []byte, t decoded) batch {
	found, err := read(raw, extractLimit)
	if err != nil {
		return in.refused(err)
	}
	t.text = t.tidy(found.Body)
	b := t.document(true, in.id, in.folder, "")
	d := &b.documents[0]
	d.Date = valid(found.Date)
	for _, f := range []Field{{"title", found.Title}, {"author", found.Author}, {"language", found.Language}} {
		if f.Value != "" {
			d.Meta = append(d.Meta, Field{f.Name, valid(f.Value)})
		}
	}
	return b
}

// isHTML is true of a page, by how it begins.
func isHTML(head []byte) bool {
	head = bytes.TrimSpace(head)
	for _, aside := range []struct{ begin, end string }{{"<?xml", "?>"}, {"<!--", "-->"}, {"<!--", "-->"}} {
		if bytes.HasPrefix(head, []byte(aside.begin)) {
			_, head, _ = bytes.Cut(head, []byte(aside.end))
			head = bytes.TrimSpace(head)
		}
	}
	head = bytes.ToLower(head[:min(len(head), 20)])
	for _, begin := range []string{"<!doctype html", "<html>", "<html ", "<head>"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return false
}
