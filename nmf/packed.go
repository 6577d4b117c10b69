package nmf

import (
	"context"

	"klew/nmf/internal/kernel"
)

// Packed factors
//
// With many topics most weights of the fixed factor are zero, and what it has for a line is
// spread over more memory than is fast: W of newsgroups at k = 200 takes 46 MB, of which 2 are
// weights other than zero. So it is packed once a half-step, unless there are few topics or
// weights are not yet zero.

// packedFrom is the stride from which a factor is packed: narrower items are turned in registers
// (kernel.Gather). packedShare is the largest share of weights that are not zero.
const (
	packedFrom  = 48
	packedShare = 0.25
)

// pack packs the fixed factor if that helps.
func (d *divergence) pack(f *Factor, g *workers) {
	d.isPacked = f.stride >= packedFrom && f.mostlyZero()
	if !d.isPacked {
		return
	}
	p := &d.packed
	p.Pack(f.items, f.topics)
	var starts [sumParts + 1]int
	part := func(n int) (from, to int) { return f.items * n / sumParts, f.items * (n + 1) / sumParts }
	g.do(context.Background(), sumParts, func(n int, _ *scratch) {
		for i, to := part(n); i < to; i++ {
			starts[n+1] += p.Mark(i, f.Item(i))
		}
	})
	for n := range sumParts {
		starts[n+1] += starts[n]
	}
	p.Reserve(starts[sumParts])
	g.do(context.Background(), sumParts, func(n int, _ *scratch) {
		at := starts[n]
		for i, to := part(n); i < to; i++ {
			at = p.Fill(i, at, f.Item(i))
		}
	})
}

// mostlyZero judges by some of the items.
func (f *Factor) mostlyZero() bool {
	const one = 64
	held, seen := 0, 0
	for n := 0; n < f.items; n += one {
		seen += f.topics
		for _, x := range f.Item(n) {
			if x > 0 {
				held++
			}
		}
	}
	return float64(held) <= packedShare*float64(seen)
}

// gatherPacked is kernel.Gather from the packed factor.
func (s *scratch) gatherPacked(p *kernel.Packed, l line, weight []float32) {
	n := len(s.y)
	clear(s.block[:len(s.active)*n])
	clear(s.bits)
	for a, k := range s.active {
		s.bits[k/64] |= 1 << (k % 64)
		s.slots[k] = kernel.Slot(a*n, weight[a])
	}
	kernel.GatherPacked(p, l.index, s.bits, s.slots, s.block, s.y)
}
