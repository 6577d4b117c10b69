package corpus

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// What a column of dates holds that is no date is told, and is metadata.
func TestNoDateIsKept(t *testing.T) {
	raw := "id,text,Date\n1,kelp drifts,2023-06-13\n2,foam rises,spring tide\n"
	documents := gather(open(t, Options{Files: fstest.MapFS{"a.csv": {Data: []byte(raw)}}}, "a.csv"))
	for i, want := range []string{"2023-06-13|", "|spring tide"} {
		d := documents[i]
		if got := d.Date + "|" + Value(d.Meta, "Date"); got != want {
			t.Errorf("%s: %q, want %q", d.ID, got, want)
		}
	}
}

// Tables of texts, as other programs write them, and what is told of how they were read.
func TestOtherTables(t *testing.T) {
	utf16 := func(s string) string {
		raw := "\xff\xfe"
		for _, r := range s {
			raw += string([]byte{byte(r), 0})
		}
		return raw
	}
	many := strings.Repeat("x;Foam, gulls and tides, now;13/06/2023\n", 20)
	tests := []struct {
		name, file, content string
		options             Options
		want                []string
		note                string
	}{
		{name: "semicolons", file: "a.csv", content: "id;author;text\n1;Marlowe;Kelp drifts\n2;Nansen;Foam, gulls and tides\n",
			want: []string{"1 Kelp drifts", "2 Foam, gulls and tides"}, note: `2 rows by ";"; text from text, id from id`},
		{name: "Excel's first line", file: "a.csv", content: "sep=;\r\nid;text\r\n1;Kelp drifts\r\n",
			want: []string{"1 Kelp drifts"}, note: `1 rows by ";"; text from text, id from id`},
		{name: "UTF-16 and tabs in a .csv", file: "a.csv", content: utf16("id\ttext\n1\tKelp drifts\n2\tFoam rises\n"),
			want: []string{"1 Kelp drifts", "2 Foam rises"}, note: "2 rows by tabs; text from text, id from id"},
		{name: "UTF-16 and tabs in a .txt", file: "a.txt", content: utf16("id\ttext\n1\tKelp drifts in\n2\tFoam rises high\n"),
			want: []string{"1 Kelp drifts in", "2 Foam rises high"}, note: "2 rows by tabs; text from text, id from id"},
		{name: "bars in a file without an ending", file: "posts", content: "nr|story\n1|Kelp drifts in the sound\n2|Foam rises at the pier\n",
			want: []string{"1 Kelp drifts in the sound", "2 Foam rises at the pier"}, note: `2 rows by "|"; text from story, id from nr`},
		{name: "labels before texts", file: "sms.txt", content: strings.Repeat("ham\tGo on until the pier\nspam\tWin a boat this week\n", 3),
			want: []string{"sms.txt:1 Go on until the pier", "sms.txt:2 Win a boat this week", "sms.txt:3 Go on until the pier",
				"sms.txt:4 Win a boat this week", "sms.txt:5 Go on until the pier", "sms.txt:6 Win a boat this week"}, note: "6 rows by tabs; text from column2; no header"},
		{name: "cells of several lines in a .txt", file: "a.txt", content: "\"nr\",\"text\",\"stars\"\n" + strings.Repeat("\"1\",\"Kelp drifts\nin the sound, far\",\"2\"\n", 5), options: Options{IDColumn: "nr"},
			want: []string{"1 Kelp drifts\nin the sound, far", "a.txt:2 Kelp drifts\nin the sound, far", "a.txt:3 Kelp drifts\nin the sound, far", "a.txt:4 Kelp drifts\nin the sound, far",
				"a.txt:5 Kelp drifts\nin the sound, far"}, note: `5 rows by ","; text from text, id from nr`},
		{name: "circumflexes", file: "a.csv", content: "nr^words\n1^Kelp, foam\n2^Tide, gull\n", want: []string{"1 Kelp, foam", "2 Tide, gull"}, note: `2 rows by "^"; text from words, id from nr`},
		{name: "a title above", file: "a.csv", content: "Answers of 2023\n\nid;text\n1;kelp\n2;foam\n3;tide\n", want: []string{"1 kelp", "2 foam", "3 tide"},
			note: `3 rows by ";"; text from text, id from id; lines above it left out: 1`},
		{name: "comments above", file: "a.csv", content: "# made by hand, in May\n# do not edit\nid,text\n1,kelp\n2,foam\n", want: []string{"1 kelp", "2 foam"},
			note: `2 rows by ","; text from text, id from id; lines above it left out: 2`},
		{name: "a column called #", file: "a.csv", content: "#,words\n1,kelp weed\n2,foam sea\n", want: []string{"1 kelp weed", "2 foam sea"}, note: `2 rows by ","; text from words, id from #`},
		{name: "HTML in cells", file: "a.csv", content: "id,text\n1,<p>Kelp &amp; foam<br>in the bay</p>\n2,A <b>gull</b>\n3,a < b\n", want: []string{"1 Kelp & foam\nin the bay", "2 A gull", "3 a < b"},
			note: `3 rows by ","; text from text (HTML), id from id`},
		{name: "entities in cells", file: "a.csv", content: "id,text\n1,Kelp &amp; <foam>\n2,it&#39;s\n", want: []string{"1 Kelp & <foam>", "2 it's"}, note: `2 rows by ","; text from text, id from id`},
		{name: "tags of JATS", file: "a.json", content: `[{"abstract":"<jats:title>Abstract</jats:title><jats:p>Kelp drifts.</jats:p>"}]`, want: []string{"a.json:1 Kelp drifts."}, note: "1 records; text from abstract (HTML)"},
		{name: "several characters, says the user", file: "a.txt", content: "id=>words\n1=>Kelp drifts\n", options: Options{Delimiter: "=>"}, want: []string{"1 Kelp drifts"}, note: `1 rows by "=>"; text from words, id from id`},
		{name: "references", file: "a.txt", content: "TY  - JOUR\nTI  - On kelp\nAB  - It drifts.\nPY  - 2020\nDO  - 7\nER  - \n\nTY  - JOUR\nTI  - On foam\nER  - \n", want: []string{"7 On kelp\n\nIt drifts. 2020", "a.txt:2 On foam"},
			note: "2 records; text from title and abstract, id from id, date from year"},
		{name: "references, of which the title", file: "a.bib", content: "@book{k1, title={On kelp}, abstract={It drifts.}, year={2020}}\n", options: Options{TextColumns: []string{"title"}}, want: []string{"k1 On kelp 2020"}, note: "1 records; text from title, id from id, date from year"},
		{name: "CR alone", file: "a.csv", content: "id,text\r1,kelp weed\r2,foam sea\r", want: []string{"1 kelp weed", "2 foam sea"}, note: `2 rows by ","; text from text, id from id`},
		{name: "short rows", file: "a.csv", content: "id,text,note\n1,kelp drifts\n2,foam rises,x\n", want: []string{"1 kelp drifts", "2 foam rises"}, note: `2 rows by ","; text from text, id from id`},
		{name: "backslashes", file: "a.csv", content: "id,text\n1,\"a \\\"kelp\\\" lantern\"\n2,foam\n", want: []string{`1 a "kelp" lantern`, "2 foam"}, note: `2 rows by ","; text from text, id from id`},
		{name: "backslashes without quotes", file: "a.csv", content: "id,text\n1,kelp\\, far out\n2,foam\\, high\\, white\n", want: []string{"1 kelp, far out", "2 foam, high, white"}, note: `2 rows by ","; text from text, id from id`},
		{name: "apostrophes", file: "a.csv", content: "id,text\n'1','kelp, drifts'\n'2','it''s foam'\n", want: []string{"1 kelp, drifts", "2 it's foam"}, note: `2 rows by ","; text from text, id from id`},
		{name: "the names of R, without one for the rows", file: "a.tsv", content: "text\tstars\na\tkelp drifts\t1\nb\tfoam rises\t2\n",
			want: []string{"a.tsv:1 kelp drifts", "a.tsv:2 foam rises"}, note: "2 rows by tabs; text from text"},
		{name: "no header", file: "a.csv", content: "1,Kelp drifts in\n2,Foam rises up\n3,Gulls go by\n", want: []string{"a.csv:1 Kelp drifts in", "a.csv:2 Foam rises up", "a.csv:3 Gulls go by"},
			note: `3 rows by ","; text from column2; no header`},
		{name: "no header, says the user", file: "a.csv", content: "Kelp drifts,sea\nFoam rises,sky\n", options: Options{NoHeader: true, TextColumns: []string{"column1"}},
			want: []string{"a.csv:1 Kelp drifts", "a.csv:2 Foam rises"}, note: `2 rows by ","; text from column1; no header`},
		{name: "a delimiter, says the user", file: "a.csv", content: "id:text\n1:Kelp; drifts, far\n", options: Options{Delimiter: ":"},
			want: []string{"1 Kelp; drifts, far"}, note: `1 rows by ":"; text from text, id from id`},
		{name: "a column of lines", file: "a.csv", content: "text\nKelp, foam and tide\nGulls\n", want: []string{"a.csv:1 Kelp, foam and tide", "a.csv:2 Gulls"},
			note: "2 rows of one column; text from text"},
		{name: "never a status", file: "a.csv", content: "message,remark\n" + strings.Repeat("ok,", 1) + "Kelp drifts\nok,Foam rises\nok,Gulls fly\nok,Tides fall\nok,Seals sing\n",
			want: []string{"a.csv:1 Kelp drifts", "a.csv:2 Foam rises", "a.csv:3 Gulls fly", "a.csv:4 Tides fall", "a.csv:5 Seals sing"}, note: `5 rows by ","; text from remark`},
		{name: "dates", file: "a.csv", content: "nr;comment;day\n1;Kelp;04/06/2023 14:22\n2;Foam;13/06/2023\n",
			want: []string{"1 Kelp 2023-06-04T14:22:00", "2 Foam 2023-06-13"}, note: `2 rows by ";"; text from comment, id from nr, date from day (day first)`},
		{name: "dates that only a late row explains", file: "a.csv", content: "id;comment;date\n1;Kelp;04/06/2023\n" + strings.Repeat("9;Foam;05/06/2023\n", 500) + "2;Tide;13/06/2023\n", options: Options{Segment: ""},
			want: nil, note: `502 rows by ";"; text from comment, date from date (day first)`},
		{name: "dates that none explains", file: "a.csv", content: "comment;date\nKelp;04/06/2023\nTide;05/06/2023\n",
			want: []string{"a.csv:1 Kelp", "a.csv:2 Tide"}, note: `2 rows by ";"; text from comment, date from date (day or month first? none read; --date-format says)`},
		{name: "dates of which the user says it", file: "a.csv", content: "comment;date\nKelp;04/06/2023\nTide;05/06/2023\n", options: Options{DateFormat: "month-first"},
			want: []string{"a.csv:1 Kelp 2023-04-06", "a.csv:2 Tide 2023-05-06"}, note: `2 rows by ";"; text from comment, date from date`},
		{name: "dates in JSON Lines", file: "a.jsonl", content: `{"text":"Kelp","date":"04/06/2023"}` + "\n" + `{"text":"Foam","date":"13/06/2023"}` + "\n",
			want: []string{"a.jsonl:1 Kelp 2023-06-04", "a.jsonl:2 Foam 2023-06-13"}, note: "2 records; text from text, date from date (day first)"},
		{name: "dates in JSON Lines that a late line explains", file: "a.jsonl", content: strings.Repeat(`{"text":"Kelp","date":"04/06/2023"}`+"\n", 9000) + `{"text":"Foam","date":"13/06/2023"}` + "\n",
			want: nil, note: "9001 records; text from text, date from date (day first)"},
		{name: "the answer of a web service", file: "a.json", content: `{"status":"ok","totalResults":2,"articles":[{"title":"A","content":"Kelp drifts"},{"title":"B","content":"Foam rises"}]}`,
			want: []string{"a.json:1 Kelp drifts", "a.json:2 Foam rises"}, note: "2 records of articles; text from content"},
		{name: "objects one after the other", file: "a.json", content: "{\n \"id\":1,\n \"text\":\"kelp\"\n}\n{\n \"id\":2,\n \"text\":\"foam\"\n}\n",
			want: []string{"1 kelp", "2 foam"}, note: "2 records; text from text, id from id"},
		{name: "objects on one line", file: "a.json", content: `{"text":"kelp"}{"text":"foam"}`, want: []string{"a.json:1 kelp", "a.json:2 foam"}, note: "2 records; text from text"},
		{name: "lines of JSON by another name", file: "posts.log", content: "{\"text\":\"kelp\"}\n{\"text\":\"foam\"}\n", want: []string{"posts.log:1 kelp", "posts.log:2 foam"}, note: "2 records; text from text"},
		{name: "nested records", file: "a.jsonl", content: `{"id":1,"message":{"body":"kelp","from":"Ada"}}` + "\n" + `{"id":2,"message":{"body":"foam","from":"Bob"}}` + "\n",
			options: Options{TextColumns: []string{"message.body"}}, want: []string{"1 kelp", "2 foam"}, note: "2 records; text from message.body, id from id"},
		{name: "texts alone", file: "a.json", content: `["kelp drifts","foam rises"]`, want: []string{"a.json:1 kelp drifts", "a.json:2 foam rises"}, note: "2 records; text from text"},
		{name: "one line of JSON Lines", file: "a.jsonl", content: `{"text":"kelp drifts","replies":[{"text":"no"}]}`, want: []string{"a.jsonl:1 kelp drifts"}, note: "1 records; text from text"},
		{name: "ids that repeat are none", file: "a.csv", content: "id,name,text\nsecret,Ada,kelp drifts on\npublic,Bob,foam rises up\nsecret,Cyd,surf falls down\nsecret,Dan,spray flies far\n",
			want: []string{"a.csv:1 kelp drifts on", "a.csv:2 foam rises up", "a.csv:3 surf falls down", "a.csv:4 spray flies far"}, note: `4 rows by ","; text from text`},
		{name: "ids of JSON that repeat are none", file: "a.jsonl", content: strings.Repeat(`{"id":"secret","text":"kelp drifts"}`+"\n", 2) + `{"id":"public","text":"foam rises"}` + "\n" + `{"id":"secret","text":"surf falls"}` + "\n",
			want: []string{"a.jsonl:1 kelp drifts", "a.jsonl:2 kelp drifts", "a.jsonl:3 foam rises", "a.jsonl:4 surf falls"}, note: "4 records; text from text"},
		{name: "headings in German", file: "a.csv", content: "Lfd. Nr.;Eingangsdatum;Status;Bemerkung\n1;31.12.2023;offen;Tang treibt im Sund\n2;01.01.2024;offen;Schaum steigt am Steg\n3;02.01.2024;offen;Möwen ziehen vorbei\n",
			want: []string{"1 Tang treibt im Sund 2023-12-31", "2 Schaum steigt am Steg 2024-01-01", "3 Möwen ziehen vorbei 2024-01-02"}, note: `3 rows by ";"; text from Bemerkung, id from Lfd. Nr., date from Eingangsdatum (day first)`},
		{name: "headings in Spanish", file: "a.csv", content: "Número,Fecha,Comentario\nA-7,12 de marzo de 2023,Las algas derivan\nA-8,13 de marzo de 2023,La espuma sube\n",
			want: []string{"A-7 Las algas derivan 2023-03-12", "A-8 La espuma sube 2023-03-13"}, note: `2 rows by ","; text from Comentario, id from Número, date from Fecha`},
		{name: "headings in French", file: "a.tsv", content: "N°\tpublié le\ttitre\ttexte\n1\t05/06/23\tLe port de nuit\tLes algues dérivent\n2\t25/06/23\tLe phare du nord\tL'écume monte au quai\n",
			want: []string{"1 Les algues dérivent 2023-06-05", "2 L'écume monte au quai 2023-06-25"}, note: "2 rows by tabs; text from texte, id from N°, date from publié le (day first)"},
		{name: "numbers in JSON", file: "a.jsonl", content: `{"nr":7,"year":2021,"text":"Kelp"}` + "\n" + `{"nr":9,"year":2022,"text":"Foam"}` + "\n",
			want: []string{"7 Kelp 2021", "9 Foam 2022"}, note: "2 records; text from text, id from nr, date from year"},
		{name: "a comma in quotes before semicolons", file: "a.csv", content: "\"nr\";\"text\";\"what, else\"\n" + many, want: nil, note: `20 rows by ";"; text from text`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			options := test.options
			options.Files = fstest.MapFS{test.file: {Data: []byte(test.content)}}
			c := open(t, options, test.file)
			var got []string
			for _, d := range gather(c) {
				got = append(got, strings.TrimSpace(d.ID+" "+d.Text+" "+d.Date))
			}
			if test.want != nil {
				equal(t, "documents", got, test.want)
			}
			var notes []string
			for _, e := range c.Ledger() {
				if e.Reason == Taken {
					notes = append(notes, fmt.Sprintf("%d %s", e.number(), e.Detail))
				}
			}
			equal(t, "notes", notes, []string{test.note})
			if err := c.Err(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Tables that were read alike are told together, and others apart.
func TestTablesToldTogether(t *testing.T) {
	files := fstest.MapFS{"a.csv": {Data: []byte("text,n\nkelp,1\n")}, "b.csv": {Data: []byte("text;n\nfoam;1\n")}, "c.csv": {Data: []byte("text,n\ntide,1\ngull,2\n")}}
	c := open(t, Options{Files: files}, ".")
	gather(c)
	var got []string
	for _, e := range c.Ledger() {
		got = append(got, e.AsTable())
	}
	equal(t, "told", got, []string{`a.csv and more: 3 rows by ","; text from text`, `b.csv: 1 row by ";"; text from text`})
}

// What is no table stays a text, whatever marks it is full of.
func TestTextsThatAreNoTables(t *testing.T) {
	tests := []struct{ name, text string }{
		{"a poem", "The kelp, the foam\nThe tide, the pier\nThe gull, the sea\nThe rain, the fog\nThe boat, the oar\nThe end, at last\n"},
		{"a list of things", "kelp;foam\ntide;pier\ngull;sea\n"},
		{"a program", "int a; int b;\nint c; int d;\nint e; int f;\n"},
		{"an indented text", "\tKelp drifts in the sound\n\tFoam rises at the pier\n\tGulls go by the boat\n"},
		{"a conversation", "Ada: kelp | foam\nBob: tide | pier\n"},
		{"numbers", "1\t2\t3\n4\t5\t6\n7\t8\t9\n1\t2\t3\n4\t5\t6\n7\t8\t9\n"},
		{"one line", "text\tid\n"},
		{"a few lines with a comma each", "text, of a date\nKelp drifts in the sound, and far\nFoam rises at the pier, and high\n"},
		{"a few lines of two columns", "text,date\nKelp drifts in the sound,1999\nFoam rises at the pier,2000\n"},
		{"sentences", "Kelp drifts, it seems, far out.\nFoam rises, they say, at noon.\nGulls go by, one by one.\nTides fall, and fall, again.\nSeals sing, now, and then.\nRain, rain, rain, all day.\n"},
	}
	for _, test := range tests {
		c := open(t, Options{Files: fstest.MapFS{"a.txt": {Data: []byte(test.text)}}}, "a.txt")
		equal(t, test.name, ids(gather(c)), []string{"a.txt"})
	}
}

// An input of which most could not be read is a failure; what was not taken for a text, and
// what is left out as asked, does not count.
func TestErr(t *testing.T) {
	csv := "text,n\n" + strings.Repeat("a,1, 2\n", 9) + "b,1\n"
	tests := []struct {
		name  string
		files map[string]string
		want  string // of the error
	}{
		{"all is well", map[string]string{"a.txt": "words", "b.csv": "text\na\n"}, ""},
		{"pictures", map[string]string{"a.txt": "words", "b.png": "\x89PNG\r\n\x1a\n\x00\x00", "c.png": "\x89PNG\r\n\x1a\n\x00\x00"}, ""},
		{"most rows", map[string]string{"b.csv": csv}, `b.csv: 9 of 10 rows could not be read, the first since: line 2: 3 columns where the header has 2; --delimiter names what parts the columns (it was read as rows by ",")`},
		{"most rows of one among others", map[string]string{"a.txt": "words", "b.csv": csv}, ""},
		{"a row", map[string]string{"b.csv": "text,n\na,1\nb,1,2\n"}, ""},
		{"most files", map[string]string{"a.txt": "words", "b.pdf": "%PDF-", "c.parquet": "PAR1 and no more", "d.json": "{"}, "3 files and tables, and 1 could be; the first is b.pdf"},
		{"most lines", map[string]string{"a.jsonl": "{\"text\":\"a\"}\n{broken\n[]\n7\n"}, "a.jsonl: 3 of 4 rows could not be read"},
		{"no such column", map[string]string{"b.csv": "nr,n\n1,2\n3,4\n"}, "no column holds texts, only numbers"},
	}
	for _, test := range tests {
		files := fstest.MapFS{}
		for name, text := range test.files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		c := open(t, Options{Files: files}, ".")
		gather(c)
		err := c.Err()
		if err == nil && test.want != "" || err != nil && (test.want == "" || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}
