package corpus

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	unicodes "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// textEncoding is how bytes stand for letters. The zero value is UTF-8.
type textEncoding struct {
	encoding.Encoding
	name string // as browsers name it: windows-1252, koi8-r, utf-16le
}

var (
	utf16le     = textEncoding{unicodes.UTF16(unicodes.LittleEndian, unicodes.IgnoreBOM), "utf-16le"}
	utf16be     = textEncoding{unicodes.UTF16(unicodes.BigEndian, unicodes.IgnoreBOM), "utf-16be"}
	utf32le     = textEncoding{utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le"}
	utf32be     = textEncoding{utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be"}
	windows1252 = textEncoding{charmap.Windows1252, "windows-1252"}
	iso2022jp   = textEncoding{japanese.ISO2022JP, "iso-2022-jp"}
)

// encodingByName finds an encoding by any of the names that web pages, mails and systems use.
func encodingByName(name string) (textEncoding, error) {
	asked := name
	name = strings.ToLower(strings.Trim(name, " \t\"'"))
	if e, err := htmlindex.Get(name); err == nil && e != encoding.Replacement {
		if canonical, err := htmlindex.Name(e); err == nil {
			name = canonical
		}
		return textEncoding{e, name}, nil
	}
	if looseNames()[loose(name)] == "utf-7" || name == "unicode-1-1-utf-7" {
		return textEncoding{utf7{}, "utf-7"}, nil
	}
	if page, ok := tablePages[systemName(name)]; ok {
		return textEncoding{page, systemName(name)}, nil
	}
	for _, name := range []string{systemName(name), looseNames()[loose(name)], name} {
		if e, err := htmlindex.Get(name); err == nil && e != encoding.Replacement {
			canonical, _ := htmlindex.Name(e)
			return textEncoding{e, canonical}, nil
		}
		if e, err := ianaindex.MIME.Encoding(name); err == nil && e != nil {
			return textEncoding{e, name}, nil
		}
	}
	return textEncoding{}, fmt.Errorf("encoding %q: not known; names are those of web pages and systems, such as utf-8, windows-1252, iso-8859-2, koi8-r, utf-16le, shift_jis, gb18030, ibm852", asked)
}

// looseNames are encodings by their names without signs: programs write euc_kr, koi8r, utf_8 and
// windows1251 for names that web pages have with hyphens. Behind them are names that mean another
// encoding's: those of Python's codecs, which it puts into mails, and of Java and MySQL.
var looseNames = sync.OnceValue(func() map[string]string {
	all := map[string]string{
		"big5tw": "big5", "eucgb2312cn": "gbk", "xwindows949": "euc-kr", "xeuckr": "euc-kr", "xwindows950": "big5", "gb180302000": "gb18030",
		"utf8sig": "utf-8", "utf8mb4": "utf-8", "utf8mb3": "utf-8", "cp65001": "utf-8", "windows65001": "utf-8", "65001": "utf-8",
		"utf16": "utf-16le", "macroman": "macintosh", "tis620": "windows-874", "iso885911988": "windows-1252", "iso2022jp2": "iso-2022-jp",
		"xutf7": "utf-7", "unicode11utf7": "utf-7", "utf7": "utf-7",
	}
	for _, name := range strings.Fields(`utf-8 koi8-r koi8-u gbk gb2312 gb18030 big5 big5-hkscs euc-jp euc-kr shift_jis iso-2022-jp latin1 latin2
		latin3 latin4 latin5 latin6 latin9 windows-874 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255
		windows-1256 windows-1257 windows-1258 us-ascii utf-16le utf-16be x-mac-cyrillic`) {
		all[loose(name)] = name
		if page, windows := strings.CutPrefix(name, "windows-"); windows {
			all["win"+page] = name
		}
	}
	return all
})

// loose is a name without its signs.
func loose(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "", ".", "", ":", "").Replace(name)
}

func (c textEncoding) isUTF8() bool { return c.Encoding == nil || c.name == "utf-8" }

// isWide is true where a line end is not the byte \n, or not only: of UTF-16 and UTF-32.
func (c textEncoding) isWide() bool {
	return strings.HasPrefix(c.name, "utf-16") || strings.HasPrefix(c.name, "utf-32")
}

// decode makes UTF-8 of bytes. What stands for no letter becomes U+FFFD.
func (c textEncoding) decode(raw []byte) []byte {
	decoded, err := c.NewDecoder().Bytes(raw)
	if err != nil { // decoders replace, and do not fail
		return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	return decoded
}

// markOf finds a byte order mark, and the bytes behind it.
func markOf(raw []byte) (c textEncoding, rest []byte, marked bool) {
	if rest, marked = bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); marked {
		return textEncoding{}, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\xff\xfe\x00\x00")); marked {
		return utf32le, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\x00\x00\xfe\xff")); marked {
		return utf32be, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\xff\xfe")); marked {
		return utf16le, rest, true
	} else if rest, marked = bytes.CutPrefix(raw, []byte("\xfe\xff")); marked {
		return utf16be, rest, true
	}
	return textEncoding{}, raw, false
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
func unmarkedUTF16(head []byte) (c textEncoding, ok bool) {
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

// easternUTF16 tells UTF-16 without a mark of Chinese, Japanese or Korean: as single bytes it is
// full of control characters, which texts in other encodings do not have, and as UTF-16 it is
// characters of these scripts but for blanks, numbers and a few words.
func easternUTF16(head []byte) (c textEncoding, ok bool) {
	const controls, beyondASCII, eastern, kana = 0.02, 0.2, 0.6, 0.2 // of bytes, of bytes, of characters
	n := float64(len(head))
	if len(head) < leastUTF16 || float64(countControls(head)) < controls*n {
		return c, false
	}
	for _, c := range []textEncoding{utf16le, utf16be} {
		text := c.decode(head[:len(head)/2*2])
		if !isProse(text) || shareOf(text, isEastern) < eastern {
			continue
		}
		if float64(beyond(head)) >= beyondASCII*n || shareOf(text, isKana) >= kana {
			return c, true // pairs of ASCII letters are characters of Chinese, too
		}
	}
	return c, false
}

func isEastern(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || '\u3000' <= r && r <= '\u303f' || '\uff00' <= r && r <= '\uff60'
}

func isKana(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }

// shareOf is the share of characters of a kind.
func shareOf(text []byte, isOne func(rune) bool) float64 {
	n, all := 0, 0
	for _, r := range string(text) {
		if all++; isOne(r) {
			n++
		}
	}
	return float64(n) / float64(max(1, all))
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

// isISO2022JP tells Japanese as mails have it, by its changes of textEncoding with a few
// letters in between. Texts from terminals have such escapes too.
func isISO2022JP(head []byte) bool {
	if !bytes.Contains(head, []byte("\x1b$B")) && !bytes.Contains(head, []byte("\x1b$@")) {
		return false
	}
	text := iso2022jp.decode(head)
	_, letters := countLetters(text)                                  // in UTF-8 of three bytes each
	return letters >= 3*8 && bytes.Count(text, []byte("\uFFFD")) <= 1 // half a letter at the end
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
