package vectorize

// Token is a token where it stands in a text.
type Token struct {
	// Row is that of its term in the vocabulary, or one of the constants below.
	Row int32
	// From and To are the bytes of the text between which it stands. In scripts without
	// blanks, and with n-grams, a token begins before the one before it has ended.
	From, To int
}

// What Token.Row is of a token that is no term of the vocabulary.
const (
	// NotListed is counted as unknown: the vocabulary does not hold it.
	NotListed int32 = -1 - iota
	// IsStopWord and IsShort are left out, as Dropped has it.
	IsStopWord
	IsShort
)

// Tokens returns the tokens of a text that Rows returns the rows of, in the same order, with
// the places where they stand. A phrase, and an n-gram, stands from its first word to its
// last. The text is cut twice, which is no matter for the few that are looked at.
func (c *Cutter) Tokens(text string) []Token {
	l := c.cut(text)
	spans := c.spans(text, l)
	rows := c.sequenceRows()
	tokens := make([]Token, 0, len(rows))
	eachRun(c.tally.options.NGrams, len(spans), func(first, last int) {
		tokens = append(tokens, Token{rows[len(tokens)], spans[first].from, spans[last].to})
	})
	return tokens
}

// LeftOut returns the tokens of a text that are not counted, in their order: stop words, and
// what is too short once it is mended. What the tokenizer passes over is no token: numbers,
// single letters, URLs and the like, unless Options keep them.
func (c *Cutter) LeftOut(text string) []Token {
	l := c.cut(text)
	var left []Token
	c.eachForm(text, l, func(form int32, from, to int) {
		if form >= 0 {
			return
		}
		row := IsStopWord
		if c.tally.forms[^form].term == tooShort {
			row = IsShort
		}
		left = append(left, Token{row, from, to})
	})
	return left
}

// span is a form where it stands.
type span struct {
	form     int32
	from, to int
}

// spans are the places of the forms of the sequence that a text has been cut into.
func (c *Cutter) spans(text string, l *lexicon) []span {
	var all []span
	c.eachForm(text, l, func(form int32, from, to int) {
		if form >= 0 {
			all = append(all, span{form, from, to})
		}
	})
	// Where a form is not that of the sequence, a phrase is, of two: only phrases are
	// forms that no token has.
	joined := all[:0]
	for i := 0; i < len(all); i++ {
		s := all[i]
		if s.form != c.tally.sequence[len(joined)] {
			i++
			s.to = all[i].to
		}
		joined = append(joined, s)
	}
	return joined
}

// eachForm cuts a text again, of which all words are known by now.
func (c *Cutter) eachForm(text string, l *lexicon, do func(form int32, from, to int)) {
	l.tokens.cut(text, func(token []byte) {
		from, to := l.tokens.at(text)
		do(l.lookUp(token, c.tally.newWord), from, to)
	})
}

// eachRun calls do for the first and the last of each n-gram of a sequence, in the order
// of tally.eachTerm.
func eachRun(ngrams Range, length int, do func(first, last int)) {
	for n := ngrams.From; n <= min(ngrams.To, length); n++ {
		for i := range length - n + 1 {
			do(i, i+n-1)
		}
	}
}
