package vectorize

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// defaultMinLength is the least number of letters and digits in a token unless
	// Options.MinLength says otherwise. Single letters are initials and list marks.
	defaultMinLength = 2
	// MaxLength is the largest number of bytes in a word: what is longer is encoded
	// data, not a word.
	MaxLength = 100
	// maxAddress is the same of a URL or e-mail address that is kept whole.
	maxAddress = 2000
)

// tokenizer cuts a text and calls emit for each token. The bytes belong to the
// tokenizer, and hold until emit returns; until then at says where in the text the token
// stands. Counting never asks, and pays for it with two numbers that are stored.
type tokenizer interface {
	cut(text string, emit func(token []byte))
	at(text string) (from, to int)
}

// newTokenizer returns the tokenizer of the options, for texts of a language.
func newTokenizer(o *Options, language string) tokenizer {
	switch {
	case o.TokenPattern != "":
		return &patternTokenizer{pattern: regexp.MustCompile(o.TokenPattern)}
	case o.Rules == FirstRules:
		return &firstTokenizer{}
	}
	return newWordTokenizer(o, language == "tr")
}

// patternTokenizer finds tokens by a regular expression.
type patternTokenizer struct {
	pattern      *regexp.Regexp
	from, to     int // of the token, in the text in lower case
	lower, typed int // one place in the text in lower case, and as it is
}

func (p *patternTokenizer) cut(text string, emit func([]byte)) {
	text = strings.ToLower(text)
	p.lower, p.typed = 0, 0
	group := min(p.pattern.NumSubexp(), 1)
	for _, match := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
		if from, to := match[2*group], match[2*group+1]; to > from {
			p.from, p.to = from, to
			emit([]byte(text[from:to]))
		}
	}
}

func (p *patternTokenizer) at(text string) (from, to int) {
	return p.place(text, p.from), p.place(text, p.to)
}

// place is where in a text the place is that it has in lower case, where some letters take
// more bytes (Ⱥ) and some fewer (İ). Places are asked for in their order.
func (p *patternTokenizer) place(text string, lower int) int {
	for p.lower < lower {
		r, size := utf8.DecodeRuneInString(text[p.typed:])
		p.lower += utf8.RuneLen(unicode.ToLower(r))
		p.typed += size
	}
	return p.typed
}
