package nmf

import (
	"context"
	"math/rand/v2"
	"slices"
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
// The overlap alone means little: two topics of eight share 0.6 of their weight with
// anything that is frequent, and on noise two topics overlap by 0.9, since both are nearly
// the corpus. So a topic counts for what it overlaps with its partners beyond what it has
// in common with V as a whole, which is what knowing nothing of topics would give, and is
// the larger the fewer topics there are:
//
//	(overlap − chance) / (1 − chance)    chance = Σᵢ min(wᵢₖ, pᵢ),  p = Σₖ hₖ wₖ
//
// with wₖ summing to 1, and hₖ the topic's share. A topic at 1 was found by all others
// unchanged; at 0 or below they have found nothing that is nearer to it than the corpus.

// Stable is the stability from which a topic counts as found by other fits. Drawn from ten
// topics, and fitted with k = 10, all topics are above 0.6 where a document has fifty
// different terms and there are 400 documents, and at 0.5 or above where there are 150.
// With more than ten, those that are not there have 0.3 at most in most cases, and two that
// share one topic 0.45. On noise the most stable topic has 0.4, of fifty documents only, and
// nearly all have 0.
const Stable = 0.5

// Stability says of each topic of a fit how far others have found it too: the mean over
// the other fits' W, corrected for chance as said above, and not below 0. The factors W
// must have as many terms. For a single topic, which is the corpus, there is nothing to
// tell, and the result is nil; and so it is without others.
func Stability(w, h *Factor, others []*Factor) []float64 {
	if w.topics < 2 || len(others) == 0 {
		return nil
	}
	mean := make([]float64, w.topics)
	for _, other := range others {
		_, overlap := Match(w, other)
		for k, x := range overlap {
			mean[k] += x / float64(len(others))
		}
	}
	for k, all := range Overlaps(w, whole(w, h)) {
		chance := all[0]
		if mean[k] = (mean[k] - chance) / (1 - chance); !(mean[k] > 0) {
			mean[k] = 0 // also for a topic that is the whole corpus
		}
		mean[k] = min(mean[k], 1)
	}
	return mean
}

// whole is the factor of the single topic that V as a whole is, by its factors.
func whole(w, h *Factor) *Factor {
	sums := h.Sums()
	data := make([]float32, w.items)
	for i := range data {
		sum := 0.0
		for k, x := range w.Item(i) {
			sum += float64(x) * sums[k]
		}
		data[i] = float32(sum)
	}
	return NewW(w.items, 1, data)
}

// stability fits random halves of the columns, and compares their topics with the best.
func (m *matrix) stability(ctx context.Context, o Options, best *Result) []float64 {
	if o.Start != nil || o.Topics < 2 {
		return nil
	}
	var others []*Factor
	for n := range o.Halves {
		half := m.only(m.half(n, o.Seed))
		if half.usable() < o.Topics {
			return nil // too few columns
		}
		once := o
		once.Seed += uint64(n)
		r := half.fit(ctx, once, o.Restarts+n)
		if ctx.Err() != nil {
			best.Status = Interrupted
			break
		}
		others = append(others, r.W)
	}
	return Stability(best.W, best.H, others)
}

// half is the nth of the random halves of the columns that hold something, of which each
// two make up the whole.
func (m *matrix) half(n int, seed uint64) []int {
	var filled []int
	for j := range m.columns.count() {
		if m.columns.start[j+1] > m.columns.start[j] {
			filled = append(filled, j)
		}
	}
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
