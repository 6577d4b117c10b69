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
