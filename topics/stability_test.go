package topics

import (
	"bytes"
	"slices"
	"testing"

	"klew/nmf"
	"klew/vectorize"
)

// Topics are put in order with their stability, which is kept with them and with the
// number of halves behind it.
func TestStabilityIsOfItsTopic(t *testing.T) {
	table := &vectorize.Table{
		Documents: make([]vectorize.Document, 2),
		Vocabulary: &vectorize.Vocabulary{Documents: 2, Terms: []vectorize.Term{
			{Stem: "a", DF: 1}, {Stem: "b", DF: 1}, {Stem: "c", DF: 1},
		}},
	}
	options := nmf.Defaults()
	options.Topics, options.Halves = 3, 4
	m := New(table, &nmf.Result{
		W:         nmf.NewW(3, 3, []float32{1, 0, 0, 0, 1, 0, 0, 0, 1}),
		H:         nmf.NewH(3, 2, []float32{1, 2, 3, 1, 2, 3}),
		Status:    nmf.Converged,
		Stability: []float64{0.25, 0.5, 1},
	}, Origin{Counting: vectorize.Defaults(), Fitting: options})
	if want := []float64{1, 0.5, 0.25}; !slices.Equal(m.Stability, want) {
		t.Errorf("stability %v, want %v", m.Stability, want)
	}
	m.Origin.AlignedTo = "older.klew"
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		t.Fatal(err)
	}
	read, err := Read(&file)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(read.Stability, m.Stability) || read.Origin.Fitting.Halves != 4 {
		t.Errorf("read again: stability %v of %d halves", read.Stability, read.Origin.Fitting.Halves)
	}
	if read.Origin.AlignedTo != "older.klew" {
		t.Errorf("read again, it is aligned to %q", read.Origin.AlignedTo)
	}
	if got := read.Unstable(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("topics %v are unstable, want 1 and 2", got)
	}
	if m.Stability = nil; m.Unstable() != nil {
		t.Errorf("without halves topics %v are unstable", m.Unstable())
	}
}
