package topics

import (
	"encoding/binary"
	"math"
	"slices"

	"klew/nmf"
	"klew/vectorize/sections"
)

// compactFrom is the number of weights of H from which only those above zero are kept in memory.
const compactFrom = 1 << 24

// getH reads the weights of documents.
func (m *modelReader) getH(f *sections.Fields) *nmf.Factor {
	if !m.sized || f.Left()/4 < compactFrom {
		return m.getFactor(f, func(items, topics int, weights []float32) *nmf.Factor { return nmf.NewH(topics, items, weights) })
	}
	items, topics := getSize(f)
	if topics > nmf.MostCompact {
		f.Fail("%d topics are more than so many documents can have", topics)
	}
	if f.Err() != nil {
		return nmf.NewH(0, 0, nil)
	}
	h, weights := nmf.NewCompactH(topics, items), make([]float32, topics)
	for n := range items {
		getWeights(f, n*topics, weights)
		h.SetItem(n, weights)
	}
	return h
}

// getFactor reads a factor.
func (m *modelReader) getFactor(f *sections.Fields, of func(items, topics int, weights []float32) *nmf.Factor) *nmf.Factor {
	items, topics := getSize(f)
	if f.Err() != nil {
		return of(0, 0, nil)
	}
	all := items * topics
	weights := make([]float32, 0, m.room(all))
	for len(weights) < all && f.Err() == nil {
		piece := min(all-len(weights), 1<<12)
		weights = slices.Grow(weights, piece)[:len(weights)+piece]
		getWeights(f, len(weights)-piece, weights[len(weights)-piece:])
	}
	if f.Err() != nil {
		return of(0, 0, nil)
	}
	return of(items, topics, weights)
}

// getSize reads how large a factor is, for which there must be the bytes.
func getSize(f *sections.Fields) (items, topics int) {
	items, topics = f.Uvarint(), f.Uvarint()
	have := f.Left()
	if f.Err() == nil && (topics < 1 || items < 1 || int64(items) > have/4/int64(topics) || int64(items)*int64(topics)*4 != have) {
		f.Fail("%d bytes for %d × %d weights", have, items, topics)
	}
	return items, topics
}

// getWeights reads some weights, of which the first has a number.
func getWeights(f *sections.Fields, first int, to []float32) {
	data := f.Bytes(4 * len(to))
	if f.Err() != nil {
		return
	}
	for i := range to {
		x := math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if !(x >= 0) || math.IsInf(float64(x), 1) {
			f.Fail("weight %d is %v", first+i, x)
			return
		}
		to[i] = x
	}
}
