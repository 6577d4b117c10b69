package vectorize

import (
	"unicode"
	"unicode/utf8"
)

// firstTokenizer finds the tokens of FirstRules. Models of klew 0.1 were counted by it, and
// infer by it for good.
type firstTokenizer struct {
	token    []byte
	from, to int // where it stands
}

// inner is the class of what goes on with a word, but begins none.
const inner = nonASCII + 1

func (t *firstTokenizer) cut(text string, emit func([]byte)) {
	for i := 0; i < len(text); {
		class, size := classAt(text, i)
		if class != letter && class != digit {
			i += size
			continue
		}
		end := t.word(text, i)
		if class == letter && len(t.token) <= MaxLength && utf8.RuneCount(t.token) >= defaultMinLength {
			t.from, t.to = i, end
			emit(t.token)
		}
		i = end
	}
}

func (t *firstTokenizer) at(string) (from, to int) { return t.from, t.to }

// word copies the word that begins at i to t.token, in lower case, and returns where
// it ends.
func (t *firstTokenizer) word(text string, i int) int {
	t.token = t.token[:0]
	for i < len(text) {
		b := text[i]
		switch firstClasses[b] {
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
func (t *firstTokenizer) append(b byte) {
	if len(t.token) <= MaxLength {
		t.token = append(t.token, b)
	}
}

func (t *firstTokenizer) appendRune(r rune) {
	if len(t.token) <= MaxLength {
		t.token = utf8.AppendRune(t.token, r)
	}
}

// classAt is the class and the size of the character at i. Marks, such as accents
// written apart, and soft hyphens stand inside words.
func classAt(text string, i int) (class byte, size int) {
	if i >= len(text) {
		return other, 0
	}
	if class = firstClasses[text[i]]; class != nonASCII {
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
