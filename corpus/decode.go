package corpus

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode turns the bytes of a file into text, and says in entries what had to be
// mended. ok is false where they are no text at all. The text may be the bytes
// themselves: they must not be changed any more.
//
// A byte order mark decides between UTF-8 and UTF-16. Without one, bytes that are
// valid UTF-8 are UTF-8; so are bytes with more characters beyond ASCII than faults,
// which are replaced; anything else is Windows-1252, of which Latin-1 is a part.
func decode(raw []byte) (text string, repairs []Entry, ok bool) {
	raw, utf16 := byMark(raw)
	if isBinary(raw) {
		return "", []Entry{{Reason: Binary, Detail: kindOf(raw)}}, false
	}
	if !utf8.Valid(raw) {
		raw, repairs = mend(raw)
	} else if n := bytes.Count(raw, []byte("\uFFFD")); utf16 && n > 0 {
		repairs = []Entry{{Repaired: true, Reason: BadUTF16, Detail: fmt.Sprintf("%d of them", n)}}
	}
	text = unsafe.String(unsafe.SliceData(raw), len(raw)) // a copy would double what is read
	if n := countControls(raw); n > 0 {
		repairs = append(repairs, Entry{Repaired: true, Reason: Controls, Detail: fmt.Sprintf("%d of them", n)})
		text = strings.Map(func(r rune) rune {
			if r < utf8.RuneSelf && isControl(byte(r)) {
				return ' '
			}
			return r
		}, text)
	}
	return text, repairs, true
}

// byMark strips a byte order mark, and turns UTF-16 into UTF-8.
func byMark(raw []byte) (text []byte, utf16 bool) {
	if rest, marked := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); marked {
		return rest, false
	}
	if !bytes.HasPrefix(raw, []byte("\xff\xfe")) && !bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return raw, false
	}
	decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	decoded, err := decoder.Bytes(raw)
	if err != nil {
		return raw, false
	}
	return decoded, true
}

// mend makes valid UTF-8 of bytes that are not.
func mend(raw []byte) ([]byte, []Entry) {
	good, bad := 0, 0
	for rest := raw; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	if good > bad {
		detail := fmt.Sprintf("%d of them", bad)
		return bytes.ToValidUTF8(raw, []byte("\uFFFD")), []Entry{{Repaired: true, Reason: BadUTF8, Detail: detail}}
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil { // cannot be: each byte has its character
		decoded = bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return decoded, []Entry{{Repaired: true, Reason: Windows1252}}
}

const (
	// sample is how much of a file is looked at to tell text from other things.
	sample = 8192
	// With a NUL among them, this share of control characters means that it is no
	// text: of compressed data a tenth are, of programs far more.
	binaryShare = 0.02
	// Without one, this share. A post of 20 Newsgroups has one in twenty.
	controlShare = 0.3
)

// isBinary tells a file that holds no text. Kinds that are known by their first bytes
// do not count for it, since a text may well begin with "BM" or "RIFF"; only a PDF
// does, which may have few control characters.
func isBinary(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte("%PDF-")) {
		return true
	}
	head := raw[:min(len(raw), sample)]
	controls := float64(countControls(head))
	if bytes.IndexByte(head, 0) >= 0 {
		return controls > max(1, binaryShare*float64(len(head)))
	}
	return controls > controlShare*float64(len(head))
}

// kindOf names what a binary file is, where its first bytes tell.
func kindOf(raw []byte) string {
	if kind := http.DetectContentType(raw); kind != "application/octet-stream" && !strings.HasPrefix(kind, "text/") {
		return kind
	}
	return ""
}

func countControls(raw []byte) int {
	n := 0
	for _, b := range raw {
		if b < ' ' && isControl(b) {
			n++
		}
	}
	return n
}

// isControl is true of the control characters that have no place in a text. Backspace,
// form feed and escape do occur in texts made for terminals and printers.
func isControl(b byte) bool {
	const fine = 1<<'\t' | 1<<'\n' | 1<<'\v' | 1<<'\f' | 1<<'\r' | 1<<'\b' | 1<<'\x1b'
	return b < ' ' && fine>>b&1 == 0
}
