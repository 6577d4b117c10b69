package corpus

import (
	"unicode"
	"unicode/utf8"
)

// guessForeign finds the page of the bytes that are no UTF-8 in a text that is mostly UTF-8. It is
// nil if the text as a whole is rather in another encoding.
func guessForeign(raw []byte) (page *reading, c textEncoding) {
	g := theGuesser()
	c, whole := g.whole(raw)
	best, mixed := g.single(wordsOf(raw, true).pieces)
	if mixed-handicapOfMixed > whole && !best.byChance(raw) {
		return best, c
	}
	return nil, c
}

// byChance is true where a text without Latin letters has so little UTF-8 that its bytes are
// such by chance: of two Cyrillic letters in a row one in fifty are.
func (r *reading) byChance(raw []byte) bool {
	const seldom = 8
	good, bad := validity(raw[:min(len(raw), searched)])
	return !r.latin && seldom*good < bad
}

// plausible is how likely a foreign byte must be by itself to be read, and not to be replaced.
const plausible = -7

// isForeign tells which of the bytes of mostly UTF-8 that are not UTF-8 stand for characters of
// another encoding: those that are no half of a character of several bytes.
func isForeign(raw []byte, at int) bool {
	isRest := func(i int) bool { return i >= 0 && i < len(raw) && raw[i]&0xC0 == 0x80 }
	lead := raw[at] >= 0xC2 && raw[at] <= 0xF4
	return !(lead && isRest(at+1)) && !(isRest(at) && at > 0 && raw[at-1] >= 0xC0)
}

// replaceForeign makes valid UTF-8 of bytes of which some are in a page, and counts those that
// were read in it and those that are nothing. Letters are read beside letters only; what is
// nothing becomes U+FFFD, one for a run.
func (r *reading) replaceForeign(raw []byte) (text []byte, foreign, lost int) {
	text = make([]byte, 0, len(raw)+len(raw)/16)
	inRun := false
	for at := 0; at < len(raw); {
		c, size := utf8.DecodeRune(raw[at:])
		switch {
		case c != utf8.RuneError || size > 1:
			text, inRun = append(text, raw[at:at+size]...), false
		case r.readsForeign(raw, at):
			text, inRun = append(text, r.page.decode(raw[at:at+1])...), false
			foreign++
		default:
			if !inRun {
				text = append(text, "\uFFFD"...)
			}
			inRun = true
			lost++
		}
		at += size
	}
	return text, foreign, lost
}

func (r *reading) readsForeign(raw []byte, at int) bool {
	this := r.likely(piece(-int32(raw[at])))
	before, _ := utf8.DecodeLastRune(raw[:at])
	after, _ := utf8.DecodeRune(raw[at+1:])
	if !isForeign(raw, at) || this.log+r.inPlace(this.kind, sign, kindOfRune(before), kindOfRune(after)) < plausible {
		return false
	}
	beside := func(c rune) bool { return c == utf8.RuneError || unicode.IsLetter(c) } // or another foreign byte
	return !isLetterKind(this.kind) || at > 0 && beside(before) || at+1 < len(raw) && beside(after)
}
