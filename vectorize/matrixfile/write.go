package matrixfile

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"

	"klew/corpus/spelling"
)

// Write writes a matrix in a format. Documents are rows, or lines, in their order; terms are
// in the order of Terms. SVMlight has a document's label if that is a number, else 0. UCI and
// LDAC hold whole numbers only, and refuse others.
func (m *Matrix) Write(to io.Writer, format Format) error {
	w := &matrixWriter{to: bufio.NewWriterSize(to, 1<<16), matrix: m}
	write := map[Format]func(){MatrixMarket: w.market, SVMlight: w.svmlight, UCI: w.uci, LDAC: w.ldac, Triplets: w.cells}[format]
	if write == nil {
		return fmt.Errorf("matrix format %w", spelling.OneOf(format, Formats))
	}
	if err := w.check(format); err != nil {
		return err
	}
	write()
	return w.to.Flush()
}

// matrixWriter writes a matrix. Flush has the first error.
type matrixWriter struct {
	to     *bufio.Writer
	matrix *Matrix
	text   []byte
}

// whole says whether all values are whole numbers.
func (w *matrixWriter) whole() bool {
	for _, x := range w.matrix.V.RawMatrix().Data {
		if x != math.Trunc(x) {
			return false
		}
	}
	return true
}

func (w *matrixWriter) check(format Format) error {
	if (format == UCI || format == LDAC) && !w.whole() {
		return fmt.Errorf("the format %s holds whole numbers only: choose the weighting count or binary, or another format", format)
	}
	return nil
}

// number adds a number to the line at hand.
func (w *matrixWriter) number(n int) { w.text = strconv.AppendInt(w.text, int64(n), 10) }

// cells writes a line for each entry with the names of its document and its term.
func (w *matrixWriter) cells() {
	out := csv.NewWriter(w.to)
	out.Write([]string{"document", "term", "value"})
	w.each(func(d int, rows []int, values []float64) {
		name := cmp.Or(w.matrix.Documents[d].Name, strconv.Itoa(d+1))
		for e, row := range rows {
			w.text = w.text[:0]
			w.value(values[e])
			out.Write([]string{name, w.matrix.Terms[row], string(w.text)})
		}
	})
	w.text = w.text[:0]
	out.Flush()
}

// value adds a value: a whole number in full, any other with as many digits as single precision
// needs to have it again.
func (w *matrixWriter) value(x float64) {
	switch {
	case x == math.Trunc(x) && x <= mostWhole:
		w.text = strconv.AppendInt(w.text, int64(x), 10)
	case x == math.Trunc(x):
		w.text = strconv.AppendFloat(w.text, x, 'e', -1, 64) // with an exponent, as it is read
	default:
		w.text = strconv.AppendFloat(w.text, x, 'g', -1, 32)
	}
}

// endLine writes the line at hand.
func (w *matrixWriter) endLine() {
	w.to.Write(append(w.text, '\n'))
	w.text = w.text[:0]
}

// each calls do for the entries of each document in turn.
func (w *matrixWriter) each(do func(d int, rows []int, values []float64)) {
	m := w.matrix.V.RawMatrix()
	for d := range w.matrix.Documents {
		from, to := m.Indptr[d], m.Indptr[d+1]
		do(d, m.Ind[from:to], m.Data[from:to])
	}
}

// triples writes a line for each entry.
func (w *matrixWriter) triples() {
	w.each(func(d int, rows []int, values []float64) {
		for e, row := range rows {
			w.number(d + 1)
			w.text = append(w.text, ' ')
			w.number(row + 1)
			w.text = append(w.text, ' ')
			w.value(values[e])
			w.endLine()
		}
	})
}

func (w *matrixWriter) market() {
	terms, documents := w.matrix.V.Dims()
	field := "integer"
	if !w.whole() {
		field = "real"
	}
	fmt.Fprintf(w.to, "%s matrix coordinate %s general\n%d %d %d\n", magic, field, documents, terms, w.matrix.V.NNZ())
	w.triples()
}

func (w *matrixWriter) uci() {
	terms, documents := w.matrix.V.Dims()
	fmt.Fprintf(w.to, "%d\n%d\n%d\n", documents, terms, w.matrix.V.NNZ())
	w.triples()
}

func (w *matrixWriter) svmlight() {
	w.each(func(d int, rows []int, values []float64) {
		w.text = append(w.text, w.matrix.Documents[d].label()...)
		w.pairs(rows, values, 1)
	})
}

func (w *matrixWriter) ldac() {
	w.each(func(_ int, rows []int, values []float64) {
		w.number(len(rows))
		w.pairs(rows, values, 0)
	})
}

// pairs ends a line with terms and values.
func (w *matrixWriter) pairs(rows []int, values []float64, base int) {
	for e, row := range rows {
		w.text = append(w.text, ' ')
		w.number(row + base)
		w.text = append(w.text, ':')
		w.value(values[e])
	}
	w.endLine()
}

// label is the document's if that is a number, or 0.
func (d *Document) label() string {
	if x, ok := decimal([]byte(d.Label)); ok && !math.IsInf(x, 0) {
		return d.Label
	}
	return "0"
}
