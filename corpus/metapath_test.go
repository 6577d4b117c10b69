package corpus

import (
	"strings"
	"testing"
	"testing/fstest"

	"klew/corpus/internal/date"
)

func TestMetaPath(t *testing.T) {
	tests := []struct {
		pattern, path string
		want          string // name=value, or - where it does not match
		date          string
	}{
		{"{author}/{year}-*.txt", "books/Dickens/1843-carol.txt", "author=Dickens year=1843", "1843"},
		{"{author}/{year}-*.txt", "1843-carol.txt", "-", ""},
		{"{author}/{year}-*.txt", "Dickens/carol.txt", "-", ""},
		{"{author}/{year}-*.txt", "Dickens/18430-carol.txt", "-", ""},
		{"{section}/*", "bbc/sport/1", "section=sport", ""},
		{"/{section}/*", "bbc/sport/1", "-", ""},
		{"/{section}/**/*", "bbc/sport/1", "section=bbc", ""},
		{"/{section}/**/*", "bbc/1", "section=bbc", ""},
		{"{a}-{b}.txt", "x-y-z.txt", "a=x b=y-z", ""},
		{"{year}{month}{day}*", "19990312.log", "year=1999 month=03 day=12", "1999-03-12"},
		{"{year}-{month}-{day}.txt", "1999-3-2.txt", "year=1999 month=3 day=2", "1999-03-2"},
		{"{year}/{month}/*", "1999/3/a", "year=1999 month=3", "1999-03"},
		{"{day}.txt", "12.txt", "day=12", ""},
		{"{date}.txt", "12 March 1999.txt", "date=12 March 1999", "12 March 1999"},
		{"{name}.*", "a.b.c", "name=a", ""},
		{"?{name}", "xyz", "name=yz", ""},
		{`\{{name}\}.txt`, "{a}.txt", "name=a", ""},
		{"{Autor}/{Straße}", "Müller/Königsallee 5", "Autor=Müller Straße=Königsallee 5", ""},
		{"a.b/{name}", "axb/y", "-", ""},
		{"b/{name}", "ab/y", "-", ""},
		{"{name}", "\xff\n", "name=\ufffd\n", ""},
	}
	for _, test := range tests {
		p, err := newPathPattern(test.pattern)
		must(t, err)
		fields, date := p.fields(test.path)
		var got []string
		for _, f := range fields {
			got = append(got, f.Name+"="+f.Value)
		}
		if fields == nil {
			got = []string{"-"}
		}
		if strings.Join(got, " ") != test.want || date != test.date {
			t.Errorf("%s of %q: %q, date %q, want %q, %q", test.pattern, test.path, got, date, test.want, test.date)
		}
	}
}

func TestBadMetaPaths(t *testing.T) {
	for pattern, want := range map[string]string{
		"*.txt":             "has no {name}",
		"{author":           `the { before "author" is not closed`,
		"{author/{x}":       "is not closed",
		"{a{b}":             "is not closed",
		"author}":           "a } has no { before it",
		"{}":                "is made of letters",
		"{first name}":      "{first name}: the name of a field is made of letters",
		"{a}-{a}":           "{a} occurs twice",
		"{folder}/*":        "{folder}: every document has a field of that name",
		"{a}{b}":            "nothing tells where {a} ends and {b} begins",
		"{a}/":              "ends in a slash",
		`{a}\`:              "last character is a backslash",
		"{a}\xff":           "not UTF-8",
		"{" + harbour:       "is not closed",
		"{" + harbour + "}": "…}: the name",
	} {
		if _, err := Open(nil, Options{MetaPath: pattern}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave the error %v, want one with %q", pattern, err, want)
		}
	}
}

// Whatever pattern is accepted can be compared with whatever path.
func FuzzMetaPath(f *testing.F) {
	f.Add("{author}/{year}-*.txt", "Dickens/1843-carol.txt")
	f.Add("/{a}/**/{date}?", "x/y/z")
	f.Add(`\{{name}`, "{a")
	f.Fuzz(func(t *testing.T, pattern, path string) {
		p, err := newPathPattern(pattern)
		if err != nil {
			return
		}
		fields, dated := p.fields(path)
		if fields != nil && len(fields) != len(p.names) {
			t.Errorf("%q of %q: %v", pattern, path, fields)
		}
		date.Parse(dated, date.Unknown)
	})
}

// What the path tells is metadata, and the date; a path that tells nothing, or no date,
// is noted once with the number of them.
func TestMetaPathOfDocuments(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"r/Austen/1813-pride.txt", "r/Austen/1815.txt", "r/Brontë/9999-future.txt", "r/Brontë/3000-x.txt", "r/readme"} {
		files[name] = &fstest.MapFile{Data: []byte(name)}
	}
	c := open(t, Options{Files: files, MetaPath: "{author}/{year}-*.txt"}, "r", "r/readme")
	var got []string
	for _, d := range gather(c) {
		line := d.ID
		for _, f := range d.Fields() {
			line += " " + f.Name + "=" + f.Value
		}
		got = append(got, line)
	}
	equal(t, "documents", got, []string{
		"r/Austen/1813-pride.txt folder=Austen author=Austen year=1813 date=1813",
		"r/Austen/1815.txt folder=Austen",
		"r/Brontë/3000-x.txt folder=Brontë author=Brontë year=3000",
		"r/Brontë/9999-future.txt folder=Brontë author=Brontë year=9999",
		"r/readme folder=r",
	})
	equal(t, "ledger", told(c.Ledger()), []string{
		"r/readme|skipped|" + Repeated + "||1",
		"r/Austen/1815.txt|note|" + OffPattern + "||2",
		"r/Brontë/3000-x.txt|note|" + NoDate + "|3000|2",
	})
}

// Whether the day or the month comes first in the dates of paths is found out from all of them.
func TestMetaPathOrder(t *testing.T) {
	tests := []struct{ name, paths, format, want string }{
		{"the day first", "04-06-2023.txt 13-06-2023.txt", "", "2023-06-04 2023-06-13"},
		{"the month first", "04-06-2023.txt 06-13-2023.txt", "", "2023-04-06 2023-06-13"},
		{"nothing tells", "04-06-2023.txt 05-06-2023.txt", "", " "},
		{"the user does", "04-06-2023.txt 05-06-2023.txt", "day-first", "2023-06-04 2023-06-05"},
		{"by a pattern", "2023_04_06.txt 2023_06_13.txt", "%Y_%d_%m", "2023-06-04 "},
	}
	for _, test := range tests {
		files := fstest.MapFS{}
		for _, name := range strings.Fields(test.paths) {
			files[name] = &fstest.MapFile{Data: []byte(name)}
		}
		c := open(t, Options{Files: files, MetaPath: "{date}.txt", DateFormat: test.format}, ".")
		var got []string
		for _, d := range gather(c) {
			got = append(got, d.Date)
		}
		equal(t, test.name, got, strings.Split(test.want, " "))
	}
	if err := (Options{DateFormat: "dd.mm.yyyy"}).Validate(); err == nil || !strings.Contains(err.Error(), "day-first") {
		t.Errorf("a format that is none gave the error %v", err)
	}
}

// The path of a file that was itself named counts as a whole.
func TestMetaPathOfNamedFiles(t *testing.T) {
	files := fstest.MapFS{"books/Austen/1813-pride.txt": {Data: []byte("text")}}
	for _, named := range []string{"books", "books/Austen/1813-pride.txt"} {
		c := open(t, Options{Files: files, MetaPath: "{author}/{year}-*.txt"}, named)
		if d := gather(c); len(d) != 1 || d[0].Date != "1813" {
			t.Errorf("%s: %+v", named, d)
		}
	}
}
