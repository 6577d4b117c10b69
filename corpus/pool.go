package corpus

import (
	"context"
	"sync/atomic"

	"klew/corpus/internal/date"
	"klew/corpus/internal/records"
)

// batch is what came of one file, or of a part of one, in order: documents, entries, and
// then perhaps parts that are still to come.
type batch struct {
	documents []Document
	// places are IDs that the documents alone have, for those that bring along an ID which
	// others may have too; nil if none does.
	places   []string
	entries  []Entry
	prints   []fingerprint // of the documents
	passages [][]uint64    // of them, by their hashes
	order    date.Order    // of the day and the month in their dates, as far as it is known
	table    *table        // to which the documents belong, or nil
	taken    *records.Taken
	ends     bool // the table ends here
	parts    *queue

	small int64 // its size, if it has given its place in the queue to another
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

// A split goes a few pieces ahead, and many while they are small: a few took turns in
// waiting for a larger one and for those who count, and 20 Newsgroups were read and counted
// in 0.93 s on two processors, not in 0.79.
const (
	fewAhead, manyAhead = 2, 64    // pieces, for each thread
	roomAhead           = 16 << 20 // bytes of small ones that are done, together
)

// queue is the batches of a split, in order.
type queue struct {
	// ordered are the channels from which they can be had. Each has room for its batch, so
	// that no worker waits.
	ordered chan chan batch
	// places are taken by pieces at work, and by those that are done but not small.
	places chan struct{}
	// waiting is the size of the small ones that are done.
	waiting atomic.Int64
}

// split has the pieces of a split done.
func (p *pool) split(run func(emit)) *queue {
	q := &queue{ordered: make(chan chan batch, manyAhead*p.threads), places: make(chan struct{}, fewAhead*p.threads)}
	go func() {
		defer close(q.ordered)
		run(func(work func() batch) bool {
			done := make(chan batch, 1)
			return send(p.ctx, q.places, struct{}{}) && send(p.ctx, q.ordered, done) &&
				send(p.ctx, p.work, func() { done <- q.done(p.prepare(work())) })
		})
	}()
	return q
}

// done gives away the place of a batch that is small enough to wait beside the others.
func (q *queue) done(b batch) batch {
	if b.parts != nil {
		return b
	}
	size := int64(1)
	for _, d := range b.documents {
		size += int64(len(d.Text))
	}
	if q.waiting.Add(size) > roomAhead {
		q.waiting.Add(-size)
		return b
	}
	b.small = size
	<-q.places
	return b
}

// taken makes room for others.
func (q *queue) taken(b batch) {
	if b.small > 0 {
		q.waiting.Add(-b.small)
	} else {
		<-q.places
	}
}

// yieldAll yields batches in order, each before its parts. It returns false to end.
func (p *pool) yieldAll(q *queue, yield func(batch) bool) bool {
	for {
		done, ok := receive(p.ctx, q.ordered)
		if !ok {
			return p.ctx.Err() == nil
		}
		b, ok := receive(p.ctx, done)
		if !ok {
			return false
		}
		q.taken(b)
		if p.ctx.Err() != nil || !yield(b) {
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
