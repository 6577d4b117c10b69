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
	for n := uint64(0); len(empty) > 0 && ctx.Err() == nil; n++ {
		fresh := s.divideAll(s.splitEach(s.filled(), splitSample, o.Seed+n), empty)
		if len(fresh) == 0 {
			return
		}
		f.keepRows(o.Start.Only)
		empty = empty[len(fresh):]
		s.iterate(ctx, splitWarmup, splitSettle)
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
