package records

import (
	"html"
	"regexp"
)

// Markup is what the cells of a text column have beside words.
type Markup uint8

const (
	Plain    Markup = iota
	Entities        // &amp; and the like, as web services write them
	Tags            // of HTML, or of XML for prose such as JATS
)

// tag is one that is found in prose, and ends or stands alone: a text on programs may well have
// <String> in it.
var tag = regexp.MustCompile(`<(?i:/(?:[a-z]+:)?(?:p|div|a|b|i|em|strong|span|li|ul|ol|td|tr|table|h[1-6]|blockquote|pre|code|font|sub|sup|u|small|title|sec|italic|bold)|(?:br|hr|p|img)(?: [^<>]*)?/?)>`)

// entity is one with its semicolon: &section in the address of a page is none, though HTML has &sect.
var entity = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});`)

// WithoutEntities is a text with the entities of HTML read as what they stand for, also those that were
// written twice (&amp;lt;), and the first of them; empty if there is none.
func WithoutEntities(text string) (read, first string) {
	const twice = 2
	for range twice {
		text = entity.ReplaceAllStringFunc(text, func(found string) string {
			meant := html.UnescapeString(found)
			if first == "" && meant != found {
				first = found
			}
			return meant
		})
	}
	return text, first
}

// leastMarked is the share of cells with tags from which a column is marked up. Of film reviews of
// the web a half has some, of questions to programmers all, of tweets none.
const leastMarked = 0.05

// markupOf judges the text columns of a table.
func (l *Layout) markupOf(sample [][]string) Markup {
	tags, entities, filled := 0, 0, 0
	for _, i := range l.text {
		eachCell(sample, i, func(cell string) {
			if cell == "" {
				return
			}
			filled++
			cell = cell[:min(len(cell), 16*SampleValue)]
			if tag.MatchString(cell) {
				tags++
			}
			if _, found := WithoutEntities(cell); found != "" {
				entities++
			}
		})
	}
	switch {
	case tags > 0 && float64(tags) >= leastMarked*float64(filled):
		return Tags
	case entities > 0:
		return Entities
	}
	return Plain
}

// isNull is true of a text that programs write where there is none. A person may well write
// "none", or "NA".
func isNull(text string) bool {
	switch text {
	case "NULL", "NaN", "nan", "null", "<NA>", "(null)", "#N/A", "#REF!", "#VALUE!", "#NAME?", `\N`:
		return true
	}
	return false
}
