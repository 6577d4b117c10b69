package vectorize

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lexicon holds the words of one language that a tally has met: each is looked up among
// the stop words and stemmed once.
type lexicon struct {
	code   string
	known  language
	stop   map[string]bool
	tokens tokenizer

	words  map[string]int32 // token to its form
	recent [recentWords]recentWord
}

// lists are the stop words in force, by language. Several tallies share them, and each
// list is made when a text in its language comes.
type lists struct {
	options *Options
	lock    sync.Mutex
	all     map[string]map[string]bool

	electorate func() *electorate // of all languages, whatever the user's own words
}

func newLists(o *Options) *lists {
	return &lists{options: o, all: map[string]map[string]bool{}, electorate: sync.OnceValue(newElectorate)}
}

func (l *lists) of(code string) map[string]bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.all[code] == nil {
		l.all[code] = stopWordSet(l.options.stopWords(code), code)
	}
	return l.all[code]
}

// OwnStopWords reports whether each language's own stop words are in force.
func (o *Options) OwnStopWords() bool { return o.Language == Auto && o.StopWords == nil }

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
		w = norm.NFC.String(strings.ReplaceAll(strings.ToLower(w), "’", "'"))
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

func newLexicon(code string, l *lists) *lexicon {
	return &lexicon{
		code: code, known: languages[code], stop: l.of(code),
		tokens: newTokenizer(l.options, code), words: map[string]int32{},
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

// lookUp returns the form of a token; new makes one that is not known.
func (l *lexicon) lookUp(token []byte, new func(*lexicon, string) int32) int32 {
	var word [16]byte
	if len(token) >= len(word) {
		return l.find(token, new)
	}
	copy(word[:], token)
	word[len(word)-1] = byte(len(token))
	first, second := binary.LittleEndian.Uint64(word[:8]), binary.LittleEndian.Uint64(word[8:])
	hash := (first ^ bits.RotateLeft64(second, 29)) * 0x9e3779b97f4a7c15
	recent := &l.recent[hash>>32%recentWords]
	if recent.first == first && recent.second == second {
		return recent.form
	}
	form := l.find(token, new)
	*recent = recentWord{first, second, form}
	return form
}

// find returns the form of a token from the map of all.
func (l *lexicon) find(token []byte, new func(*lexicon, string) int32) int32 {
	if form, known := l.words[string(token)]; known {
		return form
	}
	form := new(l, string(token))
	l.words[string(token)] = form
	return form
}
