package vectorize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isCompatible tells characters that Unicode keeps for the sake of other encodings: ligatures,
// letters of full and half width, mathematical alphabets, Arabic letters in their shapes. They are
// counted as what they stand for (NFKC).
func isCompatible(r rune) bool {
	return '\ufb00' <= r && r <= '\uffef' || 0x1d400 <= r && r <= 0x1d7ff
}

// appendFolded adds a character to a token as what it stands for. What is no letter or digit then,
// as the blank before an accent that stands alone, is not added.
func (t *wordTokenizer) appendFolded(r rune) {
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	for _, r := range string(norm.NFKC.Bytes(raw[:n])) {
		if beginsWord(r) || unicode.IsMark(r) {
			t.appendRune(t.toLower(r))
		}
	}
}

// isApostrophe tells the marks that people write for an apostrophe, whatever they are for. Of
// FirstRules and WordRules only the first three are.
func isApostrophe(r rune, folds bool) bool {
	switch r {
	case '’', '‘', '＇':
		return true
	case 'ʼ', 'ʹ', '′', '´', '՚', '׳', 'ꞌ':
		return folds
	}
	return false
}

// foldWord writes a word that a user has typed as tokens are folded.
func foldWord(word string) string {
	var folded strings.Builder
	for _, r := range word {
		switch {
		case isApostrophe(r, true):
			folded.WriteByte('\'')
		case r == '״':
			folded.WriteByte('"')
		case isCompatible(r):
			folded.WriteString(norm.NFKC.String(string(r)))
		default:
			folded.WriteRune(r)
		}
	}
	return greekForms.Replace(folded.String())
}

// oldLetters are letters that are written as others today, and two that are one character.
var oldLetters = strings.NewReplacer("ſ", "s", "ĳ", "ij", "ŉ", "'n", "ǆ", "dž", "ǉ", "lj", "ǌ", "nj")

// greekForms are other forms of Greek letters, and the sign for a millionth: µm is μm.
var greekForms = strings.NewReplacer("µ", "μ", "ϐ", "β", "ϑ", "θ", "ϕ", "φ", "ϖ", "π", "ϰ", "κ", "ϱ", "ρ", "ϵ", "ε")

// stressMarks are those of Cyrillic words.
var stressMarks = strings.NewReplacer("\u0301", "", "\u0300", "")

// withoutHabits writes a token as most texts do: without old letters, without marks of stress, as
// dictionaries and books for learners of Russian have them, and without the strokes and points of
// Arabic and Hebrew, in whatever language the document is.
func withoutHabits(token, code string) string {
	ascii, latin, cyrillic, points := true, false, false, false
	for _, r := range token {
		if r < utf8.RuneSelf {
			continue
		}
		ascii = false
		latin = latin || r < 0x250
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		points = points || unicode.In(r, unicode.Hebrew, unicode.Arabic)
	}
	switch {
	case ascii:
		return token
	case cyrillic:
		return stressMarks.Replace(token)
	case points:
		if mended := withoutMarks(token); mended != "" {
			return mended
		}
	case latin && code == "fr":
		return strings.ReplaceAll(oldLetters.Replace(token), "œ", "oe")
	case latin:
		return oldLetters.Replace(token)
	}
	return token
}
