package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"klew/corpus/internal/extract"
)

// gap is what parts a line from the one before it; of several that meet the widest stays.
type gap string

const (
	line      gap = "\n"
	paragraph gap = "\n\n"
)

// body is the text so far, and the gap before what follows.
type body struct {
	strings.Builder
	gap gap
}

// add adds a line. One that has nothing to read in it leaves only its gap.
func (b *body) add(g gap, text string) {
	b.gap = max(b.gap, g)
	if text == "" {
		return
	}
	if b.Len() > 0 {
		b.WriteString(string(b.gap))
	}
	b.WriteString(text)
	b.gap = ""
}

// printed is a line as it stands on a page. What is not known of it is NaN.
type printed struct {
	text   string
	broken bool    // it ends with a hyphen that PDFium takes for the break of a word
	height float64 // above the foot of the page, in points
	size   float64 // of its first letter, in points
	gone   bool    // it repeats on every page
}

// addPage adds the text of a page to that of the pages before, with the lines that repeat
// on every page if all is set.
func (b *body) addPage(p page, all bool) {
	last := printed{height: math.NaN()}
	for _, l := range p.lines {
		if l.gone && !all || strings.TrimSpace(l.text) == "" {
			continue
		}
		text := extract.Tidy(strings.TrimRight(l.text, "\ufffe"))
		if l.broken {
			text += "-"
		}
		b.add(between(b.String(), last, l, p.usual), text)
		last = l
	}
}

// printedLines cuts the text of a page into lines. Where PDFium takes a hyphen at a line
// end for the break of a word it has joined the lines, and has put U+FFFE there, a character
// that is none. It does so in front of capitals and numbers too: Mend is more careful, and
// gets the hyphen and the line end back.
func printedLines(text string) (lines []printed) {
	for start := 0; start < len(text); {
		end := strings.IndexAny(text[start:], "\n\ufffe")
		if end < 0 {
			end = len(text) - 1 - start
		}
		_, size := utf8.DecodeRuneInString(text[start+end:])
		l := text[start : start+end+size]
		start += len(l)
		soft := strings.HasSuffix(strings.TrimRight(l, "\r\n "), "\u00ad")
		joined := strings.HasSuffix(l, "\ufffe")
		lines = append(lines, printed{text: l, broken: soft || joined})
	}
	return lines
}

// between is what parts a line from the last one and all text before: it depends on how
// far down it is, in points, and on how far that is usually. In tables, and where a line
// is set in pieces, the step is about 0; at the top of a column it is negative, and at
// the top of a page unknown.
func between(before string, last, l printed, usual float64) gap {
	// Word processors set lines 1.15 to 1.2 times their letters' size apart, and another 0.4
	// to 1 line between paragraphs.
	const wide, leading = 1.25, 1.2
	step, size := last.height-l.height, min(last.size, l.size)
	if size > 0 {
		usual = max(usual, leading*size) // in a title of large letters
	}
	switch {
	case step > wide*usual:
		return paragraph
	case step > -usual/2, goesOn(before, l.text):
		return line
	}
	return paragraph
}

// goesOn tells whether a sentence goes on at the top of a page or a column.
func goesOn(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(after))
	return (unicode.IsLetter(last) || strings.ContainsRune(",-", last)) && unicode.IsLower(first)
}

// measure asks where the lines are, and mends words that are printed twice, or over blanks.
func (e *engine) measure(page references.FPDF_TEXTPAGE, lines []printed) {
	at := 0 // in units of UTF-16, in which PDFium counts
	for i, l := range lines {
		blanks := len(l.text) - len(strings.TrimLeft(l.text, " \r\n"))
		_, lines[i].height, lines[i].size = e.origin(page, at+blanks)
		lines[i].text = e.withoutDoubles(page, l.text, at)
		for _, r := range l.text {
			at += max(1, utf16.RuneLen(r))
		}
	}
}

// usualStep is the median of the steps down from one line to the next.
func usualStep(lines []printed) float64 {
	var steps []float64
	for i := 1; i < len(lines); i++ {
		if step := lines[i-1].height - lines[i].height; step > 1 {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return math.Inf(1)
	}
	slices.Sort(steps)
	return steps[(len(steps)-1)/2]
}
