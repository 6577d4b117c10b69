package vectorize

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/turkish"
	"github.com/kljensen/snowball"
)

// The stemmers generated from Snowball, as of its version 2.0.
func arabicStem(token string) string     { return generated(token, arabic.Stem) }
func danishStem(token string) string     { return generated(token, danish.Stem) }
func dutchStem(token string) string      { return generated(token, dutch.Stem) }
func finnishStem(token string) string    { return generated(token, finnish.Stem) }
func germanStem(token string) string     { return generated(token, german.Stem) }
func italianStem(token string) string    { return generated(token, italian.Stem) }
func portugueseStem(token string) string { return generated(token, portuguese.Stem) }
func romanianStem(token string) string {
	return toCommas.Replace(generated(toCedillas.Replace(token), romanian.Stem))
}
func turkishStem(token string) string { return generated(token, turkish.Stem) }

func generated(token string, stem func(*snowballstem.Env) bool) string {
	env := snowballstem.NewEnv(token)
	stem(env)
	return env.Current()
}

// englishStem is Snowball's stemmer, asked only for words that it may change. Half of the
// different words of 20 Newsgroups end as no English suffix does, and stemming them all was
// an eighth of the work of reading and counting.
func englishStem() func(string) string {
	stem := snowballStem("english")
	return func(token string) string {
		if isEnglishStem(token) {
			return token
		}
		return stem(token)
	}
}

// isEnglishStem is true of words of the letters a to z that end as no suffix does which
// the stemmer takes off or changes.
func isEnglishStem(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	if len(word) < 2 {
		return false
	}
	switch before, last := word[len(word)-2], word[len(word)-1]; last {
	case 'e', 's', 'y':
		return false
	case 'c':
		return before != 'i' // -ic
	case 'd':
		return before != 'e' // -ed, -eed
	case 'g':
		return before != 'n' // -ing
	case 'i':
		return before != 'c' && before != 'g' && before != 'l' && before != 't' // -enci, -ogi, -li, -iti
	case 'l':
		return before != 'a' && before != 'l' && before != 'u' // -al, -ll, -ful
	case 'm':
		return before != 's' // -ism
	case 'n':
		return before != 'o' // -ion
	case 'r':
		return before != 'e' && before != 'o' // -er, -ator
	case 't':
		return before != 'n' // -ant, -ent
	}
	return true
}

// snowballStem is a stemmer of kljensen/snowball.
func snowballStem(language string) func(string) string {
	return func(token string) string {
		stemmed, err := snowball.Stem(token, language, true)
		if err != nil {
			return token
		}
		return stemmed
	}
}
