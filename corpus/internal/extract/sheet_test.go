package extract

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// xlsx is a workbook with sheets, of which each is its rows.
func xlsx(t testing.TB, sheets ...string) []byte {
	const relation = `<Relationship Id="%s" Type="http://x/relationships/%s" Target="%s"/>`
	list, related := "", fmt.Sprintf(relation, "s", "sharedStrings", "strings.xml")+fmt.Sprintf(relation, "y", "styles", "/xl/styles.xml")
	parts := []member{
		{"_rels/.rels", "<r>" + fmt.Sprintf(relation, "r", "officeDocument", "xl/book.xml") + "</r>"},
		{"xl/strings.xml", `<sst><si><t>kelp</t></si><si><r><t>foam </t></r><r><t>rises</t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_
b</t></si></sst>`},
		{"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\.mm\.yy"/><numFmt numFmtId="171" formatCode="0.0 &quot;days&quot;"/></numFmts>
			<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`},
	}
	for i, rows := range sheets {
		state, name := "", fmt.Sprintf("Sheet %d", i+1)
		if strings.HasPrefix(rows, "hidden") {
			state, rows = ` state="veryHidden"`, rows[len("hidden"):]
		}
		list += fmt.Sprintf(`<sheet name="%s" xmlns:r="r" r:id="i%d"%s/>`, name, i, state)
		related += fmt.Sprintf(relation, fmt.Sprint("i", i), "worksheet", fmt.Sprintf("tables/%d.xml", i))
		parts = append(parts, member{fmt.Sprintf("xl/tables/%d.xml", i), "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"})
	}
	return zipped(t, append(parts, member{"xl/book.xml", "<workbook><sheets>" + list + "</sheets></workbook>"}, member{"xl/_rels/book.xml.rels", "<r>" + related + "</r>"})...)
}

func ods(t testing.TB, tables string) []byte {
	return zipped(t, member{"content.xml", `<o:document-content xmlns:o="o" xmlns:text="t" xmlns:table="b"><o:automatic-styles><style name="h"><table-properties display="false"/></style></o:automatic-styles><o:body><o:spreadsheet>` + tables + `</o:spreadsheet></o:body></o:document-content>`})
}

func TestSheets(t *testing.T) {
	cell := func(text string) string {
		return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>"
	}
	tests := []struct {
		name string
		read func([]byte, int64, func(Sheet) bool) error
		raw  []byte
		want []Sheet
	}{
		{"strings", XLSX, xlsx(t, `<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row><c t="inlineStr"><is><t>a </t></is></c><c t="str"><f>"x"</f><v>x</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>9</v></c></row>`),
			[]Sheet{{Name: "Sheet 1", Rows: [][]string{{"kelp", "foam rises"}, {"a ", "x"}, {"a\nb", ""}}}}},
		{"numbers and dates", XLSX, xlsx(t, `<row><c><v>1.50</v></c><c s="1"><v>45368</v></c><c s="2"><v>45368.5</v></c><c s="3"><v>3</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c s="1"><v>-1</v></c><c t="d"><v>2024-03-17</v></c></row>`),
			[]Sheet{{Name: "Sheet 1", Rows: [][]string{{"1.5", "2024-03-17", "2024-03-17T12:00:00", "3", "TRUE", "", "-1", "2024-03-17"}}}}},
		{"gaps", XLSX, xlsx(t, `<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c></row><row/><row><c r="AA9"><v>3</v></c></row>`),
			[]Sheet{{Name: "Sheet 1", Rows: [][]string{append([]string{"", "", "1", "2"}, make([]string, 23)...), append(make([]string, 26), "3")}}}},
		{"several, one hidden, one empty", XLSX, xlsx(t, `<row><c><v>1</v></c></row>`, `hidden<row><c><v>2</v></c></row>`, ``),
			[]Sheet{{Name: "Sheet 1", Rows: [][]string{{"1"}}}, {Name: "Sheet 2", Hidden: true, Rows: [][]string{{"2"}}}, {Name: "Sheet 3"}}},
		{"a title above", XLSX, xlsx(t, `<row><c><v>9</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>`),
			[]Sheet{{Name: "Sheet 1", Rows: [][]string{{"1", "2"}, {"3", "4"}}, Above: 1}}},
		{"LibreOffice", ODS, ods(t, `<table:table table:name="Answers"><table:table-row>`+cell("kelp<text:s/>weed")+`<table:table-cell value-type="date" date-value="2024-03-17"><text:p>17.03.24</text:p></table:table-cell><table:table-cell value-type="float" value="1.5"><text:p>1,5</text:p></table:table-cell></table:table-row>
			<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>`+cell("a</text:p><text:p>b")+`</table:table-row><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`),
			[]Sheet{{Name: "Answers", Rows: [][]string{{"kelp weed", "2024-03-17", "1.5"}, {"", "", "a\nb"}, {"", "", "a\nb"}}}}},
		{"numbers as they are, and not as they are shown", ODS, ods(t, `<table:table table:name="x"><table:table-row>`+
			`<table:table-cell office:value-type="currency" office:value="12.5"><text:p>12,50 EUR net</text:p></table:table-cell>`+
			`<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell>`+
			`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>wahr</text:p></table:table-cell></table:table-row></table:table>`),
			[]Sheet{{Name: "x", Rows: [][]string{{"12.5", "0.5", "TRUE"}}}}},
		{"a hidden table", ODS, ods(t, `<table:table table:name="x" table:style-name="h"><table:table-row>`+cell("a")+`</table:table-row></table:table>`),
			[]Sheet{{Name: "x", Hidden: true, Rows: [][]string{{"a"}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []Sheet
			err := test.read(test.raw, noLimit, func(s Sheet) bool { got = append(got, s); return true })
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

// A small file that says it has billions of cells is refused before they are made.
func TestSheetBombs(t *testing.T) {
	for name, read := range map[string]func() error{
		"a row again and again": func() error {
			return ODS(ods(t, `<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>bomb</text:p></table:table-cell></table:table-row></table:table>`), 1<<24, func(Sheet) bool { return true })
		},
		"one sheet under many names": func() error {
			list := strings.Repeat(`<sheet name="a" xmlns:r="r" r:id="s"/>`, 5000)
			related := strings.Repeat(`<Relationship Id="s" Type="x/worksheet" Target="s.xml"/>`, 5000)
			sheets := 0
			err := XLSX(zipped(t, member{"xl/workbook.xml", "<w>" + list + "</w>"}, member{"xl/_rels/workbook.xml.rels", "<r>" + related + "</r>"},
				member{"xl/s.xml", "<d>" + strings.Repeat(`<row><c><v>1</v></c></row>`, 1000) + "</d>"}), 1<<24, func(Sheet) bool { sheets++; return true })
			if err == nil && sheets == 1 {
				return ErrLimit
			}
			return fmt.Errorf("%d sheets, %v", sheets, err)
		},
		"cells far apart": func() error {
			return XLSX(xlsx(t, strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 10_000)), 1<<24, func(Sheet) bool { return true })
		},
		"one wide row": func() error {
			return XLSX(xlsx(t, `<row><c r="XFD1"><v>1</v></c></row>`+strings.Repeat(`<row><c r="A1"><v>1</v></c></row>`, 100_000)), 1<<24, func(Sheet) bool { return true })
		},
	} {
		if err := read(); !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Old Macs counted days from 1904.
func TestSheetsFrom1904(t *testing.T) {
	raw := zipped(t, member{"xl/workbook.xml", `<w><workbookPr date1904="1"/><sheet name="a" xmlns:r="r" r:id="s"/></w>`},
		member{"xl/_rels/workbook.xml.rels", `<r><Relationship Id="s" Type="x/worksheet" Target="s.xml"/><Relationship Id="t" Type="x/styles" Target="t.xml"/></r>`},
		member{"xl/t.xml", `<s><cellXfs><xf numFmtId="14"/></cellXfs></s>`}, member{"xl/s.xml", `<d><row><c s="0"><v>1</v></c></row></d>`})
	err := XLSX(raw, noLimit, func(s Sheet) bool {
		if s.Rows[0][0] != "1904-01-02" {
			t.Errorf("%q", s.Rows)
		}
		return true
	})
	if err != nil {
		t.Error(err)
	}
}

func TestColumnOf(t *testing.T) {
	for cell, want := range map[string]int{"A1": 0, "Z9": 25, "AA1": 26, "XFD1048576": 16383, "": 7, "12": 7, "b2": 1} {
		if got := columnOf(cell, 7); got != want {
			t.Errorf("columnOf(%q) = %d, want %d", cell, got, want)
		}
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<row r="5"><c r="C5" s="1"><v>1e9</v></c><c t="s"><v>1</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		XLSX(xlsx(t, rows), 1<<20, func(s Sheet) bool { return len(s.Rows) < 10 })
	})
}

func FuzzODS(f *testing.F) {
	f.Add(`<table:table table:name="a"><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, tables string) {
		ODS(ods(t, tables), 1<<20, func(s Sheet) bool { return len(s.Rows) < 10 })
	})
}
