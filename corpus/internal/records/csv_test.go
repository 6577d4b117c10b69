package records

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// collect shows records and faults, one a line: number, id, date, text, metadata.
func collect(show *strings.Builder) func(Record, error) bool {
	return func(r Record, err error) bool {
		if err != nil {
			fmt.Fprintf(show, "%d: fault: %v\n", r.Number, err)
			return true
		}
		fmt.Fprintf(show, "%d: %s|%s|%q", r.Number, r.ID, r.Date, r.Text)
		for _, f := range r.Meta {
			fmt.Fprintf(show, " %s=%s", f.Name, f.Value)
		}
		show.WriteByte('\n')
		return true
	}
}

func TestCSV(t *testing.T) {
	tests := []struct {
		name, data string
		comma      rune
		columns    Columns
		want       string
		err        string
	}{
		{name: "the usual names", data: "id,Text,DATE,shelf\n7,one two,2020,a\n8,three,2021,b\n",
			want: "1: 7|2020|\"one two\" shelf=a\n2: 8|2021|\"three\" shelf=b\n"},
		{name: "quotes, doubled quotes, commas and line ends", data: "text,x\r\n\"a \"\"b\"\", c\r\nd\",1\r\n",
			want: "1: ||\"a \\\"b\\\", c\\nd\" x=1\n"},
		{name: "no line end at the end", data: "text,x\na,1", want: "1: ||\"a\" x=1\n"},
		{name: "empty lines are passed over", data: "\n\ntext,x\n\na,1\r\n\r\n\nb,2\n\n", want: "1: ||\"a\" x=1\n2: ||\"b\" x=2\n"},
		{name: "an empty field at the end", data: "x,text\n1,\n2,", want: "1: ||\"\" x=1\n2: ||\"\" x=2\n"},
		{name: "a header alone", data: "text,x\n"},
		{name: "nothing", data: "", err: "there is no row in it, where the first names the columns or is a text"},
		{name: "names given", data: "a,b,c,d\n1,2,3,4\n", columns: Columns{Text: []string{"C", "a"}, ID: "d", Date: "b"},
			want: "1: 4|2|\"3\\n\\n1\"\n"},
		{name: "an empty part of a text leaves no gap", data: "a,b\n,2\n", columns: Columns{Text: []string{"a", "b"}}, want: "1: ||\"2\"\n"},
		{name: "a name exactly before a name in other case", data: "TEXT,text\n1,2\n", columns: Columns{Text: []string{"text"}}, want: "1: ||\"2\" TEXT=1\n"},
		{name: "no such text", data: "a,b\n1,2\n", columns: Columns{Text: []string{"story"}},
			err: `there is no column "story"; name one of these with --text-column: a, b`},
		{name: "no such id", data: "text,b\n1,2\n", columns: Columns{ID: "nr"}, err: `there is no column "nr"; name one of these with --id-column: text, b`},
		{name: "no such date", data: "text,b\n1,2\n", columns: Columns{Date: "day"}, err: `there is no column "day"; name one of these with --date-column: text, b`},
		{name: "the id may be the text", data: "id,x\nwords,2\n", columns: Columns{Text: []string{"id"}}, want: "1: ||\"words\" x=2\n"},

		{name: "the only column", data: "Posts\none\ntwo\n", want: "1: ||\"one\"\n2: ||\"two\"\n"},
		{name: "the most letters", data: "id,title,story\n1,Rain,It rained for a whole week on end\n", want: "1: 1||\"It rained for a whole week on end\" title=Rain\n"},
		{name: "as many letters", data: "question,answer\nWhat is it?,A small cat\n",
			err: "cannot tell which column is the text; name one of these with --text-column: question, answer"},
		{name: "no letters", data: "a,b\n1,2\n", err: "no column holds texts, only numbers; to read one all the same, name it with --text-column: a, b"},
		{name: "a column without a name", data: ",text\n0,words\n", want: "1: ||\"words\" column1=0\n"},

		{name: "short rows are filled, long ones told", data: "text,x\na,1\nb\nc,2,3\nd,4,\n",
			want: "1: ||\"a\" x=1\n2: ||\"b\" x=\n3: fault: line 4: 3 columns where the header has 2\n4: ||\"d\" x=4\n"},
		{name: "a quote inside a plain field", data: "text,x\n5\" disk,1\n", want: "1: ||\"5\\\" disk\" x=1\n"},
		{name: "words after a closing quote", data: "text,x\n\"so\" he said,1\nb,2\n",
			want: "1: fault: line 2: " + errAfter.Error() + "\n2: ||\"b\" x=2\n"},
		{name: "a quote that is not closed costs one line", data: "text,x\n\"so he said,1\nb,2\nc,3\n",
			want: "1: fault: line 2: " + errUnclosed.Error() + "\n2: ||\"b\" x=2\n3: ||\"c\" x=3\n"},
		{name: "also before a sound quote", data: "text,x\n\"so he said,1\n\"b\",2\n",
			want: "1: fault: line 2: " + errAfter.Error() + "\n2: ||\"b\" x=2\n"},
		{name: "lines are counted through quoted line ends", data: "text,x\n\"a\n\nb\",1\nc,2,3\n",
			want: "1: ||\"a\\n\\nb\" x=1\n2: fault: line 5: 3 columns where the header has 2\n"},

		{name: "semicolons", data: "text;n\na,b;2\n", want: "1: ||\"a,b\" n=2\n"},
		{name: "tabs", data: "text\tn\na,b\t2\n", want: "1: ||\"a,b\" n=2\n"},
		{name: "a comma in a quoted name", data: "\"a,b\";text\n1;2\n", want: "1: ||\"2\" a,b=1\n"},
		{name: "TSV with quotes", comma: '\t', data: "text\tn\n\"a\tb\"\t2\n", want: "1: ||\"a\\tb\" n=2\n"},
		{name: "TSV without", comma: '\t', data: "text\tn\r\n\"so\" he said\t2\r\n\"b\t3\r\nc\t4\r\n",
			want: "1: ||\"\\\"so\\\" he said\" n=2\n2: ||\"\\\"b\" n=3\n3: ||\"c\" n=4\n"},
		{name: "no such comma", comma: '"', err: `'"' cannot part columns; name a comma, a semicolon, a tab or another ASCII character`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(test.data), iotest.OneByteReader(strings.NewReader(test.data))} {
				var got strings.Builder
				err := CSV(r, Dialect{Comma: test.comma}, test.columns, collect(&got))
				if got.String() != test.want {
					t.Errorf("CSV(%q) gave\n%swant\n%s", test.data, got.String(), test.want)
				}
				if err == nil && test.err != "" || err != nil && err.Error() != test.err {
					t.Errorf("CSV(%q) ended with %v, want %q", test.data, err, test.err)
				}
			}
		})
	}
}

func TestCSVEndsWithItsReader(t *testing.T) {
	broken := errors.New("the disk is on fire")
	var got strings.Builder
	err := CSV(io.MultiReader(strings.NewReader("text,x\na,1\nb,2"), iotest.ErrReader(broken)), Dialect{Comma: ','}, Columns{}, collect(&got))
	if err != broken || got.String() != "1: ||\"a\" x=1\n" {
		t.Errorf("half a row: %q, %v", got.String(), err)
	}
}

func TestCSVStops(t *testing.T) {
	n := 0
	err := CSV(strings.NewReader("text\na\nb\nc\n"), Dialect{Comma: ','}, Columns{}, func(Record, error) bool { n++; return n < 2 })
	if n != 2 || err != nil {
		t.Errorf("%d records and %v after emit returned false at the second", n, err)
	}
}

// A field of 100 MB is a document like others.
func TestCSVLongField(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a gigabyte of memory")
	}
	const size = 100 << 20
	data := io.MultiReader(strings.NewReader("x,text\n1,\""), io.LimitReader(endless("so it goes\n"), size), strings.NewReader("\"\n2,end\n"))
	var sizes []int
	err := CSV(data, Dialect{Comma: ','}, Columns{}, func(r Record, err error) bool {
		sizes = append(sizes, len(r.Text))
		return err == nil
	})
	if err != nil || !reflect.DeepEqual(sizes, []int{size, 3}) {
		t.Errorf("sizes %v, %v", sizes, err)
	}
}

// A row without an end is given up, and the next one read.
func TestCSVTooLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a gigabyte of memory")
	}
	data := io.MultiReader(strings.NewReader("text,x\n"), io.LimitReader(endless("words "), MaxRecord+1<<20), strings.NewReader("\nend,1\n"))
	var got strings.Builder
	err := CSV(data, Dialect{Comma: ','}, Columns{}, collect(&got))
	want := "1: fault: line 2: a row is larger than 256 MB, the largest that is read; is a quote not closed?\n2: ||\"end\" x=1\n"
	if err != nil || got.String() != want {
		t.Errorf("got %s%v, want %s", got.String(), err, want)
	}
}

type endless string

func (e endless) Read(p []byte) (n int, err error) {
	for n < len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

// A file in which every line could be the beginning of one long row takes time in
// proportion to its size; read anew from every line it would take hours.
func TestCSVManyStrayQuotes(t *testing.T) {
	const lines = 300000
	wide := strings.Repeat("n,", 60000) + "text\n"
	for _, line := range []string{"a\",\"b\n", "\"a\n", ",\"\"\"\n"} {
		n := 0
		err := CSV(strings.NewReader(wide+strings.Repeat(line, lines)), Dialect{Comma: ','}, Columns{}, func(Record, error) bool { n++; return true })
		if err != nil || n == 0 {
			t.Errorf("%q: %d rows, %v", line, n, err)
		}
	}
}

// A table of random cells comes back, in whatever dialect it was written: the marks are found,
// and each row is a record.
func TestDialectsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 6).Draw(t, "width")
		cell := rapid.StringOf(rapid.SampledFrom([]rune("abcdefghij xyz.,;\t|\"\\\n é東")))
		cells := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 30).Draw(t, "cells")
		names := []string{"text", "place", "author", "shelf", "note", "stars"}[:width]
		d := dialect{
			comma:    rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "comma"),
			end:      rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end"),
			all:      rapid.Bool().Draw(t, "all quoted"),
			escape:   rapid.Bool().Draw(t, "backslashes"),
			announce: rapid.Bool().Draw(t, "sep="),
		}
		for i := range cells {
			cells[i][0] += "word" // a row is not empty
			for j := range cells[i] {
				if d.end == "\r" {
					cells[i][j] = strings.ReplaceAll(cells[i][j], "\n", " ")
				}
				if d.escape {
					cells[i][j] = strings.ReplaceAll(cells[i][j], `"`, `'`) + "" // see below
				}
			}
		}
		if d.escape { // is found where it occurs
			cells[0][1] = `so "they" say`
		}
		data := d.write(append([][]string{names}, cells...))
		var got [][]string
		err := CSV(strings.NewReader(data), Dialect{}, Columns{Text: []string{"text"}}, func(r Record, err error) bool {
			row := []string{r.Text}
			for _, f := range r.Meta {
				row = append(row, f.Value)
			}
			got = append(got, row)
			return err == nil
		})
		if err != nil || !reflect.DeepEqual(got, cells) {
			t.Fatalf("wrote %q, read %q, %v", data, got, err)
		}
	})
}

// dialect writes tables.
type dialect struct {
	comma, end            string
	all, escape, announce bool
}

func (d dialect) write(rows [][]string) string {
	var b strings.Builder
	if d.announce {
		b.WriteString("sep=" + d.comma + d.end)
	}
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(d.comma)
			}
			b.WriteString(d.cell(cell))
		}
		b.WriteString(d.end)
	}
	return b.String()
}

func (d dialect) cell(cell string) string {
	if !d.all && !strings.ContainsAny(cell, d.comma+"\"\n") {
		return cell
	}
	if d.escape {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(cell) + `"`
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// What is written by encoding/csv is read back.
func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"text", "x", "y", "z"}
		width := rapid.IntRange(1, 4).Draw(t, "width")
		field := rapid.StringOf(rapid.SampledFrom([]rune("ab,;\t\"\n é")))
		rows := rapid.SliceOfN(rapid.SliceOfN(field, width, width), 1, 20).Draw(t, "rows")
		var data strings.Builder
		w := csv.NewWriter(&data)
		if err := w.WriteAll(append([][]string{names[:width]}, rows...)); err != nil {
			t.Fatal(err)
		}
		var got [][]string
		err := CSV(strings.NewReader(data.String()), Dialect{Comma: ','}, Columns{Text: []string{"text"}}, func(r Record, err error) bool {
			row := []string{r.Text}
			for _, f := range r.Meta {
				row = append(row, f.Value)
			}
			got = append(got, row)
			return err == nil
		})
		if err != nil || !reflect.DeepEqual(got, withoutBlank(rows)) {
			t.Fatalf("wrote %q, read %q, %v", rows, got, err)
		}
	})
}

// withoutBlank leaves out the rows in which nothing stands.
func withoutBlank(rows [][]string) (kept [][]string) {
	for _, row := range rows {
		if strings.Join(row, "") != "" {
			kept = append(kept, row)
		}
	}
	return kept
}

// FuzzCSV holds rows to encoding/csv wherever that finds no fault, however small the
// pieces are that come, and to what CSV promises of any bytes at all.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"", "a", "a,b\n1,2\n", "a\r\n\r\n\"x\r\ny\"\"z\"\r\n", "\"", "\"\"", "\"a\"b", "a\r", "\"a\"\r", "\n\n,\n", "a\",\"b\n", "text\tb\n\"a\" b\t1",
	} {
		f.Add(seed, ',')
		f.Add(seed, '\t')
	}
	for _, seed := range []string{ // what is rewritten, with the delimiter left open
		strings.Repeat("[01/06/2023, 09:00:12] Ada: the \"lamp\"\nis lit\n", 6), strings.Repeat("09:00 <ada> lamp\n", 6),
		"id  text             place\n" + strings.Repeat("1   the lamp is lit  north\n", 6), "id   text\n---- ----\n1    lamp\n", "|a|b|\n|-|-|\n|1|lamp|\n",
	} {
		f.Add(seed, rune(0))
	}
	f.Fuzz(func(t *testing.T, data string, comma rune) {
		if err := CSV(strings.NewReader(data), Dialect{Comma: comma}, Columns{}, func(Record, error) bool { return true }); err != nil && data != "" && err.Error() == "" {
			t.Error("an error without words")
		}
		r := csv.NewReader(strings.NewReader(data))
		r.Comma, r.FieldsPerRecord = comma, -1
		want, err := r.ReadAll()
		if err != nil {
			return
		}
		if comma >= 0x80 {
			return // which encoding/csv takes
		}
		rows := &rows{r: strings.NewReader(data), marks: marks{comma: byte(comma), quote: '"'}, buffer: make([]byte, 0, 1), line: 1}
		var got [][]string
		row, err := rows.next()
		for ; err == nil; row, err = rows.next() {
			got = append(got, row)
		}
		if err != io.EOF || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: read %q, %v; encoding/csv reads %q", data, got, err, want)
		}
	})
}

func BenchmarkCSV(b *testing.B) {
	row := "12345,2020-02-03,\"" + strings.Repeat("It rained \"\"hard\"\", and the river rose. ", 10) + "\",news,0.5\n"
	data := "id,date,text,category,score\n" + strings.Repeat(row, 5000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		err := CSV(strings.NewReader(data), Dialect{Comma: ','}, Columns{}, func(_ Record, err error) bool { return err == nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}
