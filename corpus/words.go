package corpus

import (
	"unicode"
	"unicode/utf8"
)

// A word here is what "wc -w" counts: characters between white space. Scripts that put no
// blanks between words have as many words as letters; marks and punctuation belong to
// the letter before them. It is a measure of length, and the unit in which texts are
// compared; what a term is, vectorize decides.

// unspaced are the scripts without blanks between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// nextWord finds the next word of a text at or after from. start is len(text) where
// there is none.
func nextWord(text string, from int) (start, end int) {
	start = skipSpace(text, from)
	// alone: the word is a letter of a script without blanks, and what follows is new
	// unless it is no letter.
	alone := false
	for end = start; end < len(text); {
		c := text[end]
		if c < utf8.RuneSelf {
			if c <= ' ' && asciiSpace(c) || alone && isWordByte(c) {
				return start, end
			}
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		single := r >= firstUnspaced && unicode.IsLetter(r) && unicode.In(r, unspaced...)
		if unicode.IsSpace(r) || end > start && (single || alone && isWordRune(r)) {
			return start, end
		}
		alone = single
		end += size
	}
	return start, end
}

// firstUnspaced is below the first letter of the scripts of unspaced.
const firstUnspaced = 0x0E00

func skipSpace(text string, at int) int {
	for at < len(text) {
		if c := text[at]; c < utf8.RuneSelf {
			if !asciiSpace(c) {
				return at
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsSpace(r) {
			return at
		}
		at += size
	}
	return at
}

func asciiSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
