package comparison

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
	"pgregory.net/rapid"
)

// drawn is a model with a block of words for each topic, a few words that all have, and
// documents of one or two topics. Models of other texts have other checksums.
func drawn(many int, seed uint64, texts uint32) *topics.Model {
	const words, common, documents = 30, 10, 20
	r := rand.New(rand.NewPCG(seed, 5))
	terms := many*words + common
	w, h := make([]float32, terms*many), make([]float32, many*documents*many)
	for i := range terms {
		for k := range many {
			if i/words == k || i >= many*words {
				w[i*many+k] = 0.1 + float32(r.ExpFloat64())
			}
		}
	}
	for j := range many * documents {
		h[j*many+j%many] = 20 + float32(r.IntN(30))
		h[j*many+r.IntN(many)] += float32(r.IntN(15))
	}
	return made(terms, many, w, h, texts)
}

// made is a model of factors.
func made(terms, many int, w, h []float32, texts uint32) *topics.Model {
	table := &vectorize.Table{Vocabulary: &vectorize.Vocabulary{}}
	for i := range terms {
		table.Vocabulary.Terms = append(table.Vocabulary.Terms, vectorize.Term{Stem: fmt.Sprintf("term%04d", i), DF: 1000, Count: 1000})
	}
	for j := range len(h) / many {
		table.Documents = append(table.Documents, vectorize.Document{ID: fmt.Sprint(j), Tokens: 9, Checksum: texts + uint32(j)})
	}
	options := nmf.Defaults()
	options.Topics = many
	return topics.New(table, &nmf.Result{W: nmf.NewW(terms, many, w), H: nmf.NewH(many, len(h)/many, h)}, topics.Origin{Fitting: options})
}

// changedBy is a copy of a model, with other factors.
func changedBy(m *topics.Model, many int, weight func(i, k int) float32, weights func(j, k int) float32) *topics.Model {
	w, h := make([]float32, m.W.Items()*many), make([]float32, m.H.Items()*many)
	for i := range w {
		w[i] = weight(i/many, i%many)
	}
	for j := range h {
		h[j] = weights(j/many, j%many)
	}
	return made(m.W.Items(), many, w, h, m.Documents[0].Checksum)
}

// shuffled is a copy with its topics in another order: topic k was order[k].
func shuffled(m *topics.Model, order []int) *topics.Model {
	c := changedBy(m, m.Topics(), func(i, k int) float32 { return m.W.Item(i)[k] }, func(j, k int) float32 { return m.H.Item(j)[k] })
	c.Renumber(order)
	return c
}

// elsewhere makes the documents those of other texts.
func elsewhere(m *topics.Model) *topics.Model {
	for j := range m.Documents {
		m.Documents[j].Checksum += 1 << 20
	}
	return m
}

// splitWords is a copy in which each second word of topic k has gone to a topic of its own,
// the last one.
func splitWords(m *topics.Model, k int) *topics.Model {
	all := m.Topics()
	part := [2]float32{}
	for i := range m.W.Items() {
		part[i%2] += m.W.Item(i)[k]
	}
	return changedBy(m, all+1, func(i, l int) float32 {
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
func splitDocuments(m *topics.Model, k int) *topics.Model {
	all, half := m.Topics(), m.H.Items()/2
	return changedBy(m, all+1, func(i, l int) float32 {
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

// With fewer topics than there were, those that are left keep their numbers, and one that is new
// has a number that no topic had.
func TestAlignToMore(t *testing.T) {
	was := drawn(5, 4, 1)
	// The last topic, the third and the first are left, and one has words of its own.
	from := []int{4, 2, 0}
	is := elsewhere(changedBy(was, 4, func(i, k int) float32 {
		if k == 3 {
			return float32(i % 2 * (i % 7))
		}
		return was.W.Item(i)[from[k]]
	}, func(j, k int) float32 {
		if k == 3 {
			return 1
		}
		return was.H.Item(j)[from[k]]
	}))
	fresh, err := AlignTo(context.Background(), was, is, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(fresh, []int{5}) || !slices.Equal(is.Gaps, []int{1, 3}) {
		t.Errorf("topics %v are new, and there are the gaps %v", fresh, is.Gaps)
	}
	for _, k := range []int{0, 2, 4} {
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

// ofTerms is a model of terms alone: each topic is given by its weights, all topics have the
// same share, and no document has a text.
func ofTerms(weights ...[]float32) *topics.Model {
	many := len(weights)
	w, h := make([]float32, len(weights[0])*many), make([]float32, many*many)
	for k, column := range weights {
		for i, x := range column {
			w[i*many+k] = x
		}
		h[k*many+k] = 100
	}
	m := made(len(weights[0]), many, w, h, 0)
	for j := range m.Documents {
		m.Documents[j].Checksum = 0
	}
	return m
}

// likenessByDefinition is that of some topics of one model, each in a proportion, with those
// of another, from the definition.
func likenessByDefinition(a, b []float64, corpusOfA, corpusOfB []float64) float64 {
	overlap := func(a, b []float64) (sum float64) {
		for i := range a {
			sum += min(a[i], b[i])
		}
		return sum
	}
	chance := max(overlap(a, corpusOfB), overlap(b, corpusOfA))
	return max(0, (overlap(a, b)-chance)/(1-chance))
}

// mixtureOf is some topics of a model in the proportions given.
func mixtureOf(m *topics.Model, proportions map[int]float64) []float64 {
	sum, all := make([]float64, m.W.Items()), 0.0
	for _, p := range proportions {
		all += p
	}
	for k, p := range proportions {
		for i := range sum {
			sum[i] += p / all * float64(m.W.Item(i)[k])
		}
	}
	return sum
}

func corpusOf(m *topics.Model) []float64 {
	proportions := map[int]float64{}
	for k, share := range m.Shares() {
		proportions[k] = share
	}
	return mixtureOf(m, proportions)
}

// Likeness is what it is defined to be, of two topics and of several: beyond what either has
// in common with the other's corpus. Most topics have frequent words in common here, and
// overlap by them.
func TestLikenessIsBeyondChance(t *testing.T) {
	was := ofTerms(
		[]float32{40, 40, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0},
		[]float32{40, 40, 0, 0, 0, 0, 10, 10, 0, 0, 0, 0},
		[]float32{10, 10, 0, 0, 0, 0, 0, 0, 20, 20, 20, 20})
	is := ofTerms(
		[]float32{40, 40, 0, 10, 10, 0, 0, 0, 0, 0, 0, 0},
		[]float32{40, 40, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0},
		[]float32{10, 12, 0, 0, 0, 0, 0, 0, 35, 35, 0, 4},
		[]float32{12, 10, 0, 0, 0, 0, 0, 0, 0, 4, 35, 35})
	c := compared(t, was, is)
	for k := range was.Topics() {
		for l := range is.Topics() {
			want := likenessByDefinition(mixtureOf(was, map[int]float64{k: 1}), mixtureOf(is, map[int]float64{l: 1}), corpusOf(was), corpusOf(is))
			if got := c.Likeness(k, l); math.Abs(got-want) > 1e-6 {
				t.Errorf("topics %d and %d: likeness %v, want %v", k, l, got, want)
			}
		}
	}
	splits := 0
	for _, r := range c.Relations {
		if r.Change != Split {
			continue
		}
		splits++
		proportions := map[int]float64{}
		for _, l := range r.New {
			proportions[l] = c.pairing.old.parts[r.Old[0]][l]
		}
		want := likenessByDefinition(mixtureOf(was, map[int]float64{r.Old[0]: 1}), mixtureOf(is, proportions), corpusOf(was), corpusOf(is))
		if math.Abs(r.Likeness-want) > 1e-6 {
			t.Errorf("%+v: likeness of all parts, want %v", r, want)
		}
	}
	if splits != 2 {
		t.Errorf("%d topics were split: %+v", splits, c.Relations)
	}
}

// Of two topics that are each nearly the whole of an older one, neither is a part of it:
// together they are hardly more like it than one alone.
func TestTwinsAreNoParts(t *testing.T) {
	const words = 16
	older, first, second, other := make([]float32, 2*words), make([]float32, 2*words), make([]float32, 2*words), make([]float32, 2*words)
	for i := range words {
		older[i], other[words+i] = 1, 1
		if i > 0 {
			first[i] = 1
		}
		if i < words-1 {
			second[i] = 1
		}
	}
	was, is := ofTerms(older, other), ofTerms(first, second, other)
	c := compared(t, was, is)
	for k, parts := range c.pairing.old.parts { // or else this tests nothing
		if was.W.Item(0)[k] > 0 && slices.Max(parts) > 1-leastPart {
			t.Fatalf("the twins have %v of the older topic", parts)
		}
	}
	for _, r := range c.Relations {
		if r.Change == Split || r.Change == Merged {
			t.Errorf("%+v", r)
		}
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

// A topic into which a word or two of another have strayed is no part of it.
func TestAStrayWordIsNoPart(t *testing.T) {
	was := ofTerms(
		[]float32{10, 10, 10, 10, 10, 10, 10, 10, 3, 0, 0},
		[]float32{0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5})
	is := ofTerms(
		[]float32{10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0},
		[]float32{0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0},
		[]float32{0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5})
	if r := compared(t, was, is).Relations[0]; r.Change != Same || !slices.Equal(r.New, []int{0}) {
		t.Errorf("%+v", r)
	}
}

// A topic that has a little in common with another, beyond what all texts have, has not
// become it.
func TestALittleInCommonIsNotTheSame(t *testing.T) {
	was := ofTerms([]float32{8, 8, 8, 8, 8, 0, 0, 0, 0, 0}, []float32{0, 0, 0, 0, 0, 8, 8, 8, 8, 8})
	is := ofTerms([]float32{8, 8, 8, 0, 0, 8, 8, 0, 0, 0}, []float32{0, 0, 0, 8, 8, 0, 0, 8, 8, 8})
	c := compared(t, was, is)
	if x := c.Likeness(0, 0); x < 0.15 || x >= LikeFrom {
		t.Fatalf("likeness %v", x)
	}
	for _, r := range c.Relations {
		if r.Change != Gone && r.Change != New {
			t.Errorf("%+v", r)
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
