package vectorize

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"klew/corpus"
	"klew/vectorize/matrixfile"
	"pgregory.net/rapid"
)

// ofMatrix is the table of a matrix in a file without fault.
func ofMatrix(t rapid.TB, text string, o matrixfile.Options) *Table {
	t.Helper()
	m, err := matrixfile.Read(strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return OfMatrix(m)
}

const smallMatrix = "%%MatrixMarket matrix coordinate integer general\n3 4 5\n1 1 2\n1 3 1\n2 2 4\n3 2 1\n3 4 1\n"

// What is read is a table as Count makes it: terms are rows, documents are columns.
func TestOfMatrix(t *testing.T) {
	table := ofMatrix(t, smallMatrix, matrixfile.Options{})
	if want := []Document{{ID: "1", Tokens: 3}, {ID: "2", Tokens: 4}, {ID: "3", Tokens: 2}}; !reflect.DeepEqual(table.Documents, want) {
		t.Errorf("documents are %v, want %v", table.Documents, want)
	}
	if want := (Term{Stem: "term2", Forms: []Form{{"term2", 5}}, DF: 2, Count: 5}); !reflect.DeepEqual(table.Vocabulary.Terms[1], want) {
		t.Errorf("the second term is %v, want %v", table.Vocabulary.Terms[1], want)
	}
	if table.Vocabulary.Documents != 3 {
		t.Errorf("the vocabulary is of %d documents", table.Vocabulary.Documents)
	}
}

// Labels are metadata, and are written again.
func TestLabelsAreMetadata(t *testing.T) {
	table := ofMatrix(t, "+1 qid:3 1:1\n1:2\n", matrixfile.Options{Format: matrixfile.SVMlight})
	if want := []corpus.Field{{Name: "label", Value: "+1"}, {Name: "qid", Value: "3"}}; !reflect.DeepEqual(table.Documents[0].Meta, want) || table.Documents[1].Meta != nil {
		t.Errorf("metadata %v, want %v", table.Documents[0].Meta, want)
	}
	var b bytes.Buffer
	if err := table.Matrix().Write(&b, matrixfile.SVMlight); err != nil || b.String() != "+1 1:1\n0 1:2\n" {
		t.Errorf("written %q (%v)", b.String(), err)
	}
}

// Sums of fractions are rounded; a little is more than nothing, and what
// cannot be told exactly is as much as can.
func TestTokensOfFractions(t *testing.T) {
	text := "%%MatrixMarket matrix coordinate real general\n4 2 5\n1 1 1.25\n1 2 1.25\n2 1 0.125\n3 1 1e30\n3 2 1e30\n"
	table := ofMatrix(t, text, matrixfile.Options{})
	for i, want := range []int{3, 1, mostTokens, 0} {
		if got := table.Documents[i].Tokens; got != want {
			t.Errorf("document %d has %d tokens, want %d", i+1, got, want)
		}
	}
}

// Counts of more than 31 bits are whole.
func TestManyTokens(t *testing.T) {
	if mostTokens < 1<<53 {
		t.Skip("on 32 bits they are not")
	}
	table := ofMatrix(t, "0 1:2147483649 2:1\n0 1:3\n", matrixfile.Options{Format: matrixfile.SVMlight})
	if d, term := table.Documents[0], table.Vocabulary.Terms[0]; int64(d.Tokens) != 2147483650 || int64(term.Count) != 2147483652 {
		t.Errorf("%d tokens, %d of the first term", d.Tokens, term.Count)
	}
}

// By its vocabulary texts are counted word by word, as they stand.
func TestVerbatimCountsByAForeignVocabulary(t *testing.T) {
	table := ofMatrix(t, smallMatrix, matrixfile.Options{Terms: []string{"whales", "the", "whale", "sailing"}})
	again := countedWith(t, table.Vocabulary, Verbatim(), "The whales! Sailing whales, the ship's")
	// The rows are sailing, the, whale, whales.
	if got, want := entries(again), [][]float64{{1}, {2}, {0}, {2}}; !sameEntries(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
	if d := again.Documents[0]; d.Tokens != 5 || d.Unknown != 1 {
		t.Errorf("%d tokens, %d unknown, want 5 and 1", d.Tokens, d.Unknown)
	}
}

var numbering = []matrixfile.Format{matrixfile.MatrixMarket, matrixfile.SVMlight, matrixfile.UCI, matrixfile.LDAC}

// A table comes back from every format that numbers documents: in triplets those without an
// entry are not.
func TestTablesComeBack(t *testing.T) {
	checkTables(t, func(t *rapid.T, texts []string, o Options, table *Table) {
		format := rapid.SampledFrom(numbering).Draw(t, "format")
		var b bytes.Buffer
		m := table.Matrix()
		if err := m.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		got := ofMatrix(t, b.String(), matrixfile.Options{Format: format, Terms: m.Terms})
		if stems(got) != stems(table) || !reflect.DeepEqual(got.V, table.V) {
			t.Fatalf("%s: got %v, want %v of\n%s", format, entries(got), entries(table), b.String())
		}
	})
}
