package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"

	"klew/topics"
)

// Source reads all texts of a model's documents that are there, with their numbers, each time that
// it is called.
type Source func(ctx context.Context) iter.Seq2[int, string]

// MostInMemory is how many bytes of texts are kept in memory: looking through so many takes a third
// of a second.
const MostInMemory = 200 << 20

// Gather makes the texts of a model ready to be asked for: they are kept in memory if they have
// limit bytes at most, and else in a database with an index in the cache, where the next start
// finds it. Where none can be written, each question reads all texts again. told says what was
// done, if that is more than reading.
func Gather(ctx context.Context, m *topics.Model, source Source, limit int, cache Cache) (texts Texts, told string, err error) {
	path := ""
	if entries, _ := os.ReadDir(cache.Folder); len(entries) > 0 {
		path = cache.indexPath(m)
		if x, err := openIndex(path); err == nil {
			cache.tidy(path)
			return x, fmt.Sprintf("the texts are those in %s, %d of %d; if that file is removed, they are read again", path, x.n, len(m.Documents)), nil
		}
	}
	in := newMemory(len(m.Documents))
	next, stop := iter.Pull2(source(ctx))
	defer stop()
	for in.size <= limit {
		j, text, more := next()
		if !more {
			return in, "", ctx.Err()
		}
		in.add(j, text)
	}
	if path = cmp.Or(path, cache.indexPath(m)); cache.Folder == "" {
		err = errors.New("the system names no folder for caches")
	} else if err = buildIndex(ctx, path, in, next); err == nil {
		texts, err = openIndex(path)
	}
	if ctx.Err() != nil {
		return nil, "", ctx.Err()
	}
	if err != nil {
		told = fmt.Sprintf("the texts have more than %d MB, and no index of them can be kept (%v): to show one, or search, reads all again", limit>>20, err)
		return newReread(ctx, source), told, nil
	}
	cache.tidy(path)
	return texts, fmt.Sprintf("the texts have more than %d MB: a copy with an index is in %s", limit>>20, path), nil
}

// memory is texts that are kept as they are.
type memory struct {
	texts []string
	there []bool
	n     int
	size  int
}

func newMemory(documents int) *memory {
	return &memory{texts: make([]string, documents), there: make([]bool, documents)}
}

func (t *memory) add(j int, text string) {
	if !t.there[j] {
		t.n++
	}
	t.texts[j], t.there[j] = text, true
	t.size += len(text)
}

func (t *memory) Len() int { return t.n }

func (t *memory) Text(_ context.Context, j int) (string, error) {
	if j < 0 || j >= len(t.texts) || !t.there[j] {
		return "", ErrNoText
	}
	return t.texts[j], nil
}

// Having yields all.
func (t *memory) Having(ctx context.Context, _ string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for j, text := range t.texts {
			if t.there[j] && (ctx.Err() != nil || !yield(j, text)) {
				return
			}
		}
	}
}

// reread is texts that are read again whenever one is asked for.
type reread struct {
	source Source
	n      int
}

func newReread(ctx context.Context, source Source) *reread {
	t := &reread{source: source}
	for range source(ctx) {
		t.n++
	}
	return t
}

func (t *reread) Len() int { return t.n }

func (t *reread) Text(ctx context.Context, j int) (string, error) {
	for i, text := range t.source(ctx) {
		if i == j {
			return text, nil
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return "", ErrNoText
}

// Having yields all, in the order of reading, which is that of the documents.
func (t *reread) Having(ctx context.Context, _ string) iter.Seq2[int, string] { return t.source(ctx) }
