package nmf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAgreement(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	w := newFactor(50, 5)
	w.draw(5, r)
	shuffled := w.only([]int{3, 1, 4, 0, 2}, 5)
	shuffled.Scale([]float64{2, 3, 4, 5, 6})
	if a := Agreement(w, shuffled, 2); math.Abs(a-1) > 1e-6 {
		t.Errorf("a factor agrees with itself, shuffled and scaled, by %g", a)
	}
	apart := newFactor(50, 2)
	other := newFactor(50, 2)
	for i := range 50 {
		apart.Item(i)[i%2] = float32(1 - i/25)
		other.Item(i)[i%2] = float32(i / 25)
	}
	if a := Agreement(apart, other, 2); a != 0 {
		t.Errorf("factors with nothing in common agree by %g", a)
	}
}

// Match finds the partners of topics in another order and scale, and leaves over the topic
// that is on one side only, whichever that is.
func TestMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		items, topics := rapid.IntRange(20, 60).Draw(t, "items"), rapid.IntRange(1, 7).Draw(t, "topics")
		w := newFactor(items, topics)
		w.draw(topics, r)
		order, scale := r.Perm(topics), make([]float64, topics)
		for k := range scale {
			scale[k] = 0.1 + r.Float64()
		}
		order = order[:rapid.IntRange(1, topics).Draw(t, "kept")]
		part := w.only(order, len(order))
		part.Scale(scale[:len(order)])
		to, overlap := Match(part, w, 2)
		back, same := Match(w, part, 2)
		for k, from := range order {
			if to[k] != from || math.Abs(overlap[k]-1) > 1e-5 || back[from] != k || same[from] != overlap[k] {
				t.Fatalf("of topics %v the matches are %v with overlap %v; back, %v with %v", order, to, overlap, back, same)
			}
			back[from] = -1
		}
		for k, l := range back {
			if l != -1 {
				t.Fatalf("topic %d, left over, is matched with %d", k, l)
			}
		}
	})
}

// Overlaps are those of the definition, whatever is zero, and do not depend on the number
// of goroutines.
func TestOverlaps(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	a, b := newFactor(77, 4), newFactor(77, 6)
	a.draw(4, r)
	b.draw(5, r) // the last topic stays empty
	for i := range 77 {
		a.Item(i)[i%4], b.Item(i)[i%5] = 0, 0
	}
	got := Overlaps(a, b, 2)
	as, bs := a.Sums(), b.Sums()
	for k := range got {
		for l := range got[k] {
			want := 0.0
			for i := range 77 {
				if bs[l] > 0 {
					want += min(float64(a.Item(i)[k])/as[k], float64(b.Item(i)[l])/bs[l])
				}
			}
			if math.Abs(got[k][l]-want) > 1e-12 {
				t.Errorf("the overlap of %d and %d is %g, want %g", k, l, got[k][l], want)
			}
		}
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	for k, row := range Overlaps(a, b, 2) {
		if !slices.Equal(row, got[k]) {
			t.Errorf("with one goroutine other overlaps: %v, %v", row, got[k])
		}
	}
}

// 50,000 terms by 200 topics, of which a term has 12, as factors on newsgroups have, or
// all.
func BenchmarkMatch(b *testing.B) {
	for _, each := range []int{12, 200} {
		r := rand.New(rand.NewPCG(7, 8))
		factor := func() *Factor {
			w := newFactor(50_000, 200)
			for i := range w.items {
				for _, k := range r.Perm(200)[:each] {
					w.Item(i)[k] = r.Float32()
				}
			}
			return w
		}
		x, y := factor(), factor()
		b.Run(fmt.Sprintf("topics=200/each=%d", each), func(b *testing.B) {
			for b.Loop() {
				Match(x, y, 2)
			}
		})
	}
}

// assign is compared with all permutations.
func TestAssign(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		rows := 1 + r.IntN(5)
		columns := rows + r.IntN(3)
		value := make([][]float64, rows)
		for k := range value {
			value[k] = make([]float64, columns)
			for l := range value[k] {
				value[k][l] = r.Float64()
			}
		}
		chosen := assign(value)
		got := 0.0
		for k, l := range chosen {
			got += value[k][l]
		}
		if sorted := slices.Compact(slices.Sorted(slices.Values(chosen))); len(sorted) != rows {
			t.Fatalf("%v assigns a column twice", chosen)
		}
		if want := mostOf(value, 0, make([]bool, columns)); math.Abs(got-want) > 1e-12 {
			t.Errorf("assigned %g, the most is %g", got, want)
		}
	}
}

func mostOf(value [][]float64, row int, taken []bool) float64 {
	if row == len(value) {
		return 0
	}
	most := math.Inf(-1)
	for c, x := range value[row] {
		if !taken[c] {
			taken[c] = true
			most = max(most, x+mostOf(value, row+1, taken))
			taken[c] = false
		}
	}
	return most
}

// Any number of threads gives the same bits, and no more than asked are at work.
func TestOverlapsWithAnyNumberOfThreads(t *testing.T) {
	a, b := newFactor(300, 5), newFactor(300, 7)
	r := rand.New(rand.NewPCG(1, 1))
	a.draw(5, r)
	b.draw(7, r)
	want := Overlaps(a, b, 1)
	for _, threads := range []int{0, 2, 5, 100} {
		for k, row := range Overlaps(a, b, threads) {
			if !slices.Equal(row, want[k]) {
				t.Errorf("%d threads: other overlaps of topic %d", threads, k)
			}
		}
	}
}
