package updating

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// texts from so many topics of 30 words, whose names say the month if a topic is new there.
func texts(month, count int) iter.Seq[corpus.Document] {
	return func(yield func(corpus.Document) bool) {
		random := rand.New(rand.NewPCG(uint64(month), 1))
		for d := range count {
			var text strings.Builder
			topic := random.IntN(4)
			for range 20 + random.IntN(30) {
				word := min(int(random.ExpFloat64()*9), 29)
				if word >= 25 { // the rare words change from month to month
					word += 100 * month
				}
				fmt.Fprintf(&text, "t%dw%d ", topic, word)
			}
			if !yield(corpus.Document{ID: fmt.Sprintf("%d/%d", month, d), Text: text.String()}) {
				return
			}
		}
	}
}

func counting() vectorize.Options {
	o := vectorize.Defaults()
	o.Language, o.Stem = "none", false
	return o
}

func counted(t *testing.T, all iter.Seq[corpus.Document]) *vectorize.Counted {
	t.Helper()
	c, err := vectorize.CountAll(context.Background(), all, counting(), vectorize.Room{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fitted(t *testing.T, all iter.Seq[corpus.Document]) *topics.Model {
	t.Helper()
	table, err := counted(t, all).Table(context.Background(), counting())
	if err != nil {
		t.Fatal(err)
	}
	o := nmf.Defaults()
	o.Topics = 4
	r, err := nmf.Fit(context.Background(), table.V, o)
	if err != nil {
		t.Fatal(err)
	}
	return topics.New(table, r, topics.Origin{Counting: counting(), Fitting: o})
}

// updated is a model that has learned from the documents of a month.
func updated(t *testing.T, m *topics.Model, month, count int) *topics.Model {
	t.Helper()
	c := counted(t, texts(month, count))
	pruned, err := c.Table(context.Background(), counting())
	if err != nil {
		t.Fatal(err)
	}
	table, err := c.TableWith(context.Background(), Vocabulary(m, pruned, c.Terms))
	if err != nil {
		t.Fatal(err)
	}
	next, err := Update(context.Background(), m, table, m.Origin.Fitting, "m.klew")
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// Topics of three months learned one after another are about those of all at once; they keep their
// numbers, know the new words, and the file of the model can be read.
func TestMonths(t *testing.T) {
	m := fitted(t, texts(1, 200))
	words := len(m.Vocabulary.Terms)
	next := updated(t, updated(t, m, 2, 200), 3, 200)
	whole := fitted(t, func(yield func(corpus.Document) bool) {
		for month := 1; month <= 3; month++ {
			for d := range texts(month, 200) {
				yield(d)
			}
		}
	})
	if len(next.Documents) != 600 || next.Documents[0].ID != "1/0" || next.Documents[599].ID != "3/199" || next.H.Items() != 600 {
		t.Errorf("%d documents", len(next.Documents))
	}
	if len(next.Vocabulary.Terms) <= words || next.Vocabulary.Documents != 600 {
		t.Errorf("%d terms of %d documents, and %d before", len(next.Vocabulary.Terms), next.Vocabulary.Documents, words)
	}
	if _, known := next.Vocabulary.Find("t0w325"); !known {
		t.Error("a word of the third month is not known")
	}
	for k := range 4 {
		was, is := m.Keywords(k, 1), next.Keywords(k, 1)
		if was[0].Term[:2] != is[0].Term[:2] || next.Origin.Updated.Moved[k] > 0.2 {
			t.Errorf("topic %d was about %v, and is about %v (moved by %v)", k, was, is, next.Origin.Updated.Moved[k])
		}
		least := 1.0
		for l := range 4 {
			least = min(least, distance(next, k, whole, l))
		}
		if least > 0.1 {
			t.Errorf("topic %d is %v from all of those of all months at once", k, least)
		}
	}
	var file bytes.Buffer
	if err := next.Write(&file); err != nil {
		t.Fatal(err)
	}
	if again, err := topics.Read(&file); err != nil || !slices.Equal(again.Origin.Updated.Moved, next.Origin.Updated.Moved) {
		t.Errorf("read again: %v", err)
	}
}

// distance is half of the sum of differences of two topics by their words.
func distance(a *topics.Model, k int, b *topics.Model, l int) (d float64) {
	for row, term := range a.Vocabulary.Terms {
		x := float64(a.W.Item(row)[k])
		if other, known := b.Vocabulary.Find(term.Stem); known {
			x -= float64(b.W.Item(other)[l])
		}
		d += max(x, -x) / 2
	}
	return d
}

func TestRefusal(t *testing.T) {
	m := fitted(t, texts(1, 60))
	if why := Refusal(m); why != "" {
		t.Error(why)
	}
	for n, change := range []func(*topics.Model){
		func(m *topics.Model) { m.Journal = []string{"drop 1"} },
		func(m *topics.Model) { m.Origin.Counting.Weighting = vectorize.TFIDFWeighting },
		func(m *topics.Model) { m.Origin.Fitting.AlphaW = 1 },
		func(m *topics.Model) { m.LearnedShares = []float64{1} },
	} {
		other := *m
		if change(&other); Refusal(&other) == "" {
			t.Errorf("change %d is not refused", n)
		}
	}
}
