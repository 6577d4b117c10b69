package topics

import (
	"cmp"
	"fmt"
	"math"
)

// Predictor predicts cells of a table with holes from a model of its known cells: what the
// factors say, (WH)ᵢⱼ, brought to between the least and the largest known value.
type Predictor struct {
	Model         *Model
	rows, columns map[string]int
}

// Prediction is that of one cell.
type Prediction struct {
	Row, Column string
	Predicted   float64
	// Value is what is known of it; NaN if nothing is.
	Value float64
	// Unseen is what of the cell the model has not seen; the prediction is then the mean.
	Unseen string
}

// What the model has not seen.
const (
	UnseenRow    = "row"
	UnseenColumn = "column"
	UnseenBoth   = "row and column"
)

// NewPredictor makes one for a model whose Origin.Known is set.
func NewPredictor(m *Model) *Predictor {
	p := &Predictor{Model: m, rows: map[string]int{}, columns: map[string]int{}}
	for j, d := range m.Documents {
		p.rows[d.ID] = j
	}
	for i, t := range m.Vocabulary.Terms {
		p.columns[t.Stem] = i
	}
	return p
}

// Cell predicts one cell, of which value is known, or NaN.
func (p *Predictor) Cell(row, column string, value float64) Prediction {
	j, hasRow := p.rows[row]
	i, hasColumn := p.columns[column]
	cell := Prediction{Row: row, Column: column, Value: value, Predicted: p.Model.Origin.Known.Mean}
	switch {
	case hasRow && hasColumn:
		cell.Predicted = p.bounded(p.at(j, i))
	case hasRow:
		cell.Unseen = UnseenColumn
	case hasColumn:
		cell.Unseen = UnseenRow
	default:
		cell.Unseen = UnseenBoth
	}
	return cell
}

func (p *Predictor) at(document, term int) float64 {
	y := 0.0
	h := p.Model.H.Item(document)
	for k, w := range p.Model.W.Item(term) {
		y += float64(w) * float64(h[k])
	}
	return y
}

func (p *Predictor) bounded(y float64) float64 {
	known := p.Model.Origin.Known
	return min(max(y, known.Least), known.Largest)
}

// Best predicts for each of the rows, all if none is named, the n columns of the largest
// predictions among those that it has not seen; of equal ones the first by name. Their order is
// that before they are brought to between the known values, where many may be equal.
func (p *Predictor) Best(n int, rows []string, seen func(row, column string) bool) (all []Prediction, err error) {
	if len(rows) == 0 {
		for _, d := range p.Model.Documents {
			rows = append(rows, d.ID)
		}
	}
	for _, row := range rows {
		j, ok := p.rows[row]
		if !ok {
			return nil, fmt.Errorf("the model has no row %q", row)
		}
		first := newBest(n, func(a, b Prediction) int {
			return cmp.Or(cmp.Compare(b.Predicted, a.Predicted), cmp.Compare(a.Column, b.Column))
		})
		for i, t := range p.Model.Vocabulary.Terms {
			if !seen(row, t.Stem) {
				first.add(Prediction{Row: row, Column: t.Stem, Predicted: p.at(j, i), Value: math.NaN()})
			}
		}
		for _, one := range first.list() {
			one.Predicted = p.bounded(one.Predicted)
			all = append(all, one)
		}
	}
	return all, nil
}
