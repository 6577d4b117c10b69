package nmf

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Transform returns the H that, with w as it is, lowers D(v‖wH) as far as it goes. w is
// m × k, v is m × n with one row for each row of w, the result is k × n. Each column
// is a convex problem of its own, so that seed and start do not matter; columns
// without an entry get zeros. Of the options only Loss and Threads count.
//
// A term to which w gives no weight in any topic is left out of account, as if its
// row of v were empty.
//
// It returns an error for entries that Fit would refuse, for sizes that do not
// agree, and when ctx ends.
func Transform(ctx context.Context, w *Factor, v mat.Matrix, options Options) (*Factor, error) {
	options.Topics = max(w.topics, 1)
	if err := options.Validate(); err != nil {
		return nil, fmt.Errorf("nmf: %w", err)
	}
	rows, columns := v.Dims()
	if rows != w.items {
		return nil, fmt.Errorf("nmf: a matrix of %d rows for factors of %d", rows, w.items)
	}
	h := NewH(w.topics, columns, make([]float32, w.topics*columns))
	m, err := pack(v)
	if errors.Is(err, errEmpty) {
		return h, nil
	} else if err != nil {
		return nil, err
	}
	m.columns.without(w)
	loss := newLoss(options.Loss, w.topics, m)
	loss.fix(w)
	sums := w.Sums()
	_, ok := newSide(&m.columns, h, options.threads()).each(ctx, func(l line, h []float32, s *scratch) float64 {
		spread(l, sums, h)
		solve(loss, l, h, s)
		return 0
	})
	if !ok {
		return nil, fmt.Errorf("nmf: transforming %d columns: %w", columns, ctx.Err())
	}
	h.scale(math.Ldexp(1, m.exponent))
	return h, nil
}

// spread gives each topic the same share of the line's sum.
func spread(l line, sums []float64, h []float32) {
	held := 0.0
	for _, v := range l.value {
		held += float64(v)
	}
	for k, s := range sums {
		if s > 0 {
			h[k] = float32(held / s / float64(len(sums)))
		}
	}
}

// without drops the entries of items that have no weight in f.
func (l *lines) without(f *Factor) {
	to := 0
	for n := range l.count() {
		from, end := l.start[n], l.start[n+1]
		l.start[n] = to
		for e := from; e < end; e++ {
			if hasWeight(f.Item(int(l.index[e]))) {
				l.index[to], l.value[to] = l.index[e], l.value[e]
				to++
			}
		}
	}
	l.start[l.count()] = to
	l.index, l.value = l.index[:to], l.value[:to]
}

func hasWeight(x []float32) bool {
	for _, v := range x {
		if v > 0 {
			return true
		}
	}
	return false
}
