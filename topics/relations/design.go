package relations

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"klew/topics"
	"klew/vectorize"
)

// mostLevels is the number of values up to which a field is one of categories. One with
// more names documents rather than groups of them.
const mostLevels = 100

// Term is what has a coefficient: the base level of all fields together (Field empty), a
// field of numbers (Level empty), or one level of a field of categories, against the base.
type Term struct{ Field, Level string }

// design is the rows of a regression: documents of which everything needed is known.
type design struct {
	terms     []Term
	bases     []Term // the levels that others are compared with
	rows      [][]float64
	documents []int
	missing   int // documents for which a field is missing, or no number
}

// newDesign makes the rows. lookup finds a field of a document, "" for none.
func newDesign(m *topics.Model, f *Formula, lookup func(d *vectorize.Document, field string) string) (*design, error) {
	d := &design{terms: []Term{{}}}
	values := make([][]string, len(f.Fields))
	for j := range m.Documents {
		if m.First(j) < 0 {
			continue
		}
		row, whole := make([]string, len(f.Fields)), true
		for n, p := range f.Fields {
			row[n] = lookup(&m.Documents[j], p.Field)
			whole = whole && row[n] != ""
		}
		if !whole {
			d.missing++
			continue
		}
		d.documents = append(d.documents, j)
		for n, v := range row {
			values[n] = append(values[n], v)
		}
	}
	d.rows = make([][]float64, len(d.documents))
	for i := range d.rows {
		d.rows[i] = []float64{1}
	}
	for n, p := range f.Fields {
		if err := d.add(p, values[n]); err != nil {
			return nil, err
		}
	}
	if len(d.rows) <= len(d.terms) {
		return nil, fmt.Errorf("%d documents have all fields, and %d coefficients are asked for: that needs more documents", len(d.rows), len(d.terms))
	}
	return d, nil
}

// add adds the columns of a field.
func (d *design) add(p Part, values []string) error {
	if len(values) == 0 {
		return fmt.Errorf("no document has a value of %s, and of all other fields", p.Field)
	}
	if numbers, ok := asNumbers(values); ok && !p.Categories {
		d.terms = append(d.terms, Term{Field: p.Field})
		for i, x := range numbers {
			d.rows[i] = append(d.rows[i], x)
		}
		return nil
	}
	levels := levelsOf(values)
	switch {
	case len(levels) == 1:
		return fmt.Errorf("%s is %s in all documents: it explains nothing", p.Field, levels[0])
	case len(levels) > mostLevels:
		return fmt.Errorf("%s has %d values, of which %q is one: a field of names may have %d (of a date, year and month are fields)", p.Field, len(levels), levels[0], mostLevels)
	}
	d.bases = append(d.bases, Term{p.Field, levels[0]})
	for _, level := range levels[1:] {
		d.terms = append(d.terms, Term{p.Field, level})
		for i, v := range values {
			x := 0.0
			if v == level {
				x = 1
			}
			d.rows[i] = append(d.rows[i], x)
		}
	}
	return nil
}

// asNumbers are the values, if all are finite numbers.
func asNumbers(values []string) ([]float64, bool) {
	numbers := make([]float64, len(values))
	for i, v := range values {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, false
		}
		numbers[i] = x
	}
	return numbers, true
}

// levelsOf are the distinct values in byte order, the first of which is the base.
func levelsOf(values []string) []string {
	distinct := map[string]bool{}
	for _, v := range values {
		distinct[v] = true
	}
	return slices.Sorted(maps.Keys(distinct))
}
