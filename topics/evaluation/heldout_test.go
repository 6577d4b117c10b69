package evaluation

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// truth draws a model of some topics over terms, each of which has most of its weight on a
// few, and documents from it.
func truth(seed uint64, terms, topics, documents int) (*nmf.Factor, *sparse.CSC) {
	random := rand.New(rand.NewPCG(seed, 0))
	w := nmf.NewW(terms, topics, make([]float32, terms*topics))
	for i := range terms {
		for k := range topics {
			w.Item(i)[k] = float32(math.Pow(random.ExpFloat64(), 4))
		}
	}
	sums := w.Sums()
	for k := range sums {
		sums[k] = 1 / sums[k]
	}
	w.Scale(sums)
	c := newColumns(terms)
	for range documents {
		h, total := make([]float64, topics), 0.0
		for k := range h {
			h[k] = math.Pow(random.ExpFloat64(), 3)
			total += h[k]
		}
		counts := make([]int, terms)
		for range 40 + random.IntN(120) {
			counts[pick(random, w, h, total)]++
		}
		for i, n := range counts {
			c.add(i, float64(n))
		}
		c.end()
	}
	return w, c.matrix()
}

// pick draws a term.
func pick(random *rand.Rand, w *nmf.Factor, h []float64, total float64) int {
	at := random.Float64() * total
	k := 0
	for ; k < len(h)-1 && at >= h[k]; k++ {
		at -= h[k]
	}
	at = random.Float64()
	for i := range w.Items() {
		if at -= float64(w.Item(i)[k]); at < 0 {
			return i
		}
	}
	return w.Items() - 1
}

func heldOut(t *testing.T, w *nmf.Factor, v *sparse.CSC, prior float64) *Completion {
	t.Helper()
	c, err := HeldOut(context.Background(), w, v, HeldOutOptions{Seed: 1, Prior: prior, Fitting: nmf.Defaults()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A model that knows nothing has as perplexity the number of terms.
func TestUniformModelHasPerplexityOfVocabulary(t *testing.T) {
	_, v := truth(1, 70, 4, 50)
	w := nmf.NewW(70, 3, slices.Repeat([]float32{0.5}, 70*3))
	for _, prior := range []float64{0, 1e-9, 1, 1e6} {
		if got := heldOut(t, w, v, prior).Perplexity; math.Abs(got-70) > 1e-4 {
			t.Errorf("prior %v: perplexity %v of 70 terms", prior, got)
		}
	}
}

// The model from which documents were drawn predicts them better than others do: one that
// was fitted to other documents of it, the same with its terms changed about, one of too
// few topics, and the distribution of terms alone.
func TestTruthPredictsBest(t *testing.T) {
	w, v := truth(2, 200, 6, 600)
	training, held, _ := HoldOut(v, 0.5, 3)
	fit := func(topics int) *nmf.Factor {
		o := nmf.Defaults()
		o.Topics = topics
		result, err := nmf.Fit(context.Background(), training, o)
		if err != nil {
			t.Fatal(err)
		}
		return result.W
	}
	changed := nmf.NewW(200, 6, make([]float32, 200*6))
	for i := range 200 {
		copy(changed.Item(i), w.Item(199-i))
	}
	best, fitted := heldOut(t, w, held, 0), heldOut(t, fit(6), held, 0)
	if fitted.Perplexity > 1.15*best.Perplexity {
		t.Errorf("a fit of the right size has perplexity %v, the truth %v", fitted.Perplexity, best.Perplexity)
	}
	for name, other := range map[string]*Completion{
		"fitted":  fitted,
		"changed": heldOut(t, changed, held, 0),
		"one":     heldOut(t, fit(1), held, 0),
		"nothing": heldOut(t, w, held, 1e9),
	} {
		if other.Perplexity <= best.Perplexity || other.KL <= best.KL {
			t.Errorf("%s: perplexity %v and KL %v, the truth has %v and %v", name, other.Perplexity, other.KL, best.Perplexity, best.KL)
		}
	}
	if best.Documents != 300 || best.KL <= 0 {
		t.Errorf("%+v", best)
	}
}

// The scale of W is free, and the number of threads does not matter.
func TestHeldOutDoesNotDependOnScale(t *testing.T) {
	w, v := truth(4, 100, 3, 80)
	before := heldOut(t, w, v, 0)
	w.Scale([]float64{3, 0.25, 1})
	o := HeldOutOptions{Seed: 1, Fitting: nmf.Defaults()}
	o.Fitting.Threads = 3
	after, err := HeldOut(context.Background(), w, v, o)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(before.Perplexity-after.Perplexity) > 1e-3*before.Perplexity {
		t.Errorf("perplexity %v, after scaling %v", before.Perplexity, after.Perplexity)
	}
	o.Fitting.Threads = 1
	if again, _ := HeldOut(context.Background(), w, v, o); *again != *after {
		t.Errorf("%+v with one thread, %+v with three", again, after)
	}
}

// Halving keeps every token, in one half or the other, and half of them in each.
func TestHalvesAreHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newColumns(5)
		for range rapid.IntRange(0, 6).Draw(t, "documents") {
			for i := range 5 {
				c.add(i, float64(rapid.IntRange(0, 4).Draw(t, "count")))
			}
			c.end()
		}
		v, short := c.matrix(), 0
		first, second, err := halve(context.Background(), v, rapid.Uint64().Draw(t, "seed"), &short)
		if err != nil {
			t.Fatal(err)
		}
		_, documents := v.Dims()
		for j := range documents {
			var n, a, b float64
			for i := range 5 {
				n, a, b = n+v.At(i, j), a+first.At(i, j), b+second.At(i, j)
			}
			if n < 2 {
				short--
				n = 0
			}
			if a != math.Floor(n/2) || b != math.Ceil(n/2) {
				t.Errorf("document %d of %v tokens: halves of %v and %v", j, n, a, b)
			}
			for i := range 5 {
				if n > 0 && first.At(i, j)+second.At(i, j) != v.At(i, j) {
					t.Errorf("document %d, term %d: %v and %v of %v", j, i, first.At(i, j), second.At(i, j), v.At(i, j))
				}
			}
		}
		if short != 0 {
			t.Errorf("%d too many or too few said to be short", short)
		}
	})
}

// Each token is as likely to be in the first half as another.
func TestHalvesAreFair(t *testing.T) {
	c := newColumns(4)
	const documents = 40_000
	for range documents {
		for i := range 4 {
			c.add(i, 1)
		}
		c.end()
	}
	short := 0
	first, _, err := halve(context.Background(), c.matrix(), 7, &short)
	if err != nil {
		t.Fatal(err)
	}
	var pairs [4][4]float64
	for j := range documents {
		for a := range 4 {
			for b := range 4 {
				pairs[a][b] += first.At(a, j) * first.At(b, j)
			}
		}
	}
	for a := range 4 {
		for b := range 4 {
			p := 1.0 / 6 // two of four: six halves
			if a == b {
				p = 0.5
			}
			if off := math.Abs(pairs[a][b] - documents*p); off > 4*math.Sqrt(documents*p*(1-p)) {
				t.Errorf("tokens %d and %d are in %v first halves of %d, expected %v", a, b, pairs[a][b], documents, documents*p)
			}
		}
	}
}

// Of large counts, too, half of the tokens are in each half, and as many of each term as may be.
func TestHalvesOfLargeCounts(t *testing.T) {
	c := newColumns(3)
	for range 200 {
		for i, count := range []float64{3e9, 50_000, 7} {
			c.add(i, count)
		}
		c.end()
	}
	v, short := c.matrix(), 0
	first, second, err := halve(context.Background(), v, 5, &short)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for j := range 200 {
		given := 0.0
		for i := range 3 {
			if given += first.At(i, j); first.At(i, j)+second.At(i, j) != v.At(i, j) {
				t.Fatalf("document %d, term %d: %v and %v", j, i, first.At(i, j), second.At(i, j))
			}
		}
		if given != 1500025003 {
			t.Fatalf("document %d: %v tokens in the first half", j, given)
		}
		off := first.At(1, j) - 25_000
		mean += off / 200
		if deviation := math.Sqrt(50_000 * 0.25); math.Abs(off) > 5*deviation {
			t.Errorf("document %d: %v of 50,000", j, first.At(1, j))
		}
	}
	if math.Abs(mean) > 4*math.Sqrt(50_000*0.25/200) {
		t.Errorf("on average %v beside half", mean)
	}
}

func TestHoldOutKeepsEveryDocument(t *testing.T) {
	_, v := truth(5, 30, 2, 41)
	for _, share := range []float64{-1, 0, 0.1, 0.5, 1, 2} {
		training, held, out := HoldOut(v, share, 9)
		wanted := int(math.Round(41 * min(max(share, 0), 1)))
		var at [2]int
		for j := range 41 {
			from, n := training, &at[0]
			if out[j] {
				from, n = held, &at[1]
			}
			for i := range 30 {
				if from.At(i, *n) != v.At(i, j) {
					t.Fatalf("share %v: document %d has changed", share, j)
				}
			}
			*n++
		}
		if at[1] != wanted {
			t.Errorf("share %v: %d held out, want %d", share, at[1], wanted)
		}
	}
}

// KL is what perplexity has above the entropy of the halves: 0 for a model that predicts
// them as they are.
func TestKLOfAPerfectPrediction(t *testing.T) {
	c := newColumns(2)
	for i := range 2 {
		c.add(i, 10)
		c.end()
	}
	got := heldOut(t, nmf.NewW(2, 2, []float32{1, 0, 0, 1}), c.matrix(), 1e-9)
	if math.Abs(got.KL) > 1e-6 || math.Abs(got.Perplexity-1) > 1e-6 || got.Tokens != 10 {
		t.Errorf("%+v", got)
	}
}

// A topic that lacks a term makes it unlikely, not impossible.
func TestBackgroundKeepsPerplexityFinite(t *testing.T) {
	_, v := truth(6, 20, 2, 10)
	data := slices.Repeat([]float32{1}, 20)
	data[0], data[1], data[2] = 0, 0, 0
	w := nmf.NewW(20, 1, data)
	if got := heldOut(t, w, v, 0).Perplexity; math.IsInf(got, 0) || got < 1 {
		t.Errorf("perplexity %v", got)
	}
	if few, many := heldOut(t, w, v, 1e-6).Perplexity, heldOut(t, w, v, 1).Perplexity; few < 2*many {
		t.Errorf("with hardly any background perplexity is %v, with a token of it %v", few, many)
	}
}

// Of documents of two tokens, of which one is given, no model is worse than the background alone,
// and the right one is better.
func TestTopicsOfShortTextsPredictThem(t *testing.T) {
	const topics, terms = 4, 40
	random, c := rand.New(rand.NewPCG(8, 8)), newColumns(terms)
	w := nmf.NewW(terms, topics, make([]float32, terms*topics))
	for i := range terms {
		w.Item(i)[i%topics] = topics / float32(terms)
	}
	for range 4000 {
		k, counts := random.IntN(topics), make([]int, terms)
		for range 2 {
			if random.IntN(3) == 0 {
				k = random.IntN(topics)
			}
			counts[topics*random.IntN(terms/topics)+k]++
		}
		for i, n := range counts {
			c.add(i, float64(n))
		}
		c.end()
	}
	best, sure := heldOut(t, w, c.matrix(), 0), heldOut(t, w, c.matrix(), 0.02)
	if best.Perplexity > 0.8*terms || sure.Perplexity < 1.1*best.Perplexity {
		t.Errorf("perplexity %v with a prior of %v, %v with one of 0.02", best.Perplexity, best.Prior, sure.Perplexity)
	}
	wrong := nmf.NewW(terms, topics, make([]float32, terms*topics))
	for i := range terms {
		wrong.Item(i)[i*topics/terms] = 1
	}
	if got := heldOut(t, wrong, c.matrix(), 0).Perplexity; got > 1.01*terms {
		t.Errorf("topics that have nothing to do with the texts: perplexity %v of %d terms", got, terms)
	}
}

func TestHeldOutRefuses(t *testing.T) {
	w, v := truth(7, 10, 2, 4)
	empty := sparse.NewCSC(10, 1, []int{0, 1}, []int{3}, []float64{1})
	half := sparse.NewCSC(10, 1, []int{0, 1}, []int{3}, []float64{2.5})
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		v    *sparse.CSC
		o    HeldOutOptions
		want string
	}{
		{context.Background(), v, HeldOutOptions{Prior: -2}, "prior of -2 tokens must be 0 or more"},
		{context.Background(), v, HeldOutOptions{Background: []float64{1}}, "background has 1 terms"},
		{context.Background(), sparse.NewCSC(3, 0, []int{0}, nil, nil), HeldOutOptions{}, "the table has 3 terms, the model 10"},
		{context.Background(), half, HeldOutOptions{}, "term 4 stands 2.5 times in document 1"},
		{context.Background(), empty, HeldOutOptions{}, "no document has two tokens"},
		{context.Background(), sparse.NewCSC(10, 0, []int{0}, nil, nil), HeldOutOptions{}, "no document has two tokens"},
		{ended, v, HeldOutOptions{}, "context canceled"},
	} {
		c.o.Fitting = nmf.Defaults()
		if _, err := HeldOut(c.ctx, w, c.v, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// A model predicts halves of the texts that it was fitted to; one of other weights than
// counts says why it does not.
func TestComplete(t *testing.T) {
	m := fitted(t, nil)
	c, err := Complete(context.Background(), m, documents(texts), 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Documents != 5 || c.Short != 1 || !(c.Perplexity > 1 && c.Perplexity < float64(len(m.Vocabulary.Terms))) {
		t.Errorf("%+v of %d terms", c, len(m.Vocabulary.Terms))
	}
	weighted := fitted(t, func(o *vectorize.Options, _ *nmf.Options) { o.Weighting = vectorize.TFIDFWeighting })
	if _, err := Complete(context.Background(), weighted, documents(texts), 1, 1); err == nil || !strings.Contains(err.Error(), "tfidf") {
		t.Errorf("weights: %v", err)
	}
}
