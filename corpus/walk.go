package corpus

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// source is one file to be read, or standard input.
type source struct {
	path, folder string
	stdin        bool // and not a file that is called "-"
}

// standardInput is the path that stands for it.
const standardInput = "-"

// walker turns what the user named into sources.
type walker struct {
	files   fs.FS
	root    string          // the folder being walked, as named
	sources []source        // of this root
	links   []string        // to folders, put off until the rest of the root is walked
	folders map[string]bool // already walked, by real path
	ledger  Ledger
}

// walk lists the sources of all named paths.
func walk(files fs.FS, named []string) ([]source, Ledger, error) {
	w := walker{files: files, folders: map[string]bool{}}
	var all []source
	for _, name := range named {
		found, err := w.named(name)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, found...)
	}
	if len(named) > 1 {
		all = w.once(all)
	}
	return all, w.ledger, nil
}

// named lists the sources of one path that the user named.
func (w *walker) named(name string) ([]source, error) {
	if name == standardInput {
		return []source{{path: name, stdin: true}}, nil
	}
	if name == "" {
		return nil, fmt.Errorf("a path is empty; the folder here is called \".\"")
	}
	name = filepath.ToSlash(filepath.Clean(name))
	info, err := fs.Stat(w.files, name)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, cause(err))
	}
	w.root, w.sources, w.links = name, nil, nil
	if !info.IsDir() {
		return []source{{path: name, folder: w.baseName(path.Dir(name))}}, nil
	}
	w.folder(name, realPath(w.files, name))
	for len(w.links) > 0 {
		link := w.links[0]
		w.links = w.links[1:]
		w.folder(link, realPath(w.files, link))
	}
	slices.SortFunc(w.sources, func(a, b source) int { return strings.Compare(a.path, b.path) })
	return w.sources, nil
}

// folder walks one folder, unless it was walked before. A link to a folder is put
// off, so that a folder is found where it lies and not where a link to it does.
func (w *walker) folder(name, real string) {
	if w.folders[real] {
		w.skip(name, Repeated, "")
		return
	}
	w.folders[real] = true
	entries, err := fs.ReadDir(w.files, name)
	if err != nil {
		w.skip(name, Unreadable, cause(err).Error())
	}
	for _, e := range entries {
		w.entry(strings.TrimSuffix(name, "/")+"/"+e.Name(), e.Type(), strings.TrimSuffix(real, "/")+"/"+e.Name())
	}
}

// entry takes one entry of a folder, with its real path unless it is a link.
func (w *walker) entry(name string, kind fs.FileMode, real string) {
	name = strings.TrimPrefix(name, "./")
	if strings.HasPrefix(path.Base(name), ".") {
		w.skip(name, Hidden, "")
		return
	}
	linked := kind&fs.ModeSymlink != 0
	if linked {
		info, err := fs.Stat(w.files, name)
		if err != nil {
			w.skip(name, BrokenLink, cause(err).Error())
			return
		}
		kind = info.Mode().Type()
	}
	switch {
	case kind.IsDir() && linked && !isHost(w.files):
		w.skip(name, Special, "a link to a folder") // which might be a loop
	case kind.IsDir() && linked:
		w.links = append(w.links, name)
	case kind.IsDir():
		w.folder(name, real)
	case kind.IsRegular():
		w.sources = append(w.sources, source{path: name, folder: w.folderOf(name)})
	default:
		w.skip(name, Special, "")
	}
}

// folderOf is the metadata field of a file found below the root.
func (w *walker) folderOf(name string) string {
	dir := path.Dir(name)
	if below := strings.TrimPrefix(strings.TrimPrefix(dir, w.root), "/"); below != "" {
		return below
	}
	return w.baseName(w.root)
}

// baseName is a folder's own name, also where it is called "." or "..".
func (w *walker) baseName(dir string) string {
	if absolute, err := filepath.Abs(dir); err == nil && isHost(w.files) {
		return filepath.Base(absolute)
	}
	return path.Base(dir)
}

// once leaves out files that were named twice, in whatever way.
func (w *walker) once(all []source) []source {
	seen, folders := make(map[source]bool, len(all)), map[string]string{}
	return slices.DeleteFunc(all, func(s source) bool {
		key := source{stdin: s.stdin}
		if !s.stdin {
			dir, base := path.Split(s.path)
			real, known := folders[dir]
			if !known {
				real = realPath(w.files, path.Clean(dir))
				folders[dir] = real
			}
			key.path = strings.TrimSuffix(real, "/") + "/" + base
		}
		if seen[key] {
			w.skip(s.path, Repeated, "")
			return true
		}
		seen[key] = true
		return false
	})
}

func (w *walker) skip(name, reason, detail string) {
	w.ledger = append(w.ledger, Entry{Path: shown(name), Reason: reason, Detail: detail})
}
