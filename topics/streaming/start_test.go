package streaming

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// A fit that begins with topics keeps their order, what is empty, and what is in one topic alone, also of
// terms that the sample does not have; so it does after a stop, and not from what another start reached.
func TestFitFromStart(t *testing.T) {
	c := counted(t, 1500, 5)
	old, err := Fit(context.Background(), c, options(c, 0), topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	const empty, pinnedTo, all = 1, 3, 5
	order, only := []int{2, empty, 0, 3}, map[int]int{}
	o := options(c, 2)
	o.Fitting.Topics, o.Fitting.SplitMerge = all, 0
	o.Sample = 300 // so that there are terms that it does not have
	o.Start = func(table *vectorize.Table) *nmf.Start {
		w := nmf.NewW(len(table.Vocabulary.Terms), all, make([]float32, all*len(table.Vocabulary.Terms)))
		for i := range w.Items() {
			row := w.Item(i)
			for k, from := range order {
				row[k] = old.W.Item(i)[from]
			}
			row[empty] = 0
			row[4] = float32(1+i%3) / 1e4
			if i%10 == 0 {
				only[i] = pinnedTo
				clear(row)
				row[pinnedTo] = 0.01
			}
		}
		return &nmf.Start{W: w, Only: only}
	}
	m, err := Fit(context.Background(), c, o, topics.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	if m.W.Sums()[empty] != 0 || m.H.Sums()[empty] != 0 {
		t.Errorf("the empty topic has %v and %v", m.W.Sums()[empty], m.H.Sums()[empty])
	}
	for i := range only {
		for k, x := range m.W.Item(i) {
			if (x > 0) != (k == pinnedTo) {
				t.Fatalf("term %d, of one topic alone, has %v in topic %d", i, x, k)
			}
		}
	}
	for _, k := range []int{0, 2} {
		if was := old.Keywords(order[k], 1)[0]; m.Keywords(k, 1)[0].Term[:2] != was.Term[:2] {
			t.Errorf("topic %d is about %v, and was about %v", k, m.Keywords(k, 1), was)
		}
	}
	goesOnFromStart(t, c, o, m)
}

func goesOnFromStart(t *testing.T, c *vectorize.Counted, o Options, want *topics.Model) {
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
	o.Progress = nil
	same := o.Start
	o.Start = func(table *vectorize.Table) *nmf.Start {
		s := same(table)
		s.W.Item(1)[0] *= 2
		return s
	}
	if _, err := Fit(context.Background(), c, o, topics.Origin{}); err == nil || !strings.Contains(err.Error(), "it is of another fit") {
		t.Errorf("from another start: %v", err)
	}
	o.Start = same
	if m, err := Fit(context.Background(), c, o, topics.Origin{}); err != nil || !bytes.Equal(bytesOf(t, m), bytesOf(t, want)) {
		t.Errorf("it went on to another model (%v)", err)
	}
}
