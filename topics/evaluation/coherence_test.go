package evaluation

import (
	"context"
	"slices"
	"testing"

	"klew/topics/coherence"
)

// Counted together are all documents, by any number of threads alike, and words of one
// subject fit better than those of two.
func TestCountTogether(t *testing.T) {
	m := fitted(t, nil)
	row := func(stem string) int32 {
		i, known := m.Vocabulary.Find(stem)
		if !known {
			t.Fatalf("no term %q", stem)
		}
		return int32(i)
	}
	words := [][]int32{
		{row("boat"), row("sail"), row("sea")},
		{row("bread"), row("flour"), row("dough")},
		{row("boat"), row("bread"), row("bake")},
	}
	var before []float64
	for _, threads := range []int{1, 3} {
		o := m.Origin.Counting
		o.Threads = threads
		c, err := CountTogether(context.Background(), m.Vocabulary, o, documents(texts), words)
		if err != nil {
			t.Fatal(err)
		}
		if c.Documents() != len(texts) {
			t.Errorf("%d documents of %d", c.Documents(), len(texts))
		}
		var values []float64
		for _, measure := range coherence.Measures {
			for k := range words {
				values = append(values, c.Topic(measure, k))
			}
			n := len(values)
			if values[n-1] >= min(values[n-2], values[n-3]) {
				t.Errorf("%s: %v", measure, values[n-3:])
			}
		}
		if before != nil && !slices.Equal(before, values) {
			t.Errorf("%v by one thread, %v by three", before, values)
		}
		before = values
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := CountTogether(ended, m.Vocabulary, m.Origin.Counting, documents(texts), words); err == nil {
		t.Error("goes on after the end")
	}
}
