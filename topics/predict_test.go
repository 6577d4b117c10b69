package topics

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"klew/nmf"
	"klew/vectorize"
)

// predicting is a model of two rows and three columns, with values of 1 to 4 known.
func predicting() *Model {
	m := &Model{
		Vocabulary: &vectorize.Vocabulary{Terms: []vectorize.Term{{Stem: "x"}, {Stem: "y"}, {Stem: "z"}}},
		W:          nmf.NewW(3, 2, []float32{1, 0, 0, 1, 0.5, 0.5}),
		Origin:     Origin{Known: &Known{Cells: 4, Mean: 2.5, Least: 1, Largest: 4}},
	}
	m.Documents = []vectorize.Document{{ID: "a"}, {ID: "b"}}
	m.H = nmf.NewH(2, 2, []float32{5, 2, 0, 3})
	return m
}

// A prediction is (WH), between the least and the largest known value, or the mean where row or
// column is not known.
func TestPredictor(t *testing.T) {
	p := NewPredictor(predicting())
	for _, c := range []struct {
		row, column, unseen string
		want                float64
	}{{"a", "x", "", 4}, {"a", "z", "", 3.5}, {"b", "x", "", 1}, {"b", "y", "", 3}, {"c", "x", UnseenRow, 2.5}, {"a", "u", UnseenColumn, 2.5}, {"c", "u", UnseenBoth, 2.5}} {
		if got := p.Cell(c.row, c.column, math.NaN()); got.Predicted != c.want || got.Unseen != c.unseen {
			t.Errorf("%s, %s: %v, %q", c.row, c.column, got.Predicted, got.Unseen)
		}
	}
}

// The best of a row are those it has not seen, the largest first, of equals the first by name.
func TestPredictorsBest(t *testing.T) {
	m := predicting()
	all, err := NewPredictor(m).Best(2, nil, func(row, column string) bool { return row == "a" && column == "x" })
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, p := range all {
		got += fmt.Sprintf("%s %s %g; ", p.Row, p.Column, p.Predicted)
	}
	if got != "a z 3.5; a y 2; b y 3; b z 1.5; " {
		t.Error(got)
	}
	m.Origin.Known.Largest = 1.75 // which a's z and y and b's y are beyond
	all, err = NewPredictor(m).Best(1, nil, func(row, column string) bool { return row == "a" && column == "x" })
	if err != nil || all[0].Column != "z" || all[0].Predicted != 1.75 {
		t.Errorf("%v, %v: z is the best of a, at the largest value", all, err)
	}
	if _, err := NewPredictor(m).Best(1, []string{"nobody"}, nil); err == nil {
		t.Error("a row that is not there has predictions")
	}
}

// What is known of the cells is in the model's file.
func TestKnownIsSaved(t *testing.T) {
	m := fitted(t, nil)
	m.Origin.Known = &Known{Cells: 7, Mean: 3.25, Least: 1, Largest: 5}
	got, err := Read(bytes.NewReader(encoded(t, m)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Origin.Known == nil || *got.Origin.Known != *m.Origin.Known {
		t.Errorf("read again: %v", got.Origin.Known)
	}
}
