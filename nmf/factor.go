package nmf

import (
	"fmt"
	"slices"

	"klew/nmf/internal/kernel"

	"gonum.org/v1/gonum/mat"
)

// Factor is W or H. Its items are the terms of W or the documents of H, and the k
// weights of one item lie side by side in memory, which is how every pass over the
// data reads them. As a gonum matrix W has its items as rows and H as columns.
type Factor struct {
	items, topics int
	stride        int // weights kept for an item: topics, or a little more
	data          []float32
	byColumn      bool
	compact       *compactItems // in place of data, if it keeps the weights above zero alone
}

var _ mat.Matrix = (*Factor)(nil)

// NewW makes a factor of one row an item from items × topics weights, row by row.
// The slice is used, not copied. It panics if the length is wrong.
func NewW(items, topics int, data []float32) *Factor {
	if items < 0 || topics < 0 || len(data) != items*topics {
		panic(fmt.Sprintf("nmf: %d weights for %d items by %d topics", len(data), items, topics))
	}
	return &Factor{items: items, topics: topics, stride: topics, data: data}
}

// newFactor makes a factor without weight that the kernels can work on.
func newFactor(items, topics int) *Factor {
	stride := kernel.Stride(topics)
	return &Factor{items: items, topics: topics, stride: stride, data: make([]float32, items*stride)}
}

// clone is a copy of f, which is not compact.
func (f *Factor) clone() *Factor {
	g := *f
	g.data = slices.Clone(f.data)
	return &g
}

// largestW is the largest weight that a W is taken with: its products with H are finite then.
const largestW = 1e18

// sound finds fault with weights that no factor has: negative, not numbers, or above the most. what says
// whose they are. There is none in no factor.
func (f *Factor) sound(what string, most float32) error {
	if f == nil || f.compact != nil {
		return nil
	}
	for n := range f.items {
		for k, x := range f.Item(n) {
			if !(x >= 0 && x <= most) {
				return fmt.Errorf("%s that has the weight %v (item %d, topic %d): weights are from 0 to %g", what, x, n, k, most)
			}
		}
	}
	return nil
}

// largest is the largest weight.
func (f *Factor) largest() (most float32) {
	for n := range f.items {
		most = max(most, slices.Max(f.Item(n)))
	}
	return most
}

// aligned is f, or a copy of it if the kernels cannot work on it.
func (f *Factor) aligned() *Factor {
	if f.compact == nil && f.stride == kernel.Stride(f.topics) {
		return f
	}
	a := newFactor(f.items, f.topics)
	for n := range f.items {
		copy(a.Item(n), f.Item(n))
	}
	a.byColumn = f.byColumn
	return a
}

// NewH makes a factor of one column an item from items × topics weights, column by
// column. The slice is used, not copied. It panics if the length is wrong.
func NewH(topics, items int, data []float32) *Factor {
	h := NewW(items, topics, data)
	h.byColumn = true
	return h
}

// Items is the number of terms or documents.
func (f *Factor) Items() int { return f.items }

// Topics is k.
func (f *Factor) Topics() int { return f.topics }

// Item returns the k weights of one term or document. It is the factor's own memory:
// what is written there changes the factor. Of a compact factor it is a copy.
func (f *Factor) Item(n int) []float32 {
	if f.compact != nil {
		return f.compact.copied(n)
	}
	return f.data[n*f.stride : n*f.stride+f.topics : n*f.stride+f.topics]
}

// First is the factor of the first n items. It shares their memory.
func (f *Factor) First(n int) *Factor {
	first := *f
	if f.compact != nil {
		few := *f.compact
		first.items, few.items = n, few.items[:n:n]
		first.compact = &few
		return &first
	}
	first.items, first.data = n, f.data[:n*f.stride:n*f.stride]
	return &first
}

// padded is Item with what fills up its stride.
func (f *Factor) padded(n int) []float32 { return f.data[n*f.stride : (n+1)*f.stride] }

// Dims is part of mat.Matrix.
func (f *Factor) Dims() (rows, columns int) {
	if f.byColumn {
		return f.topics, f.items
	}
	return f.items, f.topics
}

// At is part of mat.Matrix.
func (f *Factor) At(i, j int) float64 {
	if rows, columns := f.Dims(); uint(i) >= uint(rows) || uint(j) >= uint(columns) {
		panic(mat.ErrIndexOutOfRange)
	}
	if f.byColumn {
		i, j = j, i
	}
	if f.compact != nil {
		return float64(f.Item(i)[j])
	}
	return float64(f.data[i*f.stride+j])
}

// T is part of mat.Matrix. The transpose shares its memory with the factor.
func (f *Factor) T() mat.Matrix {
	t := *f
	t.byColumn = !f.byColumn
	return &t
}

// Sums returns the sum of each topic's weights over all items.
func (f *Factor) Sums() []float64 {
	sums := make([]float64, f.topics)
	f.addTo(sums, 0, f.items)
	return sums
}

// addTo writes the sums over some of the items.
func (f *Factor) addTo(sums []float64, from, to int) {
	clear(sums)
	if f.compact != nil {
		f.compact.addTo(sums, from, to)
		return
	}
	for ; from+4 <= to; from += 4 { // four items for each reading of the sums, in the same order
		a, b, c, d := f.Item(from), f.Item(from+1), f.Item(from+2), f.Item(from+3)
		a, b, c, d = a[:len(sums)], b[:len(sums)], c[:len(sums)], d[:len(sums)]
		for k, sum := range sums {
			sums[k] = sum + float64(a[k]) + float64(b[k]) + float64(c[k]) + float64(d[k])
		}
	}
	for ; from < to; from++ {
		for k, x := range f.Item(from) {
			sums[k] += float64(x)
		}
	}
}

// gram writes the k × k products Σ x xᵀ of the items.
func (f *Factor) gram(to []float64) {
	clear(to)
	for n := range f.items {
		x := f.Item(n)
		for a, xa := range x {
			if xa == 0 {
				continue
			}
			row := to[a*f.topics : (a+1)*f.topics]
			for b, xb := range x {
				row[b] += float64(xa) * float64(xb)
			}
		}
	}
}

func (f *Factor) scale(by float64) {
	for i, x := range f.data {
		f.data[i] = float32(float64(x) * by)
	}
}

// Scale multiplies the weights of topic k by by[k], in all items.
func (f *Factor) Scale(by []float64) {
	f.change(func(weights []float32) {
		for k, x := range weights {
			weights[k] = float32(float64(x) * by[k])
		}
	})
}

// change makes the items what change makes of their weights: no more of an item's than before are above zero.
func (f *Factor) change(change func(weights []float32)) {
	if f.compact != nil {
		f.compact.change(change)
		return
	}
	for n := range f.items {
		change(f.Item(n))
	}
}

// Normalize makes the weights of each topic sum to 1 over all items, and returns what they
// summed to. An empty topic stays empty.
func (f *Factor) Normalize() (sums []float64) {
	sums = f.Sums()
	by := make([]float64, len(sums))
	for k, sum := range sums {
		if sum > 0 {
			by[k] = 1 / sum
		}
	}
	f.Scale(by)
	return sums
}

// only returns a factor of some of the topics, followed by empty ones.
func (f *Factor) only(topics []int, count int) *Factor {
	g := newFactor(f.items, count)
	g.byColumn = f.byColumn
	for n := range f.items {
		for k, from := range topics {
			g.Item(n)[k] = f.Item(n)[from]
		}
	}
	return g
}

// Permute makes topic order[k] topic k.
func (f *Factor) Permute(order []int) {
	before := make([]float32, f.topics)
	f.change(func(item []float32) {
		copy(before, item)
		for k, from := range order {
			item[k] = before[from]
		}
	})
}
