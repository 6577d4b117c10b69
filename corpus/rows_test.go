package corpus

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// Each row of a table is a document or a line of the ledger.
func TestEachRowIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		good, bad := []string{"lantern of the harbour", "kelp and sand, and foam", "ein \"altes\" Haus"}, 0
		rows := rapid.SliceOfN(rapid.IntRange(0, 5), 6, 40).Draw(t, "rows")
		var csv, lines strings.Builder
		var elements []string
		csv.WriteString("id;text\n")
		for i, kind := range rows {
			text := good[kind%len(good)]
			csvRow, element := fmt.Sprintf("%d;\"%s\"\n", i, strings.ReplaceAll(text, `"`, `""`)), fmt.Sprintf(`{"id":%d,"text":%q}`, i, text)
			if kind == 5 {
				csvRow, element = fmt.Sprintf("%d;x;y;z\n", i), fmt.Sprintf(`[%d]`, i)
				bad++
			}
			csv.WriteString(csvRow)
			lines.WriteString(element + "\n")
			elements = append(elements, element)
		}
		for name, text := range map[string]string{
			"t.csv": csv.String(), "t.tsv": strings.ReplaceAll(csv.String(), ";", "\t"), "t.jsonl": lines.String(), "t.json": "[" + strings.Join(elements, ",") + "]",
			"wrapped.json": `{"answers":[` + strings.Join(elements, ",") + `]}`,
			"lines.json":   `{"status":"ok","found":{"answers":[` + strings.Join(elements, ",\n") + "\n]}}",
		} {
			c, err := Open([]string{name}, Options{Files: fstest.MapFS{name: {Data: []byte(text)}}, TextColumns: []string{"text"}})
			if err != nil {
				t.Fatal(err)
			}
			documents := len(gather(c))
			entries := 0
			for _, e := range c.Ledger() {
				if e.Reason == BadRecord {
					entries++
				}
			}
			if documents+entries != len(rows) || entries != bad {
				t.Errorf("%s: %d documents and %d faults of %d rows with %d faults", name, documents, entries, len(rows), bad)
			}
		}
	})
}

// Each row of a sheet is a document, whichever program wrote the workbook.
func TestEachRowOfASheetIsADocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.SampledFrom([]string{"lantern of the harbour", "kelp & <sand>, and foam", "ein \"altes\" Haus; am Meer", "灯台の 光"})
		texts := rapid.SliceOfN(cell, 1, 30).Draw(t, "texts")
		rows := [][]string{{"nr", "text", "stars"}}
		for i, text := range texts {
			rows = append(rows, []string{fmt.Sprint(100 + i), text, rapid.SampledFrom([]string{"", "1", "2.5"}).Draw(t, "stars")})
		}
		for name, raw := range map[string][]byte{"t.xlsx": excelSheet(rows), "t.ods": openSheet(rows)} {
			c, err := Open([]string{name}, Options{Files: fstest.MapFS{name: {Data: raw}}, TextColumns: []string{"text"}})
			if err != nil {
				t.Fatal(err)
			}
			documents := gather(c)
			if len(documents) != len(texts) {
				t.Fatalf("%s: %d documents of %d rows; %v", name, len(documents), len(texts), c.Ledger())
			}
			for i, d := range documents {
				if d.Text != texts[i] || d.ID != fmt.Sprint(100+i) || Value(d.Meta, "stars") != rows[i+1][2] {
					t.Errorf("%s: row %d is %q %q %v, want %q", name, i+1, d.ID, d.Text, d.Meta, rows[i+1])
				}
			}
		}
	})
}

// excelSheet is a table as Excel's format has it (ECMA-376), with numbers as such and texts shared.
func excelSheet(rows [][]string) []byte {
	var sheet, shared strings.Builder
	texts := 0
	for i, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for j, cell := range row {
			at := fmt.Sprintf("%c%d", 'A'+j, i+1)
			if _, err := strconv.ParseFloat(cell, 64); err == nil {
				fmt.Fprintf(&sheet, `<c r="%s"><v>%s</v></c>`, at, cell)
			} else if cell != "" {
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, at, texts)
				fmt.Fprintf(&shared, `<si><t xml:space="preserve">%s</t></si>`, html.EscapeString(cell))
				texts++
			}
		}
		sheet.WriteString("</row>")
	}
	const relation = `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	return archive("[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels", "<Relationships>"+fmt.Sprintf(relation, "r1", "officeDocument", "xl/workbook.xml")+"</Relationships>",
		"xl/_rels/workbook.xml.rels", "<Relationships>"+fmt.Sprintf(relation, "r1", "worksheet", "worksheets/sheet1.xml")+fmt.Sprintf(relation, "r2", "sharedStrings", "sharedStrings.xml")+"</Relationships>",
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Answers" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+sheet.String()+"</sheetData></worksheet>",
		"xl/sharedStrings.xml", "<sst>"+shared.String()+"</sst>")
}

// openSheet is a table as OpenDocument has it, with equal cells that follow each other as one.
func openSheet(rows [][]string) []byte {
	var sheet strings.Builder
	for _, row := range rows {
		sheet.WriteString("<table:table-row>")
		for j := 0; j < len(row); {
			times := 1
			for j+times < len(row) && row[j+times] == row[j] {
				times++
			}
			kind := `office:value-type="string"`
			if _, err := strconv.ParseFloat(row[j], 64); err == nil {
				kind = fmt.Sprintf(`office:value-type="float" office:value="%s"`, row[j])
			}
			fmt.Fprintf(&sheet, `<table:table-cell %s table:number-columns-repeated="%d"><text:p>%s</text:p></table:table-cell>`, kind, times, html.EscapeString(row[j]))
			j += times
		}
		sheet.WriteString("</table:table-row>")
	}
	const names = `xmlns:office="o" xmlns:table="t" xmlns:text="x"`
	return archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		`<office:document-content `+names+`><office:body><office:spreadsheet><table:table table:name="Answers">`+sheet.String()+`</table:table></office:spreadsheet></office:body></office:document-content>`)
}
