package vectorize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// wordTokenizer finds the tokens of the package comment.
//
// Runs of ASCII are cut with a table of bytes. Wherever a word touches a character beyond
// ASCII, the library uax29 says where the word ends. A test compares the two on all
// short texts.
type wordTokenizer struct {
	classes     *[256]byte
	lower       *[256]byte
	toLower     func(rune) rune
	keep, split Kinds
	folds       bool // compatible characters and all apostrophes
	least       int
	token       []byte
	emit        func([]byte) // of the text at hand
	// base is where what is being cut begins in the text, and first and last are where
	// in it the first and the last character of the token begin.
	base, first, last int
}

// The classes of bytes. A byte that is not ASCII is looked at with the rune that it belongs to.
const (
	other = iota
	letter
	digit
	apostrophe
	hyphen
	hash
	nonASCII
)

// firstClasses are those that concern words of any rules.
var firstClasses = func() (c [256]byte) {
	for b := range c {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
			c[b] = letter
		case '0' <= b && b <= '9':
			c[b] = digit
		case b == '\'':
			c[b] = apostrophe
		case b >= utf8.RuneSelf:
			c[b] = nonASCII
		}
	}
	return c
}()

const softHyphen = '\u00AD'

// newWordTokenizer makes the tables for what the options keep and split. In Turkish I is
// the capital of ı, which is beyond ASCII.
func newWordTokenizer(o *Options, turkish bool) *wordTokenizer {
	t := &wordTokenizer{keep: o.Keep, split: o.Split, folds: o.Rules > WordRules, least: o.minLength(), toLower: unicode.ToLower}
	classes := firstClasses
	if t.keep.has(Hyphens) {
		classes['-'] = hyphen
	}
	if t.keep.has(Hashtags) {
		classes['#'] = hash
	}
	if turkish {
		classes['I'] = nonASCII
		t.toLower = unicode.TurkishCase.ToLower
	}
	var lower [256]byte
	for b, class := range classes {
		switch class {
		case letter:
			lower[b] = byte(b) | 0x20
		case digit:
			lower[b] = byte(b)
		}
	}
	t.classes, t.lower = &classes, &lower
	return t
}

// cut passes over e-mail addresses, which show only by their middle, and cuts what is
// between them.
func (t *wordTokenizer) cut(text string, emit func([]byte)) {
	t.emit, t.base = emit, 0
	if t.split.has(Emails) {
		t.words(text)
		return
	}
	for {
		from, to := nextEmail(text)
		t.words(text[:from])
		if from == len(text) {
			return
		}
		if t.keep.has(Emails) {
			t.address(text, from, to)
		}
		text = text[to:]
		t.base += to
	}
}

func (t *wordTokenizer) at(text string) (from, to int) {
	last := t.base + t.last
	_, size := utf8.DecodeRuneInString(text[last:])
	return t.base + t.first, last + size
}

// words cuts a text in which no e-mail address is looked for.
func (t *wordTokenizer) words(text string) {
	for i := 0; i < len(text); {
		switch t.classes[text[i]] {
		case letter, digit:
			i = t.ascii(text, i)
		case hash:
			i = t.hashtag(text, i)
		case nonASCII:
			i = t.nonASCII(text, i)
		default:
			i++
		}
	}
}

// ascii emits the word that begins at i, and returns where to go on.
func (t *wordTokenizer) ascii(text string, i int) int {
	token, end := t.token[:0], i
	for {
		for end < len(text) && t.lower[text[end]] != 0 {
			token = append(token, t.lower[text[end]])
			end++
		}
		if end == len(text) || !t.joins(text, i, end) {
			break
		}
		token = append(token, text[end])
		end++
	}
	t.token = token
	if end < len(text) && t.wide(text[end:]) {
		return t.word(text, i)
	}
	if !t.split.has(URLs) && beginsURL(token, text[end:]) {
		return t.url(text, i, end)
	}
	if len(token) >= t.least && len(token) <= MaxLength && (t.classes[token[0]] == letter || t.keep.has(Numbers)) {
		t.first, t.last = i, end-1
		t.emit(token)
	}
	return end
}

// wide reports whether at a word's end something beyond ASCII stands that may belong to
// it, at once or behind a mark.
func (t *wordTokenizer) wide(rest string) bool {
	switch rest[0] {
	case '\'', '-', '.', ',':
		return len(rest) > 1 && t.classes[rest[1]] == nonASCII
	}
	return t.classes[rest[0]] == nonASCII
}

// joins reports whether the byte at end, behind a word that begins at i, joins it to what
// follows: an apostrophe between letters, a hyphen that is kept, the marks in a number
// that is kept.
func (t *wordTokenizer) joins(text string, i, end int) bool {
	if end+1 == len(text) {
		return false
	}
	before, after := t.classes[text[end-1]], t.classes[text[end+1]]
	switch text[end] {
	case '\'':
		if before == letter && after == letter {
			return !t.split.has(Apostrophes)
		}
		fallthrough
	case '.', ',':
		return before == digit && after == digit && t.keep.has(Numbers) && t.classes[text[i]] == digit
	case '-':
		return t.keep.has(Hyphens) && (before == letter || before == digit) && (after == letter || after == digit)
	}
	return false
}

// finish emits the token if it is one.
func (t *wordTokenizer) finish() {
	if len(t.token) == 0 || len(t.token) > MaxLength {
		return
	}
	if first := t.token[0]; first <= '9' && '0' <= first && !t.keep.has(Numbers) {
		return
	} else if first >= utf8.RuneSelf && !t.keep.has(Numbers) {
		if r, _ := utf8.DecodeRune(t.token); unicode.IsDigit(r) {
			return
		}
	}
	if len(t.token) >= t.least && characters(t.token) >= t.least {
		t.emit(t.token)
	}
}

// characters is the number of characters in a token. One that stands for a syllable or a
// whole word counts for two.
func characters[S []byte | string](token S) (n int) {
	for _, r := range string(token) {
		if n++; r >= firstSyllabic && isSyllabic(r) {
			n++
		}
	}
	return n
}

// nonASCII passes over a character that begins no word, or emits what it begins.
func (t *wordTokenizer) nonASCII(text string, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r >= firstSpaceless && scriptOf(r) != nil && !unicode.IsDigit(r):
		return t.spaceless(text, i)
	case beginsWord(r):
		return t.word(text, i)
	case r == '＃' && t.keep.has(Hashtags):
		return t.hashtag(text, i)
	}
	return i + size
}

func beginsWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Nl, r)
}

// word emits the word that begins at i, of any characters. UAX #29 leaves some marks
// inside words, as in "and/or_not" and "example.com"; we cut there.
func (t *wordTokenizer) word(text string, i int) int {
	t.token = t.token[:0]
	for from := i; ; {
		end := from + firstWord(text[from:])
		t.pieces(text[from:end], from)
		if size := t.hyphenAt(text, end); size > 0 {
			t.token, from = append(t.token, '-'), end+size
		} else if size := t.apostropheAt(text, end); size > 0 {
			t.token, from = append(t.token, '\''), end+size
		} else {
			t.finish()
			return end
		}
	}
}

// firstWord is the length of the word of UAX #29 that a text begins with.
func firstWord(text string) int {
	it := words.FromString(text)
	it.Next()
	return len(it.Value())
}

// hyphenAt is the size of a hyphen that is kept, behind a word, before another.
func (t *wordTokenizer) hyphenAt(text string, i int) int {
	if !t.keep.has(Hyphens) || len(t.token) == 0 {
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if r != '-' && r != '\u2010' && r != '\u2011' {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	if !beginsWord(next) || scriptOf(next) != nil {
		return 0
	}
	return size
}

// apostropheAt is the size of an apostrophe at which UAX #29 ends a word: an accent or a prime that
// stands for one, between letters.
func (t *wordTokenizer) apostropheAt(text string, i int) int {
	if !t.folds || len(t.token) == 0 || i == len(text) || text[i] < utf8.RuneSelf {
		return 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	last, _ := utf8.DecodeLastRune(t.token)
	if (r != '´' && r != '′') || !unicode.IsLetter(next) || !t.inside(last, r, next) {
		return 0
	}
	return size
}

// pieces adds a word of UAX #29, which stands at a place in the text, to the token, in
// lower case. Where the word is cut, it emits the token and begins another.
func (t *wordTokenizer) pieces(word string, at int) {
	var before rune // the last letter or digit, 0 at the beginning of a token
	for i, r := range word {
		switch {
		case t.folds && r >= firstFolded && isApostrophe(r, true):
			if before == 0 || !t.inside(before, r, behind(word[i:])) {
				t.finish()
				t.token, before = t.token[:0], 0
				continue
			}
			t.add('\'', at+i)
		case beginsWord(r):
			before = r
			t.add(t.toLower(r), at+i)
		case unicode.IsMark(r) && before != 0:
			t.add(r, at+i)
		case unicode.Is(unicode.Cf, r): // soft hyphens, and what joins or parts letters
		case before != 0 && t.inside(before, r, behind(word[i:])):
			t.add(t.asTyped(r), at+i)
		default:
			t.finish()
			t.token, before = t.token[:0], 0
		}
	}
}

// inside reports whether a mark between two characters of a word belongs to it.
func (t *wordTokenizer) inside(before, mark, after rune) bool {
	if !beginsWord(after) {
		return false
	}
	numeric := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch t.asTyped(mark) {
	case '\'':
		if !numeric {
			return !t.split.has(Apostrophes) && !unicode.IsDigit(before) && !unicode.IsDigit(after)
		}
		return t.keep.has(Numbers) && t.numeric()
	case '.', ',', '٫', '٬':
		return numeric && t.keep.has(Numbers) && t.numeric()
	case '·', '‧', '״', '"': // Catalan l·l, Hebrew acronyms
		return !numeric
	}
	return false
}

// numeric reports whether the token begins with a digit.
func (t *wordTokenizer) numeric() bool {
	r, _ := utf8.DecodeRune(t.token)
	return unicode.IsDigit(r)
}

// behind is the character that follows the first of a text, marks and signs apart.
func behind(text string) rune {
	for i, r := range text {
		if i > 0 && !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) {
			return r
		}
	}
	return 0
}

// asTyped is an apostrophe for each of its kinds, and a quotation mark for the one of Hebrew
// acronyms.
func (t *wordTokenizer) asTyped(r rune) rune {
	switch {
	case isApostrophe(r, t.folds):
		return '\''
	case t.folds && r == '״':
		return '"'
	}
	return r
}

// add adds a character that stands at a place in the text.
func (t *wordTokenizer) add(r rune, at int) {
	if len(t.token) == 0 {
		t.first = at
	}
	t.last = at
	if t.folds && r >= firstFolded && isCompatible(r) {
		t.appendFolded(r)
		return
	}
	t.appendRune(r)
}

// firstFolded is where characters begin that are folded, or may be apostrophes.
const firstFolded = '\u00b4'

// appendRune adds a character. What is too long is dropped in the end, and need not be
// kept.
func (t *wordTokenizer) appendRune(r rune) {
	if len(t.token) <= MaxLength {
		t.token = utf8.AppendRune(t.token, r)
	}
}

// hashtag emits the tag that begins at i with its mark, or passes over the mark.
func (t *wordTokenizer) hashtag(text string, i int) int {
	_, size := utf8.DecodeRuneInString(text[i:])
	tag := text[i+size:]
	if end := strings.IndexFunc(tag, func(r rune) bool { return r != '_' && !beginsWord(r) && !unicode.IsMark(r) }); end >= 0 {
		tag = tag[:end]
	}
	if strings.Trim(tag, "_0123456789") == "" { // "#1" is a number
		return i + size
	}
	t.token, t.first = append(t.token[:0], '#'), i
	for at, r := range tag {
		t.add(t.toLower(r), i+size+at)
	}
	if len(t.token) <= MaxLength {
		t.emit(t.token)
	}
	return i + size + len(tag)
}
