package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Some programs put blanks into words, and print the rest of the word over them; where words are
// apart they move on, without a blank. PDFium believes the blanks, so that such a page reads
// "is a boole an expressionthat isevaluate d". On these pages words are told by the room between
// letters.

const (
	// looked is the number of blanks of a page that are looked at.
	looked = 24
	// overprinted is the share of blanks, printed over by the next letter, that makes such a page.
	overprinted = 0.1
	// apart is the room between words at least, in sizes of the letters, beyond what there is
	// between letters. It is 0.2 to 0.35 in print, and was 0.3 in the book in which this was found.
	apart = 0.12
)

// extent is the room that a letter takes, on its line, and its size.
type extent struct{ left, right, height, size float64 }

// extentOf is that of the letter at a place in the text of a page.
func (e *engine) extentOf(page references.FPDF_TEXTPAGE, at int) (b extent, ok bool) {
	if b, ok = e.sidesOf(page, at); ok {
		_, b.height, b.size = e.origin(page, at)
	}
	return b, b.size > 0
}

// sidesOf is the left and the right of a letter alone, which is quicker.
func (e *engine) sidesOf(page references.FPDF_TEXTPAGE, at int) (b extent, ok bool) {
	char, err := e.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: at})
	if err != nil || char.CharIndex < 0 {
		return b, false
	}
	loose, err := e.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: char.CharIndex})
	if err != nil {
		return b, false
	}
	return extent{left: float64(loose.Rect.Left), right: float64(loose.Rect.Right)}, true
}

// room is how far a letter is from the one before, in its size. It is not known, and not ok, of
// letters that do not stand behind each other on one line.
func room(before, after extent) (sizes float64, ok bool) {
	size := math.Max(before.size, after.size)
	sizes = (after.left - before.right) / size
	return sizes, math.Abs(before.height-after.height) < size/2 && sizes > -1 && sizes < 20
}

// byRoom is the lines of a page with words parted by the room between letters, if it has blanks
// inside words; else nil. If that leaves far fewer blanks its fonts tell the room wrongly.
func (e *engine) byRoom(page references.FPDF_TEXTPAGE, lines []printed) []string {
	if !e.hasOverprinted(page, lines) {
		return nil
	}
	parted, before, after, at := make([]string, len(lines)), 0, 0, 0
	for i, l := range lines {
		parted[i] = e.respaced(page, l.text, at)
		before, after = before+strings.Count(l.text, " "), after+strings.Count(parted[i], " ")
		at += len(utf16.Encode([]rune(l.text)))
	}
	if 3*after < 2*before {
		return nil
	}
	return parted
}

// hasOverprinted tells a page with blanks inside words.
func (e *engine) hasOverprinted(page references.FPDF_TEXTPAGE, lines []printed) bool {
	places := blanksIn(lines)
	seen, over := 0, 0
	for i := 0; i < len(places); i += max(1, len(places)/looked) {
		if seen++; e.isOverprinted(page, places[i]) {
			over++
		}
	}
	return over > 0 && float64(over) >= overprinted*float64(seen)
}

// isOverprinted tells a blank between letters that follow each other as in a word, which has room
// that the second is printed over.
func (e *engine) isOverprinted(page references.FPDF_TEXTPAGE, at int) bool {
	blank, ok1 := e.sidesOf(page, at)
	after, ok2 := e.sidesOf(page, at+1)
	if !ok1 || !ok2 || after.left >= blank.right || after.left < blank.left-(blank.right-blank.left) {
		return false // as nearly all
	}
	before, ok1 := e.extentOf(page, at-1)
	blank, ok2 = e.extentOf(page, at)
	after, ok3 := e.extentOf(page, at+1)
	letters, ok4 := room(before, after)
	over, ok5 := room(blank, after)
	return ok1 && ok2 && ok3 && ok4 && ok5 && math.Abs(letters) < apart && over < -apart
}

// blanksIn are the places of single blanks behind words of two letters, in units of UTF-16.
func blanksIn(lines []printed) (places []int) {
	at := 0
	for _, l := range lines {
		units := utf16.Encode([]rune(l.text))
		for i := 2; i+1 < len(units); i++ {
			if units[i] == ' ' && len(wordAt(units[i-2:i])) == 2 && len(wordAt(units[i+1:i+2])) == 1 {
				places = append(places, at+i)
			}
		}
		at += len(units)
	}
	return places
}

// respaced is a line with blanks where there is room. at is where it begins in the text of the page.
// What is between letters of which the room is not known stays.
func (e *engine) respaced(page references.FPDF_TEXTPAGE, line string, at int) string {
	units := utf16.Encode([]rune(line))
	var letters []int
	var rooms []float64 // before each letter but the first; NaN where it is not known
	var before extent
	for i := range units {
		if len(wordAt(units[i:i+1])) == 0 {
			continue
		}
		after, ok := e.extentOf(page, at+i)
		if len(letters) > 0 {
			sizes, known := room(before, after)
			if !ok || !known {
				sizes = math.NaN()
			}
			rooms = append(rooms, sizes)
		}
		letters, before = append(letters, i), after
	}
	return string(utf16.Decode(rejoined(units, letters, rooms)))
}

// rejoined puts blanks between letters that are further apart than letters mostly are.
func rejoined(units []uint16, letters []int, rooms []float64) []uint16 {
	known := slices.DeleteFunc(slices.Clone(rooms), math.IsNaN)
	if len(known) == 0 {
		return units
	}
	slices.Sort(known)
	wide := known[(len(known)-1)/2] + apart
	out := slices.Clone(units[:letters[0]+1])
	for n, i := range letters[1:] {
		between := units[letters[n]+1 : i]
		switch {
		case math.IsNaN(rooms[n]):
			out = append(out, between...)
		case rooms[n] > wide:
			out = append(out, ' ')
		}
		out = append(out, units[i])
	}
	return append(out, units[letters[len(letters)-1]+1:]...)
}
