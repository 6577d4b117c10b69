package nmf

import (
	"context"
	"sync"
	"sync/atomic"
)

// blockSize is the least number of non-zeros handed to a goroutine at once: some
// 100 microseconds of work, so that the hand-over costs nothing and no goroutine
// waits long for the last one.
const blockSize = 4096

// blocks cuts lines into ranges of about blockSize non-zeros each. The cuts do not
// depend on the number of goroutines: what is summed by block comes out the same.
func (l *lines) blocks() []int {
	cuts := []int{0}
	held := 0
	for n := range l.count() {
		held += l.start[n+1] - l.start[n] + 1
		if held >= blockSize {
			cuts = append(cuts, n+1)
			held = 0
		}
	}
	if last := l.count(); cuts[len(cuts)-1] != last {
		cuts = append(cuts, last)
	}
	return cuts
}

// side is one of the two half-steps: the lines of V and the factor with one item
// for each of them.
type side struct {
	lines   *lines
	free    *Factor
	cuts    []int
	partial []float64 // objective by block
	scratch []*scratch
}

func newSide(l *lines, free *Factor, threads int) *side {
	s := &side{lines: l, free: free, cuts: l.blocks()}
	s.partial = make([]float64, len(s.cuts)-1)
	s.scratch = make([]*scratch, min(threads, max(len(s.partial), 1)))
	for t := range s.scratch {
		s.scratch[t] = newScratch(free.topics)
	}
	return s
}

// each calls visit for every line, from as many goroutines as there are scratches,
// and returns the sum of what it returns, added in the order of the lines. When ctx
// ends, lines not yet begun are left as they are, and ok is false.
func (s *side) each(ctx context.Context, visit func(l line, h []float32, s *scratch) float64) (sum float64, ok bool) {
	share(ctx, len(s.partial), len(s.scratch), func(thread, b int) {
		s.partial[b] = s.block(b, visit, s.scratch[thread])
	})
	for _, p := range s.partial {
		sum += p
	}
	return sum, ctx.Err() == nil
}

// share hands blocks out to goroutines, one at a time, until all are done or ctx ends.
func share(ctx context.Context, blocks, threads int, do func(thread, block int)) {
	var next atomic.Int64
	var done sync.WaitGroup
	for thread := range threads {
		done.Go(func() {
			for b := int(next.Add(1)) - 1; b < blocks && ctx.Err() == nil; b = int(next.Add(1)) - 1 {
				do(thread, b)
			}
		})
	}
	done.Wait()
}

func (s *side) block(b int, visit func(line, []float32, *scratch) float64, scratch *scratch) float64 {
	sum := 0.0
	for n := s.cuts[b]; n < s.cuts[b+1]; n++ {
		l, h := s.lines.line(n), s.free.Item(n)
		if len(l.index) == 0 {
			clear(h)
			continue
		}
		sum += visit(l, h, scratch)
	}
	return sum
}
