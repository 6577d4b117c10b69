package corpus

import (
	"bytes"
	"fmt"

	"klew/corpus/internal/registered"
)

// extractLimit is what a document that is packed may unpack to.
const extractLimit = 128 << 20

// registeredDocument makes a document of a file of a format that programs have to ask for.
func registeredDocument(format string) func(*Corpus, *input, []byte) batch {
	return func(_ *Corpus, in *input, raw []byte) batch {
		read, ok := registered.Documents[format]
		if !ok {
			return in.refused(notImported(format))
		}
		return in.document(read, raw, decoded{})
	}
}

// notImported is the fault of a file whose reader is not in the program.
func notImported(format string) error {
	return fmt.Errorf("this program does not read the format %s; to make it, import klew/corpus/documents", format)
}

// extractedText is extracted for files that are text, in whatever encoding.
func extractedText(read registered.Document) func(*Corpus, *input, []byte) batch {
	return func(c *Corpus, in *input, raw []byte) batch {
		t, ok := c.decoder.decode(raw)
		if !ok {
			return in.noted(t.repairs)
		}
		return in.document(read, bytesOf(t.text), t) // which readers of texts leave as it is
	}
}

// document makes a batch of one document, with what it says of itself.
func (in *input) document(read registered.Document, raw []byte, t decoded) batch {
	found, err := read(raw, extractLimit)
	if err != nil {
		return in.refused(err)
	}
	t.text = t.tidy(found.Body)
	b := t.document(true, in.id, in.folder, "")
	if found.Repair != "" {
		b.entries = append(b.entries, Entry{Path: in.id, Repaired: true, Reason: Broken, Detail: found.Repair})
	}
	if found.LeftOut != "" {
		b.entries = append(b.entries, Entry{Path: in.id, Note: true, Reason: PageLines, Detail: found.LeftOut})
	}
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
	if head = bytes.TrimSpace(head); len(head) == 0 || head[0] != '<' {
		return false
	}
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
