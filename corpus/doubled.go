package corpus

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A program that takes UTF-8 for an encoding of single bytes, and writes UTF-8 of what it sees,
// makes SchÃ¶n of Schön: the letters of the text are the bytes of another. Such a text is read
// once more as what it was. It is told from others by its runs of characters beyond ASCII, each of
// which is, as bytes, whole characters of UTF-8. In a text as it should be hardly one is.

// doubledPages are the encodings that are taken for UTF-8, each with what its texts have many of.
var doubledPages = []struct {
	page  *charmap.Charmap
	signs []string
}{
	{charmap.Windows1252, nil},
	{charmap.Windows1251, []string{"Р", "С", "Г", "в"}}, // the first bytes of Cyrillic and of é, and of quotation marks
	{charmap.Macintosh, []string{"√", "–", "—", "‚"}},
	{charmap.CodePage437, []string{"├", "╨", "╤", "Γ"}},
	{charmap.CodePage850, []string{"├", "ð", "Ð"}},
}

// undouble reads a text once more if it is in UTF-8 twice, and says how many characters that
// concerns.
func (t *decoded) undouble(text string) string {
	if !mayBeDoubled(text) {
		return text
	}
	for _, d := range doubledPages {
		once, n := undoubled(text, d.page)
		if n == 0 {
			continue
		}
		t.repairs = append(t.repairs, Entry{Repaired: true, Reason: Doubled, Detail: fmt.Sprintf("%d characters", n)})
		const often = 3 // that it was taken for another
		for range often {
			if once, n = undoubled(once, d.page); n == 0 {
				break
			}
		}
		return once
	}
	return text
}

// mayBeDoubled is a quick look. What windows-1252 makes of UTF-8 is a letter from Â to ô, all of
// which begin with one byte, before another character beyond ASCII; of other pages see doubledPages.
func mayBeDoubled(text string) bool {
	raw := bytesOf(text)
	for rest := raw; ; {
		i := bytes.IndexByte(rest, 0xc3)
		if i < 0 || i+2 >= len(rest) {
			break
		}
		if rest[i+1] <= 0xb4 && rest[i+2] >= 0xc2 {
			return true
		}
		rest = rest[i+2:]
	}
	const beginning, share = 1024, 12 // of its bytes, one
	head := raw[:min(len(raw), beginning)]
	for _, d := range doubledPages[1:] {
		n := 0
		for _, sign := range d.signs {
			n += bytes.Count(head, []byte(sign))
		}
		if n > 1 && n*share >= beyond(head) {
			return true
		}
	}
	return false
}

// beyond counts the bytes that are not ASCII.
func beyond(raw []byte) (n int) {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

const (
	// mostStray is the share of runs that may be none of a text in UTF-8 twice: what was written
	// into it by hand.
	mostStray = 0.1
	// leastWeak is the number of characters that are needed where none is of the kind that texts as
	// they should be do not have: É» and Ñ® may stand in one, and lá´´.
	leastWeak = 4
)

// undoubled is a text read as what it was before a page was taken for UTF-8, and the number of
// characters that this makes; 0 if it cannot be.
func undoubled(text string, page *charmap.Charmap) (once string, n int) {
	out := make([]byte, 0, len(text))
	good, strong, stray := 0, 0, 0
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			out = append(out, text[at])
			at++
			continue
		}
		run, size := runOf(text[at:], page)
		chars, isStrong := charactersIn(run)
		switch {
		case chars == 0:
			stray++
			out = append(out, text[at:at+size]...)
		default:
			good += chars
			if out = append(out, run...); isStrong && page == charmap.Windows1252 {
				strong++
			}
		}
		at += size
	}
	if good == 0 || float64(stray) > mostStray*float64(good) || strong == 0 && good < leastWeak {
		return text, 0
	}
	return string(out), good
}

// runOf is the run of characters beyond ASCII with which a text begins as bytes of a page, nil if
// they are none, and its length. A control character stands for itself in all pages.
func runOf(text string, page *charmap.Charmap) (run []byte, size int) {
	possible := true
	for size < len(text) && text[size] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(text[size:])
		size += n
		b, ok := page.EncodeRune(r)
		if !ok && r >= 0x80 && r < 0xa0 {
			b, ok = byte(r), true
		}
		possible = possible && ok && b >= utf8.RuneSelf
		run = append(run, b)
	}
	if !possible {
		return nil, size
	}
	return run, size
}

// charactersIn counts the characters of UTF-8 that bytes are, 0 if they are something else. Strong are
// Ã and Â with a sign behind, other than a quotation mark, the signs from â€ on, and several
// characters of three bytes.
func charactersIn(run []byte) (n int, strong bool) {
	if len(run) < 2 || !utf8.Valid(run) {
		return 0, false
	}
	three := 0
	for at := 0; at < len(run); n++ {
		_, size := utf8.DecodeRune(run[at:])
		next := run[at+1]
		strong = strong || (run[at] == 0xc3 || run[at] == 0xc2) && (next < 0x91 || next > 0x94) && next != 0xa0 || run[at] == 0xe2 && next < 0x9f
		if at += size; size > 2 {
			three++
		}
	}
	return n, strong || three > 1
}
