package corpus

import (
	"bytes"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Guessing an encoding
//
// A text that does not say what its bytes stand for is read in each of some forty encodings, and
// the one is taken in which it is most likely. What is ASCII is the same in all of them and tells
// nothing; so only words with other bytes are looked at. The likelihood of a text is the product
// of those of its characters in a language: that of a letter goes by its place among the
// language's letters, a capital within a word is unlikely, and so is a sign between two letters,
// or a word of two scripts. An encoding is as likely as the best of its languages, and it has a
// handicap: DOS and Macintosh pages are rarer than Windows's, and in three accents of a French
// text one must not see Cyrillic.
//
// UTF-8 with some foreign bytes takes part as one more reading: its characters are what they are,
// and the foreign bytes those of one of the pages.
//
// Of 618 files that are not UTF-8, of seven suites of detectors (chardet, uchardet,
// charset_normalizer, UTF-unknown, juniversalchardet, node-chardet, jschardet) and the message
// catalogues and menus of Vim, Mutt, Lynx and Bash, without what they say of themselves, 608 come
// out letter for letter; of chardet 7.7 602, of charset_normalizer 3.5 536. Three of the others
// are in Johab, of which there is no table here. The first three suites were at hand while the
// rules were made: of the 186 other files 175 came out at first, and 179 since (chardet: 174). Of
// 4,344 samples of 1, 4 and 40 messages of these programs in 36 languages and up to six encodings
// 3,756 come out; of chardet 4,003, of charset_normalizer 2,161. Missed are mostly words alone, in
// pages of DOS and the Macintosh: of the samples of 40 messages 812 of 837 come out.
type guesser struct {
	readings []reading
	multi    []multiByte
}

// reading is an encoding of single bytes, read as a language.
type reading struct {
	page     textEncoding
	latin    bool
	script   *unicode.RangeTable
	handicap float64
	bytes    [128]likely
	// runes are the likelihoods of characters that need no page.
	runes map[rune]float64
}

// likely is what a byte stands for: the logarithm of how likely it is, and its kind.
type likely struct {
	log  float64
	kind kind
}

type kind uint8

const (
	sign kind = iota // no letter: what may stand between words
	lower
	upper
	caseless // a letter of a script without capitals, or a mark that belongs to one
	joiner   // a sign that stands inside words
	space    // a blank that is not ASCII
)

// The logarithms of how likely a character is that is no letter of the language.
var (
	ofMarks       = math.Log(0.06 / 20)
	ofScript      = math.Log(1e-4) // another letter of the script
	ofSymbols     = math.Log(3e-5)
	ofOthers      = math.Log(1e-6) // a letter of another script
	ofControls    = math.Log(1e-9) // or no character at all
	capitalFirst  = math.Log(0.12)
	capitalWithin = math.Log(0.002)
	alone         = math.Log(0.002) // a letter with no other beside it, whichever it is
	capitalBehind = math.Log(0.3)   // another capital
	lowerBehind   = math.Log(0.05)
	signWithin    = math.Log(0.02)
	joinerFirst   = math.Log(0.3)
	spaceWithin   = math.Log(0.1)
	twoScripts    = math.Log(0.02)
	twoAccents    = math.Log(0.4)
)

// handicaps of encodings, in the same measure. What is not named has that of "".
var handicaps = map[string]float64{
	"windows-1252": 0, "windows-1250": 3, "windows-1251": 3, "windows-1254": 4, "windows-1257": 4, "windows-1258": 6,
	"": 5, "macintosh": 6, "x-mac-ce": 8, "x-mac-cyrillic": 7, "ibm437": 7, "ibm850": 6, "ibm852": 7, "ibm855": 7,
	"ibm860": 9, "ibm865": 9, "ibm862": 8, "ibm737": 8, "ibm775": 8, "ibm857": 8, "iso-8859-15": 4, "iso-8859-3": 8,
	"iso-8859-4": 8, "ibm861": 9, "ibm1125": 9, "x-mac-greek": 9, "x-mac-turkish": 9, "iso-8859-16": 7, "koi8-u": 6,
}

func handicapOf(name string) float64 {
	if h, ok := handicaps[name]; ok {
		return h
	}
	return handicaps[""]
}

var theGuesser = sync.OnceValue(newGuesser)

func newGuesser() *guesser {
	g := &guesser{multi: multiBytes()}
	for _, l := range knownLanguages {
		runes := l.likelihoods()
		for _, name := range l.pages {
			page, err := encodingByName(name)
			if err != nil {
				panic("corpus: " + err.Error())
			}
			r := reading{page: page, latin: l.latin, script: l.script(), handicap: handicapOf(name), runes: runes}
			for b, c := range beyondASCII(page) {
				r.bytes[b] = r.of(c)
			}
			g.readings = append(g.readings, r)
		}
	}
	return g
}

// beyondASCII are what the bytes from 0x80 on stand for in an encoding of single bytes.
func beyondASCII(page textEncoding) []rune {
	var all [128]byte
	for b := range all {
		all[b] = byte(b + 128)
	}
	return []rune(string(page.decode(all[:])))
}

// script is that of the language's letters.
func (l *language) script() *unicode.RangeTable {
	for _, script := range []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai} {
		if c, _ := utf8.DecodeRuneInString(l.letters); unicode.Is(script, c) {
			return script
		}
	}
	return unicode.Latin
}

// likelihoods are those of a language's own letters: each is less likely than the one before.
func (l *language) likelihoods() map[rune]float64 {
	letters := []rune(l.letters)
	steep := 3.2
	if l.latin {
		steep = 4
	}
	sum := 0.0
	for i := range letters {
		sum += math.Exp(-steep * float64(i) / float64(len(letters)))
	}
	runes := map[rune]float64{}
	for i, c := range letters {
		if _, there := runes[c]; !there {
			runes[c] = math.Log(0.92/sum) - steep*float64(i)/float64(len(letters))
		}
	}
	return runes
}

// of says what a character is.
func (r *reading) of(c rune) likely {
	small := unicode.ToLower(c)
	k := kindOfRune(c)
	if log, ok := r.runes[small]; ok {
		return likely{log, k}
	}
	switch {
	case strings.ContainsRune(marks, c):
		return likely{ofMarks, k}
	case c == utf8.RuneError, unicode.IsControl(c):
		return likely{ofControls, sign}
	case unicode.IsLetter(c) && unicode.Is(r.script, c):
		return likely{ofScript, k}
	case unicode.IsLetter(c):
		return likely{ofOthers, k}
	}
	return likely{ofSymbols, k}
}

func kindOfRune(c rune) kind {
	switch {
	case c == '\u00a0':
		return space
	case strings.ContainsRune("'’·\u00ad\u200c", c):
		return joiner
	case unicode.IsUpper(c):
		return upper
	case unicode.IsLower(c):
		return lower
	case unicode.IsLetter(c), unicode.IsMark(c):
		return caseless
	}
	return sign
}

// piece is a character of a text: a rune, or a byte whose meaning is not known, below 0.
type piece int32

// words are the words of a text that have something beyond ASCII: as pieces, with a blank behind
// each, and as bytes, with the byte behind each, which may be half a character, and a line end.
type words struct {
	pieces []piece
	bytes  []byte
}

const (
	// mostGuessed is how many bytes of words are looked at, and searched how far for them.
	mostGuessed = 6000
	searched    = 1 << 20
)

// wordsOf finds the words of a text. With known, what is valid UTF-8 is runes. Behind the first
// mostGuessed bytes of them only those count that have a byte that was rare before: pages differ
// by one letter, as those of Greek by an alpha with an accent.
func wordsOf(raw []byte, known bool) (w words) {
	start := max(0, bytes.IndexFunc(raw, isBeyond))
	raw = raw[max(0, start-longestLead):min(len(raw), start+searched)]
	var seen seenBytes
	for at := 0; at < len(raw) && len(w.bytes) < 2*mostGuessed; {
		next := bytes.IndexFunc(raw[at:], isBeyond)
		if next < 0 {
			break
		}
		from, to := at+next, at+next
		for from > at && inWord(raw[from-1]) {
			from--
		}
		for to < len(raw) && (inWord(raw[to]) || raw[to] >= utf8.RuneSelf) && to-from < mostGuessed {
			to++
		}
		if seen.hasRare(raw[from:to]) || len(w.bytes) < mostGuessed {
			w.pieces = append(pieces(w.pieces, raw[from:to], known), ' ')
			w.bytes = append(append(w.bytes, raw[from:min(to+1, len(raw))]...), '\n')
		}
		at = to
	}
	return w
}

// seenBytes counts the bytes beyond ASCII in the words of a text.
type seenBytes [256]int

// hasRare adds a word, and tells whether one of its bytes is among the first of its kind.
func (s *seenBytes) hasRare(word []byte) (rare bool) {
	const few = 3
	for _, b := range word {
		if b >= utf8.RuneSelf {
			s[b]++
			rare = rare || s[b] <= few
		}
	}
	return rare
}

// longestLead is how many ASCII letters of the first word are looked at.
const longestLead = 64

func isBeyond(c rune) bool { return c >= utf8.RuneSelf }

func inWord(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' || b == '\'' }

func pieces(all []piece, word []byte, known bool) []piece {
	for len(word) > 0 {
		c, size := utf8.DecodeRune(word)
		if word[0] >= utf8.RuneSelf && (!known || size == 1) {
			c, size = -rune(word[0]), 1
		}
		all = append(all, piece(c))
		word = word[size:]
	}
	return all
}

// score is the logarithm of how likely a text is in a reading.
func (r *reading) score(text []piece) float64 {
	total := -r.handicap
	var before, last kind
	var beyond bool // whether the character before is a letter that is not ASCII
	for i, p := range text {
		this := r.likely(p)
		isASCII := p >= 0 && p < utf8.RuneSelf
		letter := isLetterKind(this.kind)
		if !isASCII {
			next := sign
			if i+1 < len(text) {
				next = r.likely(text[i+1]).kind
			}
			if letter && parts(last) && parts(next) {
				total += alone // as bullets in no encoding that is guessed, too
				before, last, beyond = last, this.kind, true
				continue
			}
			total += this.log + r.inPlace(this.kind, before, last, next)
			switch {
			case letter && r.latin && beyond:
				total += twoAccents
			case letter && !r.latin && (last == lower || last == upper) && !beyond:
				total += twoScripts
			}
		} else if letter && !r.latin && beyond {
			total += twoScripts
		} else if this.kind == upper && last == lower && beyond {
			total += capitalWithin
		}
		before, last, beyond = last, this.kind, letter && !isASCII
	}
	return total
}

func isLetterKind(k kind) bool { return k != sign && k != joiner && k != space }

// parts is true of what stands between words.
func parts(k kind) bool { return k == sign || k == space }

func (r *reading) likely(p piece) likely {
	switch {
	case p < 0:
		return r.bytes[-p-128]
	case p < utf8.RuneSelf:
		return likely{0, kindOfRune(rune(p))}
	}
	return r.of(rune(p))
}

// inPlace is how likely a kind of character is after and before others.
func (r *reading) inPlace(this, before, last, next kind) float64 {
	switch this {
	case upper:
		switch last {
		case lower:
			return capitalWithin
		case upper:
			return capitalBehind
		}
		return capitalFirst
	case lower:
		if last == upper && before == upper {
			return lowerBehind
		}
	case sign:
		if isLetterKind(last) && isLetterKind(next) {
			return signWithin
		}
	case joiner:
		if parts(last) && isLetterKind(next) {
			return joinerFirst
		}
	case space:
		if isLetterKind(last) && isLetterKind(next) {
			return spaceWithin
		}
	}
	return 0
}

// single finds the best reading in single bytes.
func (g *guesser) single(text []piece) (best *reading, score float64) {
	score = math.Inf(-1)
	for i := range g.readings {
		if s := g.readings[i].score(text); s > score {
			best, score = &g.readings[i], s
		}
	}
	return best, score
}

// guess finds the encoding of a text that is not UTF-8.
func guess(raw []byte) textEncoding {
	c, _ := theGuesser().whole(raw)
	return c
}

func (g *guesser) whole(raw []byte) (c textEncoding, score float64) {
	text := wordsOf(raw, false)
	if len(text.pieces) == 0 {
		return windows1252, 0
	}
	best, score := g.single(text.pieces)
	c = best.page
	for i := range g.multi {
		if s := g.multi[i].score(text.bytes); s > score {
			c, score = g.multi[i].page, s
		}
	}
	return c, score
}
