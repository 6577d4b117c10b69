package server

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Of each model file there is one index: that of another model that was there before goes, and so
// do those that nobody has used for long. Others stay, and who has one open goes on.
func TestIndexesAreRemoved(t *testing.T) {
	m, texts := demo()
	folder := t.TempDir()
	cache := Cache{Folder: folder, Model: "m.klew"}
	first, _, err := Gather(t.Context(), m, sourceOf(texts), 1000, cache)
	if err != nil {
		t.Fatal(err)
	}
	beside := func(name string, age time.Duration) string {
		path, at := filepath.Join(folder, name), time.Now().Add(-age)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		return name
	}
	kept := []string{beside("0a-0b.texts", 24*time.Hour), beside("0a-0c.texts.1-0.part", time.Hour), beside("notes.txt", 1000*24*time.Hour)}
	beside("0a-0d.texts", 100*24*time.Hour)
	beside("0a-0e.texts.1-0.part", 48*time.Hour)
	other := *m
	other.Documents = slices.Clone(m.Documents)
	other.Documents[0].ID = "another"
	if _, _, err := Gather(t.Context(), &other, sourceOf(texts), 1000, cache); err != nil {
		t.Fatal(err)
	}
	kept = append(kept, filepath.Base(cache.indexPath(&other)))
	slices.Sort(kept)
	var there []string
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		there = append(there, e.Name())
	}
	if !slices.Equal(there, kept) {
		t.Errorf("there are %v, want %v", there, kept)
	}
	for j := range texts {
		if got, err := first.Text(t.Context(), j); err != nil || got != texts[j] {
			t.Fatalf("of an index that has been removed text %d is %.30q, %v", j, got, err)
		}
	}
	if n := len(matching(first, "honey")); n == 0 {
		t.Error("an index that has been removed finds nothing")
	}
}
