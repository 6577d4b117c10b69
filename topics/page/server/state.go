package server

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"klew/topics"
	"klew/topics/page"
)

// snapshot is a model as it was at one time. It never changes, but for what was looked at.
type snapshot struct {
	version int
	fitted  *topics.Model // with its journal
	model   *topics.Model // as that wants it
	page    *page.Page
	blocks  map[string]*block
	looked  atomic.Pointer[topics.Model] // the last one with another line, as its journal wants it
}

// block is a block of the page, made when it is first asked for.
type block struct {
	of      any // what it is made of: the same of two snapshots is the same block
	version int // of the first snapshot that has it
	make    func() ([]byte, error)
}

// blockNames are the blocks that there may be.
var blockNames = []string{"model", "terms", "documents", "w", "h", "fw", "fh"}

// newSnapshot makes one, which takes over what it has in common with the one before. What takes a
// pass over all documents is found out once.
func newSnapshot(fitted *topics.Model, pageOf func(*topics.Model) *page.Page, before *snapshot) (*snapshot, error) {
	m, err := before.edited(fitted)
	if err != nil {
		return nil, err
	}
	fitted = m.Fitted()
	s := &snapshot{fitted: fitted, model: m, page: pageOf(m), blocks: map[string]*block{}}
	if before != nil {
		s.version = before.version + 1
		s.page.Keep(before.page)
	} else {
		s.page.Keep(nil)
	}
	of := map[string]any{"model": s, "terms": m.Vocabulary, "documents": &m.Documents[0], "w": m.W, "h": m.H}
	if m != fitted {
		of["fw"], of["fh"] = fitted.W, fitted.H
	}
	for _, name := range blockNames {
		s.blocks[name] = s.blockOf(name, of[name], before)
	}
	return s, nil
}

// edited is a model as its journal wants it: the one that was looked at last, if that has the same
// journal. Of the first snapshot s is nil.
func (s *snapshot) edited(fitted *topics.Model) (*topics.Model, error) {
	if s != nil {
		if m := s.looked.Load(); m != nil && slices.Equal(m.Fitted().Journal, fitted.Journal) && m.Fitted().H == fitted.H {
			return m, nil
		}
	}
	fitted.Keep()
	m, err := fitted.Edited()
	if err != nil {
		return nil, err
	}
	m.Keep()
	if s != nil {
		s.looked.Store(m)
	}
	return m, nil
}

// blockOf is a block that is the same in the snapshot before, or one that is made of the same: the
// factors as fitted are those that were shown before the first merger.
func (s *snapshot) blockOf(name string, of any, before *snapshot) *block {
	if of != nil && before != nil {
		if b := before.blocks[name]; b.of == of {
			return b
		}
		for _, b := range before.blocks {
			if b.of == of {
				return &block{of, s.version, b.make}
			}
		}
	}
	return &block{of, s.version, sync.OnceValues(func() ([]byte, error) { return s.page.Block(context.Background(), name) })}
}

// state is the model's file, and what it holds.
type state struct {
	path   string
	pageOf func(*topics.Model) *page.Page
	shown  atomic.Pointer[snapshot]

	mu     sync.Mutex // whoever looks at the file, or writes it
	file   *topics.File
	digest func() [sha256.Size]byte // of the model but for its journal
}

func openState(path string, pageOf func(*topics.Model) *page.Page) (*state, error) {
	st := &state{path: path, pageOf: pageOf}
	m, file, err := load(path)
	if err != nil {
		return nil, err
	}
	first, err := newSnapshot(m, pageOf, nil)
	if err != nil {
		return nil, fmt.Errorf("reading the model %s: %w; to take the line back: klew edit %s --undo LINE", path, err, path)
	}
	st.file, st.digest = file, sync.OnceValue(func() [sha256.Size]byte { return digestOf(m) })
	st.shown.Store(first)
	return st, nil
}

// load reads a model to be shown.
func load(path string) (*topics.Model, *topics.File, error) {
	m, file, err := topics.LoadFile(path)
	if err == nil && len(m.Documents) == 0 {
		err = fmt.Errorf("reading the model %s: it has no documents", path)
	}
	return m, file, err
}

// digestOf tells a model from others, whatever its journal.
func digestOf(m *topics.Model) [sha256.Size]byte {
	bare := *m
	bare.Journal = nil
	h := sha256.New()
	bare.Write(h) // a hash takes everything
	return [sha256.Size]byte(h.Sum(nil))
}

func (st *state) now() *snapshot { return st.shown.Load() }

// refresh takes over what others have done to the model's journal, and says why the file is not
// one that could be edited. What is shown stays, whatever became of the file.
func (st *state) refresh() error {
	changed, err := st.file.Changed()
	if err != nil {
		return fmt.Errorf("the model's file %s is not there any more: the page shows it as it was, and nothing can be changed", st.path)
	}
	if !changed {
		return nil
	}
	m, file, err := load(st.path)
	if err != nil {
		return fmt.Errorf("the model's file %s cannot be read any more: the page shows it as it was, and nothing can be changed: %w", st.path, err)
	}
	if digestOf(m) != st.digest() {
		return fmt.Errorf("another model has been put in the place of %s: the page shows the one that was there, and nothing can be changed; start klew serve again for the new one", st.path)
	}
	next, err := newSnapshot(m, st.pageOf, st.now())
	if err != nil {
		return fmt.Errorf("the journal of %s does not hold any more: %w", st.path, err)
	}
	st.file = file
	st.shown.Store(next)
	return nil
}

// save writes the model with another journal, unless the file has changed meanwhile.
func (st *state) save(m *topics.Model) error {
	next, err := newSnapshot(m, st.pageOf, st.now())
	if err != nil {
		return err
	}
	if err := st.file.SaveJournal(m); err != nil {
		return err
	}
	st.shown.Store(next)
	return nil
}
