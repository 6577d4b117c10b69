package lookup

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/corpus"
	"klew/topics"
	"klew/vectorize"
)

// Texts reads the texts that a model was fitted to once more: a model keeps topics,
// and no text.
type Texts struct {
	Corpus *corpus.Corpus
	model  *topics.Model
	Found  int // documents that are as they were
}

// Reread opens the texts of a model.
func Reread(m *topics.Model, threads int) (*Texts, error) {
	paths, reading, err := sources(m)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of the model again: %w", err)
	}
	reading.Threads = threads
	c, err := corpus.Open(paths, reading)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of the model again: %w; run klew where the model was fitted, or put the texts back", err)
	}
	return &Texts{Corpus: c, model: m}, nil
}

// sources are the paths that a model was made of in the end, and how they were read.
func sources(m *topics.Model) ([]string, corpus.Options, error) {
	paths, reading := m.Origin.Paths, m.Origin.Reading
	if len(paths) == 1 && vectorize.IsCounted(paths[0]) {
		c, err := vectorize.OpenCounted(paths[0])
		if err != nil {
			return nil, reading, err
		}
		paths = c.Paths
		if err := c.Close(); err != nil {
			return nil, reading, err
		}
	}
	switch {
	case len(paths) == 1 && source.IsMatrix(paths[0]):
		return nil, reading, fmt.Errorf("%s is a matrix, not text", paths[0])
	case slices.Contains(paths, "-"):
		return nil, reading, errors.New("some came from standard input, and are gone")
	}
	return paths, reading, nil
}

// All yields the documents that are as they were, with their numbers in the model.
func (r *Texts) All(ctx context.Context) iter.Seq2[int, corpus.Document] {
	numbers := make(map[string]int, len(r.model.Documents))
	for j, d := range r.model.Documents {
		numbers[d.ID] = j
	}
	return func(yield func(int, corpus.Document) bool) {
		for d := range r.Corpus.Documents(ctx) {
			j, known := numbers[d.ID]
			if !known || vectorize.Checksum(d.Text) != r.model.Documents[j].Checksum {
				continue
			}
			r.Found++
			if !yield(j, d) {
				return
			}
		}
	}
}

// SayMissing tells how many documents are not there any more as they were.
func (r *Texts) SayMissing(p *print.Console) {
	if n := len(r.model.Documents) - r.Found; n > 0 {
		p.Say("klew: %s of the model's %s not there any more, or changed (looked for below %s)",
			print.Count(n, "document"), print.Grouped(len(r.model.Documents)), strings.Join(r.model.Origin.Paths, ", "))
	}
}
