package nmf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// pairOfFactors are the same weights in both forms, put in another order than that of items.
func pairOfFactors(topics, items int) (plain, thin *Factor) {
	random := rand.New(rand.NewPCG(uint64(topics), uint64(items)))
	plain, thin = NewH(topics, items, make([]float32, topics*items)), NewCompactH(topics, items)
	for _, n := range random.Perm(items) {
		weights := make([]float32, topics)
		part := random.Float64() // of the weights, from none to all
		for k := range weights {
			if random.Float64() < part {
				weights[k] = random.Float32()
			}
		}
		plain.SetItem(n, weights)
		thin.SetItem(n, weights)
	}
	return plain, thin
}

func sameFactors(t *testing.T, what string, plain, thin *Factor) {
	t.Helper()
	if plain.Items() != thin.Items() || !slices.Equal(plain.Sums(), thin.Sums()) {
		t.Errorf("%s: %d items of the sums %v, want %d of %v", what, thin.Items(), thin.Sums(), plain.Items(), plain.Sums())
	}
	for n := range plain.Items() {
		if !slices.Equal(plain.Item(n), thin.Item(n)) {
			t.Fatalf("%s: item %d is %v, want %v", what, n, thin.Item(n), plain.Item(n))
		}
	}
}

// A compact factor holds the same bits, whatever is done to it.
func TestCompactFactorIsTheSame(t *testing.T) {
	for _, topics := range []int{1, 2, 7, 100, 256, 257, 1000} {
		plain, thin := pairOfFactors(topics, 60)
		what := fmt.Sprintf("%d topics", topics)
		sameFactors(t, what, plain, thin)
		sameFactors(t, what+", the first 20", plain.First(20), thin.First(20))
		by, order := make([]float64, topics), rand.New(rand.NewPCG(5, 5)).Perm(topics)
		for k := range by {
			by[k] = float64(k%3) * 1e-20 // some become zero, and some too small to be anything else
		}
		for _, f := range []*Factor{plain, thin} {
			f.Permute(order)
		}
		sameFactors(t, what+", permuted", plain, thin)
		for range 3 {
			plain.Scale(by)
			thin.Scale(by)
		}
		sameFactors(t, what+", scaled", plain, thin)
		if thin.At(topics-1, 3) != plain.At(topics-1, 3) || thin.aligned().Compact() {
			t.Errorf("%s: At or the form for kernels differs", what)
		}
	}
}

// Of many items the bytes are what the weights above zero take.
func TestCompactFactorIsSmall(t *testing.T) {
	const topics, items = 100, 100_000
	f, weights := NewCompactH(topics, items), make([]float32, topics)
	for k := range 10 {
		weights[7*k] = 1
	}
	for n := range items {
		f.SetItem(n, weights)
	}
	size := 8 * len(f.compact.items)
	for _, c := range f.compact.chunks {
		size += cap(c)
	}
	if want := items * (8 + 50); size > want+2*chunkSize {
		t.Errorf("%d bytes, want %d", size, want)
	}
	if got := f.Item(items - 1); !slices.Equal(got, weights) {
		t.Errorf("the last item is %v", got)
	}
}
