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
// Of 432 files of the test suites of chardet, uchardet and charset_normalizer that are not UTF-8,
// 427 come out as their makers' names for their encodings have it; three of the others are in
// Johab, of which there is no table here. ICU's method, as gogs/chardet has it, which klew used
// before, makes 263. The files were at hand while the rules were made. Of 2,666 samples of 1, 4
// and 40 messages of a program's catalogues in 36 languages and up to six encodings, which had
// one say, on the DOS page of Greek, about 2,540 come out; of gogs/chardet 1,116, of chardet 7.7
// 2,616, and of charset_normalizer 3.5 1,846.
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
	twoScripts    = math.Log(0.02)
	twoAccents    = math.Log(0.4)
)

// handicaps of encodings, in the same measure. What is not named has that of "".
var handicaps = map[string]float64{
	"windows-1252": 0, "windows-1250": 3, "windows-1251": 3, "windows-1254": 4, "windows-1257": 4, "windows-1258": 6,
	"": 5, "macintosh": 6, "x-mac-ce": 8, "x-mac-cyrillic": 7, "ibm437": 7, "ibm850": 6, "ibm852": 7, "ibm855": 7,
	"ibm860": 9, "ibm865": 9, "ibm862": 8, "ibm737": 8, "ibm775": 8, "ibm857": 8, "iso-8859-15": 4, "iso-8859-3": 8,
	"iso-8859-4": 8, "iso-8859-16": 7, "koi8-u": 6,
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

// plausible is how likely a foreign byte must be by itself to be read, and not to be replaced.
const plausible = -7

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

// wordsOf finds the words of a text. With known, what is valid UTF-8 is runes.
func wordsOf(raw []byte, known bool) (w words) {
	start := max(0, bytes.IndexFunc(raw, isBeyond))
	raw = raw[max(0, start-longestLead):min(len(raw), start+searched)]
	for at := 0; at < len(raw) && len(w.bytes) < mostGuessed; {
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
		w.pieces = append(pieces(w.pieces, raw[from:to], known), ' ')
		w.bytes = append(append(w.bytes, raw[from:min(to+1, len(raw))]...), '\n')
		at = to
	}
	return w
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
			if letter && last == sign && next == sign {
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
		}
		before, last, beyond = last, this.kind, letter && !isASCII
	}
	return total
}

func isLetterKind(k kind) bool { return k != sign && k != joiner }

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
		if last != sign && last != joiner && next != sign && next != joiner {
			return signWithin
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

// guessForeign finds the page of the bytes that are no UTF-8 in a text that is mostly UTF-8. It is
// nil if the text as a whole is rather in another encoding.
func guessForeign(raw []byte) (page *reading, c textEncoding) {
	g := theGuesser()
	c, whole := g.whole(raw)
	best, mixed := g.single(wordsOf(raw, true).pieces)
	if mixed-handicapOfMixed > whole {
		return best, c
	}
	return nil, c
}

// multiByte is an encoding of two bytes a character.
type multiByte struct {
	page   textEncoding
	common map[rune]bool
	ofKind func(c rune) float64 // of what is not common
}

func multiBytes() []multiByte {
	var all []multiByte
	for _, m := range []struct {
		name, common string
		ofKind       func(c rune) float64
	}{
		{"gbk", simplifiedCharacters, ofChinese}, {"big5", traditionalCharacters, ofChinese},
		{"shift_jis", japaneseCharacters, ofJapanese}, {"euc-jp", japaneseCharacters, ofJapanese},
		{"euc-kr", koreanSyllables, ofKorean},
	} {
		page, err := encodingByName(m.name)
		if err != nil {
			panic("corpus: " + err.Error())
		}
		common := map[rune]bool{}
		for _, c := range m.common {
			common[c] = true
		}
		all = append(all, multiByte{page, common, m.ofKind})
	}
	return all
}

const (
	handicapOfMixed  = 5
	handicapOfMulti  = 6
	ofCommonOfMulti  = -6.2  // one of some 200 that make a good third of a text
	ofRareOfMulti    = -9.2  // one of thousands
	ofNothingOfMulti = -20.7 // what no text has
)

func ofChinese(c rune) float64 {
	switch {
	case unicode.Is(unicode.Han, c):
		return ofRareOfMulti
	case '\u3000' <= c && c <= '\u3020', '\uff01' <= c && c <= '\uff5e', c == '“', c == '”', c == '…':
		return -5.5
	}
	return -14
}

func ofJapanese(c rune) float64 {
	switch {
	case unicode.Is(unicode.Hiragana, c):
		return -4.6
	case unicode.Is(unicode.Katakana, c) && c < '\uff00', c == 'ー':
		return -6
	case unicode.Is(unicode.Han, c):
		return -8.8
	case '\u3000' <= c && c <= '\u3020', '\uff01' <= c && c <= '\uff5e':
		return -5
	}
	return -14 // and so are Katakana of half width, which single bytes of anything are
}

func ofKorean(c rune) float64 {
	switch {
	case unicode.Is(unicode.Hangul, c):
		return -8
	case unicode.Is(unicode.Han, c):
		return -11
	case '\u3000' <= c && c <= '\u3020':
		return -7
	}
	return -14
}

// score is the logarithm of how likely bytes are in the encoding.
func (m *multiByte) score(part []byte) float64 {
	total := -float64(handicapOfMulti)
	for _, c := range string(m.page.decode(part)) {
		switch {
		case c < utf8.RuneSelf:
		case c == utf8.RuneError || unicode.Is(unicode.Co, c) || unicode.IsControl(c):
			total += ofNothingOfMulti
		case m.common[c]:
			total += ofCommonOfMulti
		default:
			total += m.ofKind(c)
		}
	}
	return total
}

// isForeign tells which of the bytes of mostly UTF-8 that are not UTF-8 stand for characters of
// another encoding: those that are no half of a character of several bytes.
func isForeign(raw []byte, at int) bool {
	isRest := func(i int) bool { return i >= 0 && i < len(raw) && raw[i]&0xC0 == 0x80 }
	lead := raw[at] >= 0xC2 && raw[at] <= 0xF4
	return !(lead && isRest(at+1)) && !(isRest(at) && at > 0 && raw[at-1] >= 0xC0)
}

// replaceForeign makes valid UTF-8 of bytes of which some are in a page, and counts those that
// were read in it and those that are nothing. Letters are read beside letters only; what is
// nothing becomes U+FFFD, one for a run.
func (r *reading) replaceForeign(raw []byte) (text []byte, foreign, lost int) {
	text = make([]byte, 0, len(raw)+len(raw)/16)
	inRun := false
	for at := 0; at < len(raw); {
		c, size := utf8.DecodeRune(raw[at:])
		switch {
		case c != utf8.RuneError || size > 1:
			text, inRun = append(text, raw[at:at+size]...), false
		case r.readsForeign(raw, at):
			text, inRun = append(text, r.page.decode(raw[at:at+1])...), false
			foreign++
		default:
			if !inRun {
				text = append(text, "\uFFFD"...)
			}
			inRun = true
			lost++
		}
		at += size
	}
	return text, foreign, lost
}

func (r *reading) readsForeign(raw []byte, at int) bool {
	this := r.likely(piece(-int32(raw[at])))
	before, _ := utf8.DecodeLastRune(raw[:at])
	after, _ := utf8.DecodeRune(raw[at+1:])
	if !isForeign(raw, at) || this.log+r.inPlace(this.kind, sign, kindOfRune(before), kindOfRune(after)) < plausible {
		return false
	}
	beside := func(c rune) bool { return c == utf8.RuneError || unicode.IsLetter(c) } // or another foreign byte
	return !isLetterKind(this.kind) || at > 0 && beside(before) || at+1 < len(raw) && beside(after)
}
