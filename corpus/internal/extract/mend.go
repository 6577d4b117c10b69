package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mend gives words back that were made for a printed line and not for reading: a word
// that is broken at a line end by a hyphen is put together, and ligatures become their
// letters. Mended text is left as it is.
//
// A hyphen is taken for a break only between a letter and a small letter, so that
// "Franco-/Prussian" and "1914-/18" stay; and not before a conjunction, so that
// "Vor-/und Nachteile" does. A word that has a hyphen of its own, and is broken just
// there, loses it: without a dictionary none can tell.
func Mend(text string) string {
	text = letters.Replace(text)
	if !strings.ContainsAny(text, hyphens) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	before := rune(0)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if n := breakAt(text[i:], before); n > 0 {
			i += n
			continue
		}
		out.WriteString(text[i : i+size])
		before = r
		i += size
	}
	return out.String()
}

// letters replaces the ligatures of Latin print. That of a long s and a t is old, and
// Unicode's own decomposition of it has a plain s.
var letters = strings.NewReplacer("\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi",
	"\ufb04", "ffl", "\ufb05", "st", "\ufb06", "st")

// hyphens are the ASCII one, the soft one, and Unicode's own. The one that forbids a
// break, and dashes, are not among them.
const hyphens = "-\u00ad\u2010"

// breakAt is the length of a hyphen and a line end that break a word, at the beginning of
// a text that is preceded by a character, or 0.
func breakAt(text string, before rune) int {
	hyphen, size := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(hyphens, hyphen) || !unicode.IsLetter(before) {
		return 0
	}
	rest := strings.TrimLeft(text[size:], " \t")
	rest, crlf := strings.CutPrefix(rest, "\r\n")
	if !crlf {
		var lf bool
		if rest, lf = strings.CutPrefix(rest, "\n"); !lf {
			return 0
		}
	}
	rest = strings.TrimLeft(rest, " \t")
	next, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsLower(next) || conjunction(rest) {
		return 0
	}
	return len(text) - len(rest)
}

// conjunction is true of a text that begins with a word that follows an abridged one, as
// in "pre- and postwar", "Ein- und Ausgang".
func conjunction(text string) bool {
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(text)
	}
	if next, _ := utf8.DecodeRuneInString(text[end:]); strings.ContainsRune(hyphens, next) {
		return false // the beginning of a word that is broken itself
	}
	switch text[:end] {
	case "and", "or", "und", "oder", "bzw", "sowie", "en", "of", "och", "og", "eller":
		return true
	}
	return false
}
