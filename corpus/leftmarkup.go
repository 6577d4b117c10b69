package corpus

import (
	"regexp"

	"klew/corpus/internal/records"
)

// Plain texts that were taken from pages of the web often keep some of their markup: <br />
// between the sentences of a review, &amp; in a post. Counted, br and amp are among the most
// frequent words of such texts. A text that tells how to write HTML loses its examples.

// Tags that end a word, and those that may stand within one. What stands behind the name of a tag are
// attributes, name="value": a<b and c>d is none.
const (
	blockNames  = `p|div|li|ul|ol|dl|dt|dd|td|th|tr|table|tbody|thead|h[1-6]|blockquote|pre|br|hr|img|title|sec|section|article`
	inlineNames = `a|b|i|em|strong|span|code|font|sub|sup|u|s|small|big|tt|italic|bold|abbr|cite`
	attributes  = `(?:\s+[a-zA-Z][\w:-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?`
)

var (
	// leftTag is one that is no sign of anything else: an end, or one that stands alone.
	leftTag   = regexp.MustCompile(`<(?i:/(?:` + blockNames + `|` + inlineNames + `)\s*|(?:br|hr|p|img)` + attributes + `)>`)
	blockTag  = regexp.MustCompile(`<(?i:/?(?:` + blockNames + `)` + attributes + `)>`)
	inlineTag = regexp.MustCompile(`<(?i:/?(?:` + inlineNames + `)` + attributes + `)>`)
	// unreadable is what no page shows.
	unreadable = regexp.MustCompile(`(?is)<script\b[^<>]*>.*?</script>|<style\b[^<>]*>.*?</style>|<!--.*?-->`)
)

// withoutLeftMarkup reads the entities of a plain text as what they stand for, and takes out tags of
// prose. What was the first of them is noted.
func (t *decoded) withoutLeftMarkup() {
	text, first := records.WithoutEntities(t.text)
	if tag := leftTag.FindString(text); tag != "" {
		text = blockTag.ReplaceAllString(unreadable.ReplaceAllString(text, " "), " ")
		text, first = inlineTag.ReplaceAllString(text, ""), tag
	}
	if first != "" {
		t.text = t.polish(text) // entities may stand for what a text does not have
		t.repairs = append(t.repairs, Entry{Note: true, Reason: LeftMarkup, Detail: first})
	}
}
