package streaming

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"klew/nmf/shard"
	"klew/topics"
)

// A fit that was stopped goes on with another number of threads, for counting too: no byte of a
// model depends on it.
func TestFitGoesOnWithOtherThreads(t *testing.T) {
	c := counted(t, 300, 3)
	want, err := Fit(context.Background(), c, options(c, 1), topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	o := options(c, 2)
	o.Counting.Threads = 2
	o.State = filepath.Join(t.TempDir(), "m.klew.state")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	o.Progress = func(p Progress) {
		if p.Stage == Passes {
			stop()
		}
	}
	if _, err := Fit(ctx, c, o, topics.Origin{}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	o.Progress, o.Counting.Threads, o.Fitting.Threads = nil, 3, 3
	m, err := Fit(context.Background(), c, o, topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	m.Origin.Counting = want.Origin.Counting
	if !bytes.Equal(bytesOf(t, m), bytesOf(t, want)) {
		t.Error("it went on to another model")
	}
}

// Where the work on a shard fails, the shards after it are not read: the file may be large.
func TestEachStopsReading(t *testing.T) {
	const documents, shards = 1000, 20
	c := counted(t, documents, shards)
	read := 0
	blocks := &counts{of: c, rows: make([]int32, len(c.Terms)), terms: len(c.Terms), seen: func(int, int, int) { read++ }}
	fault := errors.New("no more")
	if err := blocks.Each(context.Background(), func(*shard.Block) error { return fault }); !errors.Is(err, fault) {
		t.Errorf("error %v", err)
	}
	if read > documents*9/10 { // it may read some before it hears of the fault
		t.Errorf("%d of %d documents were read after the first of %d shards failed", read, documents, shards)
	}
}
