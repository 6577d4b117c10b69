package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A packed factor gives what the factor does, whatever share of its weights is zero, for topics
// that fill words or do not.
func TestGatherPackedIsGather(t *testing.T) {
	for _, s := range available() {
		for _, topics := range []int{1, 48, 64, 65, 200} {
			for _, of := range []int{1, 3, 50} {
				t.Run(fmt.Sprintf("%s/%d/%d", s.name, topics, of), func(t *testing.T) {
					checkPacked(t, s, rand.New(rand.NewPCG(uint64(topics), uint64(of))), topics, of)
				})
			}
		}
	}
}

// checkPacked draws a factor of which one weight in so many is not zero.
func checkPacked(t *testing.T, s set, r *rand.Rand, topics, of int) {
	stride := Stride(topics)
	l := drawLine(r, stride, 37)
	for i := range l.w {
		if i%stride >= topics || r.IntN(of) > 0 {
			l.w[i] = 0
		}
	}
	var p Packed
	p.Pack(testItems, topics)
	count, at := 0, 0
	for i := range testItems {
		count += p.Mark(i, l.w[i*stride:i*stride+topics])
	}
	p.Reserve(count)
	for i := range testItems {
		at = p.Fill(i, at, l.w[i*stride:i*stride+topics])
	}
	n, bits, slots := Padded(len(l.index)), make([]uint64, (topics+63)/64), make([]uint64, topics)
	var active []int32
	var h []float32
	for k := range topics {
		if topics == 1 || r.IntN(2) == 0 {
			bits[k/64] |= 1 << (k % 64)
			slots[k] = Slot(len(active)*n, l.h[k])
			active, h = append(active, int32(k)), append(h, l.h[k])
		}
	}
	want, wantY := make([]float32, n*len(active)), make([]float32, n)
	s.gather(l.w, stride, l.index, active, h, want, wantY)
	block, y := guarded(n*len(active)), guarded(n)
	clear(block.of)
	defer func(was set) { chosen = was }(chosen)
	chosen = s
	GatherPacked(&p, l.index, bits, slots, block.of, y.of)
	if !slices.Equal(block.of, want) {
		t.Error("the block differs from that of Gather")
	}
	for e := range wantY {
		near(t, "y", float64(y.of[e]), float64(wantY[e]))
	}
	block.check(t)
	y.check(t)
}
