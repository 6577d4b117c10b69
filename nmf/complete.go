package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"klew/nmf/internal/kernel"
)

// halved is documents of which half the tokens tell the topics, and the others are to be
// predicted from these (document completion: Wallach, Murray, Salakhutdinov & Mimno,
// Evaluation methods for topic models, ICML 2009).
type halved struct {
	first, second lines
	tokens        float64 // in second
	unit          float64 // tokens in one unit of the packed V
}

// halve parts the tokens of some columns, of which each has at least two: half of them,
// rounded down, are the first, drawn without replacement.
func (m *matrix) halve(columns []int) *halved {
	t := &halved{unit: math.Ldexp(1, m.exponent)}
	for _, part := range []*lines{&t.first, &t.second} {
		part.across, part.start = m.columns.across, []int{0}
	}
	for _, j := range columns {
		t.part(m.columns.line(j), rand.New(rand.NewPCG(splitSeed, uint64(j))))
	}
	return t
}

// part gives half of a document's tokens to first and the others to second.
func (t *halved) part(l line, random *rand.Rand) {
	left := int64(0)
	for _, v := range l.value {
		left += t.count(v)
	}
	wanted := left / 2
	for e, i := range l.index {
		count := t.count(l.value[e])
		taken := DrawTokens(random, count, wanted, left)
		wanted, left = wanted-taken, left-count
		t.first.add(i, float64(taken)/t.unit)
		t.second.add(i, float64(count-taken)/t.unit)
		t.tokens += float64(count - taken)
	}
	t.first.start = append(t.first.start, len(t.first.index))
	t.second.start = append(t.second.start, len(t.second.index))
}

// manyTokens are drawn at once.
const manyTokens = 1 << 14

// DrawTokens is how many of count tokens are taken, where wanted are still to be taken from left
// tokens, these count among them, and all choices are equally likely. Each is taken with the share of
// those wanted among those left (Knuth's algorithm S). Of more than 16,384 the number is drawn at
// once: it is nearly normal, with the mean and the variance of the hypergeometric distribution.
func DrawTokens(random *rand.Rand, count, wanted, left int64) (taken int64) {
	if count > manyTokens {
		share, others := float64(wanted)/float64(left), float64(left-count)
		deviation := math.Sqrt(float64(count) * share * (1 - share) * others / float64(left-1))
		taken = int64(math.Round(float64(count)*share + deviation*random.NormFloat64()))
		return min(max(taken, 0, wanted-(left-count)), count, wanted)
	}
	for range count {
		if random.Int64N(left) < wanted {
			taken++
			wanted--
		}
		left--
	}
	return taken
}

func (t *halved) count(v float32) int64 { return int64(math.Round(float64(v) * t.unit)) }

func (l *lines) add(index int32, value float64) {
	if value > 0 {
		l.index, l.value = append(l.index, index), append(l.value, float32(value))
	}
}

// completionSteps is the number of steps of EM that find a document's topics from its first
// half. They go on from where the last call led.
const completionSteps = 10

// score is the log probability of the predicted tokens, as the counts in W and the pseudo-counts
// have it. h keeps the given tokens of the documents by topic.
func (r *leavingOut) score(ctx context.Context, t *halved, side *side) float64 {
	w := r.distributions()
	sum, _ := r.workers.each(ctx, side, func(l line, h []float32, s *scratch) tally {
		for range completionSteps {
			r.mix(h, s)
			multiplyRatios(w, l, s)
			for k, x := range s.sum[:len(r.alpha)] {
				h[k] = float32(t.unit) * s.weight[k] * x
			}
		}
		total := r.mix(h, s)
		return tally{objective: logOf(w, t.second.line(s.line), s.weight, total)}
	})
	return sum.objective * t.unit
}

// mix fills s.weight with a document's tokens and pseudo-counts by topic, and returns their
// sum.
func (r *leavingOut) mix(h []float32, s *scratch) (sum float64) {
	for k, a := range r.alpha {
		s.weight[k] = h[k] + float32(a)
		sum += float64(s.weight[k])
	}
	return sum
}

// multiplyRatios fills s.sum with Σ v/y w.
func multiplyRatios(w *Factor, l line, s *scratch) {
	s.y = grown(s.y, kernel.Padded(len(l.index)))
	clear(s.sum)
	for from := 0; from < len(l.index); from += kernel.Run {
		to := min(from+kernel.Run, len(l.index))
		kernel.Ratios(w.data, l.index[from:to], l.value[from:to], s.weight, s.y, s.sum)
	}
}

// logOf is Σ v log p, p the probability of a term with topics in proportion to weights.
func logOf(w *Factor, l line, weight []float32, total float64) (sum float64) {
	for e, i := range l.index {
		y := 0.0
		for k, x := range w.Item(int(i)) {
			y += float64(x) * float64(weight[k])
		}
		sum += float64(l.value[e]) * math.Log(max(y/total, kernel.Floor))
	}
	return sum
}

// predict returns the log probability of each document's predicted tokens, with the topics that
// inference finds in the others (Prediction). training is the counts of terms that w was fitted to.
func (f *fitting) predict(ctx context.Context, w *Factor, t *halved, training *lines) []float64 {
	h := newFactor(t.first.count(), w.topics)
	f.loss.fix(w, penalty{}, f.workers)
	sums, by := w.Sums(), quickest(f.loss)
	first := t.first.copied()
	first.without(w)
	f.workers.each(ctx, newSide(first, h), func(l line, x []float32, s *scratch) tally {
		spread(l, sums, x)
		solve(f.loss, by, l, x, s)
		return tally{}
	})
	p := NewPrediction(training.shares(t.unit))
	for j := range h.items {
		given := 0.0
		for k, sum := range sums {
			given += t.unit * sum * float64(h.Item(j)[k])
		}
		second := t.second.line(j)
		for e, i := range second.index {
			y := 0.0
			for k, x := range w.Item(int(i)) {
				y += float64(x) * float64(h.Item(j)[k])
			}
			p.Add(int(i), t.unit*float64(second.value[e]), t.unit*y)
		}
		p.End(given)
	}
	_, logs := p.Best()
	return logs
}

func (l *lines) copied() *lines {
	return &lines{l.across, slices.Clone(l.start), slices.Clone(l.index), slices.Clone(l.value)}
}

// shares is each line's part of the whole, with one token added to each.
func (l *lines) shares(unit float64) []float64 {
	all, total := make([]float64, l.count()), float64(l.count())
	for n := range all {
		all[n] = 1
		for _, v := range l.line(n).value {
			all[n] += unit * float64(v)
		}
		total += all[n] - 1
	}
	for n := range all {
		all[n] /= total
	}
	return all
}
