package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A gap is what parts a piece of text from the one before it. Of several gaps that meet,
// the widest stays: a paragraph that ends inside an item that ends is one end.
type gap uint8

const (
	none gap = iota
	blank
	tab
	line
	paragraph
)

var written = [...]string{none: "", blank: " ", tab: "\t", line: "\n", paragraph: "\n\n"}

// prose puts text together in the form that the package promises. Gaps are written only
// when more text follows, so that there is none at either end.
type prose struct {
	out   strings.Builder
	gap   gap
	fresh bool // at the beginning of a cell or an item, where a paragraph is no new one
	lists int  // how many lists we are in
}

// expect makes room for the text of a large file, which would else be copied again and again as it
// grows. That of a small one may be much smaller than the file, and stays in memory as it is.
func (p *prose) expect(size int) {
	if size > 8<<20 {
		p.out.Grow(size)
	}
}

// part says that what follows is parted by g from what was before.
func (p *prose) part(g gap) { p.gap = max(p.gap, g) }

// begin and end stand around a paragraph. The first of a cell or of an item does not leave
// it, and an empty one does not end it.
func (p *prose) begin() {
	if !p.fresh {
		p.part(paragraph)
	}
}

func (p *prose) end() { p.begin() }

// list and endList stand around a list. One inside another continues its lines, even if a
// paragraph has ended before it.
func (p *prose) list() {
	if p.lists++; p.lists == 1 {
		p.begin()
	} else if p.gap == paragraph {
		p.gap = line
	}
}

func (p *prose) endList() {
	if p.lists--; p.lists == 0 {
		p.end()
	}
}

// item and endItem stand around an item of a list, or whatever has a line of its own. The
// gap that its last paragraph left is taken back, for the next line belongs to it.
func (p *prose) item() {
	if !p.fresh {
		p.part(line)
	}
	p.fresh = true
}

func (p *prose) endItem() {
	if !p.fresh {
		p.gap = line
	}
	p.fresh = false
}

// cell and endCell stand around a cell of a table, and endRow behind its cells. An empty
// cell is as if it were not.
func (p *prose) cell() { p.fresh = true }

func (p *prose) endCell() {
	if !p.fresh {
		p.gap = tab
	}
	p.fresh = false
}

func (p *prose) endRow() {
	if p.gap == tab {
		p.gap = line
	}
}

// write adds running text, in which any white space only parts words.
func (p *prose) write(s string) {
	start := -1 // of the word at hand
	for i, r := range s {
		if keep, g := judge(s, i, r); keep {
			if start < 0 {
				start = i
			}
			continue
		} else if start >= 0 {
			p.word(s[start:i])
			start = -1
			p.part(g)
		} else {
			p.part(g)
		}
	}
	if start >= 0 {
		p.word(s[start:])
	}
}

// judge tells whether a character belongs to a word, and what is there if it does not.
// Bytes that are not UTF-8 cost themselves alone.
func judge(s string, i int, r rune) (keep bool, g gap) {
	switch {
	case r > ' ' && r < 0x7f:
		return true, none
	case r == '\u00ad' || r == '\ufeff':
		return false, none
	case r == utf8.RuneError:
		_, size := utf8.DecodeRuneInString(s[i:])
		return size > 1, blank
	case r <= ' ' || unicode.IsSpace(r) || unicode.IsControl(r):
		return false, blank
	}
	return true, none
}

// word adds what has neither white space nor anything else to leave out.
func (p *prose) word(s string) {
	if p.out.Len() > 0 {
		p.out.WriteString(written[p.gap])
	}
	p.out.WriteString(s)
	p.gap, p.fresh = none, false
}

// spaced adds words that do not touch those around.
func (p *prose) spaced(s string) {
	if s == "" {
		return
	}
	p.part(blank)
	p.write(s)
	p.part(blank)
}

// verbatim adds text whose lines are lines and whose empty lines part paragraphs.
func (p *prose) verbatim(s string) {
	ended := false // the line, and nothing came since but blanks
	for l := range strings.Lines(s) {
		text, more := strings.CutSuffix(l, "\n")
		if ended && strings.TrimSpace(text) == "" && more {
			p.part(paragraph)
		}
		p.write(text)
		if more {
			p.part(line)
		}
		ended = more
	}
}

// String is the text so far.
func (p *prose) String() string { return p.out.String() }

// Tidy makes one line of a title or name: any white space is one blank, and soft hyphens are gone.
func Tidy(s string) string {
	var p prose
	p.write(s)
	return p.String()
}

// joined is all texts that are not empty, with a separator between.
func joined(separator string, texts ...string) string {
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	return strings.Join(some, separator)
}
