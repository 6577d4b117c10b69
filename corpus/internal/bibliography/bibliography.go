// Package bibliography reads lists of references as the programs that manage them, and the services
// that find them, write them: RIS, MEDLINE, the Web of Science, EndNote and BibTeX. Each reference
// becomes a line of JSON with a title, an abstract, and what else is known.
//
//	TY  - JOUR              PMID- 123               @article{ada,
//	TI  - On kilns          TI  - On kilns            title = {On {K}ilns},
//	AB  - Glazes …          AB  - Glazes …            abstract = {Glazes …},
//	ER  -                         and slips           }
package bibliography

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"strings"
)

// The beginnings of the formats, behind a byte order mark.
var (
	ris     = regexp.MustCompile(`^\s*TY  ?- ?[A-Z]{2,8}\s*[\r\n]`)
	medline = regexp.MustCompile(`^\s*PMID- *\d+`)
	science = regexp.MustCompile(`^\s*(?:FN (?:Clarivate|Thomson|ISI)|PT [JBSPC]\s*[\r\n]+AU )`)
	endnote = regexp.MustCompile(`^\s*%0 [A-Z][A-Za-z ]+[\r\n]+%[A-Z0-9] `)
	bibtex  = regexp.MustCompile(`(?i)^(?:\s*%[^\n]*\n|\s*@(?:comment|string|preamble)\b[^@]*)*\s*@[a-z]+\s*[{(]\s*[^\s,={}]+\s*,\s*[a-z_-]+\s*=`)
)

// Is tells a list of references by its beginning.
func Is(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 4096)], []byte("\ufeff")), " \t\r\n")
	switch { // most texts begin otherwise, which is seen sooner than the expressions would
	case bytes.HasPrefix(head, []byte("TY")):
		return ris.Match(head)
	case bytes.HasPrefix(head, []byte("PMID")):
		return medline.Match(head)
	case bytes.HasPrefix(head, []byte("FN ")), bytes.HasPrefix(head, []byte("PT ")):
		return science.Match(head)
	}
	return bytes.HasPrefix(head, []byte("%")) && endnote.Match(head) || IsBibTeX(head)
}

// IsBibTeX tells BibTeX.
func IsBibTeX(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) > 0 && (head[0] == '@' || head[0] == '%') && bibtex.Match(head)
}

// Lines reads references as lines of JSON.
func Lines(r io.Reader) io.Reader {
	buffered := bufio.NewReaderSize(r, 1<<16)
	head, _ := buffered.Peek(4096)
	if IsBibTeX(head) {
		return &lines{next: (&entries{r: buffered}).next}
	}
	return &lines{next: (&tagged{r: buffered}).next}
}

// lines writes references as JSON.
type lines struct {
	next func() (reference, error)
	out  []byte
}

func (l *lines) Read(p []byte) (int, error) {
	if len(l.out) == 0 {
		one, err := l.next()
		if err != nil {
			return 0, err
		}
		l.out = one.json()
	}
	n := copy(p, l.out)
	l.out = l.out[n:]
	return n, nil
}

// reference is the fields of one, in the order in which they came. A name that comes again, as that
// of authors does, has its values together.
type reference struct {
	names  []string
	values map[string][]string
}

// maxFields and maxValue bound a reference.
const (
	maxFields = 500
	maxValue  = 1 << 20
)

func (r *reference) add(name, value string) {
	if value = strings.TrimSpace(value); name == "" || value == "" {
		return
	}
	if r.values == nil {
		r.values = map[string][]string{}
	}
	if _, there := r.values[name]; !there {
		if len(r.names) == maxFields {
			return
		}
		r.names = append(r.names, name)
	}
	r.values[name] = append(r.values[name], value)
}

// more goes on with the last value of a field.
func (r *reference) more(name, value string) {
	if all := r.values[name]; len(all) > 0 && len(all[len(all)-1]) < maxValue {
		all[len(all)-1] += " " + strings.TrimSpace(value)
	}
}

// first has of these fields the first that is there, by the name of that.
var first = []struct {
	name string
	from []string
}{
	{"id", []string{"key", "PMID", "UT", "ID", "AN", "DO", "DI"}},
	{"title", []string{"TI", "T1", "CT"}},
	{"abstract", []string{"AB", "N2"}},
	{"year", []string{"PY", "Y1", "YR", "DP", "DA"}},
	{"authors", []string{"FAU", "AU", "A1"}},
	{"journal", []string{"JT", "SO", "JO", "JF", "T2", "TA"}},
	{"keywords", []string{"DE", "KW", "OT", "MH"}},
	{"doi", []string{"DI", "DO"}},
	{"type", []string{"TY", "DT"}},
}

// json is the reference as a line. Dates keep their year, since PubMed has seasons.
func (r *reference) json() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	write := func(name string, values []string) {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		value := strings.Join(values, "; ")
		if name == "year" {
			value = year(values[0])
		}
		for i, text := range []string{name, value} {
			if i > 0 {
				b.WriteByte(':')
			}
			raw, _ := json.Marshal(text) // strings can be
			b.Write(raw)
		}
	}
	done := map[string]bool{}
	for _, f := range first {
		for _, from := range append([]string{f.name}, f.from...) {
			if values := r.values[from]; values != nil && !done[f.name] {
				write(f.name, values)
				done[f.name] = true
			}
		}
		if !done[f.name] && (f.name == "title" || f.name == "abstract") {
			write(f.name, []string{""})
		}
	}
	for _, name := range r.names {
		if plain := strings.ToLower(name) == name; plain && !done[name] && name != "key" {
			write(name, r.values[name]) // of BibTeX
		}
	}
	b.WriteString("}\n")
	return b.Bytes()
}

var fourDigits = regexp.MustCompile(`\b(?:1[5-9]|20)\d\d\b`)

// year is the year in a date: 2020///, 2020 May, 2020 Winter.
func year(date string) string {
	if y := fourDigits.FindString(date); y != "" {
		return y
	}
	return date
}
