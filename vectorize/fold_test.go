package vectorize

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// cutBy is the tokens of a text by some rules.
func cutBy(rules int, text string) []string {
	o := Options{Rules: rules, MinLength: 1}
	var all []string
	newTokenizer(&o, "en").cut(text, func(token []byte) { all = append(all, string(token)) })
	return all
}

// What Unicode keeps for the sake of other encodings is the letters that it stands for, and all
// that people write for an apostrophe is one. Models that were counted before keep their terms.
func TestCompatibleCharacters(t *testing.T) {
	for _, c := range []struct{ text, want, before string }{
		{"eﬃcient ﬁsherman ﬂew", "efficient fisherman flew", "eﬃcient ﬁsherman ﬂew"},
		{"ｈａｒｂｏｕｒ Ｈａｒｂｏｕｒ", "harbour harbour", "ｈａｒｂｏｕｒ ｈａｒｂｏｕｒ"},
		{"ｶﾀｶﾅ ｶﾞﾗｽ", "カタカナ ガラス", "ｶﾀｶﾅ ｶﾞﾗｽ"},
		{"𝐤𝐞𝐞𝐥 𝓀𝑒𝑒𝓁", "keel keel", "𝐤𝐞𝐞𝐥 𝓀𝑒𝑒𝓁"},
		{"ﻣﻴﻨﺎء", "ميناء", "ﻣﻴﻨﺎء"},
		{"обʼєкт об’єкт об'єкт", "об'єкт об'єкт об'єкт", "обʼєкт об'єкт об'єкт"},
		{"צה״ל צה\"ל ג׳ירפה ג'ירפה", "צה\"ל צה\"ל ג'ירפה ג'ירפה", "צה״ל צה\"ל ג ירפה ג'ירפה"},
		{"don´t don′t don`t", "don't don't don t", "don t don t don t"},
		{"ʼtis boatsʼ", "tis boats", "ʼtis boatsʼ"},
		{"don't café naïve", "don't café naïve", "don't café naïve"},
	} {
		got, before := cutBy(CurrentRules, c.text), cutBy(WordRules, c.text)
		for i := range got {
			got[i] = mendToken(norm.NFC.String(got[i]), "none")
		}
		if !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("%q is cut into %q, want %q", c.text, got, c.want)
		}
		if strings.Join(before, " ") != c.before {
			t.Errorf("%q was cut into %q before, and is into %q", c.text, c.before, before)
		}
	}
}

// Old letters, marks of stress, strokes and points make no other words of the same. Models that were
// counted before keep their terms.
func TestHabits(t *testing.T) {
	for _, c := range []struct{ text, language, want, before string }{
		{"кото́рый который за́мок", "ru", "замок который", "за́мок кото́рый который"},
		{"мой её Йод", "none", "её йод мой", "её йод мой"},
		{"ſagen sagen Waſſer", "none", "sagen wasser", "sagen waſſer ſagen"},
		{"cœur coeur Œuvre", "fr", "coeur oeuvre", "coeur cœur œuvre"},
		{"cœur coeur", "none", "coeur cœur", "coeur cœur"},
		{"ĳsland ijsland", "none", "ijsland", "ijsland ĳsland"},
		{"كـــتاب كِتَابٌ كتاب", "none", "كتاب", "كتاب كـــتاب كِتَابٌ"},
		{"שָׁלוֹם שלום", "none", "שלום", "שָׁלוֹם שלום"},
		{"µm μm βιϐλίον βιβλίον", "none", "βιβλίον μm", "µm βιβλίον βιϐλίον μm"},
		{"café ñandú łódź øl", "none", "café ñandú øl łódź", "café ñandú øl łódź"},
	} {
		for rules, want := range map[int]string{CurrentRules: c.want, FoldRules: c.before} {
			o := plain()
			o.Rules, o.Language, o.StopWords, o.Stem = rules, c.language, []string{}, false
			var terms []string
			for _, term := range counted(t, o, c.text).Vocabulary.Terms {
				terms = append(terms, term.Stem)
			}
			slices.Sort(terms)
			if got := strings.Join(terms, " "); got != want {
				t.Errorf("%q by rules %d is %q, want %q", c.text, rules, got, want)
			}
		}
	}
}

// A token stands where it stood, whatever it is folded to.
func TestFoldedTokensHavePlaces(t *testing.T) {
	o := plain()
	v := counted(t, o, "efficient boats don't").Vocabulary
	c, err := NewCutter(v, o)
	if err != nil {
		t.Fatal(err)
	}
	const text = "An eﬃcient boat, they don´t; ｂｏａｔｓ"
	var found []string
	for _, token := range c.Tokens(text) {
		if token.Row >= 0 {
			found = append(found, text[token.From:token.To])
		}
	}
	if want := []string{"eﬃcient", "don´t", "ｂｏａｔｓ"}; !slices.Equal(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
}

// Where tokens were cut as in the Penn Treebank, the cut-off ends of words are no terms.
func TestTreebankPieces(t *testing.T) {
	o := Defaults()
	o.MinDF, o.MaxDF, o.Language = frequency("1"), frequency("1.0"), "en"
	if got, want := shown(counted(t, o, "The whale does n't sing , they wo n't , we 've boats and it 'll sink")), "boats sing sink whale"; got != want {
		t.Errorf("counted %q, want %q", got, want)
	}
}

// A text in another script than the corpus is in no language of the corpus's script, however few
// stop words it has.
func TestScriptDecides(t *testing.T) {
	german := strings.Repeat("Die alte Fähre legt am Abend im Hafen an und die Kinder warten auf den Vater. ", 2)
	var texts []string
	for range 24 {
		texts = append(texts, german)
	}
	russian := []string{"Старый маяк стоит", "Рыбаки вернулись", "море волны чайки", "Береговая стража"}
	texts = append(texts, russian...)
	texts = append(texts, "Рибалки повернулися з їхнім уловом", "老船在傍晚回到港口", "weather report harbour")
	o := Defaults()
	o.MinDF, o.MaxDF = frequency("1"), frequency("1.0")
	want := []LanguageCount{{"de", 25}, {"ru", 4}, {"uk", 1}, {"zh", 1}}
	if table := counted(t, o, texts...); !reflect.DeepEqual(table.Languages, want) || table.MainLanguage != "de" {
		t.Errorf("languages %v, main %s; want %v", table.Languages, table.MainLanguage, want)
	}
	o.Rules = WordRules
	if table := counted(t, o, texts...); table.Languages[0].Documents != 30 {
		t.Errorf("by the rules before the languages are %v", table.Languages)
	}
}

// Of several languages that are named a document is in one, whatever it looks like.
func TestSeveralLanguages(t *testing.T) {
	o := Defaults()
	o.MinDF, o.MaxDF = frequency("1"), frequency("1.0")
	texts := []string{
		"Le bateau rentre au port avec les pêcheurs et nous les attendons dans la rue.",
		"The boat returns to the harbour with the fishermen and we wait for them in the street.",
		"Het schip keert terug naar de haven met de vissers en wij wachten op hen in de straat.",
		"Das Schiff kehrt zum Hafen zurück und wir warten auf die Fischer in der Straße.",
	}
	o.Language = "fr,en"
	table := counted(t, o, texts...)
	for _, l := range table.Languages {
		if l.Language != "fr" && l.Language != "en" {
			t.Errorf("a text is in %s", l.Language)
		}
	}
	o.Language = "fr, de,nl,en"
	if got := counted(t, o, texts...).Languages; len(got) != 4 {
		t.Errorf("languages %v", got)
	}
	again := Defaults()
	again.Language = "fr,xx"
	if err := again.Validate(); err == nil || !strings.Contains(err.Error(), `language "xx": must be one of ar,`) {
		t.Errorf("error %v", err)
	}
}

// Forms are counted as their lemmas, which are stemmed as other words are.
func TestLemmas(t *testing.T) {
	lemmas, err := ReadLemmas(strings.NewReader("\ufeff# forms\nflew\tfly\nflown\tfly\tVERB\nColour\tcolor\r\n\nflew\tother\nmice\tmouse\nNY\tnew york\nupon\tthe\n"))
	if err != nil {
		t.Fatal(err)
	}
	o := loose()
	o.Lemmas = lemmas
	table := counted(t, o, "He flew home; mice flown, colours of colour and color. NY upon a mouse")
	if got, want := stems(table), "color fli home mous new_york"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	later := countedWith(t, table.Vocabulary, o, "Two mice flew.")
	if d := later.Documents[0]; d.Tokens != 2 {
		t.Errorf("%d tokens of a later text are known", d.Tokens)
	}
	for text, want := range map[string]string{"": "no lemma", "flew fly\n": "line 1", "a\t\n": "line 1", "a\tb\n\xff\tb\n": "line 2 is not UTF-8", "fly\t->\tflies,flew\n": "line 1",
		"fly\tflew\nfly\tflown\nfly\tflies\nmouse\tmice\nbe\twas\nbe\tis\n": "wrong way round: 3 of 6 lines",
		strings.Repeat("flew\tVBD\tfly\nmice\tNNS\tmouse\n", 200):           "second column has 2 different words on 400 lines"} {
		if _, err := ReadLemmas(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}
