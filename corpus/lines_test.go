package corpus

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// someLines is a number of lines that no reader knows.
const someLines = 64

// lineList writes each document as its ID and its text.
func lineList(documents []Document) []string {
	var lines []string
	for _, d := range documents {
		lines = append(lines, d.ID+" "+d.Text)
	}
	return lines
}

// numbered are n lines, "line 1" and so on, each with its end.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return b.String()
}

// numberedList is what lineList should make of them.
func numberedList(n int) []string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("stdin:%d line %d", i+1, i+1))
	}
	return lines
}

func TestLines(t *testing.T) {
	tests := []struct {
		name, input  string
		want, ledger []string
	}{
		{name: "nothing"},
		{name: "one line", input: "a\n", want: []string{"stdin:1 a"}},
		{name: "no end of the last line", input: "a\nb", want: []string{"stdin:1 a", "stdin:2 b"}},
		{name: "one letter", input: "a", want: []string{"stdin:1 a"}},
		{name: "empty lines", input: "\n\nc\n\n", want: []string{"stdin:1 ", "stdin:2 ", "stdin:3 c", "stdin:4 "}},
		{name: "CRLF", input: "a\r\n\r\nc\r\n", want: []string{"stdin:1 a", "stdin:2 ", "stdin:3 c"}},
		{name: "blanks stay", input: " a \t\n", want: []string{"stdin:1  a \t"}},
		{name: "UTF-8 mark", input: "\xef\xbb\xbfé\nb\n", want: []string{"stdin:1 é", "stdin:2 b"}},
		{name: "UTF-8 mark alone", input: "\xef\xbb\xbf"},
		{name: "UTF-16 little-endian", input: "\xff\xfe\xe9\x00\r\x00\n\x00b\x00\n\x00", want: []string{"stdin:1 é", "stdin:2 b"}},
		{name: "UTF-16 big-endian", input: "\xfe\xff\x00\xe9\x00\n\x00b", want: []string{"stdin:1 é", "stdin:2 b"}},
		{
			// Each line is decoded for itself: one that is Latin-1 does not spoil the
			// UTF-8 of the others.
			name:   "invalid UTF-8 in one line",
			input:  "é\ncaf\xe9\nété\n",
			want:   []string{"stdin:1 é", "stdin:2 café", "stdin:3 été"},
			ledger: []string{"stdin:2: " + Windows1252},
		}, {
			// A line that is left out keeps its number.
			name:   "a line that is no text",
			input:  "a\n\x01\x02\x03\nc\n",
			want:   []string{"stdin:1 a", "stdin:3 c"},
			ledger: []string{"stdin:2: " + Binary},
		},
	}
	// However the bytes arrive, the lines are the same.
	arrivals := map[string]func(io.Reader) io.Reader{
		"at once":          func(r io.Reader) io.Reader { return r },
		"byte by byte":     iotest.OneByteReader,
		"by halves":        iotest.HalfReader,
		"end with the end": iotest.DataErrReader,
	}
	for _, test := range tests {
		for arrival, reader := range arrivals {
			t.Run(test.name+"/"+arrival, func(t *testing.T) {
				c := open(t, Options{Stdin: reader(strings.NewReader(test.input))}, "-")
				documents := gather(c)
				equal(t, "documents", lineList(documents), test.want)
				equal(t, "ledger", skips(c.Ledger()), test.ledger)
				equal(t, "folders", folders(documents), make([]string, len(test.want)))
			})
		}
	}
}

func TestNoStdin(t *testing.T) {
	c := open(t, Options{Files: texts("a")}, "-", "a")
	equal(t, "documents", ids(gather(c)), []string{"a"})
	equal(t, "ledger", skips(c.Ledger()), nil)
}

// Lines are decoded some at a time; that must not show in their numbers.
func TestLineNumbers(t *testing.T) {
	for _, n := range []int{someLines - 1, someLines, someLines + 1, 10*someLines + 7} {
		for _, threads := range []int{1, 8} {
			t.Run(fmt.Sprintf("%d lines, %d threads", n, threads), func(t *testing.T) {
				c := open(t, Options{Stdin: strings.NewReader(numbered(n)), Threads: threads}, "-")
				equal(t, "documents", lineList(gather(c)), numberedList(n))
			})
		}
	}
}

// A line may be longer than any buffer.
func TestLongLine(t *testing.T) {
	long := strings.Repeat("word ", 1<<19)
	c := open(t, Options{Stdin: strings.NewReader("a\n" + long + "\nc\n")}, "-")
	documents := gather(c)
	equal(t, "documents", ids(documents), []string{"stdin:1", "stdin:2", "stdin:3"})
	if !t.Failed() && documents[1].Text != long {
		t.Errorf("of %d bytes there came %d", len(long), len(documents[1].Text))
	}
}

// UTF-16 is decoded as it streams by; a character of four bytes may lie across the
// edge of a buffer, wherever that is.
func TestLongUTF16(t *testing.T) {
	for _, first := range []string{"", "a"} {
		text := first + strings.Repeat("😀", 10000)
		raw := []byte{0xff, 0xfe}
		for _, unit := range utf16.Encode([]rune(text + "\nb\n")) {
			raw = append(raw, byte(unit), byte(unit>>8))
		}
		c := open(t, Options{Stdin: strings.NewReader(string(raw))}, "-")
		documents := gather(c)
		equal(t, "documents", ids(documents), []string{"stdin:1", "stdin:2"})
		if !t.Failed() && documents[0].Text != text {
			t.Errorf("of %d bytes there came %d that differ", len(text), len(documents[0].Text))
		}
	}
}

// Where standard input fails, what came before it counts, and the ledger says that
// there should have been more.
func TestFailingStdin(t *testing.T) {
	for _, n := range []int{0, 2, someLines, someLines + 1, 3 * someLines} {
		t.Run(fmt.Sprintf("after %d lines", n), func(t *testing.T) {
			broken := iotest.ErrReader(errors.New("cable pulled"))
			stdin := io.MultiReader(strings.NewReader(numbered(n)), broken)
			c := open(t, Options{Stdin: stdin}, "-")
			equal(t, "documents", lineList(gather(c)), numberedList(n))
			want := Ledger{{Path: "-", Reason: Unreadable, Detail: "cable pulled"}}
			if !slices.Equal(c.Ledger(), want) {
				t.Errorf("ledger = %v, want %v", c.Ledger(), want)
			}
		})
	}
}

// Standard input takes its place among the files, and a fault in it does not stop
// those that come after.
func TestStdinAmongFiles(t *testing.T) {
	broken := iotest.ErrReader(errors.New("cable pulled"))
	stdin := io.MultiReader(strings.NewReader("one\ntwo\n"), broken)
	c := open(t, Options{Files: texts("a/x", "b/x"), Stdin: stdin}, "b", "-", "a")
	if c.Len() != 0 {
		t.Errorf("Len() = %d, want 0: nobody knows how many lines will come", c.Len())
	}
	equal(t, "documents", ids(gather(c)), []string{"b/x", "stdin:1", "stdin:2", "a/x"})
	equal(t, "ledger", skips(c.Ledger()), []string{"-: " + Unreadable})
}

func TestStdinNamedTwice(t *testing.T) {
	c := open(t, Options{Stdin: strings.NewReader("one\n")}, "-", "-")
	equal(t, "documents", ids(gather(c)), []string{"stdin:1"})
	equal(t, "ledger", skips(c.Ledger()), []string{"-: " + Repeated})
}
