package nmf

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Stability
//
// A topic can be trusted as far as other texts of the same kind would have shown it. Two
// random halves of the columns of V are fitted like the whole, as in Lange, Roth, Braun &
// Buhmann, Stability-based validation of clustering solutions, Neural Computation 2004;
// topics are matched with those of the whole, as in Greene, O'Callaghan & Cunningham, How
// many topics? Stability analysis for topic models, ECML 2014; and then two other halves,
// as often as asked.
//
// Other seeds on the same V are not enough. Drawn from ten topics, and fitted with k = 8,
// 9 and 10, all seeds come to the same topics each time, since the search finds the same
// two to merge; halves do not, below ten. Samples of 80 % of the columns, as Greene et al.
// have them, cannot tell nine topics of which one is two from ten.
//
// The overlap of two topics (Match) says little by itself. On noise any two overlap by 0.7
// to 0.9, since all are nearly the corpus, and the fewer there are the more; while of 136
// short texts on eight subjects a half shows other rare words than the whole, and the same
// subject overlaps by 0.5. So the overlap is put between two others that need no fit:
//
//	(overlap − chance) / (most − chance)
//
// chance is that of the topic with the half as one, which is what knowing nothing of topics
// gives, and most that with what remains of the topic in the half: each entry of V shared
// out among the topics as the whole fit does it, vᵢⱼ wᵢₖ hₖⱼ / (WH)ᵢⱼ summed over the
// columns of the half. At 1 a half was found to have the topic unchanged, at 0 or below
// nothing nearer to it than the corpus.

// Stable is the stability from which a topic counts as found again. A topic that is a
// single document's is found in every second half, and comes to about 0.5. Drawn from ten
// topics and fitted with k = 10, all are above 0.65 (0.78 where there are 400 documents and
// not 150). With more than ten, those that are not there have 0.4 at most, and two that
// share one topic about 0.6. On noise most have 0, and none more than 0.51 while there are
// six documents a topic or more.
const Stable = 0.55

// leastKept is how much a half must keep of what tells a topic from the corpus for a match
// with that to count in full. Nothing can be told from less: with three documents a topic,
// noise has topics above 0.9 without this bound, and 0.66 with it.
const leastKept = 0.5

// Half is some of the columns of V, and the W of a fit to them.
type Half struct {
	V mat.Matrix
	W *Factor
}

// Stability says of each topic of W how far it was found in halves that were fitted apart,
// from 0 to 1: what Fit does with Options.Halves, for factors that are at hand. What remains
// of the topics in a half is found by Transform, with the loss, the penalties and the threads
// of the options. It is nil for a single topic, which is the corpus, and without halves.
func Stability(ctx context.Context, w *Factor, halves []Half, options Options) ([]float64, error) {
	if w.topics < 2 || len(halves) == 0 {
		return nil, nil
	}
	stability := make([]float64, w.topics)
	for n, half := range halves {
		if half.W.items != w.items {
			return nil, fmt.Errorf("nmf: stability: W of %d rows for a half with W of %d", w.items, half.W.items)
		}
		h, err := Transform(ctx, w, half.V, options)
		if err != nil {
			return nil, fmt.Errorf("nmf: stability: half %d: %w", n+1, err)
		}
		m, err := pack(half.V)
		if err != nil {
			return nil, fmt.Errorf("nmf: stability: half %d: %w", n+1, err)
		}
		for k, x := range refound(w, half.W, m.remains(w, h), options.Threads) {
			stability[k] += x / float64(len(halves))
		}
	}
	return stability, nil
}

// stability fits random halves of the columns, and says of each topic of the best fit how
// far they have it too.
func (m *matrix) stability(ctx context.Context, o Options, best *Result) []float64 {
	if o.Start != nil || o.Topics < 2 {
		return nil
	}
	stability, done := make([]float64, o.Topics), 0
	for n := range o.Halves {
		columns := m.half(n, o.Seed)
		half := m.only(columns)
		if half.usable() < o.Topics {
			return nil // too few columns
		}
		once := o
		once.Seed, once.Half = o.Seed+uint64(n), true
		r := half.fit(ctx, once, o.Restarts+n, best.Refinement)
		if ctx.Err() != nil {
			best.Status = Interrupted
			break
		}
		done++
		for k, x := range refound(best.W, r.W, half.remains(best.W, best.H.itemsOf(columns)), o.Threads) {
			stability[k] += x
		}
	}
	if done == 0 {
		return nil
	}
	for k := range stability {
		stability[k] /= float64(done)
	}
	return stability
}

// refound says how far each topic of w is among those found in a half, where remains is
// what there is of it there.
func refound(w, found, remains *Factor, threads int) []float64 {
	_, overlap := Match(w, found, threads)
	corpus, most := Overlaps(w, remains.asOne(), threads), pairwise(w, remains)
	for k, x := range overlap {
		chance := corpus[k][0]
		overlap[k] = 0
		if span := max(most[k]-chance, leastKept*(1-chance)); span > 1e-6 {
			overlap[k] = min(max(0, (x-chance)/span), 1)
		}
	}
	return overlap
}

// pairwise is the overlap of each topic of a with the same of b.
func pairwise(a, b *Factor) []float64 {
	overlap := make([]float64, a.topics)
	as, bs := a.Sums(), b.Sums()
	for i := range a.items {
		other := b.Item(i)
		for k, x := range a.Item(i) {
			if y := other[k]; x > 0 && y > 0 {
				overlap[k] += min(float64(x)/as[k], float64(y)/bs[k])
			}
		}
	}
	return overlap
}

// asOne is the factor of a single topic that is all topics in one.
func (f *Factor) asOne() *Factor {
	one := newFactor(f.items, 1)
	for n := range f.items {
		sum := 0.0
		for _, x := range f.Item(n) {
			sum += float64(x)
		}
		one.Item(n)[0] = float32(sum)
	}
	return one
}

// itemsOf is a factor of some of the items.
func (f *Factor) itemsOf(items []int) *Factor {
	part := newFactor(len(items), f.topics)
	for n, item := range items {
		copy(part.Item(n), f.Item(item))
	}
	part.byColumn = f.byColumn
	return part
}

// remains is what topics w have in m: each entry is shared out among them as w and h, the
// weights of its columns, have it.
func (m *matrix) remains(w, h *Factor) *Factor {
	r := newFactor(w.items, w.topics)
	parts := make([]float32, w.topics)
	for n := range h.items {
		l, weights := m.columns.line(n), h.Item(n)
		for e, i := range l.index {
			sum := float32(0)
			for k, x := range w.Item(int(i)) {
				parts[k] = x * weights[k]
				sum += parts[k]
			}
			if sum > 0 {
				for k := range parts {
					r.Item(int(i))[k] += l.value[e] * parts[k] / sum
				}
			}
		}
	}
	return r
}

// half is the nth of the random halves of the columns that hold something, of which each
// two make up the whole.
func (m *matrix) half(n int, seed uint64) []int {
	filled := m.columns.filled()
	source := rand.New(rand.NewPCG(seed+uint64(n/2), 0x68616c66))
	source.Shuffle(len(filled), func(a, b int) { filled[a], filled[b] = filled[b], filled[a] })
	middle := (len(filled) + 1) / 2
	chosen := filled[:middle]
	if n%2 == 1 {
		chosen = filled[middle:]
	}
	slices.Sort(chosen)
	return chosen
}

// only is the matrix of some of the columns.
func (m *matrix) only(columns []int) *matrix {
	c := lines{across: m.columns.across, start: make([]int, 1, len(columns)+1)}
	for _, j := range columns {
		l := m.columns.line(j)
		c.index, c.value = append(c.index, l.index...), append(c.value, l.value...)
		c.start = append(c.start, len(c.index))
	}
	return &matrix{columns: c, rows: transpose(&c), exponent: m.exponent}
}
