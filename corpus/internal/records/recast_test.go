package records

import (
	"fmt"
	"strings"
	"testing"
)

// kilns are three columns, and what must be read of them.
var kilns = [][]string{
	{"id", "date", "comment"},
	{"a1", "2023-05-01", "The glaze ran down the pots, and cracked."},
	{"a2", "2023-05-02", "We fired the kiln; it was too hot."},
	{"a3", "2023-05-03", "A potter says \"slip\" for thin clay."},
	{"a4", "2023-05-04", "The wheel turns slowly in the morning."},
	{"a5", "2023-05-05", "Bowls, cups and plates dry on the shelf."},
	{"a6", "2023-05-06", "Nobody opened the kiln before noon."},
}

// joined writes rows with a mark.
func joined(rows [][]string, mark string) string {
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, mark) + "\n")
	}
	return b.String()
}

// padded writes rows in columns of equal width.
func padded(rows [][]string, before, between, behind string) (lines []string) {
	for _, row := range rows {
		lines = append(lines, fmt.Sprintf("%s%-4s%s%-10s%s%-45s%s", before, row[0], between, row[1], between, row[2], behind))
	}
	return lines
}

// written are tables as programs write them that have no single ASCII character between columns.
func writtenTables() map[string]string {
	tables := map[string]string{}
	for _, mark := range []string{"§", "¶", "¦", "þ", "||", "::", "\x01", "\x1f", "^", "~", "|"} {
		tables[fmt.Sprintf("%q", mark)] = joined(kilns, mark)
	}
	rule := "+-----+-----------+----------------------------------------------+"
	drawn := padded(kilns, "|", "|", "|")
	tables["mysql"] = strings.Join(append(append([]string{rule, drawn[0], rule}, drawn[1:]...), rule, "6 rows in set (0.00 sec)", ""), "\n")
	open := padded(kilns, " ", " | ", "")
	tables["psql"] = strings.Join(append(append([]string{open[0], "-----+------------+------------------------------------"}, open[1:]...), "(6 rows)", ""), "\n")
	tables["markdown"] = strings.Join(append([]string{drawn[0], "|---:|:--------|:---|"}, drawn[1:]...), "\n") + "\n"
	tables["box"] = strings.ReplaceAll(strings.Join(append([]string{"┌────┬──────────┬─────────┐", drawn[0], "├────┼──────────┼─────────┤"}, drawn[1:]...), "\n"), "|", "│") + "\n"
	fixed := padded(kilns, "", " ", "")
	tables["fixed"] = strings.Join(append([]string{fixed[0], "---- ---------- ---------------------------------------------"}, fixed[1:]...), "\n") + "\n\n(6 rows affected)\n"
	return tables
}

// Tables are read whatever stands between their columns, and known in files of text as well.
func TestRecastTables(t *testing.T) {
	for name, data := range writtenTables() {
		var got [][]string
		err := CSV(strings.NewReader(data), Dialect{}, Columns{}, func(r Record, err error) bool {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			got = append(got, []string{r.ID, r.Date, r.Text})
			return true
		})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(kilns[1:]) {
			t.Errorf("%s: read %q, %v", name, got, err)
		}
		if !IsTable([]byte(data), true) && name != `"þ"` { // which is a letter
			t.Errorf("%s: taken for a text", name)
		}
	}
}

// What parts columns may be named, of whatever characters it is.
func TestMarkOfTable(t *testing.T) {
	data := "id=>comment\n1=>kelp, foam\n2=>lantern\n"
	var got []string
	err := CSV(strings.NewReader(data), Dialect{Mark: "=>"}, Columns{}, func(r Record, err error) bool {
		got = append(got, r.ID+" "+r.Text+" "+r.Table.Form)
		return err == nil
	})
	if want := `[1 kelp, foam rows by "=>" 2 lantern rows by "=>"]`; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v, want %s", got, err, want)
	}
}

// A mark is found wherever the pieces end in which a table is read.
func TestMarksInPieces(t *testing.T) {
	for _, mark := range []string{"§", "||", "=>"} {
		var got [][]string
		err := CSV(&slow{joined(kilns, mark)}, Dialect{Mark: mark}, Columns{}, func(r Record, err error) bool {
			got = append(got, []string{r.ID, r.Date, r.Text})
			return err == nil
		})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(kilns[1:]) {
			t.Errorf("%s: %q, %v", mark, got, err)
		}
	}
}

// Prose with dashes, bars and signs is no table.
func TestTextsAreNotRecast(t *testing.T) {
	for _, text := range []string{
		"Title of it\n===========\n\nThe kiln was hot.\n",
		"§ 1 The law of the harbour\n§ 2 Boats are tied up at night.\nThat is all.\n",
		"Kilns – a history\nPotters – a history – again\nand nothing else here at all\n",
		"|\n--\n", "----- -----\n----- -----\n", "+---+\n",
		"use std::vector for this\nand std::map for that\nelse nothing\n",
	} {
		if IsTable([]byte(text), true) {
			t.Errorf("%q is taken for a table", text)
		}
	}
}

// Above a table may stand lines about it, and below its header rows about its columns; rows
// without anything are none.
func TestAroundTables(t *testing.T) {
	for name, table := range map[string]struct{ data, want, form string }{
		"account": {"Account;DE00;\nBalance;1.234,56;EUR\n\nNr;Text;Place;Sum\n1;kelp and foam;Bay;1,5\n2;lantern, kiln;Bay;2,5\n3;a sail;Bay;3,5\n",
			"[1 kelp and foam 2 lantern, kiln 3 a sail]", "lines above it left out: 2"},
		"report": {"Report of the harbour\nMade on 2023-05-10, by Ada\n\nID,Name,Comment\n1,a,kelp and foam\n2,b,lantern and kiln\n3,c,a sail\n",
			"[1 kelp and foam 2 lantern and kiln 3 a sail]", "lines above it left out: 2"},
		"long rows": {"id;text\n1;kelp and foam\n2;lantern\n3;x;y;z\n4;x;y;z\n5;x;y;z\n", "[1 kelp and foam 2 lantern]", ""},
		"survey": {"Nr,StartDate,Score,Comment\nNumber,Start Date,How much?,Tell us more of it\n1,2023-05-01,4,kelp and foam\n2,2023-05-02,5,lantern and kiln\n3,2023-05-03,1,a sail\n",
			"[1 kelp and foam 2 lantern and kiln 3 a sail]", "rows left out that describe the columns: 1"},
		"open questions": {"Nr,Start,Score,What did you like?\n,,,Open-Ended Response\n1,2023-05-01,4,kelp and foam\n2,2023-05-02,5,lantern and kiln\n3,2023-05-03,1,a sail\n",
			"[1 kelp and foam 2 lantern and kiln 3 a sail]", "rows left out that describe the columns: 1"},
		"a row of gaps": {"Nr,lat,long,Comment\n1,,,kelp and foam\n2,1.5,2.5,lantern and kiln\n3,1.5,2.5,a sail\n4,1,2,a mast\n",
			"[1 kelp and foam 2 lantern and kiln 3 a sail 4 a mast]", ""},
		"not available": {"lat,long,alt,Comment\nNA,NA,NA,kelp and foam\n1,1.5,2.5,lantern and kiln\n1,1.5,2.5,a sail\n1,1,2,a mast\n",
			"[ kelp and foam  lantern and kiln  a sail  a mast]", ""},
		"empty rows":           {"Nr;Text\n1;kelp and foam\n;\n2;lantern\n;\n;\n", "[1 kelp and foam 2 lantern]", ""},
		"blanks before quotes": {"id, date, comment\n1, 2023-05-01, \"kelp, foam\"\n2, 2023-05-02, \"lantern, kiln\"\n", "[1 kelp, foam 2 lantern, kiln]", ""},
		"of R":                 {"\"nr\" \"comment\"\n\"1\" 7 \"kelp and foam\"\n\"2\" 8 \"lantern\"\n\"3\" 9 \"a sail\"\n", "[7 kelp and foam 8 lantern 9 a sail]", ""},
		"kept from Excel":      {"id,comment\n=\"007\",kelp and foam\n=\"008\",lantern\n", "[007 kelp and foam 008 lantern]", ""},
		"of a database":        {"id\tby\tcomment\n1\t\\N\tkelp\\nand foam\n2\t\\N\ta\\tlantern \\\\ kiln\n", "[1 kelp\nand foam 2 a\tlantern \\ kiln]", ""},
		"paths":                {"id\tcomment\n1\tC:\\new and C:\\temp\n2\tD:\\data of it\n", "[1 C:\\new and C:\\temp 2 D:\\data of it]", ""},
	} {
		var got []string
		form := ""
		err := CSV(strings.NewReader(table.data), Dialect{}, Columns{}, func(r Record, err error) bool {
			if err != nil {
				return true // told
			}
			got, form = append(got, r.ID+" "+r.Text), r.Table.String()
			return true
		})
		if err != nil || fmt.Sprint(got) != table.want || !strings.Contains(form, table.form) {
			t.Errorf("%s: %q, %q, %v", name, got, form, err)
		}
	}
}
