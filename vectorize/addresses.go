package vectorize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nextEmail finds the first e-mail address of a text; both ends are the text's where
// there is none. An address is what letters, digits and the marks of addresses make
// around an @, with a dot behind it: "Jo.Fox+x@mail.example.org", and message identifiers
// too.
func nextEmail(text string) (from, to int) {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '@')
		if next < 0 {
			return len(text), len(text)
		}
		at += next
		from, to = emailStart(text[:at]), at+1+hostLength(text[at+1:])
		if from < at && to > at+1 && !strings.HasSuffix(text[:from], "/") {
			return from, to
		}
	}
}

// emailStart is where the address begins that goes on with an @ behind text.
func emailStart(text string) int {
	i := len(text)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !inWord(r) && !strings.ContainsRune("._%+-$!#&*~", r) {
			break
		}
		i -= size
	}
	return i + len(text[i:]) - len(strings.TrimLeft(text[i:], "._%+-$!#&*~"))
}

// hostLength is how much of a text is the name of a host with a dot in it.
func hostLength(text string) int {
	end := strings.IndexFunc(text, func(r rune) bool { return !inWord(r) && r != '.' && r != '-' })
	if end < 0 {
		end = len(text)
	}
	host := strings.TrimRight(text[:end], ".-")
	if strings.HasPrefix(host, ".") || !strings.Contains(host, ".") {
		return 0
	}
	return len(host)
}

// inWord is true of the letters and digits of addresses. Those of scripts that put no
// blanks are none: they stand beside an address without one.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return firstClasses[r] == letter || firstClasses[r] == digit
	}
	if unicode.IsMark(r) { // beyond, those of Thai
		return r < firstSpaceless
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) && scriptOf(r) == nil
}

// beginsURL reports whether a word in lower case and what follows begin a URL: a scheme
// with its "://", or "www." alone.
func beginsURL(word []byte, rest string) bool {
	if len(rest) < 4 {
		return false
	}
	return rest[0] == ':' && rest[1] == '/' && rest[2] == '/' || rest[0] == '.' && string(word) == "www"
}

// url emits the URL that begins at i, whose scheme ends at end, if URLs are kept, and
// returns where it ends.
func (t *wordTokenizer) url(text string, i, end int) int {
	rest := text[end:]
	stop := strings.IndexFunc(rest, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("<>\"`\\^{|}", r) || r >= utf8.RuneSelf && !inWord(r)
	})
	if stop < 0 {
		stop = len(rest)
	}
	end += len(strings.TrimRight(rest[:stop], ".,;:!?'\")]*_-"))
	if t.keep.has(URLs) {
		t.address(text, i, end)
	}
	return end
}

// address emits an address whole.
func (t *wordTokenizer) address(text string, from, to int) {
	if to-from > maxAddress {
		return
	}
	t.token, t.first = t.token[:0], from
	for at, r := range text[from:to] {
		t.token = utf8.AppendRune(t.token, t.toLower(r))
		t.last = from + at
	}
	t.emit(t.token)
}
