package streaming

import (
	"context"
	"errors"

	"klew/nmf/shard"
	"klew/vectorize"
)

// counts are the shards of a corpus as blocks of V.
type counts struct {
	of    *vectorize.Counted
	rows  []int32 // of the corpus's terms in V, -1 for those it has not
	terms int
	// seen, if set, is called with each document and the numbers of its tokens that V has and has
	// not.
	seen func(document, tokens, unknown int)
}

// Each reads the next shard while do works on one. Three are in memory at most, one of them as the
// file has it.
func (c *counts) Each(ctx context.Context, do func(*shard.Block) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready, free, failed := make(chan *shard.Block), make(chan *shard.Block, 2), make(chan error, 1)
	free <- shard.NewBlock(c.terms)
	free <- shard.NewBlock(c.terms)
	go func() {
		failed <- c.read(ctx, free, ready)
		close(ready)
	}()
	var fault error
	for b := range ready {
		if fault == nil {
			if fault = do(b); fault != nil {
				stop() // and let the reader come to its end: it uses the file
			}
		}
		free <- b
	}
	if err := <-failed; fault == nil {
		fault = err
	}
	return fault
}

// read fills free blocks.
func (c *counts) read(ctx context.Context, free <-chan *shard.Block, ready chan<- *shard.Block) error {
	return c.of.EachShard(ctx, func(s *vectorize.Shard) error {
		b := <-free
		c.fill(b, s)
		select {
		case ready <- b:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

// fill makes a block of a shard: the terms of V keep the order that those of the corpus have.
func (c *counts) fill(b *shard.Block, s *vectorize.Shard) {
	b.Reset()
	for d, number := range s.Documents {
		tokens, unknown := 0, 0
		for e := s.Start[d]; e < s.Start[d+1]; e++ {
			n := int(s.Counts[e])
			if row := c.rows[s.Terms[e]]; row >= 0 {
				b.Term, b.Count = append(b.Term, row), append(b.Count, float32(n))
				tokens += n
			} else {
				unknown += n
			}
		}
		b.Document, b.Start = append(b.Document, number), append(b.Start, len(b.Term))
		if c.seen != nil {
			c.seen(number, tokens, unknown)
		}
	}
}

// errEnough ends a reading before its end.
var errEnough = errors.New("enough")
