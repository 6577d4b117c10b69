package tables

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A workbook is a zip file of XML documents (ECMA-376, parts 1 and 2): one for each
// sheet, and a few that name them. It is written here, and not by a library: the one that
// there is puts a mark in the place of control characters, and the parts of its file in
// any order.
//
//	[Content_Types].xml, _rels/.rels, docProps/app.xml
//	xl/workbook.xml, xl/_rels/workbook.xml.rels, xl/styles.xml
//	xl/worksheets/sheet1.xml …
//
// Texts stand in their cells ("inline strings"), marked as texts: "=1+1" in a title is no
// formula, and no date is made of "3/4". A table that has more rows than a sheet may have
// goes on in another, called documents (2). A text that is longer than a cell may be stands
// there with its beginning and a mark, and as a whole, in pieces, in the sheet long texts.

// limits are what Excel allows.
type limits struct{ rows, columns, units int }

var excel = limits{rows: 1_048_576, columns: 16_384, units: 32_767}

// longTexts is the sheet for what is too long.
const longTexts = "long texts"

const cutMark = " … (whole in the sheet " + longTexts + ")"

// workbook is a file being written.
type workbook struct {
	zip    *zip.Writer
	limits limits
	sheets []string // names
	long   []longText
}

// longText is a text that its cell has only the beginning of.
type longText struct {
	sheet  string
	row    int
	column string
	text   string
}

// xlsx writes a workbook.
func (e *Export) xlsx(ctx context.Context, to io.Writer) error { return e.workbook(ctx, to, excel) }

func (e *Export) workbook(ctx context.Context, to io.Writer, within limits) error {
	b := &workbook{zip: newZip(to), limits: within}
	tables := e.sheets()
	for _, t := range tables {
		if len(t.Columns) > b.limits.columns {
			return fmt.Errorf("the table %s has %d columns, and a sheet of Excel at most %d; choose another format", t.Name, len(t.Columns), b.limits.columns)
		}
		if err := e.pour(ctx, t, b.sheet(t)); err != nil {
			return err
		}
	}
	if n := len(b.long); n > 0 {
		e.note("%d texts are longer than a cell of Excel may be: their cells have the beginning, and the sheet %q the whole", n, longTexts)
		if err := b.longSheet(); err != nil {
			return err
		}
	}
	if n := len(b.sheets); n > len(tables)+min(1, len(b.long)) {
		e.note("some tables have more rows than a sheet of Excel may have, and go on in further sheets: %s", strings.Join(b.sheets, ", "))
	}
	if err := b.frame(); err != nil {
		return err
	}
	return b.zip.Close()
}

// sheet takes the rows of a table.
type sheet struct {
	book    *workbook
	table   *Table
	out     *bufio.Writer
	columns []string // by letters: A, B, …
	widths  string   // their XML
	number  int      // of sheets of this table so far
	rows    int      // in this sheet
}

func (b *workbook) sheet(t *Table) *sheet {
	s := &sheet{book: b, table: t, columns: make([]string, len(t.Columns))}
	for i := range s.columns {
		s.columns[i] = letters(i)
	}
	s.widths = widths(t)
	s.begin()
	return s
}

// rowsMeasured is how many rows tell the width of columns.
const rowsMeasured = 200

// widths are those of the columns, in characters, as their first rows need, up to a bound.
func widths(t *Table) string {
	need := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		need[i] = utf8.RuneCountInString(c.Name) + 3 // for the button of the filter
	}
	n := 0
	if t.Rows != nil {
		for row := range t.Rows {
			for i := range row {
				need[i] = max(need[i], shownWidth(&row[i], &t.Columns[i]))
			}
			if n++; n == rowsMeasured {
				break
			}
		}
	}
	var s strings.Builder
	s.WriteString("<cols>")
	for i, w := range need {
		fmt.Fprintf(&s, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(w+1, 60))
	}
	s.WriteString("</cols>")
	return s.String()
}

// shownWidth is the width of a value as it is shown.
func shownWidth(c *Cell, in *Column) int {
	switch {
	case c.None:
		return 0
	case in.Kind == percent || in.Kind == Number:
		return 8
	case in.Kind == date:
		return 10
	case in.Kind == moment:
		return 19
	}
	return utf8.RuneCountInString(c.Line(in))
}

// letters is the name of a column: A to Z, AA and so on.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// begin begins a sheet, with the first row held fast while others scroll.
func (s *sheet) begin() {
	s.number++
	name := string(s.table.Name)
	if s.number > 1 {
		name = fmt.Sprintf("%s (%d)", name, s.number)
	}
	s.book.sheets = append(s.book.sheets, name)
	s.out = s.book.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(s.book.sheets)))
	s.out.WriteString(`<worksheet xmlns="` + spreadsheet + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` + s.widths + `<sheetData>`)
	s.rows = 1
	s.out.WriteString(`<row r="1">`)
	for i, c := range s.table.Columns {
		s.text(i, c.Name, styleBold)
	}
	s.out.WriteString("</row>")
}

func (s *sheet) row(cells []Cell) error {
	if s.rows == s.book.limits.rows {
		if err := s.close(); err != nil {
			return err
		}
		s.begin()
	}
	s.rows++
	row := strconv.Itoa(s.rows)
	s.out.WriteString(`<row r="` + row + `">`)
	var digits [32]byte
	for i := range cells {
		switch c, in := &cells[i], &s.table.Columns[i]; {
		case c.None:
		case in.Kind.isText():
			content := c.asText(in)
			s.text(i, content, styleOf(content, in))
		default:
			s.out.WriteString(`<c r="`)
			s.out.WriteString(s.columns[i])
			s.out.WriteString(row)
			if style := numberStyle(in.Kind); style != stylePlain {
				s.out.WriteString(`" s="` + strconv.Itoa(style))
			}
			s.out.WriteString(`"><v>`)
			s.out.Write(appendCell(digits[:0], c, in.Kind))
			s.out.WriteString(`</v></c>`)
		}
	}
	_, err := s.out.WriteString("</row>")
	return err
}

func (s *sheet) close() error {
	fmt.Fprintf(s.out, `</sheetData><autoFilter ref="A1:%s%d"/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`, s.columns[len(s.columns)-1], s.rows)
	return s.out.Flush()
}

// text writes a cell.
func (s *sheet) text(i int, content string, style int) {
	if content == "" {
		return
	}
	if most := s.book.limits.units; len(content) > most && units(content) > most {
		s.book.long = append(s.book.long, longText{s.book.sheets[len(s.book.sheets)-1], s.rows, s.table.Columns[i].Name, content})
		content, _ = cut(content, most-units(cutMark))
		content += cutMark
	}
	fmt.Fprintf(s.out, `<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">`, s.columns[i], s.rows, style)
	writeXML(s.out, content)
	s.out.WriteString(`</t></is></c>`)
}

// longSheet writes the long texts in pieces that fit into cells.
func (b *workbook) longSheet() error {
	t := &Table{Name: longTexts, Columns: []Column{
		textColumn("sheet"), wholeColumn("row"), textColumn("column"), wholeColumn("part"), textColumn("text"),
	}}
	s := b.sheet(t)
	for _, l := range b.long {
		part := ""
		for n, rest := 1, l.text; rest != ""; n++ {
			part, rest = cut(rest, b.limits.units)
			row := []Cell{textCell(l.sheet), wholeCell(l.row), textCell(l.column), wholeCell(n), textCell(part)}
			if err := s.row(row); err != nil {
				return err
			}
		}
	}
	return s.close()
}

// units is the length of a text as Excel counts: in units of UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// cut parts a text so that the first part has at most so many units.
func cut(s string, most int) (first, rest string) {
	n := 0
	for at, r := range s {
		if n += unitsOf(r); n > most {
			return s[:at], s[at:]
		}
	}
	return s, ""
}

// writeXML escapes what XML cannot hold, or would not give back: control characters and
// carriage returns as _x000D_, by which Excel knows them, and what looks like that already
// by writing _x005F_ for its first character (ECMA-376, part 1, 22.9.2.19).
func writeXML(w *bufio.Writer, s string) {
	for at, r := range s {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			fmt.Fprintf(w, "_x%04X_", r)
		case r == '_' && looksEscaped(s[at:]):
			w.WriteString("_x005F_")
		default:
			w.WriteRune(r)
		}
	}
}

// looksEscaped says whether a text begins as _xHHHH_ does.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

// The styles of cells, as xl/styles.xml numbers them.
const (
	stylePlain = iota
	styleBold
	// styleQuoted is for what would be a formula if it were typed in: it stays a text
	// also when someone goes into the cell and out of it.
	styleQuoted
	// styleWrapped goes on in the next line of its cell.
	styleWrapped
	stylePercent
	styleDate
	styleMoment
	styleThree // three decimals
)

// numberStyle is that of a kind of numbers.
func numberStyle(k Kind) int {
	switch k {
	case percent:
		return stylePercent
	case date:
		return styleDate
	case moment:
		return styleMoment
	case Number:
		return styleThree
	}
	return stylePlain
}

func styleOf(content string, in *Column) int {
	if in.Role == Wrapped {
		return styleWrapped
	}
	if first, _ := utf8.DecodeRuneInString(content); strings.ContainsRune("=+-@", first) {
		return styleQuoted
	}
	return stylePlain
}
