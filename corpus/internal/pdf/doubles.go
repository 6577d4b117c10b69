package pdf

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// withoutDoubles undoes bold print that is made by printing each letter twice, a little
// apart: "MMuunniicc" is "Munic". It asks where the letters stand only if a line has a word
// of at least three letters that are all doubled, which no language has. at is where the
// line begins in the text of the page.
func (e *engine) withoutDoubles(page references.FPDF_TEXTPAGE, line string, at int) string {
	const fewest = 6
	found := false
	for i, word := range words(line) {
		if len(word) >= fewest && isDoubled(word) {
			if !e.printedTwice(page, at+i) {
				return line
			}
			found = true
			break
		}
	}
	if !found {
		return line
	}
	var out []uint16
	units := utf16.Encode([]rune(line))
	for i := 0; i < len(units); {
		word := wordAt(units[i:])
		switch {
		case len(word) == 0:
			out = append(out, units[i])
			i++
		case isDoubled(word):
			for j := 0; j < len(word); j += 2 {
				out = append(out, word[j])
			}
			i += len(word)
		default:
			out = append(out, word...)
			i += len(word)
		}
	}
	return string(utf16.Decode(out))
}

// words are those of a line, by the place of each in units of UTF-16.
func words(line string) map[int][]uint16 {
	all := map[int][]uint16{}
	units := utf16.Encode([]rune(line))
	for i := 0; i < len(units); {
		word := wordAt(units[i:])
		if len(word) > 0 {
			all[i] = word
		}
		i += max(1, len(word))
	}
	return all
}

func wordAt(units []uint16) []uint16 {
	n := 0
	for n < len(units) && !strings.ContainsRune(" \t\r\n\ufffe", rune(units[n])) {
		n++
	}
	return units[:n]
}

// isDoubled is true of a word of pairs, and not of one letter alone, such as a rule.
func isDoubled(word []uint16) bool {
	if len(word) < 2 || len(word)%2 != 0 {
		return false
	}
	differ := len(word) == 2
	for i := 0; i < len(word); i += 2 {
		if word[i] != word[i+1] {
			return false
		}
		differ = differ || word[i] != word[0]
	}
	return differ
}

// printedTwice tells whether two letters stand at nearly the same place. Letters that are
// narrow are a fifth of their size wide; print in bold moves by a twentieth.
func (e *engine) printedTwice(page references.FPDF_TEXTPAGE, at int) bool {
	const apart = 0.12
	x, y, size := e.origin(page, at)
	x2, y2, _ := e.origin(page, at+1)
	return math.Abs(x-x2) < apart*size && math.Abs(y-y2) < apart*size
}

// origin is where a letter stands, and its size; NaN if that is not known.
func (e *engine) origin(page references.FPDF_TEXTPAGE, at int) (x, y, size float64) {
	char, err := e.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: at})
	if err != nil || char.CharIndex < 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	origin, err := e.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page, Index: char.CharIndex})
	if err != nil {
		return math.NaN(), math.NaN(), math.NaN()
	}
	font, err := e.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: char.CharIndex})
	if err != nil {
		return origin.X, origin.Y, math.NaN()
	}
	return origin.X, origin.Y, font.FontSize
}
