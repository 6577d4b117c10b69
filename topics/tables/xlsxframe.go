package tables

import (
	"bufio"
	"fmt"
	"strings"
)

const (
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office      = "http://schemas.openxmlformats.org/officeDocument/2006"
	packages    = "http://schemas.openxmlformats.org/package/2006"
	openXML     = "application/vnd.openxmlformats-officedocument"

	// appPart names the program that has written a workbook.
	appPart = "docProps/app.xml"
	appKlew = "<Application>klew</Application>"
)

// part begins a part of the file; the one before must be flushed. A file that cannot be
// written to says so when the next part begins, or at the end.
func (b *workbook) part(name string) *bufio.Writer {
	w, err := b.zip.CreateHeader(member(name))
	if err != nil {
		return bufio.NewWriter(broken{err})
	}
	out := bufio.NewWriterSize(w, 1<<16)
	out.WriteString(xmlHead)
	return out
}

// broken fails to write.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

// frame writes the parts that hold the sheets together.
func (b *workbook) frame() error {
	for _, p := range []struct{ name, content string }{
		{"xl/workbook.xml", b.workbookXML()},
		{"xl/_rels/workbook.xml.rels", b.relations()},
		{"xl/styles.xml", styles},
		{appPart, `<Properties xmlns="` + office + `/extended-properties">` + appKlew + `</Properties>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `/relationships">` +
			relation(1, "officeDocument", "xl/workbook.xml") + relation(2, "extended-properties", appPart) + `</Relationships>`},
		{"[Content_Types].xml", b.contentTypes()},
	} {
		out := b.part(p.name)
		out.WriteString(p.content)
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func (b *workbook) workbookXML() string {
	var s strings.Builder
	s.WriteString(`<workbook xmlns="` + spreadsheet + `" xmlns:r="` + office + `/relationships"><sheets>`)
	for i, name := range b.sheets {
		fmt.Fprintf(&s, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i+1, i+1)
	}
	s.WriteString(`</sheets></workbook>`)
	return s.String()
}

func (b *workbook) relations() string {
	var s strings.Builder
	s.WriteString(`<Relationships xmlns="` + packages + `/relationships">`)
	for i := range b.sheets {
		s.WriteString(relation(i+1, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)))
	}
	s.WriteString(relation(len(b.sheets)+1, "styles", "styles.xml") + `</Relationships>`)
	return s.String()
}

func relation(id int, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/relationships/%s" Target="%s"/>`, id, office, kind, target)
}

func (b *workbook) contentTypes() string {
	var s strings.Builder
	s.WriteString(`<Types xmlns="` + packages + `/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	override := func(part, kind string) {
		fmt.Fprintf(&s, `<Override PartName="/%s" ContentType="%s.%s+xml"/>`, part, openXML, kind)
	}
	override("xl/workbook.xml", "spreadsheetml.sheet.main")
	override("xl/styles.xml", "spreadsheetml.styles")
	override(appPart, "extended-properties")
	for i := range b.sheets {
		override(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), "spreadsheetml.worksheet")
	}
	s.WriteString(`</Types>`)
	return s.String()
}

// styles has what every workbook must have, and the cells' formats in the order of their styles.
var styles = `<styleSheet xmlns="` + spreadsheet + `">` +
	`<numFmts count="4"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/>` +
	`<numFmt numFmtId="166" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="167" formatCode="0.000"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="8">` + cellFormat(0, 0, "") + cellFormat(0, 1, "") + cellFormat(0, 0, ` quotePrefix="1"`) +
	`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	cellFormat(164, 0, "") + cellFormat(165, 0, "") + cellFormat(166, 0, "") + cellFormat(167, 0, "") + `</cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

// cellFormat is the format of cells with a number format and a font.
func cellFormat(number, font int, more string) string {
	applies := ""
	if number > 0 {
		applies = ` applyNumberFormat="1"`
	}
	if font > 0 {
		applies += ` applyFont="1"`
	}
	return fmt.Sprintf(`<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0" xfId="0"%s%s/>`, number, font, applies, more)
}
