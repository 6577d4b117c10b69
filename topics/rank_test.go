package topics

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// modelOf makes a model of numbers: W by rows, the tokens of each document by topic.
func modelOf(words []string, counts []int, w [][]float64, documents [][]float64) *Model {
	m := &Model{Vocabulary: &vectorize.Vocabulary{Documents: len(documents)}}
	var data []float32
	for i, row := range w {
		m.Vocabulary.Terms = append(m.Vocabulary.Terms, vectorize.Term{Stem: words[i], Count: counts[i]})
		for _, x := range row {
			data = append(data, float32(x))
		}
	}
	m.W = nmf.NewW(len(w), len(w[0]), data)
	data = nil
	for j, weights := range documents {
		total := 0.0
		for _, x := range weights {
			total += x
			data = append(data, float32(x))
		}
		m.Documents = append(m.Documents, vectorize.Document{ID: fmt.Sprintf("d%d", j), Tokens: int(math.Round(total))})
	}
	m.H = nmf.NewH(len(w[0]), len(documents), data)
	return m
}

// golden is what testdata/rank.py writes.
type golden struct {
	Words     []string
	Counts    []int
	W         [][]float64
	Mass      []float64
	Marginals []float64
	Rankings  []struct {
		By     Ranking
		Weight float64
		Topics [][]struct {
			Term  string
			Score float64
		}
	}
}

func readGolden(t *testing.T) (g golden, m *Model) {
	t.Helper()
	data, err := os.ReadFile("testdata/rank.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g, modelOf(g.Words, g.Counts, g.W, [][]float64{g.Mass})
}

// Each ranking is what its published formula says, worked out by a script of its own.
func TestRankingsGolden(t *testing.T) {
	g, m := readGolden(t)
	for w, p := range m.Marginals() {
		if math.Abs(p-g.Marginals[w]) > 1e-7 {
			t.Errorf("marginal of %s: %v, want %v", g.Words[w], p, g.Marginals[w])
		}
	}
	r := NewRanker(m)
	for _, want := range g.Rankings {
		for k, terms := range want.Topics {
			got := r.Top(k, 100, want.By, want.Weight)
			if len(got) != len(terms) {
				t.Errorf("%s, topic %d: %d terms, want %d", want.By, k, len(got), len(terms))
				continue
			}
			for i, x := range got {
				if x.Term != terms[i].Term || math.Abs(x.Score-terms[i].Score) > 1e-6 {
					t.Errorf("%s %g, topic %d, rank %d: %s %.7f, want %s %.7f", want.By, want.Weight, k, i+1, x.Term, x.Score, terms[i].Term, terms[i].Score)
				}
				if float64(m.W.Item(x.Row)[k]) != x.Weight || m.Vocabulary.Terms[x.Row].Stem != x.Term {
					t.Errorf("%s, topic %d: row %d is not %s", want.By, k, x.Row, x.Term)
				}
			}
		}
	}
}

// Of a single topic, which is the corpus, and of topics that are all the same, no word tells
// more than another: those with most weight come first.
func TestNothingTellsTheCorpus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		for i := range m.W.Items() {
			for k := range m.W.Item(i) {
				m.W.Item(i)[k] = m.W.Item(i)[0]
			}
		}
		for k := range m.Topics() {
			if got, want := TopTerms(m.W, m.Marginals(), k, 10), MostProbable(m.W, k, 10); !slices.Equal(got, want) {
				t.Fatalf("topic %d: %v, most probable are %v", k, got, want)
			}
		}
	})
}

// A word that all topics have, and a rare one, stand behind the topic's own.
func TestDivergencePassesOverGeneralAndRareWords(t *testing.T) {
	m := modelOf([]string{"boat", "loaf", "oven", "people", "rare", "sail"}, []int{30, 30, 30, 80, 1, 30},
		[][]float64{{0.3, 0}, {0, 0.25}, {0, 0.3}, {0.45, 0.45}, {0.01, 0}, {0.24, 0}}, [][]float64{{100, 100}})
	for k, want := range [][]string{{"boat", "sail", "rare", "people"}, {"oven", "loaf", "people"}} {
		for i, w := range m.Keywords(k, 9) {
			if w.Term != want[i] {
				t.Errorf("topic %d: rank %d is %q, want %q", k, i+1, w.Term, want[i])
			}
		}
	}
}

// The word that occurs once is not exclusive to its topic, for all that one can know.
func TestFREXOfAWordThatOccursOnce(t *testing.T) {
	_, m := readGolden(t)
	r := NewRanker(m)
	if first := r.Top(2, 1, Lift, 0)[0].Term; first != "once" {
		t.Errorf("by lift %q is first, want the word that has no other topic", first)
	}
	if first := r.Top(2, 1, FREX, 0.5)[0].Term; first == "once" {
		t.Error("by FREX a word that occurs once is first")
	}
}

// Rankings agree where their formulas do: relevance with λ = 1 is probability, with λ = 0
// lift, and the order of Keywords is that of the divergence.
func TestRankingsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		r := NewRanker(m)
		k, n := rapid.IntRange(0, m.Topics()-1).Draw(t, "topic"), rapid.IntRange(0, 20).Draw(t, "words")
		byDivergence := r.Top(k, n, Divergence, 0)
		for i, w := range m.Keywords(k, n) {
			if byDivergence[i].Keyword != w {
				t.Fatalf("rank %d: %v, and as keyword %v", i+1, byDivergence[i].Keyword, w)
			}
		}
		sameRows(t, r.Top(k, n, Probability, 0), r.Top(k, n, Relevance, 1))
		sameRows(t, r.Top(k, n, Lift, 0), r.Top(k, n, Relevance, 0))
	})
}

func sameRows(t *rapid.T, a, b []Ranked) {
	if len(a) != len(b) {
		t.Fatalf("%d and %d terms", len(a), len(b))
	}
	for i := range a {
		if a[i].Row != b[i].Row {
			t.Fatalf("rank %d: %v and %v", i+1, a[i], b[i])
		}
	}
}

// The first n of a ranking are the first n of all of it, scores fall, and each term is
// there once.
func TestRankingsAreOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		r, k := NewRanker(m), rapid.IntRange(0, m.Topics()-1).Draw(t, "topic")
		by, weight := rapid.SampledFrom(Rankings).Draw(t, "by"), rapid.Float64Range(0, 1).Draw(t, "weight")
		all := r.Top(k, math.MaxInt, by, weight)
		seen := map[int]bool{}
		for i, x := range all {
			if seen[x.Row] || math.IsNaN(x.Score) || math.IsInf(x.Score, 0) {
				t.Fatalf("rank %d: %v", i+1, x)
			}
			seen[x.Row] = true
			if i > 0 && x.Score > all[i-1].Score+1e-5*(1+math.Abs(x.Score)) {
				t.Fatalf("by %s rank %d has the score %g, the one before %g", by, i+1, x.Score, all[i-1].Score)
			}
		}
		n := rapid.IntRange(0, len(all)).Draw(t, "words")
		sameRows(t, all[:n], r.Top(k, n, by, weight))
	})
}

// drawModel draws a model, with zeros and equal weights in it.
func drawModel(t *rapid.T) *Model {
	topics, terms := rapid.IntRange(1, 5).Draw(t, "topics"), rapid.IntRange(1, 200).Draw(t, "terms")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	words, counts, w := make([]string, terms), make([]int, terms), make([][]float64, terms)
	for i := range w {
		words[i], counts[i], w[i] = fmt.Sprintf("word%03d", i), rng.IntN(4), make([]float64, topics)
		for k := range w[i] {
			w[i][k] = float64(max(0, rng.IntN(12)-6)) / 1000
		}
	}
	document := make([]float64, topics)
	for k := range document {
		document[k] = float64(rng.IntN(3))
	}
	return modelOf(words, counts, w, [][]float64{document})
}

func TestRankingCheck(t *testing.T) {
	for _, c := range []struct {
		by     Ranking
		weight float64
		ok     bool
	}{
		{Probability, 7, true}, {Lift, -1, true}, {Relevance, 0, true}, {Relevance, 1, true}, {FREX, 0.5, true},
		{Relevance, 1.1, false}, {FREX, -0.1, false}, {FREX, math.NaN(), false}, {"", 0.5, false}, {"beauty", 0.5, false},
	} {
		if err := c.by.Check(c.weight); (err == nil) != c.ok {
			t.Errorf("%q with %v: %v", c.by, c.weight, err)
		}
	}
}

// best keeps what sorting would put in front, whatever comes in which order.
func TestBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 1000).Draw(t, "values")
		n := rapid.IntRange(0, 60).Draw(t, "n")
		type numbered struct{ value, number int }
		byValue := func(a, b numbered) int { return a.value - b.value }
		b, all := newBest(n, byValue), []numbered{}
		for i, x := range values {
			b.add(numbered{x, i})
			all = append(all, numbered{x, i})
		}
		slices.SortStableFunc(all, byValue)
		if want, got := all[:min(n, len(all))], b.list(); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// BenchmarkRank ranks all topics of a large model: 100,000 terms by 200 topics, of which a
// term has 12.
func BenchmarkRank(b *testing.B) {
	const terms, topics = 100_000, 200
	rng := rand.New(rand.NewPCG(1, 1))
	m := &Model{Vocabulary: &vectorize.Vocabulary{Terms: make([]vectorize.Term, terms)}}
	data := make([]float32, terms*topics)
	for i := range terms {
		m.Vocabulary.Terms[i] = vectorize.Term{Stem: fmt.Sprint(i), Count: 2 + rng.IntN(100)}
		for range 12 {
			data[i*topics+rng.IntN(topics)] = rng.Float32()
		}
	}
	m.W, m.H = nmf.NewW(terms, topics, data), nmf.NewH(topics, 1, slices.Repeat([]float32{1}, topics))
	for _, by := range Rankings {
		b.Run(string(by), func(b *testing.B) {
			for b.Loop() {
				r := NewRanker(m)
				for k := range topics {
					r.Top(k, 10, by, 0.5)
				}
			}
		})
	}
	b.Run("labels", func(b *testing.B) {
		for b.Loop() {
			m.Labels()
		}
	})
}
