package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"
)

// twice is what a program makes of UTF-8 that takes it for a page.
func twice(text string, page *charmap.Charmap) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if r := page.DecodeByte(c); r != '\uFFFD' {
			b.WriteRune(r)
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

// UTF-8 that was taken for another encoding is read as it was meant, and told.
func TestUndouble(t *testing.T) {
	for _, text := range []string{
		"Schöne Grüße vom Leuchtturm über dem Hafen", "L'été à la plage, c’est déjà fini – hélas",
		"Старый маяк стоит на скале", "Ο παλιός φάρος στέκεται στον βράχο", "漁師たちは早朝に海へ出る", "어부들은 이른 아침에 바다로 나간다", "المنارة القديمة",
		"The kiln’s “glaze” ran – down the pots", "café",
	} {
		for _, page := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1, charmap.Windows1251, charmap.Macintosh} {
			few := page != charmap.Windows1252 && page != charmap.ISO8859_1 && (text == "café" || strings.ContainsAny(text, "ό漁어ا"))
			if few { // too little to tell, or what nobody does
				continue
			}
			var d decoded
			if got := d.polish(twice(text, page)); got != text || len(d.repairs) != 1 || d.repairs[0].Reason != Doubled {
				t.Errorf("%v: %q is read as %q, %v", page, text, got, d.repairs)
			}
		}
	}
}

// A text as it should be is left as it is, whatever signs stand behind its letters.
func TestTextsAreNotUndoubled(t *testing.T) {
	for _, text := range []string{
		"«L'ÉTÉ» et «NOËL»", "MARQUE DÉPOSÉ® ET Ñ°", "Ça va, señor? São Paulo, Ângela, Não", "Åke och Örjan åt ärtor", "Ð and Þ are letters", "¿Qué? ¡Olé!",
		"СССР и РФ, Россия", "Русский: С «А» Р—С", "2√2 – √3 – √5", "├── src\n│   ├── a.go\n└── b.go", "Ρ—Σ Γ—Δ", "Résumé – naïve – café",
		"Ôôô VIDA", "para lá´´", "Charlotte Brontë…”", "a lot of Ã’s", "MISUTÂ\u00a0A",
		"In UTF-8 é is Ã© to some, and à la carte, voilà, déjà vu, élève stay",
	} {
		var d decoded
		if got := d.polish(text); got != text || d.repairs != nil {
			t.Errorf("%q is read as %q, %v", text, got, d.repairs)
		}
	}
	d := decoded{forced: true}
	if got := d.polish("Ã©tÃ©"); got != "Ã©tÃ©" {
		t.Errorf("what the user says to be so is read as %q", got)
	}
}

// It may have happened several times.
func TestUndoubleAgain(t *testing.T) {
	text := "L’été à la plage"
	var d decoded
	if got := d.polish(twice(twice(text, charmap.Windows1252), charmap.Windows1252)); got != text || len(d.repairs) != 1 {
		t.Errorf("%q, %v", got, d.repairs)
	}
}

// The fields of a table are mended one by one.
func TestUndoubledRecords(t *testing.T) {
	docs, ledger := readOne(t, "a.json", `[{"content":"Sch\u00c3\u00b6ne Gr\u00c3\u00bc\u00c3\u009fe"},{"content":"Schöne Boote"}]`)
	if strings.Join(docs, "|") != "Schöne Grüße|Schöne Boote" || len(ledger) != 2 || ledger[0].Reason != Doubled {
		t.Errorf("%q, %v", docs, ledger)
	}
}

// UTF-16 without a mark is known by its characters, where none of its bytes is 0; UTF-32 by its mark.
func TestWideEncodings(t *testing.T) {
	for _, text := range []string{"渔民们清晨出海，那时风还很弱。老灯塔矗立在岩石上。\n", "漁師たちは風がまだ弱い早朝に海へ出る。\n", "어부들은 바람이 아직 약한 이른 아침에 바다로 나간다.\n"} {
		text = strings.Repeat(text, 3)
		for _, wide := range []textEncoding{utf16le, utf16be} {
			raw, err := wide.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got, _, ok := decode(raw); !ok || got != text {
				t.Errorf("%s: %q, %v", wide.name, got, ok)
			}
		}
	}
	for mark, wide := range map[string]textEncoding{"\xff\xfe\x00\x00": utf32le, "\x00\x00\xfe\xff": utf32be} {
		raw, _ := wide.NewEncoder().Bytes([]byte("kelp, 海"))
		if got, _, ok := decode([]byte(mark + string(raw))); !ok || got != "kelp, 海" {
			t.Errorf("%s: %q, %v", wide.name, got, ok)
		}
	}
	latin := strings.Repeat("Ein paar Wörter über den Hafen, für alle. ", 20)
	raw, _ := charmap.Windows1252.NewEncoder().Bytes([]byte(latin))
	if got, _, _ := decode(raw); got != latin {
		t.Errorf("%q", got)
	}
}

// readOne reads one file.
func readOne(t *testing.T, name, content string) (texts []string, ledger Ledger) {
	c, err := Open([]string{name}, Options{Files: fstest.MapFS{name: {Data: []byte(content)}}})
	if err != nil {
		t.Fatal(err)
	}
	for d := range c.Documents(t.Context()) {
		texts = append(texts, d.Text)
	}
	return texts, c.Ledger()
}
