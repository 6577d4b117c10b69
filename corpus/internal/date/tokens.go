package date

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokens are the numbers (0), words (a), blanks and other characters of a text, each of a kind
// that is one byte: "12 Mar 1999" is "0 a 0".
type tokens struct {
	kinds  string
	texts  []string
	dotted bool // a dot at the end was left out
}

// newTokens cuts a text. Commas, apostrophes and blanks are one blank. What says nothing goes:
// the ending of 12th, the dot of an abbreviated word, and fillers.
func newTokens(text string) (t tokens, ok bool) {
	var kinds []byte
	glued := false // the last token is a word whose dot was dropped just before
	for at := 0; at < len(text); {
		kind, size := kindOf(text[at:])
		if kind == 0 {
			return t, false
		}
		from := at
		for at += size; strings.IndexByte("0a ", kind) >= 0 && at < len(text); at += size {
			var next byte
			if next, size = kindOf(text[at:]); next != kind {
				break
			}
		}
		part, last := text[from:at], byte(' ')
		if len(kinds) > 0 {
			last = kinds[len(kinds)-1]
		}
		switch {
		case last == 'a' && part == ".":
			glued = true
			continue
		case last == '0' && isOrdinal(part):
			continue
		case kind == 'a' && glued && last == 'a': // of p.m.
			t.texts[len(t.texts)-1] += part
			continue
		}
		glued = false
		kinds, t.texts = append(kinds, kind), append(t.texts, part)
	}
	t.kinds = string(kinds)
	return t.withoutFillers(), true
}

// withoutFillers leaves out fillers, each with a blank beside it, blanks in a row but one, and
// a dot or a blank at the end.
func (t tokens) withoutFillers() tokens {
	var all tokens
	for i, text := range t.texts {
		kind := t.kinds[i]
		blank := len(all.kinds) == 0 || all.kinds[len(all.kinds)-1] == ' '
		if kind == 'a' && blank && strings.EqualFold(text, "uhr") {
			all.fullHour()
		}
		if kind == ' ' && blank || kind == 'a' && passed[strings.ToLower(text)] && blank {
			continue
		}
		all.kinds, all.texts = all.kinds+string(kind), append(all.texts, text)
	}
	all.trim()
	return all
}

// trim leaves out dots and blanks at the end.
func (t *tokens) trim() {
	for n := len(t.kinds) - 1; n >= 0 && (t.kinds[n] == ' ' || t.kinds[n] == '.'); n-- {
		t.dotted = t.dotted || t.kinds[n] == '.'
		t.kinds, t.texts = t.kinds[:n], t.texts[:n]
	}
}

// fullHour makes 19:00 of the 19 before Uhr, which would pass for a year.
func (t *tokens) fullHour() {
	if n := len(t.kinds); strings.HasSuffix(t.kinds, " 0 ") {
		t.kinds, t.texts = t.kinds[:n-1]+":0", append(t.texts[:n-1], ":", "00")
	}
}

// kindOf is the kind of the first character, or 0 if dates hold no such, and its size.
func kindOf(text string) (kind byte, size int) {
	switch c := text[0]; {
	case '0' <= c && c <= '9':
		return '0', 1
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return 'a', 1
	case c == ' ' || c == '\t' || c == ',' || c == '\'':
		return ' ', 1
	case strings.IndexByte("-/.:+", c) >= 0:
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case unicode.In(r, unicode.L, unicode.M):
		return 'a', size
	case unicode.IsSpace(r) || r == '’':
		return ' ', size
	}
	return 0, size
}

func isOrdinal(word string) bool {
	return slices.Contains([]string{"st", "nd", "rd", "th", "er", "e", "ème", "º", "ª", "ο", "ste", "de", "г", "р"}, strings.ToLower(word))
}

// take takes tokens if they are of these kinds.
func (t *tokens) take(kinds string) (texts []string, ok bool) {
	if !strings.HasPrefix(t.kinds, kinds) {
		return nil, false
	}
	texts = t.texts[:len(kinds)]
	t.kinds, t.texts = t.kinds[len(kinds):], t.texts[len(kinds):]
	return texts, true
}

// weekday passes over a day of the week in front, which may be of two words: sexta-feira,
// п'ятниця.
func (t *tokens) weekday() {
	if strings.HasPrefix(t.kinds, "a ") && weekdays[strings.ToLower(t.texts[0])] {
		t.take("a ")
	}
	for _, form := range []string{"a-a ", "a a "} {
		if strings.HasPrefix(t.kinds, form) && weekdays[strings.ToLower(t.texts[0]+strings.ReplaceAll(t.texts[1], "’", "'")+t.texts[2])] {
			t.take(form)
		}
	}
}

// weekdayBehind passes over a day of the week at the end.
func (t *tokens) weekdayBehind() {
	n := len(t.kinds)
	if strings.HasSuffix(t.kinds, " a") && n > 3 && weekdays[strings.ToLower(t.texts[n-1])] {
		t.kinds, t.texts = t.kinds[:n-2], t.texts[:n-2]
		t.trim()
	}
}

// timeFirst puts a time in front of a date behind it.
func (t *tokens) timeFirst() {
	for _, form := range []string{"0:0:0 a ", "0:0 a ", "0:0:0a ", "0:0a ", "0:0:0 ", "0:0 "} {
		behind, ok := strings.CutPrefix(t.kinds, form)
		if !ok || strings.Contains(form, "a") && monthOf(t.texts[len(form)-2]) > 0 {
			continue
		}
		at := len(form)
		t.kinds = behind + " " + strings.TrimSpace(form)
		t.texts = append(append(append([]string(nil), t.texts[at:]...), " "), t.texts[:at-1]...)
		return
	}
}
