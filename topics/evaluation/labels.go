package evaluation

import (
	"fmt"
	"math"
	"slices"

	"klew/corpus"
	"klew/topics"
)

// Classes are documents as a field of their metadata has them beside their first topics:
// two labellings, which NMI, ARI and Purity compare.
type Classes struct {
	// First is the first topic, and Label the field's value, of each document that has both.
	First []int
	Label []string
	// Unlabelled is how many documents lack the field, or have it empty. Of the others there are
	// some without a topic: Uncounted since nothing of them was counted, Dropped since those
	// that they had have been dropped, and Topicless since no topic has any of their words.
	Unlabelled, Uncounted, Dropped, Topicless int
}

// Classify returns the first topic and the label of each document, with a field of the
// metadata as the label.
func Classify(m *topics.Model, field string) *Classes {
	c := &Classes{}
	for j := range m.Documents {
		label := corpus.Value(m.Documents[j].Meta, field)
		switch first := m.First(j); {
		case label == "":
			c.Unlabelled++
		case first >= 0:
			c.First, c.Label = append(c.First, first), append(c.Label, label)
		case m.Fitted().First(j) >= 0:
			c.Dropped++
		case m.Documents[j].Tokens == 0:
			c.Uncounted++
		default:
			c.Topicless++
		}
	}
	return c
}

// Labels are the values of the field, in byte order.
func (c *Classes) Labels() []string {
	return slices.Compact(slices.Sorted(slices.Values(c.Label)))
}

// Table counts the documents by first topic and label, a row for each of so many topics
// and a column for each of Labels.
func (c *Classes) Table(k int) [][]int {
	labels := c.Labels()
	table := make([][]int, k)
	for k := range table {
		table[k] = make([]int, len(labels))
	}
	for n, k := range c.First {
		column, _ := slices.BinarySearch(labels, c.Label[n])
		table[k][column]++
	}
	return table
}

// NMI is the normalised mutual information of two labellings of the same items, with
// the arithmetic mean of their entropies as the norm (as in scikit-learn's
// normalized_mutual_info_score): 0 if they are independent, 1 if they are the same
// but for names. Two labellings of a single label each have 1. It panics if the
// lengths differ.
func NMI[A, B comparable](a []A, b []B) float64 {
	c := cross(a, b)
	ha, hb := entropy(c.a, c.n), entropy(c.b, c.n)
	if ha+hb == 0 {
		return 1
	}
	return max(0, 2*(ha+hb-entropy(c.both, c.n))/(ha+hb))
}

// ARI is the adjusted Rand index of two labellings of the same items (Hubert & Arabie
// 1985, equation 5): the pairs of items that are together in both, less what chance
// would give, through the most there could be less that. 1 if the labellings are the
// same but for names, about 0 if they have nothing to do with each other, and it may be
// negative. Where there is nothing to adjust (all together, or all apart, in both) it is
// 1. It panics if the lengths differ.
func ARI[A, B comparable](a []A, b []B) float64 {
	c := cross(a, b)
	inBoth, inA, inB, all := pairs(c.both), pairs(c.a), pairs(c.b), c.n*(c.n-1)/2
	if inBoth == inA && inBoth == inB {
		return 1
	}
	chance := inA * inB / all
	return (inBoth - chance) / ((inA+inB)/2 - chance)
}

// Purity is the share of the items whose label in b is the most frequent one among those
// with the same label in a: 1 if each of a's groups is of one label. It grows with the
// number of groups. NaN if there is no item; it panics if the lengths differ.
func Purity[A, B comparable](a []A, b []B) float64 {
	c := cross(a, b)
	most := make([]float64, len(c.a))
	for cell, n := range c.both {
		group := c.group[cell]
		most[group] = max(most[group], n)
	}
	sum := 0.0
	for _, n := range most {
		sum += n
	}
	return sum / c.n
}

// crossed counts the items of two labellings, by each of them and by both. Labels have the
// order in which they first occur, so that sums come out the same every time.
type crossed struct {
	n          float64
	a, b, both []float64
	group      []int // of a, of each cell of both
}

func cross[A, B comparable](a []A, b []B) *crossed {
	if len(a) != len(b) {
		panic(fmt.Sprintf("evaluation: labellings of %d and %d items", len(a), len(b)))
	}
	type pair struct {
		a A
		b B
	}
	c := &crossed{n: float64(len(a))}
	inA, inB, inBoth := map[A]int{}, map[B]int{}, map[pair]int{}
	for i := range a {
		group := tick(inA, &c.a, a[i])
		tick(inB, &c.b, b[i])
		if cell := tick(inBoth, &c.both, pair{a[i], b[i]}); cell == len(c.group) {
			c.group = append(c.group, group)
		}
	}
	return c
}

// tick counts an item with a label, and returns the label's number.
func tick[L comparable](numbers map[L]int, counts *[]float64, label L) int {
	n, known := numbers[label]
	if !known {
		n = len(*counts)
		numbers[label] = n
		*counts = append(*counts, 0)
	}
	(*counts)[n]++
	return n
}

// entropy is that of counts out of n, in nats.
func entropy(counts []float64, n float64) float64 {
	h := 0.0
	for _, c := range counts {
		p := c / n
		h -= p * math.Log(p)
	}
	return h
}

// pairs is the number of pairs of items that are in the same group.
func pairs(counts []float64) float64 {
	n := 0.0
	for _, c := range counts {
		n += c * (c - 1) / 2
	}
	return n
}
