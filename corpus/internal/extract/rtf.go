package extract

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf16"
)

// RTF reads the Rich Text Format: groups in braces, control words behind backslashes, and
// text between. Its notes follow behind its text.
//
//	{\rtf1\ansi\ansicpg1252 {\fonttbl{\f0\fcharset0 Arial;}} {\info{\title A title}}
//	\pard caf\'e9, \u945?lpha\par }
//
// A group that begins with \* is for those who know the word behind it; all others pass
// it over, as this reader does with nearly all of them. Text is in the code page of its
// font. Behind \u come characters for readers without Unicode, which are passed over.
func RTF(raw []byte, limit int64) (Text, error) {
	if raw = raw[max(0, bytes.Index(raw[:min(len(raw), maxBefore)], []byte(`{\rtf`))):]; !bytes.HasPrefix(raw, []byte(`{\rtf`)) {
		return Text{}, errors.New(`it does not begin as RTF does, with {\rtf`)
	}
	if int64(len(raw)) > limit {
		return Text{}, TooMuch(limit)
	}
	r := rtfReader{raw: raw, fonts: map[int]int{}, codePage: 1252}
	r.rtfState = rtfState{to: toBody, fallback: 1}
	if err := r.read(); err != nil {
		return Text{}, err
	}
	t := Text{Repair: r.unclosed(), Body: joined("\n\n", r.body.String(), r.notes.String())}
	t.Title, t.Author, t.Date = r.title.String(), r.author.String(), r.date()
	if t.Body == "" && t.Repair != "" {
		return t, errors.New("it is cut off before its text")
	}
	return whole(t)
}

// maxBefore is how many bytes may stand in front of the first mark.
const maxBefore = 1024

// A destination is where the text of a group goes.
type destination uint8

const (
	toNowhere destination = iota
	toBody
	toNotes
	toFonts
	toInfo
	toTitle
	toAuthor
	toDate
)

// rtfState is what ends with a group.
type rtfState struct {
	to       destination
	outer    destination // of a group with a text in two encodings, of which one is read
	fallback int         // how many characters follow \u for readers without Unicode
	font     int
	hidden   bool // by the font's style
	deleted  bool // by a tracked change
	inTable  bool
	inList   bool
	heading  bool // which may be numbered like the items of a list, but is none
}

type rtfReader struct {
	rtfState
	raw         []byte
	at          int
	groups      []rtfState  // those around
	starred     bool        // the last was \*
	passing     int         // how many characters are still to be passed over behind \u
	high        rune        // the first half of a character in UTF-16
	run         []byte      // text that is not yet decoded
	fonts       map[int]int // their code pages
	codePage    int         // of the document
	defaultFont int
	body, notes prose
	title       prose
	author      prose
	created     [5]int // year, month, day, hour, minute
	table, list bool   // the last text was in one
}

func (r *rtfReader) read() error {
	for r.at < len(r.raw) {
		c := r.raw[r.at]
		r.at++
		switch c {
		case '{':
			r.flush()
			if len(r.groups) >= deepest {
				return errTooDeep()
			}
			r.groups = append(r.groups, r.rtfState)
			r.passing = 0
		case '}':
			r.flush()
			r.passing = 0
			r.rtfState = r.groups[len(r.groups)-1]
			if r.groups = r.groups[:len(r.groups)-1]; len(r.groups) == 0 {
				return nil
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.byte(c)
		}
	}
	r.flush()
	return nil
}

// unclosed says that a document was cut off, or that a program forgot its last brace.
func (r *rtfReader) unclosed() string {
	if len(r.groups) == 0 {
		return ""
	}
	return fmt.Sprintf("its end is missing: %d of its groups have none", len(r.groups))
}

// byte takes one byte of text.
func (r *rtfReader) byte(c byte) {
	r.starred = false
	if r.passing > 0 {
		r.passing--
		return
	}
	r.run = append(r.run, c)
}

// flush decodes what text has come.
func (r *rtfReader) flush() {
	r.starred = false
	if len(r.run) == 0 {
		return
	}
	page, known := r.fonts[r.font]
	if !known {
		page = r.codePage
	}
	if text, ok := decodePage(r.run, page); ok {
		r.write(text)
	}
	r.run = r.run[:0]
}

// write takes text to where the group's text goes.
func (r *rtfReader) write(s string) {
	switch out := r.out(); {
	case out == nil || r.hidden || r.deleted:
	case r.to == toBody:
		r.enter(out)
		out.write(s)
	default:
		out.write(s)
	}
}

func (r *rtfReader) out() *prose {
	switch r.to {
	case toBody:
		return &r.body
	case toNotes:
		return &r.notes
	case toTitle:
		return &r.title
	case toAuthor:
		return &r.author
	}
	return nil
}

// enter sets off tables and lists. In RTF they have no beginning and no end: each
// paragraph says whether it is of one.
func (r *rtfReader) enter(out *prose) {
	item := r.inList && !r.heading
	switch {
	case r.table != r.inTable:
		out.part(paragraph)
	case r.list && item && out.gap == paragraph:
		out.gap = line
	}
	r.table, r.list = r.inTable, item
}

// part is for control words that part text.
func (r *rtfReader) part(g gap) {
	if out := r.out(); out != nil && !r.deleted {
		out.part(g)
	}
}

// control reads what is behind a backslash.
func (r *rtfReader) control() {
	if r.at == len(r.raw) {
		return
	}
	c := r.raw[r.at]
	if c|0x20 >= 'a' && c|0x20 <= 'z' {
		star := r.starred
		r.flush()
		name, n, given := r.word()
		r.starred = false
		r.obey(name, n, given, star)
		return
	}
	r.at++
	switch c {
	case '\'':
		r.hex()
	case '\\', '{', '}':
		r.byte(c)
	case '*':
		r.flush()
		r.starred = true
	case '~':
		r.byte(' ')
	case '_':
		r.byte('-')
	case '\r', '\n':
		r.flush()
		r.part(paragraph)
	}
}

// hex reads \'e9, one byte.
func (r *rtfReader) hex() {
	if r.at+2 > len(r.raw) {
		r.at = len(r.raw)
		return
	}
	high, low := hexDigit(r.raw[r.at]), hexDigit(r.raw[r.at+1])
	if high < 0 || low < 0 {
		return
	}
	r.at += 2
	r.byte(byte(high<<4 | low))
}

func hexDigit(c byte) int { return bytes.IndexByte([]byte("0123456789abcdef"), c|0x20) }

// word reads a control word with its number and the blank that ends it.
func (r *rtfReader) word() (name string, n int, given bool) {
	start := r.at
	for r.at < len(r.raw) && r.raw[r.at]|0x20 >= 'a' && r.raw[r.at]|0x20 <= 'z' {
		r.at++
	}
	name = string(r.raw[start:min(r.at, start+32)])
	negative := r.at+1 < len(r.raw) && r.raw[r.at] == '-' && isDigit(r.raw[r.at+1])
	if negative {
		r.at++
	}
	for ; r.at < len(r.raw) && isDigit(r.raw[r.at]); r.at++ {
		n, given = min(n*10+int(r.raw[r.at]-'0'), 1<<27), true
	}
	if r.at < len(r.raw) && r.raw[r.at] == ' ' {
		r.at++
	}
	if negative {
		n = -n
	}
	return name, n, given
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// unicode takes \u945, which is one unit of UTF-16: a character beyond 65,535 comes as two.
func (r *rtfReader) unicode(n int) {
	c := rune(uint16(n))
	r.passing = max(0, r.fallback)
	if c >= 0xd800 && c < 0xdc00 {
		r.high = c
		return
	}
	if utf16.IsSurrogate(c) {
		c = utf16.DecodeRune(r.high, c)
	}
	r.high = 0
	r.write(string(c))
}

// date is when the document was made, in ISO 8601.
func (r *rtfReader) date() string {
	c := r.created
	if c[0] == 0 || c[1] == 0 || c[2] == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d", c[0], c[1], c[2], c[3], c[4])
}
