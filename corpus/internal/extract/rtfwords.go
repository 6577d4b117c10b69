package extract

// obey does what a control word says. Most are about how text looks, and are ignored.
func (r *rtfReader) obey(name string, n int, given, starred bool) {
	r.passing = 0
	on := !given || n != 0
	switch name {
	case "u":
		r.unicode(n)
	case "uc":
		r.fallback = n
	case "bin":
		r.at += min(max(n, 0), len(r.raw)-r.at)
	case "ansicpg":
		r.codePage = n
	case "mac":
		r.codePage = 10000
	case "pc":
		r.codePage = 437
	case "pca":
		r.codePage = 850
	case "deff":
		r.defaultFont, r.font = n, n
	case "f":
		r.font = n
	case "fcharset", "cpg":
		r.setFont(name, n)
	case "v":
		r.hidden = on
	case "deleted":
		r.deleted = on
	case "plain":
		r.hidden, r.deleted, r.font = false, false, r.defaultFont
	case "pard":
		r.inTable, r.inList, r.heading = false, false, false
	case "intbl":
		r.inTable = true
	case "ls":
		r.inList = n > 0
	case "outlinelevel":
		r.heading = true
	case "yr", "mo", "dy", "hr", "min":
		r.setDate(name, n)
	default:
		if !r.place(name) && !r.character(name) {
			r.redirect(name, starred)
		}
	}
}

// place does the words that part text.
func (r *rtfReader) place(name string) bool {
	switch name {
	case "par", "sect", "page", "column":
		r.part(paragraph)
	case "line", "lbr":
		r.part(line)
	case "tab":
		r.part(blank)
	case "cell", "nestcell":
		if out := r.out(); out != nil {
			out.endCell()
			out.cell()
		}
	case "row", "nestrow":
		if out := r.out(); out != nil {
			out.endRow() // and the next may begin with an empty cell: it stays fresh
		}
	default:
		return false
	}
	return true
}

// character writes the characters that have a word.
func (r *rtfReader) character(name string) bool {
	switch name {
	case "emdash":
		r.write("—")
	case "endash":
		r.write("–")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "emspace", "enspace", "qmspace":
		r.write(" ")
	default:
		return false
	}
	return true
}

// redirect does the words with which a group begins whose text goes elsewhere.
func (r *rtfReader) redirect(name string, starred bool) {
	switch name {
	case "footnote":
		if r.to == toBody {
			r.to = toNotes
			r.notes.part(paragraph)
		}
	case "upr":
		r.outer, r.to = r.to, toNowhere
	case "ud":
		r.to = r.outer
	case "shpinst": // holds a text box, and else only groups that are passed over
	case "fonttbl":
		r.to = toFonts
	case "info":
		r.to = toInfo
	case "title", "author", "creatim":
		r.toFact(name)
	case "listtext", "pntext": // the number or the bullet of an item, for those who do not count
		r.inListAround()
		r.to = toNowhere
	default:
		if starred || passedOver(name) {
			r.to = toNowhere
		}
	}
}

// toFact takes what the document says about itself. LibreOffice names the author twice.
func (r *rtfReader) toFact(name string) {
	switch {
	case r.to != toInfo:
	case name == "title" && r.title.String() == "":
		r.to = toTitle
	case name == "author" && r.author.String() == "":
		r.to = toAuthor
	case name == "creatim":
		r.to = toDate
	default:
		r.to = toNowhere
	}
}

// inListAround makes the paragraph around this group an item.
func (r *rtfReader) inListAround() {
	if n := len(r.groups); n > 0 {
		r.groups[n-1].inList = true
	}
}

// passedOver is true of groups without \* whose text is not that of the document.
func passedOver(name string) bool {
	switch name {
	case "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "filetbl", "revtbl",
		"pict", "objdata", "objclass", "nonshppict", "shprslt", "sp", "fldinst",
		"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
		"ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
		"annotation", "atnid", "atnauthor", "bkmkstart", "bkmkend", "xe", "tc", "rxe", "txe",
		"pntxta", "pntxtb", "template", "subject", "keywords", "comment", "doccomm", "operator",
		"printim", "revtim", "buptim":
		return true
	}
	return false
}

// setFont notes the code page of the font that the font table describes.
func (r *rtfReader) setFont(name string, n int) {
	if r.to != toFonts {
		return
	}
	if name == "cpg" {
		r.fonts[r.font] = n
	} else if page := pageOfCharset(n); page != 0 {
		r.fonts[r.font] = page
	}
}

func (r *rtfReader) setDate(name string, n int) {
	if r.to != toDate {
		return
	}
	for i, unit := range [...]string{"yr", "mo", "dy", "hr", "min"} {
		if unit == name && n >= 0 && n < 10_000 {
			r.created[i] = n
		}
	}
}
