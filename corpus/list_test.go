package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadPaths(t *testing.T) {
	tests := []struct {
		name, list string
		want       []string
	}{
		{"nothing", "", nil},
		{"lines", "a\nb/c d\n", []string{"a", "b/c d"}},
		{"no last end", "a\nb", []string{"a", "b"}},
		{"of Windows", "\ufeffa\r\n\r\nb\r\n", []string{"a", "b"}},
		{"NULs", "a\nb\x00c\r\x00", []string{"a\nb", "c\r"}},
		{"blanks", " a \n", []string{" a "}},
	}
	for _, test := range tests {
		got, err := ReadPaths(strings.NewReader(test.list))
		must(t, err)
		equal(t, test.name, got, test.want)
	}
	if _, err := ReadPaths(strings.NewReader("a\n\n" + strings.Repeat("x", 1<<17))); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a list that is none gave the error %v", err)
	}
}

func FuzzReadPaths(f *testing.F) {
	f.Add([]byte("a\nb\r\n"))
	f.Add([]byte("a\x00b\n\x00"))
	f.Fuzz(func(t *testing.T, list []byte) {
		paths, err := ReadPaths(strings.NewReader(string(list)))
		for _, p := range paths {
			if err != nil || p == "" || strings.Contains(p, "\x00") {
				t.Errorf("path %q, error %v", p, err)
			}
		}
	})
}

// A list may be out of date; what is not there any more does not stop the rest.
func TestListed(t *testing.T) {
	writeFiles(t, "a/x", "a/y", "b/z", "-", "c")
	c := open(t, Options{Listed: []string{"gone", "b", "a/y", "./a/../a/x", "-", "", "a"}}, "c", "a/x")
	equal(t, "documents", ids(gather(c)), []string{"c", "a/x", "b/z", "a/y", "-"})
	equal(t, "ledger", skips(c.Ledger()), []string{"gone: " + Unreadable, ": " + Unreadable, "a/x: " + Repeated, "a/x: " + Repeated, "a/y: " + Repeated})
}

// Relative paths lead from Base, and documents are named and described as from there.
func TestBase(t *testing.T) {
	project := t.TempDir()
	for name, text := range map[string]string{"a.txt": "one", "sub/b.txt": "two"} {
		file := filepath.Join(project, "texts", name)
		must(t, os.MkdirAll(filepath.Dir(file), 0o777))
		must(t, os.WriteFile(file, []byte(text), 0o666))
	}
	documents := func(base string) (all []string) {
		c := open(t, Options{Base: base, Listed: []string{"sub/b.txt"}}, ".")
		for _, d := range gather(c) {
			all = append(all, whole(d))
		}
		return append(all, skips(c.Ledger())...)
	}
	t.Chdir(filepath.Join(project, "texts"))
	want := documents("")
	equal(t, "as from the folder itself", want, []string{"a.txt [folder=texts]   one", "sub/b.txt [folder=sub]   two", "sub/b.txt: " + Repeated})
	t.Chdir(t.TempDir())
	equal(t, "from elsewhere", documents(filepath.Join(project, "texts")), want)
	// What is absolute leads to where it says.
	file := filepath.Join(project, "texts/a.txt")
	c := open(t, Options{Base: t.TempDir()}, file)
	equal(t, "an absolute path", ids(gather(c)), []string{file})
}
