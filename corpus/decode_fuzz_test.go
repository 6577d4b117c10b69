package corpus

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FuzzDecode holds decode to what it promises of any bytes at all.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "words", "été 東京 😀", "caf\xe9", "\x93so\x94", "éàü\xff", "a\x00b\x01",
		"\xef\xbb\xbfété", "\xff\xfeh\x00\xe9\x00", "\xff\xfe\x3d\xd8\x00\xde", "\xfe\xff\xd8\x00a",
		"%PDF-1.7", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "\xef\xbb\xbf\xff\xfea\x00",
		strings.Repeat("word ", 100) + "\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		given := bytes.Clone(raw)
		text, entries, ok := decode(raw)
		if !bytes.Equal(raw, given) {
			t.Fatalf("decode changed the bytes it was given, %q, to %q", given, raw)
		}
		if !ok {
			checkRefusal(t, text, entries)
			return
		}
		checkText(t, text, entries)
		if needsNothing(raw) && (text != string(raw) || len(entries) > 0) {
			t.Errorf("plain %q became %q, %v", raw, text, entries)
		}
	})
}

// checkRefusal fails where a refusal does not say why, or says more.
func checkRefusal(t *testing.T, text string, entries []Entry) {
	if text != "" || len(entries) != 1 || entries[0].Reason != Binary || entries[0].Repaired {
		t.Errorf("refused with %q, %v", text, entries)
	}
}

// checkText fails where a document is not as every later stage may take it to be.
func checkText(t *testing.T, text string, entries []Entry) {
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("%q is not valid UTF-8 in NFC", text)
	}
	for i := range len(text) {
		if isControl(text[i]) {
			t.Errorf("%q holds the control character %#x", text, text[i])
		}
	}
	for _, e := range entries {
		known := e.Reason == Windows1252 || e.Reason == BadUTF8 || e.Reason == BadUTF16 || e.Reason == Controls ||
			e.Reason == Guessed || e.Reason == BadCharacters || e.Reason == ForeignBytes
		if !e.Repaired || !known {
			t.Errorf("%q came with %v, which is no repair", text, e)
		}
	}
}

// needsNothing is true of bytes in which there is nothing to mend or to refuse.
func needsNothing(raw []byte) bool {
	return utf8.Valid(raw) && norm.NFC.IsNormal(raw) && countControls(raw) == 0 && !bytes.Contains(raw, []byte("\x1b$")) &&
		!bytes.HasPrefix(raw, []byte("\ufeff")) && !bytes.HasPrefix(raw, []byte("%PDF-"))
}

// FuzzInputs holds the reading of whole files, whatever they are, to what later stages may
// expect: texts that are fit for them, IDs that differ, and something for each file.
func FuzzInputs(f *testing.F) {
	for _, seed := range []struct{ name, data string }{
		{"a", "words"}, {"a.csv", "text,x\na,1\n"}, {"a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"\\ud800\"}\n"}, {"a.json", `[{"text":"a"}]`},
		{"a.html", "<meta charset=koi8-r><p>\xe4\xc1"}, {"a.md", "# a\n\nb"}, {"a.eml", post}, {"a.mbox", "From a Tue Mar  2 10:00:00 2021\n" + post},
		{"a.rtf", `{\rtf1 a\'e9}`}, {"a.zip", string(packed(".zip", []member{{name: "b.csv", data: []byte("text\na\n")}, {name: "b.csv"}}))},
		{"a.tgz", string(packed(".tar.gz", []member{{name: "b.txt", data: []byte("caf\xe9")}}))},
	} {
		f.Add(seed.name, []byte(seed.data), false)
		f.Add(seed.name, []byte(seed.data), true)
	}
	f.Fuzz(func(t *testing.T, name string, raw []byte, lines bool) {
		if name == standardInput || !fs.ValidPath(name) || strings.Contains(name, "/") || bytes.HasPrefix(raw, []byte("%PDF-")) { // which has its own
			return
		}
		options := Options{Files: fstest.MapFS{name: {Data: raw}}, Threads: 2, Mail: true, Limits: Limits{Total: 1 << 22, Members: 100}}
		if lines {
			options.Format = "lines"
		}
		c, err := Open([]string{name}, options)
		if err != nil {
			return
		}
		documents := gather(c)
		for _, d := range documents {
			checkText(t, d.Text, nil)
			if d.ID == "" || !utf8.ValidString(d.ID) || len(d.Meta) == 0 || d.Meta[0].Name != Folder {
				t.Errorf("document %q with %q", d.ID, d.Meta)
			}
		}
		if len(documents)+len(c.Ledger()) == 0 {
			t.Errorf("nothing came of %q", raw)
		}
	})
}
