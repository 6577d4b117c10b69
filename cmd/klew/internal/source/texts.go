package source

import (
	"fmt"
	"iter"
	"slices"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// Open finds the documents below paths, and refuses what holds no text.
func (r *Texts) Open(to *print.Console, paths []string, threads int) (*corpus.Corpus, error) {
	if err := r.readList(to.In); err != nil {
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
	if slices.Contains(paths, "-") && print.Width(to.In) > 0 {
		to.Say("klew: reading standard input, one document a line; Ctrl-D ends it")
	}
	options := r.Options
	options.Stdin, options.Threads = to.In, threads
	return corpus.Open(paths, options)
}

// Shown wraps documents so that a stage shows how many have come.
func Shown(documents iter.Seq[corpus.Document], s *print.Stage) iter.Seq[corpus.Document] {
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
