package kernel

import (
	"math"
	"math/bits"
)

// Packed is a factor of which most weights are zero, without these. A line with A active topics
// of k then reads, of an item that holds B of them, only the weights that both have: at k = 200
// on newsgroups, 5 where A is 23 and B 65 for a document, and 65 and 23 for a term.
type Packed struct {
	words   int // of 64 topics
	records []uint64
	weight  []float32
}

// Pack prepares for the items of a factor of so many topics.
func (p *Packed) Pack(items, topics int) {
	p.words = (topics + 63) / 64
	if n := items * p.words * 2; cap(p.records) < n {
		p.records = make([]uint64, n)
	} else {
		p.records = p.records[:n]
	}
}

// Mark notes which weights an item has, and returns how many that are. Record words of an item
// are in pairs: 64 bits that say so, and where the first of these weights is.
func (p *Packed) Mark(item int, weights []float32) (count int) {
	record := p.record(item)
	for n := range p.words {
		held := uint64(0)
		for k, x := range weights[64*n : min(64*n+64, len(weights))] {
			if x > 0 {
				held |= 1 << k
			}
		}
		record[2*n] = held
		count += bits.OnesCount64(held)
	}
	return count
}

func (p *Packed) record(item int) []uint64 { return p.records[item*p.words*2 : (item+1)*p.words*2] }

// Reserve makes room for so many weights.
func (p *Packed) Reserve(count int) {
	if cap(p.weight) < count {
		p.weight = make([]float32, count, count+count/4)
	}
	p.weight = p.weight[:count]
}

// Fill copies an item's weights, as they were marked, to the place at and what follows, and
// returns where the next may go.
func (p *Packed) Fill(item, at int, weights []float32) int {
	record := p.record(item)
	for n := range p.words {
		record[2*n+1] = uint64(at)
		for held := record[2*n]; held != 0; held &= held - 1 {
			p.weight[at] = weights[64*n+bits.TrailingZeros64(held)]
			at++
		}
	}
	return at
}

// Slot is what a line has of a topic that is active: the place of the topic's first weight in
// the block, and the line's own weight, in the lower and the upper half.
func Slot(at int, weight float32) uint64 {
	return uint64(math.Float32bits(weight))<<32 | uint64(uint32(at))
}

// GatherPacked is Gather from a packed factor: active has a bit for each active topic, and slots
// an entry, which counts only there. block has to be zero before.
func GatherPacked(p *Packed, index []int32, active []uint64, slots []uint64, block, y []float32) {
	n := len(index)
	chosen.gatherPacked(p.records, p.weight, index, active[:p.words], slots, block, y[:n])
	for e := n; e < len(y); e++ {
		y[e] = 1
	}
}

func gatherPacked(records []uint64, weight []float32, index []int32, active []uint64, slots []uint64, block, y []float32) {
	for e, i := range index {
		record := records[int(i)*2*len(active) : (int(i)+1)*2*len(active)]
		total := float32(0)
		for n, of := range active {
			held, first := record[2*n], int(record[2*n+1])
			for both := held & of; both != 0; both &= both - 1 {
				k := bits.TrailingZeros64(both)
				w := weight[first+bits.OnesCount64(held&(1<<k-1))]
				s := slots[64*n+k]
				block[int(uint32(s))+e] = w
				total += math.Float32frombits(uint32(s>>32)) * w
			}
		}
		y[e] = max(total, Floor)
	}
}
