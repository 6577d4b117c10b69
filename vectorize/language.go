package vectorize

import (
	"embed"
	"maps"
	"slices"
	"strings"

	"github.com/kljensen/snowball"
)

// languages names Snowball's stemmer for each code.
var languages = map[string]string{
	"en":   "english",
	"es":   "spanish",
	"fr":   "french",
	"hu":   "hungarian",
	"no":   "norwegian",
	"ru":   "russian",
	"sv":   "swedish",
	"none": "",
}

// Languages lists the codes of the languages that have stop words and a stemmer, and
// "none", which has neither.
func Languages() []string {
	codes := slices.Sorted(maps.Keys(languages))
	return append(slices.DeleteFunc(codes, func(c string) bool { return c == "none" }), "none")
}

//go:embed stopwords/*.txt
var stopWordFiles embed.FS

// StopWords returns the list of a language, in byte order; nil for "none".
func StopWords(language string) []string {
	text, err := stopWordFiles.ReadFile("stopwords/" + language + ".txt")
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}

// mend prepares a token for its stemmer, and for being shown. Snowball's English
// stemmer takes 's off but what is shown would keep it; the French one does not know
// elisions; the Russian one does not know that ё is mostly written е.
func mend(token, language string) string {
	switch language {
	case "en":
		return strings.TrimSuffix(token, "'s")
	case "fr":
		if article, word, elided := strings.Cut(token, "'"); elided && slices.Contains(elisions, article) {
			return word
		}
	case "ru":
		return strings.ReplaceAll(token, "ё", "е")
	}
	return token
}

// elisions are what French writes together with the word that follows.
var elisions = strings.Fields("c d j l m n s t qu jusqu lorsqu puisqu quoiqu")

// stem returns the stem of a mended token.
func stem(token, language string) string {
	stemmed, err := snowball.Stem(token, languages[language], true)
	if err != nil || stemmed == "" {
		return token
	}
	return stemmed
}
