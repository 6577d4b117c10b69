package extract

import "encoding/xml"

// ODT reads a text document of LibreOffice and others. Its notes follow behind its text;
// deletions that are tracked, and comments, are left out.
func ODT(raw []byte, limit int64) (Text, error) {
	b, err := openBox(raw, limit)
	if err != nil {
		return Text{}, err
	}
	if err := sealed(b); err != nil {
		return Text{}, err
	}
	var body odt
	body.out = &body.main
	if err := b.walk("content.xml", &body); err != nil {
		return Text{}, err
	}
	t := Text{Body: joined("\n\n", body.main.String(), body.notes.String())}
	return whole(t.described(b, "meta.xml"))
}

// sealed tells an encrypted document, whose list of parts says how each is encrypted.
func sealed(b *box) error {
	const list = "META-INF/manifest.xml"
	if !b.has(list) {
		return nil
	}
	var s seal
	if err := b.walk(list, &s); err != nil {
		return err
	}
	if s {
		return ErrEncrypted
	}
	return nil
}

type seal bool

func (s *seal) start(e xml.StartElement) bool {
	if e.Name.Local == "encryption-data" {
		*s = true
	}
	return true
}
func (s *seal) end(string)  {}
func (s *seal) text(string) {}

// odt reads content.xml. Only text within a paragraph or heading is text; a note stands in
// the middle of the paragraph that it belongs to.
type odt struct {
	out         *prose // main, or notes while inside one
	main, notes prose
	paragraphs  int // how many we are in, for a text box has its own within another
}

func (o *odt) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "tracked-changes", "annotation", "note-citation", "ruby-text", "forms", "binary-data", "scripts",
		"sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls":
		return false
	case "p", "h":
		o.out.begin()
		o.paragraphs++
	case "note":
		o.out = &o.notes
	case "list":
		o.out.list()
	case "list-item", "list-header":
		o.out.item()
	case "table":
		o.out.begin()
	case "table-cell":
		o.out.cell()
	case "s", "tab", "title", "desc":
		o.out.part(blank)
	case "line-break":
		o.out.part(line)
	}
	return true
}

func (o *odt) end(local string) {
	switch local {
	case "p", "h":
		o.out.end()
		o.paragraphs--
	case "note":
		o.out = &o.main
	case "list":
		o.out.endList()
	case "list-item", "list-header":
		o.out.endItem()
	case "table-cell":
		o.out.endCell()
	case "table-row":
		o.out.endRow()
	case "table":
		o.out.end()
	case "title", "desc":
		o.out.part(blank)
	}
}

func (o *odt) text(s string) {
	if o.paragraphs > 0 {
		o.out.write(s)
	}
}
