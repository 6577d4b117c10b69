package corpus

import (
	"os"
	"path/filepath"
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
		"N\xe3o sei o que aconteceu com a informa\xe7\xe3o. A situa\xe7\xe3o n\xe3o \xe9 boa, mas amanh\xe3 haver\xe1 solu\xe7\xe3o.",
	} {
		for _, times := range []int{1, 10, 1000} {
			if c := guess([]byte(strings.Repeat(text+" ", times))); c.name != "windows-1252" {
				t.Errorf("%d times %q is taken for %s", times, text, c.name)
			}
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
			c, err := alphabetByName(test.encoding)
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

func TestPagesSayTheirEncoding(t *testing.T) {
	page := decoder{page: true}
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
