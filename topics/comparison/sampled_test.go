package comparison

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"klew/topics"
)

// missed is e^(-t) (I₀(t) + I₁(t)), here by SciPy's i0e and i1e.
func TestMissed(t *testing.T) {
	for x, want := range map[float64]float64{0: 1.0, 0.02: 0.9901, 0.1: 0.9524, 0.5: 0.8015, 1: 0.6737, 2: 0.5238, 4: 0.3858, 10: 0.2491, 40: 0.1258, 1000: 0.0252} {
		if got := missed(x); math.Abs(got-want) > 0.015 {
			t.Errorf("of %v: %v, want %v", x, got, want)
		}
	}
}

// sampled are topics as they come out if they are learned from bursts of words that are drawn from
// them: from so many the last, twice as many the one before it, and so on.
func sampled(bursts float64, seed uint64, of ...[]float64) *topics.Model {
	source := rand.New(rand.NewPCG(seed, 3))
	weights, counts := make([][]float32, len(of)), make([]int, len(of[0]))
	for k, p := range of {
		weights[k] = make([]float32, len(p))
		for i, x := range p {
			n := distuv.Poisson{Lambda: x*bursts*float64(len(of)-k) + 1e-12, Src: source}.Rand()
			weights[k][i] = float32(2 * n) // each word twice in its document
			counts[i] += int(n)
		}
	}
	m := ofTerms(weights...)
	for i := range m.Vocabulary.Terms {
		m.Vocabulary.Terms[i].DF, m.Vocabulary.Terms[i].Count = counts[i], 2*counts[i]
	}
	return m
}

// Topics that are learned from different texts of one kind are found again, and of enough texts
// they are the same, though half of their words are not in common; and what is in the one corpus
// alone is gone or new.
func TestSampledTopicsAreTheSame(t *testing.T) {
	const words = 3000
	topic := func(first int) []float64 { // of rare words, beside frequent ones that all have
		p := make([]float64, words)
		for i := range 1000 {
			p[first+i] = 0.7 / math.Log(1001) / float64(i+1)
			p[i%50] += 0.3 / 1000
		}
		return p
	}
	a, b, c, d := topic(0), topic(700), topic(1400), topic(2000)
	for _, bursts := range []float64{300, 3000} {
		was, is := sampled(bursts, 1, a, b, c), sampled(bursts, 2, a, b, d)
		got := compared(t, was, is)
		if x := got.pairing.overlap[0][0]; x > 0.9 { // or else this tests nothing
			t.Errorf("the topics overlap by %v", x)
		}
		for _, r := range got.Relations {
			want := Same
			switch {
			case len(r.Old) > 0 && r.Old[0] == 2:
				want = Gone
			case len(r.New) > 0 && r.New[0] == 2:
				want = New
			}
			if r.Change != want && (bursts > 1000 || want != Same || r.Change != Changed) {
				t.Errorf("learned from %v bursts: %+v, want %s", bursts, r, want)
			}
		}
	}
}
