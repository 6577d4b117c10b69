package vectorize

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WriteMatrix writes V in a format. Documents are rows, or lines, in their order; terms
// are in the order of the vocabulary. SVMlight has for a label what the metadata "label"
// says, if that is a number, else 0. UCI and LDAC hold whole numbers only, and refuse
// others.
func (t *Table) WriteMatrix(to io.Writer, format MatrixFormat) error {
	w := &matrixWriter{to: bufio.NewWriterSize(to, 1<<16), table: t}
	write := map[MatrixFormat]func(){MatrixMarket: w.matrixMarket, SVMlight: w.svmlight, UCI: w.uci, LDAC: w.ldac}[format]
	if write == nil {
		return fmt.Errorf("the matrix format %q: must be one of %v", format, MatrixFormats)
	}
	if err := w.check(format); err != nil {
		return err
	}
	write()
	return w.to.Flush()
}

// matrixWriter writes a matrix. Flush has the first error.
type matrixWriter struct {
	to    *bufio.Writer
	table *Table
	text  []byte
}

// whole says whether all values are whole numbers.
func (w *matrixWriter) whole() bool {
	for _, x := range w.table.V.RawMatrix().Data {
		if x != math.Trunc(x) {
			return false
		}
	}
	return true
}

func (w *matrixWriter) check(format MatrixFormat) error {
	if (format == UCI || format == LDAC) && !w.whole() {
		return fmt.Errorf("the format %s holds whole numbers only: choose the weighting count or binary, or another format", format)
	}
	return nil
}

// number adds a number to the line at hand.
func (w *matrixWriter) number(n int) { w.text = strconv.AppendInt(w.text, int64(n), 10) }

// value adds a value, with as many digits as single precision needs to have it again.
func (w *matrixWriter) value(x float64) {
	if x == math.Trunc(x) && x < 1<<53 {
		w.number(int(x))
	} else {
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
	m := w.table.V.RawMatrix()
	for d := range w.table.Documents {
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

func (w *matrixWriter) matrixMarket() {
	terms, documents := w.table.V.Dims()
	field := "integer"
	if !w.whole() {
		field = "real"
	}
	fmt.Fprintf(w.to, "%s matrix coordinate %s general\n%d %d %d\n", MatrixMarketMagic, field, documents, terms, w.table.V.NNZ())
	w.triples()
}

func (w *matrixWriter) uci() {
	terms, documents := w.table.V.Dims()
	fmt.Fprintf(w.to, "%d\n%d\n%d\n", documents, terms, w.table.V.NNZ())
	w.triples()
}

func (w *matrixWriter) svmlight() {
	w.each(func(d int, rows []int, values []float64) {
		w.text = append(w.text, w.table.Documents[d].label()...)
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

// label is the number that metadata has under that name, or 0.
func (d *Document) label() string {
	for _, f := range d.Meta {
		if f.Name == "label" {
			if x, ok := decimal([]byte(f.Value)); ok && !math.IsInf(x, 0) {
				return f.Value
			}
		}
	}
	return "0"
}

// WriteTerms writes the stems of a vocabulary as ReadTerms reads them: one a line.
func (v *Vocabulary) WriteTerms(to io.Writer) error {
	w := bufio.NewWriter(to)
	for _, t := range v.Terms {
		if s := t.Stem; strings.TrimSpace(s) == "" || strings.ContainsAny(s, "\r\n") || len(s) >= longestTerm || !utf8.ValidString(s) {
			return fmt.Errorf("the term %s cannot stand on a line of its own", excerpt([]byte(s)))
		}
		w.WriteString(t.Stem)
		w.WriteByte('\n')
	}
	return w.Flush()
}
