package tables

import (
	"archive/zip"
	"bufio"
	"bytes"
	"database/sql"
	"encoding/binary"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
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

// readXLSX reads the sheets of a workbook, with long texts put together again.
func readXLSX(data []byte) (sheets map[string]*got, order []string, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, err
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readXMLPart(z, "xl/workbook.xml", &book); err != nil {
		return nil, nil, err
	}
	sheets = make(map[string]*got)
	for i, s := range book.Sheets {
		g, err := readSheet(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return nil, nil, err
		}
		sheets[s.Name] = g
		order = append(order, s.Name)
	}
	return sheets, order, joinLong(sheets)
}

func readXMLPart(z *zip.Reader, name string, to any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewDecoder(f).Decode(to)
}

func readSheet(z *zip.Reader, name string) (*got, error) {
	var s struct {
		Rows []struct {
			Cells []struct {
				At    string `xml:"r,attr"`
				Type  string `xml:"t,attr"`
				Value string `xml:"v"`
				Text  string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := readXMLPart(z, name, &s); err != nil {
		return nil, err
	}
	g := &got{}
	for n, row := range s.Rows {
		var cells []any
		for _, c := range row.Cells {
			column := columnOf(c.At)
			for len(cells) <= column {
				cells = append(cells, nil)
			}
			if c.Type == "inlineStr" {
				if units(c.Text) > excel.units+6*strings.Count(c.Text, "_x") {
					return nil, fmt.Errorf("cell %s has %d units", c.At, units(c.Text))
				}
				cells[column] = unescapeXLSX(c.Text)
			} else if x, err := strconv.ParseFloat(c.Value, 64); err == nil {
				cells[column] = x
			} else {
				return nil, fmt.Errorf("cell %s: %w", c.At, err)
			}
		}
		if n == 0 {
			for _, c := range cells {
				g.columns = append(g.columns, c.(string))
			}
			continue
		}
		for len(cells) < len(g.columns) {
			cells = append(cells, nil)
		}
		g.rows = append(g.rows, cells)
	}
	return g, nil
}

func columnOf(at string) int {
	n := 0
	for _, c := range at {
		if c < 'A' {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescapeXLSX(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16)
		return string(rune(n))
	})
}

// joinLong puts the long texts back, from as many sheets as they have.
func joinLong(sheets map[string]*got) error {
	name := longTexts
	for n := 2; sheets[name] != nil; n++ {
		for _, row := range sheets[name].rows {
			s := sheets[row[0].(string)]
			cell := &s.rows[int(row[1].(float64))-2][indexOf(s.columns, row[2].(string))]
			if row[3] == 1.0 {
				begins, ok := strings.CutSuffix((*cell).(string), cutMark)
				if !ok || !strings.HasPrefix(row[4].(string), begins) {
					return fmt.Errorf("the cell does not begin as the long text: %.50q, %.50q", *cell, row[4])
				}
				*cell = ""
			}
			*cell = (*cell).(string) + row[4].(string)
		}
		name = fmt.Sprintf("%s (%d)", longTexts, n)
	}
	return nil
}

func indexOf(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}

// databaseTables are the tables with names in the place of ids.
var databaseTables = map[Name]string{
	topicsName:         "SELECT * FROM topics ORDER BY topic",
	documentsName:      "SELECT * FROM documents ORDER BY id",
	documentTopicsName: "SELECT d.document, x.topic, t.label, x.proportion, x.weight FROM document_topics x JOIN documents d ON d.id = x.document JOIN topics t ON t.topic = x.topic ORDER BY d.id, x.topic",
	topicTermsName:     "SELECT x.topic, x.rank, t.term, t.stem, x.weight, x.count FROM topic_terms x JOIN terms t ON t.id = x.term ORDER BY x.topic, x.rank",
	termsName:          "SELECT * FROM terms ORDER BY id",
}

func readDatabase(path string, query string) (g got, err error) {
	db, err := sql.Open("sqlite", location(path))
	if err != nil {
		return g, err
	}
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		return g, err
	}
	defer rows.Close()
	if g.columns, err = rows.Columns(); err != nil {
		return g, err
	}
	for rows.Next() {
		row, to := make([]any, len(g.columns)), make([]any, len(g.columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return g, err
		}
		for i := range row {
			if n, ok := row[i].(int64); ok {
				row[i] = float64(n)
			}
		}
		g.rows = append(g.rows, row)
	}
	if g.columns[0] == "id" {
		g.columns = g.columns[1:]
		for i := range g.rows {
			g.rows[i] = g.rows[i][1:]
		}
	}
	return g, rows.Err()
}

// array is one of NumPy's: its shape, and numbers or texts in the order of the file.
type array struct {
	header  string
	numbers []float64
	texts   []string
}

var numpyHeader = regexp.MustCompile(`^\{'descr': '[<|](..*?)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n$`)

func readNpz(data []byte) (map[string]array, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	arrays := map[string]array{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		name, isArray := strings.CutSuffix(f.Name, ".npy")
		if !isArray {
			return nil, fmt.Errorf("%s is no array", f.Name)
		}
		if arrays[name], err = readNpy(content); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return arrays, nil
}

func readNpy(data []byte) (a array, err error) {
	if !bytes.HasPrefix(data, []byte("\x93NUMPY\x01\x00")) {
		return a, errors.New("it does not begin as an array")
	}
	end := 10 + int(binary.LittleEndian.Uint16(data[8:]))
	parts := numpyHeader.FindStringSubmatch(string(data[10:end]))
	if parts == nil || end%64 != 0 {
		return a, fmt.Errorf("its header is %q", data[10:end])
	}
	a.header = strings.Join(parts[1:], " ")
	r := bufio.NewReader(bytes.NewReader(data[end:]))
	for {
		var err error
		switch kind := parts[1]; kind {
		case "f4":
			var x float32
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		case "f8":
			var x float64
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, x)
		case "u1":
			var x uint8
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		case "i8":
			var x int64
			err = binary.Read(r, binary.LittleEndian, &x)
			a.numbers = append(a.numbers, float64(x))
		default:
			width, _ := strconv.Atoi(kind[1:])
			item := make([]rune, width)
			err = binary.Read(r, binary.LittleEndian, item)
			a.texts = append(a.texts, strings.TrimRight(string(item), "\x00"))
		}
		if err != nil {
			a.numbers, a.texts = a.numbers[:max(0, len(a.numbers)-1)], a.texts[:max(0, len(a.texts)-1)]
			if errors.Is(err, io.EOF) {
				return a, nil
			}
			return a, err
		}
	}
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
