package vectorize

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"klew/corpus"
)

// tally counts the documents that one goroutine is given. Terms have numbers of its
// own, in the order in which it meets them; merge brings several tallies together.
type tally struct {
	options   *Options
	stopWords map[string]bool
	tokens    tokenizer

	words  map[string]int32 // token to its form
	recent [recentWords]recentWord
	grams  map[string]int32 // n-gram of forms to its form
	forms  []tallyForm
	names  map[string]int32 // stem to its term
	terms  []tallyTerm

	documents []tallyDocument
	entries   []entry

	sequence []int32 // the forms of the document at hand
	gram     []byte
	keys     []uint64
}

// tallyForm is a token, or an n-gram of them.
type tallyForm struct {
	text  string // as it would be shown
	term  int32  // or one of the reasons below
	count int
}

// Why a token is no term.
const (
	stopWord int32 = -1 - iota
	tooShort
)

type tallyTerm struct {
	stem  string
	df    int
	count int
	entry int // the last one
}

// entry is a term's count in a document.
type entry struct{ term, count int32 }

type tallyDocument struct {
	number   int
	from, to int // of entries
	tokens   int // without stop words
}

func newTally(o *Options, stopWords map[string]bool) *tally {
	return &tally{
		options:   o,
		stopWords: stopWords,
		tokens:    newTokenizer(o.TokenPattern),
		words:     map[string]int32{},
		grams:     map[string]int32{},
		names:     map[string]int32{},
	}
}

// add counts a document.
func (t *tally) add(number int, d corpus.Document) {
	document := tallyDocument{number: number, from: len(t.entries)}
	t.sequence = t.sequence[:0]
	t.tokens.cut(d.Text, func(token []byte) {
		form := t.lookUp(token)
		if t.forms[form].term >= 0 {
			t.sequence = append(t.sequence, form)
		} else {
			t.forms[form].count++
		}
	})
	ngrams := t.options.NGrams
	if ngrams.From == 1 {
		for _, form := range t.sequence {
			t.count(form, document.from)
		}
		document.tokens += len(t.sequence)
	}
	for n := max(ngrams.From, 2); n <= min(ngrams.To, len(t.sequence)); n++ {
		for i := range len(t.sequence) - n + 1 {
			form := t.gramOf(t.sequence[i : i+n])
			t.count(form, document.from)
			document.tokens++
		}
	}
	document.to = len(t.entries)
	t.documents = append(t.documents, document)
}

// recentWords is the size of a table of short words that came up lately, by their
// hash. Most tokens are found there, within the processor's nearest memory; the map of
// all words is far larger.
const recentWords = 1 << 13

// recentWord holds a word of at most 15 bytes itself, filled up with zeros, and its
// length: it is compared as two numbers.
type recentWord struct {
	first, second uint64
	form          int32
}

// lookUp returns the form of a token.
func (t *tally) lookUp(token []byte) int32 {
	var word [16]byte
	if len(token) >= len(word) {
		return t.find(token)
	}
	copy(word[:], token)
	word[len(word)-1] = byte(len(token))
	first, second := binary.LittleEndian.Uint64(word[:8]), binary.LittleEndian.Uint64(word[8:])
	hash := (first ^ bits.RotateLeft64(second, 29)) * 0x9e3779b97f4a7c15
	recent := &t.recent[hash>>32%recentWords]
	if recent.first == first && recent.second == second {
		return recent.form
	}
	form := t.find(token)
	*recent = recentWord{first, second, form}
	return form
}

// find returns the form of a token from the map of all.
func (t *tally) find(token []byte) int32 {
	if form, known := t.words[string(token)]; known {
		return form
	}
	return t.newWord(string(token))
}

// count enters one occurrence in the document whose entries begin at from.
func (t *tally) count(form int32, from int) {
	t.forms[form].count++
	number := t.forms[form].term
	term := &t.terms[number]
	term.count++
	if term.df > 0 && term.entry >= from {
		t.entries[term.entry].count++
		return
	}
	term.df++
	term.entry = len(t.entries)
	t.entries = append(t.entries, entry{number, 1})
}

// newWord makes a form of a token that has not been met before, which is the only
// time that it is looked up among the stop words and stemmed.
func (t *tally) newWord(token string) int32 {
	language := t.options.Language
	text := mend(norm.NFC.String(token), language)
	form := tallyForm{text: text}
	switch {
	case t.stopWords[token] || t.stopWords[text]:
		form.term = stopWord
	case text == "" || t.options.TokenPattern == "" && utf8.RuneCountInString(text) < MinLength:
		form.term = tooShort
	case t.options.Stem:
		form.term = t.term(stem(text, language))
	default:
		form.term = t.term(text)
	}
	return t.newForm(t.words, token, form)
}

// gramOf returns the form of several words in a row.
func (t *tally) gramOf(words []int32) int32 {
	t.gram = t.gram[:0]
	for _, w := range words {
		t.gram = append(t.gram, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	if form, known := t.grams[string(t.gram)]; known {
		return form
	}
	texts, stems := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		texts[i], stems[i] = t.forms[w].text, t.terms[t.forms[w].term].stem
	}
	form := tallyForm{text: strings.Join(texts, "_"), term: t.term(strings.Join(stems, "_"))}
	return t.newForm(t.grams, string(t.gram), form)
}

func (t *tally) newForm(to map[string]int32, key string, form tallyForm) int32 {
	number := int32(len(t.forms))
	t.forms = append(t.forms, form)
	to[key] = number
	return number
}

func (t *tally) term(stem string) int32 {
	number, known := t.names[stem]
	if !known {
		number = int32(len(t.terms))
		t.terms = append(t.terms, tallyTerm{stem: stem})
		t.names[stem] = number
	}
	return number
}
