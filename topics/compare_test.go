package topics

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// drawn is a model with a block of words for each topic, a few words that all have, and
// documents of one or two topics. Models of other texts have other checksums.
func drawn(topics int, seed uint64, texts uint32) *Model {
	const words, common, documents = 30, 10, 20
	r := rand.New(rand.NewPCG(seed, 5))
	terms := topics*words + common
	w, h := make([]float32, terms*topics), make([]float32, topics*documents*topics)
	for i := range terms {
		for k := range topics {
			if i/words == k || i >= topics*words {
				w[i*topics+k] = 0.1 + float32(r.ExpFloat64())
			}
		}
	}
	for j := range topics * documents {
		h[j*topics+j%topics] = 20 + float32(r.IntN(30))
		h[j*topics+r.IntN(topics)] += float32(r.IntN(15))
	}
	return made(terms, topics, w, h, texts)
}

// made is a model of factors.
func made(terms, topics int, w, h []float32, texts uint32) *Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	for i := range terms {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: fmt.Sprintf("term%04d", i), DF: 1, Count: 1})
	}
	for j := range len(h) / topics {
		table.Documents = append(table.Documents, vectorize.Document{ID: fmt.Sprint(j), Tokens: 9, Checksum: texts + uint32(j)})
	}
	options := nmf.Defaults()
	options.Topics = topics
	return New(table, &nmf.Result{W: nmf.NewW(terms, topics, w), H: nmf.NewH(topics, len(h)/topics, h)}, Origin{Fitting: options})
}

// changedBy is a copy of a model, with other factors.
func (m *Model) changedBy(topics int, weight func(i, k int) float32, weights func(j, k int) float32) *Model {
	w, h := make([]float32, m.W.Items()*topics), make([]float32, m.H.Items()*topics)
	for i := range w {
		w[i] = weight(i/topics, i%topics)
	}
	for j := range h {
		h[j] = weights(j/topics, j%topics)
	}
	return made(m.W.Items(), topics, w, h, m.Documents[0].Checksum)
}

// shuffled is a copy with its topics in another order: topic k was order[k].
func (m *Model) shuffled(order []int) *Model {
	c := m.changedBy(m.Topics(), func(i, k int) float32 { return m.W.Item(i)[k] }, func(j, k int) float32 { return m.H.Item(j)[k] })
	c.Renumber(order)
	return c
}

// elsewhere makes the documents those of other texts.
func (m *Model) elsewhere() *Model {
	for j := range m.Documents {
		m.Documents[j].Checksum += 1 << 20
	}
	return m
}

// splitWords is a copy in which each second word of topic k has gone to a topic of its own,
// the last one.
func (m *Model) splitWords(k int) *Model {
	all := m.Topics()
	part := [2]float32{}
	for i := range m.W.Items() {
		part[i%2] += m.W.Item(i)[k]
	}
	return m.changedBy(all+1, func(i, l int) float32 {
		switch {
		case l == k && i%2 == 1 || l == all && i%2 == 0:
			return 0
		case l == all:
			return m.W.Item(i)[k] / part[1]
		case l == k:
			return m.W.Item(i)[k] / part[0]
		}
		return m.W.Item(i)[l]
	}, func(j, l int) float32 {
		switch l {
		case all:
			return m.H.Item(j)[k] * part[1]
		case k:
			return m.H.Item(j)[k] * part[0]
		}
		return m.H.Item(j)[l]
	})
}

// splitDocuments is a copy in which the second half of the documents of topic k has a topic
// of its own, with the same words.
func (m *Model) splitDocuments(k int) *Model {
	all, half := m.Topics(), m.H.Items()/2
	return m.changedBy(all+1, func(i, l int) float32 {
		if l == all {
			l = k
		}
		return m.W.Item(i)[l]
	}, func(j, l int) float32 {
		switch {
		case l == k && j >= half || l == all && j < half:
			return 0
		case l == all:
			l = k
		}
		return m.H.Item(j)[l]
	})
}

func compared(t interface {
	Helper()
	Fatal(...any)
}, was, is *Model) *Comparison {
	t.Helper()
	c, err := Compare(context.Background(), was, is, 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A model compared with itself in another order is the same, topic by topic; aligned, it is
// itself.
func TestCompareWithShuffled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		topics := rapid.IntRange(1, 8).Draw(t, "topics")
		was := drawn(topics, rapid.Uint64().Draw(t, "seed"), 1)
		order := rapid.Permutation(upTo(topics)).Draw(t, "order")
		is := was.shuffled(order)
		if rapid.Bool().Draw(t, "other texts") {
			is.elsewhere()
		}
		c := compared(t, was, is)
		if len(c.Relations) != topics {
			t.Fatalf("%d relations of %d topics: %v", len(c.Relations), topics, c.Relations)
		}
		for k, r := range c.Relations {
			if r.Fate != Same || r.Was[0] != k || order[r.Is[0]] != k || math.Abs(r.Likeness-1) > 1e-3 {
				t.Errorf("topic %d: %+v, in the order %v", k, r, order)
			}
			if came, went := c.Words(r, 10); came != nil || went != nil {
				t.Errorf("topic %d: %v came, %v went", k, came, went)
			}
		}
		fresh, err := is.AlignTo(context.Background(), was, 1)
		if err != nil || fresh != nil {
			t.Fatalf("aligned: topics %v are new, %v", fresh, err)
		}
		for i := range was.W.Items() {
			if !slices.Equal(is.W.Item(i), was.W.Item(i)) {
				t.Fatalf("aligned, term %d has the weights %v, and not %v", i, is.W.Item(i), was.W.Item(i))
			}
		}
	})
}

func upTo(n int) []int {
	all := make([]int, n)
	for k := range all {
		all[k] = k
	}
	return all
}

// A topic of which the words, or the documents, have been parted in two was split, and in
// the other direction was merged. The other topics are the same. Other numbers are not
// confused.
func TestCompareWithSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		topics := rapid.IntRange(2, 7).Draw(t, "topics")
		k := rapid.IntRange(0, topics-1).Draw(t, "split")
		was := drawn(topics, rapid.Uint64().Draw(t, "seed"), 1)
		var is *Model
		if rapid.Bool().Draw(t, "documents") {
			is = was.splitDocuments(k)
		} else if is = was.splitWords(k); rapid.Bool().Draw(t, "other texts") {
			is.elsewhere()
		}
		split := compared(t, was, is)
		merged := compared(t, is, was)
		if len(split.Relations) != topics || len(merged.Relations) != topics {
			t.Fatalf("topic %d of %d was split: %+v; back: %+v", k, topics, split.Relations, merged.Relations)
		}
		for l, r := range split.Relations {
			want := Same
			if l == k {
				want = Divided
			}
			if r.Fate != want || r.Was[0] != l || len(r.Is) != map[Fate]int{Same: 1, Divided: 2}[want] || r.Likeness < 0.95 {
				t.Errorf("topic %d, of which %d was split: %+v", l, k, r)
			}
		}
		for _, r := range merged.Relations {
			want := Same
			if r.Is[0] == k {
				want = Merged
			}
			if r.Fate != want || r.Likeness < 0.95 {
				t.Errorf("back, where %d was split: %+v", k, r)
			}
		}
	})
}

// Models of other subjects have nothing in common, though they share the words that all
// texts have; and so have models without a common word.
func TestCompareUnrelated(t *testing.T) {
	was, is := drawn(4, 1, 1), drawn(5, 2, 1).elsewhere()
	for i := range is.Vocabulary.Terms[:150] {
		is.Vocabulary.Terms[i].Stem = fmt.Sprintf("other%03d", i)
	}
	for i := range is.Vocabulary.Terms[150:] { // the common ones
		is.Vocabulary.Terms[150+i].Stem = was.Vocabulary.Terms[120+i].Stem
	}
	c := compared(t, was, is)
	if c.Terms != 10 || c.Documents != 0 {
		t.Errorf("%d terms and %d documents in common", c.Terms, c.Documents)
	}
	for n, r := range c.Relations {
		if want := map[bool]Fate{true: Gone, false: Appeared}[n < 4]; r.Fate != want {
			t.Errorf("relation %d: %+v", n, r)
		}
	}
	before := slices.Clone(is.W.Item(3))
	fresh, err := is.AlignTo(context.Background(), was, 1)
	if err != nil || !slices.Equal(fresh, upTo(5)) || !slices.Equal(before, is.W.Item(3)) {
		t.Errorf("aligned to something else: topics %v are new, %v", fresh, err)
	}
}

// Terms are matched by stem wherever they stand, and what has been exchanged is told.
func TestCompareOtherVocabulary(t *testing.T) {
	was := drawn(3, 3, 1)
	is := was.shuffled(upTo(3)).elsewhere()
	for i := range 12 { // of the 30 words of one topic
		is.Vocabulary.Terms[i].Stem = fmt.Sprintf("fresh%02d", i)
	}
	slices.Reverse(is.Vocabulary.Terms)
	rows := is.W.Items()
	is.W = nmf.NewW(rows, 3, func() (data []float32) {
		for i := range rows {
			data = append(data, is.W.Item(rows-1-i)...)
		}
		return data
	}())
	c := compared(t, was, is)
	if c.Terms != rows-12 {
		t.Errorf("%d terms in common of %d", c.Terms, rows)
	}
	changed := 0
	for k, r := range c.Relations {
		came, went := c.Words(r, 30)
		switch r.Fate {
		case Changed:
			changed++
			fresh := func(word string) bool { return strings.HasPrefix(word, "fresh") }
			if len(came) < 6 || len(went) != len(came) || !fresh(came[0]) || slices.ContainsFunc(went, fresh) {
				t.Errorf("topic %d: %v came, %v went", k, came, went)
			}
		case Same:
			if came != nil || went != nil || r.Likeness < 1-1e-3 {
				t.Errorf("topic %d: %+v, %v came, %v went", k, r, came, went)
			}
		default:
			t.Errorf("topic %d: %+v", k, r)
		}
	}
	if changed != 1 {
		t.Errorf("%d topics have changed", changed)
	}
}

// With fewer topics than there were, those that are left keep their numbers as far as there
// are such, and one that is new takes what is free.
func TestAlignToMore(t *testing.T) {
	was := drawn(5, 4, 1)
	// The last topic, the third and the first are left, and one has words of its own.
	from := []int{4, 2, 0}
	is := was.changedBy(4, func(i, k int) float32 {
		if k == 3 {
			return float32(i % 2 * (i % 7))
		}
		return was.W.Item(i)[from[k]]
	}, func(j, k int) float32 {
		if k == 3 {
			return 1
		}
		return was.H.Item(j)[from[k]]
	}).elsewhere()
	fresh, err := is.AlignTo(context.Background(), was, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(fresh, []int{1, 3}) {
		t.Errorf("topics %v are new", fresh)
	}
	for _, k := range []int{0, 2} {
		for i := range was.W.Items() {
			if is.W.Item(i)[k] != was.W.Item(i)[k] {
				t.Fatalf("topic %d is not what it was", k)
			}
		}
	}
}

// What is compared may be degenerate.
func TestCompareAtTheEdges(t *testing.T) {
	one := drawn(1, 5, 1)
	if r := compared(t, one, one).Relations; len(r) != 1 || r[0].Fate != Same {
		t.Errorf("a single topic compared with itself: %+v", r)
	}
	empty := made(3, 2, make([]float32, 6), make([]float32, 8), 1)
	for _, r := range compared(t, empty, drawn(2, 6, 1)).Relations {
		if r.Fate != Gone && r.Fate != Appeared || r.Likeness != 0 {
			t.Errorf("compared with topics without weight: %+v", r)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ended, one, one, 1); err == nil {
		t.Error("compares after an interrupt")
	}
}
