package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// noLimit is a limit that no document of these tests comes near.
const noLimit = 1 << 30

// extractTest is one line of a table: a document, and what is in it.
type extractTest struct{ name, document, want string }

func runTable(t *testing.T, read func([]byte, int64) (Text, error), tests []extractTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := read([]byte(test.document), noLimit)
			if err != nil && !(test.want == "" && errors.Is(err, ErrNoText)) {
				t.Fatal(err)
			}
			if text.Body != test.want {
				t.Errorf("got %q, want %q", text.Body, test.want)
			}
			checkForm(t, text)
		})
	}
}

// checkForm fails where a text is not in the form that the package promises.
func checkForm(t *testing.T, text Text) {
	t.Helper()
	for _, s := range []string{text.Body, text.Title, text.Author, text.Date, text.Language} {
		if !utf8.ValidString(s) {
			t.Errorf("%q is not UTF-8", s)
		}
		if strings.TrimSpace(s) != s {
			t.Errorf("%q has white space at an end", s)
		}
	}
	for _, bad := range []string{"\n\n\n", "  ", " \n", "\n ", "\t\n", "\n\t", "\u00ad"} {
		if strings.Contains(text.Body, bad) {
			t.Errorf("%q has %q in it", text.Body, bad)
		}
	}
	for _, r := range text.Body {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.IsSpace(r) && r > ' ' {
			t.Errorf("%q has the character %U in it", text.Body, r)
		}
	}
}

// fuzzReader holds a reader to what it promises of any bytes at all: it comes back with a
// text in due form or with an error, and does the same again.
func fuzzReader(f *testing.F, read func([]byte, int64) (Text, error)) {
	f.Fuzz(func(t *testing.T, raw []byte) {
		const limit = 1 << 20
		text, err := read(raw, limit)
		if err != nil {
			return
		}
		if text.Body == "" {
			t.Error("no text, and no error")
		}
		checkForm(t, text)
		if again, err := read(raw, limit); err != nil || again != text {
			t.Errorf("got %q, and then %q, %v", text, again, err)
		}
	})
}

func addFixtures(f *testing.F, paths ...string) {
	f.Helper()
	for _, path := range paths {
		f.Add(readFixture(f, path))
	}
}

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
