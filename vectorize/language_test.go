package vectorize

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestLanguages(t *testing.T) {
	want := strings.Fields("ar da de el en es fi fr he hu it ja ko nl no pl pt ro ru sv th tr uk zh auto none")
	if got := Languages(); !slices.Equal(got, want) {
		t.Errorf("Languages() = %q, want %q", got, want)
	}
}

// A list out of order, or with a word twice, is a list that nobody can review; a word
// in upper case or with an accent apart would never match a token.
func TestStopWordLists(t *testing.T) {
	for _, language := range Languages() {
		t.Run(language, func(t *testing.T) {
			list := StopWords(language)
			if language == NoLanguage || language == Auto {
				if list != nil {
					t.Fatalf("has %d stop words, want none", len(list))
				}
				return
			}
			if len(list) < 100 {
				t.Errorf("has only %d stop words", len(list))
			}
			for i, word := range list {
				if i > 0 && list[i-1] >= word {
					t.Errorf("%q stands before %q", list[i-1], word)
				}
				if word != strings.ToLower(word) || word != norm.NFC.String(word) || !utf8.ValidString(word) {
					t.Errorf("%q is not written as tokens are", word)
				}
				if strings.Contains(word, "’") {
					t.Errorf("%q has a curly apostrophe", word)
				}
			}
		})
	}
}

func TestStopWordsOfNoLanguage(t *testing.T) {
	for _, language := range []string{"", "xx", "EN", "../stopwords/en", "en.txt"} {
		if list := StopWords(language); list != nil {
			t.Errorf("StopWords(%q) has %d words, want nil", language, len(list))
		}
	}
}

func TestEnglishStopWords(t *testing.T) {
	list := StopWords("en")
	for _, word := range strings.Fields("the and of to in is it that don't you'll which would because") {
		if !slices.Contains(list, word) {
			t.Errorf("%q is no stop word", word)
		}
	}
	// Lists for search engines hold words like these, which are what topics are about.
	for _, word := range strings.Fields(`computer research world state people year work system
		government money time life home book war party power school family group law water
		new number part problem question right order man woman child day night`) {
		if slices.Contains(list, word) {
			t.Errorf("%q is a stop word", word)
		}
	}
}

// Contractions are typed with and without their apostrophe; both are stop words unless
// what is left is another word ("well", "wed").
func TestEnglishContractions(t *testing.T) {
	list := StopWords("en")
	for _, word := range strings.Fields("don't isn't can't they're would've") {
		bare := strings.ReplaceAll(word, "'", "")
		if !slices.Contains(list, word) || !slices.Contains(list, bare) {
			t.Errorf("%q and %q are not both stop words", word, bare)
		}
	}
	for _, word := range strings.Fields("ill shell wed") {
		if slices.Contains(list, word) {
			t.Errorf("%q is a stop word, though it is a word of its own", word)
		}
	}
}

func TestStopWordsOption(t *testing.T) {
	const text = "The whale and the sea"
	for _, test := range []struct {
		name  string
		words []string
		want  string
	}{
		{"the language's own", nil, "sea whale"},
		{"in its place", []string{"whale"}, "and sea the"},
		{"empty is none", []string{}, "and sea the whale"},
		{"any case", []string{"WHALE", "And"}, "sea the"},
		{"not in the text", []string{"ship"}, "and sea the whale"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := loose()
			o.StopWords = test.words
			if got := stems(counted(t, o, text)); got != test.want {
				t.Errorf("terms are %q, want %q", got, test.want)
			}
		})
	}
}

// Stop words are compared before stemming: one form of a word may go while the others
// stay.
func TestStopWordsAreComparedAsWritten(t *testing.T) {
	o := loose()
	o.StopWords = []string{"walks"}
	table := counted(t, o, "walks walking walk walks")
	if got, want := table.Vocabulary.Terms[0].Count, 2; got != want {
		t.Errorf("walk is counted %d times, want %d: only walks is a stop word", got, want)
	}
	if got, want := dropped(table, StopWord), (Dropped{StopWord, 1, 2}); got != want {
		t.Errorf("dropped %v, want %v", got, want)
	}
}

// What a possessive belongs to can be a stop word too.
func TestStopWordPossessive(t *testing.T) {
	table := counted(t, loose(), "Somewhere's each other's whale's song")
	if got, want := shown(table), "song whale"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

// A stop word that is itself a possessive does not take the word along.
func TestPossessiveAsStopWord(t *testing.T) {
	o := loose()
	o.StopWords = []string{"whale's"}
	if got := counted(t, o, "whale whale's whales").Vocabulary.Terms[0].Count; got != 2 {
		t.Errorf("whale is counted %d times, want 2", got)
	}
}

// Russian prints ё mostly as е, so that a list with one of them has to catch both.
func TestRussianStopWords(t *testing.T) {
	o := loose()
	o.Language = "ru"
	if got, want := shown(counted(t, o, "Ещё и еще, её и ее лес")), "лес"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

// A stop word of another language that comes again and again tells that language by the rules of
// older models alone.
func TestRepeatedStopWordsByRules(t *testing.T) {
	for rules, want := range map[int]string{WordRules: "da", CurrentRules: "en"} {
		o := Defaults()
		o.Rules = rules
		d := newDetector(&o, newLists(&o).byStopWord)
		if got := d.language("dog whales dog harbour dog sails", "en"); got != want {
			t.Errorf("rules %d: %s, want %s", rules, got, want)
		}
	}
}

// Words in scripts of none of the languages stay as they are written, whatever the main language is.
func TestForeignScripts(t *testing.T) {
	for _, text := range []string{
		"क्या देश में फिल्म राज्य के लिए सबसे अच्छी है और पैसा कहाँ गया",
		"শিক্ষক ও ছাত্ররা বিদ্যালয়ে বাংলা ভাষার বই পড়েন এবং লেখেন",
		"கட்சி தலைவர் தமிழ் மொழியில் பேசினார் என்று செய்தி வந்தது",
		"క్రికెట్ ఆట తెలుగు ప్రజలకు చాలా ఇష్టమైన ఆట అని చెప్పారు",
	} {
		for rules, want := range map[int]bool{LetterRules: false, CurrentRules: true} {
			o := Defaults()
			o.Rules, o.Language, o.Stem = rules, Auto, false
			o.MinDF, o.MaxDF = frequency("1"), frequency("1.0")
			table, err := Count(context.Background(), documents("The boats lay in the harbour and the crew went to the town.", text, text), o)
			if err != nil {
				t.Fatal(err)
			}
			word := strings.Fields(text)[0]
			if _, known := table.Vocabulary.Find(word); known != want {
				t.Errorf("rules %d: %s is known: %v", rules, word, known)
			}
		}
	}
	d := newDetector(&Options{Language: Auto, Rules: CurrentRules}, newLists(&Options{}).byStopWord)
	for main, want := range map[string]string{"en": "en", "de": "de", "ru": "ru", "ar": "en", "": ""} {
		if got := d.language("क्या देश में फिल्म राज्य के लिए", main); got != want {
			t.Errorf("with the main language %q Hindi is counted by %q, want %q", main, got, want)
		}
	}
}
