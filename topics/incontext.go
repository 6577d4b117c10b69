package topics

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	uax29 "github.com/clipperhouse/uax29/v2/words"
	"klew/vectorize"
)

// InContext is a word where it stands in a document.
type InContext struct {
	// Document is its number, and Row that of the term that the word is a form of.
	Document, Row int
	// Word is as it stands in the text, and Before and After the words around it, with white
	// space made single blanks.
	Before, Word, After string
	// Topic is that of which the word most probably is there, with its probability Share
	// (TokenShares); -1 if no topic of the document has the term.
	Topic int
	Share float64
}

// Concordance finds terms in texts, whatever their form, with the words around them. It is for
// one goroutine at a time.
type Concordance struct {
	model   *Model
	cutter  *vectorize.Cutter
	rows    []int
	context int
}

// NewConcordance prepares to find the terms of some rows of the vocabulary, with so many words
// on either side.
func NewConcordance(m *Model, rows []int, context int) (*Concordance, error) {
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	if err != nil {
		return nil, err
	}
	return &Concordance{m, cutter, rows, context}, nil
}

// Find finds the terms in the text of document j, in the order in which they stand.
func (c *Concordance) Find(j int, text string) (found []InContext) {
	wanted := func(row int32) bool { return slices.Contains(c.rows, int(row)) }
	if !slices.ContainsFunc(c.cutter.Rows(text), wanted) {
		return nil
	}
	tokens := slices.DeleteFunc(c.cutter.Tokens(text), func(t vectorize.Token) bool { return !wanted(t.Row) })
	slices.SortStableFunc(tokens, func(a, b vectorize.Token) int { return a.From - b.From })
	for _, t := range tokens {
		x := InContext{
			Document: j, Row: int(t.Row), Topic: -1,
			Before: lastWords(text[:t.From], c.context), Word: oneBlank(text[t.From:t.To]), After: firstWords(text[t.To:], c.context),
		}
		for k, share := range c.model.sharesOf(t.Row, &c.model.Fitted().DocumentTopics, j) {
			if share > x.Share {
				x.Topic, x.Share = k, share
			}
		}
		found = append(found, x)
	}
	return found
}

// widestWord is the number of bytes that are looked at for each word of a context: what is
// longer is no word that anyone reads.
const widestWord = 64

// firstWords is the beginning of a text up to so many words, as UAX #29 has them: of scripts
// without blanks each character is one.
func firstWords(text string, n int) string {
	text = strings.ToValidUTF8(text[:min(len(text), n*widestWord)], "")
	end, count := 0, 0
	for w := uax29.FromString(text); count < n && w.Next(); {
		if end = w.End(); isWord(w.Value()) {
			count++
		}
	}
	if rest := text[end:]; rest != "" && !startsWord(rest) { // with the full stop behind the last
		end += strings.IndexFunc(rest+" ", unicode.IsSpace)
	}
	return oneBlank(text[:min(end, len(text))])
}

// lastWords is the end of a text from so many words on.
func lastWords(text string, n int) string {
	from := max(0, len(text)-n*widestWord)
	text = strings.ToValidUTF8(text[from:], "")
	var starts []int
	for w := uax29.FromString(text); w.Next(); {
		if isWord(w.Value()) {
			starts = append(starts, w.Start())
		}
	}
	switch {
	case n == 0 || len(starts) == 0:
		return ""
	case len(starts) > n:
		return oneBlank(text[starts[len(starts)-n]:])
	}
	return oneBlank(text)
}

func isWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// startsWord says whether a text begins with a blank, or with what may be a word of its own.
func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsSpace(r) || isWord(string(r))
}

// oneBlank is a text with single blanks in the place of white space.
func oneBlank(text string) string { return strings.Join(strings.Fields(text), " ") }
