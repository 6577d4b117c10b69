package vectorize

import (
	"math"
	"testing"
)

// The corpus of this file: whale is in two of three documents, ship in all, sea in one.
var weighed = []string{"whale whale whale ship", "whale ship sea", "ship ship"}

func TestCountWeighting(t *testing.T) {
	want := [][]float64{{0, 1, 0}, {1, 1, 2}, {3, 1, 0}} // sea, ship, whale
	if got := entries(counted(t, plain(), weighed...)); !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
}

func TestBinaryWeighting(t *testing.T) {
	o := plain()
	o.Weighting = BinaryWeighting
	table := counted(t, o, weighed...)
	want := [][]float64{{0, 1, 0}, {1, 1, 1}, {1, 1, 0}}
	if got := entries(table); !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
	if got := table.Vocabulary.Terms[2].Count; got != 4 {
		t.Errorf("whale is counted %d times, want 4, whatever is entered in V", got)
	}
	if got := table.Documents[0].Tokens; got != 4 {
		t.Errorf("the first document has %d tokens, want 4, whatever is entered in V", got)
	}
}

// The formula, written out: scikit-learn's TfidfVectorizer with smooth_idf=True and
// norm="l2", which are its defaults, enters
//
//	tf · idf / length,   idf = ln((1 + n) / (1 + df)) + 1
//
// where length is the Euclidean length of the document's column before.
func TestTFIDFWeighting(t *testing.T) {
	sea := math.Log(4.0/2) + 1   // in 1 of 3 documents
	ship := math.Log(4.0/4) + 1  // in 3 of 3
	whale := math.Log(4.0/3) + 1 // in 2 of 3
	first := math.Hypot(3*whale, 1*ship)
	second := math.Sqrt(whale*whale + ship*ship + sea*sea)
	want := [][]float64{
		{0, sea / second, 0},
		{1 * ship / first, ship / second, 1}, // ship is all there is in the third
		{3 * whale / first, whale / second, 0},
	}
	o := plain()
	o.Weighting = TFIDFWeighting
	table := counted(t, o, weighed...)
	for i, row := range entries(table) {
		for j, got := range row {
			if math.Abs(got-want[i][j]) > 1e-15 {
				t.Errorf("V at %d, %d is %v, want %v", i, j, got, want[i][j])
			}
		}
	}
	// The same by numbers, so that a slip in the lines above is seen too.
	if got := table.V.At(0, 1); math.Abs(got-0.7203334490549893) > 1e-12 {
		t.Errorf("sea in the second document is %v", got)
	}
}

// Documents of which nothing is left count for n, and have no length to divide by.
func TestTFIDFOfEmptyDocuments(t *testing.T) {
	o := plain()
	o.Weighting = TFIDFWeighting
	table := counted(t, o, "sea ship", "", "?", "ship")
	sea, ship := math.Log(5.0/2)+1, math.Log(5.0/3)+1
	if got, want := table.V.At(0, 0), sea/math.Hypot(sea, ship); math.Abs(got-want) > 1e-15 {
		t.Errorf("sea is %v, want %v", got, want)
	}
	for i, row := range entries(table) {
		if row[1] != 0 || row[2] != 0 {
			t.Errorf("row %d is %v: empty documents have entries", i, row)
		}
	}
}

// The length is that of what is left once the vocabulary has been pruned.
func TestTFIDFAfterPruning(t *testing.T) {
	o := plain()
	o.Weighting, o.MinDF = TFIDFWeighting, frequency("3")
	for j, got := range entries(counted(t, o, weighed...))[0] {
		if got != 1 {
			t.Errorf("the only term that is left is %v in document %d, want 1", got, j)
		}
	}
}

func TestLogWeighting(t *testing.T) {
	o := plain()
	o.Weighting = LogWeighting
	want := [][]float64{{0, 1, 0}, {1, 1, 1 + math.Log(2)}, {1 + math.Log(3), 1, 0}}
	if got := entries(counted(t, o, weighed...)); !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
}

// The formula, written out: k = 1.2, b = 0.75, three documents of 4, 3 and 2 tokens.
func TestBM25Weighting(t *testing.T) {
	o := plain()
	o.Weighting = BM25Weighting
	table := counted(t, o, weighed...)
	const mean = (4.0 + 3 + 2) / 3
	weight := func(count, df, length float64) float64 {
		return math.Log(1+(3-df+0.5)/(df+0.5)) * count * 2.2 / (count + 1.2*(0.25+0.75*length/mean))
	}
	want := [][]float64{
		{0, weight(1, 1, 3), 0},
		{weight(1, 3, 4), weight(1, 3, 3), weight(2, 3, 2)},
		{weight(3, 2, 4), weight(1, 2, 3), 0},
	}
	for i, row := range entries(table) {
		for j, got := range row {
			if math.Abs(got-want[i][j]) > 1e-15 || got < 0 {
				t.Errorf("V at %d, %d is %v, want %v", i, j, got, want[i][j])
			}
		}
	}
	// A later document is measured by the mean length of the first ones.
	later := countedWith(t, table.Vocabulary, o, weighed[0])
	if got := later.V.At(2, 0); got != want[2][0] && math.Abs(got-want[2][0]) > 1e-15 {
		t.Errorf("alone whale is %v, among the others %v", got, want[2][0])
	}
}
