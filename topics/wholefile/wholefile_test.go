package wholefile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// in returns a file in a folder of its own, with a text unless that is empty.
func in(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if text != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// holds wants a file to hold a text, and nothing else to be in its folder.
func holds(t *testing.T, path, want string) {
	t.Helper()
	if text, err := os.ReadFile(path); err != nil || string(text) != want {
		t.Errorf("%s holds %q (%v), want %q", path, text, err, want)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// A file is replaced whole, by what writes to a writer and by what writes to a path. Who may
// read it stays as it was.
func TestWriteReplaces(t *testing.T) {
	path := in(t, "a", "old and longer")
	if err := Write(path, put("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
	err := WriteBy(path, func(temporary string) error {
		now, err := os.ReadFile(path)
		if string(now) != "new" || temporary == path {
			t.Errorf("while %s is written, %s holds %q (%v)", temporary, path, now, err)
		}
		return os.WriteFile(temporary, []byte("newer"), 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, path, "newer")
	if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
}

// What fails, as a full disk does after a part, changes nothing and leaves nothing behind.
func TestWriteFailsWithoutATrace(t *testing.T) {
	path, bad := in(t, "a", "old"), errors.New("no more")
	err := Write(path, func(w io.Writer) error { return errors.Join(put("a part")(w), bad) })
	if !errors.Is(err, bad) {
		t.Errorf("error %v", err)
	}
	holds(t, path, "old")
}

func TestWriteKeepsALink(t *testing.T) {
	path := in(t, "a", "old")
	link := in(t, "link", "")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("this system has no links:", err)
	}
	if err := Write(link, put("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "new")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link has become %v (%v)", info.Mode(), err)
	}
}

// A link that says where it leads from its own folder is followed from there, and not from the
// folder that one works in.
func TestWriteFollowsARelativeLink(t *testing.T) {
	path := in(t, "a", "old")
	link := filepath.Join(filepath.Dir(path), "links", "link")
	if err := os.Mkdir(filepath.Dir(link), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("..", "a"), link); err != nil {
		t.Skip("this system has no links:", err)
	}
	if err := Write(link, put("new")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "new" {
		t.Errorf("%s holds %q (%v)", path, text, err)
	}
}

// A path is good if nothing is there, or an empty file, or one of ours; what is wrong with
// others is said in words that name them once.
func TestCheck(t *testing.T) {
	ours := func(path string) bool {
		text, _ := os.ReadFile(path)
		return strings.HasPrefix(string(text), "MODEL")
	}
	letter := in(t, "letter", "Dear all")
	for path, want := range map[string]string{
		in(t, "new", ""):        "",
		in(t, "old", "MODEL"):   "",
		os.DevNull:              "cannot save a model to " + os.DevNull + ": it is there, and not a file",
		letter:                  "cannot save a model to " + letter + ": it is there, and not a model that klew wrote; name another file, or remove it",
		filepath.Dir(letter):    "it is there, and not a file",
		letter + "/in/a/letter": "not a directory",
		letter + "s/none/m":     "cannot save a model to " + letter + "s/none/m: no such file or directory",
	} {
		err := Check(path, "model", ours)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: error %v, want %q", path, err, want)
		}
	}
	empty := in(t, "empty", "x")
	if err := os.Truncate(empty, 0); err != nil {
		t.Fatal(err)
	}
	if err := Check(empty, "model", ours); err != nil {
		t.Error(err)
	}
	holds(t, empty, "")
}
