package remote

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/nmf/shard"
)

// ask holds a conversation with a worker.
func ask(t testing.TB, task string, request map[string]any, frames ...Frame) []Frame {
	t.Helper()
	answer, err := converse(task, request, frames)
	if err != nil {
		t.Fatalf("%s: %v", task, err)
	}
	return answer
}

func converse(task string, request map[string]any, frames []Frame) (answer []Frame, err error) {
	var in, out bytes.Buffer
	in.Write(conversation(task, request, frames))
	Run(context.Background(), &in, &out, "test", Tasks())
	r := NewReader(&out)
	for {
		f, err := r.Next()
		if err == io.EOF {
			return answer[1:], nil // without KLEW
		} else if err != nil {
			return nil, err
		}
		f.Data = bytes.Clone(f.Data)
		answer = append(answer, f)
	}
}

// conversation is the caller's side of one.
func conversation(task string, request map[string]any, frames []Frame) []byte {
	var in bytes.Buffer
	w := NewWriter(&in)
	asked := map[string]any{"protocol": Protocol, "task": task}
	for name, value := range request {
		asked[name] = value
	}
	w.Info(KindHello, asked)
	for _, f := range frames {
		w.Write(f)
	}
	w.Write(Frame{Kind: KindEnd})
	return in.Bytes()
}

// only are the frames of a kind.
func only(frames []Frame, kind string) (some []Frame) {
	for _, f := range frames {
		if f.Kind == kind {
			some = append(some, f)
		}
	}
	return some
}

// blocks of documents of drawn counts.
func someBlocks(t testing.TB, blocks, documents, terms int) (all []*shard.Block, frames []Frame) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for n := range blocks {
		b := shard.NewBlock(terms)
		for d := range documents {
			var term []int32
			var count []float32
			for i := range terms {
				if i%4 == d%4 && r.IntN(2) == 0 || r.IntN(20) == 0 {
					term, count = append(term, int32(i)), append(count, float32(1+r.IntN(3)))
				}
			}
			b.Add(d, term, count)
		}
		data, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		all, frames = append(all, b), append(frames, Frame{Kind: KindBlock, Key: int64(n), Data: data})
	}
	return all, frames
}

type inMemory []*shard.Block

func (m inMemory) Each(_ context.Context, do func(*shard.Block) error) error {
	for _, b := range m {
		if err := do(b); err != nil {
			return err
		}
	}
	return nil
}

// Several workers that see the blocks in any order come to the bits of one that sees all of them.
func TestManyWorkersAsOne(t *testing.T) {
	blocks, frames := someBlocks(t, 5, 40, 60)
	state := ask(t, "start", map[string]any{"topics": 4, "seed": 3}, frames[:3]...)
	alone, err := shard.DecodeState(state[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	o := shard.Defaults()
	o.Passes, o.Tol = 6, 0
	if err := shard.Fit(context.Background(), alone, shard.PassOver(inMemory(blocks), o), o, nil); err != nil {
		t.Fatal(err)
	}
	for pass := 1; pass <= o.Passes; pass++ {
		var pieces []Frame
		for _, some := range [][]int{{4, 1}, {3}, {0, 2}} {
			given := only(state, KindW)
			for _, n := range some {
				given = append(given, frames[n])
			}
			pieces = append(pieces, ask(t, "expect", nil, given...)...)
		}
		slices.SortStableFunc(pieces, func(a, b Frame) int { return int(a.Key - b.Key) })
		sum := ask(t, "add", nil, pieces...)
		if len(sum) != 1 {
			t.Fatalf("%d pieces, want 1", len(sum))
		}
		state = ask(t, "advance", map[string]any{"passes": o.Passes, "tol": 0}, append(only(state, KindState), sum...)...)
		var about passed
		if err := json.Unmarshal(only(state, KindInfo)[0].Data, &about); err != nil {
			t.Fatal(err)
		}
		if about.Pass != pass || about.Divergence != alone.Divergence[pass-1] || about.Done != (pass == o.Passes) {
			t.Errorf("pass %d: %+v, want D %v", pass, about, alone.Divergence[pass-1])
		}
	}
	w, err := shard.DecodeW(only(state, KindW)[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	checkOrder(t, w, alone.W)
	checkWeights(t, w, ask(t, "solve", map[string]any{"steps": 0}, append(only(state, KindW), frames...)...), blocks)
}

// checkOrder wants the topics of one W in another, bit by bit, in whatever order.
func checkOrder(t *testing.T, w, want *nmf.Factor) {
	t.Helper()
	for k := range want.Topics() {
		same := func(other []float32) bool { return slices.Equal(other, column(want, k)) }
		if !slices.ContainsFunc(columns(w), same) {
			t.Errorf("topic %d has other bits", k)
		}
	}
}

func columns(w *nmf.Factor) (all [][]float32) {
	for k := range w.Topics() {
		all = append(all, column(w, k))
	}
	return all
}

func column(w *nmf.Factor, k int) (c []float32) {
	for i := range w.Items() {
		c = append(c, w.Item(i)[k])
	}
	return c
}

// checkWeights wants the weights of all documents: each one's tokens, and topics by falling share.
func checkWeights(t *testing.T, w *nmf.Factor, h []Frame, blocks []*shard.Block) {
	t.Helper()
	if len(h) != len(blocks) {
		t.Fatalf("weights of %d blocks, want %d", len(h), len(blocks))
	}
	shares := make([]float64, w.Topics())
	for n, f := range h {
		b := blocks[n]
		if f.Key != int64(n) || f.Part != 0 || len(f.Data) != 4*w.Topics()*b.Documents() {
			t.Fatalf("block %d: key %d, part %d, %d bytes", n, f.Key, f.Part, len(f.Data))
		}
		for d := range b.Documents() {
			tokens, sum := 0.0, 0.0
			for _, x := range b.Count[b.Start[d]:b.Start[d+1]] {
				tokens += float64(x)
			}
			for k := range w.Topics() {
				x := float64(math.Float32frombits(binary.LittleEndian.Uint32(f.Data[4*(d*w.Topics()+k):])))
				sum += x
				shares[k] += x
			}
			if math.Abs(sum-tokens) > 1e-3*tokens {
				t.Errorf("document %d of block %d has weights of %v for %v tokens", d, n, sum, tokens)
			}
		}
	}
	if !slices.IsSortedFunc(shares, func(a, b float64) int { return int(b - a) }) {
		t.Errorf("topics of %v tokens are not in order", shares)
	}
}

// What is wrong is said, and is no panic.
func TestMistakes(t *testing.T) {
	_, frames := someBlocks(t, 2, 10, 30)
	_, other := someBlocks(t, 1, 10, 31)
	state := ask(t, "start", map[string]any{"topics": 3}, frames...)
	w := only(state, KindW)[0]
	damaged := frames[0]
	damaged.Data = append([]byte("no block"), damaged.Data...)
	for _, test := range []struct {
		task    string
		request map[string]any
		frames  []Frame
		want    string
	}{
		{"dance", nil, nil, `does not know the task "dance", but add, advance`},
		{"expect", map[string]any{"protocol": 99}, nil, "speaks version 99"},
		{"expect", map[string]any{"steps": "many"}, nil, "no request"},
		{"expect", map[string]any{"steps": -1}, nil, "0 or more"},
		{"expect", nil, frames, "before W"},
		{"expect", nil, []Frame{w, damaged}, "BLCK 0: reading a block: it is another kind"},
		{"expect", nil, []Frame{w, other[0]}, "a block of 31 terms for a W of 30 terms"},
		{"expect", nil, []Frame{{Kind: "WHAT"}}, `"WHAT" is of no use here`},
		{"expect", nil, []Frame{{Kind: KindW, Part: 1, Data: w.Data}}, "parts are missing"},
		{"start", nil, nil, "holds no term"},
		{"start", map[string]any{"topics": -2}, frames, "-2"},
		{"start", map[string]any{"topics": 1 << 30}, frames, "10000 are the most"},
		{"start", nil, []Frame{frames[0], other[0]}, "it has 31 terms, and the one before 30"},
		{"add", nil, []Frame{{Kind: KindStatistics, Data: []byte("a")}, {Kind: KindStatistics, Data: []byte("b")}}, "adding pieces"},
		{"advance", nil, only(state, KindState), "no token"},
		{"advance", nil, []Frame{{Kind: KindState, Data: []byte("?")}}, "reading the state"},
	} {
		if _, err := converse(test.task, test.request, test.frames); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %v: %v, want %q", test.task, test.request, err, test.want)
		}
	}
}

// A task without any block has nothing to say: executors have empty partitions.
func TestNothing(t *testing.T) {
	_, frames := someBlocks(t, 1, 10, 30)
	w := only(ask(t, "start", map[string]any{"topics": 3}, frames...), KindW)
	for _, task := range []string{"expect", "solve", "add"} {
		given := w
		if task == "add" {
			given = nil
		}
		if answer := ask(t, task, nil, given...); len(answer) != 0 {
			t.Errorf("%s: %d frames", task, len(answer))
		}
	}
}

// Frames come back; wherever the stream ends, or a bit of it turns, that is found.
func TestFrames(t *testing.T) {
	var to bytes.Buffer
	w := NewWriter(&to)
	w.Long("LONG", 7, make([]byte, longPart+5))
	w.Long("LONG", 8, nil)
	w.Write(Frame{Kind: KindEnd})
	var whole Whole
	r := NewReader(bytes.NewReader(to.Bytes()))
	for n := range 2 {
		f, err := r.Next()
		if err != nil || f.Kind != "LONG" || f.Key != 7 || f.Part != n || whole.Add(f) != nil {
			t.Fatalf("part %d: %v %v", n, f, err)
		}
	}
	if f, err := r.Next(); err != nil || f.Key != 8 || len(f.Data) != 0 || len(whole.Data) != longPart+5 || whole.Add(f) == nil {
		t.Errorf("an empty thing: %v (%v)", f, err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func TestDamage(t *testing.T) {
	_, blocks := someBlocks(t, 1, 3, 9)
	good := conversation("start", map[string]any{"topics": 2}, blocks)
	fails := func(data []byte) bool {
		var out bytes.Buffer
		err := Run(context.Background(), bytes.NewReader(data), &out, "test", Tasks())
		return err != nil && bytes.Contains(out.Bytes(), []byte(KindError))
	}
	for n := range good {
		if !fails(good[:n]) {
			t.Errorf("cut after %d bytes nothing is said", n)
		}
		bad := bytes.Clone(good)
		if bad[n] ^= 1 << (n % 8); !fails(bad) {
			t.Errorf("with another bit in byte %d nothing is said", n)
		}
	}
}

// A frame that says that it is long makes nothing be allocated.
func TestHostileLength(t *testing.T) {
	for _, length := range []uint32{MostData, MostData + 1, math.MaxUint32} {
		head := Frame{Kind: KindBlock}.head()
		binary.LittleEndian.PutUint32(head[16:], length)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := NewReader(bytes.NewReader(head)).Next()
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 1<<16 {
			t.Errorf("%d bytes: %d were allocated, and %v", length, used, err)
		}
	}
	if w := NewWriter(io.Discard); true {
		if w.Write(Frame{Kind: KindBlock, Data: make([]byte, MostData+1)}); w.Err() == nil {
			t.Error("a frame that nobody would read is written")
		}
	}
}

// Whatever comes, the worker answers, or says what is wrong. Of start only the reading is tried:
// fits take their time.
func FuzzRun(f *testing.F) {
	_, blocks := someBlocks(f, 2, 4, 9)
	state := ask(f, "start", map[string]any{"topics": 2}, blocks...)
	w := only(state, KindW)
	pieces := ask(f, "expect", nil, append(w, blocks...)...)
	f.Add(conversation("expect", nil, append(w, blocks...)))
	f.Add(conversation("solve", nil, append(w, blocks...)))
	f.Add(conversation("add", nil, append(pieces, pieces...)))
	f.Add(conversation("advance", nil, append(only(state, KindState), pieces...)))
	f.Add(conversation("start", nil, blocks))
	tasks := Tasks()
	tasks["start"] = func(_ context.Context, _ []byte, in *Reader, _ *Writer) error {
		s, err := readSample(in)
		if err == nil {
			err = s.check(10)
		}
		return err
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		err := Run(context.Background(), bytes.NewReader(data), &out, "test", tasks)
		last := []byte(KindEnd)
		if err != nil {
			last = []byte(KindError)
		}
		if !bytes.Contains(out.Bytes(), last) {
			t.Errorf("%q does not end with %s (%v)", out.Bytes(), last, err)
		}
		// The checksums keep most of what is tried out: here without them.
		for _, data := range frameData(data) {
			shard.DecodeW(data)
			shard.DecodeState(data)
			shard.AddPieces(data, data)
		}
	})
}

// frameData are the data of frames, whatever their checksums.
func frameData(data []byte) (all [][]byte) {
	for len(data) >= headSize {
		length := int(binary.LittleEndian.Uint32(data[16:]))
		data = data[headSize:]
		if length < 0 || length > len(data) {
			break
		}
		all = append(all, data[:length])
		data = data[length:]
	}
	return all
}
