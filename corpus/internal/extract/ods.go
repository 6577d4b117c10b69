package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// ODS reads the sheets of LibreOffice in their order, one after another, until emit
// returns false.
func ODS(raw []byte, limit int64, emit func(Sheet) bool) error {
	b, err := openBox(raw, limit)
	if err != nil {
		return err
	}
	if err := sealed(b); err != nil {
		return err
	}
	o := odsReader{limit: limit}
	if err := b.walk("content.xml", &o); err != nil {
		return err
	}
	for _, s := range o.sheets {
		if !emit(s) {
			return nil
		}
	}
	return o.fault
}

// odsReader reads the tables of content.xml:
//
//	<table:table table:name="Answers"> <table:table-row table:number-rows-repeated="2">
//	  <table:table-cell office:value-type="date" office:date-value="2024-03-17"><text:p>17.03.24</text:p></table:table-cell>
//	  <table:table-cell table:number-columns-repeated="3"/>
type odsReader struct {
	limit  int64
	used   int64 // by the sheets before
	sheets []Sheet
	fault  error
	hidden map[string]bool // styles of tables that are not shown
	style  string          // that is being read

	name     string
	unseen   bool
	rows     sheetRows
	times    int // how often the row comes
	column   int
	repeat   int    // how often the cell comes
	value    string // of a number or a date, which is not as it is shown
	within   int    // how many paragraphs of the cell we are in
	cell     strings.Builder
	inTable  bool
	finished bool // the cell has a paragraph
}

func (o *odsReader) start(e xml.StartElement) bool {
	switch e.Name.Local {
	case "annotation", "tracked-changes", "forms", "shapes", "table-source", "named-expressions", "database-ranges":
		return false
	case "style":
		o.style = value(e, "name")
	case "table-properties":
		if value(e, "display") == "false" {
			if o.hidden == nil {
				o.hidden = map[string]bool{}
			}
			o.hidden[o.style] = true
		}
	case "table":
		if o.inTable { // a table in a cell
			return false
		}
		o.inTable, o.name, o.unseen = true, value(e, "name"), o.hidden[value(e, "style-name")]
		o.rows = sheetRows{left: o.limit - o.used, limit: o.limit}
	case "table-row":
		o.times, o.column = repeated(e, "number-rows-repeated"), 0
	case "table-cell", "covered-table-cell":
		o.startCell(e)
	case "p":
		if o.finished {
			o.cell.WriteByte('\n')
		}
		o.within++
	case "s", "tab":
		o.text(" ")
	case "line-break":
		o.text("\n")
	}
	return true
}

func (o *odsReader) startCell(e xml.StartElement) {
	o.repeat, o.finished, o.value = repeated(e, "number-columns-repeated"), false, ""
	o.cell.Reset()
	switch value(e, "value-type") {
	case "date":
		o.value = value(e, "date-value")
	case "float", "percentage", "currency":
		o.value = value(e, "value")
	case "boolean":
		o.value = strings.ToUpper(value(e, "boolean-value"))
	}
}

// repeated is how often a row or a cell comes. Empty ones come a million times at the end
// of a sheet, and cost nothing.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(value(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<20)
}

func (o *odsReader) end(local string) {
	switch local {
	case "p":
		o.within--
		o.finished = true
	case "table-cell", "covered-table-cell":
		o.endCell()
	case "table-row":
		o.rows.endRow(o.times)
	case "table":
		o.endTable()
	}
}

func (o *odsReader) endCell() {
	text := o.value
	if text == "" {
		text = o.cell.String()
	}
	for i := range o.repeat {
		if text == "" || o.column+i >= mostColumns {
			break
		}
		o.rows.set(o.column+i, text)
	}
	o.column += o.repeat
}

func (o *odsReader) endTable() {
	o.inTable = false
	sheet, err := o.rows.sheet(o.name, o.unseen)
	if err != nil {
		o.fault = err
		return
	}
	o.used += o.rows.limit - o.used - o.rows.left
	o.sheets = append(o.sheets, sheet)
}

func (o *odsReader) text(s string) {
	if o.within > 0 {
		o.cell.WriteString(s)
	}
}
