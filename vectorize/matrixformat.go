package vectorize

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// MatrixFormat is a form in which matrices of counts are handed around. All are text.
type MatrixFormat string

const (
	// MatrixMarket is that of ReadMatrixMarket.
	MatrixMarket MatrixFormat = "mm"
	// SVMlight has a line for each document: a label, and a term and its value for each
	// entry (ReadSVMlight).
	SVMlight MatrixFormat = "svmlight"
	// UCI is the "bag of words" of the UCI repository: a line for each entry
	// (ReadUCI).
	UCI MatrixFormat = "uci"
	// LDAC is that of David Blei's lda-c: a line for each document, with the number of
	// its terms, and a term and its count for each (ReadLDAC).
	LDAC MatrixFormat = "ldac"
)

// MatrixFormats lists every MatrixFormat.
var MatrixFormats = []MatrixFormat{MatrixMarket, SVMlight, UCI, LDAC}

// MatrixOptions are the choices of reading a matrix. The zero value finds a MatrixMarket
// file, and names terms by number.
type MatrixOptions struct {
	// Format is that of the file. Empty means to go by how it begins, which tells a
	// MatrixMarket file from others, but not the others from text.
	Format MatrixFormat
	// Transpose says that the columns of a MatrixMarket file are documents, and its rows
	// terms.
	Transpose bool
	// Terms names the terms in the order of the matrix, as ReadTerms returns them; nil
	// names them by number: "term01" to "term55".
	Terms []string
}

// ReadMatrix reads a matrix of counts. As ReadMatrixMarket says of its own: values are
// numbers from 0, and kept in single precision; an entry takes 12 bytes while reading; no
// number in a file makes memory grow beyond what the file bears out.
func ReadMatrix(from io.Reader, o MatrixOptions) (*Table, error) {
	if o.Transpose && o.Format != MatrixMarket && o.Format != "" {
		return nil, fmt.Errorf("a matrix cannot be transposed in the format %s: its lines are documents", o.Format)
	}
	switch o.Format {
	case MatrixMarket:
		return ReadMatrixMarket(from, o)
	case SVMlight:
		return ReadSVMlight(from, o)
	case UCI:
		return ReadUCI(from, o)
	case LDAC:
		return ReadLDAC(from, o)
	case "":
		in := bufio.NewReader(from)
		head, err := in.Peek(len(MatrixMarketMagic))
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("line 1: %w", err)
		}
		if !strings.EqualFold(string(head), MatrixMarketMagic) {
			return nil, fmt.Errorf("not a MatrixMarket file: it does not begin with %s; name another format", MatrixMarketMagic)
		}
		return ReadMatrixMarket(in, o)
	}
	return nil, fmt.Errorf("the matrix format %q: must be one of %v", o.Format, MatrixFormats)
}

// names are those of so many terms. Those given may be more.
func (o *MatrixOptions) names(terms int) []string {
	if o.Terms == nil {
		return numberedTerms(terms)
	}
	return o.Terms
}

// of makes the vocabulary and V from entries that have come in any order.
func (t *Table) of(entries *triplets, names []string) {
	var rows []int32
	t.Vocabulary, rows = newVocabulary(names, len(t.Documents))
	t.V = entries.matrix(len(t.Documents), rows)
	t.addUp()
}

// addUp takes what is said of documents and terms from V.
func (t *Table) addUp() {
	terms, sums := t.Vocabulary.Terms, make([]float64, len(t.Vocabulary.Terms))
	v := t.V.RawMatrix()
	for d := range t.Documents {
		sum := 0.0
		for e := v.Indptr[d]; e < v.Indptr[d+1]; e++ {
			i, x := v.Ind[e], v.Data[e]
			terms[i].DF++
			sums[i] += x
			sum += x
		}
		t.Documents[d].Tokens = tokens(sum)
	}
	for i := range terms {
		terms[i].Count = tokens(sums[i])
		terms[i].Forms = []Form{{terms[i].Stem, terms[i].Count}}
	}
}

// tokens rounds a sum of entries to a number that every machine can hold. A little is
// not nothing.
func tokens(sum float64) int {
	if sum == 0 {
		return 0
	}
	return int(min(max(math.Round(sum), 1), math.MaxInt32))
}

// errNothing is returned where no entry is above 0.
var errNothing = errors.New("no entry of the matrix is above 0: there is nothing to count")

// ParseMatrixFormat reads the name of a format.
func ParseMatrixFormat(name string) (MatrixFormat, error) {
	if f := MatrixFormat(name); slices.Contains(MatrixFormats, f) {
		return f, nil
	}
	return "", fmt.Errorf("%q is no format of a matrix: must be one of %v", name, MatrixFormats)
}
