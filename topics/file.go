package topics

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"klew/corpus"
	"klew/topics/wholefile"
	"klew/vectorize/sections"
)

// File is a model's file as it was when the model was read. With it the model is written back
// only if no other has written to the file meanwhile.
type File struct {
	path string
	info fs.FileInfo
}

// ErrMeanwhile is returned for a file that was changed or removed since the model was read.
var ErrMeanwhile = errors.New("the file was changed by another, or removed, meanwhile, and nothing was written; look at it as it is now, and try again")

// LoadFile is Load, and remembers the file.
func LoadFile(path string) (*Model, *File, error) {
	m, info, err := load(path)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the model %s: %w", path, corpus.Cause(err))
	}
	return m, &File{path, info}, nil
}

// Changed reports whether there is another file than the one that was read, or none; and with an
// error that there is none.
func (f *File) Changed() (bool, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return true, err
	}
	return !f.is(info), nil
}

func (f *File) is(info fs.FileInfo) bool {
	return os.SameFile(info, f.info) && info.Size() == f.info.Size() && info.ModTime().Equal(f.info.ModTime())
}

// SaveJournal writes the file with the journal of a model, which but for that is the one that was
// read; whole or not at all, and not if the file was changed meanwhile. Of several programs that
// do so at once one writes, and all others are told ErrMeanwhile. The sections of the factors and
// of the documents are copied as they are: to make those of a million documents anew takes ten
// times as long.
func (f *File) SaveJournal(m *Model) error {
	if err := f.saveJournal(m); err != nil {
		return fmt.Errorf("saving the model to %s: %w", f.path, err)
	}
	return nil
}

func (f *File) saveJournal(m *Model) error {
	unlock, err := wholefile.Lock(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrMeanwhile
	} else if err != nil {
		return err
	}
	defer unlock()
	still := func() error {
		if changed, err := f.Changed(); changed || err != nil {
			return ErrMeanwhile
		}
		return nil
	}
	if err := still(); err != nil {
		return err
	}
	var now fs.FileInfo
	err = wholefile.WriteIf(f.path, func(to io.Writer) error { return f.rewrite(to, m) }, func(written fs.FileInfo) error {
		now = written
		return still()
	})
	if err == nil {
		f.info = now
	}
	return err
}

// rewrite writes the file with another journal.
func (f *File) rewrite(to io.Writer, m *Model) error {
	old, err := os.Open(f.path)
	if err != nil {
		return ErrMeanwhile
	}
	defer old.Close() // before the new one takes its place
	if info, err := old.Stat(); err != nil || !f.is(info) {
		return ErrMeanwhile
	}
	err = sections.Replace(to, old, magic, version, tagJournal, m.journal(), tagW)
	if errors.Is(err, sections.ErrVersion) { // nothing has been written yet
		located := *m
		located.Origin.Base = baseFrom(f.path, m.Origin.Base)
		return located.Write(to)
	}
	return err
}

// journal is the section of the journal, empty if there is none.
func (m *Model) journal() (p sections.Payload) {
	if len(m.Journal) > 0 {
		p.Strings(m.Journal)
	}
	return p
}
