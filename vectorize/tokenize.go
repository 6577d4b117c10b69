package vectorize

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MinLength is the least number of letters and digits in a token. Single letters
	// are initials and list marks.
	MinLength = 2
	// MaxLength is the largest number of bytes in a token: what is longer is encoded
	// data, not a word.
	MaxLength = 100
)

// tokenizer cuts a text and calls emit for each token. The bytes belong to the
// tokenizer, and hold until emit returns.
type tokenizer interface {
	cut(text string, emit func(token []byte))
}

func newTokenizer(pattern string) tokenizer {
	if pattern == "" {
		return &wordTokenizer{}
	}
	return patternTokenizer{regexp.MustCompile(pattern)}
}

// patternTokenizer finds tokens by a regular expression.
type patternTokenizer struct{ pattern *regexp.Regexp }

func (p patternTokenizer) cut(text string, emit func([]byte)) {
	text = strings.ToLower(text)
	group := min(p.pattern.NumSubexp(), 1)
	for _, match := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
		if from, to := match[2*group], match[2*group+1]; to > from {
			emit([]byte(text[from:to]))
		}
	}
}

// wordTokenizer finds the tokens of the package comment.
type wordTokenizer struct{ token []byte }

// The classes of bytes. Whatever is beyond ASCII is looked at as a rune.
const (
	other = iota
	letter
	digit
	apostrophe
	inner  // goes on with a word, but begins none
	beyond // looked at as a rune
)

var classes = func() (c [256]byte) {
	for b := range c {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
			c[b] = letter
		case '0' <= b && b <= '9':
			c[b] = digit
		case b == '\'':
			c[b] = apostrophe
		case b >= utf8.RuneSelf:
			c[b] = beyond
		}
	}
	return c
}()

func (t *wordTokenizer) cut(text string, emit func([]byte)) {
	for i := 0; i < len(text); {
		class, size := classAt(text, i)
		if class != letter && class != digit {
			i += size
			continue
		}
		end := t.word(text, i)
		if class == letter && len(t.token) <= MaxLength && utf8.RuneCount(t.token) >= MinLength {
			emit(t.token)
		}
		i = end
	}
}

// word copies the word that begins at i to t.token, in lower case, and returns where
// it ends.
func (t *wordTokenizer) word(text string, i int) int {
	t.token = t.token[:0]
	for i < len(text) {
		b := text[i]
		switch classes[b] {
		case letter:
			t.append(b | 0x20)
			i++
			continue
		case digit:
			t.append(b)
			i++
			continue
		case other:
			return i
		}
		class, size := classAt(text, i)
		if class == apostrophe {
			if next, _ := classAt(text, i+size); next != letter {
				return i
			}
			t.append('\'')
		} else if class == other {
			return i
		} else if r, _ := utf8.DecodeRuneInString(text[i:]); r != softHyphen {
			t.appendRune(unicode.ToLower(r))
		}
		i += size
	}
	return i
}

// append adds a byte. What is too long is dropped in the end, and need not be kept.
func (t *wordTokenizer) append(b byte) {
	if len(t.token) <= MaxLength {
		t.token = append(t.token, b)
	}
}

func (t *wordTokenizer) appendRune(r rune) {
	if len(t.token) <= MaxLength {
		t.token = utf8.AppendRune(t.token, r)
	}
}

const softHyphen = '\u00AD'

// classAt is the class and the size of the character at i. Marks, such as accents
// written apart, and soft hyphens stand inside words.
func classAt(text string, i int) (class byte, size int) {
	if i >= len(text) {
		return other, 0
	}
	if class = classes[text[i]]; class != beyond {
		return class, 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == '’':
		return apostrophe, size
	case unicode.IsLetter(r):
		return letter, size
	case unicode.IsMark(r) || r == softHyphen:
		return inner, size
	case unicode.IsDigit(r):
		return digit, size
	}
	return other, size
}
