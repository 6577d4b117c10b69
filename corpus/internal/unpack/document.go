package unpack

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// documentKind tells a zip that is one document, by what is in it: what it says that it
// is, wherever it says it, or else its parts. Programs that pack documents anew change the
// order of the parts, and leave some out.
func documentKind(archive *zip.Reader) string {
	d := parts{}
	for _, f := range archive.File {
		if name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/")); d[name] == nil {
			d[name] = f
		}
	}
	switch {
	case d["mimetype"] != nil && kindOfMime(d.head("mimetype", 128)) != "":
		return kindOfMime(d.head("mimetype", 128))
	case d["meta-inf/container.xml"] != nil && bytes.Contains(d.head("meta-inf/container.xml", 64<<10), []byte(".opf")),
		bytes.Contains(d.head("meta-inf/container.xml", 64<<10), []byte("oebps-package+xml")):
		return "epub"
	case d["content.xml"] != nil:
		return d.openDocument()
	case d["[content_types].xml"] != nil:
		return d.officeOpen()
	case d["word/document.xml"] != nil && d["_rels/.rels"] != nil:
		return "docx"
	}
	return ""
}

// parts are the files of a zip, by name in lower case.
type parts map[string]*zip.File

// head reads the beginning of a part, as far as it can be read.
func (p parts) head(name string, most int64) []byte {
	f := p[name]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	head, _ := io.ReadAll(io.LimitReader(r, most)) // what broke off counts too
	return head
}

// kindOfMime knows the names of types that documents of LibreOffice, and EPUB, give. Those
// of templates and masters have more behind, and those of OpenOffice 1 another name.
func kindOfMime(mime []byte) string {
	name := strings.TrimSpace(string(mime))
	if name == "application/epub+zip" {
		return "epub"
	}
	kind, open := strings.CutPrefix(name, "application/vnd.oasis.opendocument.")
	old, sun := strings.CutPrefix(name, "application/vnd.sun.xml.")
	if !open && !sun {
		return ""
	}
	for _, k := range []struct{ begin, kind string }{
		{"text", "odt"}, {"writer", "odt"}, {"presentation", "odp"}, {"impress", "odp"}, {"graphics", "odp"}, {"draw", "odp"},
		{"spreadsheet", "ods"}, {"calc", "ods"},
	} {
		if open && strings.HasPrefix(kind, k.begin) || sun && strings.HasPrefix(old, k.begin) {
			return k.kind
		}
	}
	return "office"
}

// openDocument tells a document of LibreOffice that does not say what it is, by the list
// of its parts, or by the first element of its body.
func (p parts) openDocument() string {
	const most = 4 << 20 // before which the body begins, behind the styles
	manifest := p.head("meta-inf/manifest.xml", 64<<10)
	for _, end := range [...]string{`"`, "'"} {
		if _, rest, ok := bytes.Cut(manifest, []byte("application/vnd.")); ok {
			name, _, _ := bytes.Cut(rest, []byte(end))
			if kind := kindOfMime(append([]byte("application/vnd."), name...)); kind != "" && kind != "office" {
				return kind
			}
		}
	}
	content := p.head("content.xml", most)
	if !bytes.Contains(content, []byte("document-content")) {
		return ""
	}
	for _, k := range []struct{ element, kind string }{
		{"<office:text", "odt"}, {"<office:presentation", "odp"}, {"<office:drawing", "odp"}, {"<office:spreadsheet", "ods"},
	} {
		if bytes.Contains(content, []byte(k.element)) {
			return k.kind
		}
	}
	return "odt"
}

// officeOpen tells a document of Microsoft Office by the type of its main part. Those of
// templates, and of documents with programs in them, differ in front of ".main".
func (p parts) officeOpen() string {
	types := bytes.ToLower(p.head("[content_types].xml", 1<<20))
	for _, k := range []struct{ begin, kind string }{
		{"wordprocessingml.", "docx"}, {"ms-word.", "docx"}, {"spreadsheetml.", "xlsx"}, {"ms-excel.", "xlsx"},
		{"presentationml.", "pptx"}, {"ms-powerpoint.", "pptx"},
	} {
		for rest := types; ; {
			var found bool
			if _, rest, found = bytes.Cut(rest, []byte(k.begin)); !found {
				break
			}
			name := rest[:min(len(rest), 64)]
			name = name[:max(0, bytes.IndexAny(append(name[:len(name):len(name)], '"'), `"'`))]
			if bytes.HasSuffix(name, []byte(".main+xml")) {
				return k.kind
			}
		}
	}
	switch {
	case p["word/document.xml"] != nil:
		return "docx"
	case p["ppt/presentation.xml"] != nil:
		return "pptx"
	case p["xl/workbook.xml"] != nil:
		return "xlsx"
	}
	return "office"
}
