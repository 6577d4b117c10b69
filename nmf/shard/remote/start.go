package remote

import (
	"context"
	"errors"
	"fmt"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/nmf/shard"
)

// startRequest is what the task start wants to know.
type startRequest struct {
	Topics  int    `json:"topics"`
	Seed    uint64 `json:"seed"`
	Threads int    `json:"threads"` // 0: all processors
}

// start finds topics in some of the blocks, as nmf.Fit does, and begins passes over all with them.
func start(ctx context.Context, request []byte, in *Reader, out *Writer) error {
	o := nmf.Defaults()
	asked := startRequest{Topics: o.Topics, Seed: o.Seed}
	if err := Parse(request, &asked); err != nil {
		return err
	}
	o.Topics, o.Seed, o.Threads, o.Refine = asked.Topics, asked.Seed, asked.Threads, nmf.RefineOff
	if err := o.Validate(); err != nil {
		return err
	}
	sample, err := readSample(in)
	if err == nil {
		err = sample.check(o.Topics)
	}
	if err != nil {
		return err
	}
	result, err := nmf.Fit(ctx, sample.matrix(), o)
	if err != nil {
		return err
	}
	if result.Status == nmf.Interrupted {
		return errors.New("interrupted")
	}
	result.W.Normalize()
	shard.Spread(result.W, sample.counts())
	out.state(shard.NewState(result.W))
	return nil
}

// readSample reads blocks into one.
func readSample(in *Reader) (*sample, error) {
	var all *shard.Block
	err := in.Each(map[string]func(Frame) error{KindBlock: func(f Frame) error {
		b, err := shard.Decode(f.Data)
		switch {
		case err != nil:
			return err
		case all == nil:
			all = shard.NewBlock(b.Terms)
		case b.Terms != all.Terms:
			return fmt.Errorf("it has %d terms, and the one before %d", b.Terms, all.Terms)
		}
		for d, number := range b.Document {
			all.Add(number, b.Term[b.Start[d]:b.Start[d+1]], b.Count[b.Start[d]:b.Start[d+1]])
		}
		return nil
	}})
	if err == nil && (all == nil || all.NonZeros() == 0) {
		err = errors.New("the sample holds no term: there is nothing to find topics in")
	}
	return &sample{all}, err
}

// sample is some of the documents.
type sample struct{ *shard.Block }

// check refuses what would take more memory than what is there can be worth. A block says how many
// terms there are, and need not have them.
func (s *sample) check(topics int) error {
	if topics > mostTopics {
		return fmt.Errorf("%d topics, where %d are the most", topics, mostTopics)
	}
	if s.Terms/1000 > s.NonZeros() {
		return fmt.Errorf("a sample of %d non-zeros tells nothing about %d terms: take a larger one", s.NonZeros(), s.Terms)
	}
	return nil
}

func (s *sample) matrix() *sparse.CSC {
	index, value := make([]int, len(s.Term)), make([]float64, len(s.Term))
	for e, i := range s.Term {
		index[e], value[e] = int(i), float64(s.Count[e])
	}
	return sparse.NewCSC(s.Terms, s.Documents(), s.Start, index, value)
}

// counts are how often the sample has each term, with half a token more: the blocks that are not in it
// may have what it does not.
func (s *sample) counts() []float64 {
	counts := make([]float64, s.Terms)
	for i := range counts {
		counts[i] = 0.5
	}
	for e, i := range s.Term {
		counts[i] += float64(s.Count[e])
	}
	return counts
}
