package nmf

import (
	"math"
	"slices"

	"klew/nmf/internal/kernel"
)

// Short lines
//
// CCD takes lines of few non-zeros together, one in each lane of a vector (kernel.SweepLanes).
// They are most lines of most matrices: documents of a few words, and rare terms, of which
// newsgroups has 43,000 of 56,000. A line's weights come out the same whatever lines stand
// beside it. The short lines of a block stand in batches, by their lengths and how many topics
// they have, so that a lane does little for the sake of others. To copy non-zeros into lanes takes
// half as long as to improve the lines, so they stay there for lookEvery iterations.

// shortLine is the largest number of non-zeros of a short line: those of one vector.
const shortLine = kernel.Lanes

// laid is the short lines of a block, laid out in batches of as many as there are lanes.
type laid struct {
	lines   []int32 // by batch and lane; -1 where the last batch has none
	longest []int   // by batch, the non-zeros of the line that has most
	// By batch, non-zero and lane: where the fixed factor's item begins, or -1, and the value.
	index []int32
	value []float32
	long  []int32 // the other lines, those without non-zeros among them
	// For arrange: the short lines as they come, their kinds, and where each kind begins.
	short []int32
	kinds []uint8
	begin [shortLine << kindBits]int32
}

// kindBits are those of a kind of short lines that say how many topics have weight, if not more.
const kindBits = 3

// lay makes room for the lines of a block.
func (l *lines) lay(from, to int) *laid {
	out := &laid{}
	for n := from; n < to; n++ {
		if of := l.start[n+1] - l.start[n]; of == 0 || of > shortLine {
			out.long = append(out.long, int32(n))
		} else {
			out.short = append(out.short, int32(n))
		}
	}
	out.kinds = make([]uint8, len(out.short))
	out.lines = slices.Repeat([]int32{-1}, kernel.Padded(len(out.short)))
	return out
}

// arrange lays out the short lines, those of the same length, and of these those with as many
// topics, beside each other.
func (b *laid) arrange(l *lines, free *Factor, stride int) {
	clear(b.begin[:])
	for a, n := range b.short {
		topics := 0
		for _, x := range free.Item(int(n)) {
			if x > 0 {
				topics++
			}
		}
		kind := (l.start[n+1]-l.start[n]-1)<<kindBits + min(topics, 1<<kindBits-1)
		b.kinds[a] = uint8(kind)
		b.begin[kind]++
	}
	sum := int32(0)
	for kind, count := range b.begin {
		b.begin[kind] = sum
		sum += count
	}
	for a, n := range b.short {
		b.lines[b.begin[b.kinds[a]]] = n
		b.begin[b.kinds[a]]++
	}
	b.fill(l, int32(stride))
}

// fill copies what the lines hold.
func (b *laid) fill(l *lines, stride int32) {
	b.longest, b.index, b.value = b.longest[:0], b.index[:0], b.value[:0]
	for batch := range slices.Chunk(b.lines, kernel.Lanes) {
		longest, at := 0, len(b.index)
		for _, n := range batch {
			if n >= 0 {
				longest = l.start[n+1] - l.start[n] // they are in order
			}
		}
		b.longest = append(b.longest, longest)
		for range longest {
			b.index, b.value = append(b.index, noItems[:]...), append(b.value, noValues[:]...)
		}
		for lane, n := range batch {
			if n < 0 {
				break
			}
			of, index, value := l.line(int(n)), b.index[at+lane:], b.value[at+lane:]
			for e, i := range of.index {
				index[e*kernel.Lanes], value[e*kernel.Lanes] = i*stride, of.value[e]
			}
		}
	}
}

// together is how short lines are improved; nil says that each is improved alone.
type together struct {
	ccd
	task
}

// together says how the solver at work takes short lines, if it does.
func (f *fitting) together() *together {
	by, can := f.solver.(ccd)
	if !can || f.task.fixed != nil || f.lonely || len(by.w.data) > math.MaxInt32 {
		return nil
	}
	f.short = together{by, f.task}
	return &f.short
}

var (
	noItems  = [kernel.Lanes]int32{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}
	noValues [kernel.Lanes]float32
)

// improveShort improves the short lines of a block.
func (s *side) improveShort(of *laid, scratch *scratch) (found tally) {
	if s.short.objective {
		found.objective = scratch.batch.mass(s, of.short)
	}
	at := 0
	for n, longest := range of.longest {
		to := at + longest*kernel.Lanes
		lines := of.lines[n*kernel.Lanes : (n+1)*kernel.Lanes]
		found.add(scratch.batch.improve(s, lines, of.index[at:to], of.value[at:to], scratch))
		at = to
	}
	return found
}

// batch is what the lines of one have besides.
type batch struct {
	topics       int
	most         int               // active topics of the line that has most
	counts       [kernel.Lanes]int // of active topics
	active       []int32           // by number among the active, and lane; -1 beyond the last
	weight, cost []float32         // the same; weights are 0 there
	y, block     []float32         // by non-zero and lane, and that by topic
	held         []float64         // what each topic has in all lines
	none         []int32
}

func newBatch(topics int) *batch {
	none := slices.Repeat([]int32{-1}, (topics+1)*kernel.Lanes)
	return &batch{
		topics: topics, none: none, active: slices.Clone(none),
		weight: make([]float32, len(none)), cost: make([]float32, len(none)),
		y: make([]float32, shortLine*kernel.Lanes), held: make([]float64, topics),
	}
}

// improve takes the steps of the lines of a batch.
func (b *batch) improve(s *side, lines, index []int32, value []float32, scratch *scratch) (found tally) {
	for lane, n := range lines {
		if n < 0 {
			break
		}
		h := s.free.padded(int(n))
		if s.short.look {
			found.add(b.look(s, lane, int(n), h, scratch))
		} else {
			b.take(s.short.ccd, lane, h)
		}
	}
	found.objective = b.step(s.short, index, value)
	for lane, n := range lines {
		if n >= 0 {
			b.write(lane, s.free.padded(int(n)))
		}
	}
	m := b.most * kernel.Lanes
	copy(b.active[:m], b.none)
	clear(b.weight[:m])
	b.most = 0
	return found
}

// mass is what is expected of lines, and the penalty. It reads the weights in order, which fetches
// them: in that of the batches each would be waited for.
func (b *batch) mass(s *side, lines []int32) float64 {
	clear(b.held)
	squares := 0.0
	for _, n := range lines {
		held, h := b.held, s.free.padded(int(n))
		for k, x := range h[:len(held)] {
			held[k] += float64(x)
		}
		if s.short.l2 > 0 {
			squares += square(h)
		}
	}
	mass := s.short.l2 / 2 * squares
	for k, x := range b.held {
		mass += s.short.cost[k] * x
	}
	return mass
}

// take gives a lane the topics that have weight in its line.
func (b *batch) take(c ccd, lane int, h []float32) {
	// Each topic is written down, and the next one over it unless it has weight (ccd.choose).
	at := lane
	active, weight, cost := b.active, b.weight, b.cost
	for k, x := range h[:b.topics] {
		active[at], weight[at], cost[at] = int32(k), x, float32(c.cost[k])
		if x > 0 {
			at += kernel.Lanes
		}
	}
	active[at], weight[at] = -1, 0
	b.counts[lane] = at / kernel.Lanes
	b.most = max(b.most, b.counts[lane])
}

// look gives a lane the topics that are active once every slope of its line has been looked at.
func (b *batch) look(s *side, lane, n int, h []float32, scratch *scratch) (found tally) {
	c, l := s.short.ccd, s.lines.line(n)
	c.pass(l, h, scratch)
	if s.short.residual {
		found = residual(c, h, scratch, nil)
	}
	scratch.choose(c, h, s.short.task)
	at := lane
	for _, k := range scratch.active {
		b.active[at], b.weight[at], b.cost[at] = k, h[k], float32(c.cost[k])
		at += kernel.Lanes
	}
	b.counts[lane] = len(scratch.active)
	b.most = max(b.most, b.counts[lane])
	if c.starved(scratch, s.short.task) {
		c.revive(l, h, scratch, task{}, tally{})
		b.counts[lane] = 0 // what the lane comes to is not written
	}
	return found
}

// step takes all steps, and returns the part of the objective before that is Σ v log y.
func (b *batch) step(by *together, index []int32, value []float32) (objective float64) {
	n, m := len(index), max(b.most, 1)*kernel.Lanes
	b.block = grown(b.block, m/kernel.Lanes*n)
	weight, y := b.weight[:m], b.y[:n]
	kernel.GatherLanes(by.w.data, index, b.active[:m], weight, b.block, y)
	if by.objective {
		objective = -kernel.LogSum(value, y)
	}
	for range sweeps {
		kernel.SweepLanes(b.block, value, y, weight, b.cost[:m], float32(by.l2))
	}
	return objective
}

// write puts a lane's weights where they belong, without those that have faded.
func (b *batch) write(lane int, h []float32) {
	count := b.counts[lane]
	largest := float32(0)
	for a := range count {
		largest = max(largest, b.weight[a*kernel.Lanes+lane])
	}
	floor := max(faded*largest, least)
	for a := range count {
		at := a*kernel.Lanes + lane
		x := b.weight[at]
		if !(x >= floor) {
			x = 0
		}
		h[b.active[at]] = x
	}
}

// square is the sum of squares.
func square(h []float32) (sum float64) {
	for _, x := range h {
		sum += float64(x) * float64(x)
	}
	return sum
}
