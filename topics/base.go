package topics

import "path/filepath"

// A model file keeps the folder from which the paths of its texts lead as a path from its own
// folder: a project that is moved as a whole keeps its texts, and two people who fit the same
// texts get the same file. While a model is in memory, Origin.Base leads there from the
// working folder.

// baseFrom is the folder base as a path from the folder of the model file at path, with
// slashes; empty if base is, or if none leads there, as between two drives.
func baseFrom(path, base string) string {
	if base == "" {
		return ""
	}
	from, err := filepath.Abs(folderOf(path))
	if err != nil {
		return ""
	}
	if base, err = filepath.Abs(base); err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(base); err == nil {
		base = real
	}
	relative, err := filepath.Rel(from, base)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(relative)
}

// baseAt is the folder that the model file at path calls base.
func baseAt(path, base string) string {
	if base == "" || filepath.IsAbs(filepath.FromSlash(base)) {
		return ""
	}
	return filepath.Join(folderOf(path), filepath.FromSlash(base))
}

// folderOf is the folder in which a file is, or is going to be, with links followed.
func folderOf(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return filepath.Dir(real)
	}
	folder := filepath.Dir(path)
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		return real
	}
	return folder
}
