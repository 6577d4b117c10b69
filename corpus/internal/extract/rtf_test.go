package extract

import (
	"errors"
	"strings"
	"testing"
)

func TestRTF(t *testing.T) {
	tests := []extractTest{
		{"empty", ``, ""},
		{"paragraphs", `one\par two\par`, "one\n\ntwo"},
		{"line ends mean nothing", "wo\nrds\r\n and\nmore\\\nnext", "words andmore\n\nnext"},
		{"marks", `a\tab b\line c\~d\_e\-f\{g\}\\h`, "a b\nc d-ef{g}\\h"},
		{"quotation marks", `\ldblquote a\rdblquote\emdash\lquote b\rquote`, "“a”—‘b’"},
		{"Windows-1252 is the default", `caf\'e9 \'93so\'94`, "café “so”"},
		{"the document's code page", `\ansicpg1251\'ec\'e8\'f0`, "мир"},
		{"the font's code page", `{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1 \'ec\'e8\'f0\f0  caf\'e9`, "мир café"},
		{"the font of a group ends with it", `{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset161 B;}}{\f1\'e1}\'e1`, "αá"},
		{"the default font", `\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset161 B;}}\f0\'e1\plain\'e1`, "áα"},
		{"bytes that are not escaped", "\\ansicpg1253 \xe1\xe2", "αβ"},
		{"two bytes a character", `\ansicpg932 \'93\'fa\'96\'7b`, "日本"},
		{"a second byte that is a letter", `\ansicpg932 \'83A\'83N`, "アク"},
		{"a font of pictures", `{\fonttbl{\f0\fcharset2 Wingdings;}{\f1 A;}}{\f0 l}\f1 text`, "text"},
		{"Unicode", `\u945?\u946 ?x`, "αβx"},
		{"Unicode with a minus", `\u-3913?`, "\uf0b7"},
		{"beyond 65,535", `\u-10179?\u-8704?`, "😀"},
		{"half a character", `\u-10179?x`, "x"},
		{"the other half", `\u-8704?x`, "\ufffdx"},
		{"no character for others", `\uc0\u945\u946 x`, "αβx"},
		{"two characters for others", `\uc2\u945\'61b\u946 xy`, "αβ"},
		{"how many ends with the group", `{\uc0\u945}\u946?x`, "αβx"},
		{"a group behind Unicode", `\u945{?}x`, "α?x"},
		{"what others pass over", `a{\*\unknown b{c}}d`, "ad"},
		{"pictures and styles", `{\stylesheet{\s0 Normal;}}{\colortbl;}a{\pict\pngblip 89504e47}b`, "ab"},
		{"bytes of a picture", `a{\pict\bin5 }}}}}}b`, "ab"},
		{"pages have heads and feet", `{\header h}{\footerr f}text`, "text"},
		{"a field", `{\field{\*\fldinst HYPERLINK x}{\fldrslt here}}`, "here"},
		{"a note", `a{\super\chftn}{\footnote\pard note\par}b\par c`, "ab\n\nc\n\nnote"},
		{"notes", `a{\footnote one}b{\footnote two}`, "ab\n\none\n\ntwo"},
		{"hidden", `a{\v b}c\v d\v0 e`, "ace"},
		{"deleted", `a{\deleted b\par}c`, "ac"},
		{"a list", `x\par\pard{\listtext 1.\tab}\ls1 one\par\pard{\listtext 2.\tab}\ls1 two\par\pard y`, "x\n\none\ntwo\n\ny"},
		{"a heading with a number", `\pard\ls1 one\par\pard\outlinelevel0\ls1 two`, "one\n\ntwo"},
		{"a table", `x\par\trowd\pard\intbl a\cell b\par c\cell\row\trowd\pard\intbl\cell d\cell\row\pard y`, "x\n\na\tb\n\nc\nd\n\ny"},
		{"text in two encodings", `{\upr{a}{\*\ud{\u945?}}}b`, "αb"},
		{"a text box", `a{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv y}}{\shptxt\par box}}{\shprslt box}}`, "a\n\nbox"},
		{"numbers too large", `\u99999999999999999999999?\f-99999999999 x`, "x"},
		{"no hexadecimal", `\'zzx`, "zzx"},
	}
	for i := range tests {
		tests[i].document = `{\rtf1\ansi ` + tests[i].document + "}\x00 behind the end"
	}
	runTable(t, RTF, tests)
}

func TestRTFSaysOfItself(t *testing.T) {
	raw := `{\rtf1\ansi{\info{\title A \u945?}{\author {\upr{x}{\*\ud{Ada F\'f6}}}}{\author Ben}{\subject s}` +
		`{\creatim\yr2024\mo3\dy17\hr9\min5}{\revtim\yr2025\mo1\dy1}}text}`
	got, err := RTF([]byte(raw), noLimit)
	want := Text{Body: "text", Title: "A α", Author: "Ada Fö", Date: "2024-03-17T09:05"}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestRTFFaults(t *testing.T) {
	tests := []struct {
		name, raw, says string
		is              error
	}{
		{"empty", "", "does not begin as RTF", nil},
		{"another format", "text", "does not begin as RTF", nil},
		{"cut off before the text", `{\rtf1 {\info`, "cut off", nil},
		{"far behind the beginning", strings.Repeat(" ", 2000) + `{\rtf1 words}`, "does not begin as RTF", nil},
		{"more bytes promised than there are", `{\rtf1 {\pict\bin2000000000 x}}`, "cut off", nil},
		{"nested deep", `{\rtf1` + strings.Repeat("{", 10*deepest), "nested", ErrLimit},
		{"no text", `{\rtf1{\info{\title T}}}`, "", ErrNoText},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := RTF([]byte(test.raw), noLimit)
			if err == nil || !strings.Contains(err.Error(), test.says) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %v, want an error that says %q", err, test.says)
			}
		})
	}
}

// What is before the first mark does not count, and a last brace that is missing costs
// nothing, but is told.
func TestRTFMended(t *testing.T) {
	for raw, want := range map[string]Text{
		"\n \ufeff{\\rtf1 words}":   {Body: "words"},
		`{\rtf1 words\par `:         {Body: "words", Repair: "its end is missing: 1 of its groups have none"},
		`{\rtf1 {\b words`:          {Body: "words", Repair: "its end is missing: 2 of its groups have none"},
		`{\rtf1 words\`:             {Body: "words", Repair: "its end is missing: 1 of its groups have none"},
		`{\rtf1 words\'a`:           {Body: "words", Repair: "its end is missing: 1 of its groups have none"},
		"{\\rtf1 words}\x00\x00{{{": {Body: "words"},
	} {
		if got, err := RTF([]byte(raw), noLimit); err != nil || got != want {
			t.Errorf("%q gave %+v, %v, want %+v", raw, got, err, want)
		}
	}
}

// A document cut off anywhere gives the text before it and says so, or an error.
func TestRTFCutOff(t *testing.T) {
	raw := readFixture(t, "pandoc.rtf")
	whole, err := RTF(raw, noLimit)
	if err != nil {
		t.Fatal(err)
	}
	end := strings.LastIndexByte(string(raw), '}')
	for n := range end {
		text, err := RTF(raw[:n], noLimit)
		if err == nil && (text.Repair == "" || len(text.Body) > len(whole.Body)) {
			t.Fatalf("of %d bytes: %.50q, repair %q", n, text.Body, text.Repair)
		}
	}
}

func FuzzRTF(f *testing.F) {
	addFixtures(f, "pandoc.rtf", "office.rtf")
	f.Add([]byte(`{\rtf1\ansicpg932{\fonttbl{\f1\fcharset204 A;}}\f1\'ec\u-10179?\u-8704?{\upr{a}{\*\ud{b}}}\trowd\intbl a\cell\row\bin3 }}}}`))
	fuzzReader(f, RTF)
}
