package corpus

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	unicodes "golang.org/x/text/encoding/unicode"
)

// alphabet is how bytes stand for letters. The zero value is UTF-8.
type alphabet struct {
	encoding.Encoding
	name string // as browsers name it: windows-1252, koi8-r, utf-16le
}

var (
	utf16le     = alphabet{unicodes.UTF16(unicodes.LittleEndian, unicodes.IgnoreBOM), "utf-16le"}
	utf16be     = alphabet{unicodes.UTF16(unicodes.BigEndian, unicodes.IgnoreBOM), "utf-16be"}
	windows1252 = alphabet{charmap.Windows1252, "windows-1252"}
	iso2022jp   = alphabet{japanese.ISO2022JP, "iso-2022-jp"}
)

// alphabetByName finds an encoding by any of the names that web pages use.
func alphabetByName(name string) (alphabet, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return alphabet{}, fmt.Errorf("encoding %q: not known; names are those of web pages, such as utf-8, windows-1252, iso-8859-2, koi8-r, utf-16le, shift_jis, gb18030", name)
	}
	if canonical, err := htmlindex.Name(e); err == nil {
		name = canonical
	}
	return alphabet{e, name}, nil
}

func (c alphabet) isUTF8() bool { return c.Encoding == nil || c.name == "utf-8" }

// isUTF16 is true where a line end is not the byte \n, or not only.
func (c alphabet) isUTF16() bool { return c.name == "utf-16le" || c.name == "utf-16be" }

// decode makes UTF-8 of bytes. What stands for no letter becomes U+FFFD.
func (c alphabet) decode(raw []byte) []byte {
	decoded, err := c.NewDecoder().Bytes(raw)
	if err != nil { // decoders replace, and do not fail
		return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return decoded
}

// markOf finds a byte order mark, and the bytes behind it.
func markOf(raw []byte) (c alphabet, rest []byte, marked bool) {
	if rest, marked = bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); marked {
		return alphabet{}, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\xff\xfe")); marked {
		return utf16le, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\xfe\xff")); marked {
		return utf16be, rest, true
	}
	return alphabet{}, raw, false
}

const (
	// zeroShare is the share of UTF-16's high bytes that are zero in a text of Latin
	// letters, at least; of English it is all of them.
	zeroShare = 0.25
	// leastUTF16 is the number of bytes from which other texts are told, whose blanks and
	// full stops have these zeros.
	leastUTF16 = 32
)

// unmarkedUTF16 tells UTF-16 without a mark by its zeros, which all have even places, or
// all odd ones.
func unmarkedUTF16(head []byte) (c alphabet, ok bool) {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] == zeros[1]:
		return c, false
	case zeros[0] == 0:
		c = utf16le
	case zeros[1] == 0:
		c = utf16be
	default:
		return c, false
	}
	if !isProse(c.decode(head[:len(head)/2*2])) {
		return c, false
	}
	latin := float64(zeros[0]+zeros[1]) >= zeroShare*float64(len(head)/2)
	return c, latin && len(head) >= 8 || isBinary(head) && len(head) >= leastUTF16
}

// isProse is true of text without a character that no text has, but for half a one at its
// end.
func isProse(text []byte) bool {
	for _, r := range string(bytes.TrimSuffix(text, []byte("\uFFFD"))) {
		graphic := unicode.IsGraphic(r) || r == '\n' || r == '\r' || r == '\t'
		if r == utf8.RuneError || !graphic || unicode.Is(unicode.Co, r) {
			return false
		}
	}
	return true
}

// isISO2022JP tells Japanese as mails have it, by its changes of alphabet. The escapes of
// terminals are not like these.
func isISO2022JP(head []byte) bool {
	begins := bytes.Contains(head, []byte("\x1b$B")) || bytes.Contains(head, []byte("\x1b$@"))
	return begins && bytes.Count(iso2022jp.decode(head), []byte("\uFFFD")) <= 1 // half a letter at the end
}

// byMeta finds the encoding that a web page says it has.
func byMeta(page []byte) (c alphabet, ok bool) {
	e, name, _ := charset.DetermineEncoding(page, "")
	// Without a word on it there comes one of these.
	if e == nil || name == "utf-8" || name == "windows-1252" || name == "replacement" {
		return c, false
	}
	return alphabet{e, name}, true
}

const (
	// guessed is how much of a text the detector looks at, from the first letter on that
	// is not ASCII.
	guessed = 16 << 10
	// leastLetters is the number of bytes beyond ASCII below which it is not asked: of a
	// few accents it makes Turkish, Czech or Chinese at random.
	leastLetters = 24
	// The detector's confidence, of 100, from which it is believed: sureLatin for letters
	// that Windows-1252 has too, more or less; sureMulti for several bytes a letter, which
	// it sees in much; and sureOther where most letters are beyond ASCII, as only in other
	// scripts. Three sentences of Russian have 24, of French 74, of Czech 38.
	sureLatin = 30
	sureMulti = 60
	sureOther = 15
)

// guess finds the encoding of a text that is not UTF-8: what the detector says, if it is
// sure, and else Windows-1252, which contains Latin-1.
func guess(raw []byte) alphabet {
	first := slices.IndexFunc(raw, func(b byte) bool { return b >= utf8.RuneSelf })
	if first < 0 {
		return windows1252
	}
	part := raw[max(0, first-64):min(len(raw), first+guessed)]
	letters, beyond := countLetters(part)
	if beyond < leastLetters {
		return windows1252
	}
	return detect(part, 2*beyond > letters)
}

// countLetters counts letters, and of those the bytes beyond ASCII.
func countLetters(part []byte) (letters, beyond int) {
	for _, b := range part {
		if b >= utf8.RuneSelf {
			beyond++
		} else if 'a' <= b|0x20 && b|0x20 <= 'z' {
			letters++
		}
	}
	return letters + beyond, beyond
}

// detect asks the detector. Its best guess of several of the same confidence changes
// from call to call; here the first by name counts. other says that most letters are
// beyond ASCII.
func detect(part []byte, other bool) alphabet {
	found, _ := chardet.NewTextDetector().DetectAll(part)
	slices.SortFunc(found, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset))
	})
	for _, f := range found {
		c, err := alphabetByName(f.Charset)
		if err != nil || c.isUTF8() || c.isUTF16() {
			continue
		}
		sure := sureLatin
		switch {
		case isMulti(c.name):
			sure = sureMulti
		case other:
			sure = sureOther
		}
		// The end may be half a letter.
		faults := bytes.Count(c.decode(part), []byte("\uFFFD"))
		if f.Confidence >= sure && faults <= 1+len(part)/200 {
			return c
		}
		break
	}
	return windows1252
}

func isMulti(name string) bool {
	return slices.Contains([]string{"shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "big5", "gbk", "gb18030"}, name)
}
