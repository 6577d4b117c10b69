package topics

import (
	"os"
	"path/filepath"
	"testing"
)

// The folder of the texts is found again from the model file, wherever the working folder is,
// and after both have moved together.
func TestBase(t *testing.T) {
	project := t.TempDir()
	for _, folder := range []string{"models/old", "texts", "elsewhere"} {
		if err := os.MkdirAll(filepath.Join(project, folder), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	same := func(got, want string) {
		t.Helper()
		g, err := os.Stat(got)
		if err != nil {
			t.Errorf("base %q: %v", got, err)
			return
		}
		if w, err := os.Stat(want); err != nil || !os.SameFile(g, w) {
			t.Errorf("base %q, want %q", got, want)
		}
	}
	t.Chdir(filepath.Join(project, "texts"))
	m := fitted(t, nil)
	m.Origin.Base = "."
	if err := m.Save("../models/m.klew"); err != nil {
		t.Fatal(err)
	}
	if m.Origin.Base != "." {
		t.Errorf("saving changed the base to %q", m.Origin.Base)
	}
	t.Chdir(filepath.Join(project, "elsewhere"))
	m, err := Load("../models/m.klew")
	if err != nil {
		t.Fatal(err)
	}
	same(m.Origin.Base, filepath.Join(project, "texts"))
	if err := m.Save("../models/old/m.klew"); err != nil {
		t.Fatal(err)
	}
	moved := t.TempDir()
	if err := os.Rename(project, filepath.Join(moved, "p")); err != nil {
		t.Skip(err) // some systems do not move the working folder
	}
	m, err = Load(filepath.Join(moved, "p/models/old/m.klew"))
	if err != nil {
		t.Fatal(err)
	}
	same(m.Origin.Base, filepath.Join(moved, "p/texts"))
}
