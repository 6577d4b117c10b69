package corpus

import (
	"html"
	"regexp"
	"strings"

	"klew/corpus/internal/records"
)

// Plain texts that were taken from pages of the web often keep some of their markup: <br />
// between the sentences of a review, &amp; in a post. Counted, br and amp are among the most
// frequent words of such texts. A text that tells how to write HTML loses its examples.

// Tags that end a word, and those that may stand within one.
var (
	blockTag  = regexp.MustCompile(`<(?i:/?(?:p|div|li|ul|ol|td|tr|table|h[1-6]|blockquote|pre|br|hr|img)(?:\s[^<>]*)?/?)>`)
	inlineTag = regexp.MustCompile(`<(?i:/?(?:a|b|i|em|strong|span|code|font|sub|sup|u|small)(?:\s[^<>]*)?)>`)
)

// withoutLeftMarkup takes tags of prose out of a plain text, and reads entities as what they stand
// for. What was the first of them is noted.
func (t *decoded) withoutLeftMarkup() {
	first := records.FirstTag(t.text)
	if first != "" {
		t.text = inlineTag.ReplaceAllString(blockTag.ReplaceAllString(t.text, " "), "")
	}
	if entity := records.FirstEntity(t.text); entity != "" {
		t.text = html.UnescapeString(t.text)
		if first == "" {
			first = entity
		}
	}
	if first != "" {
		t.repairs = append(t.repairs, Entry{Note: true, Reason: LeftMarkup, Detail: strings.TrimSpace(first)})
	}
}
