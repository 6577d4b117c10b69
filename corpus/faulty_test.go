package corpus

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// faultyFiles are files in memory of which some cannot be read. They stand in for
// permissions, which do not bind everyone who may run the tests.
type faultyFiles struct {
	fstest.MapFS
	locked []string
}

func (f faultyFiles) err(op, name string) error {
	if slices.Contains(f.locked, name) {
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
	}
	return nil
}

func (f faultyFiles) Open(name string) (fs.File, error) {
	if err := f.err("open", name); err != nil {
		return nil, err
	}
	return f.MapFS.Open(name)
}

// ReadDir fails as os.ReadDir does: with what it could read before the fault, which
// here is the first entry.
func (f faultyFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.MapFS.ReadDir(name)
	if locked := f.err("open", name); locked != nil {
		return entries[:min(1, len(entries))], locked
	}
	return entries, err
}

// texts are files in memory, each of which holds its own name.
func texts(names ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, name := range names {
		files[name] = &fstest.MapFile{Data: []byte("text of " + name)}
	}
	return files
}

// What cannot be read does not stop the rest.
func TestUnreadable(t *testing.T) {
	tests := []struct {
		name                               string
		files, locked, named, want, ledger []string
	}{
		{
			name:   "a file",
			files:  []string{"r/a", "r/b", "r/c"},
			locked: []string{"r/b"},
			named:  []string{"r"},
			want:   []string{"r/a", "r/c"},
			ledger: []string{"r/b"},
		}, {
			name:   "a file that was named",
			files:  []string{"a", "b"},
			locked: []string{"a"},
			named:  []string{"a", "b"},
			want:   []string{"b"},
			ledger: []string{"a"},
		}, {
			name:   "every file",
			files:  []string{"r/a", "r/b"},
			locked: []string{"r/a", "r/b"},
			named:  []string{"r"},
			ledger: []string{"r/a", "r/b"},
		}, {
			// Its first entry is known, as in a folder on a failing disk.
			name:   "a folder, but for a part of it",
			files:  []string{"r/a", "r/b/x", "r/b/y", "r/c/x"},
			locked: []string{"r/b"},
			named:  []string{"r"},
			want:   []string{"r/a", "r/b/x", "r/c/x"},
			ledger: []string{"r/b"},
		}, {
			name:   "a folder that was named",
			files:  []string{"a/x", "a/y", "b/x"},
			locked: []string{"a"},
			named:  []string{"a", "b"},
			want:   []string{"a/x", "b/x"},
			ledger: []string{"a"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := faultyFiles{texts(test.files...), test.locked}
			c := open(t, Options{Files: files}, test.named...)
			equal(t, "documents", ids(gather(c)), test.want)
			var want Ledger
			for _, path := range test.ledger {
				want = append(want, Entry{Path: path, Reason: Unreadable, Detail: "permission denied"})
			}
			if !slices.Equal(c.Ledger(), want) {
				t.Errorf("ledger = %v, want %v", c.Ledger(), want)
			}
		})
	}
}

// A file may vanish between Open and Documents. It is still accounted for.
func TestVanishedFile(t *testing.T) {
	files := texts("r/a", "r/b")
	c := open(t, Options{Files: files}, "r")
	delete(files, "r/a")
	equal(t, "documents", ids(gather(c)), []string{"r/b"})
	equal(t, "ledger", skips(c.Ledger()), []string{"r/a: " + Unreadable})
}

// An entry of a file that was mended names it, beside the document itself.
func TestLedgerOfRepairs(t *testing.T) {
	files := texts("r/good")
	files["r/latin"] = &fstest.MapFile{Data: []byte("caf\xe9")}
	files["r/picture"] = &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")}
	files["r/stray"] = &fstest.MapFile{Data: []byte(strings.Repeat("word ", 20) + "\x01")}
	c := open(t, Options{Files: files}, "r")
	equal(t, "documents", ids(gather(c)), []string{"r/good", "r/latin", "r/stray"})
	want := Ledger{
		{Path: "r/latin", Repaired: true, Reason: Windows1252},
		{Path: "r/picture", Reason: Binary, Detail: "image/png"},
		{Path: "r/stray", Repaired: true, Reason: Controls, Detail: "1 of them"},
	}
	if !slices.Equal(c.Ledger(), want) {
		t.Errorf("ledger = %v, want %v", c.Ledger(), want)
	}
}
