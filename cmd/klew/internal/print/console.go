// Package print is what stands between klew and the terminal: results on standard output, talk
// and progress on standard error.
package print

import (
	"fmt"
	"io"
	"klew/topics/tables"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// Console is where a command reads from, where it prints its results, and where it talks to
// the user beside them.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Quiet    bool // print results and errors only
}

// Say talks to the user, beside the results.
func (c *Console) Say(format string, args ...any) {
	if !c.Quiet {
		fmt.Fprintf(c.Err, format+"\n", args...)
	}
}

// Width returns the width of the terminal that w is, or 0.
func Width(w any) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 1 {
		return 80
	}
	return width
}

// Count writes a number of things.
func Count(n int, thing string) string { return tables.Count(n, thing) }

// Grouped writes a number with a comma between thousands.
func Grouped(n int) string { return tables.Grouped(n) }

// Printable puts a mark in the place of characters that would move the cursor, or
// command the terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}
