package nmf

import (
	"context"
	"math/rand/v2"
)

// start makes the first factors, in such a scale that WH holds as much as V.
func (m *matrix) start(ctx context.Context, o Options) (w, h *Factor) {
	if o.Init == NNDSVD {
		w, h = m.nndsvd(ctx, o)
	} else {
		w, h = m.random(o.Topics, o.Seed)
	}
	m.columns.clearEmpty(h)
	m.rows.clearEmpty(w)
	held := 0.0
	sums := h.Sums()
	for k, s := range w.Sums() {
		held += s * sums[k]
	}
	h.scale(m.total() / held)
	return w, h
}

// clearEmpty gives lines without an entry no weight.
func (l *lines) clearEmpty(f *Factor) {
	for n := range l.count() {
		if l.start[n] == l.start[n+1] {
			clear(f.Item(n))
		}
	}
}

func (m *matrix) random(topics int, seed uint64) (w, h *Factor) {
	source := newRandom(seed)
	draw := func(items int) []float32 {
		weights := make([]float32, items*topics)
		for i := range weights {
			weights[i] = 1 - source.Float32() // (0, 1]: a zero would stay one
		}
		return weights
	}
	rows, columns := m.rows.count(), m.columns.count()
	return NewW(rows, topics, draw(rows)), NewH(topics, columns, draw(columns))
}

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x6b6c6577)) }
