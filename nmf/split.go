package nmf

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// splitSample and mergeSample are about how many non-zeros of V are looked at for
// judging splits and mergers, whatever the size of V.
const (
	splitSample = 300_000
	mergeSample = 60_000
)

// sample lists every nth column, so that they hold about that many non-zeros.
func (m *matrix) sample(nonZeros int) []int {
	step := max(1, len(m.columns.index)/nonZeros)
	var columns []int
	for j := 0; j < m.columns.count(); j += step {
		columns = append(columns, j)
	}
	return columns
}

// split is two topics in the place of one.
type split struct {
	topic int
	gain  float64 // at least so much lower D would be
	rows  []int32 // the items of V's rows that w has
	w     *Factor
}

// splitBest splits the topics that gain most, as many as there is room for, and returns the
// pairs that have come about. What a topic holds of V is v·wₖhₖ/y; by the convexity of
// D, fitting two topics to that part lowers D of the whole by no less than D of the part.
func (s *splitMerge) splitBest(count int, seed uint64) (fresh []pair) {
	filled := s.filled()
	var empty []int
	for k := range s.w.topics {
		if !slices.Contains(filled, k) {
			empty = append(empty, k)
		}
	}
	return s.splitInto(empty[:min(count, len(empty))], seed)
}

// splitInto splits as many topics as there are empty ones named, which take a half of each, in
// their order.
func (s *splitMerge) splitInto(empty []int, seed uint64) (fresh []pair) {
	all := make([]split, s.w.topics)
	columns, sums, filled := s.m.sample(splitSample), s.w.Sums(), s.filled()
	parallel(len(filled), s.threads, func(n int) { all[filled[n]] = s.splitOne(filled[n], columns, seed) })
	slices.SortStableFunc(all, func(a, b split) int { return cmp.Compare(b.gain, a.gain) })
	for n, k := range empty {
		if n == len(all) || all[n].w == nil {
			break
		}
		s.divide(all[n], k, sums[all[n].topic])
		fresh = append(fresh, pairOf(all[n].topic, k))
	}
	return fresh
}

// splitOne fits two topics to a topic's part of some columns.
func (s *splitMerge) splitOne(k int, columns []int, seed uint64) split {
	part, rows := s.part(k, columns)
	if part == nil {
		return split{topic: k}
	}
	o := Options{Topics: 2, Loss: s.loss, Init: Random, Seed: seed, Threads: 1, MaxIter: math.MaxInt}
	two := newFitting(part, 2, o)
	defer two.workers.stop()
	two.start(context.Background(), o, 0)
	two.iterate(context.Background(), 10, 10)
	if len(two.filled()) < 2 {
		return split{topic: k}
	}
	return split{k, part.single() - two.measure()/two.unit, rows, two.w}
}

// part is what topic k holds of some columns of V, without the rows of which it holds
// nothing, and those that are left. It is nil if that is too little to split.
func (f *fitting) part(k int, columns []int) (part *matrix, rows []int32) {
	const slight = 0.01 // a topic's share of a cell that is left out of account
	number := make([]int32, f.w.items)
	c := lines{start: []int{0}}
	for _, j := range columns {
		h := f.h.Item(j)
		if h[k] == 0 {
			continue
		}
		l := f.m.columns.line(j)
		for e, i := range l.index {
			w := f.w.Item(int(i))
			held := w[k] * h[k]
			if held == 0 {
				continue
			}
			if held /= cell(w, h); held < slight {
				continue
			}
			if number[i] == 0 {
				rows = append(rows, i)
				number[i] = int32(len(rows))
			}
			c.index = append(c.index, number[i]-1)
			c.value = append(c.value, l.value[e]*held)
		}
		if len(c.index) > c.start[c.count()] {
			c.start = append(c.start, len(c.index))
		}
	}
	if c.across = len(rows); c.across < 2 || c.count() < 2 {
		return nil, nil
	}
	turned := transpose(&c)
	return &matrix{columns: transpose(&turned), rows: turned}, rows
}

// cell is y = w·h.
func cell(w, h []float32) float32 {
	y := float32(0)
	for k, x := range w {
		y += x * h[k]
	}
	return y
}

// single is D of the best single topic, W and H being the sums of rows and columns.
func (m *matrix) single() float64 {
	d, total := 0.0, 0.0
	for j := range m.columns.count() {
		sum := 0.0
		for _, v := range m.columns.line(j).value {
			sum += float64(v)
			d += xlogx(float64(v))
		}
		d -= xlogx(sum)
		total += sum
	}
	for i := range m.rows.count() {
		sum := 0.0
		for _, v := range m.rows.line(i).value {
			sum += float64(v)
		}
		d -= xlogx(sum)
	}
	return d + xlogx(total)
}

func xlogx(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x)
}

// divide puts the two topics in the place of their topic, of which W's column sums to sum,
// and into topic k. Both keep a little of the whole, for items that the sample did not
// hold.
func (f *fitting) divide(by split, k int, sum float64) {
	const whole = 0.05
	for i := range f.w.items {
		w := f.w.Item(i)
		w[by.topic] *= float32(whole / sum)
		w[k] = w[by.topic]
	}
	sums := by.w.Sums()
	for n, i := range by.rows {
		w := f.w.Item(int(i))
		w[by.topic] += float32((1 - whole) * float64(by.w.Item(n)[0]) / sums[0])
		w[k] += float32((1 - whole) * float64(by.w.Item(n)[1]) / sums[1])
	}
	for j := range f.h.items {
		h := f.h.Item(j)
		h[by.topic] *= float32(sum / 2)
		h[k] = h[by.topic]
	}
}
