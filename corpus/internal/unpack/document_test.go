package unpack

import (
	"archive/zip"
	"bytes"
	"testing"
)

// A document is known by what is in it, in whatever order and with whatever left out.
func TestDocumentKind(t *testing.T) {
	type parts [][2]string
	const (
		container = `<container><rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
		content   = `<office:document-content xmlns:office="o"><office:styles/><office:body><office:`
		types     = `<Types><Override PartName="/a.xml" ContentType="application/vnd.`
		manifest  = `<manifest:manifest><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.`
	)
	tests := []struct {
		name  string
		parts parts
		want  string
	}{
		{"texts", parts{{"a.txt", "x"}, {"b.txt", "x"}}, ""},
		{"nothing", nil, ""},
		{"EPUB", parts{{"mimetype", "application/epub+zip"}, {"a", ""}}, "epub"},
		{"EPUB, its type at the end", parts{{"META-INF/container.xml", container}, {"mimetype", "application/epub+zip\n"}}, "epub"},
		{"EPUB without a type", parts{{"META-INF/container.xml", container}}, "epub"},
		{"EPUB with another type", parts{{"mimetype", "text/plain"}, {"META-INF/container.xml", container}}, "epub"},
		{"a container of something else", parts{{"META-INF/container.xml", "<container/>"}}, ""},
		{"Writer", parts{{"mimetype", "application/vnd.oasis.opendocument.text"}}, "odt"},
		{"Writer, a template", parts{{"content.xml", ""}, {"mimetype", "application/vnd.oasis.opendocument.text-template"}}, "odt"},
		{"Writer of 2002", parts{{"mimetype", "application/vnd.sun.xml.writer"}}, "odt"},
		{"Impress", parts{{"mimetype", "application/vnd.oasis.opendocument.presentation"}}, "odp"},
		{"Draw", parts{{"mimetype", "application/vnd.oasis.opendocument.graphics"}}, "odp"},
		{"Calc", parts{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}, "ods"},
		{"Math", parts{{"mimetype", "application/vnd.oasis.opendocument.formula"}}, "office"},
		{"by the list of parts", parts{{"content.xml", "<x/>"}, {"META-INF/manifest.xml", manifest + `presentation"/>`}}, "odp"},
		{"by the body", parts{{"content.xml", content + "spreadsheet>"}}, "ods"},
		{"by the body, a text", parts{{"content.xml", content + "text>"}}, "odt"},
		{"another content.xml", parts{{"content.xml", "<x/>"}}, ""},
		{"Word", parts{{"[Content_Types].xml", types + `openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`}}, "docx"},
		{"Word with programs", parts{{"[Content_Types].xml", types + `ms-word.document.macroEnabled.main+xml"/></Types>`}}, "docx"},
		{"Word, a template, its types last", parts{{"a.xml", ""}, {"[Content_Types].xml", types + `openxmlformats-officedocument.wordprocessingml.template.main+xml'/></Types>`}}, "docx"},
		{"Word without types", parts{{"word/document.xml", ""}, {"_rels/.rels", ""}}, "docx"},
		{"Word with other slashes", parts{{`[content_types].xml`, types + `x"/>`}, {`word\document.xml`, ""}}, "docx"},
		{"Excel", parts{{"[Content_Types].xml", types + `openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` + types + `openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`}}, "xlsx"},
		{"Excel of its own kind", parts{{"[Content_Types].xml", types + `ms-excel.sheet.binary.macroEnabled.main"/></Types>`}}, "office"},
		{"PowerPoint", parts{{"[Content_Types].xml", types + `openxmlformats-officedocument.presentationml.slideshow.main+xml"/></Types>`}}, "pptx"},
		{"XPS", parts{{"[Content_Types].xml", types + `ms-package.xps-fixeddocument+xml"/></Types>`}}, "office"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var raw bytes.Buffer
			w := zip.NewWriter(&raw)
			for _, p := range test.parts {
				f, err := w.Create(p[0])
				if err != nil {
					t.Fatal(err)
				}
				f.Write([]byte(p[1]))
			}
			w.Close()
			archive, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
			if err != nil {
				t.Fatal(err)
			}
			if got := documentKind(archive); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
