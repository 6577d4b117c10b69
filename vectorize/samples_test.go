package vectorize

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
)

// sampleTexts are the texts of testdata/languages in a language: four on bread, four on
// mountains or the sea, written for these tests.
func sampleTexts(t *testing.T, code string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "languages", code, "*", "*.txt"))
	if err != nil || len(paths) != 8 {
		t.Fatalf("%s: %d texts, %v", code, len(paths), err)
	}
	var texts []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

// Texts in languages that klew has never been told of give the words that a reader would
// name, and not those that any text has.
func TestSampleVocabularies(t *testing.T) {
	for _, test := range []struct{ code, subjects, never string }{
		{"ar", "العجين الخباز الدقيق الفرن الميناء الريح البحر", "في من هذا إلى على عندما"},
		{"de", "teig bäcker mehl ofen gletscher gipfel schnee hütte", "der die und ist nicht wenn einen"},
		{"el", "ζύμη αλεύρι φούρναρης ψωμί λιμάνι άνεμος δίχτυα θάλασσα", "και το από στο είναι που"},
		{"ja", "パン 生地 小麦 オーブン 登山 氷河 頂上 尾根", "の は である から した に"},
		{"ko", "제빵사는 밀가루 효모 정상은 빙하를 안내인은", "그리고 있다 이 때 너무"},
		{"ru", "тесто пекарь мука хлеб ледник вершина снег", "и на не только для когда"},
		{"th", "ปัง นม ป้ง หิม", "และ ที่ ใน เป็น"},
		{"zh", "面包 面团 酵母 烤箱 登山 冰川 山顶", "的 一个 如果 就 把 已经"},
	} {
		t.Run(test.code, func(t *testing.T) {
			o := loose()
			o.Language = Auto
			table := counted(t, o, sampleTexts(t, test.code)...)
			if table.MainLanguage != test.code || len(table.Languages) != 1 {
				t.Errorf("main language %s, languages %v", table.MainLanguage, table.Languages)
			}
			words := strings.Fields(shown(table))
			for _, word := range strings.Fields(test.subjects) {
				if !slices.ContainsFunc(table.Vocabulary.Terms, func(t Term) bool { return hasForm(t, word) }) {
					t.Errorf("%q is no term of %q", word, words)
				}
			}
			for _, word := range strings.Fields(test.never) {
				if slices.Contains(words, word) {
					t.Errorf("%q is a term", word)
				}
			}
			for _, d := range table.Documents {
				if d.Tokens < 10 {
					t.Errorf("%s has %d tokens", d.ID, d.Tokens)
				}
			}
		})
	}
}

func hasForm(t Term, text string) bool {
	return slices.ContainsFunc(t.Forms, func(f Form) bool { return f.Text == text })
}

// In one corpus each text is found to be in its language, and is counted as it is alone.
func TestSamplesTogether(t *testing.T) {
	codes := strings.Fields("ar de el ja ko ru th zh")
	var texts []string
	for _, code := range codes {
		texts = append(texts, sampleTexts(t, code)...)
	}
	o := loose()
	o.Language = Auto
	table := counted(t, o, texts...)
	for _, l := range table.Languages {
		if l.Documents != 8 || !slices.Contains(codes, l.Language) {
			t.Errorf("%d documents are in %s, want 8", l.Documents, l.Language)
		}
	}
	alone := counted(t, o, sampleTexts(t, "ru")...)
	for i, d := range alone.Documents {
		if together := table.Documents[slices.Index(codes, "ru")*8+i]; together.Tokens != d.Tokens {
			t.Errorf("%s has %d tokens among others, %d alone", d.ID, together.Tokens, d.Tokens)
		}
	}
}

func TestLanguageOfShortTexts(t *testing.T) {
	for _, test := range []struct{ text, main, want string }{
		{"Der Hund und die Katze sind im Garten, aber der Vogel ist nicht da", "en", "de"},
		{"Le chat est dans le jardin avec les autres, et il ne veut pas en sortir", "en", "fr"},
		{"El perro está en el jardín con los otros y no quiere salir de allí", "en", "es"},
		{"O cão está no jardim com os outros e não quer sair de lá porque está a chover", "es", "pt"},
		{"Il cane è nel giardino con gli altri e non vuole uscire perché piove", "en", "it"},
		{"De hond is in de tuin met de anderen en hij wil er niet uit omdat het regent", "de", "nl"},
		{"Hunden er i haven sammen med de andre, og den vil ikke ud, fordi det regner", "en", "da"},
		{"Hunden är i trädgården med de andra och den vill inte gå ut eftersom det regnar", "da", "sv"},
		{"Koira on puutarhassa muiden kanssa eikä se halua ulos, koska siellä sataa", "en", "fi"},
		{"A kutya a kertben van a többiekkel, és nem akar kimenni, mert esik az eső", "en", "hu"},
		{"Pies jest w ogrodzie z innymi i nie chce wyjść, ponieważ tam pada, a on tego nie lubi", "en", "pl"},
		{"Câinele este în grădină cu ceilalți și nu vrea să iasă pentru că plouă", "en", "ro"},
		{"Köpek diğerleriyle birlikte bahçede ve yağmur yağdığı için dışarı çıkmak istemiyor ama çok mutlu", "en", "tr"},
		{"Собака в саду вместе с другими и не хочет выходить, потому что там идёт дождь", "en", "ru"},
		{"Собака в саду разом з іншими і не хоче виходити, бо там йде дощ, але вона не сама", "ru", "uk"},
		{"The dog is in the garden with the others and does not want to come out", "de", "en"},
		{"London Paris Berlin", "en", "en"},
		{"London Paris Berlin", "de", "de"},
		{"", "fr", "fr"},
		{"x = y + 1; return (x)", "en", "en"},
	} {
		d := newDetector(&Options{Language: Auto, Rules: CurrentRules}, newLists(&Options{}).byStopWord)
		if got := d.language(test.text, test.main); got != test.want {
			t.Errorf("%q among texts in %s is in %q, want %q", test.text, test.main, got, test.want)
		}
	}
}

// A word that is a stop word elsewhere does not tell a language, however often it comes.
func TestLanguageOfKeywords(t *testing.T) {
	d := newDetector(&Options{Language: Auto, Rules: CurrentRules}, newLists(&Options{}).byStopWord)
	for _, text := range []string{"dog dog pond path dog shade", "car ticket car bus car tram"} {
		if got := d.language(text, "en"); got != "en" {
			t.Errorf("%q among English texts is in %q", text, got)
		}
	}
}

// The letters of words tell a language where its stop words are too few, and what neither tells is
// said to be unclear. Models of older rules keep what they found.
func TestLanguageByLetters(t *testing.T) {
	for _, test := range []struct {
		text, main, want, before string
		unclear                  bool
	}{
		{"Rybacy wypłynęli wcześnie, wrócili późno z śledziami", "en", "pl", "en", false},
		{"Balıkçılar sabah erkenden denize açıldı, akşam döndü", "en", "tr", "en", false},
		{"Az öreg világítótorony sűrű ködben őrzi kikötőnket", "en", "hu", "en", false},
		{"Рибалки вийшли в море, її човен повернувся ввечері", "ru", "uk", "ru", false},
		{"Рыбаки вышли в море рано, вернулись вечером", "uk", "ru", "uk", false},
		{"Wałęsa, Wałęsa and Wałęsa went to see Gdynia again", "en", "en", "en", false},
		{"Il faro illumina barche e nebbia", "en", "en", "en", true},
		{"Gulls shriek loudly over harbour walls", "en", "en", "en", false},
	} {
		for _, rules := range []int{StopWordRules, CurrentRules} {
			want := test.want
			if rules == StopWordRules {
				want = test.before
			}
			d := newDetector(&Options{Language: Auto, Rules: rules}, newLists(&Options{}).byStopWord)
			if got := d.language(test.text, test.main); got != want {
				t.Errorf("%q among texts in %s by rules %d: %q, want %q", test.text, test.main, rules, got, want)
			}
			if rules == CurrentRules && d.unclear != test.unclear {
				t.Errorf("%q among texts in %s: unclear is %v", test.text, test.main, d.unclear)
			}
		}
	}
}

// How many texts may be in another language than they are counted in is told.
func TestUnclearLanguagesAreCounted(t *testing.T) {
	english := "The gulls were over the harbour and all of them are in the rain now"
	o := Defaults()
	o.Language, o.MinDF, o.MaxDF = Auto, frequency("1"), frequency("1.0")
	table, err := Count(t.Context(), documents(english, english, english, "Il faro illumina barche e nebbia"), o)
	if err != nil || table.UnclearLanguages != 1 || len(table.Languages) != 1 {
		t.Errorf("%d unclear, in %v, %v", table.UnclearLanguages, table.Languages, err)
	}
}

// What no text shows alone all show together, or it is doubtful.
func TestMainLanguage(t *testing.T) {
	for _, test := range []struct {
		texts, want string
		doubtful    bool
	}{
		{"Der Hund im Garten|Ein Haus am See|Der Weg zur Stadt|Die Katze auf dem Dach|Das Boot und der Fluss", "de", false},
		{"Le port|Un phare et la mer|Les algues du nord|La ville dans la nuit|Une rue au soleil", "fr", false},
		{"The harbour at night and the tide that was in it|x|y", "en", false},
		{"kiln glaze clay|sail mast tide|dough oven flour", "en", true},
		{"dog dog dog|car car car|men war", "en", true},
		{"печь глина горшок|парус мачта киль", "ru", true},
		{"піч глина гончар|вітрило щогла кіль", "uk", false},
		{"||", "en", true},
	} {
		d := newDetector(&Options{Language: Auto, Rules: CurrentRules}, newLists(&Options{}).byStopWord)
		if got, doubtful := d.mainLanguage(strings.Split(test.texts, "|")); got != test.want || doubtful != test.doubtful {
			t.Errorf("%q: %q, doubtful %v; want %q, %v", test.texts, got, doubtful, test.want, test.doubtful)
		}
	}
}

// A relative of the main language is not taken for it, though it has many of its stop words.
func TestRelativesAmongEachOther(t *testing.T) {
	spanish := "Las casas de la ciudad son viejas y los hombres que viven en ellas trabajan para el mismo dueño, que se queja de todo lo que hacen."
	portuguese := "As casas da cidade são velhas e os homens que vivem nelas trabalham para o mesmo patrão, que se queixa de tudo o que fazem."
	o := loose()
	o.Language = Auto
	table := counted(t, o, spanish, portuguese, spanish)
	if want := []LanguageCount{{"es", 2}, {"pt", 1}}; table.MainLanguage != "es" || !slices.Equal(table.Languages, want) {
		t.Errorf("main language %s, languages %v, want %v", table.MainLanguage, table.Languages, want)
	}
}

// English texts are counted by auto as they are by en.
func TestAutoIsEnglishForEnglish(t *testing.T) {
	texts := []string{"The whale and the sea were far from the ship.", "Ships", "", "A sailor's yarn about the whales", "#!/bin/sh ls -l"}
	o := loose()
	english := counted(t, o, texts...)
	o.Language = Auto
	if auto := counted(t, o, texts...); stems(auto) != stems(english) || !sameEntries(entries(auto), entries(english)) {
		t.Errorf("terms are %q by auto, %q by en", stems(auto), stems(english))
	}
}

// A later text that is too short to tell is in the language that most were in.
func TestSettledOptionsKeepTheMainLanguage(t *testing.T) {
	o := loose()
	o.Language = Auto
	table := counted(t, o, sampleTexts(t, "de")...)
	o = table.Settle(o)
	if o.MainLanguage != "de" || o.StopWords != nil {
		t.Fatalf("settled: %q, %q", o.MainLanguage, o.StopWords)
	}
	later, err := CountWith(context.Background(), table.Vocabulary, documents("Bäckern Teige"), o)
	if err != nil || later.Documents[0].Tokens != 2 {
		t.Errorf("known tokens: %v, %v", later.Documents, err)
	}
}

// As many samples as it takes to hold back documents until the main language is known do
// not change their order.
func TestHeldBackDocumentsKeepTheirOrder(t *testing.T) {
	var texts []string
	for i := range 2*leading + 5 {
		texts = append(texts, strings.Repeat("the ship ", i%7)+"whale")
	}
	o := loose()
	o.Language = Auto
	table := counted(t, o, texts...)
	ship, _ := table.Vocabulary.Find("ship")
	for i := range texts {
		if got := table.V.At(ship, i); got != float64(i%7) {
			t.Fatalf("document %d has ship %v times, want %d", i, got, i%7)
		}
	}
}

// Nothing is lost where documents end early.
func TestAutoWithoutDocuments(t *testing.T) {
	o := loose()
	o.Language = Auto
	none := func(func(corpus.Document) bool) {}
	if _, err := Count(context.Background(), none, o); err == nil || !strings.Contains(err.Error(), "no document") {
		t.Errorf("error %v", err)
	}
}
