package examples

import (
	"io/fs"
	"path"
	"strings"
	"testing"
)

// The sample texts are what the documentation says: at least 120, of 60 to 120 words,
// on eight themes, with no sentence twice.
func TestDemo(t *testing.T) {
	themes, sentences := map[string]int{}, map[string]string{}
	err := fs.WalkDir(Demo, "demo", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(Demo, name)
		if err != nil {
			return err
		}
		themes[path.Base(path.Dir(name))]++
		words := strings.Fields(string(text))
		if n := len(words); n < 60 || n > 120 {
			t.Errorf("%s has %d words", name, n)
		}
		for _, s := range strings.FieldsFunc(strings.Join(words, " "), func(r rune) bool { return strings.ContainsRune(".!?", r) }) {
			if s = strings.TrimSpace(s); len(s) < 12 {
				continue // "No" may be said twice
			}
			if other, twice := sentences[s]; twice {
				t.Errorf("%s and %s both have %q", other, name, s)
			}
			sentences[s] = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, n := range themes {
		all += n
	}
	if all < 120 || len(themes) != 8 {
		t.Errorf("%d texts on %d themes: %v", all, len(themes), themes)
	}
}
