// Package matrixfile reads and writes matrices of counts in the formats in which they are
// handed around: MatrixMarket, SVMlight, the "bag of words" of the UCI repository, and that of
// lda-c. All are text. It knows nothing of how texts are counted.
//
// Values are numbers from 0 to the largest of single precision. A whole number up to 2^53 is
// kept as it is; one that is larger and is written in digits alone is refused, since its last
// digits would be lost. Fractions are kept in single precision, as nmf keeps them. While
// reading, an entry takes 16 bytes, and no number in a file makes memory grow beyond what the
// file bears out.
package matrixfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/james-bowman/sparse"
	"klew/corpus/spelling"
)

// Format is a form of file.
type Format string

const (
	// MatrixMarket is a line for each entry, below a line that says what the file is.
	MatrixMarket Format = "mm"
	// SVMlight has a line for each document: a label, and a term and its value for each
	// entry.
	SVMlight Format = "svmlight"
	// UCI is the "bag of words" of the UCI repository: a line for each entry.
	UCI Format = "uci"
	// LDAC is that of David Blei's lda-c: a line for each document, with the number of
	// its terms, and a term and its count for each.
	LDAC Format = "ldac"
	// Triplets has a line for each entry: the name of the document (the row), of the term (the
	// column), and the value; see Cells.
	Triplets Format = "triplets"
)

// Formats lists every Format.
var Formats = []Format{MatrixMarket, SVMlight, UCI, LDAC, Triplets}

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	if err := spelling.OneOf(Format(name), Formats); err != nil {
		return "", err
	}
	return Format(name), nil
}

// Base is the number of the first term in an SVMlight file.
type Base int

const (
	// AnyBase goes by what the file says in a comment before its first document, as
	// scikit-learn's dump_svmlight_file does ("Column indices are zero-based"), and else by
	// whether a term 0 occurs.
	AnyBase Base = iota
	ZeroBased
	OneBased
)

// Options are the choices of reading a matrix. The zero value finds a MatrixMarket file, and
// names terms by number.
type Options struct {
	// Format is that of the file. Empty means to go by how it begins, which tells a
	// MatrixMarket file from others, but not the others from text.
	Format Format
	// Transpose says that the columns of a MatrixMarket file are documents, and its rows
	// terms.
	Transpose bool
	// Terms names the terms in the order of the matrix, as ReadTerms returns them; nil
	// names them by number: "term01" to "term55".
	Terms []string
	// Base is the number of the first term, of SVMlight only.
	Base Base
}

// Matrix is a matrix of counts.
type Matrix struct {
	// Terms names the rows of V, in byte order.
	Terms []string
	// Documents are the columns of V in the order of the file.
	Documents []Document
	// V has the value of each term in each document, all above 0, and the terms of a document
	// in the order of rows.
	V *sparse.CSC
	// Known says how often each cell stands in the file, also those of value 0; in Triplets
	// only, else nil.
	Known *sparse.CSC
	// Note says how the file was understood where that had to be found out: "terms are counted
	// from 0, as its header says"; empty where there is nothing to say.
	Note string
}

// Document is what the file says of one: SVMlight a label and a query, Triplets a name; empty
// where it says nothing.
type Document struct{ Label, Query, Name string }

// Read reads a matrix.
func Read(from io.Reader, o Options) (*Matrix, error) {
	if o.Transpose && o.Format != MatrixMarket && o.Format != "" {
		return nil, fmt.Errorf("a matrix cannot be transposed in the format %s: its lines are documents", o.Format)
	}
	if o.Base != AnyBase && o.Format != SVMlight {
		return nil, errors.New("only in the format svmlight may terms be counted from 0 or from 1; the others say it themselves")
	}
	switch o.Format {
	case MatrixMarket:
		return readMatrixMarket(bufio.NewReaderSize(from, longestLine), o)
	case SVMlight:
		return readSVMlight(from, o)
	case UCI:
		return readUCI(from, o)
	case LDAC:
		return readLDAC(from, o)
	case Triplets:
		return readCells(from)
	case "":
		in := bufio.NewReaderSize(from, longestLine)
		head, err := in.Peek(HeadSize)
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("line 1: %w", err)
		}
		if !IsMatrixMarket(head) {
			return nil, fmt.Errorf("not a MatrixMarket file: it does not begin with %s; name another format", magic)
		}
		return readMatrixMarket(in, o)
	}
	return nil, fmt.Errorf("matrix format %w", spelling.OneOf(o.Format, Formats))
}

// HeadSize is how much of a file IsMatrixMarket looks at.
const HeadSize = 4096

// magic is what a MatrixMarket file begins with, in capitals or not.
const magic = "%%MatrixMarket"

// IsMatrixMarket reports whether a file that begins so is a MatrixMarket file. Editors and
// programs leave a byte order mark, blanks, empty lines or comments before the header, and
// some write it with a single %.
func IsMatrixMarket(head []byte) bool {
	head = bytes.TrimPrefix(head[:min(len(head), HeadSize)], byteOrderMark)
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		if isHeader(line) {
			return true
		}
		if len(line) > 0 && line[0] != '%' {
			return false
		}
	}
	return false
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// isHeader tells the line that says what a MatrixMarket file holds.
func isHeader(line []byte) bool {
	words := bytes.Fields(line[:min(len(line), 2*len(magic))])
	if len(words) == 0 {
		return false
	}
	name, percent := bytes.CutPrefix(words[0], []byte("%"))
	return percent && bytes.EqualFold(bytes.TrimPrefix(name, []byte("%")), []byte("MatrixMarket"))
}

// build makes the matrix of entries that have come in any order.
func (m *Matrix) build(entries *triplets, names []string) {
	var rows []int32
	m.Terms, rows = sortedTerms(names)
	m.V = entries.matrix(len(m.Documents), rows)
}

// names are those of so many terms. Those given may be more.
func (o *Options) names(terms int) []string {
	if o.Terms == nil {
		return numberedTerms(terms)
	}
	return o.Terms
}

// errNothing is returned where no entry is above 0.
var errNothing = errors.New("no entry of the matrix is above 0: there is nothing to count")
