package corpus

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Boilerplate
//
// Footers, disclaimers and the heads of newsletters stand in many documents word for word, and
// their words become the keywords of topics. The lines of each document, and the sentences of
// long lines, are counted wherever they stand. What stands in at least five documents and a
// twentieth of all is boilerplate, if it has three words or more and is no code. Lines that differ in
// numbers alone, as dates and pages make them, are one. A document that is nothing but
// one line or sentence takes no part, and none is left out as a whole.

// The values of Options.Boilerplate.
const (
	// BoilerplateKeep keeps it, and notes it in the ledger.
	BoilerplateKeep = "keep"
	// BoilerplateDrop leaves it out. The documents are read twice for that.
	BoilerplateDrop = "drop"
)

// Boilerplates are the values of Options.Boilerplate.
var Boilerplates = []string{BoilerplateKeep, BoilerplateDrop}

const (
	boilerplateWords = 3
	boilerplateLeast = 5
	boilerplateShare = 0.05
	boilerplateTold  = 20 // lines that the ledger names
)

var numbers = regexp.MustCompile(`[0-9][0-9.,]*`)

// excerptOf is enough of a passage to know it again.
func excerptOf(text string) string {
	const most = 80
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// hasWords is true of a text with so many runs of letters, one less if it has two numbers, as Page 3 of 7
// has. In scripts without blanks between words two letters count as a word.
func hasWords(text string, least int) bool {
	words, dense, inside := 0, 0, false
	if len(numbers.FindAllStringIndex(text, 2)) == 2 {
		words = 1
	}
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		if letter && !inside {
			words++
		}
		if letter && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			dense++
		}
		inside = letter
	}
	return words+dense/2 >= least
}

// codeShare is the share of pieces between blanks that are signs of programs, which makes code of a
// line. Programs repeat themselves line by line, and are not texts with a footer: of "if err != nil {"
// it is two fifths. The licences in their heads are boilerplate.
const codeShare = 0.25

// isCode tells a line of a program, or a rule or a menu made of its signs.
func isCode(text string) bool {
	pieces, signs := 0, 0
	for piece := range strings.FieldsSeq(text) {
		pieces++
		inside := strings.Trim(piece, "()|<>*.,;:'\"")
		switch {
		case strings.Contains(piece, "://") || strings.Contains(piece, "@"): // an address
		case strings.Contains(piece, "/") && strings.Trim(piece, "\"'") != piece, // "math/rand"
			strings.ContainsAny(piece, "={}[]$\\`"), strings.ContainsAny(inside, "()_<>|"), strings.Contains(piece, "::"), strings.Contains(piece, "()"):
			signs++
		}
	}
	return signs > 0 && float64(signs) >= codeShare*float64(pieces)
}

// findBoilerplate reads all documents for what they share.
func (c *Corpus) findBoilerplate(ctx context.Context) map[uint64]*sharing {
	c.begin()
	all := newShared()
	for b := range c.batches(ctx) {
		all.addAll(&b)
	}
	found := all.boilerplate()
	for _, this := range found {
		this.documents = 0 // and those are counted from which it is left out
	}
	return found
}

// dropBoilerplate leaves passages out of a text, unless nothing would be left. Documents are
// counted once for each passage.
func (r *run) dropBoilerplate(text string) string {
	var left strings.Builder
	var out []*sharing
	at := 0
	eachPassage(text, func(from, to int) {
		if this := r.drop[passageHash(text[from:to])]; this != nil {
			left.WriteString(text[at:from])
			at, out = to, append(out, this)
		}
	})
	left.WriteString(text[at:])
	r.number++
	if at == 0 || strings.TrimSpace(left.String()) == "" {
		return text
	}
	for _, this := range out {
		if this.last != r.number {
			this.last = r.number
			this.documents++
		}
	}
	return left.String()
}
