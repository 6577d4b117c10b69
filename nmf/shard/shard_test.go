package shard

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/vectorize/sections"
	"pgregory.net/rapid"
)

// drawn are blocks of counts, drawn from topics that overlap.
func drawn(seed uint64, terms, topics, documents, blocks int) []*Block {
	random := rand.New(rand.NewPCG(seed, 1))
	all := make([]*Block, blocks)
	for n := range all {
		all[n] = NewBlock(terms)
	}
	for d := range documents {
		count := make([]int, terms)
		a, b := random.IntN(topics), random.IntN(topics)
		for range random.IntN(60) {
			topic := a
			if random.IntN(3) == 0 {
				topic = b
			}
			count[(topic*terms/topics+int(random.ExpFloat64()*float64(terms)/float64(topics)/2))%terms]++
		}
		var term []int32
		var value []float32
		for i, c := range count {
			if c > 0 {
				term, value = append(term, int32(i)), append(value, float32(c))
			}
		}
		all[d*blocks/documents].Add(d, term, value)
	}
	return all
}

// matrix is V of blocks.
func matrix(blocks []*Block) *sparse.CSC {
	start, index, value := []int{0}, []int{}, []float64{}
	for _, b := range blocks {
		for d := range b.Document {
			for e := b.Start[d]; e < b.Start[d+1]; e++ {
				index, value = append(index, int(b.Term[e])), append(value, float64(b.Count[e]))
			}
			start = append(start, len(index))
		}
	}
	return sparse.NewCSC(blocks[0].Terms, len(start)-1, start, index, value)
}

func someW(seed uint64, terms, topics int) *nmf.Factor {
	random := rand.New(rand.NewPCG(seed, 2))
	data := make([]float32, terms*topics)
	for i := range data {
		data[i] = random.Float32() + 0.01
	}
	w := nmf.NewW(terms, topics, data)
	w.Normalize()
	return w
}

// inMemory are blocks that are there.
type inMemory []*Block

func (all inMemory) Each(_ context.Context, do func(*Block) error) error {
	for _, b := range all {
		if err := do(b); err != nil {
			return err
		}
	}
	return nil
}

func statisticsOf(t testing.TB, w *nmf.Factor, threads int, blocks ...*Block) *Statistics {
	t.Helper()
	all, err := PassOver(inMemory(blocks), Options{Threads: threads})(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func same(a, b *Statistics) bool {
	return slices.Equal(a.Counts, b.Counts) && a.Divergence == b.Divergence && a.Documents == b.Documents && a.NonZeros == b.NonZeros && a.Tokens == b.Tokens
}

// Statistics of blocks add to the same bits in any order, made by any number of goroutines, and
// carried in pieces of any size.
func TestStatisticsAddInAnyOrder(t *testing.T) {
	blocks, w := drawn(1, 60, 4, 200, 5), someW(1, 60, 4)
	want := statisticsOf(t, w, 1, blocks...)
	if want.Tokens == 0 || want.Documents != 200 {
		t.Fatalf("%d tokens of %d documents", want.Tokens, want.Documents)
	}
	for n, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}} {
		added, carried := NewStatistics(60, 4), NewStatistics(60, 4)
		for _, b := range order {
			one := statisticsOf(t, w, n+1, blocks[b])
			if err := added.Add(one); err != nil {
				t.Fatal(err)
			}
			for piece := range one.Pieces(1 + 300*n) {
				if err := carried.AddPiece(piece); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !same(added, want) || !same(carried, want) {
			t.Errorf("order %v: other statistics", order)
		}
	}
}

// The expectation step is the definition of its sums, with the columns of H of Transform; the
// M-step after it is what the multiplicative update makes of W.
func TestThePassIsAStepOfEM(t *testing.T) {
	blocks, w := drawn(2, 40, 3, 50, 1), someW(2, 40, 3)
	v := matrix(blocks)
	o := nmf.Defaults()
	o.Topics = 3
	h, err := nmf.Transform(context.Background(), w, v, o)
	if err != nil {
		t.Fatal(err)
	}
	all, wanted, d := statisticsOf(t, w, 2, blocks...), make([]float64, 40*3), 0.0
	for i := range 40 {
		for j := range 50 {
			y := 0.0
			for k := range 3 {
				y += w.At(i, k) * h.At(k, j)
			}
			x := v.At(i, j)
			if d += y; x > 0 {
				d += x*math.Log(x/y) - x
			}
			for k := range 3 {
				wanted[3*i+k] += x / y * w.At(i, k) * h.At(k, j)
			}
		}
	}
	if math.Abs(all.D()/d-1) > 1e-5 {
		t.Errorf("D is %v, want %v", all.D(), d)
	}
	for n, want := range wanted {
		if got := float64(all.Counts[n]) / unit; math.Abs(got-want) > 2e-3*(1+want) {
			t.Errorf("term %d, topic %d: %v tokens, want %v", n/3, n%3, got, want)
		}
	}
	o.Start, o.Solver, o.MaxIter, o.Refine = &nmf.Start{W: w, H: h}, nmf.MU, 1, nmf.RefineOff
	one, err := nmf.Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	one.W.Normalize()
	next := nmf.NewW(40, 3, make([]float32, 40*3))
	all.NextW(next, 0)
	for i := range 40 {
		for k := range 3 {
			if got, want := next.At(i, k), one.W.At(i, k); math.Abs(got-want) > 1e-3 {
				t.Errorf("W[%d, %d] is %v, by nmf %v", i, k, got, want)
			}
		}
	}
}

// D never rises from pass to pass, and comes near that of a fit in memory from the same W. A state
// that is written and read in between goes on to the same bytes.
func TestPassesLowerD(t *testing.T) {
	blocks, w := drawn(3, 80, 5, 300, 4), someW(3, 80, 5)
	o := Defaults()
	o.Passes, o.Tol = 60, 0
	state := NewState(w)
	err := Fit(context.Background(), state, PassOver(inMemory(blocks), o), o, func(s *State) error {
		if n := s.Pass(); n > 1 && s.Divergence[n-1] > s.Divergence[n-2] {
			t.Errorf("pass %d: D rises from %v to %v", n, s.Divergence[n-2], s.Divergence[n-1])
		}
		kept, err := DecodeState(s.Encode())
		if err == nil && !bytes.Equal(kept.Encode(), s.Encode()) {
			t.Error("the state comes back as another")
		}
		*s = *kept
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	at := statisticsOf(t, state.W, 1, blocks...).D()
	if at > state.Last()*(1+1e-6) {
		t.Errorf("the last W has D %v, above %v", at, state.Last())
	}
	of := nmf.Defaults()
	of.Topics, of.Start, of.Refine, of.Tol = 5, &nmf.Start{W: w}, nmf.RefineOff, 1e-7
	whole, err := nmf.Fit(context.Background(), matrix(blocks), of)
	if err != nil {
		t.Fatal(err)
	}
	if at > whole.Divergence*1.01 {
		t.Errorf("D is %v, in memory %v", at, whole.Divergence)
	}
	again := NewState(w)
	if err := Fit(context.Background(), again, PassOver(inMemory(blocks), o), o, nil); err != nil || !bytes.Equal(again.Encode(), state.Encode()) {
		t.Errorf("without interruptions the state is another (%v)", err)
	}
}

// Columns of H are those of Transform, and come in the order of the documents.
func TestWeightsOfABlock(t *testing.T) {
	blocks, w := drawn(4, 30, 3, 40, 1), someW(4, 30, 3)
	o := nmf.Defaults()
	want, err := nmf.Transform(context.Background(), w, matrix(blocks), o)
	if err != nil {
		t.Fatal(err)
	}
	worker, seen := NewWorker(w, Options{}), 0
	defer worker.Close()
	err = worker.Expect(context.Background(), blocks[0], nil, func(first int, h *nmf.Factor) error {
		for d := range h.Items() {
			for k, x := range h.Item(d) {
				if y := want.At(k, first+d); math.Abs(float64(x)-y) > 1e-2*(1+y) {
					t.Errorf("document %d, topic %d: %v, want %v", first+d, k, x, y)
				}
			}
		}
		seen += h.Items()
		return nil
	})
	if err != nil || seen != 40 {
		t.Errorf("%d documents (%v)", seen, err)
	}
}

// A block comes back from its bytes.
func TestBlocksComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBlock(rapid.IntRange(0, 40).Draw(t, "terms"))
		for range rapid.IntRange(0, 6).Draw(t, "documents") {
			var term []int32
			var count []float32
			for i := range b.Terms {
				if c := rapid.IntRange(0, 3).Draw(t, "count"); c > 0 {
					term, count = append(term, int32(i)), append(count, float32(c))
				}
			}
			b.Add(rapid.IntRange(0, math.MaxInt).Draw(t, "number"), term, count)
		}
		data, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if got.Terms != b.Terms || !slices.Equal(got.Document, b.Document) || !slices.Equal(got.Start, b.Start) || !slices.Equal(got.Term, b.Term) || !slices.Equal(got.Count, b.Count) {
			t.Fatalf("got %+v, want %+v", got, b)
		}
	})
}

// What is not a whole block, state or piece is refused, and a flipped bit found.
func TestDamagedBytes(t *testing.T) {
	blocks, w := drawn(5, 20, 2, 10, 1), someW(5, 20, 2)
	block, err := blocks[0].Encode()
	if err != nil {
		t.Fatal(err)
	}
	var piece []byte
	for p := range statisticsOf(t, w, 1, blocks...).Pieces(1 << 20) {
		piece = p
	}
	for _, of := range []struct {
		name string
		data []byte
		read func([]byte) error
	}{
		{"block", block, func(d []byte) error { _, err := Decode(d); return err }},
		{"state", NewState(w).Encode(), func(d []byte) error { _, err := DecodeState(d); return err }},
		{"w", EncodeW(w), func(d []byte) error { _, err := DecodeW(d); return err }},
		{"statistics", piece, func(d []byte) error { return NewStatistics(20, 2).AddPiece(d) }},
	} {
		if err := of.read(of.data); err != nil {
			t.Errorf("%s: %v", of.name, err)
		}
		for n := range of.data {
			bad := bytes.Clone(of.data)
			bad[n] ^= 1 << (n % 8)
			if of.read(bad) == nil {
				t.Errorf("%s: bit %d of byte %d is flipped, and nothing said", of.name, n%8, n)
			}
			if of.read(of.data[:n]) == nil {
				t.Errorf("%s: cut to %d bytes, and nothing said", of.name, n)
			}
		}
	}
}

// Whatever the bytes are, a block that is read keeps to what its fields say.
func FuzzDecode(f *testing.F) {
	for seed := range uint64(3) {
		data, err := drawn(seed, 20, 2, 10, 1)[0].Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := Decode(data); err == nil && b.Check() != nil {
			t.Error(b.Check())
		}
		// The same behind the checksums.
		b := NewBlock(20)
		if b.get(tagDocuments, sections.NewFields(data)) == nil {
			b.Document = nil
		}
		if err := b.get(tagCounts, sections.NewFields(data)); err == nil {
			b.Document = make([]int, len(b.Start)-1)
			if err := b.Check(); err != nil {
				t.Error(err)
			}
		}
	})
}

// More tokens than can be added exactly are refused.
func TestTooManyTokens(t *testing.T) {
	s := NewStatistics(1, 1)
	if err := s.Add(&Statistics{Terms: 1, Topics: 1, Counts: []int64{1}, Tokens: 1 << 39}); err == nil {
		t.Error("2³⁹ tokens are added")
	}
	if err := s.Add(NewStatistics(2, 1)); err == nil {
		t.Error("statistics of another matrix are added")
	}
}

// Mini-batches lower D, to the same bits whatever the number of blocks and of goroutines, and leave
// no term without weight.
func TestMiniBatches(t *testing.T) {
	w, shares := someW(6, 80, 5), []float64{.2, .2, .2, .2, .2}
	var want []byte
	for n, parts := range []int{1, 3, 7} {
		blocks := drawn(6, 80, 5, 1700, parts)
		tokens := statisticsOf(t, w, 1, blocks...)
		o := Defaults()
		o.Threads = n + 1
		online := NewOnline(w, shares, 100)
		for range 2 {
			if _, err := online.Pass(context.Background(), inMemory(blocks), float64(tokens.Tokens), o); err != nil {
				t.Fatal(err)
			}
		}
		if got := EncodeW(online.W); want == nil {
			want = got
		} else if !bytes.Equal(got, want) {
			t.Errorf("%d blocks: another W", parts)
		}
		if d := statisticsOf(t, online.W, 1, blocks...).D(); d > 0.8*tokens.D() {
			t.Errorf("D falls from %v to %v only", tokens.D(), d)
		}
		for i := range 80 {
			for k := range 5 {
				if online.W.At(i, k) == 0 {
					t.Fatalf("term %d has no weight in topic %d", i, k)
				}
			}
		}
		if math.Abs(1-sum(online.Shares)) > 1e-9 || online.Batch != 12 {
			t.Errorf("shares %v, t %v", online.Shares, online.Batch)
		}
	}
}

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// What no topic has comes in as often as the documents have it, and topics still sum to 1.
func TestSpread(t *testing.T) {
	w := nmf.NewW(3, 2, []float32{0.5, 1, 0.5, 0, 0, 0})
	Spread(w, []float64{4, 4, 2})
	want := []float32{0.98*0.5 + 0.008, 0.98 + 0.008, 0.98*0.5 + 0.008, 0.008, 0.004, 0.004}
	for i := range 3 {
		for k, x := range w.Item(i) {
			if y := want[2*i+k]; x < y-1e-6 || x > y+1e-6 {
				t.Errorf("term %d, topic %d: %v, want %v", i, k, x, y)
			}
		}
	}
}
