//go:build unix

package server

import (
	"io/fs"
	"path/filepath"
	"testing"
)

// The texts that are kept in the cache are for their user alone: others could not read them where
// they came from either, perhaps.
func TestIndexIsPrivate(t *testing.T) {
	m, texts := demo()
	cache := filepath.Join(t.TempDir(), "cache")
	if _, _, err := Gather(t.Context(), m, sourceOf(texts), 1000, Cache{Folder: cache, Model: "m.klew"}); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(cache, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		if !e.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files != 1 {
		t.Errorf("there are %d files in the cache (%v)", files, err)
	}
}
