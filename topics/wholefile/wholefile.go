// Package wholefile writes files whole or not at all: a reader sees the old file or the new
// one, and never a part, whatever happens to the program or the machine meanwhile. Check
// tells before the work whether a file can be written, and that nothing of the user's
// stands in its place.
package wholefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"klew/corpus"
)

// Check finds out whether Write could write to path, before the work of which the result
// is to go there: whether the folder is there, may be written to, and has room for a
// beginning. It refuses to replace what is there unless that is empty or ours, another file
// of its kind that klew wrote, so that nobody loses a text by a mistyped path.
func Check(path, kind string, ours func(path string) bool) error {
	err := canWrite(path)
	if info, there := os.Stat(path); err == nil && there == nil && info.Size() > 0 && !ours(path) {
		err = fmt.Errorf("it is there, and not a %s that klew wrote; name another file, or remove it", kind)
	}
	if err != nil {
		return fmt.Errorf("cannot save a %s to %s: %w", kind, path, err)
	}
	return nil
}

func canWrite(path string) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return errors.New("it is there, and not a file")
	}
	f, err := createBeside(target(path))
	if err != nil {
		return err
	}
	defer f.free()
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, 1<<16))
	return corpus.Cause(f.finish(err))
}

// Write writes a file whole or not at all: what was there before stays until the
// new one is complete and on disk. It writes a temporary file beside path, brings it to
// disk, and renames it.
func Write(path string, write func(io.Writer) error) error {
	return WriteIf(path, write, func(fs.FileInfo) error { return nil })
}

// WriteIf is Write, but that what was there before stays if still returns an error. It is asked
// when the new file is complete, and on disk, just before that takes its place; and told about it.
func WriteIf(path string, write func(io.Writer) error, still func(written fs.FileInfo) error) error {
	path = target(path)
	f, err := createBeside(path)
	if err != nil {
		return err
	}
	defer f.free()
	if info, old := os.Stat(path); old == nil {
		f.Chmod(info.Mode().Perm()) // who may read stays as it was; some systems cannot
	}
	if err = f.finish(write(f.File)); err == nil {
		err = allowed(f.Name(), still)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return corpus.Cause(err)
	}
	return nil
}

// allowed asks whether a file that is complete may take the place of the old one.
func allowed(name string, still func(fs.FileInfo) error) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	return still(info)
}

// WriteBy is Write for what writes to a path of its own accord, as a database
// does: write is given the path of an empty temporary file.
func WriteBy(path string, write func(path string) error) error {
	return Write(path, func(to io.Writer) error {
		return write(to.(*os.File).Name())
	})
}

// target is where a link leads, also if nothing is there yet: a link stays a link.
func target(path string) string {
	for range 40 { // as many as systems follow
		link, err := os.Readlink(path)
		if err != nil {
			break
		}
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(path), link)
		}
		path = link
	}
	return path
}
