package corpus

import (
	"strings"
	"testing"
)

// decode decodes a text of which nothing is known.
func decode(raw []byte) (text string, repairs []Entry, ok bool) {
	d, ok := decoder{}.decode(raw)
	return d.text, d.repairs, ok
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name    string
		raw     string
		text    string
		reasons string // of the repairs, with their details
	}{
		{name: "empty"},
		{name: "ASCII", raw: "plain words", text: "plain words"},
		{name: "UTF-8", raw: "naïve 東京 😀", text: "naïve 東京 😀"},
		{name: "UTF-8 with mark", raw: "\xef\xbb\xbfété", text: "été"},
		{name: "UTF-8 mark alone", raw: "\xef\xbb\xbf"},
		{name: "mark inside is a character", raw: "a\ufeffb", text: "a\ufeffb"},
		{name: "replacement character is a character", raw: "a\ufffdb", text: "a\ufffdb"},
		{name: "line ends are kept", raw: "one\r\ntwo\rthree\n", text: "one\r\ntwo\rthree\n"},

		{name: "UTF-16 little-endian", raw: "\xff\xfeh\x00\xe9\x00", text: "hé"},
		{name: "UTF-16 big-endian", raw: "\xfe\xff\x00h\x00\xe9", text: "hé"},
		{name: "UTF-16 surrogate pair, little-endian", raw: "\xff\xfe\x3d\xd8\x00\xde", text: "😀"},
		{name: "UTF-16 surrogate pair, big-endian", raw: "\xfe\xff\xd8\x3d\xde\x00", text: "😀"},
		{name: "UTF-16 mark alone", raw: "\xff\xfe"},

		{name: "Latin-1", raw: "caf\xe9", text: "café", reasons: Windows1252},
		{name: "Windows-1252 quotes", raw: "\x93so\x94 for \x805", text: "“so” for €5", reasons: Windows1252},
		{name: "one bad byte in UTF-8", raw: "é à ü \xff.", text: "é à ü \ufffd.", reasons: BadUTF8 + " 1 of them"},
		{name: "a run of bad bytes", raw: "éàü\xff\xfe.", text: "éàü\ufffd.", reasons: BadUTF8 + " 2 of them"},
		{name: "UTF-8 cut off", raw: "éàü\xe6\x9d", text: "éàü\ufffd", reasons: BadUTF8 + " 2 of them"},
		{name: "as many faults as characters", raw: "é\xff", text: "é\ufffd", reasons: BadUTF8 + " 1 of them"},

		{name: "stray NUL", raw: strings.Repeat("word ", 20) + "\x00.", text: strings.Repeat("word ", 20) + " .",
			reasons: Controls + " 1 of them"},
		{name: "stray controls", raw: "one \x01two \x02three", text: "one  two  three",
			reasons: Controls + " 2 of them"},
		{name: "two repairs", raw: "caf\xe9 \x01 noir", text: "café   noir",
			reasons: Windows1252 + ", " + Controls + " 1 of them"},

		// Kinds that are known by a few letters are not told by them.
		{name: "a text may begin like a bitmap", raw: "BMW makes cars", text: "BMW makes cars"},
		{name: "or like a sound", raw: "RIFF of a guitar", text: "RIFF of a guitar"},
		{name: "or like a picture", raw: "GIF89a is a format", text: "GIF89a is a format"},
		{name: "PDF inside a text", raw: "it starts with %PDF-", text: "it starts with %PDF-"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, repairs, ok := decode([]byte(test.raw))
			if !ok || text != test.text {
				t.Errorf("decode(%q) = %q, %v, want %q", test.raw, text, ok, test.text)
			}
			if reasons := reasonsOf(t, repairs); reasons != test.reasons {
				t.Errorf("decode(%q) was repaired by %q, want %q", test.raw, reasons, test.reasons)
			}
		})
	}
}

// reasonsOf writes the reasons of repairs with their details.
func reasonsOf(t *testing.T, repairs []Entry) string {
	t.Helper()
	var reasons []string
	for _, e := range repairs {
		if !e.Repaired {
			t.Errorf("%v came with a text, but is not marked as a repair", e)
		}
		reasons = append(reasons, strings.TrimSpace(e.Reason+" "+e.Detail))
	}
	return strings.Join(reasons, ", ")
}

// Broken UTF-16 costs the broken character and no other.
func TestDecodeBrokenUTF16(t *testing.T) {
	tests := []struct{ name, raw, text string }{
		{"half a character at the end", "\xff\xfea\x00b", "a\ufffd"},
		{"lone high surrogate", "\xff\xfe\x00\xd8a\x00", "\ufffda"},
		{"lone low surrogate", "\xff\xfe\x00\xdca\x00", "\ufffda"},
		{"high surrogate at the end", "\xfe\xff\x00a\xd8\x00", "a\ufffd"},
		{"surrogates in the wrong order", "\xfe\xff\xde\x00\xd8\x3d\x00a", "\ufffd\ufffda"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, repairs, ok := decode([]byte(test.raw))
			if !ok || text != test.text {
				t.Errorf("decode(%q) = %q, %v, want %q", test.raw, text, ok, test.text)
			}
			if len(repairs) != 1 || repairs[0].Reason != BadUTF16 {
				t.Errorf("repairs are %v", repairs)
			}
		})
	}
}

// A mark alone makes no text; and one stray NUL unmakes none, however short.
func TestDecodeByMoreThanTheFirstBytes(t *testing.T) {
	for raw, want := range map[string]bool{
		"\xff\xfe\x01\x00\x02\x00\x03\x00":           false,
		"\xff\xfe\x00\x00a\x00\x00\x00b\x00\x00\x00": true, // UTF-32
		"hello\x00":          true,
		"hello\x00\x00":      false,
		"\xff\xfeh\x00i\x00": true,
	} {
		if _, _, ok := decode([]byte(raw)); ok != want {
			t.Errorf("decode(%q): %v, want %v", raw, ok, want)
		}
	}
}

func TestDecodeRefusesBinary(t *testing.T) {
	tests := []struct{ name, raw, kind string }{
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02", "image/png"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01", "image/jpeg"},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xcaH\xcd\xc9\xc9", "application/x-gzip"},
		{"zip", "PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00", "application/zip"},
		{"bitmap", "BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00", "image/bmp"},
		// A PDF can be nearly all text, and is known by its head alone.
		{"PDF", "%PDF-1.7\nnothing but letters", "application/pdf"},
		{"PDF with mark", "\xef\xbb\xbf%PDF-1.7\n", "application/pdf"},
		{"ELF", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00", "a program"},
		// This is refused without the kind being known.
		{"web page full of NUL", "<html>\x00\x00\x00\x00", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, entries, ok := decode([]byte(test.raw))
			if ok || text != "" || len(entries) != 1 {
				t.Fatalf("decode(%q) = %q, %v, %v, want a refusal", test.raw, text, entries, ok)
			}
			if want := (Entry{Reason: Binary, Detail: test.kind}); entries[0] != want {
				t.Errorf("decode(%q) was refused with %v, want %v", test.raw, entries[0], want)
			}
		})
	}
}

// What share of control characters a text may have, and where it is looked for.
func TestDecodeShareOfControls(t *testing.T) {
	letters := func(n int) string { return strings.Repeat("a", n) }
	tests := []struct {
		name, raw string
		ok        bool
	}{
		{"a post of 20 Newsgroups", "\x01" + letters(19), true},
		{"half", "\x01\x02\x03" + letters(3), false},
		{"one NUL in a hundred", "\x00" + letters(99), true},
		{"three NUL in a hundred", "\x00\x00\x00" + letters(97), false},
		{"one NUL among three controls in a hundred", "\x00\x01\x02" + letters(97), false},
		{"the sample alone is looked at", letters(sample) + strings.Repeat("\x00", sample), true},
		{"the sample's last byte", letters(sample-1) + "\x00", true},
		{"printer's text", strings.Repeat("_\ba\x1b\f", 20), true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, entries, ok := decode([]byte(test.raw)); ok != test.ok {
				t.Errorf("ok = %v, want %v; %v", ok, test.ok, entries)
			}
		})
	}
}

// Every ASCII character is either kept or turned into one blank, so that lengths and
// words stay as they were.
func TestDecodeEveryASCII(t *testing.T) {
	const kept = "\t\n\v\f\r\b\x1b"
	around := strings.Repeat("a", 50)
	for b := range byte(0x80) {
		want := string(rune(b))
		if b < ' ' && !strings.Contains(kept, want) {
			want = " "
		}
		text, repairs, _ := decode([]byte(around + string(rune(b)) + around))
		if text != around+want+around {
			t.Errorf("byte %#x became %q, want %q", b, text, around+want+around)
		}
		if repaired := len(repairs) > 0; repaired != (want != string(rune(b))) {
			t.Errorf("byte %#x was entered as %v", b, repairs)
		}
	}
}

// Eight bytes at once count as one by one do, wherever among them a control character is.
func TestCountControls(t *testing.T) {
	for b := range 256 {
		for at := range 9 {
			raw := []byte("été, 8 bytes and more\n")
			raw[at] = byte(b)
			if got, want := countControls(raw), controlsAmong(raw); got != want {
				t.Errorf("%q: %d, want %d", raw, got, want)
			}
		}
	}
}
