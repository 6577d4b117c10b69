package tables

import (
	"bufio"
	"compress/gzip"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/klauspost/compress/zstd"
)

// appendNumber writes a number with as many digits as give the same float64 again.
func appendNumber(to []byte, x float64, k kind) []byte {
	if k == whole {
		return strconv.AppendInt(to, int64(x), 10)
	}
	return strconv.AppendFloat(to, x, 'g', -1, 64)
}

// separated writes a line a row, with the names of the columns in the first.
type separated struct {
	out     *bufio.Writer
	columns []column
	comma   byte
	field   func(to []byte, s string) []byte
	line    []byte
}

// newCSV writes as RFC 4180 has it, but with bare line feeds: a field that holds a comma, a
// quote or an end of a line is quoted, and quotes in it are doubled. What a row has none
// of, and an empty text, are both empty.
func newCSV(out *bufio.Writer, columns []column) (sink, error) {
	s := &separated{out: out, columns: columns, comma: ',', field: appendQuoted}
	return s, s.header()
}

// newTSV writes tabs, ends of lines and backslashes in a field as \t, \n, \r and \\, as the
// program prints them and PostgreSQL's COPY and MySQL read them: a line is always a row.
func newTSV(out *bufio.Writer, columns []column) (sink, error) {
	s := &separated{out: out, columns: columns, comma: '\t', field: appendEscaped}
	return s, s.header()
}

func (s *separated) header() error {
	s.line = s.line[:0]
	for i, c := range s.columns {
		if i > 0 {
			s.line = append(s.line, s.comma)
		}
		s.line = s.field(s.line, c.name)
	}
	_, err := s.out.Write(append(s.line, '\n'))
	return err
}

func (s *separated) row(cells []cell) error {
	s.line = s.line[:0]
	for i, c := range cells {
		if i > 0 {
			s.line = append(s.line, s.comma)
		}
		if s.columns[i].kind == text {
			s.line = s.field(s.line, c.text)
		} else {
			s.line = appendNumber(s.line, c.number, s.columns[i].kind)
		}
	}
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
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(s, `"`, `""`)...)
	return append(to, '"')
}

var escapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func appendEscaped(to []byte, s string) []byte { return append(to, escapes.Replace(s)...) }

// jsonRows writes an object a row, its members in the order of the columns; null is what a
// row has none of.
type jsonRows struct {
	out            *bufio.Writer
	columns        []column
	names          [][]byte // as they stand before a value
	between, after string   // of objects
	line           []byte
}

// newJSONLines writes an object a line.
func newJSONLines(out *bufio.Writer, columns []column) (sink, error) {
	return newJSON(out, columns, "\n", "\n")
}

// newJSONArray writes one array.
func newJSONArray(out *bufio.Writer, columns []column) (sink, error) {
	out.WriteByte('[')
	return newJSON(out, columns, ",\n", "]\n")
}

func newJSON(out *bufio.Writer, columns []column, between, after string) (sink, error) {
	j := &jsonRows{out: out, columns: columns, between: between, after: after}
	for _, c := range columns {
		name, err := jsontext.AppendQuote(nil, c.name)
		if err != nil {
			return nil, err
		}
		j.names = append(j.names, append(name, ':', ' '))
	}
	return j, nil
}

func (j *jsonRows) row(cells []cell) (err error) {
	if len(j.line) > 0 {
		j.out.WriteString(j.between)
	}
	j.line = append(j.line[:0], '{')
	for i, c := range cells {
		if i > 0 {
			j.line = append(j.line, ',', ' ')
		}
		j.line = append(j.line, j.names[i]...)
		switch {
		case c.none:
			j.line = append(j.line, "null"...)
		case j.columns[i].kind == text:
			if j.line, err = jsontext.AppendQuote(j.line, c.text); err != nil {
				return err
			}
		default:
			j.line = appendNumber(j.line, c.number, j.columns[i].kind)
		}
	}
	j.line = append(j.line, '}')
	_, err = j.out.Write(j.line)
	return err
}

func (j *jsonRows) close() error {
	if len(j.line) > 0 || j.after != "\n" {
		j.out.WriteString(j.after)
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
