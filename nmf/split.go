package nmf

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// splitSample and mergeSample are about how many non-zeros of V are looked at for judging splits
// and mergers, whatever the size of V. screenEach is how many for each topic tell which splits are
// worth that: looking at all topics of NIPS, k = 10, so closely took a third of the search. closely is how many
// times those that are made then are looked at. With the best by the small sample alone NIPS ended
// above 6,110,000 from 4 of 25 seeds, with twice as many from 1.
const (
	splitSample = 300_000
	mergeSample = 60_000
	screenEach  = 5_000
	closely     = 2
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

// splitBest splits the topics that gain most, of those not yet tried, as many as the round has and
// there is room for, and returns the pairs that have come about.
func (s *splitMerge) splitBest(r round, seed uint64) (fresh []pair) {
	filled := s.filled()
	var empty []int
	for k := range s.w.topics {
		if !slices.Contains(filled, k) {
			empty = append(empty, k)
		}
	}
	if len(s.splits) == 0 {
		s.lookCloser(filled, closely*r.splits, seed)
	}
	fresh = s.divideAll(s.splits, empty[:min(r.splits, len(empty))])
	if !r.undo {
		s.splits = s.splits[len(fresh):]
	}
	return fresh
}

// lookCloser finds the splits of the next topics, by a small sample that are the most promising.
func (s *splitMerge) lookCloser(filled []int, count int, seed uint64) {
	if len(s.toSplit) == 0 {
		for _, of := range s.splitEach(filled, screenEach*len(filled), seed) {
			s.toSplit = append(s.toSplit, of.topic)
		}
	}
	count = min(count, len(s.toSplit))
	s.splits = s.splitEach(s.toSplit[:count], splitSample, seed)
	s.toSplit = s.toSplit[count:]
}

// splitEach splits topics by their part of some columns that hold about so many non-zeros, and
// lists the splits, the one that gains most first. Those that cannot be split are left out.
func (s *splitMerge) splitEach(topics []int, nonZeros int, seed uint64) []split {
	c := s.cells(s.m.sample(nonZeros))
	all := make([]split, len(topics))
	parallel(len(topics), s.threads, func(n int) { all[n] = s.splitOne(topics[n], c, seed) })
	all = slices.DeleteFunc(all, func(of split) bool { return of.w == nil })
	slices.SortFunc(all, func(a, b split) int { return cmp.Or(cmp.Compare(b.gain, a.gain), a.topic-b.topic) })
	return all
}

// divideAll puts splits in the place of their topics and of empty ones, which take a half each, in
// their order.
func (s *splitMerge) divideAll(splits []split, empty []int) (fresh []pair) {
	sums := s.w.Sums()
	for n, k := range empty[:min(len(empty), len(splits))] {
		s.divide(splits[n], k, sums[splits[n].topic])
		fresh = append(fresh, pairOf(splits[n].topic, k))
	}
	return fresh
}

// splitOne fits two topics to a topic's part of some columns. What a topic holds of V is v·wₖhₖ/y;
// by the convexity of D, two topics fitted to that lower D of the whole by no less than D of the part.
func (s *splitMerge) splitOne(k int, of *cells, seed uint64) split {
	part, rows := s.part(k, of)
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
	return split{k, part.single(two.constant) - two.measure()/two.unit, rows, two.w}
}

// cells are columns of V, and what WH has where these are not zero.
type cells struct {
	columns []int
	y       [][]float32
}

func (f *fitting) cells(columns []int) *cells {
	c := &cells{columns, make([][]float32, len(columns))}
	f.workers.do(context.Background(), mixParts, func(part int, _ *scratch) {
		var active []int
		for n := len(columns) * part / mixParts; n < len(columns)*(part+1)/mixParts; n++ {
			h := f.h.Item(columns[n])
			active = activeIn(h, active)
			for _, i := range f.m.columns.line(columns[n]).index {
				c.y[n] = append(c.y[n], cell(f.w.Item(int(i)), h, active))
			}
		}
	})
	return c
}

// part is what topic k holds of some columns of V, without the rows of which it holds
// nothing, and those that are left. It is nil if that is too little to split.
func (f *fitting) part(k int, of *cells) (part *matrix, rows []int32) {
	const slight = 0.01 // a topic's share of a cell that is left out of account
	number := make([]int32, f.w.items)
	c := lines{start: []int{0}}
	for n, j := range of.columns {
		h := f.h.Item(j)[k]
		if h == 0 {
			continue
		}
		l := f.m.columns.line(j)
		for e, i := range l.index {
			share := f.w.Item(int(i))[k] * h / of.y[n][e]
			if !(share >= slight) {
				continue
			}
			if number[i] == 0 {
				rows = append(rows, i)
				number[i] = int32(len(rows))
			}
			c.index = append(c.index, number[i]-1)
			c.value = append(c.value, l.value[e]*share)
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

// activeIn lists the topics that have weight in h, in the memory of a slice.
func activeIn(h []float32, in []int) []int {
	in = in[:0]
	for k, x := range h {
		if x > 0 {
			in = append(in, k)
		}
	}
	return in
}

// cell is y = w·h, where h has weight in these topics.
func cell(w, h []float32, active []int) float32 {
	y := float32(0)
	for _, k := range active {
		y += w[k] * h[k]
	}
	return y
}

// single is D of the best single topic, W and H being the sums of rows and columns; constant is the part
// of D that depends on V alone.
func (m *matrix) single(constant float64) float64 {
	d, total := constant, m.total()
	for j := range m.columns.count() {
		d -= xlogx(sumOf(m.columns.line(j).value))
	}
	for i := range m.rows.count() {
		d -= xlogx(sumOf(m.rows.line(i).value))
	}
	return d + total + xlogx(total)
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
