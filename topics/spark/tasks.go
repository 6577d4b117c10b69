package spark

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"klew/nmf/shard/remote"
	"klew/vectorize"
)

// The kinds of frames beside those of package remote.
const (
	kindTexts      = "TEXT"
	kindFile       = "FILE"
	kindCounting   = "COUN"
	kindCounted    = "CNTD"
	kindTerms      = "TERM"
	kindVocabulary = "VOCA"
	kindDocuments  = "DOCS"
	kindModel      = "MODL"
)

// Tasks are all tasks, those of fitting among them. A model names the program that made it.
func Tasks(program string) map[string]remote.Task {
	all := map[string]remote.Task{
		"settle": settle, "count": count, "terms": terms, "merge": merge, "vocabulary": vocabulary, "blocks": blocks, "model": modelBy(program),
	}
	maps.Copy(all, remote.Tasks())
	return all
}

// readCounted reads a counted corpus that came in frames.
func readCounted(data []byte) (*vectorize.Counted, error) {
	return vectorize.ReadCounted(bytes.NewReader(data), int64(len(data)))
}

// bytesOf is the file of a counted corpus.
func bytesOf(ctx context.Context, c *vectorize.Counted) ([]byte, error) {
	var to bytes.Buffer
	err := c.Write(ctx, &to)
	return to.Bytes(), err
}

// given is a counted corpus that comes whole before all else: options, or a vocabulary.
type given struct {
	what  string
	whole remote.Whole
	read  *vectorize.Counted
}

// get reads it once.
func (g *given) get() (*vectorize.Counted, error) {
	if g.read != nil {
		return g.read, nil
	}
	if !g.whole.Begun() {
		return nil, fmt.Errorf("the %s must come first", g.what)
	}
	read, err := readCounted(g.whole.Data)
	if err != nil {
		return nil, fmt.Errorf("the %s: %w", g.what, err)
	}
	g.read, g.whole.Data = read, nil
	return read, nil
}

// sequence is long things that come one after another, each done with when the next begins.
type sequence struct {
	whole remote.Whole
	key   int64
	do    func(key int64, data []byte) error
}

// take takes the next part of one.
func (s *sequence) take(f remote.Frame) error {
	if f.Part == 0 {
		if err := s.flush(); err != nil {
			return err
		}
		s.key = f.Key
	}
	return s.whole.Add(f)
}

// flush does what is to be done with the last one.
func (s *sequence) flush() error {
	if !s.whole.Begun() {
		return nil
	}
	data := s.whole.Data
	s.whole = remote.Whole{}
	return s.do(s.key, data)
}

var errNothing = errors.New("nothing has come: there is no document")
