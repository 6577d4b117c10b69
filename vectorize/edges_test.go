package vectorize

import (
	"context"
	"strings"
	"testing"
)

func TestMarksBeginNoWord(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"emoji with its variation selector", "❤\uFE0Flove", "love"},
		{"accents alone", "\u0301\u0302 ok", "ok"},
		{"soft hyphen before a digit", "\u00AD3rd ok", "ok"},
		{"soft hyphen before a word", "\u00ADword", "word"},
		{"apostrophe before a soft hyphen", "don'\u00AD ok", "don ok"},
	} {
		if got := strings.Join(cutAll(cutter("", 0, 0), test.text), " "); got != test.want {
			t.Errorf("%s: %q is cut into %q, want %q", test.name, test.text, got, test.want)
		}
	}
}

func TestNothingIsNoTerm(t *testing.T) {
	o := loose()
	o.TokenPattern = `\S+`
	if got, want := stems(counted(t, o, "rock 's music")), "music rock"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

func TestFormsOfPairs(t *testing.T) {
	o := plain()
	o.TokenPattern, o.NGrams = `\w+`, Range{2, 2}
	for _, term := range counted(t, o, "new_york new york").Vocabulary.Terms {
		if len(term.Forms) != 1 || term.Forms[0].Count != term.Count {
			t.Errorf("%q occurs %d times, but its forms are %v", term.Stem, term.Count, term.Forms)
		}
	}
}

func TestNoPairError(t *testing.T) {
	o := loose()
	o.NGrams = Range{2, 2}
	_, err := Count(context.Background(), documents("whale", "sea"), o)
	if err == nil || strings.Contains(err.Error(), "no text holds a word") || !strings.Contains(err.Error(), "--ngram-range") {
		t.Errorf("error is %q", err)
	}
}

func TestStopWordsAsTyped(t *testing.T) {
	o := loose()
	o.StopWords = []string{"don’t", "cafe\u0301"}
	if got, want := shown(counted(t, o, "don’t don't café whale")), "whale"; got != want {
		t.Errorf("English terms are %q, want %q", got, want)
	}
	o = loose()
	o.Language = "ru"
	if got, want := shown(counted(t, o, "твоё твое чьё чье насчёт насчет лес")), "лес"; got != want {
		t.Errorf("Russian terms are %q, want %q", got, want)
	}
}

func TestHugeFrequency(t *testing.T) {
	f, err := ParseFrequency("9223372036854775807")
	if err != nil {
		return // refusing it is fine
	}
	if again, err := ParseFrequency(f.String()); err != nil || again != f {
		t.Errorf("%q is read as %v, %v", f, again, err)
	}
}

// 0.07 · 100 is a little more than 7 in binary, and 0.29 · 100 a little less than 29.
func TestSharesOfDocumentsAreExact(t *testing.T) {
	for _, c := range []struct {
		share string
		with  int
	}{{"0.07", 7}, {"0.29", 29}} {
		texts := make([]string, 100)
		for i := range texts {
			texts[i] = "sea"
			if i < c.with {
				texts[i] = "whale"
			}
		}
		o := plain()
		o.MinDF.Set(c.share)
		o.MaxDF.Set(c.share)
		if got := shown(counted(t, o, texts...)); got != "whale" {
			t.Errorf("of %d in 100 documents with the share %s, terms are %q", c.with, c.share, got)
		}
	}
}

func TestFrenchElisions(t *testing.T) {
	o := loose()
	o.Language = "fr"
	if got, want := shown(counted(t, o, "l'homme homme aujourd'hui d’état état")), "aujourd'hui homme état"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

// Words that differ only in what fills them up are different words.
func TestWordsOfZeros(t *testing.T) {
	o := plain()
	o.TokenPattern = `[^ ]+`
	if got := len(counted(t, o, "a a\x00 a\x00\x00 a a\x00").Vocabulary.Terms); got != 3 {
		t.Errorf("%d terms, want 3", got)
	}
}

func TestHugeRange(t *testing.T) {
	o := Defaults()
	o.NGrams = Range{1, 40000}
	var again Range
	if o.Validate() == nil && again.Set(o.NGrams.String()) != nil {
		t.Errorf("%v is valid, but cannot be read back", o.NGrams)
	}
}
