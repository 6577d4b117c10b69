package vectorize

import (
	"encoding/binary"
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"
)

// lexicon holds the words of one language that a tally has met: each is looked up among
// the stop words and stemmed once.
type lexicon struct {
	code   string
	known  languageRules
	stop   map[string]bool
	tokens tokenizer

	forms wordNumbers // the form of each token
}

// stopWordLists are the stop words in force, by language. Several tallies share them, and each
// list is made when a text in its language comes.
type stopWordLists struct {
	options *Options
	lock    sync.Mutex
	all     map[string]map[string]bool

	byStopWord func() *stopWordLanguages // of all languages, whatever the user's own words
}

func newLists(o *Options) *stopWordLists {
	return &stopWordLists{options: o, all: map[string]map[string]bool{}, byStopWord: sync.OnceValue(newStopWordLanguages)}
}

func (l *stopWordLists) of(code string) map[string]bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.all[code] == nil {
		l.all[code] = stopWordSet(l.options.stopWords(code), code)
	}
	return l.all[code]
}

// OwnStopWords reports whether each language's own stop words are in force.
func (o *Options) OwnStopWords() bool { return o.FindsLanguage() && o.StopWords == nil }

// stopWords are those in force for a language.
func (o *Options) stopWords(code string) []string {
	words := o.StopWords
	if words == nil {
		words = StopWords(code)
	}
	return append(words[:len(words):len(words)], o.ExtraStopWords...)
}

// stopWordSet holds stop words as tokens are held, however the user has typed them. Where
// words are cut into pairs of characters, so are stop words.
func stopWordSet(words []string, code string) map[string]bool {
	set := make(map[string]bool, len(words))
	fold := languages[code].fold
	for _, w := range words {
		w = asToken(w)
		set[w] = true
		if fold != nil {
			set[fold(w)] = true
		}
		if r, _ := utf8.DecodeRuneInString(w); scriptOf(r) != nil {
			pairs := newWordTokenizer(&Options{}, false)
			pairs.cut(w, func(pair []byte) { set[string(pair)] = true })
		}
	}
	return set
}

func newLexicon(code string, l *stopWordLists) *lexicon {
	return &lexicon{
		code: code, known: languages[code], stop: l.of(code),
		tokens: newTokenizer(l.options, code), forms: newWordNumbers(),
	}
}

// isStop reports whether a token, or what it is mended to, is a stop word.
func (l *lexicon) isStop(token, mended string) bool {
	if l.stop[token] || l.stop[mended] || l.known.fold != nil && l.stop[l.known.fold(mended)] {
		return true
	}
	first, size := utf8.DecodeRuneInString(mended)
	switch {
	case l.code == "zh":
		return l.stopsPair(mended)
	case l.code == "ja" && unicode.Is(unicode.Hiragana, first):
		// A single one ends a word that is written in Han, or joins two.
		return len(mended) == size || l.stopsPair(mended)
	}
	return false
}

// stopsPair reports whether a pair of characters has one that is a stop word: "的" parts
// words as a blank does.
func (l *lexicon) stopsPair(pair string) bool {
	first, size := utf8.DecodeRuneInString(pair)
	if len(pair) == size || scriptOf(first) == nil {
		return false
	}
	_, last := utf8.DecodeLastRuneInString(pair)
	return l.stop[pair[:size]] || l.stop[pair[len(pair)-last:]]
}

// lookUp returns the form of a token; new makes one that is not known.
func (l *lexicon) lookUp(token []byte, new func(*lexicon, string) int32) int32 {
	form, known := l.forms.find(token)
	if !known {
		form = new(l, string(token))
		l.forms.add(token, form)
	}
	return form
}

// wordNumbers holds a number for each of many words.
type wordNumbers struct {
	short shortWords
	long  map[string]int32
}

func newWordNumbers() wordNumbers {
	return wordNumbers{newShortWords(firstShort), map[string]int32{}}
}

func (w *wordNumbers) find(token []byte) (number int32, known bool) {
	if len(token) < maxShort {
		return w.short.find(shorten(token))
	}
	number, known = w.long[string(token)]
	return number, known
}

// add adds a word that is not there.
func (w *wordNumbers) add(token []byte, number int32) {
	if len(token) < maxShort {
		w.short.add(shorten(token), number)
	} else {
		w.long[string(token)] = number
	}
}

// maxShort is the length from which a word is not short.
const maxShort = 16

// shortWord holds a word of at most 15 bytes itself, filled up with zeros, and its length:
// it is compared as two numbers. No word is all zeros.
type shortWord struct{ first, second uint64 }

func shorten(token []byte) shortWord {
	n := len(token)
	if cap(token) < maxShort {
		token = append(make([]byte, 0, maxShort), token...)
	}
	all := token[:maxShort] // what is behind the token is of no account
	first, second := binary.LittleEndian.Uint64(all[:8]), binary.LittleEndian.Uint64(all[8:])
	if n <= 8 {
		return shortWord{first & (1<<(8*n) - 1), uint64(n) << 56}
	}
	return shortWord{first, second&(1<<(8*(n-8))-1) | uint64(n)<<56}
}

// shortWords is a table of short words by their hash, with linear probing. A place holds
// only the number of a word, in the order in which words are met: frequent ones are met
// early, and lie side by side in the processor's nearest cache. Of 20 Newsgroups' tokens
// all but one in 3,000 are short.
type shortWords struct {
	places  []int32 // the place of a word in entries, from 1, or 0; a third at least are free
	entries []shortEntry
}

type shortEntry struct {
	word   shortWord
	number int32
}

// firstShort is the number of places at first, a power of two.
const firstShort = 1 << 12

func newShortWords(places int) shortWords { return shortWords{places: make([]int32, places)} }

// find returns the form of a word.
func (s *shortWords) find(word shortWord) (number int32, known bool) {
	mask := len(s.places) - 1
	for at := word.hash() & mask; ; at = (at + 1) & mask {
		place := s.places[at]
		if place == 0 {
			return 0, false
		}
		if e := &s.entries[place-1]; e.word == word {
			return e.number, true
		}
	}
}

func (w shortWord) hash() int {
	return int((w.first ^ bits.RotateLeft64(w.second, 29)) * 0x9e3779b97f4a7c15 >> 32)
}

// add adds a word that is not there.
func (s *shortWords) add(word shortWord, number int32) {
	s.entries = append(s.entries, shortEntry{word, number})
	if 3*len(s.entries) < 2*len(s.places) {
		s.place(len(s.entries))
		return
	}
	s.places = make([]int32, 2*len(s.places))
	for place := range s.entries {
		s.place(place + 1)
	}
}

// place gives a word the first free place from where its hash points.
func (s *shortWords) place(number int) {
	mask := len(s.places) - 1
	at := s.entries[number-1].word.hash() & mask
	for s.places[at] != 0 {
		at = (at + 1) & mask
	}
	s.places[at] = int32(number)
}
