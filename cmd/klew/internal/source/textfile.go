package source

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"klew/corpus"
	"klew/topics"
)

// readWords reads a list of words from a file. It is not nil: an empty list is a list.
func readWords(path string) ([]string, error) {
	text, err := ReadText(path)
	if err != nil {
		return nil, err
	}
	return strings.Fields(text), nil
}

// lineEnds makes every line end in LF, the one end that what reads lists knows.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// ReadText reads a file of text, in any encoding that texts may have, and with CR, LF or CRLF behind
// its lines: they end in LF.
func ReadText(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "", fmt.Errorf("%s is a folder: name a file in it", path)
	}
	c, err := corpus.Open([]string{path}, corpus.Options{Format: "text"})
	if err != nil {
		return "", err
	}
	text := ""
	for d := range c.Documents(context.Background()) {
		text += d.Text + "\n"
	}
	for _, e := range c.Ledger() {
		if e.Action() == "skipped" {
			return "", fmt.Errorf("%s: %s", e.Path, Because(e))
		}
	}
	return lineEnds.Replace(text), nil
}

// ReadJournal reads the text of a journal, in any encoding that texts may have.
func ReadJournal(stdin io.Reader, path string) (string, error) {
	if path == "-" {
		text, err := io.ReadAll(stdin)
		return lineEnds.Replace(string(text)), err
	}
	if topics.IsModel(path) {
		return "", fmt.Errorf("reading the edits in %s: it is a model; its own edits: klew edit %s --export", path, path)
	}
	text, err := ReadText(path)
	if err != nil {
		return "", fmt.Errorf("reading the edits: %w", err)
	}
	return text, nil
}
