package nmf

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/james-bowman/sparse"
)

// Refine says whether W is refined once KL-NMF has converged.
type Refine string

const (
	// RefineAuto refines where it helps: Refinement has the rule.
	RefineAuto Refine = "auto"
	// RefineOn refines, and is refused where that is not possible.
	RefineOn Refine = "on"
	// RefineOff never refines.
	RefineOff Refine = "off"
)

// Refines lists every Refine.
var Refines = []Refine{RefineAuto, RefineOn, RefineOff}

// Refinement says what became of W after KL-NMF had converged.
//
// KL-NMF judges each token by factors that the token itself has shaped. In an article that
// hardly matters; in a title of four words each word mostly confirms itself. The refinement
// leaves a token out of the counts by which it is judged (CVB0: Asuncion, Welling, Smyth &
// Teh, On smoothing and inference for topic models, UAI 2009). With n the tokens of topic k
// in term i, in document j, and in all m terms, a token has the share
//
//	γ ∝ (nᵢₖ − γ + η)(nₖⱼ − γ + αₖ)/(nₖ − γ + mη),   Σₖ γ = 1
//
// Where a term stands several times in a document, each of its tokens has the same share and
// is left out by itself: n are the sums of v γ, and one γ is taken away, not v. The pseudo-counts
// α and η keep what has not been seen from being impossible. Without "− γ" this is
// the multiplicative update of KL-NMF with pseudo-counts.
//
// Columns that keep to one topic (Start.OnlyH) are pseudo-counts of that topic's terms: their tokens
// count wherever tokens are judged, and are not left out themselves. They are not among the columns
// that the rule and the estimate of pseudo-counts look at, and need not be whole numbers.
//
// Only W comes of it: the columns (nᵢₖ + η)/(nₖ + mη). H is then solved for that W, by the
// problem of Transform, as ever. So D is higher than where KL-NMF ended.
//
// # Pseudo-counts
//
// Estimated from the data they were fitted to, they run away on texts of three words, to α
// in the hundreds and one topic. So a fifth of the columns is held out, the refinement goes
// on with the others, and now and then α and η take a step up or down, each if that predicts
// half of the tokens of each column held out better from its other half. They stay within
// bounds. All documents then have the refinement with what was found.
//
// # The rule of RefineAuto
//
// Entries are whole numbers, the loss is KullbackLeibler, there are no penalties and no fixed
// topics, the columns that have tokens have at most RefineTokens on
// average, and the columns held out are not predicted worse with the refinement than without, by
// more than twice the standard error of the difference. Either prediction is Prediction.Best, by a
// short fit to the other columns. Seventeen sets of short texts and six that were drawn (BENCHMARKS.md,
// TestRefinedTopicsPredictUnseenDocuments) were all predicted better.
type Refinement struct {
	// Done says whether W was refined, and Reason why it was, or not.
	Done   bool
	Reason string
	// Divergence is D where KL-NMF ended; Result.Divergence is that of the refined factors.
	Divergence float64
	// Alpha are the pseudo-counts of a document by topic, Eta those of a term in each topic.
	// Nil and 0 if W was not refined.
	Alpha []float64
	Eta   float64
	// Passes is how many were made over all entries, beside those over the part that tells the
	// pseudo-counts.
	Passes int
	// Tokens is the mean sum of the columns that hold something.
	Tokens float64
	// Without and With are the perplexity of tokens held out, without the refinement and
	// with it, by a short fit to the other columns; 0 if they were not measured.
	Without, With float64
}

// RefineTokens is the largest mean number of tokens a column with which RefineAuto refines.
// Of BBC's articles so many tokens were drawn each, and the topics compared with the sections
// (k = 5, normalised mutual information, means of three seeds): with 10 tokens the refinement
// takes it from 0.30 to 0.43, with 20 from 0.68 to 0.71, with 30 from 0.81 to 0.82, and with 40
// it stays at 0.84.
const RefineTokens = 30

const (
	refinePasses    = 80   // at most, beside those of the estimate
	refineTolerance = 5e-4 // a pass that moves a smaller part of all tokens is the last
	// The pseudo-counts before they are estimated, and their bounds. Those of α are for a
	// document, over all topics.
	firstTotal, leastTotal, mostTotal = 1, 0.05, 20
	firstEta, leastEta, mostEta       = 0.1, 0.005, 1
	// estimateRounds times so many passes are made, then each may take a step, by a factor
	// that is smaller in the second half.
	estimateRounds, estimatePasses = 8, 4
	wideStep, narrowStep           = 2, 1.4
	// freshIterations after the warm-up, and freshPasses, are those of the fit by which the rule
	// decides.
	freshIterations, freshPasses = 40, 12
	// One in heldOutOf columns is held out, by splitSeed. With fewer than leastHeldOut
	// nothing can be told.
	heldOutOf    = 5
	leastHeldOut = 20
	splitSeed    = 0x726566696e65
)

// refusal is why a matrix cannot be refined with these options; empty if it can.
func (o Options) refusal() string {
	switch {
	case o.Observed != nil:
		return "only some cells are known"
	case o.Loss != KullbackLeibler:
		return fmt.Sprintf("the loss is %s", o.Loss)
	case o.AlphaW > 0 || o.AlphaH > 0:
		return "there are penalties"
	case o.Start != nil && slices.Contains(o.Start.Fixed, true):
		return "topics are fixed"
	}
	return ""
}

// Refines says whether a fit with these options to counts whose columns hold so many tokens on
// average is refined, if that is found to help.
func (o Options) Refines(tokens float64) bool {
	return o.refusal() == "" && (o.Refine == RefineOn || o.Refine == RefineAuto && tokens <= RefineTokens)
}

// MeanTokens is the mean sum of the columns that hold something, by which Refines judges; NaN if none does.
func MeanTokens(v *sparse.CSC) float64 {
	raw, sum, filled := v.RawMatrix(), 0.0, 0.0
	for j := range len(raw.Indptr) - 1 {
		before := sum
		for _, x := range raw.Data[raw.Indptr[j]:raw.Indptr[j+1]] {
			sum += x
		}
		if sum > before {
			filled++
		}
	}
	return sum / filled
}

// tokens returns the mean sum of the columns that hold something, but for some, and whether all
// their entries are whole numbers.
func (m *matrix) tokens(but map[int]int) (mean float64, whole bool) {
	unit, sum, filled := math.Ldexp(1, m.exponent), 0.0, 0.0
	whole = true
	for j := range m.columns.count() {
		l := m.columns.line(j)
		if _, is := but[j]; is || len(l.value) == 0 {
			continue
		}
		filled++
		for _, v := range l.value {
			count := float64(v) * unit
			sum += count
			whole = whole && count == math.Trunc(count)
		}
	}
	return sum / filled, whole
}

// refinable finds fault with RefineOn for a matrix that holds no counts.
func (m *matrix) refinable(o Options) error {
	if _, whole := m.tokens(o.Start.ofOneTopic()); o.Refine == RefineOn && !whole {
		return fmt.Errorf("nmf: refine %q is for counts of tokens, and the matrix holds other than whole numbers", o.Refine)
	}
	return nil
}

// refine refines a fit that has ended, if that is asked. like is the refinement of the whole,
// if this fit is to a half, which then follows it.
func (f *fitting) refine(ctx context.Context, o Options, r *Result, like *Refinement) {
	if o.Refine == RefineOff || r.Status == Interrupted {
		return
	}
	found := &Refinement{Divergence: r.Divergence}
	r.Refinement = found
	f.best = r.Divergence
	left := f.decide(ctx, o, found, like)
	for moved := 1.0; left != nil && moved > refineTolerance && found.Passes < refinePasses && ctx.Err() == nil; found.Passes++ {
		moved, _ = left.improve(ctx)
	}
	switch {
	case ctx.Err() != nil:
		r.Status, found.Done, found.Reason = Interrupted, false, "it was interrupted"
	case left != nil:
		found.Done, found.Alpha, found.Eta = true, left.alpha, left.eta
		f.adopt(left)
		r.Divergence = f.measure()
	}
}

// adopt takes W over and solves H for it.
func (f *fitting) adopt(left *leavingOut) {
	copy(f.w.data, left.distributions().data)
	copy(f.h.data, left.h.data)
	f.h.scale(1 / left.unit)
	f.solveH(context.Background())
}

// decide says whether to refine, and returns what to begin with: nil if not.
func (f *fitting) decide(ctx context.Context, o Options, found, like *Refinement) *leavingOut {
	refusal, whole := o.refusal(), false
	found.Tokens, whole = f.m.tokens(o.Start.ofOneTopic())
	switch {
	case refusal != "":
		found.Reason = refusal
	case !whole:
		found.Reason = "entries are other than whole numbers"
	case f.w.topics < 2:
		found.Reason = "there is one topic"
	case like != nil && !like.Done:
		found.Reason = "as the whole"
	case like != nil:
		found.Reason = "as the whole"
		return f.leaveOut(o, sumOf(like.Alpha), like.Eta)
	case o.Refine == RefineAuto && found.Tokens > RefineTokens:
		found.Reason = fmt.Sprintf("documents have %.1f tokens on average, more than %d", found.Tokens, RefineTokens)
	default:
		return f.try(ctx, o, found)
	}
	return nil
}

// leaveOut begins with the factors of the fit, of which it works on copies.
func (f *fitting) leaveOut(o Options, total, eta float64) *leavingOut {
	r := f.m.leaveOut(f.m, f.w.clone(), f.h.clone(), f.workers, o.Start)
	r.total, r.eta, r.told = total, eta, f.tellPass
	return r
}

// tellPass reports a pass of the refinement.
func (f *fitting) tellPass() {
	if f.progress != nil {
		f.progress(Step{Iteration: f.iterations, Divergence: f.best, Residual: f.residual, Restart: f.restart, Refining: true})
	}
}

// try refines a part of the columns, by which it estimates the pseudo-counts, and predicts the
// others. The refinement of the whole then begins where that has led.
func (f *fitting) try(ctx context.Context, o Options, found *Refinement) *leavingOut {
	training, heldOut := f.m.split(o.Start.ofOneTopic())
	if len(heldOut) < leastHeldOut {
		found.Reason = "there are too few documents of two tokens to hold some out"
		if o.Refine == RefineOn {
			return f.leaveOut(o, firstTotal, firstEta)
		}
		return nil
	}
	part, halved := f.m.only(training), f.m.halve(heldOut)
	left := part.leaveOut(f.m, f.w.clone(), f.h.itemsOf(training), f.workers, o.Start.ofRows())
	left.told = f.tellPass
	if !left.estimate(ctx, halved) {
		return nil
	}
	without, with := f.judge(ctx, o, left, part, halved)
	if good := found.compare(without, with, halved.tokens); !good && o.Refine == RefineAuto {
		return nil
	}
	all := f.leaveOut(o, left.total, left.eta)
	all.follow(left, training)
	return all
}

// judge predicts the columns held out, without the refinement and with it, by a short fit of its
// own to the others, from a random start: the topics of the fit that is to be refined have seen them.
// From those, KL-NMF seemed to predict better than the refinement where it is 3 % worse.
func (f *fitting) judge(ctx context.Context, o Options, left *leavingOut, part *matrix, t *halved) (without, with []float64) {
	o.MaxIter, o.Progress, o.Init, o.Start = warmupIterations+freshIterations, nil, Random, nil
	g := newFitting(part, f.w.topics, o)
	defer g.workers.stop()
	g.start(ctx, o, 0)
	g.iterate(ctx, warmupIterations, freshIterations)
	without = g.predict(ctx, g.w, t, &part.rows)
	fresh := part.leaveOut(f.m, g.w.clone(), g.h.clone(), g.workers, nil)
	fresh.total, fresh.eta, fresh.told = left.total, left.eta, f.tellPass
	for range freshPasses {
		fresh.improve(ctx)
	}
	return without, g.predict(ctx, fresh.distributions(), t, &part.rows)
}

// follow takes over what the refinement of some columns has come to.
func (r *leavingOut) follow(part *leavingOut, columns []int) {
	copy(r.w.data, part.w.data)
	for n, j := range columns {
		copy(r.h.Item(j), part.h.Item(n))
	}
}

// split holds a fifth of the columns out, of those with at least two tokens, by a draw that
// depends on nothing but their numbers. Some are in neither part.
func (m *matrix) split(but map[int]int) (training, heldOut []int) {
	unit, random := math.Ldexp(1, m.exponent), rand.New(rand.NewPCG(splitSeed, 0))
	for j := range m.columns.count() {
		sum := 0.0
		for _, v := range m.columns.line(j).value {
			sum += float64(v) * unit
		}
		out := random.IntN(heldOutOf) == 0 && sum >= 2
		if _, is := but[j]; is {
			continue
		}
		if out {
			heldOut = append(heldOut, j)
		} else {
			training = append(training, j)
		}
	}
	return training, heldOut
}

// estimate refines, and lets the pseudo-counts follow what is held out.
func (r *leavingOut) estimate(ctx context.Context, t *halved) (ok bool) {
	held := newSide(&t.first, newFactor(t.first.count(), r.w.topics))
	r.total, r.eta = firstTotal, firstEta
	for n := range estimateRounds {
		for range estimatePasses {
			if _, ok := r.improve(ctx); !ok {
				return false
			}
		}
		factor := float64(wideStep)
		if n >= estimateRounds/2 {
			factor = narrowStep
		}
		best := r.score(ctx, t, held)
		best = r.step(ctx, t, held, best, &r.total, factor, leastTotal, mostTotal)
		r.step(ctx, t, held, best, &r.eta, factor, leastEta, mostEta)
	}
	return ctx.Err() == nil
}

// step multiplies or divides a pseudo-count by a factor, within bounds, if that predicts
// better, and returns the best score.
func (r *leavingOut) step(ctx context.Context, t *halved, held *side, best float64, x *float64, factor, least, most float64) float64 {
	was, now := *x, *x
	for _, to := range []float64{was * factor, was / factor} {
		*x = min(max(to, least), most)
		if score := r.score(ctx, t, held); score > best {
			best, now = score, *x
		}
	}
	*x = now
	return best
}

// compare notes how well the documents held out are predicted, and returns whether they are not
// worse with the refinement by more than twice the standard error of the difference.
func (found *Refinement) compare(without, with []float64, tokens float64) bool {
	n, gain, square := float64(len(with)), 0.0, 0.0
	for j := range with {
		d := with[j] - without[j]
		gain += d
		square += d * d
	}
	found.Without, found.With = math.Exp(-sumOf(without)/tokens), math.Exp(-sumOf(with)/tokens)
	found.Reason = fmt.Sprintf("perplexity of tokens held out is %.1f without it and %.1f with it", found.Without, found.With)
	return gain > -2*math.Sqrt(max(0, square-gain*gain/n))
}
