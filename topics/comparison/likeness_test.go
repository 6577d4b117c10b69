package comparison

import (
	"math"
	"slices"
	"testing"

	"klew/topics"
)

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
