package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// open finds the documents below paths, and refuses what holds no text.
func (p *program) open(paths []string, r *reading, threads int) (*corpus.Corpus, error) {
	if err := p.readList(r); err != nil {
		return nil, err
	}
	for _, path := range paths {
		if topics.IsModel(path) {
			return nil, fmt.Errorf("reading %s: it is a model, not text; to see its topics: klew topics %s", path, path)
		}
		if vectorize.IsCounted(path) {
			return nil, fmt.Errorf("reading %s: it is a counted corpus, not text; to find its topics: klew fit %s", path, path)
		}
		if isMatrix(path) {
			return nil, fmt.Errorf("reading %s: it is a matrix, not text; to find its topics: klew fit %s", path, path)
		}
	}
	if slices.Contains(paths, "-") && print.Width(p.In) > 0 {
		p.Say("klew: reading standard input, one document a line; Ctrl-D ends it")
	}
	options := r.Options
	options.Stdin, options.Threads = p.In, threads
	return corpus.Open(paths, options)
}

// shown wraps documents so that a stage shows how many have come.
func shown(documents iter.Seq[corpus.Document], s *print.Stage) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		n := 0
		for d := range documents {
			if !yield(d) {
				return
			}
			n++
			s.Set(n, "documents")
		}
	}
}

// load reads a model as its journal wants it.
func load(path string) (*topics.Model, error) {
	m, err := loadFitted(path)
	if err != nil {
		return nil, err
	}
	edited, err := m.Edited()
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w; to take the line back: klew edit %s --undo LINE", path, err, path)
	}
	return edited, nil
}

// loadFitted reads a model as it was fitted, with a hint where it was made of what is not
// one.
func loadFitted(path string) (*topics.Model, error) {
	m, err := topics.Load(path)
	if errors.Is(err, topics.ErrNotModel) {
		return nil, fmt.Errorf("%w; to make one of texts: klew fit %s -o %s", err, path, modelName(path))
	}
	return m, err
}

// readWords reads a list of words from a file. It is not nil: an empty list is a list.
func readWords(path string) ([]string, error) {
	text, err := readText(path)
	if err != nil {
		return nil, err
	}
	return strings.Fields(text), nil
}

// readText reads a file of text, in any encoding that texts may have.
func readText(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "", fmt.Errorf("%s: is a folder", path)
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
			return "", fmt.Errorf("%s: %s", e.Path, because(e))
		}
	}
	return text, nil
}

// modelName is the name that a model of the texts at path might have.
func modelName(path string) string {
	base := filepath.Base(filepath.Clean(path))
	return strings.TrimSuffix(base, filepath.Ext(base)) + ".klew"
}

// fullySaid is the number of skipped files that are named; the others are counted.
const fullySaid = 5

// sayLedger tells what was skipped, repaired or noted. Hidden files are not worth a word:
// nobody expects them. Of what was left out as asked there is the number.
func (p *program) sayLedger(ledger corpus.Ledger) {
	named := 0
	for _, e := range ledger {
		if e.Action() != "skipped" || e.Reason == corpus.Hidden || asked(e.Reason) {
			continue
		}
		if named++; named <= fullySaid {
			p.Say("klew: reading %s: %s; skipped", e.Path, because(e))
		}
	}
	if named > fullySaid {
		p.Say("klew: … and %d more skipped: %s", named-fullySaid, summary(ledger, "skipped", false))
	}
	if left := summary(ledger, "skipped", true); left != "" {
		p.Say("klew: left out: %s", left)
	}
	if repaired := summary(ledger, "repaired", false); repaired != "" {
		p.Say("klew: repaired: %s", repaired)
	}
	for _, e := range ledger {
		if e.Note {
			p.sayNote(e)
		}
	}
}

// because is the reason of an entry in full.
func because(e corpus.Entry) string {
	switch {
	case e.Detail == "" || e.Detail == e.Reason:
		return e.Reason
	case e.Reason == corpus.Unreadable:
		return e.Detail
	}
	return e.Reason + " (" + e.Detail + ")"
}

// summary counts the skipped or the repaired by reason: those for which the user asked, or
// the others.
func summary(ledger corpus.Ledger, action string, wanted bool) string {
	var parts []string
	for _, c := range ledger.Counts() {
		e := corpus.Entry{Repaired: c.Repaired, Note: c.Note}
		if e.Action() == action && c.Reason != corpus.Hidden && asked(c.Reason) == wanted {
			parts = append(parts, fmt.Sprintf("%s (%s)", print.Count(c.Files, thing(c.Reason)), c.Reason))
		}
	}
	return strings.Join(parts, ", ")
}
