package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"klew/corpus/internal/bibliography"
	"klew/corpus/internal/extract"
	"klew/corpus/internal/records"
	"klew/corpus/internal/registered"
)

// splitJSONLines makes a document of each line that is not blank. The columns are chosen
// by the first lines, the same for all.
func (c *Corpus) splitJSONLines(in *input, do emit) bool {
	head, err := in.look(in.headSize())
	if err == nil && records.IsBulk(head) || c.forced == nil && !named(c.formats, "jsonl").hasEndingOf(in.name) && in.onOneLine() {
		return c.splitValues(in, do)
	}
	columns := c.columns
	resolved := false
	t := &table{path: in.path}
	more := c.splitGroups(in, do, func(l *decodedFile, g group) (func() batch, error) {
		if len(bytes.TrimSpace(g.lines)) == 0 {
			return nil, nil
		}
		if !resolved {
			var err error
			if columns, err = records.Resolve(firstLines(g, l), c.columns); err != nil {
				return nil, err
			}
			in.decideOrder(l, g, &columns)
			resolved = true
		}
		return func() batch {
			b := jsonLines(in, l, g, columns)
			b.table = t
			return b
		}, nil
	})
	return more && do(t.end)
}

// decideOrder looks at the dates of more lines while it is open whether the day or the month
// comes first in them: of the first group, and of a file of all.
func (in *input) decideOrder(l *decodedFile, g group, columns *records.Columns) {
	add := func(g group) bool {
		g.each(func(_ int, line []byte) {
			if columns.Open() && len(bytes.TrimSpace(line)) > 0 {
				line, _ = l.utf8(line)
				columns.AddDate(line)
			}
		})
		return columns.Open()
	}
	if columns.Open() && add(g) && in.at != nil && l.encoding == "" {
		groups(io.NewSectionReader(in.at, 0, min(in.size, mostAhead)), false, add) // what fails here fails again
	}
}

// mostAhead is how much of a file is looked through for a date that tells the order of all.
const mostAhead = 64 << 20

// firstLines are those by which the columns are chosen.
func firstLines(g group, l *decodedFile) (lines [][]byte) {
	g.lines = g.lines[:min(len(g.lines), groupSize)] // where all of a file comes at once
	g.each(func(_ int, line []byte) {
		if len(bytes.TrimSpace(line)) > 0 && len(lines) < 100 {
			line, _ = l.utf8(line)
			lines = append(lines, line)
		}
	})
	return lines
}

// utf8 makes UTF-8 of a line, and says what had to be mended.
func (l *decodedFile) utf8(line []byte) ([]byte, decoded) {
	if utf8.Valid(line) && l.decoder.forced.Encoding == nil {
		return line, decoded{encoding: l.encoding}
	}
	text, t, ok := l.decoder.toUTF8(line)
	if !ok {
		return line, t
	}
	t.encoding = cmp.Or(t.encoding, l.encoding)
	return text, t
}

// jsonLines makes documents of a group of lines.
func jsonLines(in *input, l *decodedFile, g group, columns records.Columns) batch {
	var all batch
	g.each(func(number int, line []byte) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		line, t := l.utf8(line)
		part := 0
		columns.Each(line, func(record []byte) bool {
			r, err := records.JSON(record, columns)
			r.Number = number
			if columns.Nested() {
				part++
				r.Part = part
			}
			all.addRecord(in, r, err, t)
			return true
		})
	})
	return all
}

// addRecord makes a document of a record, or a line of the ledger of one that is faulty.
func (b *batch) addRecord(in *input, r records.Record, err error, t decoded) {
	place := in.id + ":" + strconv.Itoa(r.Number)
	if r.Part > 0 {
		place += "." + strconv.Itoa(r.Part)
	}
	if r.Table != nil {
		b.taken, b.order = r.Table, r.Table.Order
	}
	if err != nil {
		b.entries = append(b.entries, Entry{Path: place, Reason: BadRecord, Detail: err.Error()})
		return
	}
	t.text = t.tidy(withoutMarkup(r.Text, r.Markup))
	d := Document{ID: cmp.Or(valid(strings.TrimSpace(r.ID)), place), Place: place, Date: valid(r.Date), Encoding: t.encoding, Text: t.text}
	d.Meta = make([]Field, 1, 1+len(r.Meta))
	d.Meta[0] = Field{Folder, in.folder}
	for _, f := range r.Meta {
		if f.Name == Folder { // says more than that of the file, which is the same for all
			d.Meta[0].Value = valid(f.Value)
		} else {
			d.Meta = append(d.Meta, Field{valid(f.Name), valid(f.Value)})
		}
	}
	for i := range t.repairs {
		t.repairs[i].Path = place
	}
	b.documents, b.places = append(b.documents, d), append(b.places, place)
	b.entries = append(b.entries, t.repairs...)
}

// namespace is that of a tag.
var namespace = regexp.MustCompile(`(</?)[a-zA-Z]{1,8}:`)

// withoutMarkup is the text of a cell that has tags or entities of HTML.
func withoutMarkup(text string, markup records.Markup) string {
	if markup == records.Plain || strings.IndexByte(text, '&') < 0 && strings.IndexByte(text, '<') < 0 {
		return text
	}
	if markup == records.Entities {
		text, _ = records.WithoutEntities(text)
		return text
	}
	page, err := extract.HTML([]byte("<body>"+namespace.ReplaceAllString(text, "$1")), extractLimit)
	if err != nil {
		return "" // nothing but tags
	}
	return page.Body
}

// recordsAtOnce is the number of bytes of records that one goroutine takes at a time.
const recordsAtOnce = 64 << 10

// row is a record, or the fault of one.
type row struct {
	records.Record
	err error
}

// splitRecords makes documents of what read emits, whose text is UTF-8.
func (c *Corpus) splitRecords(in *input, encoding string, do emit, read func(func(records.Record, error) bool) error) bool {
	t := &table{path: in.path}
	var some []row
	size, number, more := 0, 0, true
	hand := func() bool {
		group := some
		some, size = nil, 0
		return do(func() batch {
			all := batch{table: t}
			for _, n := range group {
				all.addRecord(in, n.Record, n.err, decoded{encoding: encoding, forced: c.decoder.forced.Encoding != nil})
			}
			return all
		})
	}
	err := read(func(r records.Record, err error) bool {
		number++
		if r.Number == 0 {
			r.Number = number
		}
		some = append(some, row{r, err})
		if size += 64 + len(r.Text); size >= recordsAtOnce {
			more = hand()
		}
		return more
	})
	if more && len(some) > 0 {
		more = hand()
	}
	if more && err == nil && number == 0 {
		return do(func() batch { return in.noted([]Entry{{Reason: Empty}}) })
	}
	more = more && do(t.end)
	return more && (err == nil || do(func() batch { return in.refused(err) }))
}

// splitCSV makes a document of each row. usual is what parts the columns if the content leaves
// that open.
func splitCSV(usual byte) func(c *Corpus, in *input, do emit) bool {
	return func(c *Corpus, in *input, do emit) bool {
		d := c.dialect
		d.Usual = usual
		return c.splitDecoded(in, do, func(l *decodedFile, emit func(records.Record, error) bool) error {
			return records.CSV(l, d, c.columns, emit)
		})
	}
}

// splitJSON makes a document of each record in a file of JSON.
func (c *Corpus) splitJSON(in *input, do emit) bool {
	if head, err := in.look(sample); err == nil && isJSONLines(head) {
		return c.splitJSONLines(in, do)
	}
	return c.splitValues(in, do)
}

func (c *Corpus) splitValues(in *input, do emit) bool {
	return c.splitDecoded(in, do, func(l *decodedFile, emit func(records.Record, error) bool) error {
		return records.JSONValuesAgain(l, c.again(in), c.columns, emit)
	})
}

// again reads the text of a file once more; nil if that cannot be done.
func (c *Corpus) again(in *input) func() (io.Reader, error) {
	if in.at == nil || in.stream == nil {
		return nil
	}
	return func() (io.Reader, error) {
		same := *in
		same.stream = bufio.NewReaderSize(io.NewSectionReader(in.at, 0, in.size), 1<<16)
		l, err := c.decodedFile(&same, true)
		return l, err
	}
}

// splitReferences makes a document of each reference of a list, of its title and its abstract
// unless the user names others.
func (c *Corpus) splitReferences(in *input, do emit) bool {
	columns := c.columns
	if len(columns.Text) == 0 {
		columns.Text = []string{"title", "abstract"}
	}
	return c.splitDecoded(in, do, func(l *decodedFile, emit func(records.Record, error) bool) error {
		return records.JSONValues(bibliography.Lines(l), columns, emit)
	})
}

// onOneLine tells a file of which the first line is all, or too long to see its end: it may be
// one object that holds the records, or several without a line end between them.
func (in *input) onOneLine() bool {
	n := large
	if in.live {
		n = in.headSize()
	}
	head, err := in.look(n)
	first, rest, ended := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
	if err != nil || in.live && !ended {
		return false
	}
	return len(bytes.TrimSpace(rest)) == 0 || !bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
}

// splitDecoded makes documents of what read emits of a text.
func (c *Corpus) splitDecoded(in *input, do emit, read func(*decodedFile, func(records.Record, error) bool) error) bool {
	l, err := c.decodedFile(in, true)
	if err == nil && len(l.repairs) > 0 && !do(func() batch { return in.noted(l.repairs) }) {
		return false
	}
	return c.splitRecords(in, l.encoding, do, func(emit func(records.Record, error) bool) error {
		if err == nil {
			err = read(&l, emit)
		}
		if l.fault != nil && l.fault.fault != nil {
			return l.fault.fault // which the reader took for the end
		}
		return err
	})
}

// splitParquet makes a document of each row. The list of columns is at the end, so that
// what cannot be read anywhere must be read into memory.
func (c *Corpus) splitParquet(in *input, do emit) bool {
	read, ok := registered.Tables["parquet"]
	if !ok {
		return do(func() batch { return in.refused(notImported("parquet")) })
	}
	if in.at == nil {
		raw, err := in.all()
		if err != nil {
			return do(func() batch { return in.refused(err) })
		}
		in.at, in.size = bytes.NewReader(raw), int64(len(raw))
	}
	return c.splitRecords(in, "", do, func(emit func(records.Record, error) bool) error {
		return read(in.at, in.size, c.columns, emit)
	})
}

// valid makes UTF-8 of a piece of metadata, in NFC.
func valid(text string) string {
	if isASCII(bytesOf(text)) {
		return text
	}
	return norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
}
