package extract

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"strings"
)

// DOCX reads a document of Word. Its notes follow behind its text; what was deleted or
// moved away while changes were tracked is left out, what was inserted is there.
func DOCX(raw []byte, limit int64) (Text, error) {
	if err := compound(raw); err != nil {
		return Text{}, err
	}
	b, err := openBox(raw, limit)
	if err != nil {
		return Text{}, err
	}
	main, err := mainPart(b)
	if err != nil {
		return Text{}, err
	}
	var body docx
	for _, name := range []string{main, path.Join(path.Dir(main), "footnotes.xml"), path.Join(path.Dir(main), "endnotes.xml")} {
		if name != main && !b.has(name) {
			continue
		}
		if err := b.walk(name, &body); err != nil {
			return Text{}, err
		}
	}
	t := Text{Body: body.prose.String()}
	return whole(t.described(b, "docProps/core.xml"))
}

// compound refuses the files in which Microsoft keeps other things than DOCX.
func compound(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return nil
	}
	if bytes.Contains(raw, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return ErrEncrypted
	}
	return errors.New("it is of the kind that Word wrote before 2007 (.doc): save it as .docx")
}

// mainPart finds the part that has the text. Only by custom is it word/document.xml.
func mainPart(b *box) (string, error) {
	const custom, relations = "word/document.xml", "_rels/.rels"
	if !b.has(relations) {
		return custom, nil
	}
	var r related
	if err := b.walk(relations, &r); err != nil {
		return "", err
	}
	return cmp.Or(strings.TrimPrefix(r.target, "/"), custom), nil
}

// related looks for the relation to the main part.
type related struct{ target string }

func (r *related) start(e xml.StartElement) bool {
	if strings.HasSuffix(value(e, "Type"), "/officeDocument") {
		r.target = value(e, "Target")
	}
	return true
}
func (r *related) end(string)  {}
func (r *related) text(string) {}

// described adds what a part of Dublin Core elements says, if there is one. One that is
// broken does not cost the text.
func (t Text) described(b *box, name string) Text {
	var f facts
	if !b.has(name) || b.walk(name, &f) != nil {
		return t
	}
	t.Title = f.first("title")
	t.Author = f.first("initial-creator", "creator")
	t.Date = f.first("created", "creation-date", "date")
	t.Language = f.first("language")
	return t
}

// docx reads the parts of WordprocessingML that have text: of the elements
//
//	<w:p> <w:pPr><w:numPr/></w:pPr> <w:r> <w:rPr><w:vanish/></w:rPr> <w:t>words</w:t> </w:r> </w:p>
//
// one paragraph, here an item of a list, with one run of words, here hidden.
type docx struct {
	prose  prose
	words  int  // how many elements we are in whose text is words
	hidden bool // the run
	item   bool // the paragraph belongs to a list
	listed bool // and so did the one before
}

func (d *docx) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "del", "moveFrom", "delText", "instrText", "delInstrText", // what is no more, and what is computed
		"Fallback",                             // the same drawing again for older programs
		"tabs", "pPrChange", "rPrChange", "rt", // tab stops, earlier formats, readings of Han
		"sdtPr", "sectPr", "tblPr", "trPr", "tcPr":
		return false
	case "p":
		d.prose.begin()
		d.item = false
	case "numPr":
		d.startItem()
	case "r":
		d.hidden = false
	case "vanish":
		v := value(e, "val")
		d.hidden = v != "0" && v != "false"
	case "t":
		d.words++
	case "tbl":
		d.prose.begin()
	case "tc":
		d.prose.cell()
	default:
		d.mark(e)
	}
	return true
}

// startItem makes of a paragraph an item: it has not parted from the one before by an
// empty line.
func (d *docx) startItem() {
	if d.listed && d.prose.gap == paragraph {
		d.prose.gap = line
	}
	d.item = true
}

// mark takes the elements that stand for a character or for a picture.
func (d *docx) mark(e xml.StartElement) {
	switch e.Name.Local {
	case "tab":
		d.prose.part(blank)
	case "br", "cr":
		d.prose.part(line)
	case "noBreakHyphen":
		d.prose.write("-")
	case "docPr":
		d.prose.spaced(value(e, "descr"))
	}
}

func (d *docx) end(local string) {
	switch local {
	case "t":
		d.words--
	case "p":
		d.prose.end()
		d.listed = d.item
	case "tc":
		d.prose.endCell()
	case "tr":
		d.prose.endRow()
	case "tbl":
		d.prose.end()
		d.listed = false
	case "footnotes", "endnotes":
		d.listed = false
	}
}

func (d *docx) text(s string) {
	if d.words > 0 && !d.hidden {
		d.prose.write(s)
	}
}
