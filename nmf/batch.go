package nmf

import (
	"math"

	"klew/nmf/internal/kernel"
)

// Short lines
//
// CCD takes lines of few non-zeros together, one in each lane of a vector (kernel.SweepLanes).
// They are most lines of most matrices: documents of a few words, and rare terms, of which
// newsgroups has 43,000 of 56,000. A line's weights come out the same whatever lines stand
// beside it. Lines of similar length, and with similarly many active topics, wait together, so
// that a lane does little for the sake of others. (Lines sorted by length took longer: what is
// read in order is fetched ahead.)

const (
	// shortLine is the largest number of non-zeros of a short line: those of one vector.
	shortLine = kernel.Lanes
	// Lines wait together whose numbers of non-zeros, less one, are the same in units of
	// lengthClass, and that have either at most fewActive active topics or more.
	lengthClass = 4
	fewActive   = 3
)

// short is the short lines that wait, by class.
type short struct {
	batches [2 * shortLine / lengthClass]*batch
	by      ccd
	task    task
}

func newShort(topics int) (s short) {
	for n := range s.batches {
		s.batches[n] = newBatch(topics)
	}
	return s
}

// add gives a line, whose active topics have been chosen, to those like it.
func (s *short) add(c ccd, l line, h []float32, active []int32, t task) tally {
	class := (len(l.index) - 1) / lengthClass * 2
	if len(active) > fewActive {
		class++
	}
	s.by, s.task = c, t
	return s.batches[class].add(c, l, h, active, t)
}

// improve improves all that wait.
func (s *short) improve() (found tally) {
	for _, b := range s.batches {
		if b.lanes > 0 {
			found.add(b.improve(s.by, s.task))
		}
	}
	return found
}

// batch is the short lines that wait to be improved together.
type batch struct {
	lanes           int // that are taken
	longest, most   int // non-zeros and active topics of the line that has most
	weights         [kernel.Lanes][]float32
	counts          [kernel.Lanes]int // of active topics
	index, active   []int32
	value, y, block []float32
	weight, cost    []float32
	mass            float64 // what is expected of all lines, and the penalty
}

func newBatch(topics int) *batch {
	b := &batch{
		index: make([]int32, shortLine*kernel.Lanes), value: make([]float32, shortLine*kernel.Lanes),
		y:      make([]float32, shortLine*kernel.Lanes),
		active: make([]int32, topics*kernel.Lanes), weight: make([]float32, topics*kernel.Lanes),
		cost: make([]float32, topics*kernel.Lanes), most: topics, longest: shortLine,
	}
	b.empty()
	return b
}

// empty makes room for other lines.
func (b *batch) empty() {
	active := b.active[:b.most*kernel.Lanes]
	for i := range active {
		active[i] = -1
	}
	clear(b.weight[:len(active)])
	clear(b.value[:b.longest*kernel.Lanes])
	index := b.index[:b.longest*kernel.Lanes]
	for i := range index {
		index[i] = -1
	}
	b.lanes, b.longest, b.most, b.mass = 0, 0, 0, 0
}

// together says whether a line waits for others.
func (c ccd) together(l line, t task) bool {
	return t.together && t.fixed == nil && len(l.index) <= shortLine && len(c.w.data) <= math.MaxInt32
}

// add gives a line, with its active topics, to those that wait, and improves them if every lane
// is taken.
func (b *batch) add(c ccd, l line, h []float32, active []int32, t task) tally {
	lane, stride := b.lanes, int32(c.w.stride)
	at := lane
	for e, v := range l.value {
		b.index[at], b.value[at] = l.index[e]*stride, v
		at += kernel.Lanes
	}
	at = lane
	for _, k := range active {
		x := float64(h[k])
		b.active[at], b.weight[at], b.cost[at] = k, h[k], float32(c.cost[k])
		b.mass += x * (c.cost[k] + c.l2*x/2)
		at += kernel.Lanes
	}
	b.weights[lane], b.counts[lane] = h, len(active)
	b.longest, b.most = max(b.longest, len(l.index)), max(b.most, len(active))
	if b.lanes++; b.lanes < kernel.Lanes {
		return tally{}
	}
	return b.improve(c, t)
}

// improve takes the steps of all lines that wait, and writes their weights.
func (b *batch) improve(c ccd, t task) (found tally) {
	b.most = max(b.most, 1)
	n, m := b.longest*kernel.Lanes, b.most*kernel.Lanes
	b.block = grown(b.block, b.most*n)
	weight, y := b.weight[:m], b.y[:n]
	kernel.GatherLanes(c.w.data, b.index[:n], b.active[:m], weight, b.block, y)
	if t.objective {
		found.objective = b.mass - kernel.LogSum(b.value[:n], y)
	}
	for range sweeps {
		kernel.SweepLanes(b.block, b.value[:n], y, weight, b.cost[:m], float32(c.l2))
	}
	for lane := range b.lanes {
		b.write(lane)
	}
	b.empty()
	return found
}

// write puts a lane's weights where they belong, without those that have faded.
func (b *batch) write(lane int) {
	h, count := b.weights[lane], b.counts[lane]
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
