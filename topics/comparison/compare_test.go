package comparison

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"

	"pgregory.net/rapid"
)

func compared(t interface {
	Helper()
	Fatal(...any)
}, was, is *topics.Model) *Comparison {
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
		many := rapid.IntRange(1, 8).Draw(t, "topics")
		was := drawn(many, rapid.Uint64().Draw(t, "seed"), 1)
		order := rapid.Permutation(upTo(many)).Draw(t, "order")
		is := shuffled(was, order)
		if rapid.Bool().Draw(t, "other texts") {
			elsewhere(is)
		}
		c := compared(t, was, is)
		if len(c.Relations) != many {
			t.Fatalf("%d relations of %d topics: %v", len(c.Relations), many, c.Relations)
		}
		for k, r := range c.Relations {
			if r.Change != Same || r.Old[0] != k || order[r.New[0]] != k || math.Abs(r.Likeness-1) > 1e-3 {
				t.Errorf("topic %d: %+v, in the order %v", k, r, order)
			}
			if came, went := c.Words(r, 10); came != nil || went != nil {
				t.Errorf("topic %d: %v came, %v went", k, came, went)
			}
		}
		fresh, err := AlignTo(context.Background(), was, is, 1)
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
		many := rapid.IntRange(2, 7).Draw(t, "topics")
		k := rapid.IntRange(0, many-1).Draw(t, "split")
		was := drawn(many, rapid.Uint64().Draw(t, "seed"), 1)
		var is *topics.Model
		if rapid.Bool().Draw(t, "documents") {
			is = splitDocuments(was, k)
		} else if is = splitWords(was, k); rapid.Bool().Draw(t, "other texts") {
			elsewhere(is)
		}
		split := compared(t, was, is)
		merged := compared(t, is, was)
		if len(split.Relations) != many || len(merged.Relations) != many {
			t.Fatalf("topic %d of %d was split: %+v; back: %+v", k, many, split.Relations, merged.Relations)
		}
		for l, r := range split.Relations {
			want := Same
			if l == k {
				want = Split
			}
			if r.Change != want || r.Old[0] != l || len(r.New) != map[Change]int{Same: 1, Split: 2}[want] || r.Likeness < 0.95 {
				t.Errorf("topic %d, of which %d was split: %+v", l, k, r)
			}
		}
		for _, r := range merged.Relations {
			want := Same
			if r.New[0] == k {
				want = Merged
			}
			if r.Change != want || r.Likeness < 0.95 {
				t.Errorf("back, where %d was split: %+v", k, r)
			}
		}
	})
}

// Models of other subjects have nothing in common, though they share the words that all
// texts have; and so have models without a common word.
func TestCompareUnrelated(t *testing.T) {
	was, is := drawn(4, 1, 1), elsewhere(drawn(5, 2, 1))
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
		if want := map[bool]Change{true: Gone, false: New}[n < 4]; r.Change != want {
			t.Errorf("relation %d: %+v", n, r)
		}
	}
	before := slices.Clone(is.W.Item(3))
	fresh, err := AlignTo(context.Background(), was, is, 1)
	if err != nil || !slices.Equal(fresh, []int{4, 5, 6, 7, 8}) || !slices.Equal(is.Gaps, upTo(4)) || !slices.Equal(before, is.W.Item(3)[4:]) {
		t.Errorf("aligned to something else: topics %v are new, %v", fresh, err)
	}
}

// Terms are matched by stem wherever they stand, and what has been exchanged is told.
func TestCompareOtherVocabulary(t *testing.T) {
	was := drawn(3, 3, 1)
	is := elsewhere(shuffled(was, upTo(3)))
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
		switch r.Change {
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

// What is compared may be degenerate.
func TestCompareAtTheEdges(t *testing.T) {
	one := drawn(1, 5, 1)
	if r := compared(t, one, one).Relations; len(r) != 1 || r[0].Change != Same {
		t.Errorf("a single topic compared with itself: %+v", r)
	}
	empty := made(3, 2, make([]float32, 6), make([]float32, 8), 1)
	for _, r := range compared(t, empty, drawn(2, 6, 1)).Relations {
		if r.Change != Gone && r.Change != New || r.Likeness != 0 {
			t.Errorf("compared with topics without weight: %+v", r)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ended, one, one, 1); err == nil {
		t.Error("compares after an interrupt")
	}
}

// Documents of a matrix have no text and no checksum: that two of them have one number says
// nothing.
func TestDocumentsWithoutTextAreNotTheSame(t *testing.T) {
	m := ofTerms([]float32{1, 2, 0, 0}, []float32{0, 0, 2, 1})
	if c := compared(t, m, m); c.Documents != 0 || c.Terms != 4 {
		t.Errorf("%d documents and %d terms in common", c.Documents, c.Terms)
	}
}

// However many words are asked for, no more are told than there are.
func TestWordsOfAnyNumber(t *testing.T) {
	was, is := ofTerms([]float32{6, 3, 1, 0}), ofTerms([]float32{0, 3, 1, 6})
	c := compared(t, was, is)
	r := Relation{Old: []int{0}, New: []int{0}}
	for _, n := range []int{-1, 0, 1, 3, 4, math.MaxInt} {
		came, went := c.Words(r, n)
		if want := min(max(n, 0), 1); len(came) != want || len(went) != want {
			t.Errorf("%d words: %v came, %v went", n, came, went)
		}
	}
}

// Documents count if they are at least half of the smaller model's.
func TestFewDocumentsInCommonDoNotCount(t *testing.T) {
	for _, shared := range []int{0, 29, 30, 60} {
		was, is := drawn(3, 7, 1), drawn(3, 7, 1) // of 60 documents
		for j := range is.Documents[shared:] {
			is.Documents[shared+j].Checksum += 1 << 20
		}
		want := shared
		if shared < 30 {
			want = 0
		}
		if c := compared(t, was, is); c.Documents != want {
			t.Errorf("%d documents in common: compared by %d", shared, c.Documents)
		}
	}
}
