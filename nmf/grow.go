package nmf

import (
	"context"
	"slices"
)

// grow gives weight to the topics that Start.Grow lists, by splitting others: those that gain
// most, as splitting and merging has it. If there are more to grow than topics to split, what
// has been split has some iterations to settle, and is split again. Topics that nothing can be
// split for stay empty.
func (f *fitting) grow(ctx context.Context, o Options) {
	if o.Loss != KullbackLeibler || len(o.Start.Grow) == 0 {
		return
	}
	s := &splitMerge{fitting: f, topics: o.Topics, threads: o.threads(), loss: o.Loss}
	empty := slices.Clone(o.Start.Grow)
	f.empty(empty)
	f.solveH(ctx)
	before, divided := f.w.clone(), []pair(nil)
	for n := uint64(0); len(empty) > 0 && ctx.Err() == nil; n++ {
		splittable := slices.DeleteFunc(s.filled(), func(k int) bool { return slices.Contains(o.Start.Whole, k) })
		fresh := s.divideAll(s.splitEach(splittable, splitSample, o.Seed+n), empty)
		if len(fresh) == 0 {
			break
		}
		divided = append(divided, fresh...)
		f.keepRows(o.Start.Only)
		empty = empty[len(fresh):]
		s.iterate(ctx, splitWarmup, splitSettle)
	}
	f.keepNumbers(before, divided)
	f.keepRows(o.Start.Only)
}

// keepNumbers exchanges the parts of a topic where one that has a new number is more like the
// topic as it was. The pairs are of those that were split, and split again, in their order.
func (f *fitting) keepNumbers(before *Factor, divided []pair) {
	was, now := before.Sums(), f.w.Sums()
	root := map[int]int{} // of what is new, the topic that it is a part of
	for _, p := range divided {
		old, fresh := p.a, p.b
		if _, part := root[old]; !part && was[old] == 0 {
			old, fresh = fresh, old
		}
		k := old
		if of, part := root[old]; part {
			k = of
		}
		root[fresh] = k
		if now[fresh] == 0 || now[k] == 0 || was[k] == 0 {
			continue
		}
		if overlap(before, k, was, f.w, fresh, now) > overlap(before, k, was, f.w, k, now) {
			for _, side := range []*Factor{f.w, f.h} {
				side.exchange(k, fresh)
			}
			now[k], now[fresh] = now[fresh], now[k]
		}
	}
}

// overlap is Σ min(x, y) of topic k of a and topic l of b, each of which has its sum.
func overlap(a *Factor, k int, of []float64, b *Factor, l int, by []float64) (sum float64) {
	for i := range a.items {
		sum += min(float64(a.Item(i)[k])/of[k], float64(b.Item(i)[l])/by[l])
	}
	return sum
}

// exchange makes topic k topic l, and l k.
func (f *Factor) exchange(k, l int) {
	for n := range f.items {
		item := f.Item(n)
		item[k], item[l] = item[l], item[k]
	}
}

// empty takes all weight from topics.
func (f *fitting) empty(topics []int) {
	for _, side := range []*Factor{f.w, f.h} {
		for n := range side.items {
			for _, k := range topics {
				side.Item(n)[k] = 0
			}
		}
	}
}

// keepRows moves the weight of rows that keep to one topic there.
func (f *fitting) keepRows(only map[int]int) {
	for i, k := range only {
		row, sum := f.w.Item(i), float32(0)
		for _, x := range row {
			sum += x
		}
		clear(row)
		row[k] = sum
	}
}
