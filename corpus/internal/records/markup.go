package records

import (
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

var entity = regexp.MustCompile(`&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});`)

// FirstTag is the first tag of a text that is found in prose, or empty.
func FirstTag(text string) string { return tag.FindString(text) }

// FirstEntity is the first entity of HTML in a text, such as &amp;, or empty.
func FirstEntity(text string) string { return entity.FindString(text) }

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
			if FirstTag(cell) != "" {
				tags++
			}
			if FirstEntity(cell) != "" {
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
