package nmf

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"klew/nmf/internal/synthetic"
)

// large is a matrix of which the search sees a sample, and which has room for a larger one, with so
// many topics.
func large(t testing.TB) (v mat.Matrix, o Options) {
	least := sampleLeast
	sampleLeast = 0
	t.Cleanup(func() { sampleLeast = least })
	v = synthetic.Model{Terms: 3000, Topics: 3, Seed: 1}.Matrix(340_000)
	o = Defaults()
	o.Topics = 3
	m, err := pack(v)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.sampleFor(o); s == nil || m.further(s, o) == nil {
		t.Fatal("no sample is drawn, or no larger one: this shows nothing")
	}
	return v, o
}

// What a search on a sample has found ends on all of V as low as what a search on all
// finds, and the result is one of all of V: documents have what inference gives them, and
// every row that holds something has weight.
func TestSearchOnASample(t *testing.T) {
	if testing.Short() {
		t.Skip("a search on all of a large matrix")
	}
	v, o := large(t)
	m, _ := pack(v)
	f := newFitting(m, o.room(), o)
	defer f.workers.stop()
	if _, ok := f.search(context.Background(), o); !ok {
		t.Fatal("the search did not end")
	}
	f.iterate(context.Background(), 0, -1)
	r := fit(t, v, o)
	if want := f.measure(); r.Divergence > want*1.001 {
		t.Errorf("searched on a sample, D is %g, on all %g", r.Divergence, want)
	}
	h := transform(t, r.W, v, o)
	for j := range r.H.Items() {
		if d := moved(threeAlike{}, h.Item(j), r.H.Item(j)); d > 1e-3 {
			t.Fatalf("column %d is %v, by inference %v", j, r.H.Item(j), h.Item(j))
		}
	}
	for i := range r.W.Items() {
		if hasWeight(r.W.Item(i)) != (len(m.rows.line(i).index) > 0) {
			t.Fatalf("row %d of %d entries has the weights %v", i, len(m.rows.line(i).index), r.W.Item(i))
		}
	}
}

type threeAlike struct{ loss }

func (threeAlike) columnScale() []float64 { return []float64{1, 1, 1} }

// Steps on samples come first and say so; on each as on the whole D never rises. It does where the
// next sample begins, to about as many times as much as that is larger.
func TestStepsOnASample(t *testing.T) {
	v, o := large(t)
	r := fit(t, v, o)
	last, whole, samples := Step{Divergence: math.Inf(1)}, 0, 1
	for n, s := range r.Trace {
		if s.Iteration != n {
			t.Fatalf("step %d is of iteration %d", n, s.Iteration)
		}
		if s.Sample && whole > 0 {
			t.Errorf("step %d is on the sample, after %d on all of V", n, whole)
		}
		if s.Sample && s.Divergence > 2*last.Divergence {
			samples++
		} else if s.Sample == last.Sample && s.Divergence > last.Divergence*(1+1e-6) {
			t.Errorf("D rises from %g to %g", last.Divergence, s.Divergence)
		}
		if last = s; !s.Sample {
			whole++
		}
	}
	if whole == 0 || whole == len(r.Trace) {
		t.Errorf("%d of %d steps are on all of V", whole, len(r.Trace))
	}
	if samples != 2 {
		t.Errorf("the steps are on %d samples", samples)
	}
}

// With a tolerance of 0 the iterations up to the limit are on all of V once the samples have converged.
func TestSamplesEndWithoutTolerance(t *testing.T) {
	v, o := large(t)
	o.Tol, o.MaxIter = 0, 800
	r := fit(t, v, o)
	if last := r.Trace[len(r.Trace)-1]; last.Sample || r.Iterations != 800 {
		t.Errorf("after %d iterations, on a sample: %v", r.Iterations, last.Sample)
	}
}

// The seed alone draws the sample.
func TestSampleIsTheSeeds(t *testing.T) {
	v, o := large(t)
	m, _ := pack(v)
	o.Threads = 1
	first, want := m.sampleFor(o), fit(t, v, o)
	o.Threads = 3
	same(t, "with three threads", fit(t, v, o), want)
	o.Seed = 2
	if second := m.sampleFor(o); len(second.columns.value) == len(first.columns.value) && len(second.rows) == len(first.rows) {
		t.Error("the seeds 1 and 2 draw a sample of as many rows and non-zeros")
	}
	for n, i := range first.rows {
		if held := len(first.matrix.rows.line(n).index); held < sampleEntries || held > len(m.rows.line(i).index) {
			t.Fatalf("row %d of the sample, row %d of all, has %d entries of %d", n, i, held, len(m.rows.line(i).index))
		}
	}
}

// A larger sample has the columns and the rows of the smaller one, with no fewer entries each.
func TestLargerSampleHoldsTheSmaller(t *testing.T) {
	v, o := large(t)
	m, _ := pack(v)
	small := m.sampleFor(o)
	larger := m.further(small, o)
	if small.columns.count() >= larger.columns.count() {
		t.Errorf("%d columns, and %d of the larger sample", small.columns.count(), larger.columns.count())
	}
	for n, at := range larger.places(small.rows) {
		few, more := len(small.matrix.rows.line(n).index), len(larger.matrix.rows.line(at).index)
		if larger.rows[at] != small.rows[n] || few > more {
			t.Fatalf("row %d of %d entries, row %d of %d in the larger sample", small.rows[n], few, larger.rows[at], more)
		}
	}
}

// What a sample has found is where the next matrix begins: topics that already fit stay where they are.
func TestTopicsGoOnFromASample(t *testing.T) {
	v, o := large(t)
	m, _ := pack(v)
	of := m.further(m.sampleFor(o), o)
	f := newFitting(of.matrix, o.Topics, o)
	defer f.workers.stop()
	if _, ok := f.search(context.Background(), o); !ok {
		t.Fatal("the search did not end")
	}
	f.compact(o.Loss, o.Topics)
	g := f.goOn(context.Background(), m, of.rows, o)
	defer g.workers.stop()
	begun := g.measure()
	g.iterate(context.Background(), sampleWarmup, -1)
	if end := g.measure(); begun > 1.05*end {
		t.Errorf("from the topics of a sample all of V begins at %g, and ends at %g", begun, end)
	}
}

// A sample that would be most of V is not drawn, nor where a start is asked for.
func TestNoSample(t *testing.T) {
	v, o := large(t)
	m, _ := pack(v)
	for name, change := range map[string]func(*Options){
		"more topics":     func(o *Options) { o.Topics = 7 },
		"a random start":  func(o *Options) { o.Init = Random },
		"a start":         func(o *Options) { o.Start = &Start{} },
		"a penalty":       func(o *Options) { o.AlphaH = 1 },
		"multiplications": func(o *Options) { o.Solver = MU },
	} {
		o := o
		if change(&o); m.sampleFor(o) != nil {
			t.Errorf("%s: a sample is drawn", name)
		}
	}
}

// Nor is one where a few columns hold most: it would lack those that topics are made of.
func TestNoSampleOfUnevenColumns(t *testing.T) {
	v, o := large(t)
	even, _ := pack(v)
	uneven, _ := pack(v)
	for j := range 20 {
		for e := range uneven.columns.line(j).value {
			uneven.columns.line(j).value[e] *= 5000
		}
	}
	if n := even.effective(); n < 1000 || n > float64(even.columns.count()) {
		t.Errorf("%d columns of like sums count as %g", even.columns.count(), n)
	}
	if n := uneven.effective(); n < 10 || n > 21 {
		t.Errorf("20 columns that hold nearly all count as %g", n)
	}
	if even.sampleFor(o) == nil || uneven.sampleFor(o) != nil {
		t.Error("a sample is drawn where few columns hold nearly all, or not where they are alike")
	}
}

// An interrupt or the limit during the search leave a result of all of V.
func TestSampleInterrupted(t *testing.T) {
	v, o := large(t)
	ctx, cancel := context.WithCancel(context.Background())
	o.Progress = func(s Step) {
		if s.Iteration == 15 {
			cancel()
		}
	}
	r, err := Fit(ctx, v, o)
	if err != nil {
		t.Fatal(err)
	}
	limited := o
	limited.MaxIter, limited.Progress = 15, nil
	for _, c := range []struct {
		r    *Result
		want Status
	}{{r, Interrupted}, {fit(t, v, limited), Limit}} {
		if _, columns := v.Dims(); c.r.Status != c.want || c.r.Iterations != 15 || c.r.H.Items() != columns {
			t.Errorf("%s after %d iterations, of %d columns", c.r.Status, c.r.Iterations, c.r.H.Items())
		}
		h := transform(t, c.r.W, v, o)
		for j := range h.Items() {
			if d := moved(threeAlike{}, h.Item(j), c.r.H.Item(j)); d > 1e-3 {
				t.Fatalf("%s: column %d is %v, by inference %v", c.want, j, c.r.H.Item(j), h.Item(j))
			}
		}
	}
}

// On texts of a few words random starts end far above one from singular vectors. The
// default ends no higher than any start that can be asked for.
func TestShortTextsEndLow(t *testing.T) {
	if testing.Short() {
		t.Skip("16 fits")
	}
	for _, c := range []struct{ tokens, topics int }{{3, 5}, {6, 20}} {
		v := synthetic.Model{Terms: 1000, Topics: 10, Tokens: float64(c.tokens), Seed: 1}.Matrix(8_000)
		o := Defaults()
		o.Topics, o.Refine = c.topics, RefineOff // which raises D
		for o.Seed = 1; o.Seed <= 2; o.Seed++ {
			ends := map[Init]float64{}
			for _, o.Init = range Inits {
				ends[o.Init] = fit(t, v, o).Divergence
			}
			t.Logf("%d tokens, k = %d: %v", c.tokens, c.topics, ends)
			for _, init := range Inits {
				if ends[Race] > 1.003*ends[init] {
					t.Errorf("%d tokens, k = %d, seed %d: the default ends at %.1f, %s at %.1f", c.tokens, c.topics, o.Seed, ends[Race], init, ends[init])
				}
			}
		}
	}
}
