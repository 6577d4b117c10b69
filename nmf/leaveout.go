package nmf

import (
	"context"
	"math"

	"klew/nmf/internal/kernel"
)

const (
	// listedFrom is the number of tokens from which a topic of a term or a document is
	// looked at by itself in each cell; what is less counts as pseudo-counts alone. With
	// 0.02 or 0.1 the first lines of 20 Newsgroups come to the same perplexity and the same
	// agreement with their groups, and with 0.1 in two thirds of the time.
	listedFrom = 0.1
	// evenShare is the part of the pseudo-counts α that all topics have alike; the rest
	// goes by the topics' tokens. From 0 to 1 it made no difference on titles.
	evenShare = 0.5
)

// leavingOut is a refinement at work. W and H hold tokens, those of each topic in each term
// and in each document, and are improved in turns, each token judged by the counts without
// it and by pseudo-counts (kernel.LeaveOut has the formulas).
type leavingOut struct {
	w, h          *Factor
	columns, rows *side
	workers       *workers
	only, onlyH   map[int]int // terms and columns that are kept to one topic (Start); nil if none is
	alone, aloneH []bool      // the same by row and column; nil if there are none
	unit          float64     // tokens in one unit of the packed V
	vocabulary    *lines      // the rows of all of V, of which some columns may be held out
	terms         float64     // those of them that have a token

	told func() // after each pass; nil for nobody

	total  float64 // of α, the pseudo-counts of a document
	eta    float64 // η, the pseudo-counts of a term in each topic
	alpha  []float64
	etas   []float64 // η for each topic
	tokens []float64 // of each topic
	mass   []float64 // and with pseudo-counts
	fixed  kernel.Sparse
}

// leaveOut begins with factors of m, as fitted to the packed V, which it makes its own.
// whole is m, or the matrix of which m has some columns.
func (m *matrix) leaveOut(whole *matrix, w, h *Factor, g *workers, start *Start) *leavingOut {
	k := w.topics
	r := &leavingOut{
		w: w, h: h, columns: newSide(&m.columns, h), rows: newSide(&m.rows, w), workers: g,
		unit: math.Ldexp(1, m.exponent), vocabulary: &whole.rows, terms: float64(len(whole.rows.filled())),
		alpha: make([]float64, k), etas: make([]float64, k), tokens: make([]float64, k), mass: make([]float64, k),
	}
	if start != nil {
		r.only, r.alone = start.Only, marked(start.Only, w.items)
		r.onlyH, r.aloneH = start.OnlyH, marked(start.OnlyH, h.items)
	}
	r.count()
	return r
}

// marked marks so many items that are kept to one topic; nil if none is.
func marked(only map[int]int, items int) []bool {
	if len(only) == 0 {
		return nil
	}
	marks := make([]bool, items)
	for n := range only {
		marks[n] = true
	}
	return marks
}

// count brings the factors to tokens: at the optimum of H, a topic's are wᵢₖ Σⱼ hₖⱼ and
// hₖⱼ Σᵢ wᵢₖ.
func (r *leavingOut) count() {
	ws, hs := r.w.Sums(), r.h.Sums()
	for k := range ws {
		ws[k], hs[k] = ws[k]*r.unit, hs[k]*r.unit
	}
	r.h.Scale(ws)
	r.w.Scale(hs)
}

// setPriors sets the pseudo-counts by the tokens that topics have in f. A topic without any
// stays empty.
func (r *leavingOut) setPriors(f *Factor) {
	r.workers.sum(f, r.tokens)
	all := sumOf(r.tokens)
	for k, n := range r.tokens {
		r.alpha[k] = 0
		if n > 0 {
			r.alpha[k] = r.total * (evenShare/float64(len(r.tokens)) + (1-evenShare)*n/all)
		}
		r.etas[k] = r.eta
		r.mass[k] = n + r.eta*r.terms
	}
}

// improve makes a pass over the documents and one over the terms. moved is the part of all
// tokens that have changed their topic in the latter; ok is false if ctx ended.
func (r *leavingOut) improve(ctx context.Context) (moved float64, ok bool) {
	r.setPriors(r.w)
	r.list(r.w, r.only)
	r.fixed.Alone = r.alone
	if _, ok := r.pass(ctx, r.columns, r.alpha, r.etas); !ok {
		return 0, false
	}
	r.setPriors(r.h)
	r.list(r.h, r.onlyH)
	r.fixed.Alone = r.aloneH
	moved, ok = r.pass(ctx, r.rows, r.etas, r.alpha)
	if r.told != nil {
		r.told()
	}
	return moved / sumOf(r.tokens), ok
}

// list makes f the factor that is held fixed, as the kernel reads it.
func (r *leavingOut) list(f *Factor, only map[int]int) {
	s := &r.fixed
	s.Start, s.Topic, s.Weight = append(s.Start[:0], 0), s.Topic[:0], s.Weight[:0]
	for n := range f.items {
		if k, alone := only[n]; alone {
			s.Topic, s.Weight = append(s.Topic, int32(k)), append(s.Weight, f.Item(n)[k])
		} else {
			s.Add(f.Item(n), listedFrom)
		}
		s.Start = append(s.Start, len(s.Topic))
	}
}

// pass improves the lines of one side. free and fixed are the pseudo-counts of its factor and
// of the one that is held fixed; moved is how many tokens have changed their topic.
func (r *leavingOut) pass(ctx context.Context, s *side, free, fixed []float64) (moved float64, ok bool) {
	alone := r.aloneH
	if s == r.rows {
		alone = r.alone
	}
	t, ok := r.workers.each(ctx, s, func(l line, x []float32, scratch *scratch) tally {
		if alone != nil && alone[scratch.line] {
			return tally{} // all its tokens are where they must be
		}
		o := scratch.leaveOut
		o.Prior, o.Mass = fixed, r.mass
		for k, p := range free {
			o.Free[k] = float64(x[k]) + p
		}
		o.Line(l.index, l.value, &r.fixed)
		change := 0.0
		for k, sum := range o.Sum {
			now := float32(sum * r.unit)
			change += math.Abs(float64(now - x[k]))
			x[k] = now
		}
		return tally{objective: change / 2}
	})
	return t.objective, ok
}

// distributions is W as it is handed on: in each column, the tokens of the terms with their
// pseudo-counts, divided by their sum. A term that V does not have stays without weight, and
// so does one that is kept to one topic in all others.
func (r *leavingOut) distributions() *Factor {
	r.setPriors(r.w)
	w := newFactor(r.w.items, r.w.topics)
	for i := range w.items {
		if r.vocabulary.start[i] == r.vocabulary.start[i+1] {
			continue
		}
		only, alone := r.only[i]
		to := w.Item(i)
		for k, n := range r.w.Item(i) {
			if r.tokens[k] > 0 && (!alone || k == only) {
				to[k] = float32((float64(n) + r.eta) / r.mass[k])
			}
		}
	}
	sums := w.Sums()
	for k, s := range sums {
		if s > 0 {
			sums[k] = 1 / s
		}
	}
	w.Scale(sums)
	return w
}
