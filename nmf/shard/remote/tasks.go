package remote

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"klew/nmf"
	"klew/nmf/shard"
)

// Tasks are those of fitting, by name.
func Tasks() map[string]Task {
	return map[string]Task{"expect": expect, "add": add, "advance": advance, "solve": solve, "start": start}
}

// pieceSize is the size of a piece of statistics: several are in memory at once where they are
// shuffled.
const pieceSize = 4 << 20

// mostTopics bounds what a few bytes can make a worker allocate: the weights of documents that are
// solved together, which may be empty.
const mostTopics = 10_000

// request is what the tasks want to know. A number that is 0 is as in shard.Defaults.
type request struct {
	Steps   int     `json:"steps"`
	Passes  int     `json:"passes"`
	Tol     float64 `json:"tol"`
	Threads int     `json:"threads"`
}

// options reads a request. A task of a cluster has one processor, unless it is told otherwise.
func options(data []byte) (shard.Options, error) {
	o := shard.Defaults()
	asked := request{o.Steps, o.Passes, o.Tol, 1}
	if err := Parse(data, &asked); err != nil {
		return o, err
	}
	if asked.Steps < 0 || asked.Passes < 1 || !(asked.Tol >= 0) || asked.Threads < 0 {
		return o, errors.New("steps, tol and threads must be 0 or more, and passes 1 or more")
	}
	o.Steps, o.Passes, o.Tol, o.Threads = asked.Steps, asked.Passes, asked.Tol, asked.Threads
	return o, nil
}

// expectation is a worker that is made once W is there.
type expectation struct {
	options shard.Options
	w       Whole
	worker  *shard.Worker
	terms   int
	topics  int
}

// take takes W, and each block in its turn.
func (e *expectation) take(do func(f Frame, b *shard.Block) error) map[string]func(Frame) error {
	return map[string]func(Frame) error{
		KindW: e.w.Add,
		KindBlock: func(f Frame) error {
			b, err := shard.Decode(f.Data)
			if err == nil {
				err = e.begin()
			}
			if err == nil {
				err = do(f, b)
			}
			return err
		},
	}
}

// begin makes the worker with the first block.
func (e *expectation) begin() error {
	if e.worker != nil {
		return nil
	}
	if !e.w.Begun() {
		return errors.New("a block comes before W")
	}
	w, err := shard.DecodeW(e.w.Data)
	if err != nil {
		return err
	}
	if w.Topics() > mostTopics {
		return fmt.Errorf("%d topics, where %d are the most", w.Topics(), mostTopics)
	}
	e.terms, e.topics, e.w.Data = w.Items(), w.Topics(), nil
	e.worker = shard.NewWorker(w, e.options)
	return nil
}

func (e *expectation) close() {
	if e.worker != nil {
		e.worker.Close()
	}
}

// expect adds up what W expects of blocks.
func expect(ctx context.Context, request []byte, in *Reader, out *Writer) error {
	o, err := options(request)
	if err != nil {
		return err
	}
	e := &expectation{options: o}
	defer func() { e.close() }()
	var all *shard.Statistics
	err = in.Each(e.take(func(_ Frame, b *shard.Block) error {
		if all == nil {
			all = shard.NewStatistics(e.terms, e.topics)
		}
		return e.worker.Expect(ctx, b, all, nil)
	}))
	if err != nil || all == nil {
		return err
	}
	key := int64(0)
	for piece := range all.Pieces(pieceSize) {
		out.Write(Frame{Kind: KindStatistics, Key: key, Data: piece})
		key++
	}
	return nil
}

// solve finds the weights of the documents of blocks.
func solve(ctx context.Context, request []byte, in *Reader, out *Writer) error {
	o, err := options(request)
	if err != nil {
		return err
	}
	e := &expectation{options: o}
	defer func() { e.close() }()
	return in.Each(e.take(func(f Frame, b *shard.Block) error {
		part := 0
		return e.worker.Expect(ctx, b, nil, func(_ int, h *nmf.Factor) error {
			out.Write(Frame{Kind: KindH, Key: f.Key, Part: part, Data: weights(h)})
			part++
			return out.Err()
		})
	}))
}

// weights are a factor's, item by item.
func weights(h *nmf.Factor) []byte {
	data := make([]byte, 0, 4*h.Items()*h.Topics())
	for j := range h.Items() {
		for _, x := range h.Item(j) {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
	}
	return data
}

// add adds up pieces of statistics, each of them with those of the same key that come directly
// before it. So pieces in order of their keys take no more memory than one; in another order the
// sum is the same, and there are more pieces.
func add(_ context.Context, _ []byte, in *Reader, out *Writer) error {
	sum := Frame{Kind: KindStatistics, Key: -1}
	err := in.Each(map[string]func(Frame) error{KindStatistics: func(f Frame) (err error) {
		if f.Key == sum.Key {
			sum.Data, err = shard.AddPieces(sum.Data, f.Data)
			return err
		}
		if sum.Key >= 0 {
			out.Write(sum)
		}
		sum.Key, sum.Data = f.Key, append([]byte(nil), f.Data...)
		return out.Err()
	}})
	if err == nil && sum.Key >= 0 {
		out.Write(sum)
	}
	return err
}

// passed is the frame INFO of where the passes have come to.
type passed struct {
	Pass       int     `json:"pass"`
	Divergence float64 `json:"divergence,omitempty"` // after the last pass
	// Divergences are those after each pass.
	Divergences []float64 `json:"divergences,omitempty"`
	Done        bool      `json:"done"`
	Terms       int       `json:"terms"`
	Topics      int       `json:"topics"`
}

// advance makes the W of the next pass.
func advance(_ context.Context, request []byte, in *Reader, out *Writer) error {
	o, err := options(request)
	if err != nil {
		return err
	}
	var whole Whole
	var state *shard.State
	var all *shard.Statistics
	begin := func() (err error) {
		if state == nil {
			if state, err = shard.DecodeState(whole.Data); err == nil {
				all = shard.NewStatistics(state.W.Items(), state.W.Topics())
			}
		}
		return err
	}
	err = in.Each(map[string]func(Frame) error{
		KindState: whole.Add,
		KindStatistics: func(f Frame) error {
			if err := begin(); err != nil {
				return err
			}
			return all.AddPiece(f.Data)
		},
	})
	if err == nil {
		err = begin()
	}
	if err != nil {
		return err
	}
	if _, err := state.Advance(all, o); err != nil {
		return err
	}
	if state.Done {
		inOrder(state.W, all)
	}
	out.state(state)
	return nil
}

// inOrder puts topics in order of falling numbers of tokens.
func inOrder(w *nmf.Factor, all *shard.Statistics) {
	tokens, order := make([]int64, all.Topics), make([]int, all.Topics)
	for at, x := range all.Counts {
		tokens[at%all.Topics] += x
	}
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(tokens[b], tokens[a]) })
	w.Permute(order)
}

// state writes a state, its W for the workers, and what there is to say of it.
func (w *Writer) state(s *shard.State) {
	w.Long(KindState, 0, s.Encode())
	w.Long(KindW, 0, shard.EncodeW(s.W))
	about := passed{Pass: s.Pass(), Done: s.Done, Terms: s.W.Items(), Topics: s.W.Topics()}
	if about.Pass > 0 {
		about.Divergence, about.Divergences = s.Last(), s.Divergence
	}
	w.Info(KindInfo, about)
}
