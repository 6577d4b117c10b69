package lookup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// Texts reads the texts that a model was fitted to once more: a model keeps topics,
// and no text.
type Texts struct {
	Corpus *corpus.Corpus
	model  *topics.Model
	Found  int // documents that are as they were
}

// Reread opens the texts of a model.
func Reread(m *topics.Model, threads int) (*Texts, error) { return reread(m, threads, false) }

func reread(m *topics.Model, threads int, within bool) (*Texts, error) {
	paths, reading, err := sources(m)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of the model again: %w", err)
	}
	reading.Threads = threads
	if within {
		reading.Files = confinedTo(reading.Base, slices.Concat(paths, reading.Listed))
	}
	c, err := corpus.Open(paths, reading)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of the model again: %w; run klew where the model was fitted, or put the texts back", err)
	}
	return &Texts{Corpus: c, model: m}, nil
}

// sources are the paths that a model was made of in the end, and how they were read.
func sources(m *topics.Model) ([]string, corpus.Options, error) {
	reading := m.Origin.Reading
	reading.Base = baseOf(m)
	var paths []string
	for _, path := range m.Origin.Paths {
		of, err := inTheEnd(path, reading.Base)
		if err != nil {
			return nil, reading, err
		}
		paths = append(paths, of...)
	}
	switch {
	case m.OfMatrix():
		return nil, reading, fmt.Errorf("%s is a matrix, not text", paths[0])
	case slices.Contains(paths, "-"):
		return nil, reading, errors.New("some came from standard input, and are gone")
	}
	return present(paths, reading.Base), reading, nil
}

// present leaves out paths where nothing is any more, unless that is all: the documents that were
// there are told as missing (SayMissing).
func present(paths []string, base string) []string {
	left := slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !exists(path, base) })
	if len(left) == 0 {
		return paths
	}
	return left
}

func exists(path, base string) bool {
	_, err := os.Stat(PathFrom(base, path))
	return !errors.Is(err, fs.ErrNotExist)
}

// inTheEnd is the path, or those of the texts that were counted to make it.
func inTheEnd(path, base string) ([]string, error) {
	from := PathFrom(base, path)
	if !vectorize.IsCounted(from) {
		return []string{path}, nil
	}
	c, err := vectorize.OpenCounted(from)
	if err != nil {
		return nil, err
	}
	return c.Paths, c.Close()
}

// baseOf is the folder in which the texts of a model are looked for: that from which most of them are
// where they were, as seen from the model's file, or else, as a model may have been moved without them,
// from the working folder, which is "".
func baseOf(m *topics.Model) string {
	found := func(base string) (count int) {
		for _, path := range slices.Concat(m.Origin.Paths, m.Origin.Reading.Listed) {
			if path == "-" || exists(path, base) {
				count++
			}
		}
		return count
	}
	if there := found(m.Origin.Base); there > 0 && there >= found("") {
		return m.Origin.Base
	}
	return ""
}

// PathFrom is where a path leads from a folder; "" is the working folder, and - standard input.
func PathFrom(base, path string) string {
	if base == "" || filepath.IsAbs(path) || path == "-" {
		return path
	}
	return filepath.Join(base, path)
}

// withList is what the user named, and how many paths a list named.
func withList(paths []string, reading *corpus.Options) []string {
	if n := len(reading.Listed); n > 0 {
		return append(paths[:len(paths):len(paths)], print.Count(n, "path")+" of a list")
	}
	return paths
}

// All yields the documents that are as they were, with their numbers in the model.
func (r *Texts) All(ctx context.Context) iter.Seq2[int, corpus.Document] {
	return func(yield func(int, corpus.Document) bool) {
		f := newFinder(r.model.Documents)
		for d := range r.Corpus.Documents(ctx) {
			j, found := f.find(&d)
			if !found {
				continue
			}
			r.Found++
			if !yield(j, d) {
				return
			}
		}
	}
}

// finder finds documents of a model that are as they were.
type finder struct {
	documents []vectorize.Document
	numbers   map[string]int
	found     []bool
	same      map[uint32][]int // by the checksum of their texts; nil until it is needed
}

func newFinder(documents []vectorize.Document) *finder {
	f := &finder{documents: documents, numbers: make(map[string]int, len(documents)), found: make([]bool, len(documents))}
	for j, d := range documents {
		f.numbers[d.ID] = j
	}
	return f
}

// find is the number of a document, by its ID. A record may have been named by another rule when the
// model was made, which took another column for the id, or none: then it is found by its place, and
// else by its text, of equal texts the first that is still to be found.
func (f *finder) find(d *corpus.Document) (number int, ok bool) {
	sum := vectorize.Checksum(d.Text)
	j, known := f.numbers[d.ID]
	if !known && d.Place != "" {
		j, known = f.numbers[d.Place]
	}
	if !known && d.Place != "" {
		j, known = f.byText(sum)
	}
	if !known || f.found[j] || f.documents[j].Checksum != sum {
		return 0, false
	}
	f.found[j] = true
	return j, true
}

func (f *finder) byText(sum uint32) (number int, ok bool) {
	if f.same == nil {
		f.same = map[uint32][]int{}
		for j, d := range f.documents {
			f.same[d.Checksum] = append(f.same[d.Checksum], j)
		}
	}
	for rest := f.same[sum]; len(rest) > 0; rest = rest[1:] {
		f.same[sum] = rest[1:]
		if !f.found[rest[0]] {
			return rest[0], true
		}
	}
	return 0, false
}

// SayMissing tells how many documents are not there any more as they were.
func (r *Texts) SayMissing(p *print.Console) {
	if n := len(r.model.Documents) - r.Found; n > 0 {
		p.Say("klew: %s of the model's %s not there any more, or changed (looked for below %s)",
			print.Count(n, "document"), print.Grouped(len(r.model.Documents)), strings.Join(withList(r.model.Origin.Paths, &r.model.Origin.Reading), ", "))
	}
}

// Documents yields the documents that are as they were.
func (r *Texts) Documents(ctx context.Context) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for _, d := range r.All(ctx) {
			if !yield(d) {
				return
			}
		}
	}
}
