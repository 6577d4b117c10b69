package vectorize

import (
	"unicode"
	"unicode/utf8"
)

// spacelessScripts are those that put no blank between words. UAX #29 parts them into
// single characters and leaves the rest to dictionaries; we take each two neighbours as a
// token, as search engines do. Katakana is not among them: it writes loan words and
// names, which UAX #29 keeps whole.
var spacelessScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Tai_Viet,
}

// The first characters of these scripts, and of those that write syllables: a comparison
// saves most texts a search.
const (
	firstSpaceless = '\u0E01'
	firstSyllabic  = '\u0E01'
)

// scriptOf is the script of a character if it is one of spacelessScripts.
func scriptOf(r rune) *unicode.RangeTable {
	switch {
	case r < firstSpaceless, '가' <= r && r <= '힣':
		return nil
	case '一' <= r && r <= '鿿': // nearly all of Chinese, without a search
		return unicode.Han
	}
	if !unicode.IsLetter(r) && !unicode.Is(unicode.Nl, r) {
		return nil
	}
	for _, script := range spacelessScripts {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

// isSyllabic tells characters of which a single one may be a word.
func isSyllabic(r rune) bool {
	return scriptOf(r) != nil || unicode.In(r, unicode.Hangul, unicode.Katakana)
}

// prolonged is the mark of a long vowel in Japanese.
const prolonged = 'ー'

// spaceless emits the tokens of the run of one script that begins at i: each two
// neighbouring characters, or a single one that has no neighbour. A character is a
// letter with the marks above and below it.
func (t *wordTokenizer) spaceless(text string, i int) int {
	r, _ := utf8.DecodeRuneInString(text[i:])
	script := scriptOf(r)
	first, second := i, characterEnd(text, i)
	for n := 1; ; n++ {
		r, _ := utf8.DecodeRuneInString(text[second:])
		if second == len(text) || scriptOf(r) != script {
			if n == 1 {
				t.character(text, first, second)
			}
			return second
		}
		end := characterEnd(text, second)
		t.character(text, first, end)
		first, second = second, end
	}
}

// character emits one token of a run.
func (t *wordTokenizer) character(text string, from, to int) {
	t.token = t.token[:0]
	for at, r := range text[from:to] {
		if !unicode.Is(unicode.Cf, r) {
			t.add(r, from+at)
		}
	}
	t.finish()
}

// characterEnd is where the character that begins at i ends. Khmer's coeng and Myanmar's
// virama put the letter that follows below the one before.
func characterEnd(text string, i int) int {
	_, size := utf8.DecodeRuneInString(text[i:])
	i += size
	below := false
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) && r != prolonged && !(below && scriptOf(r) != nil) {
			break
		}
		below = r == '\u17D2' || r == '\u1039'
		i += size
	}
	return i
}
