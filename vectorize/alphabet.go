package vectorize

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alphabets are the letters that tell a language, of those whose script is that of others as well:
// beyond ASCII, and for Russian and Ukrainian those that the other has not.
var alphabets = map[string]string{
	"da": "æøåé", "de": "äöüß", "es": "ñáéíóúü", "fi": "äö", "fr": "éèêëàâçîïôûùœ", "hu": "áéíóöőúüű",
	"it": "àèéìòù", "nl": "ëïé", "no": "æøåé", "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõú", "ro": "ăâîșțşţ",
	"ru": russianLetters, "sv": "åäöé", "tr": "çğıöşü", "uk": ukrainianLetters,
}

const russianLetters, ukrainianLetters = "ыэъё", "іїєґ"

// alphabetLanguages are the languages of letters, as places in the list of all languages.
type alphabetLanguages struct {
	sets  map[rune]uint64
	lists map[uint64][]int // that a set stands for
}

func newAlphabetLanguages(codes []string) *alphabetLanguages {
	a := &alphabetLanguages{sets: map[rune]uint64{}, lists: map[uint64][]int{}}
	for i, code := range codes {
		for _, r := range alphabets[code] {
			a.sets[r] |= 1 << i
		}
	}
	return a
}

// of is the languages that have all letters of a word, and its first letter that tells something.
// Of a word of common letters, or with one that no language has, there are none.
func (a *alphabetLanguages) of(word []byte) (first rune, places []int) {
	set := ^uint64(0)
	for _, r := range string(word) {
		if r < utf8.RuneSelf {
			continue
		}
		r = unicode.ToLower(r)
		languages, known := a.sets[r]
		if !known && unicode.Is(unicode.Cyrillic, r) {
			continue
		}
		if first == 0 {
			first = r
		}
		set &= languages
	}
	if first == 0 || set == 0 {
		return 0, nil
	}
	return first, a.list(set)
}

func (a *alphabetLanguages) list(set uint64) []int {
	places, known := a.lists[set]
	if !known {
		for rest := set; rest != 0; rest &= rest - 1 {
			places = append(places, bits.TrailingZeros64(rest))
		}
		a.lists[set] = places
	}
	return places
}

// byCyrillic is Russian or Ukrainian for a text with letters that only one of them has.
func byCyrillic(text string) string {
	russian := strings.ContainsAny(strings.ToLower(text), russianLetters)
	switch ukrainian := strings.ContainsAny(strings.ToLower(text), ukrainianLetters); {
	case russian && !ukrainian:
		return "ru"
	case ukrainian && !russian:
		return "uk"
	}
	return ""
}
