package nmf

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"klew/nmf/internal/synthetic"
	"pgregory.net/rapid"
)

// stabilities fits a drawn corpus, and returns each topic's stability, the largest first.
func stabilities(t *testing.T, of synthetic.Model, nonZeros, k, halves int) []float64 {
	t.Helper()
	o := Defaults()
	o.Topics, o.Halves = k, halves
	s := fit(t, of.Matrix(nonZeros), o).Stability
	slices.SortFunc(s, func(a, b float64) int { return cmp.Compare(b, a) })
	return s
}

func mean(x []float64) float64 { return sumOf(x) / float64(len(x)) }

// Drawn from ten topics, the ten are found in any half: no other number of topics is as
// stable on average, and none that is larger has stable topics only. The background that
// all documents share is not a topic, and hides none.
func TestStabilityShowsTheTrueNumberOfTopics(t *testing.T) {
	if testing.Short() {
		t.Skip("24 fits")
	}
	const most = 16
	numbers := []int{2, 5, 8, 9, 10, 11, 12, most}
	var means, least [most + 1]float64
	for _, k := range numbers {
		s := stabilities(t, synthetic.Model{Terms: 500, Topics: 10, Seed: 3}, 20_000, k, 2)
		means[k], least[k] = mean(s), s[k-1]
		t.Logf("k=%2d  mean %.3f  from %.3f to %.3f", k, means[k], s[k-1], s[0])
	}
	for _, k := range numbers {
		if k != 10 && means[k] > means[10]-0.03 {
			t.Errorf("%d topics have the mean stability %.3f, the true ten %.3f", k, means[k], means[10])
		}
		if all := least[k] >= Stable; all != (k == 10) {
			t.Errorf("k=%d: the least stable topic has %.3f", k, least[k])
		}
	}
}

// On noise, all tokens drawn from one distribution, no topic is stable, however many there
// are said to be and however much they overlap.
func TestNoiseIsNotStable(t *testing.T) {
	if testing.Short() {
		t.Skip("18 fits")
	}
	for _, terms := range []int{100, 1000} {
		for _, k := range []int{2, 5, 16} {
			s := stabilities(t, synthetic.Model{Terms: terms, Topics: 1, Seed: 3}, 12_000, k, 2)
			t.Logf("%d terms, k=%d: at most %.3f", terms, k, s[0])
			if s[0] >= Stable {
				t.Errorf("%d terms, k=%d: a topic of noise has stability %.3f", terms, k, s[0])
			}
		}
	}
}

// A half that was found to have what remains there, in any order and scale, has all topics;
// one that was found to have the corpus in place of each topic has none.
func TestRefound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		items, topics := rapid.IntRange(10, 60).Draw(t, "items"), rapid.IntRange(2, 6).Draw(t, "topics")
		w := newFactor(items, topics)
		w.draw(topics, r)
		found, scale := w.only(r.Perm(topics), topics), make([]float64, topics)
		for k := range scale {
			scale[k] = 0.1 + r.Float64()
		}
		found.Scale(scale)
		for k, s := range refound(w, found, w, 2) {
			if math.Abs(s-1) > 1e-3 {
				t.Errorf("topic %d is there unchanged, with stability %g", k, s)
			}
		}
		one := w.asOne()
		for i := range items {
			for k := range topics {
				found.Item(i)[k] = one.Item(i)[0]
			}
		}
		for k, s := range refound(w, found, w, 2) {
			if s > 1e-4 {
				t.Errorf("topic %d is not there, with stability %g", k, s)
			}
		}
	})
}

// Where nothing can be told, there is no number; and a number is one.
func TestStabilityAtTheEdges(t *testing.T) {
	empty := newFactor(3, 2)
	if s := refound(empty, empty, empty, 2); !slices.Equal(s, []float64{0, 0}) {
		t.Errorf("topics without weight have the stability %v", s)
	}
	few := Defaults()
	few.Topics, few.Halves = 1, 2
	if s := fit(t, counts(40, 30, 4), few).Stability; s != nil {
		t.Errorf("a single topic has the stability %v", s)
	}
	few.Topics = 4
	if s := fit(t, counts(40, 7, 4), few).Stability; s != nil {
		t.Errorf("halves of seven columns tell of four topics: %v", s)
	}
	few.Start = &Start{W: fit(t, counts(40, 30, 4), few).W}
	if s := fit(t, counts(40, 30, 4), few).Stability; s != nil {
		t.Errorf("with a start there is the stability %v", s)
	}
}

// Of factors at hand the same comes out as of a fit that makes its own halves.
func TestStabilityOfFactorsAtHand(t *testing.T) {
	v := asCSC(counts(60, 80, 4))
	o := Defaults()
	o.Topics, o.Halves = 4, 2
	r := fit(t, v, o)
	m, err := pack(v)
	if err != nil {
		t.Fatal(err)
	}
	var halves []Half
	for n := range 2 {
		part := mat.NewDense(60, 40, nil)
		for at, j := range m.half(n, o.Seed) {
			for i := range 60 {
				part.Set(i, at, v.At(i, j))
			}
		}
		once := o
		once.Seed, once.Halves = o.Seed+uint64(n), 0
		halves = append(halves, Half{part, fit(t, part, once).W})
	}
	got, err := Stability(context.Background(), r.W, halves, o)
	if err != nil {
		t.Fatal(err)
	}
	for k := range got {
		if math.Abs(got[k]-r.Stability[k]) > 0.02 {
			t.Errorf("topic %d has the stability %.4f, and %.4f by its fit", k, got[k], r.Stability[k])
		}
	}
	if s, err := Stability(context.Background(), r.W, nil, o); s != nil || err != nil {
		t.Errorf("without halves: %v, %v", s, err)
	}
	if _, err := Stability(context.Background(), newFactor(7, 4), halves, o); err == nil {
		t.Error("halves of another number of rows have a stability")
	}
	if _, err := Stability(context.Background(), r.W, []Half{{mat.NewDense(3, 40, nil), r.W}}, o); err == nil {
		t.Error("a half whose matrix has another number of rows has a stability")
	}
}

// Two halves in a row are the whole; the next two are others.
func TestHalves(t *testing.T) {
	m, err := pack(holed(counts(30, 25, 3)))
	if err != nil {
		t.Fatal(err)
	}
	a, b := m.half(0, 7), m.half(1, 7)
	all := slices.Sorted(slices.Values(append(slices.Clone(a), b...)))
	if len(slices.Compact(slices.Clone(all))) != len(m.columns.filled()) || len(all) != len(m.columns.filled()) {
		t.Errorf("%v and %v are not the %d columns that hold something", a, b, m.columns.filled())
	}
	if d := len(a) - len(b); d < 0 || d > 1 {
		t.Errorf("halves of %d and %d", len(a), len(b))
	}
	if slices.Equal(a, m.half(2, 7)) || slices.Equal(a, m.half(0, 8)) {
		t.Error("other halves are the same")
	}
	part := m.only(a)
	for n, j := range a {
		got, want := part.columns.line(n), m.columns.line(j)
		if !slices.Equal(got.index, want.index) || !slices.Equal(got.value, want.value) {
			t.Errorf("column %d of the half is not column %d", n, j)
		}
	}
	if part.rows.count() != m.rows.count() || part.rows.across != len(a) {
		t.Errorf("a half of %d × %d", part.rows.count(), part.rows.across)
	}
}

// Halves change nothing but Stability, and threads not even that.
func TestHalvesLeaveTheFitAlone(t *testing.T) {
	v := counts(200, 150, 6)
	o := Defaults()
	o.Topics, o.MaxIter, o.Restarts = 6, 40, 2
	want := fit(t, v, o)
	o.Halves = 3
	var stability []float64
	for _, o.Threads = range []int{1, 2, 5} {
		last := 0
		o.Progress = func(s Step) { last = s.Restart }
		r := fit(t, v, o)
		same(t, "with halves", r, want)
		if stability == nil {
			stability = r.Stability
		}
		if len(r.Stability) != 6 || !slices.Equal(r.Stability, stability) {
			t.Errorf("stability %v with %d threads, %v with one", r.Stability, o.Threads, stability)
		}
		if last != 4 {
			t.Errorf("the last of two restarts and three halves is %d", last)
		}
	}
}

// An interrupt among the halves leaves the fit, and what the halves before it tell.
func TestHalvesInterrupted(t *testing.T) {
	for _, at := range []int{1, 2} {
		ctx, cancel := context.WithCancel(context.Background())
		o := Defaults()
		o.Topics, o.Halves = 6, 3
		o.Progress = func(s Step) {
			if s.Restart == at {
				cancel()
			}
		}
		r, err := Fit(ctx, counts(200, 150, 6), o)
		if err != nil || r.Status != Interrupted || (r.Stability != nil) != (at > 1) {
			t.Errorf("interrupted in half %d: %v, status %s, stability %v", at, err, r.Status, r.Stability)
		}
		cancel()
	}
}

// Where a half has kept little of what tells a topic from the corpus, finding that little
// again does not make the topic stable: from half of it on a match counts in full.
func TestLittleKeptIsNotStable(t *testing.T) {
	w := factorOf([][]float64{{1, 0}, {1, 0}, {0, 1}, {0, 1}}, false, 1)
	for _, c := range []struct{ kept, want float64 }{{1, 1}, {0.75, 1}, {0.5, 1}, {0.25, 0.5}, {0.1, 0.2}} {
		// The topic keeps this share of what sets it apart, the rest is like the corpus.
		more, less := (1+c.kept)/2, (1-c.kept)/2
		remains := factorOf([][]float64{{more, less}, {more, less}, {less, more}, {less, more}}, false, 1)
		for k, got := range refound(w, remains, remains, 2) {
			if math.Abs(got-c.want) > 1e-6 {
				t.Errorf("a half that kept %g of topic %d, and was found so: stability %g, want %g", c.kept, k, got, c.want)
			}
		}
	}
}
