package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"path"
)

// DOCX reads a document of Word. Its notes follow behind its text, and behind them what
// its diagrams say; what was deleted or moved away while changes were tracked is left out,
// what was inserted is there.
func DOCX(raw []byte, limit int64) (Text, error) { return readDOCX(raw, limit, true) }

// readDOCX reads a document, and those inside it if it is the outermost.
func readDOCX(raw []byte, limit int64, outermost bool) (Text, error) {
	if err := compound(raw); err != nil {
		return Text{}, err
	}
	b, err := openBox(raw, limit)
	if err != nil {
		return Text{}, err
	}
	main, err := b.mainPart("word/document.xml")
	if err != nil {
		return Text{}, err
	}
	body := docx{box: b, outermost: outermost}
	if err := b.walk(main, &body); err != nil {
		return Text{}, err
	}
	broken, err := body.readRelated(main)
	if err != nil {
		return Text{}, err
	}
	t := Text{Body: body.prose.String(), Repair: broken}
	return whole(t.described(b, "docProps/core.xml"))
}

// readRelated reads the parts that have more of the text. One that is broken does not cost
// the others: what is wrong with it is returned. A relation of kind aFChunk is that to a
// document of another kind that Word has not yet taken in.
func (d *docx) readRelated(main string) (broken string, err error) {
	all, err := d.box.relations(main)
	if err != nil || len(all) == 0 { // then the names by custom must do
		for _, name := range []string{"footnotes", "endnotes"} {
			all = append(all, relation{kind: name, part: path.Join(path.Dir(main), name+".xml")})
		}
	}
	seen := map[string]bool{main: true}
	for _, kind := range []string{"footnotes", "endnotes", "aFChunk", "diagramData"} {
		for _, r := range all {
			if r.kind != kind || !d.box.has(r.part) || seen[r.part] {
				continue
			}
			seen[r.part] = true
			err := d.readPart(r)
			if errors.Is(err, ErrLimit) {
				return "", err
			} else if err != nil {
				broken = err.Error()
			}
		}
	}
	return broken, nil
}

func (d *docx) readPart(r relation) error {
	switch r.kind {
	case "diagramData":
		d.prose.begin()
		return d.box.walk(r.part, &slide{prose: &d.prose})
	case "aFChunk":
		return d.readChunk(r.part)
	}
	d.words, d.hidden = 0, false // where the part before broke off
	return d.box.walk(r.part, d)
}

// readChunk reads a page, or a document of Word in the outermost one.
func (d *docx) readChunk(part string) error {
	raw, err := d.box.bytes(part)
	if err != nil {
		return err
	}
	var t Text
	if bytes.HasPrefix(raw, []byte("PK")) && d.outermost {
		t, err = readDOCX(raw, d.box.left, false)
	} else if !bytes.HasPrefix(raw, []byte("PK")) {
		t, err = page(decoded(raw), d.box.limit)
	}
	d.add(t.Body)
	return err
}

// add adds a text that has its form.
func (d *docx) add(text string) {
	d.prose.begin()
	d.prose.verbatim(text)
	d.prose.end()
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
	prose     prose
	box       *box
	outermost bool // it is in no other document
	words     int  // how many elements we are in whose text is words
	hidden    bool // the run
	item      bool // the paragraph belongs to a list
	listed    bool // and so did the one before
}

func (d *docx) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "del", "moveFrom", "delText", "instrText", "delInstrText", // what is no more, and what is computed
		"Fallback",                             // the same drawing again for older programs
		"hdr", "ftr", "comments", "annotation", // of documents in one file: heads and feet of pages, reviewers
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
