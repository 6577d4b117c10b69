package vectorize

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// Counting the training documents again gives the training table: what is inferred of
// them later starts from the same numbers.
func TestCountWithTrainingDocuments(t *testing.T) {
	texts := babble(rand.New(rand.NewPCG(1, 1)), 40, 300)
	for _, weighting := range Weightings {
		for _, ngrams := range []Range{{1, 1}, {1, 2}, {2, 2}} {
			t.Run(string(weighting)+" "+ngrams.String(), func(t *testing.T) {
				o := Defaults()
				o.Weighting, o.NGrams, o.MaxFeatures = weighting, ngrams, 200
				table := counted(t, o, texts...)
				again := countedWith(t, table.Vocabulary, o, texts...)
				if !reflect.DeepEqual(again.V, table.V) {
					t.Error("V differs")
				}
				if !reflect.DeepEqual(again.Vocabulary, table.Vocabulary) {
					t.Error("the vocabulary differs")
				}
				if !reflect.DeepEqual(again.Documents, table.Documents) {
					t.Error("the documents differ")
				}
			})
		}
	}
}

func TestCountWithOtherDocuments(t *testing.T) {
	trained := counted(t, loose(), "whales whale ship", "ship sea", "sea").Vocabulary
	before := slices.Clone(trained.Terms)
	table := countedWith(t, trained, loose(), "The whaling whale and the kraken, krakens!", "moby dick", "", "sea ships sea")
	want := [][]float64{ // sea, ship, whale
		{0, 0, 0, 2},
		{0, 0, 0, 1},
		{2, 0, 0, 0},
	}
	if got := entries(table); !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
	for i, d := range []Document{{Tokens: 2, Unknown: 2}, {Unknown: 2}, {}, {Tokens: 3}} {
		if got := table.Documents[i]; got.Tokens != d.Tokens || got.Unknown != d.Unknown {
			t.Errorf("document %d has %d tokens and %d unknown, want %d and %d", i, got.Tokens, got.Unknown, d.Tokens, d.Unknown)
		}
	}
	if got, want := table.Dropped, []Dropped{{StopWord, 2, 3}, {Unlisted, 3, 4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("dropped %v, want %v", got, want)
	}
	// What later documents hold does not change what the vocabulary says of itself.
	if !reflect.DeepEqual(table.Vocabulary, &Vocabulary{Terms: before, Documents: 3}) || !reflect.DeepEqual(trained.Terms, before) {
		t.Errorf("the vocabulary became %v, and was %v", table.Vocabulary, before)
	}
}

// The limits of pruning belong to training: one document is enough to be counted by a
// vocabulary that is there.
func TestCountWithDoesNotPrune(t *testing.T) {
	v := counted(t, loose(), "whale ship", "whale").Vocabulary
	o := Defaults() // each term in 2 documents at least, and half of them at most
	o.MaxFeatures = 1
	table := countedWith(t, v, o, "whale ship")
	if got, want := entries(table), [][]float64{{1}, {1}}; !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
}

// None of the terms is no fault: the document has a column without entries.
func TestCountWithNoTerm(t *testing.T) {
	v := counted(t, loose(), "whale ship").Vocabulary
	for _, weighting := range Weightings {
		o := loose()
		o.Weighting = weighting
		table := countedWith(t, v, o, "moby dick")
		if rows, columns := table.V.Dims(); rows != 2 || columns != 1 || table.V.NNZ() != 0 {
			t.Errorf("%s: V is %d × %d with %d entries, want 2 × 1 with none", weighting, rows, columns, table.V.NNZ())
		}
	}
}

// Inverse document frequencies are those of training, not those of what is counted:
// the same document has the same column in any company.
func TestCountWithTFIDF(t *testing.T) {
	o := loose()
	o.Weighting = TFIDFWeighting
	v := counted(t, o, "whale ship", "ship", "ship sea").Vocabulary
	sea, ship := math.Log(4.0/2)+1, math.Log(4.0/4)+1
	for _, company := range [][]string{{}, {"sea"}, {"whale", "sea", "moby dick"}} {
		table := countedWith(t, v, o, append([]string{"sea ship kraken"}, company...)...)
		if got, want := table.V.At(0, 0), sea/math.Hypot(sea, ship); math.Abs(got-want) > 1e-15 {
			t.Errorf("beside %q sea is %v, want %v", company, got, want)
		}
	}
}
