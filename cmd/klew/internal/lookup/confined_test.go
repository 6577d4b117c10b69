package lookup

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What lies out of the folders of a model is not read, by no path and through no link.
func TestConfined(t *testing.T) {
	base := t.TempDir()
	for _, folder := range []string{"notes/sub", "notes2", "other"} {
		if err := os.MkdirAll(filepath.Join(base, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"notes/a.txt", "notes/sub/b.txt", "notes2/c.txt", "other/one.csv", "other/two.csv", "d.txt"} {
		if err := os.WriteFile(filepath.Join(base, file), []byte(file), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"notes/inside.txt": "a.txt", "notes/up.txt": "../d.txt", "notes/absolute.txt": filepath.Join(base, "d.txt"), "notes/folder": "../notes2", "notes/loop": "loop",
	} {
		if err := os.Symlink(to, filepath.Join(base, link)); err != nil {
			t.Skip(err)
		}
	}
	absolute := filepath.ToSlash(base)
	c := confinedTo(base, []string{"notes", "other/one.csv", absolute + "/notes"})
	for name, there := range map[string]bool{
		"notes/a.txt": true, "notes/sub/b.txt": true, "notes/sub/../a.txt": true, "notes/inside.txt": true, "other/one.csv": true, absolute + "/notes/a.txt": true,
		"notes/up.txt": false, "notes/absolute.txt": false, "notes/folder/c.txt": false, "notes/loop": false, "notes2/c.txt": false, "other/two.csv": false,
		"d.txt": false, "notes/../d.txt": false, "../" + filepath.Base(base) + "/notes/a.txt": false, absolute + "/d.txt": false, "/etc/passwd": false, "notes/missing.txt": false, "": false,
	} {
		text, err := fs.ReadFile(c, name)
		if (err == nil) != there {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		if _, err := c.Stat(name); (err == nil) != there {
			t.Errorf("%s: Stat says %v", name, err)
		}
	}
	entries, err := c.ReadDir("notes")
	if err != nil || len(entries) != 7 {
		t.Errorf("notes holds %v, %v", entries, err)
	}
	if _, err := c.ReadDir("notes/folder"); err == nil {
		t.Error("a link to a folder outside is listed")
	}
	if _, err := confinedTo(base, []string{"."}).Open("d.txt"); err != nil {
		t.Errorf("the folder itself: %v", err)
	}
}
