// Package extract finds the text inside documents that are more than text: HTML,
// Markdown, DOCX, ODT, EPUB and RTF. PDF, whose engine is large, has a room of its own.
//
// Every function takes the bytes of a whole file and returns its prose: what a reader of
// the document would read aloud. Left out is what stands around it and would make topics
// of its own: navigation, controls, scripts, styles, hidden and deleted text, page
// headers and footers, comments of reviewers, marks of notes. Kept are headings, lists,
// tables, quotations, notes (behind the text that they belong to) and what pictures say
// for themselves in place of being seen.
//
// The form of the text is the same whatever it came from:
//
//   - Paragraphs, headings, lists and tables are parted by an empty line.
//   - An item of a list, a row of a table, a verse has a line of its own.
//   - Cells of a row are parted by a tab. Any other white space is one blank.
//   - Soft hyphens, which only propose where a word may be broken, are gone.
//
// Documents are not to be trusted. Whatever the bytes are, a function returns: with a
// text, or with an error that says what is wrong. What is packed inside is unpacked only
// as far as the limit, nesting is followed only so deep, entities that a document
// defines for itself are not expanded, and no other file is ever opened.
package extract

import (
	"errors"
	"fmt"
)

// Text is what was found in a document.
type Text struct {
	// Body is valid UTF-8. It is never empty where there is no error.
	Body string
	// Title, Author and Language are as the document says, or empty. Several authors are
	// parted by a semicolon.
	Title, Author, Language string
	// Date is as it is written there, or empty; where the format has a notation of its
	// own, as PDF and RTF do, it is turned into ISO 8601.
	Date string
	// Repair says what of the document is broken, where the rest could be read; and LeftOut
	// what of its text was left out, though it can be read aloud. Both are mostly empty.
	Repair, LeftOut string
}

// The errors that a caller may want to count apart. They come wrapped, with more words.
var (
	// ErrEncrypted is of a document that asks for a password.
	ErrEncrypted = errors.New("encrypted")
	// ErrNoText is of a document that can be read but has no text, such as a scanned page.
	ErrNoText = errors.New("no text in it")
	// ErrLimit is of a document that unpacks to more than the limit, or is nested too deep.
	ErrLimit = errors.New("too large inside")
)

// deepest is how deep the parts of a document may be nested in each other. The deepest
// that word processors write is below 100; pages of HTML have been seen with 400.
const deepest = 1000

// TooMuch is the error of a document that unpacks to more than the limit.
func TooMuch(limit int64) error {
	return fmt.Errorf("%w: it unpacks to more than the limit of %s", ErrLimit, amount(limit))
}

// amount is a number of bytes for people.
func amount(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}

func errTooDeep() error {
	return fmt.Errorf("%w: its parts are nested more than %d deep", ErrLimit, deepest)
}

// whole returns the text, or the error that there is none.
func whole(t Text) (Text, error) {
	if t.Body == "" {
		return t, ErrNoText
	}
	return t, nil
}
