package corpus

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	_ "klew/corpus/documents"
	"klew/corpus/internal/registered"
)

// whole writes all of a document but its text's line ends.
func whole(d Document) string {
	var fields []string
	for _, f := range d.Meta {
		fields = append(fields, f.Name+"="+f.Value)
	}
	return strings.TrimSpace(fmt.Sprintf("%s [%s] %s %s %s", d.ID, strings.Join(fields, " "), d.Date, d.Encoding, strings.ReplaceAll(d.Text, "\n", " / ")))
}

func wholes(documents []Document) []string {
	var all []string
	for _, d := range documents {
		all = append(all, whole(d))
	}
	return all
}

// reviews are the documents of the tables of testdata/make.sh.
func reviews(place, folder, encoding string) []string {
	return []string{
		"r1 [folder=" + folder + " place=Möwenbucht] 2001-02-03 " + encoding + ` A quiet boat, / with "good" sails.`,
		"r2 [folder=" + folder + " place=] 2002-03-04 " + encoding + " Wet bread; the oven was cold.",
		"r3 [folder=" + folder + " place=Χανιά] 2003-04-05" + strings.TrimRight(" "+encoding, " "),
		place + ":4 [folder=" + folder + " place=港] 2004-05-06 " + encoding + " An id that came before.",
	}
}

// One table in many forms gives the same documents. They were written by Python.
func TestTables(t *testing.T) {
	for _, test := range []struct{ file, encoding string }{
		{"reviews.csv", ""}, {"reviews.tsv", ""}, {"reviews.jsonl", ""}, {"reviews.json", ""},
		{"excel.csv", "utf-16le"}, {"reviews.csv.gz", ""}, {"reviews.jsonl.zst", ""},
	} {
		t.Run(test.file, func(t *testing.T) {
			path := "testdata/tables/" + test.file
			c := open(t, Options{}, path)
			if c.Len() != 0 {
				t.Errorf("Len() = %d, though nobody can know", c.Len())
			}
			equal(t, "documents", wholes(gather(c)), reviews(path, "tables", test.encoding))
			want := Ledger{{Path: path + ":4", Repaired: true, Reason: RepeatedID, Detail: "r1"}}
			if !slices.Equal(withoutNotes(c.Ledger()), want) {
				t.Errorf("ledger %v", c.Ledger())
			}
			raw, err := os.ReadFile(path)
			must(t, err)
			if strings.HasPrefix(test.file, "reviews.j") { // told by its content
				piped := open(t, Options{Stdin: strings.NewReader(string(raw))}, "-")
				equal(t, "documents of standard input", wholes(gather(piped))[:3], reviews("", "", "")[:3])
			}
		})
	}
}

// Archives are folders, and what is in them is read as it is outside.
func TestArchives(t *testing.T) {
	german := "Das Boot fährt an der Küste entlang. Möwen folgen ihm über die Wellen, und die weißen Felsen ragen schräg in den Himmel. Die Fischer ziehen ihre Netze ein und grüßen die Gäste im Hafen. / "
	tables := func(file, table string) []string {
		texts := file + "/tables/texts/german"
		return append([]string{
			texts + ".latin-1 [folder=tables/texts]  windows-1252 " + strings.TrimSpace(german),
			texts + ".utf-8 [folder=tables/texts]   " + strings.TrimSpace(german),
		}, reviews(file+"/tables/"+table, "tables", "")...)
	}
	for file, table := range map[string]string{"mixed.zip": "reviews.csv", "mixed.tar.zst": "reviews.json"} {
		t.Run(file, func(t *testing.T) {
			c := open(t, Options{}, "testdata/"+file)
			got := wholes(gather(c))
			if len(got) != 10 {
				t.Fatalf("%d documents: %q, %v", len(got), got, c.Ledger())
			}
			slices.Sort(got)
			for _, want := range tables("testdata/"+file, table) {
				if !strings.Contains(want, ":4 [") && !slices.Contains(got, want) {
					t.Errorf("%q is not among\n\t%s", want, strings.Join(got, "\n\t"))
				}
			}
			raw, err := os.ReadFile("testdata/" + file)
			must(t, err)
			piped := wholes(gather(open(t, Options{Stdin: strings.NewReader(string(raw))}, "-")))
			if len(piped) != len(got) || !strings.HasPrefix(piped[0], "stdin/tables/") && !strings.HasPrefix(piped[0], "r1") {
				t.Errorf("through a pipe there came %d: %q", len(piped), piped)
			}
		})
	}
}

// What is hidden in an archive is as what is hidden in a folder.
func TestHiddenInArchives(t *testing.T) {
	files := fstest.MapFS{"a.zip": {Data: packed(".zip", []member{{name: ".git/a"}, {name: ".git/b"}, {name: "c"}})}}
	c := open(t, Options{Files: files}, "a.zip")
	equal(t, "documents", ids(gather(c)), []string{"a.zip/c"})
	equal(t, "ledger", skips(c.Ledger()), []string{"a.zip/.git: " + Hidden})
	c = open(t, Options{Files: files, Hidden: true}, "a.zip")
	equal(t, "documents", ids(gather(c)), []string{"a.zip/.git/a", "a.zip/.git/b", "a.zip/c"})
}

// What a file is is told by its content first, then by its name, unless the user says it.
func TestFormatOf(t *testing.T) {
	tests := []struct{ head, name, forced, want string }{
		{"words", "a.txt", "", "text"},
		{"words", "a", "", "text"},
		{"", "a", "", "text"},
		{"a,b\n1,2\n", "a.txt", "", "text"},
		{"a,b\n1,2\n", "a.csv", "", "csv"},
		{"a,b\n1,2\n", "A.CSV", "", "csv"},
		{"a\tb\n", "a.tsv", "", "tsv"},
		{"a,b\n", ".csv", "", "text"},
		{`{"text": "a"}` + "\n" + `{"text": "b"}`, "a.txt", "", "jsonl"},
		{"\xef\xbb\xbf" + `{"text": "a"}`, "a", "", "jsonl"},
		{`{"text": "a` + strings.Repeat("x", 9000), "a", "", "jsonl"},
		{"{\n \"text\": \"a\"\n}", "a", "", "json"},
		{"{\n \"text\"\n}", "a", "", "text"},
		{"window.YTD.tweets.part0 = 5;", "tweets.js", "", "text"},
		{"window.YTD.tweets.part0 = [\n {\"tweet\": {", "tweets.js", "", "json"},
		{"module.exports = {\n \"a\": 1 };", "a.js", "", "text"},
		{"1\n00:00:01,000 --> 00:00:02,000\nkelp\n", "a", "", "subtitles"},
		{"% kelp\n\\documentclass{article}", "a", "", "latex"},
		{"PMID- 17\nTI  - On kelp", "a", "", "references"},
		{"{\n \"cells\": [\n {\n \"cell_type\": \"code\",", "a", "", "notebook"},
		{"{\n \"text\": \"a\"\n}", "a.json", "", "json"},
		{"{curly} words", "a", "", "text"},
		{"{", "a", "", "text"},
		{`[{"text": "a"}]`, "a", "", "json"},
		{"[\n  {\n    \"text\"", "a", "", "json"},
		{"[1] a note", "a", "", "text"},
		{"PAR1....", "a", "", "parquet"},
		{"words", "a.parquet", "", "parquet"},
		{"<!DOCTYPE HTML><html>", "a", "", "html"},
		{"\n<?xml version='1.0'?>\n<!-- a page -->\n<html lang=en>", "a", "", "html"},
		{"<p>words", "a", "", "text"},
		{"<p>words", "a.htm", "", "html"},
		{"<htmlish> words", "a", "", "text"},
		{"# Words", "a", "", "text"},
		{"# Words", "a.md", "", "markdown"},
		{"%PDF-1.7", "a.txt", "", "pdf"},
		{`{\rtf1\ansi words}`, "a.txt", "", "rtf"},
		{"words", "a.csv", "lines", "lines"},
		{"PAR1....", "a", "text", "text"},
	}
	for _, test := range tests {
		c := open(t, Options{Files: fstest.MapFS{}, Format: test.forced})
		if got := c.formatOf([]byte(test.head), test.name).name; got != test.want {
			t.Errorf("%.20q, called %s, forced to be %q, is %s, want %s", test.head, test.name, test.forced, got, test.want)
		}
	}
}

func TestInputs(t *testing.T) {
	tests := []struct {
		name, file, content string
		options             Options
		want, ledger        []string
	}{
		{name: "lines of a file", file: "a.txt", content: "one\n\nthree", options: Options{Format: "lines"},
			want: []string{"a.txt:1 one", "a.txt:2 ", "a.txt:3 three"}},
		{name: "no line", file: "a.txt", options: Options{Format: "lines"}, ledger: []string{"a.txt: " + Empty}},
		{name: "lines in Russian", file: "a.txt", content: strings.Repeat("\xcc\xcf\xc4\xcb\xc1 \xc9\xc4\xc5\xd4 \xd7\xc4\xcf\xcc\xd8 \xc2\xc5\xd2\xc5\xc7\xc1\n", 2), options: Options{Format: "lines"},
			want: []string{"a.txt:1 лодка идет вдоль берега", "a.txt:2 лодка идет вдоль берега"}, ledger: []string{"a.txt: " + Guessed}},
		{name: "lines of UTF-16 without a mark", file: "a.txt", content: "o\x00n\x00e\x00\n\x00t\x00w\x00o\x00", options: Options{Format: "lines"},
			want: []string{"a.txt:1 one", "a.txt:2 two"}, ledger: []string{"a.txt: " + Guessed}},
		{name: "lines in a known encoding", file: "a.txt", content: "\xe4\xc1\n\xee\xc5\xd4\n", options: Options{Format: "lines", Encoding: "koi8-r"},
			want: []string{"a.txt:1 Да", "a.txt:2 Нет"}},
		{name: "faulty lines of JSON", file: "a.jsonl", content: "{\"text\":\"a\"}\n{broken\n\n{\"text\":\"b\"}\n",
			want: []string{"a.jsonl:1 a", "a.jsonl:4 b"}, ledger: []string{"a.jsonl:2: " + BadRecord}},
		{name: "blank JSON", file: "a.jsonl", content: "\n\n", ledger: []string{"a.jsonl: " + Empty}},
		{name: "one object on many lines", file: "a.json", content: "{\n\"text\": \"a\",\n\"x\": 1\n}", want: []string{"a.json:1 a"}},
		{name: "a broken object", file: "a.json", content: "{\n\"text\": \"a\"", ledger: []string{"a.json: " + Unreadable}},
		{name: "an array that breaks off", file: "a.json", content: `[{"text":"a"},{"text":"b"`,
			want: []string{"a.json:1 a"}, ledger: []string{"a.json: " + Unreadable}},
		{name: "Latin-1 in JSON", file: "a.jsonl", content: "{\"text\":\"caf\xe9\"}\n", want: []string{"a.jsonl:1 café"}, ledger: []string{"a.jsonl: " + Windows1252}},
		{name: "a Latin-1 table", file: "a.csv", content: "text,x\ncaf\xe9,1\n", want: []string{"a.csv:1 café"}, ledger: []string{"a.csv: " + Windows1252}},
		{name: "a table with one faulty row", file: "a.csv", content: "text,x\na,1\nb,2,2\nc,3\n",
			want: []string{"a.csv:1 a", "a.csv:3 c"}, ledger: []string{"a.csv:2: " + BadRecord}},
		{name: "a table without rows", file: "a.csv", content: "text,x\n", ledger: []string{"a.csv: " + Empty}},
		{name: "a table without the column", file: "a.csv", content: "text,x\na,1\n", options: Options{TextColumns: []string{"body"}}, ledger: []string{"a.csv: " + Unreadable}},
		{name: "JSON Lines without the column", file: "a.jsonl", content: "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", options: Options{TextColumns: []string{"body"}}, ledger: []string{"a.jsonl: " + Unreadable}},
		{name: "columns that are named", file: "a.csv", content: "title,text,n\nA,a,7\n", options: Options{TextColumns: []string{"title", "text"}, IDColumn: "n"}, want: []string{"7 A\n\na"}},
		{name: "accents in JSON", file: "a.jsonl", content: `{"text":"cafe\u0301 \u0001"}`, want: []string{"a.jsonl:1 café  "}, ledger: []string{"a.jsonl:1: " + Controls}},
		{name: "a table that is empty", file: "a.csv", ledger: []string{"a.csv: " + Unreadable}},
		{name: "Parquet that is none", file: "a.parquet", content: "PAR1 and no more", ledger: []string{"a.parquet: " + Unreadable}},
		{name: "an archive that is empty", file: "a.zip", ledger: []string{"a.zip: " + Unreadable}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			options := test.options
			options.Files = fstest.MapFS{test.file: {Data: []byte(test.content)}}
			for _, options.Threads = range []int{1, 4} {
				c := open(t, options, test.file)
				equal(t, "documents", lineList(gather(c)), test.want)
				equal(t, "ledger", skips(withoutNotes(c.Ledger())), test.ledger)
			}
		})
	}
}

// A large file of lines is split; that must not show.
func TestSplitLines(t *testing.T) {
	const n = 200_000
	files := fstest.MapFS{"a.jsonl": {Data: []byte(strings.ReplaceAll(strings.ReplaceAll(numbered(n), "line", `{"text":"line`), "\n", "\"}\n"))}}
	c := open(t, Options{Files: files, Threads: 4}, "a.jsonl")
	number := 0
	for _, d := range gather(c) {
		number++
		if want := fmt.Sprintf("a.jsonl:%d line %d", number, number); d.ID+" "+d.Text != want {
			t.Fatalf("%s %s, want %s", d.ID, d.Text, want)
		}
	}
	if number != n {
		t.Errorf("%d documents", number)
	}
}

// What documents hold is what their package finds, in whatever they are packed, and they
// are known without their names.
func TestDocuments(t *testing.T) {
	for _, name := range []string{"extract/testdata/office.docx", "extract/testdata/office.odt", "pdf/testdata/office.pdf", "extract/testdata/office.rtf",
		"extract/testdata/office.html", "extract/testdata/pandoc.epub", "extract/testdata/notebook.md"} {
		t.Run(path.Base(name), func(t *testing.T) {
			raw, err := os.ReadFile("internal/" + name)
			must(t, err)
			want, err := os.ReadFile("internal/" + name + ".txt")
			must(t, err)
			bare := "bare"
			if path.Ext(name) == ".md" {
				bare += ".md"
			}
			files := fstest.MapFS{
				bare:    {Data: raw},
				"a.zip": {Data: packed(".zip", []member{{name: bare, data: raw}})},
				"a.tgz": {Data: packed(".tar.gz", []member{{name: bare, data: raw}})},
			}
			c := open(t, Options{Files: files}, bare, "a.zip", "a.tgz")
			documents := gather(c)
			equal(t, "documents", ids(documents), []string{bare, "a.zip/" + bare, "a.tgz/" + bare})
			equal(t, "ledger", skips(withoutNotes(c.Ledger())), nil)
			for _, d := range documents {
				if !strings.Contains(string(want), strings.TrimSpace(d.Text)) || len(d.Text) < 100 {
					t.Errorf("%s: %q, want %q", d.ID, d.Text, want)
				}
			}
		})
	}
}

// A program without a reader says of its files which package to import, and reads the others.
func TestFormatNotImported(t *testing.T) {
	documents, tables := registered.Documents, registered.Tables
	defer func() { registered.Documents, registered.Tables = documents, tables }()
	registered.Documents, registered.Tables = nil, nil
	files := fstest.MapFS{"a.txt": {Data: []byte("words")}, "a.pdf": {Data: []byte("%PDF-1.7")}, "b.rtf": {Data: []byte(`{\rtf1 a}`)}, "c.parquet": {Data: []byte("PAR1")}}
	for _, name := range []string{"docx", "odt", "epub"} {
		raw, err := os.ReadFile("internal/extract/testdata/pandoc." + name)
		must(t, err)
		files["d."+name] = &fstest.MapFile{Data: raw}
	}
	c := open(t, Options{Files: files}, ".")
	equal(t, "documents", ids(gather(c)), []string{"a.txt"})
	var details []string
	for _, e := range c.Ledger() {
		details = append(details, e.Path+": "+e.Detail)
	}
	const says = " this program does not read the format %s; to make it, import klew/corpus/documents"
	equal(t, "ledger", details, []string{
		"a.pdf:" + fmt.Sprintf(says, "pdf"), "b.rtf:" + fmt.Sprintf(says, "rtf"), "c.parquet:" + fmt.Sprintf(says, "parquet"),
		"d.docx:" + fmt.Sprintf(says, "docx"), "d.epub:" + fmt.Sprintf(says, "epub"), "d.odt:" + fmt.Sprintf(says, "odt"),
	})
}

func TestFaultyOptions(t *testing.T) {
	_, err := Open(nil, Options{Format: "docs", Encoding: "klingon", Limits: Limits{Depth: -1}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, word := range []string{`format "docs"`, "jsonl", `encoding "klingon"`, "limits"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %s", err, word)
		}
	}
}

// withoutNotes is a ledger without notes: texts of tests repeat each other.
func withoutNotes(l Ledger) Ledger {
	return slices.DeleteFunc(l, func(e Entry) bool { return e.Note })
}
