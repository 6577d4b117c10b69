package tables

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/parquet-go/parquet-go"
)

// got is a table as it has been read: texts, float64s, and nil for what a row has none of.
type got struct {
	columns []string
	rows    [][]any
}

// The readers here are small and read what the formats say, not what the writers do.

// readCSV reads RFC 4180: Go's own reader turns CR LF within quotes into LF.
func readCSV(data string) (fields [][]string) {
	var row []string
	var field strings.Builder
	inside := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inside && c == '"' && i+1 < len(data) && data[i+1] == '"':
			field.WriteByte('"')
			i++
		case c == '"':
			inside = !inside
		case !inside && (c == ',' || c == '\n'):
			row = append(row, field.String())
			field.Reset()
			if c == '\n' {
				fields, row = append(fields, row), nil
			}
		default:
			field.WriteByte(c)
		}
	}
	return fields
}

var tsvUnescapes = strings.NewReplacer(`\\`, "\\", `\t`, "\t", `\n`, "\n", `\r`, "\r")

// readTSV reads lines as pandas and R do, with a quotation where a field begins with a mark.
func readTSV(data string) (fields [][]string, err error) {
	for line := range strings.Lines(data) {
		r := csv.NewReader(strings.NewReader(line))
		r.Comma = '\t'
		row, err := r.Read()
		if err == io.EOF { // an empty line, of one field
			row, err = []string{""}, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range row {
			row[i] = tsvUnescapes.Replace(row[i])
		}
		fields = append(fields, row)
	}
	return fields, nil
}

// typed makes numbers of the columns that hold them. An empty text and none are the same.
func typed(fields [][]string, t *Table) (got, error) {
	g := got{columns: fields[0]}
	for _, line := range fields[1:] {
		if len(line) != len(t.Columns) {
			return g, fmt.Errorf("a row of %d columns, not %d: %q", len(line), len(t.Columns), line)
		}
		row := make([]any, len(line))
		for i, c := range t.Columns {
			if c.Kind.isText() {
				row[i] = line[i]
				continue
			}
			if line[i] == "" && c.Lacking {
				continue
			}
			x, err := strconv.ParseFloat(line[i], 64)
			if err != nil {
				return g, err
			}
			row[i] = x
		}
		g.rows = append(g.rows, row)
	}
	return g, nil
}

// readJSON reads a sequence of objects, their members in order.
func readJSON(data []byte) (g got, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))
	for {
		token, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return g, err
		}
		if token.Kind() != '{' {
			continue // the array around them
		}
		g.columns = nil
		var row []any
		for d.PeekKind() != '}' {
			name, err := d.ReadToken()
			if err != nil {
				return g, err
			}
			g.columns = append(g.columns, name.String())
			value, err := d.ReadToken()
			if err != nil {
				return g, err
			}
			switch value.Kind() {
			case 'n':
				row = append(row, nil)
			case '[':
				items, err := readJSONList(d)
				if err != nil {
					return g, err
				}
				row = append(row, items)
			case '"':
				row = append(row, value.String())
			default:
				x, err := value.Float()
				if err != nil {
					return g, err
				}
				row = append(row, x)
			}
		}
		g.rows = append(g.rows, row)
	}
}

// readJSONList reads a list of texts whose bracket has been read.
func readJSONList(d *jsontext.Decoder) (items []string, err error) {
	for {
		token, err := d.ReadToken()
		if err != nil || token.Kind() == ']' {
			return items, err
		}
		items = append(items, token.String())
	}
}

func readParquet(data []byte) (g got, err error) {
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return g, err
	}
	for _, field := range f.Schema().Fields() {
		g.columns = append(g.columns, field.Name())
	}
	for _, group := range f.RowGroups() {
		rows, buffer := group.Rows(), make([]parquet.Row, 10)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				cells := make([]any, len(row))
				for _, v := range row {
					cells[v.Column()] = ofParquet(v)
				}
				g.rows = append(g.rows, cells)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return g, err
			}
		}
		if err := rows.Close(); err != nil {
			return g, err
		}
	}
	return g, nil
}

func ofParquet(v parquet.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == parquet.Int64:
		return float64(v.Int64())
	case v.Kind() == parquet.Double:
		return v.Double()
	}
	return string(v.ByteArray())
}

// same compares a table with what has been read of it.
func same(t fataler, name string, g got, want *Table, blankIsNone bool) {
	t.Helper()
	if a, b := fmt.Sprintf("%q", g.columns), fmt.Sprintf("%q", namesOf(want.Columns)); a != b && (len(g.rows) > 0 || g.columns != nil) {
		t.Fatalf("%s: the columns are %s, not %s", name, a, b)
	}
	n := 0
	for cells := range want.Rows {
		if n == len(g.rows) {
			t.Fatalf("%s: there are only %d rows", name, n)
		}
		for i := range cells {
			if !equal(g.rows[n][i], &cells[i], &want.Columns[i], blankIsNone) {
				t.Fatalf("%s: row %d, column %q: %.100q is not %.100v", name, n, want.Columns[i].Name, fmt.Sprint(g.rows[n][i]), cells[i])
			}
		}
		n++
	}
	if n != len(g.rows) {
		t.Fatalf("%s: there are %d rows, not %d", name, len(g.rows), n)
	}
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// equal compares a value as it was read with a cell. A number that is written in single
// precision is as near as that.
func equal(got any, want *Cell, in *Column, blankIsNone bool) bool {
	if got == nil || got == "" && blankIsNone {
		return want.None || blankIsNone && in.Kind.isText() && want.asText(in) == ""
	}
	if want.None {
		return false
	}
	switch got := got.(type) {
	case string:
		return in.Kind.isText() && got == want.asText(in)
	case []string:
		return slices.Equal(got, want.List)
	case float64:
		switch in.Kind {
		case Whole:
			return got == float64(want.Whole)
		case Number, percent:
			return math.Float32bits(float32(got)) == math.Float32bits(float32(want.Number))
		}
		return math.Float64bits(got) == math.Float64bits(want.Number)
	}
	return false
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
