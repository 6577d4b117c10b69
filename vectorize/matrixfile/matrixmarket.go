package matrixfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// readMatrixMarket reads a matrix of documents by terms that was counted elsewhere.
//
// A MatrixMarket file is text. This is one of 3 documents and 4 terms:
//
//	%%MatrixMarket matrix coordinate integer general
//	% Lines that begin with % are comments. Rows, columns and entries:
//	3 4 5
//	1 1 2
//	1 3 1
//	2 2 4
//	3 2 1
//	3 4 1
//
// An entry is its row, its column and its value, counted from 1, in any order. Those
// that are given twice are added, as the format has it. A pattern file has no values:
// each entry is 1. Of the format's other kinds, dense arrays, complex numbers and halves
// of symmetric matrices, none is a table of counts; they are refused.
//
// Rows and columns without an entry keep their place; where a quarter of a million more are
// announced than there are entries, the file is at fault.
func readMatrixMarket(in *bufio.Reader, o Options) (*Matrix, error) {
	m := &matrixReader{in: in, options: o}
	return m.read(m.readKind, m.readSize, m.readEntries, m.checkFilled)
}

func (m *matrixReader) read(parts ...func() error) (*Matrix, error) {
	for _, part := range parts {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return m.matrix(), nil
}

const (
	// longestLine is the size of the buffer. Only comments may be longer.
	longestLine = 1 << 16
	// mostEmpty bounds the rows, and the columns, that have no entry for certain. Each
	// costs a hundred bytes, which a file of one line could ask for without end.
	mostEmpty = 1 << 18
)

// matrixReader is a MatrixMarket file being read.
type matrixReader struct {
	in      *bufio.Reader
	line    int // the number of the line at hand
	options Options

	pattern                bool // entries have no values
	rows, columns, entries int64
	announced              string // which lines say so, with the verb

	seen     int64 // entries, with those that are 0
	triplets triplets
}

// fault is an error of the line at hand.
func (m *matrixReader) fault(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", m.line, fmt.Errorf(format, args...))
}

// cutLine returns the next line without its end, or io.EOF. The bytes hold until the
// next call.
func (m *matrixReader) cutLine() ([]byte, error) {
	m.line++
	line, err := m.in.ReadSlice('\n')
	switch {
	case err == nil:
		return line[:len(line)-1], nil
	case err == io.EOF && len(line) > 0:
		return line, nil
	case err == io.EOF:
		return nil, io.EOF
	case !errors.Is(err, bufio.ErrBufferFull):
		return nil, m.fault("%w", err)
	case line[0] != '%':
		return nil, m.fault("longer than %d bytes: it is no entry", longestLine)
	}
	return m.skipComment()
}

// skipComment goes to the end of a comment that is longer than the buffer.
func (m *matrixReader) skipComment() ([]byte, error) {
	for {
		_, err := m.in.ReadSlice('\n')
		switch {
		case err == nil || err == io.EOF:
			return []byte("%"), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, m.fault("%w", err)
		}
	}
}

// next returns the next line that says something.
func (m *matrixReader) next() ([]byte, error) {
	for {
		line, err := m.cutLine()
		if err != nil {
			return nil, err
		}
		if line = skipBlanks(line); len(line) > 0 && line[0] != '%' {
			return line, nil
		}
	}
}

// header goes to the header, which comments and empty lines may stand before.
func (m *matrixReader) header() ([]byte, error) {
	for {
		line, err := m.cutLine()
		if err != nil && err != io.EOF {
			return nil, err
		}
		line = bytes.TrimSpace(bytes.TrimPrefix(line, byteOrderMark))
		switch {
		case isHeader(line):
			return line, nil
		case err == io.EOF, len(line) > 0 && line[0] != '%':
			return nil, m.fault("not a MatrixMarket file: it does not begin with %s", magic)
		}
	}
}

// readKind reads the header, and refuses what is no matrix of counts.
func (m *matrixReader) readKind() error {
	line, err := m.header()
	if err != nil {
		return err
	}
	words := strings.Fields(strings.ToLower(string(line)))
	if len(words) != 5 {
		return m.fault("%s: must be %q, or with real or pattern in place of integer", excerpt(line), magic+" matrix coordinate integer general")
	}
	return m.checkKind(words[1], words[2], words[3], words[4])
}

func (m *matrixReader) checkKind(object, format, field, symmetry string) error {
	m.pattern = field == "pattern"
	switch {
	case object != "matrix":
		return m.fault("it holds a %s: only a matrix can be read", excerpt([]byte(object)))
	case format != "coordinate":
		return m.fault("the format is %s: only coordinate can be read; write those entries that are not 0 (in SciPy: mmwrite(target, coo_array(m)))", excerpt([]byte(format)))
	case !slices.Contains([]string{"real", "double", "integer", "unsigned-integer", "pattern"}, field):
		return m.fault("the values are %s: only real, integer and pattern can be read; write them as real numbers", excerpt([]byte(field)))
	case symmetry != "general":
		return m.fault("the symmetry is %s: only general can be read; write all entries (in SciPy: mmwrite(target, m, symmetry=\"general\"))", excerpt([]byte(symmetry)))
	}
	return nil
}

// readSize reads the numbers of rows, columns and entries.
func (m *matrixReader) readSize() error {
	line, err := m.next()
	if err == io.EOF {
		return m.fault("the file ends before the size of the matrix")
	} else if err != nil {
		return err
	}
	m.announced = fmt.Sprintf("line %d announces", m.line)
	var ok [3]bool
	rest := line
	for i, n := range []*int64{&m.rows, &m.columns, &m.entries} {
		*n, rest, ok[i] = wholeNumber(rest)
	}
	if ok != [3]bool{true, true, true} || len(skipBlanks(rest)) > 0 {
		return m.fault("%s is no size: the numbers of rows, columns and entries must stand here", excerpt(line))
	}
	return m.checkSize()
}

func (m *matrixReader) checkSize() error {
	if m.rows < 1 || m.columns < 1 || m.rows > math.MaxInt32 || m.columns > math.MaxInt32 {
		return m.fault("a matrix of %d × %d: must have from 1 to %d rows, and columns", m.rows, m.columns, math.MaxInt32)
	}
	return m.checkTerms()
}

// shape is the numbers of documents and of terms.
func (m *matrixReader) shape() (documents, terms int64) {
	if m.options.Transpose {
		return m.columns, m.rows
	}
	return m.rows, m.columns
}

// checkTerms compares the size with the names of the terms.
func (m *matrixReader) checkTerms() error {
	named := int64(len(m.options.Terms))
	documents, terms := m.shape()
	hint := "add --transpose if documents are columns"
	if m.options.Transpose {
		hint = "leave out --transpose if documents are rows"
	}
	switch {
	case m.options.Terms == nil || named == terms:
		return nil
	case named == documents:
		return m.fault("the matrix has %d terms, the vocabulary %d, which is its number of documents: %s", terms, named, hint)
	}
	return m.fault("the matrix has %d terms, the vocabulary %d", terms, named)
}

func (m *matrixReader) readEntries() error {
	for {
		line, err := m.next()
		if err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		if m.seen == m.entries {
			return m.fault("one entry more than the %d that %s", m.entries, m.announced)
		}
		if err := m.readEntry(line); err != nil {
			return err
		}
		m.seen++
	}
	if m.seen < m.entries {
		return m.fault("the file ends after %d of the %d entries that %s", m.seen, m.entries, m.announced)
	}
	return nil
}

// readEntry keeps an entry unless it is 0.
func (m *matrixReader) readEntry(line []byte) error {
	row, rest, isRow := wholeNumber(line)
	column, rest, isColumn := wholeNumber(rest)
	field, rest := cutField(rest)
	if !isRow || !isColumn || (len(field) == 0) != m.pattern || len(skipBlanks(rest)) > 0 {
		return m.notEntry(line)
	}
	if row < 1 || row > m.rows {
		return m.fault("row %d: must be from 1 to %d, as %s", row, m.rows, m.announced)
	}
	if column < 1 || column > m.columns {
		return m.fault("column %d: must be from 1 to %d, as %s", column, m.columns, m.announced)
	}
	x, ok, tooLong := m.value(field)
	if !ok {
		return m.fault("the value %s: must be a number from 0 to %.2g", excerpt(field), math.MaxFloat32)
	} else if tooLong {
		return m.fault(tooLongFor, "value "+excerpt(field))
	}
	if x > 0 {
		m.keep(row, column, x)
	}
	return nil
}

// tooLongFor is the fault of a value whose last digits would be lost.
const tooLongFor = "the %s is a whole number above 2^53, of which the last digits would be lost; if they do not matter, write it with an exponent (9.01e15)"

// value is that of an entry.
func (m *matrixReader) value(field []byte) (x float64, ok, tooLong bool) {
	if m.pattern {
		return 1, true, false
	}
	return parseValue(field)
}

func (m *matrixReader) keep(row, column int64, x float64) {
	if m.options.Transpose {
		row, column = column, row
	}
	m.triplets.add(triplet{document: int32(row - 1), term: int32(column - 1), value: x})
}

func (m *matrixReader) notEntry(line []byte) error {
	if m.pattern {
		return m.fault("%s is no entry: a row and a column must stand here", excerpt(line))
	}
	return m.fault("%s is no entry: a row, a column and a value must stand here", excerpt(line))
}

// checkFilled refuses a size that the entries do not bear out. Terms that a vocabulary
// names need no entries for that.
func (m *matrixReader) checkFilled() error {
	n := int64(m.triplets.count)
	if n == 0 {
		return errNothing
	}
	most, terms := m.shape()
	if m.options.Terms == nil {
		most = max(most, terms)
	}
	if empty := most - n; empty > mostEmpty {
		return fmt.Errorf("%s %d rows and %d columns: by the number of entries at least %d of either are empty, and at most %d may be",
			m.announced, m.rows, m.columns, empty, mostEmpty)
	}
	return nil
}

// excerpt quotes the beginning of what a file holds.
func excerpt(text []byte) string {
	const most = 40
	text = bytes.TrimSpace(text)
	if len(text) > most {
		return fmt.Sprintf("%q…", text[:most])
	}
	return fmt.Sprintf("%q", text)
}

// matrix makes the matrix of what has been read.
func (m *matrixReader) matrix() *Matrix {
	documents, terms := m.shape()
	all := &Matrix{Documents: make([]Document, documents)}
	all.build(&m.triplets, m.options.names(int(terms)))
	return all
}
