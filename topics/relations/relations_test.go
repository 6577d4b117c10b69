package relations_test

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/topics/relations"
	"klew/vectorize"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// peers is what SciPy, NumPy and statsmodels make of a model; testdata/peers.py wrote it.
type peers struct {
	W, H, Distances, Average, Ward, Correlations, Effects [][]float64
	Party, Year                                           []string
}

func readPeers(t *testing.T) (*peers, *topics.Model) {
	t.Helper()
	text, err := os.ReadFile("testdata/peers.json")
	if err != nil {
		t.Fatal(err)
	}
	p := &peers{}
	if err := json.Unmarshal(text, p); err != nil {
		t.Fatal(err)
	}
	k := len(p.W)
	var w, h []float32
	for i := range p.W[0] {
		for topic := range k {
			w = append(w, float32(p.W[topic][i]))
		}
	}
	m := &topics.Model{Vocabulary: &vectorize.Vocabulary{Terms: make([]vectorize.Term, len(p.W[0]))}}
	for j, row := range p.H {
		for _, x := range row {
			h = append(h, float32(x))
		}
		meta := []corpus.Field{{Name: "party", Value: p.Party[j]}, {Name: "year", Value: p.Year[j]}}
		m.Documents = append(m.Documents, vectorize.Document{Meta: meta, Tokens: 1})
	}
	m.W, m.H = nmf.NewW(len(p.W[0]), k, w), nmf.NewH(k, len(p.H), h)
	return p, m
}

func lookup(d *vectorize.Document, field string) string {
	for _, f := range d.Meta {
		if f.Name == field {
			return f.Value
		}
	}
	return ""
}

func near(t *testing.T, what string, got mat.Matrix, want [][]float64, within float64) {
	t.Helper()
	for a, row := range want {
		for b, x := range row {
			if math.Abs(got.At(a, b)-x) > within {
				t.Errorf("%s: (%d, %d) is %g, want %g", what, a, b, got.At(a, b), x)
			}
		}
	}
}

func TestDistancesAndCorrelationsAreNumPys(t *testing.T) {
	p, m := readPeers(t)
	near(t, "distances", relations.Distances(m), p.Distances, 1e-6)
	near(t, "correlations", m.Correlations(), p.Correlations, 1e-6)
}

// Two topics that share what a third leaves of each document go against each other wholly, and
// no further; the third, always the same part, goes with neither. Documents of which nothing
// was counted do not count.
func TestCorrelationsOfPartsThatAreShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		third, same := rapid.Float32Range(0.05, 0.6).Draw(t, "third"), rapid.IntRange(0, 2).Draw(t, "same")
		one, other := (same+1)%3, (same+2)%3
		m := &topics.Model{Vocabulary: &vectorize.Vocabulary{Terms: make([]vectorize.Term, 1)}}
		var h []float32
		first := rapid.SliceOfN(rapid.Float32Range(0, 1), 6, 40).Draw(t, "first")
		for _, x := range append(first, 0.1, 0.9) { // never all the same
			h = append(h, make([]float32, 6)...)
			document := h[len(h)-6:]
			document[same], document[one], document[other] = third, (1-third)*x, (1-third)*(1-x)
			m.Documents = append(m.Documents, vectorize.Document{Tokens: 1}, vectorize.Document{})
		}
		m.W, m.H = nmf.NewW(1, 3, []float32{1, 1, 1}), nmf.NewH(3, len(m.Documents), h)
		c := m.Correlations()
		if x := c.At(one, other); x < -1 || x > -0.9999 {
			t.Errorf("what is shared has the correlation %g", x)
		}
		if c.At(same, one) != 0 || c.At(same, other) != 0 {
			t.Errorf("what is always the same has the correlations %g and %g", c.At(same, one), c.At(same, other))
		}
	})
}

func TestTreeIsSciPysLinkage(t *testing.T) {
	p, m := readPeers(t)
	for by, want := range map[relations.Linkage][][]float64{relations.Average: p.Average, relations.Ward: p.Ward} {
		tree, err := relations.NewTree(relations.Distances(m), by)
		if err != nil {
			t.Fatal(err)
		}
		for n, m := range tree.Merges {
			row := want[n]
			if m.A != int(row[0]) || m.B != int(row[1]) || m.Size != int(row[3]) || math.Abs(m.Distance-row[2]) > 1e-6 {
				t.Errorf("%s: merge %d is %v, want %v", by, n, m, row)
			}
		}
	}
	if _, err := relations.NewTree(relations.Distances(m), "single"); err == nil {
		t.Error("made a tree by an unknown linkage")
	}
}

// Whatever the distances, each topic is in one group of a cut, there are as many groups as
// asked for, a finer cut only divides groups of a coarser one, and groups stand together in
// the order of the tree.
func TestCuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 12).Draw(t, "k")
		d := mat.NewSymDense(k, nil)
		for a := range k {
			for b := a + 1; b < k; b++ {
				d.SetSym(a, b, float64(rapid.IntRange(0, 5).Draw(t, "distance"))/5) // many ties
			}
		}
		tree, err := relations.NewTree(d, rapid.SampledFrom(relations.Linkages()).Draw(t, "linkage"))
		if err != nil {
			t.Fatal(err)
		}
		order := tree.Order()
		coarser := make([]int, k)
		for groups := 1; groups <= k; groups++ {
			cut := tree.Cut(groups)
			if len(cut) != groups || !slices.Equal(slices.Concat(cut...), order) {
				t.Fatalf("cut into %d: %v, of the order %v", groups, cut, order)
			}
			of := make([]int, k)
			for g, members := range cut {
				for _, topic := range members {
					of[topic] = g
					if coarser[topic] != coarser[members[0]] {
						t.Fatalf("cut into %d: %v joins what was apart before", groups, cut)
					}
				}
			}
			coarser = of
		}
		slices.Sort(order)
		for a, topic := range order {
			if a != topic {
				t.Fatalf("the order has %v", order)
			}
		}
	})
}

func TestEffectsAreStatsmodels(t *testing.T) {
	p, m := readPeers(t)
	f, err := relations.ParseFormula("share ~ party + year")
	if err != nil {
		t.Fatal(err)
	}
	r, err := relations.Effects(m, f, lookup, topics.Bootstrap{Resamples: 200, Level: 0.95, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	terms := len(p.Effects[0])
	if len(r.Effects) != m.Topics()*terms || r.Documents != len(m.Documents) || r.Missing != 0 {
		t.Fatalf("%d effects of %d documents, %d without a field", len(r.Effects), r.Documents, r.Missing)
	}
	for n, e := range r.Effects {
		want := p.Effects[n/terms][n%terms]
		if math.Abs(e.Estimate-want) > 1e-6*max(1, math.Abs(want)) {
			t.Errorf("topic %d, %v: %g, want %g", e.Topic, e.Term, e.Estimate, want)
		}
		if !(e.Low <= e.Estimate && e.Estimate <= e.High && e.Error > 0) {
			t.Errorf("topic %d, %v: %g lies outside %g to %g", e.Topic, e.Term, e.Estimate, e.Low, e.High)
		}
	}
	again, _ := relations.Effects(m, f, lookup, topics.Bootstrap{Resamples: 200, Level: 0.95, Seed: 1})
	if !reflect.DeepEqual(r, again) {
		t.Error("the same seed gave other numbers")
	}
	if want := []relations.Term{{Field: "party", Level: "blue"}}; !reflect.DeepEqual(r.Bases, want) {
		t.Errorf("the base is %v, want %v", r.Bases, want)
	}
}

// The proportions of a document sum to 1, so that what one topic gains others lose.
func TestEffectsOfAllTopicsSumToZero(t *testing.T) {
	_, m := readPeers(t)
	f := &relations.Formula{Fields: []relations.Part{{Field: "year", Categories: true}}}
	r, err := relations.Effects(m, f, lookup, topics.Bootstrap{})
	if err != nil {
		t.Fatal(err)
	}
	sums := map[relations.Term]float64{}
	for _, e := range r.Effects {
		sums[e.Term] += e.Estimate
		if !math.IsNaN(e.Low) || !math.IsNaN(e.Error) {
			t.Fatal("an interval without resamples")
		}
	}
	for term, sum := range sums {
		want := 0.0
		if term == (relations.Term{}) {
			want = 1
		}
		if math.Abs(sum-want) > 1e-9 {
			t.Errorf("%v: effects sum to %g, want %g", term, sum, want)
		}
	}
}

// The interval of a bootstrap is about that of theory where theory holds: a share that
// differs by noise of one size, and many documents.
func TestIntervalsAreThoseOfTheory(t *testing.T) {
	const n = 4000
	var h []float32
	m := &topics.Model{W: nmf.NewW(1, 2, []float32{1, 1})}
	for j := range n {
		side := float32(j % 2) // 0.3 and 0.5, with noise of a standard deviation of 0.1
		x := 0.3 + 0.2*side + 0.1*float32(j/2%2*2-1)
		h = append(h, x, 1-x)
		m.Documents = append(m.Documents, vectorize.Document{Tokens: 1, Meta: []corpus.Field{{Name: "side", Value: string("ab"[j%2])}}})
	}
	m.H = nmf.NewH(2, n, h)
	f, _ := relations.ParseFormula("side")
	r, err := relations.Effects(m, f, lookup, topics.Bootstrap{Resamples: 1000, Level: 0.95, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Effects[1] // of topic 0: side = b
	if want := 0.1 * 2 / math.Sqrt(n); math.Abs(e.Estimate-0.2) > 1e-6 || math.Abs(e.Error/want-1) > 0.1 {
		t.Errorf("estimate %g with an error of %g, want 0.2 and %g", e.Estimate, e.Error, want)
	}
	if width := (e.High - e.Low) / (2 * 1.96 * e.Error); math.Abs(width-1) > 0.1 {
		t.Errorf("the interval is %g times that of a normal distribution", width)
	}
}

func TestFormulasThatCannotBe(t *testing.T) {
	_, m := readPeers(t)
	for j := range m.Documents {
		d := &m.Documents[j]
		d.Meta = append(d.Meta, corpus.Field{Name: "one", Value: "same"}, corpus.Field{Name: "also", Value: lookup(d, "party")})
		if j == 3 {
			d.Meta = append(d.Meta, corpus.Field{Name: "rare", Value: "x"})
		}
	}
	for formula, want := range map[string]string{
		"share ~ one":           "one is same in all documents",
		"share ~ nothing":       "no document has a value of nothing",
		"share ~ party + also":  "also = green cannot be told from the fields before it",
		"share ~ rare":          "rare is x in all documents",
		"share ~ party + party": "stands in it twice",
		"share ~ party * year":  "interactions (*, :) are not estimated",
		"topic ~ party":         "it can only be share",
		"share ~":               "the name of a field is missing",
		"share ~ `party":        "a backquote is missing",
		"share ~ C(year":        "fields are joined by +",
	} {
		f, err := relations.ParseFormula(formula)
		if err == nil {
			_, err = relations.Effects(m, f, lookup, topics.Bootstrap{})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", formula, err, want)
		}
	}
}

func TestParseFormula(t *testing.T) {
	for text, want := range map[string][]relations.Part{
		"share ~ party + year":        {{Field: "party"}, {Field: "year"}},
		"~party+C( year )":            {{Field: "party"}, {Field: "year", Categories: true}},
		"`so + many` + x-y.z":         {{Field: "so + many"}, {Field: "x-y.z"}},
		"C(`what was asked?`) + день": {{Field: "what was asked?", Categories: true}, {Field: "день"}},
	} {
		f, err := relations.ParseFormula(text)
		if err != nil || !reflect.DeepEqual(f.Fields, want) {
			t.Errorf("%s: %v (%v), want %v", text, f, err, want)
		}
	}
}
