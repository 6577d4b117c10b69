package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A list is the same whether its lines end in LF, CRLF or CR alone; so is a journal, also through a pipe.
func TestLineEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.txt")
	for _, end := range []string{"\n", "\r\n", "\r"} {
		text := strings.Join([]string{"ban sea", "", "drop 2", ""}, end)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		for name, read := range map[string]func() (string, error){
			"text":    func() (string, error) { return ReadText(path) },
			"journal": func() (string, error) { return ReadJournal(nil, path) },
			"pipe":    func() (string, error) { return ReadJournal(strings.NewReader(text), "-") },
		} {
			got, err := read()
			if err != nil || strings.TrimRight(got, "\n") != "ban sea\n\ndrop 2" {
				t.Errorf("%s with %q: %q, %v", name, end, got, err)
			}
		}
	}
}
