package streaming

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// texts are drawn from four topics of 40 words each, one or two of them in a text.
func texts(count int) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		random := rand.New(rand.NewPCG(1, 1))
		for d := range count {
			var text strings.Builder
			a, b := d*4/count, random.IntN(4) // in the order of subjects
			for range random.IntN(50) {
				topic := a
				if random.IntN(4) == 0 {
					topic = b
				}
				fmt.Fprintf(&text, "t%dw%d ", topic, min(int(random.ExpFloat64()*12), 39))
			}
			if !yield(corpus.Document{ID: fmt.Sprint(d), Text: text.String()}) {
				return
			}
		}
	}
}

func counted(t testing.TB, count, shards int) *vectorize.Counted {
	t.Helper()
	o := vectorize.Defaults()
	o.Language, o.Stem = "none", false
	c, err := vectorize.CountAll(context.Background(), texts(count), o, vectorize.Room{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.Shuffle(context.Background(), shards, vectorize.Room{Folder: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	return c
}

func options(c *vectorize.Counted, threads int) Options {
	o := Options{Counting: c.Options, Fitting: nmf.Defaults(), Memory: 1, Sample: 4000} // of some 18,000 non-zeros
	o.Counting.MaxDF = vectorize.Defaults().MaxDF
	o.Fitting.Topics, o.Fitting.Threads = 4, threads
	return o
}

func bytesOf(t testing.TB, m *topics.Model) []byte {
	t.Helper()
	m.Origin.Fitting.Threads = 0
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A fit of which a small part is a sample ends near one in memory; documents keep their order and
// have the weights that inference gives them. Threads change no byte.
func TestFitInShards(t *testing.T) {
	c := counted(t, 1500, 5)
	table, err := c.Table(context.Background(), options(c, 0).Counting)
	if err != nil {
		t.Fatal(err)
	}
	o := options(c, 0).Fitting
	whole, err := nmf.Fit(context.Background(), table.V, o)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Fit(context.Background(), c, options(c, 1), topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	if d := m.Outcome.Divergence; d > whole.Divergence*1.01 || d < whole.Divergence*0.99 {
		t.Errorf("D is %v, in memory %v", d, whole.Divergence)
	}
	if s := m.Origin.Streamed; s.Shards != 5 || s.Sample < 200 || s.Sample > 700 {
		t.Errorf("%+v", s)
	}
	for n, d := range m.Documents {
		if d.ID != fmt.Sprint(n) || d.Tokens != table.Documents[n].Tokens || d.Unknown != table.Documents[n].Unknown {
			t.Fatalf("document %d is %+v, want %+v", n, d, table.Documents[n])
		}
	}
	h, err := nmf.Transform(context.Background(), m.W, table.V, o)
	if err != nil {
		t.Fatal(err)
	}
	for j := range h.Items() {
		for k, x := range h.Item(j) {
			if y := m.H.Item(j)[k]; x-y > 1e-2*(1+x) || y-x > 1e-2*(1+x) {
				t.Fatalf("document %d, topic %d: %v, inferred %v", j, k, y, x)
			}
		}
	}
	again, err := Fit(context.Background(), c, options(c, 3), topics.Origin{})
	if err != nil || !bytes.Equal(bytesOf(t, m), bytesOf(t, again)) {
		t.Errorf("with three threads the model is another (%v)", err)
	}
}

// Halves are of the sample, and what they say is of the model's topics, also after a stop.
func TestFitHalves(t *testing.T) {
	c := counted(t, 300, 3)
	o := options(c, 2)
	o.Fitting.Halves = 2
	want, err := Fit(context.Background(), c, o, topics.Origin{})
	if err != nil || len(want.Stability) != want.Topics() {
		t.Fatalf("the stability is %v (%v)", want.Stability, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.State = filepath.Join(t.TempDir(), "m.klew.state")
	o.Progress = func(p Progress) {
		if p.Stage == Passes {
			stop()
		}
	}
	if _, err := Fit(ctx, c, o, topics.Origin{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	o.Progress = nil
	m, err := Fit(context.Background(), c, o, topics.Origin{})
	if err != nil || !bytes.Equal(bytesOf(t, m), bytesOf(t, want)) {
		t.Errorf("after a stop it is another model, of the stability %v in place of %v (%v)", m.Stability, want.Stability, err)
	}
}

// A fit that is stopped says so, and leaves no goroutine at work on the file.
func TestFitStops(t *testing.T) {
	c := counted(t, 300, 3)
	for _, stage := range []Stage{Sample, MiniBatches, Passes, Documents} {
		ctx, stop := context.WithCancel(context.Background())
		o := options(c, 2)
		o.Progress = func(p Progress) {
			if p.Stage == stage {
				stop()
			}
		}
		if _, err := Fit(ctx, c, o, topics.Origin{}); !errors.Is(err, context.Canceled) {
			t.Errorf("stage %d: error %v", stage, err)
		}
		stop()
	}
}

// What needs all counts in memory is refused.
func TestRefusal(t *testing.T) {
	c := vectorize.Defaults()
	if why := Refusal(c, nmf.Defaults()); why != "" {
		t.Error(why)
	}
	for n, change := range []func(*vectorize.Options, *nmf.Options){
		func(c *vectorize.Options, _ *nmf.Options) { c.Weighting = vectorize.TFIDFWeighting },
		func(_ *vectorize.Options, o *nmf.Options) { o.Loss = nmf.Frobenius },
		func(_ *vectorize.Options, o *nmf.Options) { o.AlphaH = 1 },
		func(_ *vectorize.Options, o *nmf.Options) { o.Restarts = 2 },
		func(_ *vectorize.Options, o *nmf.Options) { o.Refine = nmf.RefineOn },
	} {
		c, o := vectorize.Defaults(), nmf.Defaults()
		change(&c, &o)
		if Refusal(c, o) == "" {
			t.Errorf("change %d is not refused", n)
		}
	}
}

// A fit that is stopped anywhere goes on from its last pass to the bytes of one that was not; with
// other options it does not, and from a damaged file neither.
func TestFitGoesOn(t *testing.T) {
	c := counted(t, 300, 3)
	want, err := Fit(context.Background(), c, options(c, 1), topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	o := options(c, 2)
	o.State = filepath.Join(t.TempDir(), "m.klew.state")
	var m *topics.Model
	stops := 0
	for m == nil {
		ctx, stop := context.WithCancel(context.Background())
		calls := 0
		o.Progress = func(p Progress) {
			if p.Stage != Sample {
				calls++
			}
			if calls == 5 { // a pass has three shards
				stop()
			}
		}
		m, err = Fit(ctx, c, o, topics.Origin{})
		if stops++; err != nil && !errors.Is(err, context.Canceled) || stops > 100 {
			t.Fatal(err)
		}
		stop()
	}
	if !bytes.Equal(bytesOf(t, m), bytesOf(t, want)) {
		t.Error("it went on to another model")
	}
	if stops < 4 || !IsState(o.State) {
		t.Errorf("it was stopped %d times", stops)
	}
	o.Fitting.Seed++
	if _, err := Fit(context.Background(), c, o, topics.Origin{}); err == nil || !strings.Contains(err.Error(), "it is of another fit") {
		t.Errorf("with another seed: %v", err)
	}
	o.Fitting.Seed--
	data, err := os.ReadFile(o.State)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(o.State, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Fit(context.Background(), c, o, topics.Origin{}); err == nil || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), o.State) {
		t.Errorf("of a damaged file: %v", err)
	}
}

// Where what was reached cannot be kept, the fit says so at once.
func TestNoRoomForState(t *testing.T) {
	c := counted(t, 300, 3)
	o := options(c, 2)
	o.State = filepath.Join(t.TempDir(), "nowhere", "m.state")
	if _, err := Fit(context.Background(), c, o, topics.Origin{}); err == nil || !strings.Contains(err.Error(), o.State) {
		t.Errorf("error %v", err)
	}
}
