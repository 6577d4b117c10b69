package corpus

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// hostFiles is the machine's own files as an fs.FS that takes any path, not only
// those that fs.ValidPath allows. Those that are not absolute lead from base.
type hostFiles struct{ base string }

func (h hostFiles) Open(name string) (fs.File, error)          { return openFile(h.at(name)) }
func (h hostFiles) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(h.at(name)) }
func (h hostFiles) Stat(name string) (fs.FileInfo, error)      { return os.Stat(h.at(name)) }

// at is where a path leads. It is not cleaned: "link/../a" may lie elsewhere than "a".
func (h hostFiles) at(name string) string {
	if h.base == "" || filepath.IsAbs(name) {
		return name
	}
	return h.base + string(filepath.Separator) + name
}

// isHost reports whether files are the machine's own.
func isHost(files fs.FS) bool {
	_, host := files.(hostFiles)
	return host
}

// realPath names the file or folder itself, however it was reached.
func realPath(files fs.FS, path string) string {
	host, ok := files.(hostFiles)
	if !ok {
		return path
	}
	absolute, err := filepath.Abs(host.at(path))
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		return real
	}
	return absolute
}

// shown is a path as text. Systems allow names that are not UTF-8.
func shown(path string) string { return strings.ToValidUTF8(path, "\uFFFD") }

const (
	// large is the size from which a file is first looked at, and then read.
	large = 1 << 20
	// MaxSize is the size of the largest document, in bytes. What is larger is not one
	// text; and something must end what has no end, such as /dev/urandom.
	MaxSize = 1 << 30
)

var errTooLarge = errors.New("larger than 1 GiB: cut it, or say with --input what it holds, such as lines, csv or mbox")

// readFile reads a regular file whose size is known. One read that gives exactly that, with room
// for more, has come to its end: asking for the end again took 4 % of the time of reading 20
// Newsgroups. Files of systems that do not know their sizes, such as those in /proc, say 0.
func readFile(f io.Reader, size int64) ([]byte, error) {
	all := make([]byte, size+1)
	n, err := f.Read(all)
	if err == nil && int64(n) == size && size > 0 {
		return all[:n], nil
	} else if err != nil && err != io.EOF {
		return nil, err
	}
	return readAll(io.MultiReader(bytes.NewReader(all[:n]), f), size)
}

// readAll reads a file to its end. The size is what to expect, not a promise.
func readAll(f io.Reader, size int64) ([]byte, error) {
	var all bytes.Buffer
	all.Grow(int(size) + bytes.MinRead) // with room to see that nothing follows
	_, err := all.ReadFrom(io.LimitReader(f, MaxSize+1))
	if err == nil && all.Len() > MaxSize {
		return nil, errTooLarge
	}
	return all.Bytes(), err
}

// Cause strips the operation and the path that the os package puts before an error, for a
// message that names both in its own words.
func Cause(err error) error {
	var inPath *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &inPath):
		return inPath.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
