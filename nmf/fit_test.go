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
	"pgregory.net/rapid"
)

func TestFitsExactlyAtTheNonNegativeRank(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		if !p.exact {
			return
		}
		o.MaxIter, o.Tol = 600, 0
		// The identity has poor local minima, in which two topics share a row: a
		// random start may end there, some start must not.
		best, least := math.Inf(1), 1e-5*size(p.v, o.Loss)
		for o.Seed = 1; o.Seed <= 5 && best > least; o.Seed++ {
			best = min(best, measured(p.v, fit(t, p.v, o), o.Loss))
		}
		if best > least {
			t.Errorf("divergence %g", best)
		}
	})
}

func TestDivergenceIsWhatTheFactorsGive(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		r := fit(t, p.v, o)
		if want := measured(p.v, r, o.Loss); math.Abs(r.Divergence-want) > 1e-5*size(p.v, o.Loss) {
			t.Errorf("reported %g, by the definition %g", r.Divergence, want)
		}
	})
}

func TestDivergenceNeverRises(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		o.Tol, o.MaxIter = 0, 120
		neverRises(t, fit(t, p.v, o), size(p.v, o.Loss))
	})
}

func neverRises(t interface {
	Errorf(string, ...any)
}, r *Result, size float64) {
	last := math.Inf(1)
	for _, s := range append(r.Trace, Step{Iteration: r.Iterations, Divergence: r.Divergence}) {
		if s.Divergence > last+1e-6*size {
			t.Errorf("iteration %d raised the divergence from %g to %g", s.Iteration, last, s.Divergence)
		}
		last = s.Divergence
	}
}

func TestDivergenceNeverRisesOnAnyMatrix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 12).Draw(t, "rows"), rapid.IntRange(1, 12).Draw(t, "columns")
		entry := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0.1, 10), rapid.Float64Range(1e-6, 1e6))
		v := mat.NewDense(rows, columns, rapid.SliceOfN(entry, rows*columns, rows*columns).Draw(t, "v"))
		o := rapid.SampledFrom(methods()).Draw(t, "method")
		o.Topics = rapid.IntRange(1, min(rows, columns)).Draw(t, "topics")
		o.Tol, o.MaxIter = 0, 60
		r, err := Fit(context.Background(), v, o)
		if err != nil {
			return // an empty matrix, or more topics than it can use
		}
		neverRises(t, r, size(v, o.Loss))
		checkFactor(t, r.W)
		checkFactor(t, r.H)
	})
}

// At the limit no iteration follows that would take back an extrapolation that went too far.
func TestNoRiseAtTheLimit(t *testing.T) {
	random := newRandom(4)
	v := mat.NewDense(12, 12, nil)
	v.Apply(func(int, int, float64) float64 { return math.Round(math.Exp(4 * random.NormFloat64())) }, v)
	for _, o := range methods() {
		o.Topics, o.Tol = 6, 0
		for o.MaxIter = 20; o.MaxIter < 80; o.MaxIter++ {
			neverRises(t, fit(t, v, o), size(v, o.Loss))
		}
	}
}

// checkFactor wants finite weights, none negative and none denormal.
func checkFactor(t interface {
	Errorf(string, ...any)
}, f *Factor) {
	for i, x := range f.data {
		if !(x >= 0) || math.IsInf(float64(x), 0) || x > 0 && x < 1.2e-38 {
			t.Errorf("weight %d is %g", i, x)
		}
	}
}

func TestSameResultHoweverTheMatrixIsHeld(t *testing.T) {
	eachMethod(t, func(t *testing.T, p problem, o Options) {
		o.MaxIter = 30
		want := fit(t, p.v, o)
		for _, v := range []mat.Matrix{asCSC(p.v), asCSR(p.v), asCSR(p.v).ToCOO(), viewOnly{p.v}, mat.Transpose{Matrix: asCSC(mat.DenseCopyOf(p.v.T()))}} {
			same(t, fmt.Sprintf("%T", v), fit(t, v, o), want)
		}
	})
}

func TestSameResultWithAnyNumberOfThreads(t *testing.T) {
	v := asCSC(counts(200, 150, 6)) // several blocks
	for _, o := range methods() {
		o.Topics, o.MaxIter = 6, 25
		o.Threads = 1
		want := fit(t, v, o)
		for _, o.Threads = range []int{2, 3, 8} {
			same(t, fmt.Sprintf("%s %s %d threads", o.Loss, o.Solver, o.Threads), fit(t, v, o), want)
		}
	}
}

// same wants the same bits.
func same(t *testing.T, what string, got, want *Result) {
	t.Helper()
	if !slices.Equal(got.W.data, want.W.data) || !slices.Equal(got.H.data, want.H.data) || got.Divergence != want.Divergence {
		t.Errorf("%s: other factors", what)
	}
}

func TestTheUnitOfMeasureDoesNotMatter(t *testing.T) {
	v := counts(40, 30, 4)
	for _, o := range methods() {
		o.Topics = 4
		want := fit(t, v, o)
		var scaled mat.Dense
		scaled.Scale(math.Ldexp(1, 80), v)
		got := fit(t, &scaled, o)
		if !slices.Equal(got.W.data, want.W.data) {
			t.Errorf("%s %s: another W", o.Loss, o.Solver)
		}
		degree := 1
		if o.Loss == Frobenius {
			degree = 2
		}
		if got.Divergence != math.Ldexp(want.Divergence, 80*degree) {
			t.Errorf("%s %s: divergence %g of 2⁸⁰ V, %g of V", o.Loss, o.Solver, got.Divergence, want.Divergence)
		}
	}
}

func TestEmptyRowsAndColumnsHaveNoWeight(t *testing.T) {
	v := holed(counts(30, 20, 3))
	for _, o := range methods() {
		o.Topics = 3
		r := fit(t, v, o)
		for _, n := range []int{0, 15, 29} {
			if hasWeight(r.W.Item(n)) {
				t.Errorf("%s %s: empty row %d has weights %v", o.Loss, o.Solver, n, r.W.Item(n))
			}
		}
		for _, n := range []int{0, 10, 19} {
			if hasWeight(r.H.Item(n)) {
				t.Errorf("%s %s: empty column %d has weights %v", o.Loss, o.Solver, n, r.H.Item(n))
			}
		}
	}
}

// With the Kullback-Leibler loss, a document's expected tokens add up to its tokens.
func TestMassIsKept(t *testing.T) {
	v := counts(40, 30, 4)
	o := Defaults()
	o.Topics = 4
	r := fit(t, v, o)
	sums := r.W.Sums()
	for j := range 30 {
		got, want := 0.0, mat.Sum(v.ColView(j))
		for k, x := range r.H.Item(j) {
			got += float64(x) * sums[k]
		}
		if math.Abs(got-want) > 1e-3*want {
			t.Errorf("document %d: %g tokens expected, %g there", j, got, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name   string
		v      mat.Matrix
		topics int
		want   string
	}{
		{"negative", mat.NewDense(2, 2, []float64{1, 2, -3, 4}), 1, "row 1, column 0 of the matrix is -3"},
		{"NaN", mat.NewDense(2, 2, []float64{1, nan, 3, 4}), 1, "row 0, column 1 of the matrix is NaN"},
		{"infinite, by column", asCSC(mat.NewDense(2, 3, []float64{1, 2, inf, 4, 5, 6})), 1, "row 0, column 2 of the matrix is +Inf"},
		{"too large for single precision", constant(2, 2, 1e35), 1, "largest entry of the matrix is 1e+35"},
		{"too small for single precision", constant(2, 2, 1e-35), 1, "largest entry of the matrix is 1e-35"},
		{"all zero", mat.NewDense(2, 2, nil), 1, "no positive entry"},
		{"no topics", constant(2, 2, 1), 0, "0 topics"},
		{"too many topics", constant(2, 3, 1), 3, "can use at most 2"},
		{"too many for what is filled", holed(constant(9, 9, 1)), 7, "can use at most 6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Defaults()
			o.Topics = c.topics
			_, err := Fit(context.Background(), c.v, o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// One small entry must not make every step small.
func TestASmallEntryDoesNotSlowTheOthers(t *testing.T) {
	v := counts(80, 60, 5)
	o := Defaults()
	o.Topics, o.Tol = 5, 0
	want := fit(t, v, o).Divergence
	for _, tiny := range []float64{1e-3, 1e-6, 1e-12} {
		with := mat.DenseCopyOf(v)
		with.Set(7, 7, tiny)
		// The cell itself, and a count that it may replace, change D by a little.
		if got := fit(t, with, o).Divergence; got > want+20 {
			t.Errorf("beside an entry of %g the divergence ends at %g, else at %g", tiny, got, want)
		}
	}
}

// A cell that the one topic has no room for fades with its whole row and column.
func TestAFadingLineIsNotDenormal(t *testing.T) {
	v := mat.NewDense(4, 5, nil)
	v.Set(2, 4, 1.125)
	v.Set(3, 3, 0.5)
	for _, o := range methods() {
		o.Topics, o.Tol = 1, 0
		for o.MaxIter = 20; o.MaxIter <= 100; o.MaxIter++ { // some end halfway to nothing
			r := fit(t, v, o)
			checkFactor(t, r.W)
			checkFactor(t, r.H)
		}
	}
}

// A document far smaller than the others has topics all the same.
func TestASmallColumnKeepsItsTopics(t *testing.T) {
	v := counts(40, 30, 4)
	for i := range 40 {
		v.Set(i, 3, v.At(i, 3)*1e-18)
	}
	for _, o := range methods() {
		o.Topics = 4
		if r := fit(t, v, o); !hasWeight(r.H.Item(3)) {
			t.Errorf("%s %s %s: no weight", o.Loss, o.Solver, o.Init)
		}
	}
}

// Beyond V's rank singular vectors say nothing. Topics must differ even so.
func TestNNDSVDBeyondTheRank(t *testing.T) {
	o := Defaults()
	o.Topics = 4
	w := fit(t, blocks(6, 4), o).W
	for a := range 4 {
		for b := range a {
			same := true
			for i := range 6 {
				same = same && w.Item(i)[a] == w.Item(i)[b]
			}
			if same {
				t.Errorf("topics %d and %d are the same", b, a)
			}
		}
	}
}

// CCD has not converged before it has made a step of its own.
func TestWarmupIsNotTheEnd(t *testing.T) {
	o := Defaults()
	o.Topics, o.Tol = 2, 0.9
	if r := fit(t, counts(40, 30, 4), o); r.Iterations <= warmupIterations {
		t.Errorf("%s after %d iterations", r.Status, r.Iterations)
	}
}

func TestEntriesGivenTwiceAreAdded(t *testing.T) {
	o := Defaults()
	o.Topics = 2
	// Row indices out of order, and (1, 0) twice.
	twice := sparse.NewCSC(2, 2, []int{0, 3, 4}, []int{1, 0, 1, 1}, []float64{1, 5, 2, 4})
	same(t, "duplicates", fit(t, twice, o), fit(t, mat.NewDense(2, 2, []float64{5, 0, 3, 4}), o))
}

func TestStatus(t *testing.T) {
	v := counts(40, 30, 4)
	o := Defaults()
	o.Topics, o.Init = 4, Random // of a race to a tiny matrix each start may have as many iterations
	if r := fit(t, v, o); r.Status != Converged || r.Iterations >= o.MaxIter {
		t.Errorf("%s after %d iterations", r.Status, r.Iterations)
	}
	o.MaxIter = 7
	if r := fit(t, v, o); r.Status != Limit || r.Iterations != 7 {
		t.Errorf("%s after %d iterations, want the limit of 7", r.Status, r.Iterations)
	}
}

// An interruption is no error: what was reached is there, and measured.
func TestInterrupted(t *testing.T) {
	v := counts(40, 30, 4)
	ctx, cancel := context.WithCancel(context.Background())
	o := Defaults()
	o.Topics = 4
	o.Progress = func(s Step) {
		if s.Iteration == 5 {
			cancel()
		}
	}
	r, err := Fit(ctx, v, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != Interrupted || r.Iterations != 5 {
		t.Errorf("%s after %d iterations", r.Status, r.Iterations)
	}
	if want := measured(v, r, o.Loss); math.Abs(r.Divergence-want) > 1e-5*size(v, o.Loss) {
		t.Errorf("divergence %g, by the definition %g", r.Divergence, want)
	}
	// Its documents have what inference gives them.
	h := transform(t, r.W, v, o)
	for j := range 30 {
		if d := moved(unweighted{}, h.Item(j), r.H.Item(j)); d > 1e-3 {
			t.Errorf("column %d is %v, by inference %v", j, r.H.Item(j), h.Item(j))
		}
	}
}

// A fit that is exact ends, though its D, which is rounding, may still fall by half.
func TestExactFitsEnd(t *testing.T) {
	v := product(rand.New(rand.NewPCG(1, 1)), 20, 15, 1)
	for _, o := range methods() {
		o.Topics = 1
		if r := fit(t, v, o); r.Status != Converged {
			t.Errorf("%s %s %s: %s after %d iterations at D %g", o.Loss, o.Solver, o.Init, r.Status, r.Iterations, r.Divergence)
		}
	}
}

func TestOptionsReportEveryFault(t *testing.T) {
	o := Options{Topics: -1, Loss: "l1", Solver: "magic", Init: "luck", Threads: -2, MaxIter: 0, Tol: math.NaN()}
	err := o.Validate()
	for _, want := range []string{"-1 topics", `loss "l1"`, `solver "magic"`, `init "luck"`, "-2 threads", "0 iterations", "tolerance NaN"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %q in:\n%v", want, err)
		}
	}
	o = Defaults()
	o.Threads, o.Restarts, o.Halves = 2_000_000, 2_000_000_000, 2_000_000_000
	err = o.Validate()
	for _, want := range []string{"2000000 threads: must be 0", "2000000000 restarts", "2000000000 fits to halves"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %q in:\n%v", want, err)
		}
	}
	o = Defaults()
	o.Solver = HALS
	if err := o.Validate(); err == nil {
		t.Error("hals was accepted for kullback-leibler")
	}
}

// A fit ends at the first look at which D has fallen by less than Tol times itself an
// iteration, on average over the five before: neither sooner nor later.
func TestTolIsByTheIteration(t *testing.T) {
	o := Defaults()
	o.Topics, o.Init, o.SplitMerge = 8, Random, 0
	v := synthetic.Model{Terms: 500, Topics: 8, Seed: 1}.Matrix(20_000)
	for _, o.Tol = range []float64{1e-3, 1e-4, 2e-5} {
		r := fit(t, v, o)
		last := len(r.Trace) - 1
		if r.Status != Converged || last%5 != 0 || last < warmupIterations+10 {
			t.Fatalf("tolerance %g: %s after %d iterations", o.Tol, r.Status, last)
		}
		for n := warmupIterations + 5; n <= last; n += 5 {
			d := r.Trace[n].Divergence
			if fell := (r.Trace[n-5].Divergence - d) / 5 / d; fell < o.Tol != (n == last) {
				t.Errorf("tolerance %g: the fit ended after %d iterations, though after %d D had fallen by %.3g of itself an iteration", o.Tol, last, n, fell)
			}
		}
	}
}

// A sparse matrix whose parts contradict each other is refused, not believed.
func TestBrokenSparseMatrices(t *testing.T) {
	one := []float64{1, 1}
	for _, c := range []struct {
		name string
		v    mat.Matrix
		want string
	}{
		{"row too large", sparse.NewCSC(2, 2, []int{0, 1, 2}, []int{0, 7}, one), "it has an entry in row 7, column 1"},
		{"row negative", sparse.NewCSC(2, 2, []int{0, 1, 2}, []int{-1, 0}, one), "it has an entry in row -1, column 0"},
		{"column too large", sparse.NewCSR(2, 2, []int{0, 1, 2}, []int{0, 2}, one), "it has an entry in row 1, column 2"},
		{"too few starts", sparse.NewCSR(3, 2, []int{0, 1, 2}, []int{0, 1}, one), "3 starts of lines, and needs 4"},
		{"no starts", sparse.NewCSC(2, 2, nil, []int{0, 1}, one), "0 starts of lines, and needs 3"},
		{"starts beyond the entries", sparse.NewCSC(2, 2, []int{0, 1, 9}, []int{0, 1}, one), "at most its 2 entries"},
		{"starts that fall", sparse.NewCSC(2, 2, []int{0, 2, 1}, []int{0, 1}, one), "must rise"},
		{"fewer values than indices", sparse.NewCSR(2, 2, []int{0, 1, 2}, []int{0, 1}, one[:1]), "at most its 1 entries"},
		{"visited row too large", visited{2, 2, []entry{{0, 0, 1}, {2, 1, 1}}}, "it has an entry in row 2, column 1"},
		{"visited column negative", visited{2, 2, []entry{{0, -1, 1}}}, "it has an entry in row 0, column -1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Defaults()
			o.Topics = 1
			_, fitted := Fit(context.Background(), c.v, o)
			_, inferred := Transform(context.Background(), NewW(2, 1, []float32{1, 1}), c.v, o)
			if rows, _ := c.v.Dims(); rows != 2 {
				inferred = fitted // refused for its size
			}
			for _, err := range []error{fitted, inferred} {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want one with %q", err, c.want)
				}
			}
		})
	}
}

// visited is a sparse matrix that is only visited, in the order of its entries.
type visited struct {
	rows, columns int
	entries       []entry
}

type entry struct {
	i, j int
	x    float64
}

func (v visited) Dims() (int, int)    { return v.rows, v.columns }
func (v visited) At(int, int) float64 { panic("nmf: not visited") }
func (v visited) T() mat.Matrix       { return mat.Transpose{Matrix: v} }
func (v visited) DoNonZero(do func(i, j int, x float64)) {
	for _, e := range v.entries {
		do(e.i, e.j, e.x)
	}
}

// A matrix that is visited in any order, some entries in parts, is packed like any other:
// within a line the indices rise.
func TestVisitedInAnyOrder(t *testing.T) {
	dense := counts(30, 20, 3)
	v := visited{rows: 30, columns: 20}
	for i := range 30 {
		for j := range 20 {
			if x := dense.At(i, j); x > 0 {
				v.entries = append(v.entries, entry{i, j, x})
			}
		}
	}
	want, err := pack(dense)
	if err != nil {
		t.Fatal(err)
	}
	v.entries = append(v.entries, entry{3, 3, 0}, entry{29, 0, 0}) // zeros are left out
	r := rand.New(rand.NewPCG(1, 1))
	for _, parts := range []float64{1, 2} {
		if parts == 2 {
			v.entries = append(v.entries, v.entries...)
			for n := range v.entries {
				v.entries[n].x /= 2
			}
		}
		r.Shuffle(len(v.entries), func(a, b int) { v.entries[a], v.entries[b] = v.entries[b], v.entries[a] })
		got, err := pack(v)
		if err != nil {
			t.Fatal(err)
		}
		scale := math.Ldexp(1, got.exponent-want.exponent) // by the largest part
		for n := range got.columns.value {
			got.columns.value[n] *= float32(scale)
		}
		if !slices.Equal(got.columns.start, want.columns.start) || !slices.Equal(got.columns.index, want.columns.index) || !slices.Equal(got.columns.value, want.columns.value) {
			t.Errorf("in %g parts: other columns", parts)
		}
		if !slices.Equal(got.rows.start, want.rows.start) || !slices.Equal(got.rows.index, want.rows.index) {
			t.Errorf("in %g parts: other rows", parts)
		}
	}
}
