package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"klew/cmd/klew/internal/print"
)

// widestHelp is the width of a terminal on which no help is broken by the terminal.
const widestHelp = 100

// Help is flowed by hand: no line of a command or topic is wider than a terminal of 100 columns.
func TestHelpFits(t *testing.T) {
	for _, c := range newRoot(&print.Console{}).Commands() {
		if c.Hidden {
			continue
		}
		for line := range strings.Lines(output(t, "help", c.Name())) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > widestHelp && !strings.HasPrefix(line, "  sqlite3 ") {
				t.Errorf("klew help %s has a line of %d columns: %s", c.Name(), n, line)
			}
		}
	}
}

// An option says what its value is, and not in which type of Go it is kept.
func TestHelpNamesValues(t *testing.T) {
	types := regexp.MustCompile(`(?m)^ .*--\S+ (strings?|stringArray|stringSlice|ints?|int32|uint64|floats?64)\b`)
	for _, c := range newRoot(&print.Console{}).Commands() {
		if found := types.FindString(output(t, "help", c.Name())); found != "" {
			t.Errorf("klew help %s: %s", c.Name(), found)
		}
	}
}
