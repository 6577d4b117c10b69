package topics

import "slices"

// best keeps the first n of many in an order, without sorting all of them: of 100,000
// terms most are turned away by one comparison with the last that is kept.
type best[T any] struct {
	n       int
	compare func(a, b T) int
	kept    []T
	bounded bool
	last    T // of the n that are kept, once there are so many
}

func newBest[T any](n int, compare func(a, b T) int) *best[T] {
	return &best[T]{n: max(n, 0), compare: compare}
}

func (b *best[T]) add(x T) {
	if b.n == 0 || b.bounded && b.compare(x, b.last) >= 0 {
		return
	}
	b.kept = append(b.kept, x)
	if (len(b.kept)-64)/2 >= b.n { // seldom enough that sorting costs little
		b.cut()
	}
}

// cut sorts what is kept and lets go of all beyond n.
func (b *best[T]) cut() {
	slices.SortStableFunc(b.kept, b.compare)
	if len(b.kept) >= b.n && b.n > 0 {
		b.kept = b.kept[:b.n]
		b.last, b.bounded = b.kept[b.n-1], true
	}
}

// list is the first n, in order; of equals the one that came first is ahead.
func (b *best[T]) list() []T {
	b.cut()
	return b.kept
}
