package synthetic

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

var (
	_ mat.Matrix      = (*Matrix)(nil)
	_ mat.NonZeroDoer = (*Matrix)(nil)
)

type entry struct {
	term, document int
	count          float64
}

func entries(m *Matrix) (all []entry) {
	m.DoNonZero(func(i, j int, x float64) { all = append(all, entry{i, j, x}) })
	return all
}

// A matrix is drawn anew at each visit, and is the same.
func TestVisitsAgree(t *testing.T) {
	m := Model{Terms: 500, Topics: 7, Seed: 1}.Matrix(20_000)
	first := entries(m)
	if !slices.Equal(first, entries(m)) {
		t.Error("a second visit differs")
	}
	if !slices.Equal(first, entries(Model{Terms: 500, Topics: 7, Seed: 1}.Matrix(20_000))) {
		t.Error("a second matrix of the same seed differs")
	}
	if slices.Equal(first, entries(Model{Terms: 500, Topics: 7, Seed: 2}.Matrix(20_000))) {
		t.Error("another seed gives the same")
	}
}

// Entries come by document and within it by term, and are counts.
func TestOrder(t *testing.T) {
	m := Model{Terms: 300, Topics: 3, Seed: 4}.Matrix(10_000)
	terms, documents := m.Dims()
	before := entry{-1, 0, 0}
	for _, e := range entries(m) {
		if e.document < before.document || e.document == before.document && e.term <= before.term {
			t.Fatalf("%v comes after %v", e, before)
		}
		if e.document > before.document+1 {
			t.Fatalf("no entry of the documents between %v and %v", before, e)
		}
		if e.term >= terms || e.document >= documents || e.count < 1 || e.count != math.Trunc(e.count) {
			t.Fatalf("%v in a matrix of %d × %d", e, terms, documents)
		}
		before = e
	}
}

func TestAtAgreesWithVisits(t *testing.T) {
	m := Model{Terms: 40, Topics: 2, Seed: 5}.Matrix(300)
	got := mat.NewDense(m.model.Terms, m.documents, nil)
	m.DoNonZero(func(i, j int, x float64) { got.Set(i, j, x) })
	if !mat.Equal(got, m) || !mat.Equal(got.T(), m.T()) {
		t.Error("At differs from DoNonZero")
	}
}

func TestNumberOfNonZeros(t *testing.T) {
	for _, want := range []int{1, 1000, 100_000, 2_000_000} {
		m := Model{Terms: 20_000, Topics: 30, Seed: 3}.Matrix(want)
		got := len(entries(m))
		// By chance a single document may have some hundred.
		if off := math.Abs(float64(got - want)); off > 0.03*float64(want)+500 {
			t.Errorf("%d non-zeros, wanted about %d", got, want)
		}
		tokens := 0.0
		m.DoNonZero(func(_, _ int, x float64) { tokens += x })
		t.Logf("%d non-zeros of %d asked, %d documents, %.0f tokens", got, want, m.documents, tokens)
	}
}

func TestSmallerIsThePartBefore(t *testing.T) {
	model := Model{Terms: 1000, Topics: 5, Seed: 9}
	small, large := entries(model.Matrix(5_000)), entries(model.Matrix(20_000))
	if !slices.Equal(small, large[:len(small)]) {
		t.Error("the larger matrix does not begin with the smaller one")
	}
}

// Ranks are as frequent as the package comment says, to four standard deviations.
func TestRanksFollowZipf(t *testing.T) {
	const terms, draws = 50, 1_000_000
	d := Model{Terms: terms, Topics: 1, Seed: 6}.Matrix(1).newDrawer()
	d.source.Seed(6, 6)
	var drawn [terms]float64
	for range draws {
		drawn[d.rank()]++
	}
	for rank, n := range drawn {
		p := (math.Pow(1+float64(rank)/shift, -0.25) - math.Pow(1+float64(rank+1)/shift, -0.25)) / d.span
		if off := math.Abs(n - draws*p); off > 4*math.Sqrt(draws*p*(1-p)) {
			t.Errorf("rank %d drawn %v times of %d, expected %.0f", rank, n, draws, draws*p)
		}
	}
}

// Streams that differ in the document's number alone have nothing to do with each other.
func TestDocumentsAreIndependent(t *testing.T) {
	const documents = 100_000
	d := Model{Terms: 10, Topics: 1, Seed: 8}.Matrix(1).newDrawer()
	sum, product, before := 0.0, 0.0, 0.0
	for j := range documents {
		d.source.Seed(8, uint64(j))
		x := d.random.NormFloat64()
		sum += x
		product += x * before
		before = x
	}
	for what, x := range map[string]float64{"mean": sum, "correlation of neighbours": product} {
		if math.Abs(x) > 4*math.Sqrt(documents) {
			t.Errorf("%s %.4f, expected 0", what, x/documents)
		}
	}
}

func TestNothingAskedPanics(t *testing.T) {
	for _, m := range []Model{{Terms: 0, Topics: 1}, {Terms: 1, Topics: 0}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v does not panic", m)
				}
			}()
			m.Matrix(10)
		}()
	}
}

// BenchmarkDoNonZero is what a visit costs.
func BenchmarkDoNonZero(b *testing.B) {
	for exponent := 5; exponent <= 6; exponent++ {
		b.Run(fmt.Sprintf("nonzeros=1e%d", exponent), func(b *testing.B) {
			m := Model{Terms: 20_000, Topics: 100, Seed: 1}.Matrix(int(math.Pow10(exponent)))
			n := 0
			for b.Loop() {
				m.DoNonZero(func(int, int, float64) { n++ })
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "nonzeros/s")
		})
	}
}

// Topics are the distributions that documents are drawn from: with one topic, all documents are.
func TestTopicsAreThoseDrawn(t *testing.T) {
	m := Model{Terms: 50, Topics: 1, Seed: 3}.Matrix(100_000)
	topics := m.Topics()
	counts, all := make([]float64, 50), 0.0
	m.DoNonZero(func(term, _ int, count float64) { counts[term] += count; all += count })
	sum := 0.0
	for i, c := range counts {
		want := topics[0][i]
		if sum += want; math.Abs(c/all-want) > 0.02*want+0.002 {
			t.Errorf("term %d is %.4f of all tokens, want %.4f", i, c/all, want)
		}
	}
	if math.Abs(sum-1) > 1e-9 || len(topics) != 1 {
		t.Errorf("the probabilities of %d topics sum to %v", len(topics), sum)
	}
}
