package lookup

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"klew/topics"
)

// RereadWithin opens the texts of a model as Reread does, but for what lies out of the folders that
// it was made of: a link that leads out of one of them is passed over, also one that was put there
// since.
func RereadWithin(m *topics.Model, threads int) (*Texts, error) {
	return reread(m, threads, true)
}

// confined is the files below some folders, and some single files, by the paths that a model has
// for them. What is there is opened through os.Root.
type confined struct {
	base  string
	roots map[string]bool // with slashes, clean
}

func confinedTo(base string, paths []string) *confined {
	c := &confined{base, map[string]bool{}}
	for _, p := range paths {
		c.roots[filepath.ToSlash(filepath.Clean(p))] = true
	}
	return c
}

// within opens the folder of the nearest root above a path, and says where the path is in it. The
// root of a single file is its folder.
func (c *confined) within(op, name string) (*os.Root, string, error) {
	name = path.Clean(name)
	at := name
	for !c.roots[at] {
		if path.Dir(at) == at {
			return nil, "", &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
		}
		at = path.Dir(at)
	}
	folder := PathFrom(c.base, filepath.FromSlash(at))
	below := strings.TrimPrefix(strings.TrimPrefix(name, at), "/")
	if at == "." {
		below = name
	}
	info, err := os.Stat(folder)
	if err != nil {
		return nil, "", err
	}
	if !info.IsDir() {
		folder, below = filepath.Dir(folder), filepath.Base(folder)
	}
	r, err := os.OpenRoot(folder)
	if below == "" {
		below = "."
	}
	return r, filepath.FromSlash(below), err
}

// Open opens a file.
func (c *confined) Open(name string) (fs.File, error) {
	r, below, err := c.within("open", name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Open(below)
}

// Stat looks where links lead.
func (c *confined) Stat(name string) (fs.FileInfo, error) {
	r, below, err := c.within("stat", name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Stat(below)
}

// ReadDir lists a folder.
func (c *confined) ReadDir(name string) ([]fs.DirEntry, error) {
	r, below, err := c.within("readdir", name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return fs.ReadDir(r.FS(), filepath.ToSlash(below))
}
