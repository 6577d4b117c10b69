package vectorize

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestForms(t *testing.T) {
	for _, test := range []struct {
		name, language, text string
		want                 []Form // of the only term
	}{
		{"case is no form", "en", "Whale WHALE whale", []Form{{"whale", 3}}},
		{"most frequent first", "en", "compute computing computing computed computing computed",
			[]Form{{"computing", 3}, {"computed", 2}, {"compute", 1}}},
		{"ties in byte order", "en", "walks walking walked walk", []Form{{"walk", 1}, {"walked", 1}, {"walking", 1}, {"walks", 1}}},
		{"possessive", "en", "Bush's Bush’s", []Form{{"bush", 2}}},
		{"possessive and not", "en", "Bush's Bush bush", []Form{{"bush", 3}}},
		{"plural possessive", "en", "whales' whales", []Form{{"whales", 2}}},
		{"accent apart", "fr", "forêt fore\u0302t", []Form{{"forêt", 2}}},
		{"ё", "ru", "ёлка елка е\u0308лка", []Form{{"елка", 3}}},
		{"endings", "ru", "книга книги книги книгу", []Form{{"книги", 2}, {"книга", 1}, {"книгу", 1}}},
		{"soft hyphen", "no", "fis\u00ADker fisker", []Form{{"fisker", 2}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := loose()
			o.Language = test.language
			table := counted(t, o, test.text)
			if len(table.Vocabulary.Terms) != 1 {
				t.Fatalf("there are %d terms, want 1: %q", len(table.Vocabulary.Terms), stems(table))
			}
			term := table.Vocabulary.Terms[0]
			if !reflect.DeepEqual(term.Forms, test.want) {
				t.Errorf("forms are %v, want %v", term.Forms, test.want)
			}
			if got, want := term.Shown(), test.want[0].Text; got != want {
				t.Errorf("shown as %q, want %q", got, want)
			}
		})
	}
}

func TestShownWithoutForms(t *testing.T) {
	if got := (&Term{Stem: "comput"}).Shown(); got != "comput" {
		t.Errorf("a term without forms is shown as %q, want its stem", got)
	}
}

// Each language has a stemmer of its own: the words of a line are one term by it, and
// several without.
func TestStem(t *testing.T) {
	for _, test := range []struct{ language, text, stem string }{
		{"en", "connected connecting connection connections", "connect"},
		{"es", "chicas chica", "chic"},
		{"fr", "continuellement continuelle", "continuel"},
		{"hu", "házak házakat", "ház"},
		{"no", "fisken fiskene", "fisk"},
		{"ru", "важная важные", "важн"},
		{"sv", "jakten jakt", "jakt"},
		{"none", "connected", "connected"},
	} {
		t.Run(test.language, func(t *testing.T) {
			o := loose()
			o.Language, o.StopWords = test.language, []string{}
			if got := stems(counted(t, o, test.text)); got != test.stem {
				t.Errorf("the stem of %q is %q, want %q", test.text, got, test.stem)
			}
			o.Stem = false
			table := counted(t, o, test.text)
			if got, want := len(table.Vocabulary.Terms), len(strings.Fields(test.text)); got != want {
				t.Errorf("without stems %q has %d terms, want %d", test.text, got, want)
			}
		})
	}
}

// No language means that nothing is known of the text: it is taken as it is.
func TestNoLanguage(t *testing.T) {
	if got, want := stems(counted(t, plain(), "The Bushes' and Bush's Ёлка")), "and bush's bushes the ёлка"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

// A possessive and ё are put right also where nothing is stemmed.
func TestFormsWithoutStems(t *testing.T) {
	o := loose()
	o.Stem = false
	if got, want := stems(counted(t, o, "Whale's whales whale")), "whale whales"; got != want {
		t.Errorf("English terms are %q, want %q", got, want)
	}
	o.Language = "ru"
	if got, want := stems(counted(t, o, "ёлка елка")), "елка"; got != want {
		t.Errorf("Russian terms are %q, want %q", got, want)
	}
}

// What is left of a possessive can be too short to be a term.
func TestTooShort(t *testing.T) {
	table := counted(t, loose(), "Plan B's and C's, and again B's whale")
	if got, want := stems(table), "plan whale"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if got, want := dropped(table, TooShort), (Dropped{TooShort, 2, 3}); got != want {
		t.Errorf("dropped %v, want %v", got, want)
	}
}

func TestFind(t *testing.T) {
	v := counted(t, plain(), "delta alpha charlie").Vocabulary
	for stem, want := range map[string]int{"alpha": 0, "charlie": 1, "delta": 2} {
		if row, ok := v.Find(stem); !ok || row != want {
			t.Errorf("Find(%q) = %d, %v, want %d", stem, row, ok, want)
		}
	}
	for _, stem := range []string{"", "alph", "bravo", "Delta", "zulu"} {
		if row, ok := v.Find(stem); ok {
			t.Errorf("Find(%q) = %d, though there is no such term", stem, row)
		}
	}
}

// FuzzStem makes sure that no word breaks a stemmer, for they are other people's work
// and meet whatever a text holds.
func FuzzStem(f *testing.F) {
	for _, word := range []string{"", "'", "''s", "yyy", "ing", "ßß", "ёё", "e\u0301", "\xff", "ııı", "a'b'c"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if !utf8.ValidString(word) {
			return // a token is valid
		}
		for language := range languages {
			stemmed := stemToken(word, language)
			if !utf8.ValidString(stemmed) {
				t.Errorf("the stem of %q in %s is not UTF-8: %q", word, language, stemmed)
			}
			if stemmed == "" && word != "" {
				t.Errorf("the stem of %q in %s is empty", word, language)
			}
		}
	})
}
