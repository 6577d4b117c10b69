package tables

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/zstd"
)

// appendNumber writes a number with the fewest digits that give it again: the same number of
// single precision if single is set, else of double. What is far from 1 has an exponent.
func appendNumber(to []byte, x float64, single bool) []byte {
	bits, form := 64, byte('f')
	if single {
		bits = 32
	}
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		form = 'e'
	}
	return strconv.AppendFloat(to, x+0, form, -1, bits) // + 0 makes -0 of 0
}

// AppendNumber writes a number with the digits of single precision, as columns of numbers have
// it.
func AppendNumber(to []byte, x float64) []byte { return appendNumber(to, x, true) }

// appendCell writes a value that is no text, as its column has it.
func appendCell(to []byte, c *Cell, k Kind) []byte {
	switch k {
	case Whole:
		return strconv.AppendUint(to, c.Whole, 10)
	case Truth:
		return strconv.AppendBool(to, c.Whole > 0)
	case exact, date, moment:
		return appendNumber(to, c.Number, false)
	}
	return AppendNumber(to, c.Number)
}

// asText is a text or a list as one text.
func (c *Cell) asText(in *Column) string {
	if in.Kind == Text {
		return c.Text
	}
	return strings.Join(c.List, cmp.Or(in.Between, " "))
}

// Line is a value as text, as TSV has it before escaping; empty where there is none.
func (c *Cell) Line(in *Column) string {
	switch {
	case c.None:
		return ""
	case in.Kind.isText():
		return c.asText(in)
	}
	return string(appendCell(nil, c, in.Kind))
}

// Write writes a table in a format of lines: TSV, CSV, JSON, or JSON Lines.
func Write(to io.Writer, f Format, t *Table) error {
	out := bufio.NewWriterSize(to, 1<<16)
	rows, err := lineSink(out, f, t.Columns)
	if err != nil {
		return err
	}
	for row := range t.Rows {
		if err := rows.row(row); err != nil {
			return err
		}
	}
	return rows.close()
}

// Heading is the first line of a table in TSV, by which a file of it is known.
func Heading(t *Table) string {
	names := namesOf(t.Columns)
	for i, name := range names {
		names[i] = string(appendEscaped(nil, name))
	}
	return strings.Join(names, "\t")
}

// lineSink is the sink of a format of lines.
func lineSink(out *bufio.Writer, f Format, columns []Column) (sink, error) {
	switch f {
	case CSV:
		return newCSV(out, columns)
	case TSV:
		return newTSV(out, columns)
	case JSONLines:
		return newJSON(out, columns, jsonLines)
	}
	return newJSON(out, columns, jsonArray)
}

// sink takes the rows of one table in one format.
type sink interface {
	row(cells []Cell) error
	close() error
}

// separated writes a line a row, with the names of the columns in the first.
type separated struct {
	out     *bufio.Writer
	columns []Column
	comma   byte
	field   func(to []byte, s string) []byte
	line    []byte
}

// newCSV writes as RFC 4180 has it, but with bare line feeds: a field that holds a comma, a
// quote or an end of a line is quoted, and quotes in it are doubled. What a row has none
// of, and an empty text, are both empty.
func newCSV(out *bufio.Writer, columns []Column) (sink, error) {
	s := &separated{out: out, columns: columns, comma: ',', field: appendQuoted}
	return s, s.header()
}

// newTSV writes tabs, ends of lines and backslashes in a field as \t, \n, \r and \\, so that a
// line is always a row. A field that holds a quotation mark is quoted as in CSV: pandas, R
// and spreadsheets take a mark at the beginning of a field for the begin of a quotation
// also where fields are separated by tabs, and read on over the ends of lines.
func newTSV(out *bufio.Writer, columns []Column) (sink, error) {
	s := &separated{out: out, columns: columns, comma: '\t', field: appendEscaped}
	return s, s.header()
}

func (s *separated) header() error {
	s.line = s.line[:0]
	for i := range s.columns {
		s.next(i)
		s.line = s.field(s.line, s.columns[i].Name)
	}
	return s.end()
}

func (s *separated) row(cells []Cell) error {
	s.line = s.line[:0]
	for i := range cells {
		s.next(i)
		switch c, in := &cells[i], &s.columns[i]; {
		case c.None:
		case in.Kind.isText():
			s.line = s.field(s.line, c.asText(in))
		default:
			s.line = appendCell(s.line, c, in.Kind)
		}
	}
	return s.end()
}

// next separates field i from the one before.
func (s *separated) next(i int) {
	if i > 0 {
		s.line = append(s.line, s.comma)
	}
}

func (s *separated) end() error {
	s.line = append(s.line, '\n')
	_, err := s.out.Write(s.line)
	return err
}

func (s *separated) close() error { return s.out.Flush() }

// appendQuoted quotes what needs it. Some programs take blanks off the ends of what is not
// in quotes.
func appendQuoted(to []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		return append(to, s...)
	}
	return appendMarked(to, s)
}

func appendMarked(to []byte, s string) []byte {
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(s, `"`, `""`)...)
	return append(to, '"')
}

var escapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func appendEscaped(to []byte, s string) []byte {
	s = escapes.Replace(s)
	if strings.Contains(s, `"`) {
		return appendMarked(to, s)
	}
	return append(to, s...)
}

// jsonRows writes an object a row, its members in the order of the columns; null is what a
// row has none of.
type jsonRows struct {
	out     *bufio.Writer
	columns []Column
	names   [][]byte // as they stand before a value
	layout  jsonLayout
	begun   bool
	line    []byte
}

// jsonLayout is what stands around objects.
type jsonLayout struct{ before, between, after, empty string }

var (
	// jsonLines is an object a line, and jsonArray one array, with an object a line.
	jsonLines = jsonLayout{between: "\n", after: "\n"}
	jsonArray = jsonLayout{"[\n ", ",\n ", "\n]\n", "[]\n"}
)

func newJSON(out *bufio.Writer, columns []Column, layout jsonLayout) (sink, error) {
	j := &jsonRows{out: out, columns: columns, layout: layout}
	for _, c := range columns {
		name, err := jsontext.AppendQuote(nil, c.Name)
		if err != nil {
			return nil, err
		}
		j.names = append(j.names, append(name, ':', ' '))
	}
	return j, nil
}

func (j *jsonRows) row(cells []Cell) (err error) {
	if j.begun {
		j.line = append(j.line[:0], j.layout.between...)
	} else {
		j.line = append(j.line[:0], j.layout.before...)
	}
	j.begun = true
	j.line = append(j.line, '{')
	for i := range cells {
		if i > 0 {
			j.line = append(j.line, ',', ' ')
		}
		j.line = append(j.line, j.names[i]...)
		if j.line, err = appendJSON(j.line, &cells[i], j.columns[i].Kind); err != nil {
			return err
		}
	}
	_, err = j.out.Write(append(j.line, '}'))
	return err
}

// appendJSON writes a value.
func appendJSON(to []byte, c *Cell, k Kind) ([]byte, error) {
	switch {
	case c.None:
		return append(to, "null"...), nil
	case k == Text:
		return jsontext.AppendQuote(to, c.Text)
	case k == List || k == Wholes:
		return appendJSONList(to, c.List, k)
	}
	return appendCell(to, c, k), nil
}

func appendJSONList(to []byte, items []string, k Kind) (_ []byte, err error) {
	to = append(to, '[')
	for i, item := range items {
		if i > 0 {
			to = append(to, ',', ' ')
		}
		if k == Wholes {
			to = append(to, item...)
		} else if to, err = jsontext.AppendQuote(to, item); err != nil {
			return nil, err
		}
	}
	return append(to, ']'), nil
}

func (j *jsonRows) close() error {
	if j.begun {
		j.out.WriteString(j.layout.after)
	} else {
		j.out.WriteString(j.layout.empty)
	}
	return j.out.Flush()
}

// Packed packs what is written to a file as the ending of its name has it: .gz in gzip,
// .zst in zstd, and any other not at all. To close it does not close what is below.
func Packed(to io.Writer, path string) (io.WriteCloser, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gz":
		return gzip.NewWriter(to), nil
	case ".zst":
		return zstd.NewWriter(to, zstd.WithEncoderConcurrency(1))
	}
	return asIs{to}, nil
}

type asIs struct{ io.Writer }

func (asIs) Close() error { return nil }
