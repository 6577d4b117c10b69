package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"klew/corpus/internal/extract"
)

// objects is a PDF of the objects given, of which the first is the catalog. Without a
// trailer it ends with the last of them.
func objects(trailer bool, all ...string) []byte {
	var out bytes.Buffer
	var offsets []int
	out.WriteString("%PDF-1.4\n")
	for i, o := range all {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	if !trailer {
		return out.Bytes()
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

func stream(content string) string {
	return fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content)
}

// onePage is a PDF with a page that has a font F, and annotations. More objects follow from
// the number 6 on.
func onePage(trailer bool, font, content, notes string, more ...string) []byte {
	return objects(trailer, append([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[" + notes + "]>>",
		stream(content), font}, more...)...)
}

const helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

func TestInside(t *testing.T) {
	needsEngine(t)
	chinese := []string{"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>",
		"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"}
	japanese := []string{"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiMin-W3/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>",
		"<</Type/FontDescriptor/FontName/HeiseiMin-W3/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"}
	composite := func(name, encoding string) string {
		return "<</Type/Font/Subtype/Type0/BaseFont/" + name + "/Encoding/" + encoding + "/DescendantFonts[6 0 R]>>"
	}
	shape := func(text string) string {
		return fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 5 0 R>>>>/Length %d>>\nstream\nBT /F 9 Tf 2 5 Td (%s) Tj ET\nendstream", len(text)+27, text)
	}
	words := "BT /F 14 Tf 72 700 Td (kelp lantern) Tj ET"
	tests := []struct {
		name string
		raw  []byte
		want string
	}{
		{"something before the mark", append([]byte("HTTP/1.1 200 OK\r\n\r\n"), onePage(true, helvetica, words, "")...), "kelp lantern"},
		{"no trailer", onePage(false, helvetica, words, ""), "kelp lantern"},
		{"Chinese in a font that is elsewhere, letter by letter", onePage(true, composite("SimSun", "GBK-EUC-H"), "BT /F 14 Tf 72 700 Td <baa3> Tj 14 0 Td <b1df> Tj 14 0 Td <b5c4> Tj ET", "", chinese...), "海边的"},
		{"Japanese likewise", onePage(true, composite("HeiseiMin-W3", "90ms-RKSJ-H"), "BT /F 14 Tf 72 700 Td <8d60> Tj 14 0 Td <82cc> Tj ET", "", japanese...), "港の"},
		{"ligatures by names", onePage(true, "<</Type/Font/Subtype/Type1/BaseFont/Foo/Encoding<</Type/Encoding/Differences[1/f_f_i/f_i/T_h/f_f 5/c_t/f_f_l/f_f_j]>>>>",
			"BT /F 14 Tf 72 700 Td (e\\001cient \\002sherman \\003e o\\004er a\\005 ba\\006e \\007) Tj ET", ""), "efficient fisherman The offer act baffle ffj"},
		{"a value of a form", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada Fjord)/F 4/Rect[72 500 272 520]/AP<</N 7 0 R>>>>", shape("Ada Fjord")), "kelp lantern Ada Fjord"},
		{"a value that is not drawn", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada Fjord)/Rect[72 500 272 520]>>"), "kelp lantern Ada Fjord"},
		{"a hidden value", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada)/F 2/Rect[72 500 272 520]/AP<</N 7 0 R>>>>", shape("Ada")), "kelp lantern"},
		{"a hidden value that is not drawn", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada)/F 2/Rect[72 500 272 520]>>"), "kelp lantern"},
		{"a free note", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/FreeText/Contents(old harbour)/F 4/Rect[72 500 272 520]/AP<</N 7 0 R>>>>", shape("old harbour")), "kelp lantern old harbour"},
		{"a free note that is not drawn", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/FreeText/Contents(old\\rharbour)/Rect[72 500 272 520]>>"), "kelp lantern old harbour"},
		{"a remark that opens", onePage(true, helvetica, words, "6 0 R", "<</Type/Annot/Subtype/Text/Contents(check this)/Rect[72 500 92 520]>>"), "kelp lantern"},
		{"bold by printing twice", onePage(true, helvetica, "BT /F 14 Tf 72 700 Td (M) Tj .4 0 Td (M) Tj 11 0 Td (u) Tj .4 0 Td (u) Tj 7.4 0 Td (n) Tj .4 0 Td (n) Tj 7.4 0 Td (i) Tj .4 0 Td (i) Tj 2.8 0 Td (c) Tj .4 0 Td (c) Tj ET", ""), "Munic"},
		{"words of pairs that are so", onePage(true, helvetica, "BT /F 14 Tf 72 700 Td (aabbcc kelp) Tj ET", ""), "aabbcc kelp"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := Read(test.raw, noLimit)
			if err != nil || strings.Join(strings.Fields(text.Body), " ") != test.want {
				t.Errorf("got %q, %v, want %q", text.Body, err, test.want)
			}
		})
	}
}

// What stands on page after page goes, but for the first time, and is told.
func TestRepeatedLines(t *testing.T) {
	needsEngine(t)
	at := func(height int, text string) string {
		return fmt.Sprintf("BT /F 10 Tf 50 %d Td (%s) Tj ET\n", height, text)
	}
	var pages []string
	for i, word := range []string{"kelp", "foam", "seal", "gull", "fog", "tide"} {
		head := "Annual Report of the Lighthouse"
		if i%2 == 1 {
			head = "The Board"
		}
		page := at(580, head)
		for j, number := range []string{"one", "two", "three", "four", "five", "six"} {
			page += at(500-20*j, word+" "+number)
		}
		pages = append(pages, page+at(300, "the same line")+at(280, word+" seven")+at(260, word+" eight")+at(20, fmt.Sprintf("Page %d of 6", i+1)))
	}
	text, err := Read(typeset(pages...), noLimit)
	if err != nil {
		t.Fatal(err)
	}
	for said, times := range map[string]int{"Annual Report": 1, "The Board": 1, "the same line": 6, "gull eight": 1, "tide one": 1, "Page": 0, "of 6": 0} {
		if n := strings.Count(text.Body, said); n != times {
			t.Errorf("%q is there %d times, want %d: %q", said, n, times, text.Body)
		}
	}
	if want := `"Annual Report of the Lighthouse", "The Board", page numbers`; text.LeftOut != want {
		t.Errorf("left out %s, want %s", text.LeftOut, want)
	}
}

// Which lines of pages repeat is a matter of where they stand, and how often.
func TestDropRepeated(t *testing.T) {
	lines := func(texts ...string) (p page) {
		for i, text := range texts {
			p.lines = append(p.lines, printed{text: text, height: 700 - 20*float64(i), size: 10})
		}
		return p
	}
	words := []string{"kelp", "foam", "seal", "gull", "fog", "tide", "quay", "lamp", "mist"}
	body := func(n int) (all []string) {
		for _, end := range "bcdefghi" {
			all = append(all, words[n]+string(end))
		}
		return all
	}
	of := func(count int, make func(n int) []string) (all []page) {
		for n := range count {
			all = append(all, lines(make(n)...))
		}
		return all
	}
	tests := []struct {
		name    string
		pages   []page
		kept    string // of the last page
		leftOut string
	}{
		{"nothing", nil, "", ""},
		{"one page", of(1, func(n int) []string { return []string{"Head", "a", "b", "c", "d", "1"} }), "Head a b c d 1", ""},
		{"heads and numbers", of(3, func(n int) []string { return append([]string{"Head"}, append(body(n), fmt.Sprint(n+7))...) }), "BODY", `"Head", page numbers`},
		{"two pages", of(2, func(n int) []string {
			return append([]string{"Head"}, append(body(n), fmt.Sprint("- ", n+7, " -"))...)
		}), "Head BODY", "page numbers"},
		{"a head with a number", of(3, func(n int) []string { return append([]string{fmt.Sprint("Part ", n)}, body(n)...) }), "BODY", `"Part 1"`},
		{"Roman numbers", of(3, func(n int) []string { return append(body(n), []string{"i", "ii", "iii"}[n]) }), "BODY", "page numbers"},
		{"in the middle of pages", of(3, func(n int) []string { return append(append(body(n), "same"), body(n)...) }), "BODY same BODY", ""},
		{"on two of many pages", of(9, func(n int) []string {
			if n < 2 {
				return append([]string{"Head"}, body(n)...)
			}
			return append([]string{words[n] + "a"}, body(n)...)
		}), "mista BODY", ""},
		{"at other heights", of(3, func(n int) []string { return append(body(n)[:n], append([]string{"same"}, body(n)[n:]...)...) }), "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			leftOut := dropRepeated(test.pages)
			var kept []string
			if last := len(test.pages) - 1; last >= 0 {
				for _, l := range test.pages[last].lines {
					if !l.gone {
						kept = append(kept, l.text)
					}
				}
				test.kept = strings.ReplaceAll(test.kept, "BODY", strings.Join(body(last), " "))
			}
			if got := strings.Join(kept, " "); test.kept != "" && got != test.kept || leftOut != test.leftOut {
				t.Errorf("kept %q, left out %q; want %q, %q", got, leftOut, test.kept, test.leftOut)
			}
		})
	}
}

// A page that is broken does not cost the others, and is told.
func TestBrokenPage(t *testing.T) {
	needsEngine(t)
	raw := objects(true, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>", stream("BT /F 14 Tf 72 700 Td (kelp lantern) Tj ET"), helvetica)
	text, err := Read(raw, noLimit)
	if err != nil || text.Body != "kelp lantern" || !strings.Contains(text.Repair, "page 2") {
		t.Errorf("%+v, %v", text, err)
	}
	if _, err := Read(objects(true, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[9 0 R]/Count 1>>"), noLimit); err == nil || errors.Is(err, extract.ErrNoText) {
		t.Errorf("a broken page alone: %v", err)
	}
}

// Lines that repeat stay if there is nothing else.
func TestOnlyRepeatedLines(t *testing.T) {
	needsEngine(t)
	at := func(text string) string { return "BT /F 10 Tf 50 20 Td (" + text + ") Tj ET" }
	text, err := Read(typeset(at("Page 1"), at("Page 2"), at("Page 3")), noLimit)
	if err != nil || text.Body != "Page 1\n\nPage 2\n\nPage 3" || text.LeftOut != "" {
		t.Errorf("%+v, %v", text, err)
	}
}

func TestContainsWords(t *testing.T) {
	lines := func(texts ...string) (all []printed) {
		for _, text := range texts {
			all = append(all, printed{text: text})
		}
		return all
	}
	for _, test := range []struct {
		all, some []printed
		want      bool
	}{
		{lines("a b", "c"), lines("c a"), true},
		{nil, nil, true},
		{lines("a b"), nil, true},
		{nil, lines("a"), false},
		{lines("a"), lines("a a"), false},
		{lines("Dumm", "PDF", "y PDF file", "file"), lines("Dummy PDF file"), false},
	} {
		if got := containsWords(test.all, test.some); got != test.want {
			t.Errorf("containsWords(%v, %v) = %v", test.all, test.some, got)
		}
	}
}

// The fonts of the sandbox are whole, small, and the same each time.
func TestBoxFont(t *testing.T) {
	font := boxFont("TakaoPGothic")
	if len(font) > 1000 || !bytes.Equal(font, boxFont("TakaoPGothic")) || !bytes.Contains(font, []byte("\x00T\x00a\x00k\x00a\x00o")) {
		t.Errorf("%d bytes", len(font))
	}
}

// A document that is too large for the engine's memory is read in pieces.
func TestLargeDocument(t *testing.T) {
	needsEngine(t)
	raw := objects(true, "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>", stream("BT /F 14 Tf 72 700 Td (kelp lantern) Tj ET"), helvetica,
		stream(strings.Repeat("q Q ", inEngine/4)))
	if text, err := Read(raw, noLimit); err != nil || text.Body != "kelp lantern" {
		t.Errorf("%+v, %v", text, err)
	}
}
