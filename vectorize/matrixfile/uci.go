package matrixfile

import (
	"bufio"
	"fmt"
	"io"
)

// readUCI reads a "bag of words" as those of the UCI repository (docword.kos.txt, with
// the terms in vocab.kos.txt). This is one of 3 documents, 4 terms and 5 entries:
//
//	3
//	4
//	5
//	1 1 2
//	1 3 1
//	2 2 4
//	3 2 1
//	3 4 1
//
// An entry is its document, its term and its count, counted from 1, in any order. It is
// a MatrixMarket file with another beginning, and read as such.
func readUCI(from io.Reader, o Options) (*Matrix, error) {
	m := &matrixReader{in: bufio.NewReaderSize(from, longestLine), options: o}
	return m.read(m.readNumbers, m.readEntries, m.checkFilled)
}

// readNumbers reads the three lines that the file begins with.
func (m *matrixReader) readNumbers() error {
	first := 0
	for i, n := range []*int64{&m.rows, &m.columns, &m.entries} {
		what := []string{"documents", "terms", "entries"}[i]
		line, err := m.next()
		if err == io.EOF {
			return m.fault("the file ends before the number of %s", what)
		} else if err != nil {
			return err
		}
		var rest []byte
		var ok bool
		if *n, rest, ok = wholeNumber(line); !ok || len(skipBlanks(rest)) > 0 {
			return m.fault("%s is not the number of %s, which must stand here alone", excerpt(line), what)
		}
		if i == 0 {
			first = m.line
		}
	}
	m.announced = fmt.Sprintf("lines %d to %d announce", first, m.line)
	return m.checkSize()
}
