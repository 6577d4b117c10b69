package vectorize

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var ucd = flag.String("ucd", "", "the `file` WordBreakTest.txt of Unicode 17, to cut all of it")

// wordBreaks are words and their boundaries as Unicode's WordBreakTest.txt writes them:
// code points, with ÷ at a boundary and × where there is none. The file itself, of 1944
// such lines, can be had from unicode.org and be given by -ucd; all of them agree.
const wordBreaks = `
÷ 000D × 000A ÷ 000A ÷ 0061 ÷
÷ 0063 × 0061 × 006E × 0027 × 0074 ÷ 0020 ÷ 0077 × 0065 ÷	# can't we
÷ 0063 × 0061 × 006E × 2019 × 0074 ÷
÷ 0027 ÷ 0074 × 0069 × 0073 ÷ 0027 ÷	# 'tis'
÷ 0033 × 002E × 0031 × 0034 ÷ 002E ÷	# 3.14.
÷ 0031 × 002C × 0030 × 0030 × 0030 ÷ 002C ÷ 0061 ÷
÷ 006D × 0070 × 0033 ÷ 0027 ÷ 0073 ÷	# mp3's
÷ 0061 × 005F × 0062 ÷ 002D ÷ 0063 ÷	# a_b-c
÷ 0061 × 002E × 0062 ÷ 002E ÷ 002E ÷ 0063 ÷
÷ 006C × 00B7 × 006C ÷	# l·l
÷ 0065 × 0301 × 0074 × 0301 × 0301 ÷ 0020 × 0301 ÷ 0061 ÷
÷ 0061 × 00AD × 0062 × 200D ÷ 200B ÷ 0063 ÷
÷ 05D0 × 0022 × 05D1 ÷ 0022 ÷ 0061 ÷ 0022 ÷ 05D0 × 0027 ÷	# Hebrew acronym, quotes, geresh
÷ 30AB × 30BF × 30FC ÷ 304B ÷ 306A ÷ 6F22 ÷ 0061 ÷	# Katakana, Hiragana, Han
÷ 0E01 × 0E34 ÷ 0E19 ÷	# Thai
÷ AC00 × B098 ÷ 6F22 ÷	# Hangul, Han
÷ 0430 × 0451 × 002E × 0436 ÷	# Cyrillic
÷ 0661 × 066B × 0662 × 0061 ÷	# Arabic digits
÷ 1F1E9 × 1F1EA ÷ 1F1EB × 1F1F7 ÷ 0061 ÷	# flags
÷ 1F469 × 200D × 1F4BB ÷ 0061 ÷
÷ 24B6 × 0062 ÷ 0020 ÷ 2164 × 0062 ÷ 00B2 ÷
`

// segments reads a line; nil for one without any.
func segments(t *testing.T, line string) (all []string) {
	line, _, _ = strings.Cut(line, "#")
	for field := range strings.FieldsSeq(line) {
		if field == "÷" {
			all = append(all, "")
			continue
		} else if field == "×" {
			continue
		}
		r, err := strconv.ParseUint(field, 16, 32)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all[len(all)-1] += string(rune(r))
	}
	return all[:max(len(all)-1, 0)]
}

// The words that tokens are made of are those of UAX #29: by its boundaries and the rules
// of the package comment, and no others, come the tokens.
func TestWordBreaks(t *testing.T) {
	file := wordBreaks
	if *ucd != "" {
		text, err := os.ReadFile(*ucd)
		if err != nil {
			t.Fatal(err)
		}
		file = string(text)
	}
	lines := 0
	for line := range strings.Lines(file) {
		want := segments(t, line)
		if len(want) == 0 {
			continue
		}
		lines++
		text := strings.Join(want, "")
		var got []string
		for rest := text; rest != ""; rest = rest[len(got[len(got)-1]):] {
			got = append(got, rest[:firstWord(rest)])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is parted into %q, want %q", text, got, want)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return scriptOf(r) != nil }) {
			continue
		}
		if got, want := cutAll(cutter("", 0, URLs|Emails), text), tokensOf(want); !slices.Equal(got, want) {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
	t.Logf("%d lines", lines)
}
