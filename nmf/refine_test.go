package nmf

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
	"klew/nmf/internal/synthetic"
)

// shortTexts are documents drawn from topics that are known.
type shortTexts struct {
	documents, terms, topics, tokens int
	// mix is the parameter of the Dirichlet distribution that a document's topics come from:
	// the smaller, the purer it is.
	mix  float64
	seed uint64
}

func (s shortTexts) String() string {
	return fmt.Sprintf("%d documents of %d tokens, %d terms, %d topics, mix %v", s.documents, s.tokens, s.terms, s.topics, s.mix)
}

// draw returns counts and the topics that they were drawn from. The terms of a topic follow
// Zipf's law in an order of its own.
func (s shortTexts) draw() (*sparse.CSC, *Factor) {
	r := rand.New(rand.NewPCG(s.seed, 1))
	truth := NewW(s.terms, s.topics, make([]float32, s.terms*s.topics))
	cumulative := make([][]float64, s.topics)
	for k := range s.topics {
		sum := 0.0
		cumulative[k] = make([]float64, s.terms)
		order := r.Perm(s.terms)
		for rank, i := range order {
			truth.Item(i)[k] = float32(1 / float64(rank+3))
		}
		for i := range s.terms {
			sum += float64(truth.Item(i)[k])
			cumulative[k][i] = sum
		}
	}
	v := sparse.NewDOK(s.terms, s.documents)
	for j := range s.documents {
		shares, all := make([]float64, s.topics), 0.0
		for k := range shares {
			shares[k] = gamma(r, s.mix)
			all += shares[k]
		}
		for range s.tokens {
			k, at := 0, all*r.Float64()
			for ; k < s.topics-1 && at > shares[k]; k++ {
				at -= shares[k]
			}
			c := cumulative[k]
			i, _ := slices.BinarySearch(c, c[len(c)-1]*r.Float64())
			v.Set(i, j, v.At(i, j)+1)
		}
	}
	return v.ToCSC(), truth
}

// gamma draws from a gamma distribution of this shape (Marsaglia & Tsang 2000).
func gamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := r.NormFloat64()
		v := math.Pow(max(0, 1+x/math.Sqrt(9*d)), 3)
		if v > 0 && math.Log(1-r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// texts are of many kinds: purer and more mixed, of few and many terms and topics.
func texts() []shortTexts {
	return []shortTexts{
		{documents: 1000, terms: 400, topics: 5, tokens: 4, mix: 0.05, seed: 1},
		{documents: 800, terms: 2000, topics: 5, tokens: 6, mix: 0.2, seed: 2},
		{documents: 1000, terms: 800, topics: 10, tokens: 8, mix: 0.1, seed: 3},
		{documents: 1000, terms: 500, topics: 2, tokens: 3, mix: 0.1, seed: 4},
		{documents: 500, terms: 1000, topics: 15, tokens: 15, mix: 0.05, seed: 5},
		{documents: 300, terms: 500, topics: 4, tokens: 25, mix: 0.3, seed: 6},
	}
}

func refining(topics int, how Refine) Options {
	o := Defaults()
	o.Topics, o.Refine, o.Init, o.SplitMerge = topics, how, NNDSVDar, 0
	return o
}

// The topics that texts were drawn from are found better with the refinement, on all
// kinds together and hardly worse on any.
func TestRefinedTopicsAreNearerToTheTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("fits of several corpora")
	}
	total := 0.0
	for _, s := range texts() {
		v, truth := s.draw()
		off := Agreement(truth, fit(t, v, refining(s.topics, RefineOff)).W, 2)
		on := Agreement(truth, fit(t, v, refining(s.topics, RefineAuto)).W, 2)
		t.Logf("%v: overlap with the truth %.3f, refined %.3f", s, off, on)
		if on < off-0.02 {
			t.Errorf("%v: overlap with the truth %.3f, refined %.3f", s, off, on)
		}
		total += on - off
	}
	if total < 0.1 {
		t.Errorf("the overlap with the truth rises by %.3f in all", total)
	}
}

// Where RefineAuto refines, documents that no fit has seen are predicted no worse for it.
func TestRefinedTopicsPredictUnseenDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("fits of several corpora")
	}
	for _, s := range texts() {
		seen := s.documents
		s.documents += 300
		v, _ := s.draw()
		all, err := pack(v)
		if err != nil {
			t.Fatal(err)
		}
		var training, unseen []int
		for j := range s.documents {
			if j < seen {
				training = append(training, j)
			} else {
				unseen = append(unseen, j)
			}
		}
		part, halved := all.only(training), all.halve(unseen)
		perplexity := func(how Refine) (float64, *Refinement) {
			o := refining(s.topics, how)
			r := part.fit(context.Background(), o, 0, nil)
			f := newFitting(part, s.topics, o)
			defer f.workers.stop()
			logs := f.predict(context.Background(), r.W, halved, &part.rows)
			return math.Exp(-sumOf(logs) / halved.tokens), r.Refinement
		}
		off, _ := perplexity(RefineOff)
		auto, how := perplexity(RefineAuto)
		t.Logf("%v: perplexity %.1f, refined (%t, %s) %.1f", s, off, how.Done, how.Reason, auto)
		if auto > off*1.01 {
			t.Errorf("%v: perplexity of unseen documents %.1f, refined (%t) %.1f", s, off, how.Done, auto)
		}
	}
}

// The rule of RefineAuto.
func TestWhereTopicsAreRefined(t *testing.T) {
	short, _ := shortTexts{documents: 800, terms: 300, topics: 4, tokens: 5, mix: 0.1, seed: 7}.draw()
	long, _ := shortTexts{documents: 200, terms: 300, topics: 4, tokens: RefineTokens + 1, mix: 0.1, seed: 7}.draw()
	few, _ := shortTexts{documents: 30, terms: 100, topics: 4, tokens: 5, mix: 0.1, seed: 7}.draw()
	parts := sparse.NewCSC(300, 800, short.RawMatrix().Indptr, short.RawMatrix().Ind, slices.Clone(short.RawMatrix().Data))
	parts.RawMatrix().Data[0] = 0.5
	for _, c := range []struct {
		name   string
		v      mat.Matrix
		change func(o *Options)
		done   bool
		reason string
	}{
		{"short texts", short, func(*Options) {}, true, "perplexity"},
		{"long texts", long, func(*Options) {}, false, "tokens on average"},
		{"long texts, asked for", long, func(o *Options) { o.Refine = RefineOn }, true, "perplexity"},
		{"few texts", few, func(*Options) {}, false, "too few"},
		{"few texts, asked for", few, func(o *Options) { o.Refine = RefineOn }, true, "too few"},
		{"parts of tokens", parts, func(*Options) {}, false, "whole numbers"},
		{"another loss", short, func(o *Options) { o.Loss = Frobenius }, false, "loss"},
		{"penalties", short, func(o *Options) { o.AlphaW = 0.1 }, false, "penalties"},
		{"one topic", short, func(o *Options) { o.Topics = 1 }, false, "one topic"},
	} {
		o := refining(4, RefineAuto)
		c.change(&o)
		r := fit(t, c.v, o)
		if x := r.Refinement; x.Done != c.done || !strings.Contains(x.Reason, c.reason) {
			t.Errorf("%s: refined %t, %s", c.name, x.Done, x.Reason)
		}
		if x := r.Refinement; !x.Done && (x.Alpha != nil || r.Divergence != x.Divergence) {
			t.Errorf("%s: not refined, and D went from %v to %v", c.name, x.Divergence, r.Divergence)
		}
	}
	if r := fit(t, short, refining(4, RefineOff)); r.Refinement != nil {
		t.Errorf("asked for nothing: %+v", r.Refinement)
	}
	o := refining(4, RefineOn)
	if _, err := Fit(context.Background(), parts, o); err == nil || !strings.Contains(err.Error(), "whole numbers") {
		t.Errorf("parts of tokens, asked for: error %v", err)
	}
	o.AlphaH = 0.1
	if err := o.Validate(); err == nil || !strings.Contains(err.Error(), "there are penalties") {
		t.Errorf("penalties, asked for: error %v", err)
	}
}

// The rule bears what may be noise, and nothing that is not.
func TestRefinedUnlessPredictedWorse(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for _, c := range []struct {
		gain, noise float64
		want        bool
	}{{0.1, 1, true}, {0, 0, false}, {0.1, 0, true}, {-0.05, 1, true}, {-0.5, 1, false}, {-0.1, 0, false}} {
		without, with := make([]float64, 100), make([]float64, 100)
		for j := range with {
			without[j] = -5 - random.Float64()
			noise := c.noise * float64(1-2*(j%2))
			with[j] = without[j] + c.gain + noise
		}
		if got := new(Refinement).compare(without, with, 100); got != c.want {
			t.Errorf("gain %v a document, noise %v: refined %t", c.gain, c.noise, got)
		}
	}
}

// What is true of every fit is true of one that was refined: columns of W and of H have
// their sums, H is what Transform finds, and the number of threads changes no bit.
func TestRefinedIsAFit(t *testing.T) {
	s := texts()[0]
	v, _ := s.draw()
	o := refining(s.topics, RefineOn)
	o.Threads = 1
	r := fit(t, v, o)
	for k, sum := range r.W.Sums() {
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("topic %d sums to %v", k, sum)
		}
	}
	for j := range s.documents {
		sum := 0.0
		for _, x := range r.H.Item(j) {
			sum += float64(x)
		}
		if math.Abs(sum-float64(s.tokens)) > 1e-4*float64(s.tokens) {
			t.Fatalf("document %d of %d tokens sums to %v", j, s.tokens, sum)
		}
	}
	h, err := Transform(context.Background(), r.W, v, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range h.data {
		if math.Abs(float64(x-r.H.data[i])) > 2e-3*float64(s.tokens) {
			t.Fatalf("weight %d is %v, inferred %v", i, r.H.data[i], x)
		}
	}
	o.Threads = 5
	same(t, "five threads", fit(t, v, o), r)
	if r.Refinement.Divergence != r.Trace[len(r.Trace)-1].Divergence && r.Refinement.Divergence > r.Divergence {
		t.Errorf("D was %v where KL-NMF ended, and is %v", r.Refinement.Divergence, r.Divergence)
	}
	if d := Divergence(t, v, r); math.Abs(d-r.Divergence) > 1e-5*d {
		t.Errorf("D is %v, and said to be %v", d, r.Divergence)
	}
}

// Divergence is D by its definition.
func Divergence(t *testing.T, v *sparse.CSC, r *Result) float64 {
	t.Helper()
	d := 0.0
	ws, hs := r.W.Sums(), r.H.Sums()
	for k := range ws {
		d += ws[k] * hs[k]
	}
	v.DoNonZero(func(i, j int, x float64) {
		y := 0.0
		for k, w := range r.W.Item(i) {
			y += float64(w) * float64(r.H.Item(j)[k])
		}
		d += x*math.Log(x/y) - x
	})
	return d
}

// Columns that keep to one topic are pseudo-counts of its terms: what they hold stays there, hardly
// anything of them is as nothing, and of much of them the topic is what they are.
func TestRefinementWithColumnsOfOneTopic(t *testing.T) {
	s := texts()[2]
	v, _ := s.draw()
	raw := v.RawMatrix()
	with := func(each float64) (*sparse.CSC, *Start) {
		indptr, index, data := slices.Clone(raw.Indptr), slices.Clone(raw.Ind), slices.Clone(raw.Data)
		index, data = append(index, 5, 9, 700), append(data, each, each, each)
		return sparse.NewCSC(s.terms, s.documents+1, append(indptr, len(index)), index, data), &Start{OnlyH: map[int]int{s.documents: 2}}
	}
	first := fit(t, v, refining(s.topics, RefineOff)).W
	refined := func(each float64) *Result {
		o := refining(s.topics, RefineOn)
		m, start := with(each)
		o.Start, start.W = start, first
		r := fit(t, m, o)
		if x := r.Refinement; !x.Done || x.Tokens != float64(s.tokens) {
			t.Errorf("%v of each term: refined %t (%s), %v tokens a document", each, x.Done, x.Reason, x.Tokens)
		}
		for k, x := range r.H.Item(s.documents) {
			if (x > 0) != (k == 2) {
				t.Errorf("%v of each term: the column of topic 3 has %v in topic %d", each, x, k+1)
			}
		}
		return r
	}
	o := refining(s.topics, RefineOn)
	o.Start = &Start{W: first}
	without := fit(t, v, o)
	if a := Agreement(without.W, refined(1e-3).W, 1); a < 0.97 {
		t.Errorf("with hardly anything the topics have %.3f in common with those without", a)
	}
	shareOf := func(r *Result) float64 {
		return float64(r.W.Item(5)[2] + r.W.Item(9)[2] + r.W.Item(700)[2])
	}
	some, much := shareOf(refined(20.5)), shareOf(refined(3000))
	if before := shareOf(without); some < before+0.02 || much < 0.8 {
		t.Errorf("the terms are %.3f of the topic, with 20.5 of each %.3f, with 3,000 %.3f", before, some, much)
	}
	m, start := with(20.5)
	o.Start, start.W, o.Threads = start, first, 3
	same(t, "three threads", fit(t, m, o), refined(20.5))
}

// The tokens of such a column are not left out of the counts by which they are judged: where they are
// all that there is of a term, none moves to another topic.
func TestTokensOfOneTopicStay(t *testing.T) {
	s := texts()[0]
	v, _ := s.draw()
	raw := v.RawMatrix()
	indptr, index, data := slices.Clone(raw.Indptr), slices.Clone(raw.Ind), slices.Clone(raw.Data)
	for e, i := range index {
		if i == 17 {
			index[e] = 18 // no document has the term
		}
	}
	m, err := pack(sparse.NewCSC(s.terms, s.documents+1, append(indptr, len(index)+1), append(index, 17), append(data, 0.5)))
	if err != nil {
		t.Fatal(err)
	}
	o := refining(s.topics, RefineOff)
	o.Start = &Start{W: fit(t, v, o).W, OnlyH: map[int]int{s.documents: 2}}
	for k := range s.topics {
		o.Start.W.Item(17)[k] = 0.01
	}
	f, _ := m.run(context.Background(), o, 0)
	defer f.workers.stop()
	f.solveH(context.Background())
	r := f.leaveOut(o, 1, 0.1)
	for range 3 {
		r.improve(context.Background())
	}
	for k, x := range r.w.Item(17) {
		if want := map[int]float32{2: 0.5}[k]; math.Abs(float64(x-want)) > 1e-4 {
			t.Errorf("%v tokens of the term in topic %d, want %v", x, k+1, want)
		}
	}
}

// A term that is kept to one topic keeps to it, and an empty topic stays empty.
func TestRefinementHoldsWhatIsHeld(t *testing.T) {
	s := texts()[0]
	v, _ := s.draw()
	o := refining(s.topics, RefineOn)
	w := fit(t, v, refining(s.topics, RefineOff)).W
	for i := range w.items {
		w.Item(i)[4] = 0
	}
	o.Solver = MU // leaves a topic empty that begins so
	o.Start = &Start{W: w, Only: map[int]int{3: 1, 7: 0}}
	r := fit(t, v, o)
	for row, topic := range o.Start.Only {
		for k, x := range r.W.Item(row) {
			if (x > 0) != (k == topic) {
				t.Errorf("row %d, kept to topic %d, has %v in topic %d", row, topic, x, k)
			}
		}
	}
	if sum := r.W.Sums()[4]; sum != 0 {
		t.Errorf("an empty topic has %v", sum)
	}
	if a := r.Refinement.Alpha[4]; a != 0 {
		t.Errorf("an empty topic has pseudo-counts of %v", a)
	}
}

// Restarts are refined each, and the best is that with the least D before. Halves follow
// the whole.
func TestRestartsAndHalvesAreRefined(t *testing.T) {
	s := shortTexts{documents: 500, terms: 200, topics: 3, tokens: 5, mix: 0.1, seed: 8}
	v, _ := s.draw()
	o := refining(s.topics, RefineAuto)
	o.Init, o.Restarts, o.Halves = Random, 3, 2
	r := fit(t, v, o)
	least := math.Inf(1)
	for _, one := range r.Restarts {
		least = min(least, one.Divergence)
	}
	if r.Unrefined() != least || r.Divergence == least {
		t.Errorf("the least D is %v, the best fit had %v and has %v", least, r.Unrefined(), r.Divergence)
	}
	o.Restarts, o.Halves = 1, 0
	for _, one := range r.Restarts {
		o.Seed = one.Seed
		if got := Agreement(r.W, fit(t, v, o).W, 2); math.Abs(got-one.Agreement) > 1e-9 {
			t.Errorf("seed %d agrees by %v, alone by %v", one.Seed, one.Agreement, got)
		}
	}
	m, _ := pack(v)
	half := m.only(m.half(0, 1))
	o.Seed = 1
	like := half.fit(context.Background(), o, 0, r.Refinement).Refinement
	if !like.Done || like.Eta != r.Refinement.Eta || math.Abs(sumOf(like.Alpha)-sumOf(r.Refinement.Alpha)) > 1e-9 {
		t.Errorf("the whole has eta %v and alpha %v, a half %+v", r.Refinement.Eta, r.Refinement.Alpha, like)
	}
	for k, x := range r.Stability {
		if !(x >= 0 && x <= 1) {
			t.Errorf("topic %d has the stability %v", k, x)
		}
	}
}

// Pseudo-counts keep within their bounds, also where nothing tells topics apart.
func TestPseudoCountsAreBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	noise := sparse.NewDOK(40, 400)
	for j := range 400 {
		for range 3 {
			i := r.IntN(40)
			noise.Set(i, j, noise.At(i, j)+1)
		}
	}
	x := fit(t, noise.ToCSC(), refining(6, RefineOn)).Refinement
	if total := sumOf(x.Alpha); total < leastTotal-1e-9 || total > mostTotal+1e-9 || x.Eta < leastEta || x.Eta > mostEta {
		t.Errorf("on noise alpha sums to %v, and eta is %v", total, x.Eta)
	}
}

// An interruption leaves what KL-NMF has come to.
func TestRefinementInterrupted(t *testing.T) {
	s := texts()[0]
	v, _ := s.draw()
	m, err := pack(v)
	if err != nil {
		t.Fatal(err)
	}
	want := fit(t, v, refining(s.topics, RefineOff))
	f := newFitting(m, s.topics, refining(s.topics, RefineOn))
	defer f.workers.stop()
	copy(f.w.data, want.W.data)
	copy(f.h.data, want.H.data)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := &Result{W: f.w, H: f.h, Divergence: want.Divergence, Status: Converged}
	f.refine(ctx, refining(s.topics, RefineOn), r, nil)
	if r.Status != Interrupted || r.Refinement.Done || r.Divergence != want.Divergence || !slices.Equal(f.w.data, want.W.data) {
		t.Errorf("interrupted: %s, refined %t, D %v", r.Status, r.Refinement.Done, r.Divergence)
	}
}

// The refinement tells each of its passes, and interrupted in it a fit is that which the solver
// has come to.
func TestRefiningIsTold(t *testing.T) {
	v := synthetic.Model{Terms: 200, Topics: 4, Tokens: 6, Seed: 3}.Matrix(6_000)
	o := Defaults()
	o.Topics, o.Refine = 4, RefineOn
	passes := 0
	o.Progress = func(s Step) {
		if s.Refining {
			passes++
		}
	}
	whole, err := Fit(context.Background(), v, o)
	if err != nil {
		t.Fatal(err)
	}
	if !whole.Refinement.Done || passes <= whole.Refinement.Passes {
		t.Errorf("%d passes were told of %d, and those of the estimate", passes, whole.Refinement.Passes)
	}
	ctx, cancel := context.WithCancel(context.Background())
	o.Progress = func(s Step) {
		if s.Refining {
			cancel()
		}
	}
	part, err := Fit(ctx, v, o)
	if err != nil || part.Status != Interrupted || part.Refinement.Done || part.Divergence != whole.Refinement.Divergence {
		t.Errorf("interrupted: %v, %s, %+v, D %.1f, where the solver ended %.1f", err, part.Status, part.Refinement, part.Divergence, whole.Refinement.Divergence)
	}
}

// A column without anything is no document of no tokens.
func TestMeanTokens(t *testing.T) {
	v := sparse.NewCSC(2, 3, []int{0, 2, 2, 3}, []int{0, 1, 1}, []float64{1, 2, 4})
	if got := MeanTokens(v); got != 3.5 {
		t.Errorf("columns of 3, 0 and 4 tokens have %v, want 3.5", got)
	}
}
