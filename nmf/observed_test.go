package nmf

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// someKnown marks about a share of the cells.
func someKnown(rows, columns int, share float64, seed uint64) *mat.Dense {
	source, known := rand.New(rand.NewPCG(seed, 1)), mat.NewDense(rows, columns, nil)
	for i := range rows {
		for j := range columns {
			if source.Float64() < share {
				known.Set(i, j, 1)
			}
		}
	}
	return known
}

// holding is V with NaN wherever nothing is known.
func holding(v, known *mat.Dense) *mat.Dense {
	h := mat.DenseCopyOf(v)
	h.Apply(func(i, j int, x float64) float64 {
		if known.At(i, j) == 0 {
			return math.NaN()
		}
		return x
	}, h)
	return h
}

// knownObjective is D and the penalties over the known cells by their definitions.
func knownObjective(v, known *mat.Dense, w, h mat.Matrix, o Options) (d, penalty float64) {
	rows, columns := v.Dims()
	var y mat.Dense
	y.Mul(w, h)
	of := func(alpha, x float64) float64 { return alpha * (o.L1Ratio*x + (1-o.L1Ratio)/2*x*x) }
	for i := range rows {
		for j := range columns {
			if known.At(i, j) == 0 {
				continue
			}
			v, y := v.At(i, j), y.At(i, j)
			if o.Loss == Frobenius {
				d += (v - y) * (v - y) / 2
			} else if d += y - v; v > 0 {
				d += v * math.Log(v/y)
			}
			for k := range o.Topics {
				penalty += of(o.AlphaW, w.At(i, k)) + of(o.AlphaH, h.At(k, j))
			}
		}
	}
	return d, penalty + o.Shrinkage/2*(spreadOf(w)+spreadOf(h.T()))
}

// spreadOf is the sum of the squared distances of rows from their mean.
func spreadOf(f mat.Matrix) (sum float64) {
	rows, columns := f.Dims()
	for k := range columns {
		mean := 0.0
		for i := range rows {
			mean += f.At(i, k) / float64(rows)
		}
		for i := range rows {
			sum += math.Pow(f.At(i, k)-mean, 2)
		}
	}
	return sum
}

// observedMethods are the losses and solvers, with and without penalties.
func observedMethods(known mat.Matrix) (all []Options) {
	for _, m := range []struct {
		loss   Loss
		solver Solver
	}{{KullbackLeibler, MU}, {KullbackLeibler, CCD}, {Frobenius, MU}, {Frobenius, HALS}} {
		for _, p := range []struct{ alpha, shrinkage float64 }{{0, 0}, {0.05, 0}, {0.01, 0.6}} {
			o := Defaults()
			o.Loss, o.Solver, o.AlphaW, o.AlphaH, o.L1Ratio = m.loss, m.solver, p.alpha, p.alpha, 0.3
			o.Refine, o.Observed, o.Topics, o.Shrinkage = RefineOff, known, 3, p.shrinkage
			all = append(all, o)
		}
	}
	return all
}

// D and the penalties are those of the known cells, whatever else V holds, and D and the
// penalties together never rise.
func TestObservedIsByTheDefinition(t *testing.T) {
	v, known := counts(30, 20, 3), someKnown(30, 20, 0.5, 1)
	for _, o := range observedMethods(known) {
		r := fit(t, holding(v, known), o)
		d, penalty := knownObjective(v, known, r.W, r.H, o)
		if math.Abs(r.Divergence-d) > 1e-4*d || math.Abs(r.Penalty-penalty) > 1e-4*penalty {
			t.Errorf("%s %s, alpha %g: %g and %g, by the definition %g and %g", o.Loss, o.Solver, o.AlphaW, r.Divergence, r.Penalty, d, penalty)
		}
		if o.AlphaW > 0 {
			continue // the trace is of D without the penalties
		}
		for n := 1; n < len(r.Trace); n++ {
			if was, is := r.Trace[n-1].Divergence, r.Trace[n].Divergence; is > was*(1+1e-6) {
				t.Errorf("%s %s: D rises from %g to %g in iteration %d", o.Loss, o.Solver, was, is, n)
			}
		}
	}
}

// The end is a minimum in every weight: a little more or less of it raises the objective,
// or changes nothing (finite differences).
func TestObservedEndsInAMinimum(t *testing.T) {
	v, known := counts(12, 9, 3), someKnown(12, 9, 0.6, 2)
	for _, o := range observedMethods(known) {
		if o.Solver == MU {
			continue // it takes for ever
		}
		o.Tol, o.MaxIter = 0, 3000
		r := fit(t, v, o)
		w, h := mat.DenseCopyOf(r.W), mat.DenseCopyOf(r.H)
		d, penalty := knownObjective(v, known, w, h, o)
		for _, factor := range []*mat.Dense{w, h} {
			rows, columns := factor.Dims()
			for i := range rows {
				for j := range columns {
					x := factor.At(i, j)
					for _, by := range []float64{-1e-2, 1e-2} {
						factor.Set(i, j, max(0, x+by*max(x, 0.1)))
						if a, b := knownObjective(v, known, w, h, o); a+b < (d+penalty)*(1-1e-5) {
							t.Errorf("%s %s, alpha %g: %g becomes %g when %g becomes %g", o.Loss, o.Solver, o.AlphaW, d+penalty, a+b, x, factor.At(i, j))
						}
					}
					factor.Set(i, j, x)
				}
			}
		}
	}
}

// Where all cells are known it is the plain problem: after as many iterations from the same
// start both are as far, and inference is the same.
func TestAllKnownIsPlain(t *testing.T) {
	v := counts(30, 20, 3)
	all := constant(30, 20, 1)
	for _, o := range observedMethods(all) {
		if o.Shrinkage > 0 {
			continue // a plain fit has none
		}
		o.Init, o.SplitMerge = Random, 0
		if o.Solver != CCD { // which leaves topics out that have no weight, for a while
			o.Tol, o.MaxIter = 0, 30
		} else {
			o.Tol, o.MaxIter = 0, 2000
		}
		plain := o
		plain.Observed = nil
		a, b := fit(t, v, o), fit(t, v, plain)
		if math.Abs(a.Divergence-b.Divergence) > 1e-5*b.Divergence || math.Abs(a.Penalty-b.Penalty) > 1e-4*b.Penalty {
			t.Errorf("%s %s, alpha %g: %g and %g, plain %g and %g", o.Loss, o.Solver, o.AlphaW, a.Divergence, a.Penalty, b.Divergence, b.Penalty)
		}
		ha, err := Transform(context.Background(), b.W, v, o)
		if err != nil {
			t.Fatal(err)
		}
		hb, err := Transform(context.Background(), b.W, v, plain)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(ha, hb, 1e-3*mat.Max(hb)) {
			t.Errorf("%s %s, alpha %g: inference differs", o.Loss, o.Solver, o.AlphaW)
		}
	}
}

// The same bits with any number of threads, and for known cells given as a sparse matrix or
// a dense one, of a sparse matrix or a dense one.
func TestObservedHasOneResult(t *testing.T) {
	v, known := counts(60, 50, 3), someKnown(60, 50, 0.4, 3)
	for _, o := range observedMethods(known) {
		o.Threads = 1
		want := fit(t, v, o)
		for _, other := range []struct{ v, known mat.Matrix }{{v, known}, {asCSR(v), known}, {v, asCSC(known)}, {asCSC(v), asCSR(known)}, {holding(v, known), known}} {
			o.Threads, o.Observed = 5, other.known
			if got := fit(t, other.v, o); !mat.Equal(got.W, want.W) || !mat.Equal(got.H, want.H) {
				t.Errorf("%s %s, alpha %g: another result for %T and %T", o.Loss, o.Solver, o.AlphaW, other.v, other.known)
			}
		}
	}
}

// A table of rank 3, of which three fifths are known, is the whole table.
func TestObservedFindsTheUnknown(t *testing.T) {
	v := product(rand.New(rand.NewPCG(5, 5)), 40, 30, 3)
	known := someKnown(40, 30, 0.6, 4)
	for _, o := range observedMethods(known) {
		if o.AlphaW > 0 || o.Solver == MU {
			continue
		}
		o.Tol, o.MaxIter = 1e-9, 20_000
		r := fit(t, holding(v, known), o)
		off, all := 0.0, 0.0
		for i := range 40 {
			for j := range 30 {
				off += math.Pow(r.Predict(i, j)-v.At(i, j), 2)
				all += math.Pow(v.At(i, j), 2)
			}
		}
		if off > 1e-3*all {
			t.Errorf("%s: the part %g of the table is not predicted", o.Loss, off/all)
		}
	}
}

// Lines without a known cell have no weight, and predict the mean; known zeros are known.
func TestUnknownLinesPredictTheMean(t *testing.T) {
	nan := math.NaN()
	v := mat.NewDense(4, 3, []float64{4, 2, nan, 0, 0, nan, nan, nan, nan, 5, 1, nan})
	known := mat.NewDense(4, 3, []float64{1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0})
	for _, o := range observedMethods(known) {
		if o.Topics = 2; o.AlphaW > 0 {
			continue
		}
		r := fit(t, v, o)
		for _, cell := range [][2]int{{2, 0}, {2, 2}, {0, 2}} {
			if got := r.Predict(cell[0], cell[1]); got != 2 {
				t.Errorf("%s %s: cell %v is predicted as %g, the mean is 2", o.Loss, o.Solver, cell, got)
			}
		}
		if got := r.Predict(1, 0); got > 0.01 {
			t.Errorf("%s %s: a row of known zeros is predicted as %g", o.Loss, o.Solver, got)
		}
		if got := r.Predict(0, 0); math.Abs(got-4) > 0.1 {
			t.Errorf("%s %s: a known 4 is predicted as %g", o.Loss, o.Solver, got)
		}
	}
}

// What cannot be had with known cells alone is refused, with a reason.
func TestObservedRefusals(t *testing.T) {
	v, known := counts(8, 6, 2), someKnown(8, 6, 0.7, 6)
	for want, change := range map[string]func(o *Options){
		"take unknown cells for zeros":     func(o *Options) { o.Init = NNDSVD },
		"split and merged by counts":       func(o *Options) { o.SplitMerge = 2 },
		"refinement is for counts":         func(o *Options) { o.Refine = RefineOn },
		"compare topics by the whole":      func(o *Options) { o.Halves = 2 },
		"known cells of a matrix of 2 × 2": func(o *Options) { o.Observed = identity(2) },
		"no cell of the matrix is known":   func(o *Options) { o.Observed = constant(8, 6, 0) },
		"the known cells:":                 func(o *Options) { o.Observed = constant(8, 6, -1) },
		"without Options.Observed":         func(o *Options) { o.Observed, o.Shrinkage = nil, 1 },
		"shrinkage -1":                     func(o *Options) { o.Shrinkage = -1 },
	} {
		o := Defaults()
		o.Topics, o.Observed = 2, known
		change(&o)
		if _, err := Fit(context.Background(), v, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
	o := Defaults()
	o.Topics, o.Observed = 2, known
	v.Set(0, 0, math.NaN())
	known.Set(0, 0, 1)
	if _, err := Fit(context.Background(), v, o); err == nil || !strings.Contains(err.Error(), "row 0, column 0") {
		t.Errorf("a known cell that is NaN: %v", err)
	}
}

// The problem has no preference for rows: the fit of V and that of its transpose, with W and H of
// the start exchanged, end alike, though one improves H first and the other W.
func TestObservedTransposed(t *testing.T) {
	source := rand.New(rand.NewPCG(7, 7))
	v, known := product(source, 14, 11, 2), someKnown(14, 11, 0.8, 8)
	v.Apply(func(_, _ int, x float64) float64 { return 3 * x * (0.9 + 0.2*source.Float64()) }, v)
	for _, o := range observedMethods(known) {
		if testing.Short() && o.Solver == MU {
			continue
		}
		o.Topics, o.Tol, o.MaxIter = 2, 0, 1500
		within := 1e-4
		if o.Solver == MU {
			within = 5e-3 // it comes near a zero slowly
		}
		w, h := drawnFactor(14), drawnFactor(11)
		o.Start = &Start{W: w, H: h.T().(*Factor)}
		a := fit(t, v, o)
		o.Start, o.Observed = &Start{W: h, H: w.T().(*Factor)}, known.T()
		b := fit(t, v.T(), o)
		var x, y mat.Dense
		x.Mul(a.W, a.H)
		y.Mul(b.W, b.H)
		if !mat.EqualApprox(&x, y.T(), 20*within*mat.Max(&x)) || math.Abs(a.Divergence+a.Penalty-b.Divergence-b.Penalty) > within*(a.Divergence+a.Penalty) {
			t.Errorf("%s %s, alpha %g, shrinkage %g: D and penalty %g and %g, transposed %g and %g", o.Loss, o.Solver, o.AlphaW, o.Shrinkage, a.Divergence, a.Penalty, b.Divergence, b.Penalty)
		}
	}
}

func drawnFactor(items int) *Factor {
	f := newFactor(items, 2)
	f.draw(2, newRandom(uint64(items)))
	return f
}

// Transform gives a column that Fit has seen the weights that Fit gave it, pulled to the same
// centre.
func TestShrunkColumnsAreTransformedAlike(t *testing.T) {
	v, known := counts(30, 20, 3), someKnown(30, 20, 0.5, 9)
	for _, o := range observedMethods(known) {
		if o.Shrinkage == 0 {
			continue
		}
		r := fit(t, v, o)
		o.Centre = r.Centre
		h, err := Transform(context.Background(), r.W, v, o)
		if err != nil {
			t.Fatal(err)
		}
		if !mat.EqualApprox(h, r.H, 1e-3*mat.Max(h)) {
			t.Errorf("%s %s: Transform differs from Fit", o.Loss, o.Solver)
		}
		o.Centre = nil
		if _, err := Transform(context.Background(), r.W, v, o); err == nil || !strings.Contains(err.Error(), "Result.Centre") {
			t.Errorf("without a centre: %v", err)
		}
	}
}

// A row with one known cell is predicted by what all rows have in common, and not by the cell
// alone: where all others are 4, one cell of 1 does not make the rest of its row 1.
func TestShrinkageHelpsShortRows(t *testing.T) {
	v, known := constant(20, 12, 4), constant(20, 12, 1)
	for j := range 12 {
		v.Set(0, j, 1)
		if j > 0 {
			known.Set(0, j, 0)
		}
	}
	for _, loss := range Losses {
		o := DefaultsObserved(loss, 4)
		o.Topics, o.Observed = 2, known
		if got := fit(t, v, o).Predict(0, 5); got < 2.5 || got > 4 {
			t.Errorf("%s: %g", loss, got)
		}
		o.Shrinkage = 0
		if got := fit(t, v, o).Predict(0, 5); got > 1.5 {
			t.Errorf("%s, without shrinkage: %g", loss, got)
		}
	}
}

// D and the penalties together never rise, from half-step to half-step, whichever solver is at work.
func TestObservedObjectiveNeverRises(t *testing.T) {
	v, known := counts(30, 20, 3), someKnown(30, 20, 0.5, 10)
	ctx := context.Background()
	for _, o := range observedMethods(known) {
		m, err := prepare(v, o)
		if err != nil {
			t.Fatal(err)
		}
		f := newFitting(m, o.Topics, o)
		o.Init = Random
		f.start(ctx, o, 0)
		last := math.Inf(1)
		for n := range 60 {
			if n == 20 {
				f.solver = f.chosen
			}
			f.task.look = n%lookEvery == 0
			before, _ := f.improveH(ctx)
			between := f.measure() + f.penalty()
			f.improveW(ctx)
			after := f.measure() + f.penalty()
			for _, now := range []float64{before.objective, between, after} {
				if now > last*(1+1e-6) {
					t.Errorf("%s %s, alpha %g, shrinkage %g, iteration %d: from %g to %g", o.Loss, o.Solver, o.AlphaW, o.Shrinkage, n, last, now)
				}
				last = now
			}
		}
		f.workers.stop()
	}
}
