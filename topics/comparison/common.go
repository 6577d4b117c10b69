package comparison

import (
	"context"

	"github.com/james-bowman/sparse"
	"klew/nmf"
	"klew/topics"
)

// common brings two models to the same rows: the terms of both, and the documents that
// both have, if there are enough of them.
func (c *Comparison) common(threads int) *pairing {
	old, new, terms := c.commonTerms()
	documents := c.commonDocuments()
	var s *sampling
	if documents == nil {
		s = newSampling(c.old, c.new, old, new, terms)
	}
	p := &pairing{
		old: newSide(c.old, old, terms, documents, func(both [2]int) int { return both[0] }),
		new: newSide(c.new, new, terms, documents, func(both [2]int) int { return both[1] }),
	}
	p.old.chance, p.new.chance = column(nmf.Overlaps(p.old.w, p.new.corpus, threads)), column(nmf.Overlaps(p.new.w, p.old.corpus, threads))
	p.sampling = s
	p.old.tokens, p.new.tokens = tokensOf(c.old), tokensOf(c.new)
	p.overlap = nmf.Overlaps(p.old.w, p.new.w, threads)
	return p
}

func column(of [][]float64) []float64 {
	first := make([]float64, len(of))
	for k := range of {
		first[k] = of[k][0]
	}
	return first
}

// commonTerms gives each term of both models a row, the same for the same stem, and returns
// the rows of the terms of either and the number of all.
func (c *Comparison) commonTerms() (old, new []int, rows int) {
	of := make(map[string]int, len(c.old.Vocabulary.Terms))
	for i, t := range c.old.Vocabulary.Terms {
		of[t.Stem] = i
		old = append(old, i)
	}
	rows = len(old)
	for _, t := range c.new.Vocabulary.Terms {
		i, both := of[t.Stem]
		if both {
			c.Terms++
		} else {
			i = rows
			rows++
		}
		new = append(new, i)
	}
	return old, new, rows
}

// commonDocuments pairs the documents that both models have, in the order of the older model, unless
// they are too few. Where a document comes without text, as from a matrix, there is no
// checksum, and nothing says that those of one number are the same.
func (c *Comparison) commonDocuments() (both [][2]int) {
	numbers := make(map[string]int, len(c.new.Documents))
	for j, d := range c.new.Documents {
		numbers[d.ID] = j
	}
	for j, d := range c.old.Documents {
		if other, known := numbers[d.ID]; known && d.Checksum != 0 && d.Checksum == c.new.Documents[other].Checksum {
			both = append(both, [2]int{j, other})
		}
	}
	if float64(len(both)) < manyShared*float64(min(len(c.old.Documents), len(c.new.Documents))) {
		return nil
	}
	c.Documents = len(both)
	return both
}

// newSide makes the columns of a model's topics: its weights in their rows, and below them
// those of the documents in common. Each of the two sums to a half, or to 1 if there is no
// other.
func newSide(m *topics.Model, rows []int, terms int, documents [][2]int, which func([2]int) int) side {
	k := m.Topics()
	w := nmf.NewW(terms+len(documents), k, make([]float32, (terms+len(documents))*k))
	sums := m.W.Sums()
	for i, row := range rows {
		addShares(w.Item(row), m.W.Item(i), sums)
	}
	held := make([]float64, k)
	for _, both := range documents {
		for k, x := range m.H.Item(which(both)) {
			held[k] += float64(x)
		}
	}
	for n, both := range documents {
		addShares(w.Item(terms+n), m.H.Item(which(both)), held)
	}
	w.Normalize()
	return side{w: w, corpus: mixture(w, m.Learned()), known: make([]bool, k)}
}

// addShares adds weights as shares of their topics.
func addShares(to, weights []float32, sums []float64) {
	for k, x := range weights {
		if x > 0 {
			to[k] += float32(float64(x) / sums[k])
		}
	}
}

// mixture is the factor of the single topic that topics are in the shares given.
func mixture(w *nmf.Factor, shares []float64) *nmf.Factor {
	data := make([]float32, w.Items())
	for i := range data {
		sum := 0.0
		for k, x := range w.Item(i) {
			sum += shares[k] * float64(x)
		}
		data[i] = float32(sum)
	}
	return nmf.NewW(w.Items(), 1, data)
}

// mix finds how much of each topic is each of the other model's.
func (p *pairing) mix(ctx context.Context, threads int) (err error) {
	if p.old.parts, err = mixed(ctx, p.old.w, p.new.w, threads); err != nil {
		return err
	}
	p.new.parts, err = mixed(ctx, p.new.w, p.old.w, threads)
	return err
}

// mixed solves each topic of one model as a mixture of another's, in shares that sum to 1.
// Rows in which the other has nothing are left out of account.
func mixed(ctx context.Context, one, other *nmf.Factor, threads int) ([][]float64, error) {
	options := nmf.Defaults()
	options.Threads = threads
	h, err := nmf.Transform(ctx, other, asSparse(one), options)
	if err != nil {
		return nil, err
	}
	parts := make([][]float64, one.Topics())
	for k := range parts {
		parts[k] = make([]float64, other.Topics())
		for l, x := range h.Item(k) {
			parts[k][l] = float64(x)
		}
		topics.Proportions(parts[k])
	}
	return parts, nil
}

// asSparse is a factor as a sparse matrix.
func asSparse(w *nmf.Factor) *sparse.CSC {
	start, index, value := make([]int, 1, w.Topics()+1), []int{}, []float64{}
	for k := range w.Topics() {
		for i := range w.Items() {
			if x := w.Item(i)[k]; x > 0 {
				index, value = append(index, i), append(value, float64(x))
			}
		}
		start = append(start, len(index))
	}
	return sparse.NewCSC(w.Items(), w.Topics(), start, index, value)
}
