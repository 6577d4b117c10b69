package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// archive is a zip with parts, each a name and what is in it.
func archive(parts ...string) []byte {
	var all []member
	for i := 0; i < len(parts); i += 2 {
		all = append(all, member{name: parts[i], data: []byte(parts[i+1])})
	}
	return packed(".zip", all)
}

// workbook is a spreadsheet of Excel, of which each sheet is its rows.
func workbook(sheets ...string) []byte {
	list, related := "", ""
	parts := []string{"[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`}
	for i, rows := range sheets {
		list += fmt.Sprintf(`<sheet name="Sheet %d" r:id="i%d" xmlns:r="r"/>`, i+1, i)
		related += fmt.Sprintf(`<Relationship Id="i%d" Type="x/worksheet" Target="%d.xml"/>`, i, i)
		parts = append(parts, fmt.Sprintf("xl/%d.xml", i), "<worksheet>"+rows+"</worksheet>")
	}
	return archive(append(parts, "xl/workbook.xml", "<workbook>"+list+"</workbook>", "xl/_rels/workbook.xml.rels", "<r>"+related+"</r>")...)
}

func sheetRow(cells ...string) string {
	var b strings.Builder
	for _, cell := range cells {
		b.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
	}
	return "<row>" + b.String() + "</row>"
}

// Documents that are archives are known by what is in them, in whatever order it is packed
// and whatever they are called; each is one document, and a spreadsheet one for each row.
func TestContainers(t *testing.T) {
	const (
		list    = `<container><rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
		book    = `<package><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>`
		content = `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:draw="d"><office:body><office:%s><text:p>kelp lantern</text:p></office:%[1]s></office:body></office:document-content>`
		types   = `<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>`
		main    = `<Relationships><Relationship Id="r" Type="http://x/relationships/officeDocument" Target="%s"/></Relationships>`
	)
	word := `<w:document xmlns:w="w"><w:p><w:r><w:t>kelp lantern</w:t></w:r></w:p></w:document>`
	slides := []string{"[Content_Types].xml", fmt.Sprintf(types, "presentationml.presentation"), "_rels/.rels", fmt.Sprintf(main, "ppt/show.xml"),
		"ppt/show.xml", `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="1" r:id="b"/><p:sldId id="2" r:id="a"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/show.xml.rels", `<r><Relationship Id="a" Type="x/slide" Target="slides/1.xml"/><Relationship Id="b" Type="x/slide" Target="slides/2.xml"/></r>`,
		"ppt/slides/1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvPr><p:ph type="ftr"/></p:nvPr><a:p><a:r><a:t>footer</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>lantern</a:t></a:r></a:p></p:sp></p:sld>`,
		"ppt/slides/2.xml", `<p:sld xmlns:p="p" xmlns:a="a"><p:sp><a:p><a:r><a:t>kel</a:t></a:r><a:r><a:t>p</a:t></a:r></a:p></p:sp></p:sld>`,
		"ppt/slides/_rels/2.xml.rels", `<r><Relationship Id="n" Type="x/notesSlide" Target="../notes/1.xml"/></r>`,
		"ppt/notes/1.xml", `<p:notes xmlns:p="p" xmlns:a="a"><p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:fld><a:t>2</a:t></a:fld></a:p></p:sp><p:sp><a:p><a:r><a:t>say it</a:t></a:r></a:p></p:sp></p:notes>`}
	table := sheetRow("id", "comment") + sheetRow("7", "kelp drifts in") + sheetRow("8", "foam rises, and falls")
	tests := []struct {
		name string
		raw  []byte
		want []string
	}{
		{"EPUB, its type last", archive("META-INF/container.xml", list, "p.opf", book, "c.xhtml", "<html><body><p>kelp lantern</p></body></html>", "mimetype", "application/epub+zip"), []string{"a.bin kelp lantern"}},
		{"ODT, its type last", archive("content.xml", fmt.Sprintf(content, "text"), "mimetype", "application/vnd.oasis.opendocument.text"), []string{"a.bin kelp lantern"}},
		{"ODT without a type", archive("content.xml", fmt.Sprintf(content, "text")), []string{"a.bin kelp lantern"}},
		{"ODP", archive("mimetype", "application/vnd.oasis.opendocument.presentation", "content.xml", fmt.Sprintf(content, "presentation")), []string{"a.bin kelp lantern"}},
		{"DOCX with another main part", archive("[Content_Types].xml", fmt.Sprintf(types, "wordprocessingml.document"), "_rels/.rels", fmt.Sprintf(main, "word/document2.xml"), "word/document2.xml", word), []string{"a.bin kelp lantern"}},
		{"PPTX", archive(slides...), []string{"a.bin kelp\n\nsay it\n\nlantern"}},
		{"XLSX", workbook(table), []string{"7 kelp drifts in", "8 foam rises, and falls"}},
		{"XLSX of several sheets", workbook(sheetRow("comment", "n")+sheetRow("kelp drifts", "1"), "", sheetRow("comment", "n")+sheetRow("foam rises", "2")),
			[]string{"a.bin/Sheet 1:1 kelp drifts", "a.bin/Sheet 3:1 foam rises"}},
		{"ODS", archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", `<o:c xmlns:o="o" xmlns:text="t" xmlns:table="b"><table:table table:name="x">`+
			strings.Repeat(`<table:table-row><table:table-cell><text:p>comment</text:p></table:table-cell><table:table-cell><text:p>n</text:p></table:table-cell></table:table-row>`, 1)+
			`<table:table-row><table:table-cell><text:p>kelp drifts</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table></o:c>`), []string{"a.bin:1 kelp drifts"}},
		{"a zip of texts", archive("a.txt", "kelp", "b.txt", "foam"), []string{"a.bin/a.txt kelp", "a.bin/b.txt foam"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := open(t, Options{Files: fstest.MapFS{"a.bin": {Data: test.raw}}}, "a.bin")
			var got []string
			for _, d := range gather(c) {
				got = append(got, d.ID+" "+d.Text)
			}
			equal(t, "documents", got, test.want)
			if len(got) != len(test.want) {
				t.Errorf("ledger %v", c.Ledger())
			}
		})
	}
}

// A hidden sheet is not read, and has its line in the ledger.
func TestHiddenSheet(t *testing.T) {
	table := sheetRow("comment", "n") + sheetRow("kelp drifts", "1")
	raw := archive("[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"xl/workbook.xml", `<w xmlns:r="r"><sheet name="seen" r:id="a"/><sheet name="not seen" state="hidden" r:id="b"/></w>`,
		"xl/_rels/workbook.xml.rels", `<r><Relationship Id="a" Type="x/worksheet" Target="a.xml"/><Relationship Id="b" Type="x/worksheet" Target="b.xml"/></r>`,
		"xl/a.xml", "<d>"+table+"</d>", "xl/b.xml", "<d>"+table+"</d>")
	c := open(t, Options{Files: fstest.MapFS{"b.xlsx": {Data: raw}}}, "b.xlsx")
	equal(t, "documents", ids(gather(c)), []string{"b.xlsx:1"})
	found := false
	for _, line := range said(c.Ledger()) {
		found = found || line == "b.xlsx/not seen "+Hidden+" a sheet 1"
	}
	if !found {
		t.Errorf("ledger %q", said(c.Ledger()))
	}
}

// What is broken and could be read is told.
func TestBrokenDocument(t *testing.T) {
	c := open(t, Options{Files: fstest.MapFS{"a.rtf": {Data: []byte(`{\rtf1\ansi kelp lantern\par `)}, "b": {Data: []byte("\n{\\rtf1 foam}")}}}, "a.rtf", "b")
	equal(t, "documents", ids(gather(c)), []string{"a.rtf", "b"})
	equal(t, "ledger", said(c.Ledger()), []string{"a.rtf " + Broken + " its end is missing: 1 of its groups have none 1"})
}
