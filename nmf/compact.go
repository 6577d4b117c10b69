package nmf

import (
	"encoding/binary"
	"fmt"
	"math"
)

// compactItems keep the weights of items above zero alone, with their topics. At k = 100 a document has
// weight in some fifteen topics: 80 bytes in place of 400. Items can be put in any order.
//
// An item is its topics, of one or two bytes each, and then the weights, little-endian; one with most
// of its weights above zero is all weights, without topics.
type compactItems struct {
	topics int
	wide   int      // bytes of a topic
	items  []uint64 // where each begins, a place in chunks, times 2²⁴, and its number of weights
	chunks [][]byte
}

// MostCompact is the largest number of topics of a compact factor. An item is never larger than a chunk.
const MostCompact = 1 << 16

const (
	chunkSize = 1 << 20
	countBits = 24
)

// NewCompactH makes a factor of one column an item, without weight, that keeps the weights above zero
// alone. SetItem gives it weights. It is for many items that are gone through one after another: Item
// makes a copy of the weights.
func NewCompactH(topics, items int) *Factor {
	if topics < 0 || items < 0 || topics > MostCompact {
		panic(fmt.Sprintf("nmf: a compact factor of %d items by %d topics", items, topics))
	}
	p := &compactItems{topics: topics, wide: 1, items: make([]uint64, items)}
	if topics > 1<<8 {
		p.wide = 2
	}
	return &Factor{items: items, topics: topics, byColumn: true, compact: p}
}

// Compact says that a factor keeps the weights above zero alone, and that Item makes a copy.
func (f *Factor) Compact() bool { return f.compact != nil }

// SetItem makes these the weights of one term or document. The room that it had before in a compact
// factor is not given back.
func (f *Factor) SetItem(n int, weights []float32) {
	if len(weights) != f.topics {
		panic(fmt.Sprintf("nmf: %d weights for %d topics", len(weights), f.topics))
	}
	if f.compact != nil {
		f.compact.set(n, weights)
		return
	}
	copy(f.Item(n), weights)
}

func (p *compactItems) set(n int, weights []float32) {
	count := 0
	for _, x := range weights {
		if x != 0 {
			count++
		}
	}
	if count*(p.wide+4) > 4*p.topics {
		count = p.topics
	}
	at, to := p.room(p.size(count))
	p.items[n] = uint64(at)<<countBits | uint64(count)
	e := 0
	for k, x := range weights {
		if count == p.topics {
			binary.LittleEndian.PutUint32(to[4*k:], math.Float32bits(x))
		} else if x != 0 {
			p.put(to, count, e, k, x)
			e++
		}
	}
}

// size is the number of bytes of an item with so many weights.
func (p *compactItems) size(count int) int {
	if count == p.topics {
		return 4 * count
	}
	return (p.wide + 4) * count
}

// room is the place of bytes for an item, and these. An item is in one chunk.
func (p *compactItems) room(size int) (at int, to []byte) {
	last := len(p.chunks) - 1
	if last < 0 || len(p.chunks[last])+size > chunkSize {
		p.chunks = append(p.chunks, make([]byte, 0, chunkSize))
		last++
	}
	from := len(p.chunks[last])
	p.chunks[last] = p.chunks[last][:from+size]
	return last*chunkSize + from, p.chunks[last][from:]
}

// item is where an item is, and its number of weights.
func (p *compactItems) item(n int) (data []byte, count int) {
	at := int(p.items[n] >> countBits)
	if count = int(p.items[n] & (1<<countBits - 1)); count == 0 {
		return nil, 0
	}
	return p.chunks[at/chunkSize][at%chunkSize:][:p.size(count)], count
}

// put writes weight e of count.
func (p *compactItems) put(to []byte, count, e, topic int, x float32) {
	if to[e*p.wide] = byte(topic); p.wide == 2 {
		to[e*p.wide+1] = byte(topic >> 8)
	}
	binary.LittleEndian.PutUint32(to[p.wide*count+4*e:], math.Float32bits(x))
}

// get is weight e of count.
func (p *compactItems) get(data []byte, count, e int) (topic int, x float32) {
	if count == p.topics {
		return e, math.Float32frombits(binary.LittleEndian.Uint32(data[4*e:]))
	}
	if topic = int(data[e*p.wide]); p.wide == 2 {
		topic |= int(data[e*p.wide+1]) << 8
	}
	return topic, math.Float32frombits(binary.LittleEndian.Uint32(data[p.wide*count+4*e:]))
}

// copied is all weights of an item.
func (p *compactItems) copied(n int) []float32 { return p.unpack(n, make([]float32, p.topics)) }

// unpack writes all weights of an item.
func (p *compactItems) unpack(n int, to []float32) []float32 {
	clear(to)
	data, count := p.item(n)
	for e := range count {
		k, x := p.get(data, count, e)
		to[k] = x
	}
	return to
}

// addTo adds the weights of some items to the sums of their topics.
func (p *compactItems) addTo(sums []float64, from, to int) {
	for n := from; n < to; n++ {
		data, count := p.item(n)
		for e := range count {
			k, x := p.get(data, count, e)
			sums[k] += float64(x)
		}
	}
}

// change makes the items what change makes of their weights. No more of these than before may be
// above zero.
func (p *compactItems) change(change func(weights []float32)) {
	weights, data := make([]float32, p.topics), []byte(nil)
	for n := range p.items {
		before, count := p.item(n)
		if count == 0 {
			continue
		}
		change(p.unpack(n, weights))
		data = append(data[:0], before...)
		e, zero := 0, 0
		for k, x := range weights {
			switch {
			case count == p.topics:
				binary.LittleEndian.PutUint32(data[4*k:], math.Float32bits(x))
			case x == 0:
				zero = k
			default:
				p.put(data, count, e, k, x)
				e++
			}
		}
		for ; e < count && count < p.topics; e++ { // in place of a weight that became zero
			p.put(data, count, e, zero, 0)
		}
		copy(before, data)
	}
}
