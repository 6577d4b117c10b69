package corpus

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// decoder says how bytes become text. The zero value finds that out.
type decoder struct {
	// forced is what the user says.
	forced textEncoding
	// guessed is what to take where bytes are not UTF-8, and what was found of a whole file
	// of which a part is decoded; without it each text is guessed for itself.
	guessed textEncoding
}

// decoded is a text, and how it came out of bytes.
type decoded struct {
	text     string
	encoding string // as in Document.Encoding
	repairs  []Entry
	forced   bool // the user has said the encoding
}

// decode turns the bytes of a file into text, and says in entries what had to be
// mended. ok is false where they are no text at all. The text may be the bytes
// themselves: they must not be changed any more.
//
// A byte order mark decides between UTF-8 and UTF-16, and without one the zeros tell
// UTF-16. Bytes that are valid UTF-8 are UTF-8. Of others a declaration is believed if it can be
// so (see declared). Anything else is guessed: as UTF-8 with some foreign bytes, which are read by
// the page of their neighbours, or as another encoding (see guess).
func (d decoder) decode(raw []byte) (t decoded, ok bool) {
	if kind := magicOf(raw); kind != "" {
		return decoded{repairs: []Entry{{Reason: Binary, Detail: kind}}}, false
	}
	if d.forced.Encoding == nil && isPlain(raw) {
		if n := countControls(raw); n > 0 || bytes.HasPrefix(raw, []byte("%PDF-")) {
			if isBinary(raw) {
				return decoded{repairs: []Entry{{Reason: Binary, Detail: kindOf(raw)}}}, false
			}
			raw = []byte(t.withoutControls(textOf(raw)))
		}
		t.text = textOf(raw) // and is NFC
		return t, true
	}
	if raw, t, ok = d.toUTF8(raw); !ok {
		return t, false
	}
	t.text = t.polish(textOf(raw))
	return t, true
}

// textOf is bytes as a text, and bytesOf a text as bytes, without a copy: neither may be changed
// any more. Copies would double what is read.
func textOf(raw []byte) string { return unsafe.String(unsafe.SliceData(raw), len(raw)) }

func bytesOf(text string) []byte { return unsafe.Slice(unsafe.StringData(text), len(text)) }

// tidy makes a text fit for later stages that came out of a format as a string.
func (t *decoded) tidy(text string) string {
	if !utf8.ValidString(text) {
		raw, mended := decoder{}.mend([]byte(text))
		text, t.encoding = string(raw), cmp.Or(mended.encoding, t.encoding)
		t.repairs = append(t.repairs, mended.repairs...)
	}
	return t.polish(text)
}

// polish takes control characters out of a text, and makes it NFC.
func (t *decoded) polish(text string) string {
	text = t.withoutControls(text)
	if isASCII(bytesOf(text)) {
		return text
	}
	if !t.forced {
		text = t.undouble(text)
	}
	if norm.NFC.QuickSpanString(text) < len(text) {
		text = norm.NFC.String(text)
	}
	return text
}

func (t *decoded) withoutControls(text string) string {
	if n := countControls(bytesOf(text)); n > 0 {
		t.repairs = append(t.repairs, Entry{Repaired: true, Reason: Controls, Detail: fmt.Sprintf("%d of them", n)})
		text = strings.Map(withoutControl, text)
	}
	return text
}

// isPlain is true of ASCII that can be nothing else.
func isPlain(raw []byte) bool {
	return isASCII(raw) && bytes.IndexByte(raw, escape) < 0 && bytes.IndexByte(raw[:min(len(raw), sample)], 0) < 0
}

// escape begins the changes of character set in ISO-2022-JP, which is ASCII to look at.
const escape = 0x1b

func withoutControl(r rune) rune {
	if r < utf8.RuneSelf && isControl(byte(r)) {
		return ' '
	}
	return r
}

// toUTF8 finds the encoding, and makes valid UTF-8.
func (d decoder) toUTF8(raw []byte) (text []byte, t decoded, ok bool) {
	c, text, sure := d.encodingOf(raw)
	if !c.isUTF8() {
		given := bytes.Count(text, []byte("\uFFFD"))
		text, t.encoding = c.decode(text), c.name
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
		if n := bytes.Count(text, []byte("\uFFFD")) - given; n > 0 {
			t.repairs = append(t.repairs, Entry{Repaired: true, Reason: replaced(c), Detail: fmt.Sprintf("%d of them", n)})
		}
		if !sure {
			t.repairs = append(t.repairs, repairOf(c))
		}
	}
	if isBinary(text) {
		return nil, decoded{repairs: []Entry{{Reason: Binary, Detail: kindOf(text)}}}, false
	}
	if !utf8.Valid(text) {
		text, t = d.mend(text)
	}
	t.forced = d.forced.Encoding != nil
	return text, t, true
}

// encodingOf finds the encoding that bytes have by what they say, or the user does. sure is
// false where it had to be guessed.
func (d decoder) encodingOf(raw []byte) (c textEncoding, rest []byte, sure bool) {
	if d.forced.Encoding != nil {
		return d.forced, bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), true
	}
	if c, rest, sure = markOf(raw); sure {
		return c, rest, true
	}
	head := raw[:min(len(raw), sample)]
	if c, ok := declared(raw); ok {
		return c, raw, true
	}
	if bytes.IndexByte(head, 0) >= 0 {
		c, ok := unmarkedUTF16(head)
		if !ok {
			c, ok = easternUTF16(head)
		}
		return pick(ok, c), raw, false
	}
	if c, ok := easternUTF16(head); ok {
		return c, raw, false
	}
	if isASCII(raw) && isISO2022JP(head) {
		return iso2022jp, raw, false
	}
	return textEncoding{}, raw, true
}

// pick is c if it is the one, and else UTF-8.
func pick(ok bool, c textEncoding) textEncoding {
	if ok {
		return c
	}
	return textEncoding{}
}

// replaced is the reason to enter for characters that an encoding does not have.
func replaced(c textEncoding) string {
	if c.isWide() {
		return BadUTF16
	}
	return BadCharacters
}

// mend makes valid UTF-8 of bytes that are not.
func (d decoder) mend(raw []byte) ([]byte, decoded) {
	if d.forced.Encoding != nil {
		_, bad := validity(raw)
		repair := Entry{Repaired: true, Reason: BadUTF8, Detail: fmt.Sprintf("%d of them", bad)}
		return bytes.ToValidUTF8(raw, []byte("\uFFFD")), decoded{repairs: []Entry{repair}}
	}
	if c := d.guessed; c.Encoding != nil { // which the file's own entry says
		return c.decode(raw), decoded{encoding: c.name}
	}
	page, c := guessForeign(raw)
	if page != nil {
		return withForeign(raw, page)
	}
	return c.decode(raw), decoded{encoding: c.name, repairs: []Entry{repairOf(c)}}
}

// withForeign makes valid UTF-8 of what mostly is.
func withForeign(raw []byte, page *reading) ([]byte, decoded) {
	text, foreign, lost := page.replaceForeign(raw)
	var t decoded
	if foreign > 0 {
		t.repairs = append(t.repairs, Entry{Repaired: true, Reason: ForeignBytes, Detail: fmt.Sprintf("%d of them, read as %s", foreign, page.page.name)})
	}
	if lost > 0 {
		t.repairs = append(t.repairs, Entry{Repaired: true, Reason: BadUTF8, Detail: fmt.Sprintf("%d of them", lost)})
	}
	return text, t
}

// repairOf is the entry of a text whose encoding was guessed.
func repairOf(c textEncoding) Entry {
	if c.name == windows1252.name {
		return Entry{Repaired: true, Reason: Windows1252}
	}
	return Entry{Repaired: true, Reason: Guessed, Detail: c.name}
}

// validity counts the characters beyond ASCII that are UTF-8, and the bytes that are not.
func validity(raw []byte) (good, bad int) {
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
	return good, bad
}

// isASCII looks at eight bytes at a time.
func isASCII(raw []byte) bool {
	for len(raw) >= 8 {
		if binary.LittleEndian.Uint64(raw)&0x8080808080808080 != 0 {
			return false
		}
		raw = raw[8:]
	}
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
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
	if kind := magicOf(raw); kind != "" {
		return kind
	}
	if kind := http.DetectContentType(raw); kind != "application/octet-stream" && !strings.HasPrefix(kind, "text/") {
		return kind
	}
	return ""
}

// countControls looks at thirty-two bytes at once, few of which have one.
func countControls(raw []byte) int {
	n := 0
	for ; len(raw) >= 32; raw = raw[32:] {
		if mayBeControl(raw)|mayBeControl(raw[8:])|mayBeControl(raw[16:])|mayBeControl(raw[24:]) != 0 {
			n += controlsAmong(raw[:32])
		}
	}
	return n + controlsAmong(raw)
}

// mayBeControl is not 0 if one of eight bytes is below a blank, and no tab or line end. Of each
// the highest bit says after an addition whether it is at least some number: no sum is carried
// over, since the bytes are taken without their own highest bits, which those beyond ASCII have.
func mayBeControl(raw []byte) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	eight := binary.LittleEndian.Uint64(raw)
	low := eight &^ tops
	blank, shift, tab := low+(0x80-' ')*ones, low+(0x80-0x0e)*ones, low+(0x80-'\b')*ones
	return (shift&^blank | ^tab) &^ eight & tops
}

func controlsAmong(raw []byte) int {
	n := 0
	for _, b := range raw {
		if isControl(b) {
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
