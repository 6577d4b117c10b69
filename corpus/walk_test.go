package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// writeFiles makes a folder called home that holds the files, makes it the current
// one, and so lets the tests name paths as a user does. A path that ends in a slash is
// an empty folder.
func writeFiles(t *testing.T, paths ...string) {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	must(t, os.Mkdir(home, 0o755))
	t.Chdir(home)
	for _, name := range paths {
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(name, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte("text of "+name), 0o644))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens the paths, which must be there.
func open(t *testing.T, options Options, paths ...string) *Corpus {
	t.Helper()
	c, err := Open(paths, options)
	must(t, err)
	return c
}

func gather(c *Corpus) []Document {
	return slices.Collect(c.Documents(context.Background()))
}

func ids(documents []Document) []string {
	var ids []string
	for _, d := range documents {
		ids = append(ids, d.ID)
	}
	return ids
}

// folders lists the first metadata field of each document, which is always the folder.
func folders(documents []Document) []string {
	var values []string
	for _, d := range documents {
		if len(d.Meta) == 0 || d.Meta[0].Name != "folder" {
			return append(values, fmt.Sprintf("no folder first in %v", d.Meta))
		}
		values = append(values, d.Meta[0].Value)
	}
	return values
}

// skips writes what a ledger holds without the details, some of which are the
// machine's own words.
func skips(ledger Ledger) []string {
	var lines []string
	for _, e := range ledger {
		lines = append(lines, e.Path+": "+e.Reason)
	}
	return lines
}

// equal reports a list that differs from what is wanted, one line for each item.
func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n\t%s\nwant:\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestOrder(t *testing.T) {
	tests := []struct {
		name               string
		files, named, want []string
		skipped            []string
	}{
		{
			name:  "bytes of the whole path, so that - and . come before /",
			files: []string{"r/a/x", "r/a.txt", "r/a-b/x"},
			named: []string{"r"},
			want:  []string{"r/a-b/x", "r/a.txt", "r/a/x"},
		}, {
			name:  "capitals first, accents last",
			files: []string{"r/a", "r/é", "r/B", "r/10", "r/9"},
			named: []string{"r"},
			want:  []string{"r/10", "r/9", "r/B", "r/a", "r/é"},
		}, {
			name:  "what was named first comes first",
			files: []string{"a/x", "b/x", "c"},
			named: []string{"c", "b", "a"},
			want:  []string{"c", "b/x", "a/x"},
		}, {
			name:    "a file named twice",
			files:   []string{"a", "b"},
			named:   []string{"a", "b", "./a"},
			want:    []string{"a", "b"},
			skipped: []string{"a: " + Repeated},
		}, {
			name:    "a folder named twice",
			files:   []string{"a/x"},
			named:   []string{"a", "a/"},
			want:    []string{"a/x"},
			skipped: []string{"a: " + Repeated},
		}, {
			name:    "a file, then its folder",
			files:   []string{"a/x", "a/y"},
			named:   []string{"a/y", "a"},
			want:    []string{"a/y", "a/x"},
			skipped: []string{"a/y: " + Repeated},
		}, {
			name:    "a folder, then a file in it",
			files:   []string{"a/x", "a/y"},
			named:   []string{"a", "a/x"},
			want:    []string{"a/x", "a/y"},
			skipped: []string{"a/x: " + Repeated},
		}, {
			name:    "a folder, then one below it",
			files:   []string{"a/b/x", "a/y"},
			named:   []string{"a", "a/b"},
			want:    []string{"a/b/x", "a/y"},
			skipped: []string{"a/b: " + Repeated},
		}, {
			name:    "a folder, then the one above it",
			files:   []string{"a/b/x", "a/y"},
			named:   []string{"a/b", "a"},
			want:    []string{"a/b/x", "a/y"},
			skipped: []string{"a/b: " + Repeated},
		}, {
			name:    "hidden files and folders",
			files:   []string{"r/.hidden", "r/.git/config", "r/a.b", "r/sub/.x"},
			named:   []string{"r"},
			want:    []string{"r/a.b"},
			skipped: []string{"r/.git: " + Hidden, "r/.hidden: " + Hidden, "r/sub/.x: " + Hidden},
		}, {
			name:  "hidden but named",
			files: []string{".hidden", ".git/config"},
			named: []string{".hidden", ".git"},
			want:  []string{".hidden", ".git/config"},
		}, {
			name:  "empty folders",
			files: []string{"r/", "s/t/u/"},
			named: []string{"r", "s"},
		}, {
			name:  "nothing named",
			files: []string{"x"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			writeFiles(t, test.files...)
			c := open(t, Options{}, test.named...)
			if c.Len() != len(test.want) {
				t.Errorf("Len() = %d, want %d", c.Len(), len(test.want))
			}
			equal(t, "ledger before reading", skips(c.Ledger()), test.skipped)
			documents := gather(c)
			equal(t, "documents", ids(documents), test.want)
			equal(t, "ledger", skips(c.Ledger()), test.skipped)
			for _, d := range documents {
				if want := "text of " + d.ID; d.Text != want {
					t.Errorf("the text of %s is %q, want %q", d.ID, d.Text, want)
				}
			}
		})
	}
}

// The ID is the path as named, and the folder is what can serve as a label: never
// empty, and for a folder of folders the name of the inner one.
func TestFolder(t *testing.T) {
	tests := []struct{ name, file, named, id, folder string }{
		{"below the root", "bbc/business/001.txt", "bbc", "bbc/business/001.txt", "business"},
		{"far below the root", "bbc/uk/sport/1", "bbc", "bbc/uk/sport/1", "uk/sport"},
		{"in the root", "bbc/1", "bbc", "bbc/1", "bbc"},
		{"in a nested root", "bbc/sport/1", "bbc/sport", "bbc/sport/1", "sport"},
		{"below a nested root", "bbc/uk/sport/1", "bbc/uk", "bbc/uk/sport/1", "sport"},
		{"below a folder of the root's name", "a/a/a/1", "a", "a/a/a/1", "a/a"},
		{"below a folder that begins with the root's name", "a/ab/1", "a", "a/ab/1", "ab"},
		{"a file", "bbc/sport/1", "bbc/sport/1", "bbc/sport/1", "sport"},
		{"a file here", "1", "1", "1", "home"},
		{"in .", "1", ".", "1", "home"},
		{"below .", "bbc/sport/1", ".", "bbc/sport/1", "bbc/sport"},
		{"below ..", "1", "..", "../home/1", "home"},
		{"through ..", "1", "../home", "../home/1", "home"},
		{"spelled with more", "bbc/sport/1", "./bbc//", "bbc/sport/1", "sport"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			writeFiles(t, test.file)
			documents := gather(open(t, Options{}, test.named))
			equal(t, "documents", ids(documents), []string{test.id})
			equal(t, "folders", folders(documents), []string{test.folder})
		})
	}
}

func TestAbsolutePath(t *testing.T) {
	writeFiles(t, "bbc/sport/1")
	here, err := os.Getwd()
	must(t, err)
	here = filepath.ToSlash(here)
	documents := gather(open(t, Options{}, here+"/bbc"))
	equal(t, "documents", ids(documents), []string{here + "/bbc/sport/1"})
	equal(t, "folders", folders(documents), []string{"sport"})

	c := open(t, Options{}, "bbc", here+"/bbc")
	equal(t, "documents of a folder named in two ways", ids(gather(c)), []string{"bbc/sport/1"})
	equal(t, "ledger", skips(c.Ledger()), []string{here + "/bbc: " + Repeated})
}

// rootedFiles are files in memory below "/".
type rootedFiles struct{ fstest.MapFS }

func (f rootedFiles) Open(name string) (fs.File, error) { return f.MapFS.Open(inMap(name)) }

func (f rootedFiles) Stat(name string) (fs.FileInfo, error) { return f.MapFS.Stat(inMap(name)) }

func (f rootedFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	return f.MapFS.ReadDir(inMap(name))
}

// inMap is the name under which a file of rootedFiles is kept.
func inMap(name string) string { return path.Clean(strings.TrimPrefix(name, "/")) }

// The one folder whose name ends in a slash.
func TestWholeMachine(t *testing.T) {
	documents := gather(open(t, Options{Files: rootedFiles{texts("bbc/sport/1", "c/2")}}, "/"))
	equal(t, "documents", ids(documents), []string{"/bbc/sport/1", "/c/2"})
	equal(t, "folders", folders(documents), []string{"bbc/sport", "c"})
}

// A path that is not there is found out at once, wherever it stands among others, and
// the message names it once.
func TestMissingPath(t *testing.T) {
	for _, named := range [][]string{{"nowhere"}, {"a", "nowhere"}, {"nowhere", "a", "-"}} {
		writeFiles(t, "a/x")
		_, err := Open(named, Options{})
		if !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("Open(%q) gave the error %v, want one that is fs.ErrNotExist", named, err)
		}
		if message := err.Error(); !strings.HasPrefix(message, "opening nowhere: ") || strings.Count(message, "nowhere") != 1 {
			t.Errorf("Open(%q) says %q", named, message)
		}
	}
}

// A file that is called "-" is read like any other; only the bare name is standard
// input.
func TestAFileCalledDash(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("-", []byte("from the file"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, named := range []string{".", "./-"} {
		c, err := Open([]string{named, "-"}, Options{Stdin: strings.NewReader("from the pipe")})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for d := range c.Documents(context.Background()) {
			got = append(got, d.Text)
		}
		if want := []string{"from the file", "from the pipe"}; !slices.Equal(got, want) {
			t.Errorf("%s: documents %q, want %q", named, got, want)
		}
	}
}

func TestAnEmptyPath(t *testing.T) {
	if _, err := Open([]string{""}, Options{}); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("error %v", err)
	}
}

// Where folders cannot be told apart, a link to one may be a loop, and is left out.
func TestLinksInOtherFileSystems(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".", filepath.Join(dir, "loop")); err != nil {
		t.Skip("this system has no links:", err)
	}
	c, err := Open([]string{"."}, Options{Files: os.DirFS(dir)})
	if err != nil {
		t.Fatal(err)
	}
	if c.Len() != 1 || len(c.Ledger()) != 1 || c.Ledger()[0].Reason != Special {
		t.Errorf("%d files, ledger %v", c.Len(), c.Ledger())
	}
}

// Some systems allow names that are not UTF-8; what is handed on is.
func TestNamesThatAreNotUTF8(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "caf\xe9.txt"), []byte("text"), 0o666); err != nil {
		t.Skip("this system takes no such name:", err)
	}
	c, err := Open([]string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for d := range c.Documents(context.Background()) {
		if !utf8.ValidString(d.ID) || !strings.HasSuffix(d.ID, "caf\uFFFD.txt") || d.Text != "text" {
			t.Errorf("document %q: %q", d.ID, d.Text)
		}
	}
	if len(c.Ledger()) != 0 {
		t.Errorf("ledger %v", c.Ledger())
	}
}

// A file is read once, however it is named.
func TestOneFileNamedInTwoWays(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.MkdirAll("texts", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("texts/a.txt", []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, named := range [][]string{
		{"texts/a.txt", "texts"},
		{"texts/a.txt", filepath.Join(dir, "texts")},
		{"texts/a.txt", "texts/../texts/a.txt"},
		{filepath.Join(dir, "texts", "a.txt"), "texts"},
	} {
		c, err := Open(named, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c.Len() != 1 || len(c.Ledger()) != 1 || c.Ledger()[0].Reason != Repeated {
			t.Errorf("%q: %d files, ledger %v", named, c.Len(), c.Ledger())
		}
	}
}

// A huge file is refused by its size, or by its first bytes, and not read.
func TestHugeFiles(t *testing.T) {
	dir := t.TempDir()
	for name, head := range map[string]string{"zeros": "", "text": strings.Repeat("a word or two\n", 1000)} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(head), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, MaxSize+1<<32); err != nil {
			t.Skip("this disk takes no sparse files:", err)
		}
	}
	c, err := Open([]string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for d := range c.Documents(context.Background()) {
		t.Errorf("document %s of %d bytes", d.ID, len(d.Text))
	}
	var reasons []string
	for _, e := range c.Ledger() {
		reasons = append(reasons, e.Reason)
	}
	if want := []string{TooLarge, Binary}; !slices.Equal(reasons, want) {
		t.Errorf("skipped as %q, want %q", reasons, want)
	}
}

// Locks and system files are no documents, in folders and in archives, unless they are named.
func TestSystemFiles(t *testing.T) {
	files := fstest.MapFS{"r/a.txt": {Data: []byte("text")}, "r/sub/b~$.txt": {Data: []byte("text")}}
	var want []string
	names := []string{".DS_Store", "._a.txt", ".~lock.a.odt#", "Inbox.msf", "Thumbs.db", "desktop.ini", "dovecot-uidlist", "~$x.docx"}
	members := []member{{name: "c.txt", data: []byte("text")}}
	for _, name := range names {
		files["r/"+name] = &fstest.MapFile{Data: []byte("text")}
		want = append(want, "r/"+name+": "+System)
	}
	for _, name := range []string{"~$x.docx", "sub/Thumbs.db"} {
		members = append(members, member{name: name, data: []byte("text")})
		want = append(want, "r/z.zip/"+name+": "+System)
	}
	files["r/z.zip"] = &fstest.MapFile{Data: packed(".zip", members)}
	c := open(t, Options{Files: files, Hidden: true}, "r")
	equal(t, "documents", ids(gather(c)), []string{"r/a.txt", "r/sub/b~$.txt", "r/z.zip/c.txt"})
	equal(t, "ledger", skips(withoutNotes(c.Ledger())), want)
	named := open(t, Options{Files: files}, "r/Thumbs.db")
	equal(t, "a named one", ids(gather(named)), []string{"r/Thumbs.db"})
}
