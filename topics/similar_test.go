package topics

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// mixtures are documents with given weights.
func mixtures(topics int, weights ...float32) *DocumentTopics {
	n := len(weights) / topics
	return &DocumentTopics{Documents: make([]vectorize.Document, n), H: nmf.NewH(topics, n, weights)}
}

func TestSimilar(t *testing.T) {
	d := mixtures(3,
		2, 2, 0,
		0, 0, 0, // empty
		1, 3, 0,
		5, 5, 0, // as the first
		0, 0, 7,
		4, 4, 8)
	for _, test := range []struct {
		name      string
		p         []float64
		n, except int
		want      string
	}{
		{"the same first, none empty", []float64{0.5, 0.5, 0}, 10, -1, "0:0 3:0 2:0.185 5:0.541 4:1"},
		{"but itself", d.Proportions(0), 10, 0, "3:0 2:0.185 5:0.541 4:1"},
		{"only so many", d.Proportions(0), 2, 0, "3:0 2:0.185"},
		{"one topic", []float64{0, 0, 1}, 2, -1, "4:0 5:0.541"},
		{"no topic", d.Proportions(1), 10, 1, ""},
		{"none asked for", d.Proportions(0), 0, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for i, near := range d.Similar(test.p, test.n, test.except) {
				if i > 0 {
					got += " "
				}
				got += fmt.Sprintf("%d:%.3g", near.Document, near.Distance)
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// slowSimilar sorts all documents by the distance as it is defined.
func slowSimilar(d *DocumentTopics, p []float64, except int) []SimilarDocument {
	var all []SimilarDocument
	for j := range d.Documents {
		sum, q := 0.0, d.Proportions(j)
		for k := range p {
			sum += math.Pow(math.Sqrt(p[k])-math.Sqrt(q[k]), 2)
		}
		if d.First(j) >= 0 && j != except {
			all = append(all, SimilarDocument{j, math.Sqrt(sum / 2)})
		}
	}
	slices.SortStableFunc(all, func(a, b SimilarDocument) int { return cmp.Compare(a.Distance, b.Distance) })
	return all
}

// One pass finds what sorting all finds; the terms of the affinity sum to what the
// distance leaves; and the distance is a metric: a way round is never shorter.
func TestSimilarAgainstSorting(t *testing.T) {
	weight := rapid.OneOf(rapid.Just(float32(0)), rapid.Float32Range(0, 50))
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 6).Draw(t, "topics")
		documents := rapid.IntRange(1, 400).Draw(t, "documents")
		seed := rapid.SliceOfN(weight, k*20, k*20).Draw(t, "weights")
		weights := make([]float32, 0, k*documents)
		for i := range k * documents {
			weights = append(weights, seed[(i*7+i/50)%len(seed)])
		}
		d := mixtures(k, weights...)
		from, n := rapid.IntRange(0, documents-1).Draw(t, "from"), rapid.IntRange(1, 30).Draw(t, "n")
		p := d.Proportions(from)
		got, want := d.Similar(p, n, from), slowSimilar(d, p, from)
		if d.First(from) < 0 {
			want = nil
		}
		if len(got) != min(n, len(want)) {
			t.Fatalf("%d neighbours, want %d of %d", len(got), n, len(want))
		}
		terms := make([]float64, k)
		for i, near := range got {
			if math.Abs(near.Distance-want[i].Distance) > 1e-6 {
				t.Fatalf("neighbour %d is %v, want %v", i, near, want[i])
			}
			affinity := 0.0
			Affinity(terms, p, d.Proportions(near.Document))
			for _, x := range terms {
				affinity += x
			}
			if math.Abs(1-near.Distance*near.Distance-affinity) > 1e-9 {
				t.Fatalf("distance %v, but the affinity is %v", near.Distance, affinity)
			}
		}
		checkTriangle(t, d, from, got)
		kept := Model{DocumentTopics: *d}
		kept.Keep()
		if again := kept.Similar(p, n, from); !slices.Equal(again, got) {
			t.Fatalf("with what is kept the nearest are %v, want %v", again, got)
		}
	})
}

// checkTriangle goes round by the nearest.
func checkTriangle(t *rapid.T, d *DocumentTopics, from int, near []SimilarDocument) {
	if len(near) == 0 {
		return
	}
	direct := map[int]float64{}
	for _, n := range slowSimilar(d, d.Proportions(from), -1) {
		direct[n.Document] = n.Distance
	}
	by := near[0]
	for _, n := range slowSimilar(d, d.Proportions(by.Document), -1) {
		if direct[n.Document] > by.Distance+n.Distance+1e-9 {
			t.Fatalf("from %d to %d it is %v, and by %d only %v", from, n.Document, direct[n.Document], by.Document, by.Distance+n.Distance)
		}
	}
}

func BenchmarkSimilar(b *testing.B) {
	for _, k := range []int{20, 100} {
		random := rand.New(rand.NewPCG(1, 1))
		const documents = 1_000_000
		weights := make([]float32, k*documents)
		for i := range weights {
			if random.IntN(k) < 5 { // about five topics a document
				weights[i] = 50 * random.Float32()
			}
		}
		d := mixtures(k, weights...)
		b.Run(fmt.Sprintf("documents=1M/topics=%d", k), func(b *testing.B) {
			p := d.Proportions(0)
			for b.Loop() {
				d.Similar(p, 10, 0)
			}
		})
		b.Run(fmt.Sprintf("documents=1M/topics=%d/kept", k), func(b *testing.B) {
			m := Model{DocumentTopics: *d}
			m.Keep()
			p := m.Proportions(0)
			m.Similar(p, 10, 0)
			for b.Loop() {
				m.Similar(p, 10, 0)
			}
		})
	}
}
