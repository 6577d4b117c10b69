package extract

import (
	"cmp"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// XLSX reads the sheets of Excel in their order, one after another, until emit returns
// false.
func XLSX(raw []byte, limit int64, emit func(Sheet) bool) error {
	if err := compound(raw); err != nil {
		return err
	}
	b, err := openBox(raw, limit)
	if err != nil {
		return err
	}
	book, err := openWorkbook(b)
	if err != nil {
		return err
	}
	for _, s := range book.sheets {
		sheet := xlsxSheet{workbook: book}
		sheet.rows.limit, sheet.rows.left = limit, limit
		if err := b.walk(s.part, &sheet); err != nil {
			return err
		}
		table, err := sheet.rows.sheet(s.name, s.hidden)
		if err != nil || !emit(table) {
			return err
		}
	}
	return nil
}

// workbook is what the sheets of a file have in common.
type workbook struct {
	related  []relation
	sheets   []namedPart
	strings  []string
	dates    []bool          // of each style of cells, whether it is one of dates
	seen     map[string]bool // the parts of sheets, of which each is read once
	from1904 bool            // whether days are counted from 1904, as on old Macs
}

type namedPart struct {
	name, part string
	hidden     bool
}

// openWorkbook reads what sheets refer to.
func openWorkbook(b *box) (*workbook, error) {
	main, err := b.mainPart("xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	w := &workbook{seen: map[string]bool{}}
	if w.related, err = b.relations(main); err != nil {
		return nil, err
	}
	if err := b.walk(main, w); err != nil {
		return nil, err
	}
	for _, r := range w.related {
		switch {
		case !b.has(r.part):
		case r.kind == "sharedStrings":
			s := sharedStrings{}
			err = b.walk(r.part, &s)
			w.strings = s.all
		case r.kind == "styles":
			s := cellStyles{formats: map[int]string{}}
			err = b.walk(r.part, &s)
			w.dates = s.dates
		}
		if err != nil {
			return nil, err
		}
	}
	w.sheets = slices.DeleteFunc(w.sheets, func(s namedPart) bool { return !b.has(s.part) }) // charts, and what is lost
	return w, nil
}

// The workbook itself lists its sheets:
//
//	<workbookPr date1904="1"/> <sheets> <sheet name="Answers" r:id="rId1" state="hidden"/> </sheets>
func (w *workbook) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "workbookPr":
		w.from1904 = isTrue(value(e, "date1904"))
	case "sheet":
		for _, r := range w.related {
			if r.id == value(e, "id") && r.kind == "worksheet" && !w.seen[r.part] {
				w.seen[r.part] = true
				w.sheets = append(w.sheets, namedPart{value(e, "name"), r.part, strings.Contains(strings.ToLower(value(e, "state")), "hidden")})
			}
		}
	}
	return true
}
func (w *workbook) end(string)  {}
func (w *workbook) text(string) {}

func isTrue(s string) bool { return s == "1" || s == "true" }

// sharedStrings are the texts that cells name by number. What tells how Han is pronounced
// is left out.
type sharedStrings struct {
	all    []string
	one    strings.Builder
	inText bool
}

func (s *sharedStrings) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "rPh", "phoneticPr":
		return false
	case "t":
		s.inText = true
	}
	return true
}

func (s *sharedStrings) end(local string) {
	switch local {
	case "t":
		s.inText = false
	case "si":
		s.all = append(s.all, unescaped(s.one.String()))
		s.one.Reset()
	}
}

func (s *sharedStrings) text(text string) {
	if s.inText {
		s.one.WriteString(text)
	}
}

// unescaped undoes _x000D_, which stands for a character that XML cannot have.
func unescaped(s string) string {
	return strings.NewReplacer("_x000D_", "", "_x000d_", "", "_x0009_", "\t", "_x000A_", "\n", "_x005F_", "_").Replace(s)
}

// cellStyles tells which styles of cells are those of dates:
//
//	<numFmts> <numFmt numFmtId="164" formatCode="dd.mm.yyyy"/> </numFmts>
//	<cellXfs> <xf numFmtId="164"/> </cellXfs>
type cellStyles struct {
	formats map[int]string
	inCells bool
	dates   []bool
}

func (s *cellStyles) start(e xml.StartElement) bool {
	id, _ := strconv.Atoi(value(e, "numFmtId"))
	switch e.Name.Local {
	case "numFmt":
		s.formats[id] = value(e, "formatCode")
	case "cellXfs":
		s.inCells = true
	case "xf":
		if s.inCells {
			s.dates = append(s.dates, isDateFormat(id, s.formats[id]))
		}
	}
	return true
}

func (s *cellStyles) end(local string) {
	if local == "cellXfs" {
		s.inCells = false
	}
}
func (s *cellStyles) text(string) {}

// isDateFormat knows the formats that Excel has built in, by number, and others by the
// letters for day and year, which stand in neither quotation marks nor brackets.
func isDateFormat(id int, code string) bool {
	if code == "" {
		return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
	}
	quoted, bracket := false, false
	for i, c := range code {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted || i > 0 && code[i-1] == '\\':
		case c == '[' || c == ']':
			bracket = c == '['
		case !bracket && strings.ContainsRune("dDyYhH", c):
			return true
		}
	}
	return false
}

// xlsxSheet reads a sheet:
//
//	<row> <c r="A1" t="s"><v>0</v></c> <c r="C1" s="2"><v>45000</v></c> <c t="inlineStr"><is><t>a</t></is></c> </row>
type xlsxSheet struct {
	*workbook
	rows   sheetRows
	column int // of the cell
	next   int // the column of a cell that does not say its own
	kind   string
	style  int
	inside bool // what follows is the value of the cell
	value  strings.Builder
}

func (s *xlsxSheet) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "f", "rPh", "phoneticPr", "extLst", "headerFooter":
		return false
	case "row":
		s.next = 0
	case "c":
		s.column = columnOf(value(e, "r"), s.next)
		s.next = s.column + 1
		s.kind = value(e, "t")
		s.style, _ = strconv.Atoi(value(e, "s"))
		s.value.Reset()
	case "v", "t":
		s.inside = true
	}
	return true
}

func (s *xlsxSheet) end(local string) {
	switch local {
	case "v", "t":
		s.inside = false
	case "c":
		s.rows.set(s.column, s.cell())
	case "row":
		s.rows.endRow(1)
	}
}

func (s *xlsxSheet) text(text string) {
	if s.inside {
		s.value.WriteString(text)
	}
}

// cell is the text of a cell.
func (s *xlsxSheet) cell() string {
	text := s.value.String()
	switch s.kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && n < len(s.strings) {
			return s.strings[n]
		}
		return ""
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(text)]
	case "e":
		return ""
	case "", "n":
		return s.number(strings.TrimSpace(text))
	}
	return unescaped(text)
}

// number writes a number, or the date that it stands for: days since the end of 1899.
func (s *xlsxSheet) number(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	if s.style < 0 || s.style >= len(s.dates) || !s.dates[s.style] || n < 0 || n >= 2958466 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if s.from1904 {
		day = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	whole, part := math.Modf(n)
	t := day.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round(part*24*60*60)) * time.Second)
	switch {
	case part == 0:
		return t.Format("2006-01-02")
	case whole == 0:
		return t.Format("15:04:05")
	}
	return t.Format("2006-01-02T15:04:05")
}

// columnOf is the number of a column, from 0 on, by the name of a cell such as AB12.
func columnOf(cell string, next int) int {
	n := 0
	for _, c := range strings.ToUpper(cell) {
		if c < 'A' || c > 'Z' || n > mostColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return cmp.Or(n, next+1) - 1
}
