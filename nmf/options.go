package nmf

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Loss names what Fit minimises; the package comment has the formulas.
type Loss string

const (
	// KullbackLeibler is the generalised Kullback-Leibler divergence, for counts.
	KullbackLeibler Loss = "kullback-leibler"
	// Frobenius is half the squared error.
	Frobenius Loss = "frobenius"
)

// Losses lists every Loss.
var Losses = []Loss{KullbackLeibler, Frobenius}

// Solver names the way an iteration improves the factors.
type Solver string

const (
	// MU is the multiplicative update of Lee & Seung 2001, for both losses.
	MU Solver = "mu"
	// CCD is coordinate descent by Newton steps on active topics, after a warm-up by
	// MU: for KullbackLeibler, and the default there.
	CCD Solver = "ccd"
	// HALS is coordinate descent by exact steps: for Frobenius, and the default there.
	HALS Solver = "hals"
)

// Solvers lists every Solver.
var Solvers = []Solver{MU, CCD, HALS}

// Init names the way the first factors are made.
type Init string

const (
	// Random draws every weight uniformly from (0, 1).
	Random Init = "random"
	// NNDSVD takes the positive parts of the leading singular vectors (Boutsidis &
	// Gallopoulos 2008), with the mean of V, scaled so that its largest entry is about
	// 1, in place of zeros (their variant NNDSVDa), since a multiplicative update
	// never leaves a zero. The seed hardly matters to it.
	NNDSVD Init = "nndsvd"
	// NNDSVDar has random numbers below a hundredth of the mean in place of zeros.
	NNDSVDar Init = "nndsvdar"
	// SPA takes columns of which the others are nearly mixtures (see Vertices, with the mean
	// that it has for 0), and a hundredth of the mean in place of zeros. The seed only matters
	// if there are fewer such columns than topics.
	SPA Init = "spa"
	// Race makes 30 iterations from each of several starts, NNDSVDar, NNDSVD and up to
	// four random ones, and goes on with the best; of a small matrix the best of each kind
	// have some of their topics split and merged before. A tiny one follows each kind of start
	// by itself, too, to the end. A large matrix has one start, or
	// lets all this be done with a sample of its columns if that is enough for k.
	Race Init = "race"
)

// Inits lists every Init.
var Inits = []Init{Race, Random, NNDSVD, NNDSVDar, SPA}

// Options are the choices of Fit and Transform. Defaults returns them filled in.
type Options struct {
	// Topics is k, the columns of W and rows of H: at least 1, at most the smaller
	// of the numbers of rows and columns of V that hold a positive entry.
	Topics int
	// Loss is what is minimised.
	Loss Loss
	// Solver is how; the empty string means CCD for KullbackLeibler and HALS for
	// Frobenius.
	Solver Solver
	// Init is how the first factors are made.
	Init Init
	// Start, if set, takes the place of Init: factors to go on from, some of them
	// perhaps fixed. No topics are split and merged then.
	Start *Start
	// SplitMerge is how often topics are split and merged at most, where that lowers D,
	// before the last iterations; 0 means never, and -1 three times for a large matrix,
	// up to eight times for a small one. It is for CCD without penalties, and takes
	// about as long as all else.
	SplitMerge int
	// Restarts is the number of fits, from the seeds Seed, Seed+1, …, of which the best
	// is the result; from 1 to 10,000.
	Restarts int
	// Halves is the number of fits to random halves of the columns of V, each two of which
	// make up the whole, that tell how stable the topics are: see Result.Stability. 0 means
	// none, and 10,000 is the most. They take the seeds Seed, Seed+1, …, too, and about 0.6 times as long as other
	// fits. With Start there are none.
	Halves int
	// Seed starts the random numbers: the same seed, the same result.
	Seed uint64
	// Threads is the number of goroutines at work, up to 4096; 0 means one for each
	// processor. It does not change the result.
	Threads int
	// MaxIter is the largest number of iterations of a fit, and to a tiny matrix of each start
	// that is followed to the end (see Race); at least 1, those of the
	// race and of splitting and merging among them.
	MaxIter int
	// Tol ends the iterations: they stop once D and the penalties have fallen by less
	// than Tol times themselves an iteration, over the last five. 0 means to go on to
	// MaxIter.
	Tol float64
	// AlphaW, AlphaH and L1Ratio are penalties, with scikit-learn's meaning: for V of m
	// rows and n columns, what is minimised has besides D
	//
	//	AlphaW · n · (L1Ratio · ΣW + (1 − L1Ratio)/2 · ΣW²)
	//	AlphaH · m · (L1Ratio · ΣH + (1 − L1Ratio)/2 · ΣH²)
	AlphaW, AlphaH, L1Ratio float64
	// Shrinkage, only with Observed, pulls the rows of W and the columns of H towards their
	// means w̄ and h̄, those with few known cells the most: what is minimised has besides
	//
	//	Shrinkage/2 · (Σ‖wᵢ − w̄‖² + Σ‖hⱼ − h̄‖²)
	//
	// PredictiveShrinkage finds how much predicts best.
	Shrinkage float64
	// Centre is h̄ for Transform: Result.Centre of the fit that found W. Fit has no use for it.
	Centre []float64
	// Observed marks the known cells of V, those where it is not zero: D, and the penalties,
	// leave out the others, of which V may hold anything. A known cell may be zero. n and m
	// are then, in the penalty on a row of W and on a column of H, the number of its known
	// cells. nil means that all cells are known. DefaultsObserved has options for ratings.
	Observed mat.Matrix
	// Refine says whether W is refined once the solver has ended: see Refinement. It is for
	// counts of tokens, with KullbackLeibler, without penalties and fixed topics.
	Refine Refine
	// Half says that the fit is to a half of the columns, for stability. With Race its starts
	// are all random: singular vectors of two halves are so alike that topics which the
	// texts do not have would be found in both.
	Half bool
	// Progress, if set, is called after each iteration, from the goroutine that
	// called Fit.
	Progress func(Step)
}

// Defaults returns the options that klew itself uses.
func Defaults() Options {
	return Options{
		Topics:     10,
		Loss:       KullbackLeibler,
		Init:       Race,
		Seed:       1,
		MaxIter:    1000,
		Tol:        2e-5,
		SplitMerge: -1,
		Restarts:   1,
		L1Ratio:    0,
		Refine:     RefineAuto,
	}
}

// What Validate allows at most. A goroutine has working memory of its own, and a fit is
// remembered until all are done: numbers beyond these are taken for slips, as they would
// only use up memory.
const (
	mostThreads = 4096
	mostFits    = 10_000
)

// Validate reports every fault of the options together.
func (o Options) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if o.Topics < 1 {
		fault("%d topics: at least 1 is needed", o.Topics)
	}
	faults = append(faults, oneOf("loss", o.Loss, Losses), oneOf("init", o.Init, Inits), oneOf("refine", o.Refine, Refines))
	switch {
	case o.Solver == "":
	case !slices.Contains(Solvers, o.Solver):
		faults = append(faults, oneOf("solver", o.Solver, Solvers))
	case o.Solver == CCD && o.Loss == Frobenius, o.Solver == HALS && o.Loss == KullbackLeibler:
		fault("solver %q does not minimise the loss %q", o.Solver, o.Loss)
	}
	if o.Threads < 0 || o.Threads > mostThreads {
		fault("%d threads: must be 0 (one for each processor) or up to %d", o.Threads, mostThreads)
	}
	if o.MaxIter < 1 {
		fault("%d iterations at most: at least 1 is needed", o.MaxIter)
	}
	if !(o.Tol >= 0) || math.IsInf(o.Tol, 0) {
		fault("tolerance %v: must be a number not below 0", o.Tol)
	}
	if o.SplitMerge < -1 {
		fault("%d rounds of splitting and merging: must be -1 (as many as suit the matrix), 0 (none) or more", o.SplitMerge)
	}
	if o.Restarts < 1 || o.Restarts > mostFits {
		fault("%d restarts: must be at least 1 and at most %d", o.Restarts, mostFits)
	}
	if o.Refine == RefineOn && o.refusal() != "" {
		fault("refine %q is for the loss %s without penalties and fixed topics: %s", o.Refine, KullbackLeibler, o.refusal())
	}
	if refusal := o.refusesObserved(); o.Observed != nil && refusal != "" {
		fault("with known cells only: %s", refusal)
	}
	if o.Halves < 0 || o.Halves > mostFits {
		fault("%d fits to halves: must be 0 (none) or up to %d", o.Halves, mostFits)
	}
	for _, p := range []struct {
		name  string
		value float64
		most  float64
	}{{"alpha-w", o.AlphaW, math.MaxFloat32}, {"alpha-h", o.AlphaH, math.MaxFloat32}, {"l1-ratio", o.L1Ratio, 1}, {"shrinkage", o.Shrinkage, math.MaxFloat32}} {
		if !(p.value >= 0 && p.value <= p.most) {
			fault("%s %v: must lie between 0 and %v", p.name, p.value, p.most)
		}
	}
	return errors.Join(faults...)
}

// oneOf is an error unless got is one of the choices, in the words of corpus/spelling, which a
// room of numbers does not import.
func oneOf[T ~string](name string, got T, choices []T) error {
	if slices.Contains(choices, got) {
		return nil
	}
	return fmt.Errorf("%s %q: must be one of %s", name, got, strings.ReplaceAll(strings.Trim(fmt.Sprint(choices), "[]"), " ", ", "))
}

func (o Options) threads() int {
	if o.Threads > 0 {
		return o.Threads
	}
	return runtime.GOMAXPROCS(0)
}

// SolverInForce is Solver, or what the empty string stands for.
func (o Options) SolverInForce() Solver {
	switch {
	case o.Solver != "":
		return o.Solver
	case o.Loss == Frobenius:
		return HALS
	}
	return CCD
}

// solver makes the solver in force.
func (o Options) solver(of loss) solver {
	if o.SolverInForce() == MU {
		return mu{of}
	}
	return quickest(of)
}

// quickest is the solver to be had for one line's problem, whatever was asked for W.
func quickest(of loss) solver {
	switch of := of.(type) {
	case *divergence:
		return ccd{of}
	case *observed:
		return descent{of}
	}
	return hals{of.(*squared)}
}

// penalties are those on W and on H, by the scale of a packed matrix: it is V, and its
// H the true H, over 2^exponent.
func (o Options) penalties(m *matrix, degree int) (onW, onH penalty) {
	power := func(n int) float64 { return math.Ldexp(1, n*m.exponent) }
	w, h := o.AlphaW*float64(m.columns.count()), o.AlphaH*float64(m.rows.count())
	onW = penalty{l1: w * o.L1Ratio * power(-degree), l2: w * (1 - o.L1Ratio) * power(-degree)}
	onH = penalty{l1: h * o.L1Ratio * power(1-degree), l2: h * (1 - o.L1Ratio) * power(2-degree)}
	if m.observed {
		onW.known, onH.known = &m.rows, &m.columns
		onW.shrinkage, onH.shrinkage = o.Shrinkage*power(-degree), o.Shrinkage*power(2-degree)
	}
	return onW, onH
}
