package matrixfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Cell is a line of a file of triplets: a row, a column and, if there is a third field, the value.
type Cell struct {
	Row, Column string
	Value       float64
	HasValue    bool
	// Third is the third field where it is no number, as in a header.
	Third string
	Line  int
}

// Cells reads lines of a row's name, a column's name and perhaps a value, as programs
// export ratings: with commas, semicolons, tabs, bars or "::" between them, whichever the first line
// has most of, and further fields, which are not looked at. Empty lines are skipped. each is
// called for each line until it returns an error.
func Cells(from io.Reader, each func(c Cell) error) error {
	in := bufio.NewReaderSize(from, longestLine)
	if head, _ := in.Peek(len(byteOrderMark)); bytes.Equal(head, byteOrderMark) {
		in.Discard(len(byteOrderMark))
	}
	first, err := in.Peek(HeadSize)
	if err != nil && err != io.EOF {
		return err
	}
	comma, source := delimiterOf(first), io.Reader(in)
	if comma == 0 {
		comma, source = '\t', &doubleColons{from: bufio.NewScanner(in)}
	}
	r := csv.NewReader(source)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if len(fields) < 2 {
			return fmt.Errorf("line %d has one field: a row, a column and a value are wanted, with a comma, a semicolon, a tab or a bar between them", line)
		}
		if err := each(cellOf(fields, comma, line)); err != nil {
			return err
		}
	}
}

// delimiterOf is what stands between fields, 0 for "::".
func delimiterOf(head []byte) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(string(head), "\r\n"), "\n")
	if strings.Count(line, "::") >= 1 {
		return 0
	}
	best, most := ',', 0
	for _, c := range "\t;|," {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// doubleColons has tabs in the place of "::".
type doubleColons struct {
	from *bufio.Scanner
	left []byte
}

func (d *doubleColons) Read(p []byte) (int, error) {
	if len(d.left) == 0 {
		if !d.from.Scan() {
			if err := d.from.Err(); err != nil {
				return 0, err
			}
			return 0, io.EOF
		}
		d.left = append(bytes.ReplaceAll(d.from.Bytes(), []byte("::"), []byte("\t")), '\n')
	}
	n := copy(p, d.left)
	d.left = d.left[n:]
	return n, nil
}

func cellOf(fields []string, comma rune, line int) Cell {
	c := Cell{Row: strings.Clone(strings.TrimSpace(fields[0])), Column: strings.Clone(strings.TrimSpace(fields[1])), Line: line}
	if len(fields) < 3 {
		return c
	}
	text := strings.TrimSpace(fields[2])
	if comma != ',' {
		text = strings.Replace(text, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(text, 64)
	if c.Value, c.HasValue = x, err == nil; err != nil {
		c.Third = strings.Clone(text)
	}
	return c
}

// cellReader gathers triplets.
type cellReader struct {
	m              *Matrix
	rows, columns  map[string]int32
	names          []string
	values, places triplets
}

// readCells reads a file of triplets. Its rows are documents, its columns terms. A first line
// whose third field is no number is a header.
func readCells(from io.Reader) (*Matrix, error) {
	r := &cellReader{m: &Matrix{}, rows: map[string]int32{}, columns: map[string]int32{}}
	first := true
	err := Cells(from, func(c Cell) error {
		defer func() { first = false }()
		if first && !c.HasValue && c.Third != "" {
			r.m.Note = fmt.Sprintf("line %d is taken for a header: %s, %s, %s", c.Line, c.Row, c.Column, c.Third)
			return nil
		}
		return r.add(c)
	})
	if err != nil {
		return nil, err
	}
	if r.values.count == 0 {
		return nil, errNothing
	}
	r.m.build(&r.values, r.names)
	_, order := sortedTerms(r.names)
	r.m.Known = r.places.matrix(len(r.m.Documents), order)
	return r.m, nil
}

func (r *cellReader) add(c Cell) error {
	switch {
	case !c.HasValue:
		return fmt.Errorf("line %d: the third field must be a number, and is %q", c.Line, c.Third)
	case !(c.Value >= 0) || math.IsInf(c.Value, 1):
		return fmt.Errorf("line %d: the value is %v: it must be finite and not negative", c.Line, c.Value)
	case c.Row == "" || c.Column == "":
		return fmt.Errorf("line %d: a row or a column has no name", c.Line)
	}
	row, known := r.rows[c.Row]
	if !known {
		if len(r.rows) == math.MaxInt32 {
			return errors.New("there are more than 2,147,483,647 rows")
		}
		row = int32(len(r.rows))
		r.rows[c.Row] = row
		r.m.Documents = append(r.m.Documents, Document{Name: c.Row})
	}
	column, known := r.columns[c.Column]
	if !known {
		column = int32(len(r.names))
		r.columns[c.Column] = column
		r.names = append(r.names, c.Column)
	}
	r.places.add(triplet{row, column, 1})
	if c.Value > 0 {
		r.values.add(triplet{row, column, c.Value})
	}
	return nil
}
