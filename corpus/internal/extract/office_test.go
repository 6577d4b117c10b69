package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// member is one file of an archive that a test makes.
type member struct{ name, content string }

func zipped(t testing.TB, members ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(m.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// word is a DOCX with a body.
func word(t testing.TB, body string) []byte {
	return zipped(t, member{"word/document.xml", `<w:document xmlns:w="w" xmlns:mc="mc" xmlns:wp="wp" xmlns:m="m"><w:body>` + body + `</w:body></w:document>`})
}

// writer is an ODT with a body.
func writer(t testing.TB, body string) []byte {
	return zipped(t, member{"content.xml", `<o:document-content xmlns:o="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d" xmlns:svg="s"><o:body><o:text>` + body + `</o:text></o:body></o:document-content>`})
}

func TestDOCX(t *testing.T) {
	paragraph := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	item := func(s string) string {
		return "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>" + s + "</w:t></w:r></w:p>"
	}
	tests := []extractTest{
		{"empty", "", ""},
		{"paragraphs", paragraph("one") + paragraph("two"), "one\n\ntwo"},
		{"words in parts", "<w:p><w:r><w:t>f</w:t></w:r><w:r><w:t xml:space='preserve'>oo </w:t></w:r>\n<w:r><w:t>bar</w:t></w:r></w:p>", "foo bar"},
		{"marks", "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r></w:p>", "a b\nc-de"},
		{"a list", paragraph("x") + item("one") + item("two") + paragraph("y"), "x\n\none\ntwo\n\ny"},
		{"a table", paragraph("x") + "<w:tbl><w:tr><w:tc>" + paragraph("a") + "</w:tc><w:tc>" + paragraph("b") + "</w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc>" + paragraph("c") + "</w:tc></w:tr></w:tbl>" + paragraph("y"), "x\n\na\tb\nc\n\ny"},
		{"tracked changes", "<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo></w:p>", "new here"},
		{"hidden", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>b</w:t></w:r><w:r><w:t>c</w:t></w:r></w:p>", "bc"},
		{"a field", "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>", "7"},
		{"a text box in two ways", "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + paragraph("box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + paragraph("box") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>", "box"},
		{"a picture", "<w:p><w:r><w:t>a</w:t><w:drawing><wp:docPr descr='a cat'/></w:drawing><w:t>b</w:t></w:r></w:p>", "a a cat b"},
		{"a formula", "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", "x"},
	}
	for i := range tests {
		tests[i].document = string(word(t, tests[i].document))
	}
	runTable(t, DOCX, tests)
}

func TestODT(t *testing.T) {
	tests := []extractTest{
		{"empty", "", ""},
		{"paragraphs", "<text:h>one</text:h>\n<text:p>two</text:p>", "one\n\ntwo"},
		{"words in parts", "<text:p>f<text:span>oo</text:span><text:s text:c='1000000000'/>b<text:tab/>c<text:line-break/>d\u00ade</text:p>", "foo b c\nde"},
		{"a list", "<text:p>x</text:p><text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>c</text:p></text:list-item></text:list><text:p>y</text:p>", "x\n\na\nb\nc\n\ny"},
		{"a table", "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table><text:p>y</text:p>", "a\tb\nc\n\ny"},
		{"a note", "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>", "ab\n\nc\n\nnote"},
		{"deletions", "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>here</text:p>", "here"},
		{"a comment", "<text:p>a<o:annotation><text:p>no</text:p></o:annotation>b</text:p>", "ab"},
		{"a picture", "<text:p>a<draw:frame><svg:desc>a cat</svg:desc></draw:frame>b</text:p>", "a a cat b"},
		{"a text box", "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>", "a\n\nbox"},
		{"readings", "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby></text:p>", "漢"},
	}
	for i := range tests {
		tests[i].document = string(writer(t, tests[i].document))
	}
	runTable(t, ODT, tests)
}

// All notes of Word come, and the main part is found wherever it is.
func TestDOCXParts(t *testing.T) {
	part := func(tag, s string) string {
		return fmt.Sprintf(`<w:%s xmlns:w="w"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:%[1]s>`, tag, s)
	}
	raw := zipped(t, member{"_rels/.rels", `<r><Relationship Type="x/officeDocument" Target="/odd/main.xml"/></r>`},
		member{"odd/main.xml", part("document", "text")}, member{"odd/footnotes.xml", part("footnotes", "note")},
		member{"odd/endnotes.xml", part("endnotes", "last")}, member{"odd/comments.xml", part("comments", "no")},
		member{"docProps/core.xml", "<c><title> T </title><creator>Ada</creator><created>2024</created><language>de</language></c>"})
	got, err := DOCX(raw, noLimit)
	if want := (Text{Body: "text\n\nnote\n\nlast", Title: "T", Author: "Ada", Language: "de", Date: "2024"}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// Slides come in the order in which they are shown, with tables, and without what is on
// every slide; and pages that Word has not taken in, and diagrams, are read too.
func TestSlidesAndChunks(t *testing.T) {
	raw := zipped(t, member{"ppt/presentation.xml", `<p xmlns:r="r"><sldIdLst><sldId r:id="b"/><sldId r:id="a"/></sldIdLst></p>`},
		member{"ppt/_rels/presentation.xml.rels", `<r><Relationship Id="a" Type="x/slide" Target="a.xml"/><Relationship Id="b" Type="x/slide" Target="b.xml"/></r>`},
		member{"ppt/a.xml", `<p xmlns:a="a"><sp><nvPr><ph type="sldNum"/></nvPr><a:p><a:r><a:t>7</a:t></a:r></a:p></sp><sp><a:p><a:r><a:t>last</a:t></a:r></a:p></sp></p>`},
		member{"ppt/b.xml", `<p xmlns:a="a"><sp><nvPr><ph type="title"/></nvPr><a:p><a:r><a:t>fi</a:t></a:r><a:r><a:t>rst</a:t></a:r><a:br/><a:fld><a:t>8</a:t></a:fld><a:r><a:t>line</a:t></a:r></a:p></sp>
			<graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>b</a:t></a:r></a:p></a:tc></a:tr></a:tbl></graphicFrame><pic><cNvPr descr="a cat"/></pic></p>`})
	if text, err := PPTX(raw, noLimit); err != nil || text.Body != "first\nline\n\na\tb\n\na cat\n\nlast" {
		t.Errorf("%q, %v", text.Body, err)
	}
	raw = zipped(t, member{"word/document.xml", `<w:d xmlns:w="w"><w:p><w:r><w:t>kelp</w:t></w:r></w:p></w:d>`},
		member{"word/_rels/document.xml.rels", `<r><Relationship Id="s" Type="x/aFChunk" Target="/c.html"/><Relationship Id="d" Type="x/diagramData" Target="d.xml"/><Relationship Id="e" Type="x/footnotes" Target="e.xml"/><Relationship Id="f" Type="x/endnotes" TargetMode="External" Target="far.xml"/></r>`},
		member{"word/far.xml", `<w:f xmlns:w="w"><w:p><w:r><w:t>elsewhere</w:t></w:r></w:p></w:f>`},
		member{"c.html", "<html><body><p>foam</p></body></html>"}, member{"word/d.xml", `<d xmlns:a="a"><a:p><a:r><a:t>gull</a:t></a:r></a:p></d>`}, member{"word/e.xml", `<w:f xmlns:w="w"><w:p`})
	text, err := DOCX(raw, noLimit)
	if err != nil || text.Body != "kelp\n\nfoam\n\ngull" || !strings.Contains(text.Repair, `"word/e.xml" cannot be read`) {
		t.Errorf("%+v, %v", text, err)
	}
}

// A document in one file of XML is read as the archive is.
func TestFlatOffice(t *testing.T) {
	for raw, want := range map[string]string{
		`<?xml version="1.0"?><office:document xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>kelp</text:p><text:p>foam</text:p></office:text></office:body></office:document>`:                      "kelp\n\nfoam",
		`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="w"><w:body><w:p><w:r><w:t>kelp</w:t></w:r></w:p><w:sectPr><w:hdr><w:p/></w:hdr></w:sectPr></w:body></w:wordDocument>`:  "kelp",
		`<?xml version="1.0"?><pkg:package xmlns:pkg="p" xmlns:w="w"><pkg:part><w:p><w:r><w:t>kelp</w:t></w:r></w:p></pkg:part><pkg:part><w:hdr><w:p><w:r><w:t>head</w:t></w:r></w:p></w:hdr></pkg:part></pkg:package>`: "kelp",
	} {
		if text, err := XML([]byte(raw), noLimit); err != nil || text.Body != want {
			t.Errorf("%s gave %q, %v", raw, text.Body, err)
		}
	}
}

// Broken documents give an error that says what is wrong, and of a kind where it matters.
func TestOfficeFaults(t *testing.T) {
	deep := strings.Repeat("<a>", 2*deepest) + strings.Repeat("</a>", 2*deepest)
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	tests := []struct {
		name string
		read func([]byte, int64) (Text, error)
		raw  []byte
		is   error
		says string
	}{
		{"no zip", DOCX, []byte("text"), nil, "no whole zip archive"},
		{"empty", ODT, nil, nil, "no whole zip archive"},
		{"cut off", DOCX, readFixture(t, "office.docx")[:5000], nil, "no whole zip archive"},
		{"another zip", DOCX, zipped(t, member{"a.txt", "x"}), nil, `"word/document.xml" is missing`},
		{"another zip", ODT, zipped(t, member{"a.txt", "x"}), nil, `"content.xml" is missing`},
		{"another zip", EPUB, zipped(t, member{"a.txt", "x"}), nil, `"META-INF/container.xml" is missing`},
		{"Word of before 2007", DOCX, []byte(ole + "x"), nil, "save it as .docx"},
		{"encrypted by Word", DOCX, []byte(ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), ErrEncrypted, ""},
		{"encrypted by LibreOffice", ODT, zipped(t, member{"META-INF/manifest.xml", "<m><e><encryption-data/></e></m>"}), ErrEncrypted, ""},
		{"no XML", DOCX, zipped(t, member{"word/document.xml", "text <"}), nil, "XML syntax error"},
		{"unknown entity", DOCX, zipped(t, member{"word/document.xml", laughs}), nil, "invalid character entity"},
		{"nested deep", DOCX, word(t, deep), ErrLimit, "1000 deep"},
		{"nested deep", ODT, writer(t, deep), ErrLimit, "1000 deep"},
		{"nested deep in what is passed over", DOCX, word(t, "<w:del>"+deep+"</w:del>"), ErrLimit, "1000 deep"},
		{"a scan", DOCX, word(t, "<w:p/>"), ErrNoText, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, err := test.read(test.raw, noLimit)
			if err == nil || !strings.Contains(err.Error(), test.says) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %+v, %v; want an error that says %q", text, err, test.says)
			}
		})
	}
}

// Ten megabytes of one word take ten kilobytes in the archive.
func TestBombs(t *testing.T) {
	const limit = 1 << 20
	bomb := strings.Repeat("bomb ", 2*limit)
	page := "<package><manifest><item id='a' href='a' media-type='html'/><item id='b' href='a' media-type='html'/></manifest><spine>" +
		"<itemref idref='a'/>" + strings.Repeat("<itemref idref='b'/>", 1000) + "</spine></package>"
	container := member{"META-INF/container.xml", "<c><rootfile full-path='p.opf'/></c>"}
	for name, read := range map[string]func() (Text, error){
		"DOCX":                  func() (Text, error) { return DOCX(word(t, "<w:p><w:r><w:t>"+bomb), limit) },
		"DOCX, by an attribute": func() (Text, error) { return DOCX(word(t, "<w:p a='"+bomb), limit) },
		"DOCX, by a comment":    func() (Text, error) { return DOCX(word(t, "<!-- "+bomb), limit) },
		"ODT":                   func() (Text, error) { return ODT(writer(t, "<text:p>"+bomb), limit) },
		"EPUB": func() (Text, error) {
			return EPUB(zipped(t, container, member{"p.opf", page}, member{"a", bomb}), limit)
		},
		"EPUB, by two names": func() (Text, error) {
			return EPUB(zipped(t, container, member{"p.opf", page}, member{"a", bomb[:2*limit/3]}), limit)
		},
	} {
		t.Run(name, func(t *testing.T) {
			if text, err := read(); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "limit of 1 MB") {
				t.Errorf("got %.50q, %v", text.Body, err)
			}
		})
	}
}

// Text that never ends costs no more memory than a large book, and what is named again and
// again is read once.
func TestOfficeEndless(t *testing.T) {
	if _, err := DOCX(word(t, "<w:p><w:r><w:t>"+strings.Repeat("word ", 2<<20)), noLimit); !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "without a tag") {
		t.Errorf("text without end: %v", err)
	}
	slide := `<p xmlns:a="a"><a:p><a:r><a:t>kelp</a:t></a:r></a:p></p>`
	raw := zipped(t, member{"ppt/presentation.xml", `<p xmlns:r="r">` + strings.Repeat(`<sldId r:id="s"/>`, 1000) + "</p>"},
		member{"ppt/_rels/presentation.xml.rels", `<r><Relationship Id="s" Type="x/slide" Target="s.xml"/></r>`}, member{"ppt/s.xml", slide})
	if text, err := PPTX(raw, noLimit); err != nil || text.Body != "kelp" {
		t.Errorf("a slide again and again: %.50q, %v", text.Body, err)
	}
	note := `<w:footnotes xmlns:w="w"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnotes>`
	raw = zipped(t, member{"word/document.xml", `<w:d xmlns:w="w"><w:p><w:r><w:t>kelp</w:t></w:r></w:p></w:d>`},
		member{"word/_rels/document.xml.rels", "<r>" + strings.Repeat(`<Relationship Id="s" Type="x/footnotes" Target="n.xml"/>`, 1000) + "</r>"}, member{"word/n.xml", note})
	if text, err := DOCX(raw, noLimit); err != nil || text.Body != "kelp\n\nnote" {
		t.Errorf("notes again and again: %.50q, %v", text.Body, err)
	}
}

// A header that lies about sizes costs an error and no memory.
func TestLyingSizes(t *testing.T) {
	raw := readFixture(t, "office.docx")
	for i := 0; i+4 < len(raw); i++ {
		if string(raw[i:i+4]) == "PK\x01\x02" {
			copy(raw[i+24:], "\xfe\xff\xff\xff") // the size unpacked
		}
	}
	if text, err := DOCX(raw, noLimit); err == nil {
		t.Errorf("got %.50q without an error", text.Body)
	}
}

func FuzzDOCX(f *testing.F) {
	addFixtures(f, "pandoc.docx", "office.docx")
	fuzzReader(f, DOCX)
}

// The archive hides its parts from the fuzzer, which makes few valid ones. Here it makes
// the part itself.
func FuzzDOCXBody(f *testing.F) {
	f.Add("<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
	f.Add("<w:del><w:r/></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t><w:br/><wp:docPr descr='a'/></w:r>")
	fuzzBody(f, DOCX, word)
}

func FuzzODT(f *testing.F) {
	addFixtures(f, "pandoc.odt")
	fuzzReader(f, ODT)
}

func FuzzODTBody(f *testing.F) {
	f.Add("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list><text:note><text:p>b</text:p></text:note>")
	f.Add("<table:table><table:table-row><table:table-cell/></table:table-row></table:table><text:h>a<text:s/>b<svg:desc>c</svg:desc></text:h>")
	fuzzBody(f, ODT, writer)
}

func fuzzBody(f *testing.F, read func([]byte, int64) (Text, error), pack func(testing.TB, string) []byte) {
	f.Fuzz(func(t *testing.T, body string) {
		if text, err := read(pack(t, body), 1<<20); err == nil {
			checkForm(t, text)
		}
	})
}
