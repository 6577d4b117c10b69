package vectorize

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestKeepAndSplit(t *testing.T) {
	for _, test := range []struct {
		name        string
		keep, split Kinds
		text, want  string
	}{
		{"URLs are dropped", 0, 0, "see https://www.example.org/a/b?c=d#e, or http://x.org.", "see|or"},
		{"URLs kept", URLs, 0, "see https://www.Example.org/a/b?c=d#e, or www.x.org/~jo.", "see|https://www.example.org/a/b?c=d#e|or|www.x.org/~jo"},
		{"URLs split", 0, URLs, "http://www.example.org/a-page.", "http|www|example|org|page"},
		{"URLs in brackets and quotes", URLs, 0, `<http://x.org/a> "http://y.org" (http://z.org/b)`, "http://x.org/a|http://y.org|http://z.org/b"},
		{"URLs with letters of all kinds", 0, 0, "de.wikipedia.org http://de.wikipedia.org/wiki/Käse_Brot Käse", "de|wikipedia|org|käse"},
		{"URLs in Chinese", URLs, 0, "请看http://x.org/a的网页", "请看|http://x.org/a|的网|网页"},
		{"no URL", 0, 0, "www w3 http: either//or www.", "www|w3|http|either|or|www"},
		{"e-mail addresses are dropped", 0, 0, "mail Jo.Fox+news@mail.example.org today", "mail|today"},
		{"e-mail addresses kept", Emails, 0, "mail Jo.Fox+news@Mail.example.org.", "mail|jo.fox+news@mail.example.org"},
		{"e-mail addresses split", 0, Emails, "jo.fox@example.org", "jo|fox|example|org"},
		{"message identifiers", 0, 0, "In <1993Apr5.1734$2@host.example.edu> you write", "in|you|write"},
		{"no e-mail address", 0, 0, "alone @ home, @name of user@localhost and a@b", "alone|home|name|of|user|localhost|and"},
		{"user name in a URL", 0, 0, "ftp://jo@example.org/dir and https://example.org/@name/x", "and"},
		{"e-mail address in a word of Thai", Emails, 0, "ที่jo@example.orgครับ", "ที่|jo@example.org|ครั|รับ"},
		{"hashtags are words", 0, 0, "#Go is #covid_19 and #1", "go|is|covid|and"},
		{"hashtags kept", Hashtags, 0, "#Go is #covid_19 and #1 ＃東京 # x", "#go|is|#covid_19|and|#東京"},
		{"hyphens", 0, 0, "well-known COVID-19 x-ray", "well|known|covid|ray"},
		{"hyphens kept", Hyphens, 0, "well-known COVID-19 x-ray état-major mot‑clé end- -start a--b", "well-known|covid-19|x-ray|état-major|mot‑clé|end|start"},
		{"numbers are dropped", 0, 0, "42 3.14 1,000 3rd 1990s 2024-05-01 ٤٢", ""},
		{"numbers kept", Numbers, 0, "42 3.14 1,000.5 3rd 1990s 7 a1 ٤٢ 3. 1'000", "42|3.14|1,000.5|3rd|1990s|a1|٤٢|1'000"},
		{"numbers and hyphens kept", Numbers | Hyphens, 0, "2024-05-01 10-year", "2024-05-01|10-year"},
		{"apostrophes", 0, 0, "don't l’eau mp3's", "don't|l'eau|mp3"},
		{"apostrophes split", 0, Apostrophes, "don't l’eau O'Neill", "don|eau|neill"},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := strings.ReplaceAll(test.want, "mot‑clé", "mot-clé")
			if got := strings.Join(cutAll(cutter("", test.keep, test.split), test.text), "|"); got != want {
				t.Errorf("%q is cut into %q, want %q", test.text, got, want)
			}
		})
	}
}

func TestSpacelessScripts(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"Chinese", "我爱北京。", "我爱|爱北|北京"},
		{"one character", "山 and 水", "山|and|水"},
		{"Japanese by script", "東京タワーに行った", "東京|タワー|に|行|った"},
		{"long vowel in Hiragana", "らーめん", "らーめ|めん"},
		{"repetition", "人々", "人々"},
		{"Katakana is a word", "コンピューター・ソフト", "コンピューター|ソフト"},
		{"one Katakana", "ア", "ア"},
		{"Hangul is words", "나는 산 에 간다", "나는|산|에|간다"},
		{"Thai with marks", "ที่นี่ดี", "ที่นี่|นี่ดี"},
		{"Lao", "ນ້ຳດີ", "ນ້ຳ|ຳດີ"},
		{"Khmer with letters below", "ខ្មែរ", "ខ្មែរ"},
		{"Burmese", "မြန်မာ", "မြန်|န်မာ"},
		{"digits part", "第3回 ๒๕", "第|回"},
		{"Latin beside Han", "AI技術", "ai|技術"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(cutAll(cutter("", 0, 0), test.text), "|"); got != test.want {
				t.Errorf("%q is cut into %q, want %q", test.text, got, test.want)
			}
		})
	}
}

// The short cuts of scriptOf are that, and no more.
func TestScriptsOfAllCharacters(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		var want *unicode.RangeTable
		for _, script := range spacelessScripts {
			if unicode.Is(script, r) && (unicode.IsLetter(r) || unicode.Is(unicode.Nl, r)) {
				want = script
			}
		}
		if scriptOf(r) != want {
			t.Errorf("%U is in another script", r)
		}
	}
}

func TestTurkishCapitals(t *testing.T) {
	o := loose()
	o.Language, o.StopWords = "tr", []string{}
	if got, want := shown(counted(t, o, "IŞIK ışık İZMİR İzmir'de Irmak")), "izmir ırmak ışık"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
}

func TestMinLength(t *testing.T) {
	o := loose()
	o.MinLength = 4
	if got, want := stems(counted(t, o, "sea ship whale 海洋 山")), "ship whale 海洋"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	o.TokenPattern, o.MinLength = `\w+`, 0
	if got, want := stems(counted(t, o, "x sea whale")), "sea whale x"; got != want {
		t.Errorf("by a pattern terms are %q, want %q", got, want)
	}
}

func TestKindsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Kinds(rapid.IntRange(0, 63).Draw(t, "kinds"))
		var again Kinds
		if err := again.Set(k.String()); err != nil || again != k {
			t.Fatalf("%q is read as %q, %v", k, again, err)
		}
	})
	var k Kinds
	if err := k.Set("urls, letters"); err == nil || !strings.Contains(err.Error(), `"letters": must be one of numbers, urls`) || k != 0 {
		t.Errorf("read as %q, %v", k, err)
	}
}

func TestExtraStopWords(t *testing.T) {
	for _, own := range [][]string{nil, {"sea"}} {
		o := loose()
		o.StopWords, o.ExtraStopWords = own, []string{"Ship"}
		table := counted(t, o, "the ship at sea, whales")
		if own == nil && stems(table) != "sea whale" || own != nil && stems(table) != "at the whale" {
			t.Errorf("with %q: terms are %q", own, stems(table))
		}
		settled := table.Settle(o)
		if settled.ExtraStopWords != nil || !slices.Contains(settled.StopWords, "Ship") {
			t.Errorf("settled: %q and %q", settled.StopWords, settled.ExtraStopWords)
		}
	}
}

// What models of klew 0.1 were counted by is as it was.
func TestFirstRules(t *testing.T) {
	o := loose()
	o.Rules, o.MinLength = FirstRules, 0
	const text = "me@example.com http://www.x.org 東京タワー col·lecció x-ray 3rd"
	if got, want := strings.Join(cutAll(newTokenizer(&o, "en"), text), " "), "me example com http www org 東京タワー col lecció ray"; got != want {
		t.Errorf("cut into %q, want %q", got, want)
	}
}

// FuzzKinds cuts any text in all ways. Nothing may be lost of what is kept, and a token is
// always text.
func FuzzKinds(f *testing.F) {
	for _, seed := range []string{
		"https://x.org/a jo@x.org #tag well-known 3.14 don't", "a@b.c@d.e://f", "www.www.www.", "#️⃣ #_ -‑-", "ที่1,2٫3 צה\"ל' ー々",
	} {
		f.Add(seed, uint8(0), uint8(0))
		f.Add(seed, uint8(Keepable), uint8(Apostrophes))
		f.Add(seed, uint8(Numbers|Hyphens), uint8(Splittable))
	}
	f.Fuzz(func(t *testing.T, text string, keep, split uint8) {
		o := Defaults()
		o.Keep, o.Split = Kinds(keep)&Keepable, Kinds(split)&Splittable
		o.Keep &^= o.Split
		for _, language := range []string{"en", "tr"} {
			for _, token := range cutAll(newTokenizer(&o, language), text) {
				if token == "" || len(token) > 3*maxAddress || strings.ToValidUTF8(token, "") != token {
					t.Errorf("%q has the token %q", text, token)
				}
			}
		}
	})
}
