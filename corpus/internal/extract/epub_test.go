package extract

import (
	"errors"
	"testing"
)

// book is an EPUB with the pages named in a spine.
func book(t testing.TB, manifest, spine string, members ...member) []byte {
	return zipped(t, append([]member{
		{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>`},
		{"in/book.opf", `<package xmlns:dc="dc"><metadata><dc:title>T</dc:title><dc:creator>Ada</dc:creator><dc:creator>Ben</dc:creator>` +
			`<dc:language>en</dc:language><dc:date>2024</dc:date></metadata><manifest>` + manifest + `</manifest><spine>` + spine + `</spine></package>`},
	}, members...)...)
}

func page1(id, href string) string {
	return `<item id="` + id + `" href="` + href + `" media-type="application/xhtml+xml"/>`
}

func TestEPUB(t *testing.T) {
	xhtml := func(s string) string {
		return `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>` + s + `</body></html>`
	}
	ref := func(id string) string { return `<itemref idref="` + id + `"/>` }
	runTable(t, EPUB, []extractTest{
		{"the order is the spine's", string(book(t, page1("a", "a.xhtml")+page1("b", "b.xhtml"), ref("b")+ref("a"),
			member{"in/a.xhtml", xhtml("<p>one</p>")}, member{"in/b.xhtml", xhtml("<p>two</p>")})), "two\n\none"},
		{"addresses", string(book(t, page1("a", "../x/chapter%201.xhtml#start"), ref("a"), member{"x/chapter 1.xhtml", xhtml("é")})), "é"},
		{"a page twice", string(book(t, page1("a", "a"), ref("a")+ref("a"), member{"in/a", xhtml("one")})), "one"},
		{"the table of contents", string(book(t, `<item id="n" href="n" media-type="application/xhtml+xml" properties="nav"/>`+page1("a", "a"), ref("n")+ref("a"),
			member{"in/n", xhtml("<nav epub:type='toc'><ol><li>contents</li></ol></nav>")}, member{"in/a", xhtml("text")})), "text"},
		{"what stands beside it", string(book(t, `<item id="n" href="n" media-type="application/xhtml+xml" properties="nav"/>`+page1("a", "a"), ref("n")+ref("a"),
			member{"in/n", xhtml("<p>To Ada</p><nav\nid='n'><ol><li>contents</li></ol></nav >")}, member{"in/a", xhtml("text")})), "To Ada\n\ntext"},
		{"pictures", string(book(t, `<item id="p" href="p" media-type="image/svg+xml"/>`+page1("a", "a"), ref("p")+ref("a"), member{"in/a", xhtml("text")})), "text"},
		{"Latin-1", string(book(t, page1("a", "a"), ref("a"), member{"in/a", "<?xml version='1.0' encoding='iso-8859-1'?><html><p>caf\xe9</p></html>"})), "café"},
		{"UTF-16", string(book(t, page1("a", "a"), ref("a"), member{"in/a", "\xff\xfe<\x00p\x00>\x00\xe9\x00"})), "é"},
		{"a locked font", string(book(t, page1("a", "a"), ref("a"), member{"in/a", xhtml("text")},
			member{"META-INF/encryption.xml", `<e><CipherReference URI="in/font.otf"/></e>`})), "text"},
	})
}

func TestEPUBSaysOfItself(t *testing.T) {
	raw := book(t, page1("a", "a"), `<itemref idref="a"/>`, member{"in/a", "text"})
	want := Text{Body: "text", Title: "T", Author: "Ada; Ben", Language: "en", Date: "2024"}
	if got, err := EPUB(raw, noLimit); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestEPUBFaults(t *testing.T) {
	locked := book(t, page1("a", "my%20page"), `<itemref idref="a"/>`, member{"in/my page", "text"},
		member{"META-INF/encryption.xml", `<e><CipherReference URI="in/my%20page"/></e>`})
	if _, err := EPUB(locked, noLimit); !errors.Is(err, ErrEncrypted) {
		t.Errorf("a locked page: %v", err)
	}
	if text, err := EPUB(book(t, page1("a", "a"), `<itemref idref="a"/>`), noLimit); err == nil {
		t.Errorf("a missing page: %+v", text)
	}
	if _, err := EPUB(book(t, "", ""), noLimit); !errors.Is(err, ErrNoText) {
		t.Errorf("no pages: %v", err)
	}
	if _, err := EPUB(zipped(t, member{"META-INF/container.xml", "<c/>"}), noLimit); err == nil {
		t.Error("no list of pages, and no error")
	}
}

func FuzzEPUB(f *testing.F) {
	addFixtures(f, "pandoc.epub")
	fuzzReader(f, EPUB)
}

// FuzzEPUBPage makes the page alone, which may be in any encoding.
func FuzzEPUBPage(f *testing.F) {
	f.Add("<?xml version='1.0' encoding='iso-8859-1'?><html><p>caf\xe9</p><title/></html>")
	f.Add("\xff\xfe<\x00p\x00>\x00\xe9\x00")
	fuzzBody(f, EPUB, func(t testing.TB, body string) []byte {
		return book(t, page1("a", "a"), `<itemref idref="a"/>`, member{"in/a", body})
	})
}
