package vectorize

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"pgregory.net/rapid"
)

// TestMain gives the property tests a fixed seed, so that each run tries the same
// cases. "go test -rapid.seed=0" tries others.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
	m.Run()
}

// loose are the defaults for English without limits on document frequency, which would
// leave nothing of corpora as small as those of the tests.
func loose() Options {
	o := Defaults()
	o.Language = "en"
	o.MinDF, o.MaxDF = frequency("1"), frequency("1.0")
	return o
}

// plain is loose without stop words and stems: terms are the words of the text.
func plain() Options {
	o := loose()
	o.Language = "none"
	return o
}

func frequency(text string) Frequency {
	f, err := ParseFrequency(text)
	if err != nil {
		panic(err)
	}
	return f
}

// documents yields a document for each text, named d0, d1 and so on.
func documents(texts ...string) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		for i, text := range texts {
			if !yield(corpus.Document{ID: fmt.Sprint("d", i), Text: text}) {
				return
			}
		}
	}
}

// counted is what Count makes of the texts.
func counted(t rapid.TB, o Options, texts ...string) *Table {
	t.Helper()
	table, err := Count(context.Background(), documents(texts...), o)
	if err != nil {
		t.Fatalf("Count: %v", err)
	}
	return table
}

// countedWith is what CountWith makes of them.
func countedWith(t rapid.TB, v *Vocabulary, o Options, texts ...string) *Table {
	t.Helper()
	table, err := CountWith(context.Background(), v, documents(texts...), o)
	if err != nil {
		t.Fatalf("CountWith: %v", err)
	}
	return table
}

// stems lists the terms of a table in their order, for comparison with a literal.
func stems(table *Table) string {
	var all []string
	for _, t := range table.Vocabulary.Terms {
		all = append(all, t.Stem)
	}
	return strings.Join(all, " ")
}

// shown lists what the terms of a table are shown as.
func shown(table *Table) string {
	var all []string
	for _, t := range table.Vocabulary.Terms {
		all = append(all, t.Shown())
	}
	return strings.Join(all, " ")
}

// entries writes V out in full, a slice for each term.
func entries(table *Table) [][]float64 {
	rows, columns := table.V.Dims()
	full := make([][]float64, rows)
	for i := range full {
		full[i] = make([]float64, columns)
		for j := range full[i] {
			full[i][j] = table.V.At(i, j)
		}
	}
	return full
}

// sameEntries compares matrices bit by bit.
func sameEntries(a, b [][]float64) bool {
	return slices.EqualFunc(a, b, func(a, b []float64) bool { return slices.Equal(a, b) })
}

// dropped is the class of a reason, empty if there is none.
func dropped(table *Table, reason string) Dropped {
	for _, d := range table.Dropped {
		if d.Reason == reason {
			return d
		}
	}
	return Dropped{}
}
