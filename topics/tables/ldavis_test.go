package tables

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"

	"pgregory.net/rapid"
)

// A small model, and what pyLDAvis makes of it; testdata/ldavis.py has made both.
type ldavisCase struct {
	W, H  [][]float64
	Words []string
	Want  prepared
}

func (c *ldavisCase) model() *topics.Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	for i, word := range c.Words {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: word, Count: c.count(i)})
	}
	table.Documents = make([]vectorize.Document, len(c.H[0]))
	var w, h []float32
	for _, row := range c.W {
		for _, x := range row {
			w = append(w, float32(x))
		}
	}
	for j := range c.H[0] {
		for k := range c.H {
			h = append(h, float32(c.H[k][j]))
		}
	}
	k := len(c.H)
	return topics.New(table, &nmf.Result{W: nmf.NewW(len(c.Words), k, w), H: nmf.NewH(k, len(c.H[0]), h)}, topics.Origin{Fitting: nmf.Defaults()})
}

// count is how often a term is, as pyLDAvis was told: what the factors give, as a whole.
func (c *ldavisCase) count(i int) int {
	sum := 0.0
	for k, weight := range c.W[i] {
		for _, x := range c.H[k] {
			sum += weight * x
		}
	}
	return int(sum)
}

// The object is pyLDAvis's, within single precision; axes may point the other way.
func TestLDAvisAsPython(t *testing.T) {
	var c ldavisCase
	if err := json.Unmarshal(readFile(t, "testdata/ldavis.json"), &c); err != nil {
		t.Fatal(err)
	}
	var to bytes.Buffer
	if err := (&Export{Model: c.model()}).ldavis(context.Background(), &to); err != nil {
		t.Fatal(err)
	}
	var got prepared
	if err := json.Unmarshal(to.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := c.Want
	for _, axis := range [][2][]float64{{got.Map.X, want.Map.X}, {got.Map.Y, want.Map.Y}} {
		turn := math.Copysign(1, axis[0][0]*axis[1][0])
		for k := range axis[0] {
			near(t, "mdsDat", turn*axis[0][k], axis[1][k], 1e-6)
		}
	}
	for k := range got.Map.Percent {
		near(t, "mdsDat Freq", got.Map.Percent[k], want.Map.Percent[k], 1e-5)
	}
	sameBars(t, got.Bars, want.Bars)
	if !slices.Equal(got.Tokens.Term, want.Tokens.Term) || !slices.Equal(got.Tokens.Topic, want.Tokens.Topic) {
		t.Errorf("token.table has other terms or topics")
	}
	for i := range got.Tokens.Freq {
		near(t, "token.table Freq", got.Tokens.Freq[i], want.Tokens.Freq[i], 1e-6)
	}
	if got.R != want.R || got.Step != want.Step || got.Plot != want.Plot || !slices.Equal(got.Order, want.Order) || !slices.Equal(got.Map.Topics, want.Map.Topics) {
		t.Errorf("%v %v %v %v %v", got.R, got.Step, got.Plot, got.Order, got.Map.Topics)
	}
}

func sameBars(t *testing.T, got, want bars) {
	t.Helper()
	if !slices.Equal(got.Term, want.Term) || !slices.Equal(got.Category, want.Category) {
		t.Fatalf("tinfo has other terms:\n%v\n%v", got.Term, want.Term)
	}
	for i := range got.Term {
		near(t, "Freq", got.Freq[i], want.Freq[i], 1e-6*want.Freq[i])
		near(t, "Total", got.Total[i], want.Total[i], 1e-6*want.Total[i])
		near(t, "logprob", got.LogProb[i], want.LogProb[i], 1.01e-4) // they are rounded to four digits
		near(t, "loglift", got.LogLift[i], want.LogLift[i], 1.01e-4)
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %v is not %v", what, got, want)
	}
}

func TestLargest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOf(rapid.IntRange(0, 5)).Draw(t, "scores")
		most := rapid.IntRange(0, 9).Draw(t, "most")
		want := make([]int, len(scores))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int { return scores[b] - scores[a] })
		want = want[:min(most, len(want))]
		if got := largest(len(scores), most, func(i int) float64 { return float64(scores[i]) }); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%v, not %v", got, want)
		}
	})
}
