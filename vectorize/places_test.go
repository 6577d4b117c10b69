package vectorize

import (
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// marked puts each token of a text in brackets.
func marked(t tokenizer, text string) string {
	var b strings.Builder
	end := 0
	t.cut(text, func([]byte) {
		from, to := t.at(text)
		if from < end { // of a pair of characters, the second
			from = end
		}
		b.WriteString(text[end:from] + "[" + text[from:to] + "]")
		end = to
	})
	return b.String() + text[end:]
}

// Each tokenizer tells where a token stands as it was typed: with its capitals, with the
// signs without width inside, at its place behind addresses that are passed over.
func TestPlaces(t *testing.T) {
	first := Defaults()
	first.Rules = FirstRules
	for _, test := range []struct {
		name, want string
		tokenizer  tokenizer
	}{
		{"plain", "[Hello], [World]! a 42 [mp3]", cutter("", 0, 0)},
		{"accents", "[Cafés]/x [NAI\u0308VE]…", cutter("", 0, 0)},
		{"possessive", "[the] [whale's] [Don’t]", cutter("", 0, 0)},
		{"soft hyphens", "[Donau\u00ADdampf]\u00AD [schiff]", cutter("", 0, 0)},
		{"underscores", "[ünder]_[score]_", cutter("", 0, 0)},
		{"behind an address", "jo@x.org [wrote] ü@x.org [ürgent]", cutter("", 0, 0)},
		{"addresses kept", "[jo@x.org] [at] [http://x.org/Ä], [ürgent]", cutter("", Emails|URLs, 0)},
		{"addresses split", "[jo]@x.[org]", cutter("", 0, Emails)},
		{"tags kept", "[#Go] [＃東京] #1", cutter("", Hashtags, 0)},
		{"hyphens kept", "[x-ray] [état-Major] a--b", cutter("", Hyphens, 0)},
		{"numbers kept", "[3.14] [1’000] [٤٢]", cutter("", Numbers, 0)},
		{"apostrophes split", "[don]'t l’[eau]", cutter("", 0, Apostrophes)},
		{"pairs", "[東京][都]に", cutter("", 0, 0)},
		{"letters below", "[ខ្មែរ]", cutter("", 0, 0)},
		{"first rules", "[so\u00ADft] [Don’t] 3rd [ÉTAT]", newTokenizer(&first, "en")},
		{"pattern", "Ⱥ[İK] [IŞK] Ⱥ [xyz]\xff [AB]", cutter(`[a-zş]{2,}`, 0, 0)},
		{"group of a pattern", "Ⱥ #[Go] #[fun]", cutter(`#(\w+)`, 0, 0)},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.NewReplacer("[", "", "]", "").Replace(test.want)
			if got := marked(test.tokenizer, text); strings.ReplaceAll(got, "[に]", "に") != test.want {
				t.Errorf("tokens stand at %s\nwant %s", got, test.want)
			}
		})
	}
}

// A token's place holds what the token was made of, whatever the text and the options.
func checkPlaces(t interface{ Fatalf(string, ...any) }, tokenizer tokenizer, text string) {
	before := 0
	tokenizer.cut(text, func(token []byte) {
		from, to := tokenizer.at(text)
		if from < before || to <= from || to > len(text) {
			t.Fatalf("%q: %q stands from %d to %d, after one from %d", text, token, from, to, before)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[from:to]) {
			t.Fatalf("%q: %q stands at %q, in the middle of a character", text, token, text[from:to])
		}
		before = from
	})
}

func FuzzPlaces(f *testing.F) {
	for _, seed := range []string{
		"Hello, don't jo@x.org http://x.org/é 3.14 so\u00ADft", "東京都 ที่นี่ดี x@y.z e\u0301", "ȺİK \xff\xc3 _a_ #tag",
	} {
		f.Add(seed, uint8(0), uint8(0))
		f.Add(seed, uint8(Keepable), uint8(Apostrophes))
	}
	f.Fuzz(func(t *testing.T, text string, keep, split uint8) {
		o := Defaults()
		o.Keep, o.Split = Kinds(keep)&Keepable, Kinds(split)&Splittable
		o.Keep &^= o.Split
		checkPlaces(t, newTokenizer(&o, "en"), text)
		checkPlaces(t, newTokenizer(&o, "tr"), text)
		checkPlaces(t, &firstTokenizer{}, text)
		checkPlaces(t, cutter(`\w\p{L}+|.(..)`, 0, 0), text)
	})
}

// Tokens has the rows of Rows. Of each, what stands between From and To, cut by itself,
// ends in the same row; tokens of one length rise; and LeftOut is the rest.
func TestTokensStandWhereTheyWereCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := loose()
		o.NGrams.To = rapid.IntRange(1, 3).Draw(t, "n")
		if o.Phrases = o.NGrams.To == 1 && rapid.Bool().Draw(t, "phrases"); o.Phrases {
			o.PhraseMinCount = 1
		}
		texts := rapid.SliceOfN(text, 1, 6).Draw(t, "texts")
		table, err := Count(context.Background(), documents(texts...), o)
		if err != nil {
			t.Skip(err)
		}
		c, err := NewCutter(table.Vocabulary, table.Settle(o))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			checkTokens(t, c, o, text)
		}
	})
}

func checkTokens(t *rapid.T, c *Cutter, o Options, text string) {
	tokens := c.Tokens(text)
	var rows []int32
	for _, token := range tokens {
		rows = append(rows, token.Row)
		alone := c.Rows(text[token.From:token.To])
		if len(alone) == 0 || alone[len(alone)-1] != token.Row {
			t.Fatalf("%q: %q alone has the rows %v, want %d", text, text[token.From:token.To], alone, token.Row)
		}
	}
	if want := c.Rows(text); !slices.Equal(rows, want) {
		t.Fatalf("%q: rows are %v, want %v", text, rows, want)
	}
	falls := 0
	for i := 1; i < len(tokens); i++ {
		if tokens[i].From <= tokens[i-1].From {
			falls++
		}
	}
	if falls > o.NGrams.To-1 {
		t.Fatalf("%q: the places %v fall %d times", text, tokens, falls)
	}
	left := c.LeftOut(text)
	for _, token := range left {
		if again := c.LeftOut(text[token.From:token.To]); len(again) != 1 || again[0].Row != token.Row || token.Row >= NotListed {
			t.Fatalf("%q: %v is left out, alone %v", text, token, again)
		}
	}
	got, all := len(left)+len(tokens), len(cutAll(c.tally.main.tokens, text))
	if o.NGrams.To == 1 && !o.Phrases && got != all {
		t.Fatalf("%q: %d tokens are counted or left out, of %d", text, got, all)
	}
}

// Stop words and what is too short stand between the tokens, and say which they are.
func TestLeftOut(t *testing.T) {
	o := loose()
	o.Language, o.StopWords = "en", nil
	table := counted(t, o, "whales swim in the sea")
	c, err := NewCutter(table.Vocabulary, o)
	if err != nil {
		t.Fatal(err)
	}
	const text = "B's whale at the ship of 42"
	want := []Token{{IsShort, 0, 3}, {IsStopWord, 10, 12}, {IsStopWord, 13, 16}, {IsStopWord, 22, 24}}
	if got := c.LeftOut(text); !slices.Equal(got, want) {
		t.Errorf("left out are %v, want %v", got, want)
	}
	row, _ := table.Vocabulary.Find("whale")
	if got, want := c.Tokens(text), []Token{{int32(row), 4, 9}, {NotListed, 17, 21}}; !slices.Equal(got, want) {
		t.Errorf("tokens are %v, want %v", got, want)
	}
}

// A phrase stands from its first word to its last, over what is between.
func TestPlaceOfAPhrase(t *testing.T) {
	o := loose()
	o.Phrases, o.PhraseMinCount, o.PhraseThreshold = true, 2, 0.2
	table := counted(t, o, "New York, the New  York sea", "new york whales ship", "sea whale ship sea")
	c, err := NewCutter(table.Vocabulary, table.Settle(o))
	if err != nil {
		t.Fatal(err)
	}
	const text = "Old New\nYork: ship"
	var got []string
	for _, token := range c.Tokens(text) {
		got = append(got, text[token.From:token.To])
	}
	if want := []string{"Old", "New\nYork", "ship"}; !slices.Equal(got, want) {
		t.Errorf("tokens stand at %q, want %q", got, want)
	}
}
