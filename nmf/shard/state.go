package shard

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"klew/nmf"
	"klew/vectorize/sections"
)

// State is where the passes have come to: all that must be kept between two of them.
//
// From a W whose D is known, Advance goes on in the direction that W took, as nmf does between its
// iterations. If D turns out higher there, that pass counts for nothing: the next begins where the
// M-step had led, which is never higher.
type State struct {
	// W is what the next pass is to be made with; each topic sums to about 1.
	W *nmf.Factor
	// Divergence is D after each pass so far, lowest values first reached: it never rises.
	Divergence []float64
	// Done says that no pass need follow. W is then the last M-step's.
	Done bool

	step  *nmf.Factor // what the last M-step led to; nil before the first
	ahead float64     // how far W lies beyond it, in steps as long as the last
	next  float64     // how far the next one may go
}

// How far W goes beyond an M-step: see nmf's extrapolation.
const (
	firstAhead, mostAhead = 0.5, 4
	longer, shorter       = 1.2, 0.5
)

// Spread makes a fiftieth of each topic like all documents, which have each term a number of times, and
// the rest as it was; each topic sums to 1 before. What has no weight at all in any topic, since the
// documents that the topics were found in do not have it, would never get any. nmf spreads as much from
// its own samples.
func Spread(w *nmf.Factor, counts []float64) {
	const part = 0.02
	all := 0.0
	for _, n := range counts {
		all += n
	}
	for i, n := range counts {
		row := w.Item(i)
		for k, x := range row {
			row[k] = float32((1-part)*float64(x) + part*n/all)
		}
	}
}

// NewState begins passes with a W, which is copied, each topic made to sum to 1.
func NewState(w *nmf.Factor) *State {
	w = copied(w)
	w.Normalize()
	return &State{W: w, next: firstAhead}
}

func copied(w *nmf.Factor) *nmf.Factor {
	data := make([]float32, 0, w.Items()*w.Topics())
	for i := range w.Items() {
		data = append(data, w.Item(i)...)
	}
	return nmf.NewW(w.Items(), w.Topics(), data)
}

// Pass is the number of passes made.
func (s *State) Pass() int { return len(s.Divergence) }

// Last is D after the last pass, infinite before the first.
func (s *State) Last() float64 {
	if len(s.Divergence) == 0 {
		return math.Inf(1)
	}
	return s.Divergence[len(s.Divergence)-1]
}

// Advance makes the next W of the statistics of a pass over all blocks with W, and says whether
// the passes are done: their number has come to o.Passes, or D falls by less than o.Tol of itself.
func (s *State) Advance(all *Statistics, o Options) (done bool, err error) {
	if all.Terms != s.W.Items() || all.Topics != s.W.Topics() {
		return false, fmt.Errorf("shard: statistics of %d terms and %d topics for a W of %d and %d", all.Terms, all.Topics, s.W.Items(), s.W.Topics())
	}
	if all.Tokens == 0 {
		return false, errors.New("shard: the blocks hold no token: there is nothing to factorise")
	}
	d, last := all.D(), s.Last()
	s.Divergence = append(s.Divergence, min(d, last))
	tooFar := s.ahead > 0 && d > last
	if tooFar {
		s.next *= shorter
		s.ahead, s.W = 0, copied(s.step)
	} else {
		s.accept(all, o)
	}
	s.Done = s.Pass() >= o.Passes || !tooFar && last-d < o.Tol*d
	if s.Done && s.step != nil {
		s.W, s.ahead = s.step, 0
	}
	return s.Done, nil
}

// accept makes the M-step, and goes on in its direction.
func (s *State) accept(all *Statistics, o Options) {
	step := nmf.NewW(all.Terms, all.Topics, make([]float32, all.Terms*all.Topics))
	all.NextW(step, o.Prior)
	before := s.step
	s.step, s.W, s.ahead = step, copied(step), 0
	if before == nil {
		return
	}
	s.ahead, s.next = s.next, min(s.next*longer, mostAhead)
	for i := range step.Items() {
		now, was, to := step.Item(i), before.Item(i), s.W.Item(i)
		for k, x := range now {
			// At zero a weight might leave a cell of V without any topic.
			to[k] = max(x+float32(s.ahead)*(x-was[k]), x/2)
		}
	}
}

// A Pass lets workers see every block once, with w, and returns the sum of their statistics.
type Pass func(ctx context.Context, w *nmf.Factor) (*Statistics, error)

// Fit makes passes from a state until it is done. After each it calls after, if that is not nil,
// so that the state can be kept or shown; an error from there ends the passes.
func Fit(ctx context.Context, s *State, pass Pass, o Options, after func(*State) error) error {
	for !s.Done {
		all, err := pass(ctx, s.W)
		if err != nil {
			return err
		}
		if _, err = s.Advance(all, o); err != nil {
			return err
		}
		if after != nil {
			if err := after(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// Blocks are the blocks of a matrix where they can be had.
type Blocks interface {
	// Each calls do with each block in turn, always in the same order. do must not keep it.
	Each(ctx context.Context, do func(*Block) error) error
}

// PassOver is a pass over blocks that this machine can read.
func PassOver(blocks Blocks, o Options) Pass {
	return func(ctx context.Context, w *nmf.Factor) (*Statistics, error) {
		worker := NewWorker(w, o)
		defer worker.Close()
		all := NewStatistics(w.Items(), w.Topics())
		err := blocks.Each(ctx, func(b *Block) error { return worker.Expect(ctx, b, all, nil) })
		return all, err
	}
}

// The bytes of a state, and of a W
//
// Both are in the form of package sections, version 1, a W with the magic "KFAC\r\n\x1a\n", a state
// with "KPAS\r\n\x1a\n":
//
//	HEAD  uvarint terms; uvarint topics
//	FACT  W: a float32 for each topic of each term, little-endian
//	STEP  what the last M-step led to, as FACT; not before the first
//	PASS  a byte, 1 if done; float64 of how far W lies ahead, and of how far the next may; uvarint
//	      number of passes; for each, float64 D
//	END   nothing
//
// A W has the first two alone.
const (
	wMagic       = "KFAC\r\n\x1a\n"
	stateMagic   = "KPAS\r\n\x1a\n"
	stateVersion = 1

	tagFactor = "FACT"
	tagStep   = "STEP"
	tagPasses = "PASS"
)

// EncodeW returns the bytes of a W.
func EncodeW(w *nmf.Factor) []byte { return encode(wMagic, stateVersion, partsOf(w)...) }

// WriteW writes the bytes of a W.
func WriteW(to io.Writer, w *nmf.Factor) error { return write(to, wMagic, stateVersion, partsOf(w)...) }

// DecodeW reads the bytes of a W.
func DecodeW(data []byte) (*nmf.Factor, error) {
	parts, err := decode(data, wMagic, stateVersion)
	if err == nil {
		var w *nmf.Factor
		if w, err = factorOf(parts, tagFactor); err == nil {
			return w, nil
		}
	}
	return nil, fmt.Errorf("reading a W: %w", err)
}

// Encode returns the bytes of the state.
func (s *State) Encode() []byte { return encode(stateMagic, stateVersion, s.parts()...) }

// Write writes the bytes of the state.
func (s *State) Write(to io.Writer) error { return write(to, stateMagic, stateVersion, s.parts()...) }

func (s *State) parts() []part {
	parts := partsOf(s.W)
	if s.step != nil {
		parts = append(parts, part{tag: tagStep, long: weightsOf(s.step)})
	}
	var p sections.Payload
	p.Bool(s.Done)
	p.Float64(s.ahead)
	p.Float64(s.next)
	p.Uvarint(len(s.Divergence))
	for _, d := range s.Divergence {
		p.Float64(d)
	}
	return append(parts, part{tag: tagPasses, payload: p})
}

// DecodeState reads the bytes of a state.
func DecodeState(data []byte) (*State, error) {
	s, err := decodeState(data)
	if err != nil {
		return nil, fmt.Errorf("reading the state of a fit: %w", err)
	}
	return s, nil
}

func decodeState(data []byte) (*State, error) {
	parts, err := decode(data, stateMagic, stateVersion)
	if err != nil {
		return nil, err
	}
	s := &State{}
	if s.W, err = factorOf(parts, tagFactor); err != nil {
		return nil, err
	}
	if parts[tagStep] != nil {
		if s.step, err = factorOf(parts, tagStep); err != nil {
			return nil, err
		}
	}
	f := sections.NewFields(parts[tagPasses])
	s.Done, s.ahead, s.next = f.Bool(), f.Float64(), f.Float64()
	for range f.Count(8) {
		s.Divergence = append(s.Divergence, f.Float64())
	}
	if (s.step == nil) != (len(s.Divergence) == 0) || math.IsNaN(s.ahead+s.next) || s.ahead < 0 || s.next < 0 || s.next > mostAhead {
		f.Fail("it does not say where the passes have come to")
	}
	return s, f.Close()
}

func partsOf(w *nmf.Factor) []part {
	var head sections.Payload
	head.Uvarint(w.Items())
	head.Uvarint(w.Topics())
	return []part{{tag: tagHead, payload: head}, {tag: tagFactor, long: weightsOf(w)}}
}

// weightsOf makes a section of weights, some terms at a time.
func weightsOf(w *nmf.Factor) func(add func(sections.Payload)) {
	return func(add func(sections.Payload)) {
		var p sections.Payload
		for i := range w.Items() {
			for _, x := range w.Item(i) {
				p.Uint32(math.Float32bits(x))
			}
			if len(p) >= 1<<16 {
				add(p)
				p = p[:0]
			}
		}
		add(p)
	}
}

// factorOf reads the weights of terms by topics.
func factorOf(parts map[string][]byte, tag string) (*nmf.Factor, error) {
	f := sections.NewFields(parts[tagHead])
	terms, topics, data := f.Uvarint(), f.Uvarint(), parts[tag]
	if err := f.Close(); err != nil {
		return nil, err
	}
	if terms < 1 || topics < 1 || len(data)%4 != 0 || len(data)/4%topics != 0 || len(data)/4/topics != terms {
		return nil, fmt.Errorf("it is damaged: section %q has %d bytes for %d terms and %d topics", tag, len(data), terms, topics)
	}
	weights := make([]float32, len(data)/4)
	for i := range weights {
		x := math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		weights[i] = x
		if !(x >= 0) || math.IsInf(float64(x), 1) {
			return nil, fmt.Errorf("it is damaged: section %q has a weight %v", tag, x)
		}
	}
	return nmf.NewW(terms, topics, weights), nil
}
