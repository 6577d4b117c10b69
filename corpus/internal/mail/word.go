package mail

import (
	"bytes"
	"strings"
)

// header decodes the value of a field: bytes beyond ASCII, and encoded words such as
//
//	=?utf-8?B?w6R0?= =?iso-8859-1?Q?_=E4?=
//
// Standards want words apart, without blanks inside, and each in whole letters; programs
// do otherwise. So words may touch others, and the bytes of neighbours in one charset are
// put together before they are decoded.
func (d decoder) header(value []byte) string {
	text := []byte(d.decoded(value, d.charset, d.message))
	var out strings.Builder
	var run []byte // of words in one charset that have not been decoded
	var charset string
	flush := func() {
		out.WriteString(d.decoded(run, charset, run))
		run = nil
	}
	for len(text) > 0 {
		before, word, rest, found := cutWord(text)
		if !found {
			break
		}
		if run == nil || len(bytes.TrimSpace(before)) > 0 || !strings.EqualFold(charset, word.charset) {
			flush()
			if out.Len() == 0 || len(bytes.TrimSpace(before)) > 0 {
				out.Write(before)
			}
		}
		run, charset, text = append(run, word.bytes()...), word.charset, rest
	}
	flush()
	out.Write(text)
	return strings.Join(strings.Fields(strings.ToValidUTF8(out.String(), "\ufffd")), " ")
}

// encodedWord is a piece of a header in letters of its own.
type encodedWord struct {
	charset string
	base64  bool
	text    []byte
}

func (w encodedWord) bytes() []byte {
	if w.base64 {
		return fromBase64(w.text)
	}
	return appendUnescaped(nil, bytes.ReplaceAll(w.text, []byte("_"), []byte(" ")))
}

// cutWord finds the first encoded word.
func cutWord(text []byte) (before []byte, word encodedWord, after []byte, found bool) {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte("=?"))
		if i < 0 {
			return text, word, nil, false
		}
		from += i
		charset, rest, _ := bytes.Cut(text[from+2:], []byte("?"))
		if len(rest) > 2 && rest[1] == '?' && isCharsetName(charset) {
			kind, inside := rest[0]|0x20, rest[2:]
			if end := bytes.Index(inside, []byte("?=")); end >= 0 && (kind == 'b' || kind == 'q') {
				name, _, _ := strings.Cut(string(charset), "*") // behind it stands the language
				return text[:from], encodedWord{name, kind == 'b', inside[:end]}, inside[end+2:], true
			}
		}
		from += 2
	}
}

func isCharsetName(name []byte) bool {
	const longest = 60
	return len(name) > 0 && len(name) < longest && bytes.IndexFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '=' }) < 0
}
