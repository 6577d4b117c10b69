package vectorize

import (
	"regexp"
	"strings"
)

const (
	// DefaultMinLength is the least number of letters and digits in a token unless
	// Options.MinLength says otherwise. Single letters are initials and list marks.
	DefaultMinLength = 2
	// MaxLength is the largest number of bytes in a word: what is longer is encoded
	// data, not a word.
	MaxLength = 100
	// maxAddress is the same of a URL or e-mail address that is kept whole.
	maxAddress = 2000
)

// tokenizer cuts a text and calls emit for each token. The bytes belong to the
// tokenizer, and hold until emit returns.
type tokenizer interface {
	cut(text string, emit func(token []byte))
}

// newTokenizer returns the tokenizer of the options, for texts of a language.
func newTokenizer(o *Options, language string) tokenizer {
	switch {
	case o.TokenPattern != "":
		return patternTokenizer{regexp.MustCompile(o.TokenPattern)}
	case o.Rules == FirstRules:
		return &firstTokenizer{}
	}
	return newWordTokenizer(o, language == "tr")
}

// patternTokenizer finds tokens by a regular expression.
type patternTokenizer struct{ pattern *regexp.Regexp }

func (p patternTokenizer) cut(text string, emit func([]byte)) {
	text = strings.ToLower(text)
	group := min(p.pattern.NumSubexp(), 1)
	for _, match := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
		if from, to := match[2*group], match[2*group+1]; to > from {
			emit([]byte(text[from:to]))
		}
	}
}
