package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The fixtures were written by Python: see testdata/make.sh. Each is a few lines long,
// which is enough to tell its encoding.
func TestEncodingsAreFound(t *testing.T) {
	files, err := filepath.Glob("testdata/encodings/*")
	must(t, err)
	for _, file := range files {
		base := filepath.Base(file)
		name, encoding, _ := strings.Cut(base, ".")
		want, err := os.ReadFile("testdata/encodings/" + name + ".utf-8")
		must(t, err)
		raw, err := os.ReadFile(file)
		must(t, err)
		t.Run(base, func(t *testing.T) {
			d, ok := decoder{}.decode(raw)
			if !ok || d.text != string(want) {
				t.Errorf("as %s: %q", d.encoding, d.text)
			}
			if encoding != "utf-8" && (d.encoding == "" || len(d.repairs) != 1) {
				t.Errorf("encoding %q, repairs %v", d.encoding, d.repairs)
			}
			again, ok := decoder{}.decode(want)
			if !ok || again.encoding != "" || len(again.repairs) > 0 {
				t.Errorf("UTF-8 was taken for %q, %v", again.encoding, again.repairs)
			}
		})
	}
}

// A few accents in Western texts are no reason to take them for Turkish, Czech or Chinese.
func TestGuessIsWindows1252(t *testing.T) {
	for _, text := range []string{
		"", "caf\xe9", "\x93quoted\x94",
		"The caf\xe9 na\xefve r\xe9sum\xe9 fa\xe7ade El Ni\xf1o jalape\xf1o \xfcber Z\xfcrich M\xfcnchen",
		"El ni\xf1o comi\xf3 pi\xf1a en la monta\xf1a; ma\xf1ana ir\xe1 a Espa\xf1a con su compa\xf1ero. \xbfQu\xe9 har\xe1 despu\xe9s?",
		"S\xe5 gik de over broen, og b\xf8rnene s\xe5 ud over \xe5en; \xe6blerne faldt i gr\xe6sset p\xe5 \xf8en.",
		"Former chief Carly\xa0Moor\xa0spoke at a club in Bedford,\xa0NH\xa0on\xa0May 5. Women\x92s \x93Family\x94",
		"N\xe3o sei o que aconteceu com a informa\xe7\xe3o. A situa\xe7\xe3o n\xe3o \xe9 boa, mas amanh\xe3 haver\xe1 solu\xe7\xe3o.",
	} {
		for _, times := range []int{1, 10, 1000} {
			if c := guess([]byte(strings.Repeat(text+" ", times))); c.name != "windows-1252" {
				t.Errorf("%d times %q is taken for %s", times, text, c.name)
			}
		}
	}
}

// What a longer text has late, or by chance, tells as well.
func TestGuessByMoreThanTheFirstWords(t *testing.T) {
	encoded := func(text, name string) []byte {
		c, err := encodingByName(name)
		must(t, err)
		raw, err := c.NewEncoder().String(text)
		must(t, err)
		return []byte(raw)
	}
	greek := strings.Repeat("Ο παλιός φάρος είναι κλειστός και η θάλασσα ήρεμη. ", 400) + strings.Repeat("Άνοιξη πάλι. ", 3)
	russian := strings.Repeat("Старый маяк закрыт, и море спокойно. ", 50) + strings.Repeat("РђРё ", 3)
	for _, test := range []struct{ text, in string }{
		{greek, "windows-1253"}, {greek, "iso-8859-7"}, {russian, "windows-1251"},
		{strings.Repeat("He met Ana Osme in May. ", 50) + "He met Ana Osm\u00cc\u00b1a there.", "windows-1252"},
	} {
		d, ok := decoder{}.decode(encoded(test.text, test.in))
		if !ok || test.text != d.text && !strings.Contains(test.text, "Osm") || strings.HasPrefix(d.encoding, "euc") {
			t.Errorf("%s: read as %q, %v", test.in, d.encoding, d.repairs)
		}
	}
}

// A guess does not depend on luck, though the detector has many goroutines.
func TestGuessIsSteady(t *testing.T) {
	for _, raw := range []string{strings.Repeat("\xe9\xe8 ", 30), strings.Repeat("\xb1\xb2\xb3 a", 20), strings.Repeat("\xc0\xe0 \xdf", 40)} {
		want := guess([]byte(raw)).name
		for range 50 {
			if got := guess([]byte(raw)).name; got != want {
				t.Fatalf("%q: %s, then %s", raw, want, got)
			}
		}
	}
}

func TestForcedEncoding(t *testing.T) {
	tests := []struct{ name, encoding, raw, text, reasons string }{
		{"over a guess", "koi8-r", "\xe4\xc1", "Да", ""},
		{"over what is valid UTF-8", "windows-1252", "Ã©", "ÃƒÂ©", ""},
		{"a mark is left out", "utf-16le", "\xff\xfeh\x00i\x00", "hi", ""},
		{"without a mark", "utf-16be", "\x00h\x00i", "hi", ""},
		{"another name", "latin1", "caf\xe9", "café", ""},
		{"faults", "utf-8", "caf\xe9", "caf\ufffd", BadUTF8 + " 1 of them"},
		{"faults of others", "shift_jis", "\x82\xa0\x82", "あ\ufffd", BadCharacters + " 1 of them"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := encodingByName(test.encoding)
			must(t, err)
			d, ok := decoder{forced: c}.decode([]byte(test.raw))
			if !ok || d.text != test.text {
				t.Errorf("%q, %v, want %q", d.text, ok, test.text)
			}
			if got := reasonsOf(t, d.repairs); got != test.reasons {
				t.Errorf("repairs %q, want %q", got, test.reasons)
			}
		})
	}
}

// Letters and their accents become one character where there is one.
func TestNFC(t *testing.T) {
	for raw, want := range map[string]string{
		"cafe\u0301": "café", "\u1112\u1161\u11ab": "한", "\ufeffA\u030a": "Å", "\u212b": "Å", "ﬁ": "ﬁ",
	} {
		if d, ok := (decoder{}).decode([]byte(raw)); !ok || d.text != want || len(d.repairs) > 0 {
			t.Errorf("%q became %q, %v", raw, d.text, d.repairs)
		}
	}
}

// sentences are of several languages, with the encodings that texts in them have come in.
var sentences = []struct{ language, text, encodings string }{
	{"French", "Le vieux bateau rentre au port à la tombée de la nuit, chargé de pêche. Où êtes-vous, Hélène ?", "windows-1252 macintosh ibm850 iso-8859-15"},
	{"German", "Die Möwen über dem Hafen hören die Glocken; der Bäcker grüßt müde und schließt die Tür.", "windows-1252 macintosh ibm850 ibm437"},
	{"Danish", "Fiskerne sejler tidligt på dagen, og måger følger båden ud på det åbne hav, når vinden blæser.", "windows-1252 ibm865 ibm850"},
	{"Polish", "Rybak łowi śledzie, a jego żona suszy sieci na płocie; później wszyscy piją gorącą herbatę.", "windows-1250 iso-8859-2 ibm852 x-mac-ce"},
	{"Czech", "Příliš brzy ráno vyplouvá loď z přístavu; racci křičí nad střechami a děti běží k mořskému břehu.", "windows-1250 iso-8859-2 ibm852 x-mac-ce"},
	{"Hungarian", "A hajó éjjel tér vissza a kikötőbe, a halászok fáradtan ülnek a tűz körül és régi történeteket mesélnek.", "windows-1250 iso-8859-2 ibm852"},
	{"Lithuanian", "Žvejys anksti rytą išplaukia į jūrą, o jo žmona džiovina tinklus ir verda žuvienę vakarienei.", "windows-1257 iso-8859-13 ibm775"},
	{"Latvian", "Zvejnieks agri no rīta dodas jūrā, bet bērni spēlējas krastā un gaida, kad atgriezīsies tēvs.", "windows-1257 ibm775"},
	{"Turkish", "Balıkçı sabah erkenden denize açıldı; martılar teknenin peşinden uçtu ve güneş yavaş yavaş doğdu.", "windows-1254 ibm857"},
	{"Russian", "Старый маяк стоит на скале. Рано утром рыбаки вышли в море и вернулись к вечеру с уловом.", "windows-1251 koi8-r ibm866 ibm855 iso-8859-5 x-mac-cyrillic"},
	{"Greek", "Το παλιό καράβι γυρίζει στο λιμάνι το βράδυ, και οι ψαράδες απλώνουν τα δίχτυα τους στην άμμο.", "windows-1253 iso-8859-7 ibm737"},
	{"Hebrew", "הסירה הישנה חוזרת לנמל בערב, והדייגים פורשים את הרשתות על החול ומספרים סיפורים.", "windows-1255 ibm862"},
	{"Thai", "ชาวประมงออกเรือแต่เช้า และกลับมาถึงท่าเรือในตอนเย็นพร้อมปลามากมาย", "windows-874"},
	{"Japanese", "古い船が港に帰ると、子供たちは浜辺で父を待っていた。", "shift_jis euc-jp"},
	{"Chinese", "老船在傍晚回到港口，孩子们在海边等着他们的父亲。", "gbk"},
	{"Chinese, of old", "老船在傍晚回到港口，孩子們在海邊等著他們的父親。", "big5"},
	{"Korean", "낡은 배가 저녁에 항구로 돌아오면 아이들은 바닷가에서 아버지를 기다린다.", "euc-kr"},
}

// encodedIn are the bytes of a text in an encoding, by asking of each byte what it stands for
// where Go only reads the encoding.
func encodedIn(t *testing.T, text string, c textEncoding) []byte {
	page, ok := c.Encoding.(*tablePage)
	if !ok {
		raw, err := c.NewEncoder().Bytes([]byte(text))
		must(t, err)
		return raw
	}
	var raw []byte
	for _, r := range text {
		if i := slices.Index(page[:], r); i >= 0 {
			r = rune(i + 128)
		} else if r >= 128 {
			t.Fatalf("%s has no %c", c.name, r)
		}
		raw = append(raw, byte(r))
	}
	return raw
}

// A sentence is read as it was written, alone and behind a long English text; and the ledger
// says which encoding was taken.
func TestSentencesAreRead(t *testing.T) {
	english := strings.Repeat("All members of the harbour committee have received the notes of the last meeting. ", 200)
	for _, s := range sentences {
		for name := range strings.FieldsSeq(s.encodings) {
			c, err := encodingByName(name)
			must(t, err)
			raw := encodedIn(t, s.text, c)
			for _, before := range []string{"", english} {
				d, ok := decoder{}.decode(append([]byte(before), raw...))
				if !ok || d.text != before+s.text || len(d.repairs) != 1 || !d.repairs[0].Repaired {
					t.Errorf("%s in %s is read in %s: %.80q, %v", s.language, name, d.encoding, strings.TrimPrefix(d.text, before), d.repairs)
				}
			}
		}
	}
}

// Foreign bytes in UTF-8 are read by the page of what stands around them; what is half of a
// character, or makes none that texts have, is replaced.
func TestForeignBytesInUTF8(t *testing.T) {
	const read = ForeignBytes + " "
	for _, c := range []struct{ raw, want, reasons string }{
		{"Le café est fermé. H\xe9las, le caf\xe9 \xe9tait ferm\xe9.", "Le café est fermé. Hélas, le café était fermé.", read + "4 of them, read as windows-1252"},
		{"Die Straße. F\xfcr alle.", "Die Straße. Für alle.", read + "1 of them, read as windows-1252"},
		{"Zażółć gęślą jaźń. \xaflodziejaszek po\xbfera, a \xb6nieg pada", "Zażółć gęślą jaźń. Żlodziejaszek pożera, a śnieg pada", read + "3 of them, read as iso-8859-2"},
		{"“It’s” late. It\x92s late.", "“It’s” late. It’s late.", read + "1 of them, read as windows-1252"},
		{"Старый маяк. \xd1\xf2\xe0\xf0\xfb\xe9 \xec\xe0\xff\xea.", "Старый маяк. Старый маяк.", read + "10 of them, read as windows-1251"},
		{"café, cut caf\xc3", "café, cut caf\ufffd", BadUTF8 + " 1 of them"},
		{"日本語 \xe6\x97 日本", "日本語 \ufffd 日本", BadUTF8 + " 2 of them"},
		{"\xa9\xe9 à la carte, déjà vu", "", ""},
	} {
		d, ok := decoder{}.decode([]byte(c.raw))
		if c.want == "" {
			continue
		}
		if got := reasonsOf(t, d.repairs); !ok || d.text != c.want || got != c.reasons {
			t.Errorf("%q became %q, %s; want %q, %s", c.raw, d.text, got, c.want, c.reasons)
		}
	}
}

// A declaration counts wherever it stands in the head of any file, if the bytes can be so; what
// only speaks of encodings is none.
func TestDeclarations(t *testing.T) {
	const yes, no = "\xe4\xc1 \xe4\xc1 \xe4\xc1", "" // Да in KOI8-R, дБ in Windows-1251
	late := strings.Repeat("<link rel=stylesheet href=a.css>\n", 500)
	for _, head := range []string{
		"<?xml version='1.0' encoding='koi8-r'?><a>", "<?xml version=\"1.0\" encoding=\"KOI8-R\" standalone=\"no\"?>\n<a>",
		"\n<?xml version=\"1.0\" encoding = \"koi8-r\"?>", "<html><head>" + late + "<META CHARSET=koi8-r>",
		"<html><head><title>x</title>" + late + "<meta http-equiv=content-type content=\"text/html;charset=koi8-r\">",
		"# -*- coding: koi8-r -*-\n", "#!/usr/bin/perl\n# vim: set fileencoding=koi8-r :\n", "@charset \"koi8-r\";\n",
		"msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=KOI8-R\\n\"\n", "\\documentclass{article}\n\\usepackage[koi8-r]{inputenc}\n",
		"% !TEX encoding = koi8-r\n", "<!-- charset: koi8-r -->",
	} {
		if c, ok := declared([]byte(head + yes)); !ok || c.name != "koi8-r" {
			t.Errorf("%.60q is not seen to declare KOI8-R: %q", head, c.name)
		}
		if _, ok := declared([]byte(head + "Да")); ok {
			t.Errorf("%.60q is believed, though the text is UTF-8", head)
		}
	}
	for _, text := range []string{
		"In those days one had to set charset=koi8-r in the header, \xe9 or not.", "My encoding: koi8-r caf\xe9", "<p>coding koi8-r</p>\xe9",
		"<?xml version='1.0' encoding='no-such-thing'?>\xe9", "<meta charset=utf-8>caf\xe9", no,
	} {
		if c, ok := declared([]byte(text)); ok {
			t.Errorf("%.60q is taken to declare %s", text, c.name)
		}
	}
}

// Encodings have many names.
func TestEncodingNames(t *testing.T) {
	for name, want := range map[string]string{
		"CP852": "ibm852", "ibm852": "ibm852", "cp-866": "ibm866", "IBM866": "ibm866", "cp775": "ibm775", "dos-737": "ibm737",
		"latin1": "windows-1252", "x-mac-ce": "x-mac-ce", "MacCentralEurope": "x-mac-ce", "tis-620": "windows-874", " 'UTF-8' ": "utf-8", "iso8859_2": "iso-8859-2", "cp936": "gbk", "cp1251": "windows-1251",
		"big5_tw": "big5", "eucgb2312_cn": "gbk", "euc_kr": "euc-kr", "EUC_JP": "euc-jp", "koi8r": "koi8-r", "KOI-8-R": "koi8-r", "utf_8": "utf-8", "utf8mb4": "utf-8",
		"windows1251": "windows-1251", "win-1251": "windows-1251", "latin_1": "windows-1252", "mac_roman": "macintosh", "x-windows-949": "euc-kr", "cp65001": "utf-8",
		"iso-8859-1:1988": "windows-1252", "unicode-1-1-utf-7": "utf-7",
	} {
		if c, err := encodingByName(name); err != nil || c.name != want {
			t.Errorf("%s: %s, %v; want %s", name, c.name, err, want)
		}
	}
	for _, none := range []string{"", "unknown-8bit", "default", "x-unknown", "klingon", "-"} {
		if c, err := encodingByName(none); err == nil {
			t.Errorf("%q is %s", none, c.name)
		}
	}
	if _, err := encodingByName("klingon"); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Errorf("error %v", err)
	}
}

func TestPagesSayTheirEncoding(t *testing.T) {
	page := decoder{}
	for _, test := range []struct{ raw, want string }{
		{"<meta charset=koi8-r>\xe4\xc1", "<meta charset=koi8-r>Да"},
		{"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>\xb9", "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-2'>š"},
		{"<meta charset=koi8-r>Да", "<meta charset=koi8-r>Да"}, // a lie
		{"<meta charset=nonsense>caf\xe9", "<meta charset=nonsense>café"},
		{"<p>caf\xe9", "<p>café"},
	} {
		if d, ok := page.decode([]byte(test.raw)); !ok || d.text != test.want {
			t.Errorf("%q became %q", test.raw, d.text)
		}
	}
}
