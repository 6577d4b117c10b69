package extract

import "encoding/xml"

// PPTX reads the slides of PowerPoint in the order in which they are shown, each with its
// notes behind it. What stands on every slide (the date, the number, the footer) is left
// out, and so is what only a layout says ("Click to add title").
func PPTX(raw []byte, limit int64) (Text, error) {
	if err := compound(raw); err != nil {
		return Text{}, err
	}
	b, err := openBox(raw, limit)
	if err != nil {
		return Text{}, err
	}
	main, err := b.mainPart("ppt/presentation.xml")
	if err != nil {
		return Text{}, err
	}
	all, err := b.relations(main)
	if err != nil {
		return Text{}, err
	}
	var order slideOrder
	if err := b.walk(main, &order); err != nil {
		return Text{}, err
	}
	parts := map[string]string{}
	for _, r := range all {
		parts[r.id] = r.part
	}
	var p prose
	for _, id := range order {
		if part := parts[id]; b.has(part) {
			delete(parts, id) // each is read once
			if err := readSlide(&p, b, part); err != nil {
				return Text{}, err
			}
		}
	}
	t := Text{Body: p.String()}
	return whole(t.described(b, "docProps/core.xml"))
}

// slideOrder is the list of slides, by the IDs of their relations:
//
//	<p:sldIdLst> <p:sldId id="256" r:id="rId2"/> </p:sldIdLst>
type slideOrder []string

func (o *slideOrder) start(e xml.StartElement) bool {
	const most = 100_000
	if e.Name.Local == "sldId" && len(*o) < most {
		for _, a := range e.Attr {
			if a.Name.Local == "id" && a.Name.Space != "" {
				*o = append(*o, a.Value)
			}
		}
	}
	return true
}
func (o *slideOrder) end(string)  {}
func (o *slideOrder) text(string) {}

// readSlide reads a slide, its diagrams and its notes.
func readSlide(p *prose, b *box, part string) error {
	p.begin()
	if err := b.walk(part, &slide{prose: p}); err != nil {
		return err
	}
	all, err := b.relations(part)
	if err != nil {
		return err
	}
	for _, kind := range []string{"diagramData", "notesSlide"} {
		for _, r := range all {
			if r.kind != kind || !b.has(r.part) {
				continue
			}
			p.begin()
			if err := b.walk(r.part, &slide{prose: p}); err != nil {
				return err
			}
		}
	}
	p.end()
	return nil
}

// slide reads the parts of DrawingML, in which shapes hold text:
//
//	<p:sp> <p:nvPr><p:ph type="title"/></p:nvPr> <a:p> <a:r><a:t>words</a:t></a:r> </a:p> </p:sp>
type slide struct {
	prose  *prose
	words  int  // how many elements we are in whose text is words
	depth  int  // how many shapes we are in
	placed int  // the depth of a shape for what stands on every slide, or 0
	within bool // a field that is computed, such as the number of the slide
}

func (s *slide) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "sp", "graphicFrame", "pic":
		s.depth++
	case "ph":
		switch value(e, "type") {
		case "dt", "ftr", "sldNum", "hdr":
			s.placed = s.depth
		}
	case "cNvPr", "docPr":
		s.prose.spaced(value(e, "descr"))
	case "fld":
		s.within = true
	case "Fallback":
		return false
	case "t":
		s.words++
	case "br":
		s.prose.part(line)
	case "p", "tbl":
		s.prose.begin()
	case "tc":
		s.prose.cell()
	}
	return true
}

func (s *slide) end(local string) {
	switch local {
	case "sp", "graphicFrame", "pic":
		if s.placed == s.depth {
			s.placed = 0
		}
		s.depth--
	case "fld":
		s.within = false
	case "t":
		s.words--
	case "p", "tbl":
		s.prose.end()
	case "tc":
		s.prose.endCell()
	case "tr":
		s.prose.endRow()
	}
}

func (s *slide) text(text string) {
	if s.words > 0 && s.placed == 0 && !s.within {
		s.prose.write(text)
	}
}
