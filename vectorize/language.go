package vectorize

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Auto is the language that is found out for each document.
const Auto = "auto"

// NoLanguage has neither stop words nor a stemmer.
const NoLanguage = "none"

// languageRules is what is known of a language. Each function may be nil.
type languageRules struct {
	// stem returns the stem of a mended token.
	stem func(token string) string
	// mend prepares a token for its stemmer, and for being shown.
	mend func(token string) string
	// fold makes the same of spellings that differ by habit; stop words are compared
	// folded too.
	fold func(token string) string
}

// languages are those that have stop words, by their code. Where kljensen/snowball has a
// stemmer it is taken; the others are those of blevesearch/snowballstem. Chinese,
// Hebrew, Japanese, Korean, Polish, Thai and Ukrainian have none.
var languages = map[string]languageRules{
	"ar":       {stem: arabicStem, mend: withoutMarks},
	"da":       {stem: danishStem},
	"de":       {stem: germanStem},
	"el":       {stem: withoutAccents, mend: finalSigma, fold: withoutAccents},
	"en":       {stem: englishStem(), mend: mendEnglish},
	"es":       {stem: snowballStem("spanish")},
	"fi":       {stem: finnishStem},
	"fr":       {stem: snowballStem("french"), mend: mendFrench},
	"he":       {mend: withoutMarks},
	"hu":       {stem: snowballStem("hungarian")},
	"it":       {stem: italianStem, mend: mendItalian},
	"ja":       {},
	"ko":       {},
	"nl":       {stem: dutchStem},
	"no":       {stem: snowballStem("norwegian")},
	"pl":       {},
	"pt":       {stem: portugueseStem},
	"ro":       {stem: romanianStem, mend: mendRomanian},
	"ru":       {stem: snowballStem("russian"), mend: withoutYo, fold: withoutYo},
	"sv":       {stem: snowballStem("swedish")},
	"th":       {},
	"tr":       {stem: turkishStem, mend: mendTurkish},
	"uk":       {},
	"zh":       {},
	NoLanguage: {},
}

// Languages lists the codes of the languages that have stop words and mostly a stemmer,
// then "auto" and "none".
func Languages() []string { return append(knownLanguages(), Auto, NoLanguage) }

// knownLanguages lists the codes of those that have stop words.
func knownLanguages() []string {
	codes := slices.Sorted(maps.Keys(languages))
	return slices.DeleteFunc(codes, func(c string) bool { return c == NoLanguage })
}

//go:embed stopwords/*.txt
var stopWordFiles embed.FS

// StopWords returns the list of a language, in byte order; nil for "none" and "auto".
func StopWords(language string) []string {
	text, err := stopWordFiles.ReadFile("stopwords/" + language + ".txt")
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}

// mendToken prepares a token of a language for its stemmer.
func mendToken(token, code string) string {
	if mend := languages[code].mend; mend != nil {
		return mend(token)
	}
	return token
}

// stemToken returns the stem of a mended token.
func stemToken(token, code string) string {
	if stem := languages[code].stem; stem != nil {
		if stemmed := stem(token); stemmed != "" {
			return stemmed
		}
	}
	return token
}

// mendEnglish takes off a possessive: Snowball's stemmer does, but what is shown would
// keep it.
func mendEnglish(token string) string { return strings.TrimSuffix(token, "'s") }

// withoutYo writes ё as е, as most Russian texts do; the stemmer knows е only.
func withoutYo(token string) string { return strings.ReplaceAll(token, "ё", "е") }

// The words that French and Italian write together with the one that follows, which the
// stemmers do not know.
var (
	frenchElisions  = strings.Fields("c d j l m n s t qu jusqu lorsqu puisqu quoiqu")
	italianElisions = strings.Fields(`l d c m t s v n un dell nell all dall sull coll quell quest bell sant
		gl dev dov com cos anch tutt senz mezz pover buon nessun ciascun degl dagl agl negl sugl`)
)

func mendFrench(token string) string  { return withoutElision(token, frenchElisions) }
func mendItalian(token string) string { return withoutElision(token, italianElisions) }

func withoutElision(token string, elisions []string) string {
	if article, word, elided := strings.Cut(token, "'"); elided && slices.Contains(elisions, article) {
		return word
	}
	return token
}

// mendTurkish takes off the ending that Turkish parts from a name: "Ankara'da".
func mendTurkish(token string) string {
	name, _, _ := strings.Cut(token, "'")
	return name
}

// commas and cedillas are Romanian's letters as they are now written, and as old texts
// and the stemmer have them.
var (
	toCommas   = strings.NewReplacer("ş", "ș", "ţ", "ț")
	toCedillas = strings.NewReplacer("ș", "ş", "ț", "ţ")
)

func mendRomanian(token string) string { return toCommas.Replace(token) }

// finalSigma writes the sigma that ends a Greek word, which lower case does not make of Σ.
func finalSigma(token string) string {
	if word, ends := strings.CutSuffix(token, "σ"); ends {
		return word + "ς"
	}
	return token
}

// withoutAccents takes the accents off Greek, where capitals have none.
func withoutAccents(token string) string {
	return norm.NFC.String(withoutMarks(norm.NFD.String(token)))
}

// withoutMarks takes off the vowels and other marks that Arabic and Hebrew may write
// above and below letters, and the stroke that makes an Arabic word longer.
func withoutMarks(token string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' {
			return -1
		}
		return r
	}, token)
}
