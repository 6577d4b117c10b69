package coherence

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// text draws tokens: those from 0 to 5 are words of topics, others are not.
func text(most int) *rapid.Generator[[]int32] {
	return rapid.SliceOfN(rapid.Int32Range(-1, 7), 0, most)
}

// slide tells, window by window, which windows of a document hold a word: as they are
// defined, and as a mark does that is set when one enters and cleared when one leaves.
func slide(tokens []int32, word int32, size int) (exact, marked []bool) {
	if len(tokens) <= size {
		in := slices.Contains(tokens, word)
		return []bool{in}, []bool{in}
	}
	mark := slices.Contains(tokens[:size], word)
	for from := range len(tokens) - size + 1 {
		window := tokens[from : from+size]
		if from > 0 {
			if tokens[from-1] == word {
				mark = false
			}
			if window[size-1] == word {
				mark = true
			}
		}
		exact = append(exact, slices.Contains(window, word))
		marked = append(marked, mark)
	}
	return exact, marked
}

// Intervals from positions are what sliding a window token by token gives.
func TestWindowsAgreeWithSliding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tokens := text(60).Draw(t, "tokens")
		size := rapid.IntRange(1, 20).Draw(t, "size")
		if len(tokens) <= size || !slices.Contains(tokens, 0) {
			return
		}
		var positions []int32
		for at, token := range tokens {
			if token == 0 {
				positions = append(positions, int32(at))
			}
		}
		exact, marked := slide(tokens, 0, size)
		for _, c := range []struct {
			exact bool
			want  []bool
		}{{true, exact}, {false, marked}} {
			got := make([]bool, len(c.want))
			for _, in := range within(nil, positions, int32(size), int32(len(c.want)), c.exact) {
				for w := in.from; w < in.to; w++ {
					if got[w] {
						t.Fatalf("window %d is in two intervals", w)
					}
					got[w] = true
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("exact %v: %v, want %v", c.exact, got, c.want)
			}
		}
	})
}

// The counts of words and pairs are those of windows looked at one after another.
func TestCountsAgreeWithSliding(t *testing.T) {
	topics := [][]int32{{0, 1, 2, 3}, {3, 4, 5}, {-1, 2}}
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text(150), 1, 4).Draw(t, "texts")
		exactly := rapid.Bool().Draw(t, "exact")
		c := New(topics)
		if exactly {
			c = NewExact(topics)
		}
		for _, tokens := range texts {
			c.Add(tokens)
		}
		for _, s := range c.spans {
			size := s.size
			if size == 0 {
				size = math.MaxInt
			}
			for a := int32(0); a < 6; a++ {
				for b := int32(0); b <= a; b++ {
					pair, isPair := c.pairs[pairOf(c.slots[a], c.slots[b])]
					if a != b && !isPair {
						continue
					}
					n, windows := int64(0), int64(0)
					for _, tokens := range texts {
						inA, markA := slide(tokens, a, size)
						inB, markB := slide(tokens, b, size)
						if !exactly {
							inA, inB = markA, markB
						}
						for w := range inA {
							windows++
							if inA[w] && inB[w] {
								n++
							}
						}
					}
					got := s.words[c.slots[a]]
					if a != b {
						got = s.pairs[pair]
					}
					if got != n || s.windows != windows {
						t.Fatalf("windows of %d, words %d and %d: %d of %d, want %d of %d", s.size, a, b, got, s.windows, n, windows)
					}
				}
			}
		}
	})
}

// It does not matter which goroutine counts which document, nor in which order.
func TestForksAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text(150), 0, 8).Draw(t, "texts")
		one := New([][]int32{{0, 1, 2}, {2, 3, 4, 5}})
		all := one.Fork()
		forks := []*Counter{all.Fork(), all.Fork(), all.Fork()}
		for i, tokens := range texts {
			one.Add(tokens)
			forks[rapid.IntRange(0, 2).Draw(t, "fork")].Add(texts[len(texts)-1-i])
		}
		for _, f := range forks {
			all.Merge(f)
		}
		if !reflect.DeepEqual(one.spans, all.spans) || one.Documents() != len(texts) {
			t.Errorf("%v alone, %v together", one.spans, all.spans)
		}
	})
}

// NPMI is 1 for words that are always together, about 0 for those that know nothing of each
// other, and nearly -1 for those that never meet.
func TestNPMIKnowsItsBounds(t *testing.T) {
	c := New([][]int32{{0, 1}, {0, 2}, {0, 3}})
	for i := range int32(4000) {
		tokens := []int32{9, 3}
		if i%2 == 0 {
			tokens = []int32{0, 1}
		}
		if i%4 < 2 {
			tokens = append(tokens, 2)
		}
		c.Add(tokens)
	}
	for topic, want := range []float64{1, 0, -1} {
		if got := c.Topic(NPMI, topic); math.Abs(got-want) > 0.06 {
			t.Errorf("topic %d: %v, want %v", topic, got, want)
		}
	}
}

// Words of which each is in every window are together always, too, though -log P is 0 there.
func TestNPMIOfWordsInAllWindows(t *testing.T) {
	c := New([][]int32{{0, 1}, {0, 2}})
	for range 5 {
		c.Add([]int32{0, 1, 2})
	}
	c.Add([]int32{1, 0})
	for topic, want := range []float64{1, 0} {
		if got := c.Topic(NPMI, topic); math.Abs(got-want) > 1e-9 {
			t.Errorf("topic %d: %v, want %v", topic, got, want)
		}
	}
}

// What comes out where there is nothing to compare.
func TestNothingToCompare(t *testing.T) {
	c := New([][]int32{{}, {-1, -1}, {0}, {0, 5}, {0, 1}})
	c.Add([]int32{0, 1, 2})
	for topic, known := range []int{0, 0, 1, 1, 2} {
		if got := c.Known(topic); got != known {
			t.Errorf("topic %d: %d words known, want %d", topic, got, known)
		}
		for _, m := range Measures {
			x := c.Topic(m, topic)
			if want := known < 2 && !(m == CV && known == 1); math.IsNaN(x) != want {
				t.Errorf("topic %d: %s %v", topic, m, x)
			}
		}
	}
	if x := New([][]int32{{0, 1}}).Topic(CV, 0); !math.IsNaN(x) {
		t.Errorf("without a document: %v", x)
	}
	if x := c.Topic("c_other", 4); !math.IsNaN(x) {
		t.Errorf("a measure that does not exist: %v", x)
	}
}

// MALLET's sum for two pairs that can be counted by hand: words 0 and 1 share two of
// three documents, 0 and 2 none, 1 and 2 one.
func TestMallet(t *testing.T) {
	c := New([][]int32{{0, 1, 2}})
	c.Add([]int32{0, 1, 0})
	c.Add([]int32{1, 0})
	c.Add([]int32{2, 1})
	want := 0 + math.Log(0.01/2.01) + math.Log(1.01/3.01) // log(2.01/2.01) first
	if got := c.Mallet(0); math.Abs(got-want) > 1e-12 {
		t.Errorf("%v, want %v", got, want)
	}
}

// A corpus of about the shape of 20 Newsgroups: 100 topics of ten words, and texts of 150
// tokens of which every fifth is a word of interest.
func BenchmarkCounter(b *testing.B) {
	for _, documents := range []int{1000, 20000} {
		b.Run(fmt.Sprintf("documents=%d", documents), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 2))
			var topics, texts [][]int32
			for range 100 {
				topics = append(topics, make([]int32, 10))
				for i := range 10 {
					topics[len(topics)-1][i] = random.Int32N(1000)
				}
			}
			for range documents {
				tokens := make([]int32, 150)
				for i := range tokens {
					tokens[i] = random.Int32N(5000)
				}
				texts = append(texts, tokens)
			}
			for b.Loop() {
				c := New(topics)
				for _, tokens := range texts {
					c.Add(tokens)
				}
				for topic := range topics {
					for _, m := range Measures {
						c.Topic(m, topic)
					}
				}
			}
			b.ReportMetric(float64(150*documents*b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
