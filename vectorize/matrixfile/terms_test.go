package matrixfile

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadTerms(t *testing.T) {
	want := []string{"whale", "white whale", "élan"}
	for _, text := range []string{
		"whale\nwhite whale\nélan\n",
		"whale\nwhite whale\nélan",
		"whale\r\nwhite whale\r\nélan\r\n",
		"\uFEFFwhale\nwhite whale\nélan\n",
	} {
		got, err := ReadTerms(strings.NewReader(text))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// A line that is not a term of its own would shift all terms after it, or make two rows
// one: both are told by their lines.
func TestFaultyTerms(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "there is no term in it"},
		{"an empty line", "whale\n\nship\n", "line 2 is empty"},
		{"an empty last line", "whale\nship\n\n", "line 3 is empty"},
		{"blanks", "whale\n \t\nship\n", "line 2 is empty"},
		{"twice the same", "sea\nwhale\nship\nwhale\n", `lines 2 and 4 are the same term: "whale"`},
		{"Latin-1", "whale\ncaf\xe9\n", `line 2 is not UTF-8: "caf\xe9"`},
		{"a line without end", "whale\n" + strings.Repeat("x", 2*longestTerm), "line 2 is longer than 65536 bytes"},
	} {
		if _, err := ReadTerms(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	broken := errors.New("broken")
	if _, err := ReadTerms(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
