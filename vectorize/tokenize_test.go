package vectorize

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	uax29 "github.com/clipperhouse/uax29/v2/words"
)

// cutAll collects the tokens of a text.
func cutAll(t tokenizer, text string) []string {
	var tokens []string
	t.cut(text, func(token []byte) { tokens = append(tokens, string(token)) })
	return tokens
}

// cutter is a tokenizer of the present rules.
func cutter(pattern string, keep, split Kinds) tokenizer {
	o := Defaults()
	o.TokenPattern, o.Keep, o.Split = pattern, keep, split
	return newTokenizer(&o, "en")
}

func TestWordTokenizer(t *testing.T) {
	long := strings.Repeat("x", MaxLength)
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"no word", " \t\n.,;!?()[]{}#$%&*+/<=>@\\^`|~\"", ""},
		{"case", "Hello WORLD mIxEd", "hello world mixed"},
		{"punctuation", "(one),two.three/four", "one two three four"},
		{"line breaks", "one\r\ntwo\nthree", "one two three"},
		{"digits inside", "mp3 b2b covid19", "mp3 b2b covid19"},
		{"digits first", "3rd 1990s 2x 42 9to5", ""},
		{"digits first, apostrophe", "the 90's hit", "the hit"},
		{"digits after a hyphen", "covid-19 top-10", "covid top"},
		{"straight apostrophe", "don't o'clock rock'n'roll", "don't o'clock rock'n'roll"},
		{"curly apostrophe", "don’t o’clock", "don't o'clock"},
		{"quotes around", "'quoted' ‘curly’ ''twice''", "quoted curly twice"},
		{"trailing apostrophe", "dogs' dogs’ ma'", "dogs dogs ma"},
		{"leading apostrophe", "'tis ’twas", "tis twas"},
		{"two apostrophes", "can''t can’’t would", "can can would"},
		{"apostrophe before digit", "class'99", "class"},
		{"hyphens", "well-known state–of—the‑art", "well known state of the art"},
		{"underscores", "snake_case __init__", "snake case init"},
		{"single letters", "a I x-ray é я plan b", "ray plan"},
		{"accents composed", "Café NAÏVE Ökonom", "café naïve ökonom"},
		{"accents apart", "Cafe\u0301 NAI\u0308VE", "cafe\u0301 nai\u0308ve"},
		{"soft hyphen", "Donau\u00ADdampf\u00ADschiff end\u00AD", "donaudampfschiff end"},
		{"Greek", "Ελλάδα ΚΑΙ", "ελλάδα και"},
		{"Cyrillic", "Москва ЁЛКА об'єкт", "москва ёлка об'єкт"},
		{"digits of other scripts", "mp٣ ٣rd", "mp٣"},
		{"not quite digits", "x² ab² ⅷ", "ab"},
		{"marks of CJK", "日本、東京。", "日本 東京"},
		{"spaces of Unicode", "one\u00A0two\u2003three\u200Bfour", "one two three four"},
		{"signs without width", "three\uFEFFfour می\u200Cخواهم", "threefour میخواهم"},
		{"marks inside", "col·lecció צה\"ל example.com and/or", "col·lecció צה\"ל example com and or"},
		{"marks of numbers", "3.14 1,000 1'000 v1.5b", "v1"},
		{"letters that are no letters", "Ⓐbc №5 ℃", "bc"},
		{"emoji", "hot🔥news", "hot news"},
		{"broken UTF-8", "caf\xe9s ok\xff\xc3", "caf ok"},
		{"longest", long, long},
		{"too long", long + "x fine", "fine"},
		{"too long by a wide letter", long[1:] + "é fine", "fine"},
		{"too long by an apostrophe", long[1:] + "'s fine", "fine"},
		{"soft hyphens take no room", long[1:] + "\u00AD\u00ADx", long},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(cutAll(cutter("", 0, 0), test.text), " "); got != test.want {
				t.Errorf("%q is cut into %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// A tokenizer is used again and again: nothing of one text may show in the next.
func TestWordTokenizerForgets(t *testing.T) {
	tokenizer := cutter("", 0, 0)
	cutAll(tokenizer, "unfinished busines")
	if got := cutAll(tokenizer, "s new"); !slices.Equal(got, []string{"new"}) {
		t.Errorf("second text is cut into %q", got)
	}
}

func TestPatternTokenizer(t *testing.T) {
	for _, test := range []struct{ name, pattern, text, want string }{
		{"whole match", `[a-z]+`, "Ab c1D", "ab|c|d"},
		{"scikit-learn's", `\b\w\w+\b`, "the_x 3rd a mp3", "the_x|3rd|mp3"},
		{"first group", `#(\w+)`, "#Go is #fun", "go|fun"},
		{"second group is not asked", `(\w+)=(\w+)`, "k=v", "k"},
		{"group without name", `(?:mr|dr) \w+`, "Dr Who", "dr who"},
		{"group that did not take part", `x(y)?`, "xy x", "y"},
		{"empty matches", `z*`, "abc", ""},
		{"text is lowered first", `[A-Z]+`, "ABC", ""},
		{"single letters stay", `\w`, "ab", "a|b"},
		{"length is the pattern's", `\w+`, strings.Repeat("x", 2*MaxLength), strings.Repeat("x", 2*MaxLength)},
		{"no text", `\w+`, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(cutAll(cutter(test.pattern, 0, 0), test.text), "|"); got != test.want {
				t.Errorf("%q cuts %q into %q, want %q", test.pattern, test.text, got, test.want)
			}
		})
	}
}

// run is a word as the package comment describes it: letters and digits, among them
// accents and signs without width, with apostrophes and the like that a letter follows.
var run = regexp.MustCompile(`[\p{L}\p{Nl}\p{Nd}][\p{L}\p{Nl}\p{Nd}\p{M}\p{Cf}]*(?:['’‘＇·‧״"][\p{M}\p{Cf}]*[\p{L}\p{Nl}][\p{L}\p{Nl}\p{Nd}\p{M}\p{Cf}]*)*`)

// unseen are the signs without width, which are left out.
var unseen = regexp.MustCompile(`\p{Cf}`)

// slowTokens is the tokenizer written for the reader: the yardstick of the fast one. It
// knows neither addresses nor scripts without blanks.
func slowTokens(text string) []string {
	var segments []string
	for all := uax29.FromString(text); all.Next(); {
		segments = append(segments, all.Value())
	}
	return tokensOf(segments)
}

// tokensOf are the tokens in the words of UAX #29.
func tokensOf(segments []string) (tokens []string) {
	for _, segment := range segments {
		for _, word := range run.FindAllString(segment, -1) {
			if first, _ := utf8.DecodeRuneInString(word); unicode.IsDigit(first) {
				continue
			}
			token := strings.NewReplacer("’", "'", "‘", "'", "＇", "'").Replace(strings.ToLower(unseen.ReplaceAllString(word, "")))
			if len(token) <= MaxLength && characters(token) >= defaultMinLength {
				tokens = append(tokens, token)
			}
		}
	}
	return tokens
}

// Every text of up to five characters from an alphabet with one character of each
// kind is cut as the slow tokenizer cuts it.
func TestWordTokenizerExhaustively(t *testing.T) {
	alphabet := []string{"a", "É", "1", "'", "’", "_", ".", "·", "\u0301", "\u00AD", "ש"}
	tokenizer := cutter("", 0, URLs|Emails)
	var try func(text string, left int)
	try = func(text string, left int) {
		if got, want := cutAll(tokenizer, text), slowTokens(text); !slices.Equal(got, want) {
			t.Fatalf("%q is cut into %q, want %q", text, got, want)
		}
		if left == 0 {
			return
		}
		for _, letter := range alphabet {
			try(text+letter, left-1)
		}
	}
	try("", 5)
}

// FuzzTokenize checks what the rest of the package counts on, for any two texts.
func FuzzTokenize(f *testing.F) {
	for _, seed := range []string{
		"", "Hello, World!", "don't 3rd mp3 Bush's", "état e\u0301tat", "so\u00ADft don’", "\xff\xfe",
		strings.Repeat("long", 30), "Ελλάδα Москва İstanbul ǅ Ⱥ K", "x'y'z -'- _a_",
	} {
		f.Add(seed, "second text")
		f.Add("it's", seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		tokenizer := cutter("", 0, 0)
		one, two := cutAll(tokenizer, first), cutAll(tokenizer, second)
		for _, token := range slices.Concat(one, two) {
			if fault := tokenFault(token); fault != "" {
				t.Errorf("%q and %q have the token %q: %s", first, second, token, fault)
			}
		}
		if strings.ContainsFunc(first, func(r rune) bool { return scriptOf(r) != nil }) {
			return
		}
		got, want := cutAll(cutter("", 0, URLs|Emails), first), slowTokens(first)
		if !slices.Equal(got, want) {
			t.Errorf("%q is cut into %q, want %q", first, got, want)
		}
		// A line break separates, whatever stands before and after it.
		if both := cutAll(tokenizer, first+"\n"+second); !slices.Equal(both, slices.Concat(one, two)) {
			t.Errorf("%q and %q are cut into %q and %q, but joined by a line break into %q", first, second, one, two, both)
		}
	})
}

// tokenFault says what is wrong with a token, if anything is.
func tokenFault(token string) string {
	first, _ := utf8.DecodeRuneInString(token)
	switch {
	case !utf8.ValidString(token):
		return "not UTF-8"
	case strings.ToLower(token) != token:
		return "not in lower case"
	case len(token) > MaxLength || characters(token) < defaultMinLength:
		return fmt.Sprintf("of %d bytes", len(token))
	case !beginsWord(first) || unicode.IsDigit(first):
		return "does not begin with a letter"
	case strings.HasSuffix(token, "'"):
		return "ends with an apostrophe"
	}
	return ""
}
