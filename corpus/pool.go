package corpus

import "context"

// batch is what came of one file, or of a part of one, in order: documents, entries, and
// then perhaps parts that are still to come.
type batch struct {
	documents []Document
	// places are IDs that the documents alone have, for those that bring along an ID which
	// others may have too; nil if none does.
	places  []string
	entries []Entry
	prints  []fingerprint // of the documents
	parts   <-chan chan batch
}

// add appends what came of a part.
func (b *batch) add(part batch) {
	b.documents = append(b.documents, part.documents...)
	b.places = append(b.places, part.places...)
	b.entries = append(b.entries, part.entries...)
}

// emit takes a piece of work that makes one batch, to be done by any worker. It returns
// false if no more is wanted.
type emit func(work func() batch) bool

// pool is the workers that read a corpus. Two kinds of goroutines use it, and neither
// waits for the other in a circle: workers do pieces of work, none of which waits; and
// for each file that holds many documents there is one that splits it into such pieces,
// and waits for workers.
type pool struct {
	ctx     context.Context // when it ends all goroutines do, but for one that waits for standard input
	threads int
	prepare func(batch) batch // what is done with each batch at last
	work    chan func()
}

func newPool(ctx context.Context, threads int, prepare func(batch) batch) *pool {
	p := &pool{ctx, threads, prepare, make(chan func())}
	for range threads {
		go func() {
			for {
				work, ok := receive(ctx, p.work)
				if !ok {
					return
				}
				work()
			}
		}()
	}
	return p
}

// split hands out, in order, the channels from which the batches of a split can be had.
// Each of them has room for its batch, so that no worker waits. A split goes a few pieces
// ahead.
func (p *pool) split(run func(emit)) <-chan chan batch {
	ordered := make(chan chan batch, 2*p.threads)
	go func() {
		defer close(ordered)
		run(func(work func() batch) bool {
			done := make(chan batch, 1)
			return send(p.ctx, ordered, done) && send(p.ctx, p.work, func() { done <- p.prepare(work()) })
		})
	}()
	return ordered
}

// yieldAll yields batches in order, each before its parts. It returns false to end.
func (p *pool) yieldAll(ordered <-chan chan batch, yield func(batch) bool) bool {
	for {
		done, ok := receive(p.ctx, ordered)
		if !ok {
			return p.ctx.Err() == nil
		}
		b, ok := receive(p.ctx, done)
		if !ok || p.ctx.Err() != nil || !yield(b) {
			return false
		}
		if b.parts != nil && !p.yieldAll(b.parts, yield) {
			return false
		}
	}
}

// receive waits for a value, but not longer than ctx lasts: standard input may never
// say another word.
func receive[T any](ctx context.Context, from <-chan T) (value T, ok bool) {
	select {
	case value, ok = <-from:
		return value, ok
	case <-ctx.Done():
		return value, false
	}
}

// send waits until a value is taken, but not longer than ctx lasts.
func send[T any](ctx context.Context, to chan<- T, value T) bool {
	select {
	case to <- value:
		return true
	case <-ctx.Done():
		return false
	}
}
