package corpus

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// utf7 is UTF-7 (RFC 2152), in which mails of the nineties are: ASCII, with UTF-16 in base64
// between a plus and a hyphen for other letters, as in "Fr+APY-sche". It only reads.
type utf7 struct{}

func (utf7) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: &utf7Reader{}} }

func (utf7) NewEncoder() *encoding.Encoder { return encoding.Replacement.NewEncoder() }

// utf7Reader is where a reader is within a text.
type utf7Reader struct {
	inside bool   // behind a plus
	digits int    // that stood there since
	bits   uint32 // that are no character yet
	count  int    // of bits
	high   rune   // the first half of a surrogate pair, or 0
}

func (u *utf7Reader) Reset() { *u = utf7Reader{} }

func (u *utf7Reader) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for _, b := range src {
		if nDst+2*utf8.UTFMax > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], u.next(b))
		nSrc++
	}
	return nDst, nSrc, nil
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// next is what a byte adds to the text.
func (u *utf7Reader) next(b byte) string {
	digit := strings.IndexByte(base64Digits, b)
	switch {
	case !u.inside && b == '+':
		*u = utf7Reader{inside: true}
		return ""
	case !u.inside && b < utf8.RuneSelf:
		return string(rune(b))
	case u.inside && digit >= 0:
		u.digits++
		return u.add(uint32(digit))
	}
	text := u.end()
	switch {
	case b >= utf8.RuneSelf:
		return text + "\uFFFD"
	case b != '-':
		text += string(rune(b))
	}
	return text
}

// add takes six bits.
func (u *utf7Reader) add(digit uint32) string {
	u.bits, u.count = u.bits<<6|digit, u.count+6
	if u.count < 16 {
		return ""
	}
	u.count -= 16
	c := rune(u.bits >> u.count & 0xFFFF)
	u.bits &= 1<<u.count - 1
	switch high := u.high; {
	case high != 0:
		u.high = 0
		return string(utf16.DecodeRune(high, c))
	case 0xD800 <= c && c < 0xDC00:
		u.high = c
		return ""
	}
	return string(c)
}

// end is what stands for a run that ends: nothing, or the plus that it was.
func (u *utf7Reader) end() (text string) {
	if u.inside && u.digits == 0 {
		text = "+"
	} else if u.high != 0 {
		text = "\uFFFD"
	}
	*u = utf7Reader{}
	return text
}
