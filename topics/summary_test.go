package topics

import (
	"math"
	"slices"
	"testing"

	"klew/corpus"
	"pgregory.net/rapid"
)

// A document of three words is of one topic, and typical of none.
func TestTypical(t *testing.T) {
	m := modelOf([]string{"a", "b"}, []int{1, 1}, [][]float64{{1, 0}, {0, 1}}, [][]float64{
		{3, 0},    // 0: pure, short
		{95, 5},   // 1
		{100, 0},  // 2: pure, of the usual length
		{0, 100},  // 3
		{99, 1},   // 4
		{0, 0},    // 5: empty
		{400, 0},  // 6: pure and very long: it counts as 200 tokens
		{5000, 0}, // 7: and so does a price list, which is not ahead by its length
	})
	if got, want := m.Typical(10)[0], []int{6, 7, 2, 4, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("typical documents %v, want %v", got, want)
	}
	if got, want := m.Typical(2)[1], []int{3, 1}; !slices.Equal(got, want) {
		t.Errorf("typical documents %v, want %v", got, want)
	}
	if got := m.Typical(0)[0]; len(got) != 0 {
		t.Errorf("none asked for, got %v", got)
	}
}

// What repeats an earlier document is not shown again.
func TestTypicalWithoutRepetitions(t *testing.T) {
	m := modelOf([]string{"a"}, []int{1}, [][]float64{{1}}, [][]float64{{9}, {9}, {9}})
	if got := m.Typical(3)[0]; len(got) != 3 {
		t.Errorf("documents without a checksum: %v, want all three", got)
	}
	m.Documents[0].Checksum, m.Documents[1].Checksum, m.Documents[2].Checksum = 7, 8, 7
	if got, want := m.Typical(3)[0], []int{0, 1}; !slices.Equal(got, want) {
		t.Errorf("typical documents %v, want %v", got, want)
	}
}

func TestEntropy(t *testing.T) {
	m := modelOf([]string{"a", "b", "c", "d"}, make([]int, 4), [][]float64{
		{0.25, 1, 0.5, 0}, {0.25, 0, 0.25, 0}, {0.25, 0, 0.25, 0}, {0.25, 0, 0, 0},
	}, [][]float64{{1, 1, 1, 0}})
	for k, want := range []float64{math.Log(4), 0, 1.5 * math.Ln2, 0} {
		if got := m.Entropy(k); math.Abs(got-want) > 1e-6 {
			t.Errorf("topic %d: entropy %g, want %g", k, got, want)
		}
	}
}

// Each document that has a topic is counted with one; summaries add up.
func TestSummaries(t *testing.T) {
	m := fitted(t, nil)
	first, share := 0, 0.0
	for k, s := range m.Summaries(2) {
		first += s.First
		share += s.Share
		if s.Label == "" || s.Entropy <= 0 || len(s.Typical) != 2 || m.First(s.Typical[0]) != k {
			t.Errorf("topic %d: %+v", k, s)
		}
	}
	if first != len(texts)-1 || math.Abs(share-1) > 1e-9 { // the last text is empty
		t.Errorf("%d documents have a first topic, shares sum to %g", first, share)
	}
}

// The distance is a metric: 0 to itself, the same both ways, at most 1, and no way round
// is shorter. Two topics, whose proportions sum to 1, go against each other fully.
func TestNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		m.normalize()
		k := m.Topics()
		d, all := make([][]float64, k), m.Neighbours()
		for a := range k {
			d[a] = make([]float64, k)
			list := all[a]
			if len(list) != k-1 {
				t.Fatalf("topic %d has %d neighbours of %d", a, len(list), k-1)
			}
			for i, n := range list {
				d[a][n.Topic] = n.Distance
				if n.Topic == a || !(n.Distance >= 0 && n.Distance <= 1) || !(math.Abs(n.Correlation) <= 1+1e-9) {
					t.Fatalf("topic %d: %+v", a, n)
				}
				if i > 0 && n.Distance < list[i-1].Distance-1e-4 {
					t.Fatalf("topic %d: %v are not in order", a, list)
				}
			}
		}
		sums := m.W.Sums()
		for a := range k {
			for b := range k {
				for c := range k {
					if sums[a]*sums[b]*sums[c] > 0 && (d[a][b] > d[a][c]+d[c][b]+1e-3 || math.Abs(d[a][b]-d[b][a]) > 1e-9) {
						t.Fatalf("distances %v", d)
					}
				}
			}
		}
	})
}

func TestNeighboursOfTwins(t *testing.T) {
	m := modelOf([]string{"a", "b", "c"}, make([]int, 3), [][]float64{{0.5, 0.5, 0}, {0.5, 0.5, 0}, {0, 0, 1}},
		[][]float64{{1, 1, 8}, {2, 2, 6}, {4, 4, 2}, {0, 0, 0}})
	list := m.Neighbours()[0]
	if n := list[0]; n.Topic != 1 || n.Distance > 1e-3 || math.Abs(n.Correlation-1) > 1e-9 {
		t.Errorf("the twin is %+v", n)
	}
	if n := list[1]; n.Topic != 2 || n.Distance != 1 || math.Abs(n.Correlation+1) > 1e-9 {
		t.Errorf("the opposite is %+v", n)
	}
}

func TestSpread(t *testing.T) {
	m := modelOf([]string{"a", "b"}, []int{1, 1}, [][]float64{{1, 0}, {0, 1}}, [][]float64{{6, 2}, {2, 0}, {1, 3}, {0, 6}})
	meta := func(values ...string) (list []corpus.Field) {
		for i, name := range []string{"folder", "year", "same", "id"} {
			list = append(list, corpus.Field{Name: name, Value: values[i]})
		}
		return list
	}
	m.Documents[0].Meta = meta("sea", "1999", "x", "1")
	m.Documents[1].Meta = meta("sea", "2000", "x", "2")
	m.Documents[2].Meta = meta("oven", "2000", "x", "3")
	m.Documents[3].Meta = meta("oven", "", "x", "4")
	got := m.Spreads()[0]
	if len(got) != 3 || got[0].Field != "folder" || got[1].Field != "year" || got[2].Field != "id" {
		t.Fatalf("%+v", got)
	}
	want := []ValueSpread{{"sea", 2, 2, 8. / 9, 8. / 10}, {"oven", 2, 0, 1. / 9, 1. / 10}}
	if !slices.Equal(got[0].Values, want) {
		t.Errorf("%+v, want %+v", got[0].Values, want)
	}
	want = []ValueSpread{{"1999", 1, 1, 6. / 9, 6. / 8}, {"2000", 2, 1, 3. / 9, 3. / 6}, {"", 1, 0, 0, 0}}
	if !slices.Equal(got[1].Values, want) {
		t.Errorf("%+v, want %+v", got[1].Values, want)
	}
}

// A field that hardly any document has, or that is different in each, says nothing.
func TestSpreadOverWhat(t *testing.T) {
	var weights [][]float64
	for range 60 {
		weights = append(weights, []float64{1})
	}
	m := modelOf([]string{"a"}, []int{1}, [][]float64{{1}}, weights)
	for j := range m.Documents {
		d := &m.Documents[j]
		d.Meta = []corpus.Field{{Name: "id", Value: d.ID}, {Name: "half", Value: string(rune('a' + j%2))}}
		if j < 3 {
			d.Meta = append(d.Meta, corpus.Field{Name: "cc", Value: d.ID})
		}
	}
	if got := m.Spreads()[0]; len(got) != 1 || got[0].Field != "half" {
		t.Errorf("%+v", got)
	}
}

// The parts of a term sum to 1, and places agree with ranks.
func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		row := rapid.IntRange(0, m.W.Items()-1).Draw(t, "row")
		sum := 0.0
		places := m.Places(row)
		for _, p := range places {
			sum += p.OfTerm
			at := slices.IndexFunc(NewRanker(m).Top(p.Topic, math.MaxInt, Probability, 0), func(x Ranked) bool { return x.Row == row })
			if at < p.Rank-1 || p.Rank < 1 || p.OfTopic <= 0 {
				t.Fatalf("%+v, of rank %d", p, at+1)
			}
		}
		if sum > 0 && math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%v sum to %g", places, sum)
		}
	})
}

// What the model expects of a term in all documents is what was counted.
func TestExpected(t *testing.T) {
	m := fitted(t, nil)
	for row, term := range m.Vocabulary.Terms {
		sum := 0.0
		for j := range m.Documents {
			sum += m.Expected(row, j)
		}
		if math.Abs(sum-float64(term.Count)) > 0.01*float64(term.Count) {
			t.Errorf("%s: %g expected, %d counted", term.Stem, sum, term.Count)
		}
	}
}
