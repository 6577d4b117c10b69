package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"klew/cmd/klew/internal/fitting"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/topics/sweep"
	"klew/topics/updating"
	"klew/topics/wholefile"
	"klew/vectorize"

	"github.com/spf13/cobra"
)

// fitCommand is the command fit.
type fitCommand struct {
	source.Input
	fit     fitting.Fitting
	output  string
	traceTo string
	words   int
	format  print.Format

	auto  bool // whether to choose the number of topics
	force bool // replaces a model that has been corrected
	alike bool // whether the penalty on H is that on W

	update string // a model that is to learn from the texts

	memory usage.Memory // 0 if it was not given
	shards int          // 0 if it was not given
}

func newFit(p *print.Console) *cobra.Command {
	f := &fitCommand{Input: source.Input{Console: p}, fit: fitting.Fitting{Console: p, Options: nmf.Defaults()}, words: lookup.DefaultWords}
	f.Counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "fit PATH... [-k N] [-o MODEL]",
		Short: "Find the topics of texts",
		Long: `Find the topics of texts, print them, and save the model if -o names a file.

A PATH is a file (one document), a folder (all files in it and its subfolders), an archive, or
- for standard input, one document a line; or one file of klew import, or one matrix of counts.
What cannot be read is reported and skipped.

-k auto chooses the number of topics, in about the time of two to four fits, and says why
(klew help trust). Without -k there are 10, of fewer than 50 documents one for every five.
Topics are numbered by falling share of the corpus. A keyword is shown in the form that the
texts use most. Interrupting saves what has been reached.
--trace writes tab-separated lines: iteration; seconds in the solver so far; divergence; residual,
how far from a stationary point it is; restart, if there are several. Searches on samples have none.

klew help reading, counting, matrices, edits, trust, penalties and memory tell of the options below.`,
		Example: `  klew fit notes -k 20 -o notes.klew           find 20 topics, save the model
  klew fit notes -k auto                       as many topics as the texts seem to have
  klew fit titles.txt -k 20 --input lines      one document a line
  klew fit reviews.csv -k 20 --text-column title --text-column review --id-column number
  klew fit inbox.mbox -k 20 --mail             without quoted lines and signatures
  klew fit notes -k 20 --halves 4              which topics can be trusted?
  klew fit notes --edits notes.klew -o notes.klew    again, with what klew edit corrected
  klew fit notes -k 20 --guide labels.txt      the first topics are about given words
  klew fit titles.csv -k 20 --background articles    topics of articles, for their titles
  klew fit counts.mtx.gz --vocabulary terms.txt -k 20 --trace trace.tsv
  klew fit ratings.csv --matrix-format triplets --observed    a table with holes
  klew fit articles.kcorpus -k 200 --memory 2GB -o articles.klew    more than fits into memory`,
		Args: f.Texts.PathArgs(),
		RunE: func(c *cobra.Command, paths []string) error {
			if err := f.settle(paths, c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			return f.run(c.Context(), paths)
		},
	}
	f.addFlags(c)
	return c
}

func (f *fitCommand) addFlags(c *cobra.Command) {
	flags, n := c.Flags(), &f.fit.Options
	usage.CountOrAuto(c, &n.Topics, &f.auto, "topics", "k", 1, usage.MostListed, "number of topics, or auto: chosen by the texts")
	flags.StringVarP(&f.output, "output", "o", "", "save the model to this `file`")
	usage.Listed(c, &f.words, "words", "n", 1, "keywords to print for each topic")
	f.format.AddFlags(c)
	flags.BoolVar(&f.force, "force", false, "replace a model also if klew edit has corrected it")
	flags.StringVar(&f.fit.Edits, "edits", "", "begin with the topics of this `model`, and keep its journal")
	flags.StringVar(&f.fit.Guide, "guide", "", "a `file` of labels and words for the first topics")
	flags.Float64Var(&f.fit.Strength, "guide-strength", topics.DefaultStrength, "how much these lean to their words, up to 10")
	flags.StringVar(&f.fit.AlignTo, "align-to", "", "give topics the numbers that they have in this `model`")
	flags.BoolVar(&f.fit.AlignLabels, "align-labels", false, "with --align-to: labels and banned words, too")
	flags.StringVar(&f.update, "update", "", "let this `model` learn from new texts (klew help memory)")
	f.addMemory(c)
	flags.StringVar(&f.traceTo, "trace", "", "write what each iteration reached to this `file`")
	f.AddFlags(c)
	manual.Section(c, "Matrices (klew help matrices)", func() {
		f.AddObserved(c)
		flags.Float64Var(&n.Shrinkage, "shrinkage", n.Shrinkage, "with --observed: pull to the mean (default: as predicts best)")
	})
	manual.Section(c, "Reading (klew help reading)", func() { f.AddBackground(c) })
	manual.Section(c, "Trust (klew help trust)", func() {
		usage.Count(c, &n.Restarts, "restarts", "", 1, 10_000, "the best of this many fits, and how much they agree")
		usage.Count(c, &n.Halves, "halves", "", 0, 10_000, "fits to random halves, for stability (default as --restarts)")
		flags.Uint64Var(&n.Seed, "seed", n.Seed, "seed of the random numbers: the same seed, the same topics")
	})
	manual.Section(c, "Fitting (klew help penalties)", func() {
		usage.Choose(c, &n.Loss, "loss", "", nmf.Losses, "minimise")
		usage.Choose(c, &n.Solver, "solver", "", nmf.Solvers, fmt.Sprintf("how (default %s, or %s for %s)", n.SolverInForce(), nmf.Options{Loss: nmf.Frobenius}.SolverInForce(), nmf.Frobenius))
		usage.Choose(c, &n.Init, "init", "", nmf.Inits, "how to start")
		usage.Count(c, &n.SplitMerge, "split-merge", "", -1, usage.MostListed, "rounds of splitting and merging topics (-1: by size)")
		usage.Choose(c, &n.Refine, "refine", "", nmf.Refines, "refine the topics of short texts")
		flags.Float64Var(&n.AlphaW, "alpha-w", n.AlphaW, "penalty on the terms' weights (0: none)")
		flags.Float64Var(&n.AlphaH, "alpha-h", n.AlphaH, "penalty on the documents' weights (default: that of --alpha-w)")
		usage.Fraction(c, &n.L1Ratio, "l1-ratio", "share of the penalties on the weights themselves, which makes zeros")
		usage.Count(c, &n.MaxIter, "max-iter", "", 1, math.MaxInt32, "most iterations of a fit; of small ones, of each start")
		flags.Float64Var(&n.Tol, "tol", n.Tol, "stop when the loss falls by less than this share")
		usage.Threads(c, &n.Threads)
	})
}

// settle finds out what the paths are, refuses options that do not go together, and fills in those
// that follow from others.
func (f *fitCommand) settle(paths []string, given func(option string) bool) error {
	if err := f.Find(paths, given); err != nil {
		return err
	}
	switch {
	case f.auto && (f.fit.Edits != "" || f.fit.Guide != ""):
		return errors.New("-k auto: --edits and --guide say themselves what the first topics are; give a number")
	case f.auto && f.Observed:
		return errors.New("-k auto is for texts, where all cells are known, and not for --observed; give a number")
	case given("shrinkage") && !f.Observed:
		return errors.New("--shrinkage is for tables with holes: it goes with --observed")
	}
	f.alike = !given("alpha-h")
	f.fit.Tracing = f.traceTo != ""
	if f.fit.Options.Restarts > 1 && !given("halves") {
		f.fit.Options.Halves = f.fit.Options.Restarts
	}
	return errors.Join(f.checkMemory(), f.checkUpdate())
}

func (f *fitCommand) run(ctx context.Context, paths []string) error {
	if err := f.prepare(); err != nil {
		return err
	}
	if err := errors.Join(f.Texts.Check(paths), f.canSave()); err != nil {
		return err
	}
	m, err := f.topics(ctx, paths)
	if err != nil {
		return err
	}
	// The model first: whoever reads the topics may close the pipe. But the topics are
	// printed also if it cannot be saved.
	if err := errors.Join(f.save(m), f.print(m)); err != nil {
		return err
	}
	if m.Outcome.Status == nmf.Interrupted {
		return usage.ErrInterrupted
	}
	return nil
}

// canSave finds out whether what will be saved can be.
func (f *fitCommand) canSave() error {
	if f.output != "" {
		if err := errors.Join(wholefile.Check(f.output, "model", topics.IsModel), f.keepsEdits()); err != nil {
			return err
		}
	}
	if f.traceTo != "" {
		return wholefile.Check(f.traceTo, "trace", fitting.IsTrace)
	}
	return nil
}

// keepsEdits refuses to replace a model in which someone has corrected topics, unless the new
// one takes over its journal.
func (f *fitCommand) keepsEdits() error {
	if f.force || filepath.Clean(f.fit.Edits) == filepath.Clean(f.output) {
		return nil
	}
	return lookup.KeepsEdits(f.output, fmt.Sprintf("begin with it by --edits %s, name another file, or replace it by --force", f.output))
}

// save saves the model and the trace, as far as they have a name.
func (f *fitCommand) save(m *topics.Model) error {
	if f.output == "" && f.traceTo == "" {
		return nil
	}
	if m.Outcome.Status == nmf.Interrupted && m.Outcome.Iterations == 0 {
		f.Say("klew: interrupted before the first iteration: nothing is saved")
		return nil
	}
	err := errors.Join(
		f.saveAs("model", f.output, m.Save),
		f.saveAs("trace", f.traceTo, f.fit.Trace.Save))
	if err == nil {
		err = f.dropState(m)
	}
	return err
}

func (f *fitCommand) saveAs(what, path string, save func(path string) error) error {
	if path == "" {
		return nil
	}
	if err := save(path); err != nil {
		return err
	}
	f.Say("klew: saved the %s to %s", what, path)
	return nil
}

// prepare checks the options.
func (f *fitCommand) prepare() error {
	if err := f.checkFiles(); err != nil {
		return usage.Mistake(err)
	}
	if f.fit.Options.Refine == nmf.RefineOn && f.Counting.Weighting != vectorize.CountWeighting {
		return usage.Mistakef("--refine on: it leaves out tokens one by one, which weights are not; leave out --weighting %s or --refine", f.Counting.Weighting)
	}
	if err := f.PrepareTerms(f.fit.Options.Threads); err != nil {
		return err
	}
	banned, err := f.fit.Prepare(f.Given)
	if err != nil {
		return err
	}
	if err := fitting.Idle(f.fit.Options, f.Observed, f.Given); err != nil {
		return err
	}
	f.Counting.Banned = banned
	// After the check, so that a fault is told of --alpha-w alone, which was given.
	if f.alike {
		f.fit.Options.AlphaH = f.fit.Options.AlphaW
	}
	return nil
}

// checkFiles refuses standard input and output where a file is needed, and two results
// in one.
func (f *fitCommand) checkFiles() error {
	if err := lookup.CheckOutput(f.output, "klew fit"); err != nil {
		return err
	}
	switch {
	case f.traceTo == "-":
		return errors.New("--trace -: standard output is for the topics; name a file")
	case f.Texts.LedgerTo != "" && slices.Contains([]string{filepath.Clean(f.output), filepath.Clean(f.traceTo)}, filepath.Clean(f.Texts.LedgerTo)):
		return fmt.Errorf("--ledger: another option names %s, too", f.Texts.LedgerTo)
	case f.output != "" && f.traceTo != "" && filepath.Clean(f.output) == filepath.Clean(f.traceTo):
		return fmt.Errorf("--output and --trace: both name %s", f.output)
	}
	return nil
}

// topics reads, counts and factorises.
func (f *fitCommand) topics(ctx context.Context, paths []string) (*topics.Model, error) {
	enough := func(documents int) error { return f.EnoughDocuments(documents, f.asked()) }
	if f.update != "" {
		return f.updated(ctx, paths)
	}
	if f.IsCounted() {
		if m, err := f.streamed(ctx, paths[0], enough); m != nil || err != nil {
			return m, err
		}
	}
	table, origin, err := f.Table(ctx, paths, enough)
	if err != nil {
		return nil, err
	}
	if f.Observed {
		if origin.Known, err = f.fit.Observe(ctx, table, f.Given); err != nil {
			return nil, err
		}
	} else if err := f.decide(ctx, table, &origin); err != nil {
		return nil, err
	}
	if err := f.Enough(table, f.fit.Options.Topics); err != nil {
		return nil, err
	}
	f.SayLosses(table, f.fit.Options.Topics)
	origin.Program, origin.Counting = "klew "+manual.Version, f.Counting
	return f.fit.Factorise(ctx, table, origin)
}

// asked is how many topics the user wants; 0 if klew decides.
func (f *fitCommand) asked() int {
	if f.decides() {
		return 0
	}
	return f.fit.Options.Topics
}

// decides says whether the number of topics is left to klew.
func (f *fitCommand) decides() bool {
	return f.auto || !f.Given("topics") && f.fit.Edits == "" && f.fit.Guide == ""
}

// decide settles the number of topics where it is left to klew, and says why.
func (f *fitCommand) decide(ctx context.Context, table *vectorize.Table, origin *topics.Origin) error {
	switch {
	case !f.decides():
		return nil
	case len(table.Documents) < 2:
		return f.TooFew(0, len(table.Documents))
	case f.auto:
		return f.choose(ctx, table, origin)
	}
	usual := f.fit.Options.Topics
	f.fit.Options.Topics = sweep.Guess(table)
	switch k := f.fit.Options.Topics; {
	case k < usual:
		f.Say("klew: %s for %s, as -k is not given", print.Count(k, "topic"), print.Count(len(table.Documents), "document"))
	case print.Width(f.Err) > 0:
		f.Say("klew: %d topics are a guess, as -k is not given: -k auto chooses a number, and klew sweep compares several", k)
	}
	return nil
}

// choose chooses the number of topics.
func (f *fitCommand) choose(ctx context.Context, table *vectorize.Table, origin *topics.Origin) error {
	choosing := f.Begin("choosing the number of topics", 0)
	o := &f.fit.Options
	choice, err := sweep.Choose(ctx, table, *o, func(n int) { choosing.Set(n, "iterations") })
	took := choosing.End()
	if err != nil {
		return err
	}
	o.Topics, origin.Chosen = choice.Topics, choice.Reason
	f.Say("klew: chose %s in %.1f s: %s", print.Count(choice.Topics, "topic"), took.Seconds(), choice.Reason)
	return nil
}

// checkUpdate refuses options that do nothing where a model learns from more texts.
func (f *fitCommand) checkUpdate() error {
	if f.update == "" {
		return nil
	}
	for _, option := range []string{"topics", "memory", "edits", "guide", "align-to", "background", "trace", "halves", "restarts", "loss", "alpha-w", "alpha-h", "l1-ratio", "init", "split-merge", "refine", "observed"} {
		if f.Given(option) {
			return fmt.Errorf("--%s: with --update the model says what topics there are, and from where they go on", option)
		}
	}
	return nil
}

// updated lets a model learn from the texts.
func (f *fitCommand) updated(ctx context.Context, paths []string) (*topics.Model, error) {
	m, err := lookup.FittedModel(f.update)
	if err != nil {
		return nil, err
	}
	if why := updating.Refusal(m); why != "" {
		return nil, fmt.Errorf("--update %s: it cannot learn from more texts: %s; fit all texts together", f.update, why)
	}
	c, ledger, err := f.CountMore(ctx, paths, m, f.update)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	next, err := f.fit.Updated(ctx, m, f.update, c, f.Counting)
	if err != nil {
		return nil, err
	}
	next.Origin.Program, next.Origin.Paths, next.Origin.Base = "klew "+manual.Version, fitting.PathsFrom(m, paths), "."
	next.Origin.Ledger = slices.Concat(m.Origin.Ledger, ledger)
	return next, nil
}

func (f *fitCommand) print(m *topics.Model) error {
	m, err := m.Edited()
	if err != nil {
		return err
	}
	lookup.SayEmpty(f.Console, m)
	order, ranker := lookup.NewOrder(), topics.NewRanker(m)
	t := print.Topics{Typical: print.DefaultTypical, Keywords: func(k int) []topics.Ranked { return order.Top(ranker, k, f.words) }}
	return t.Print(f.Console, f.format, m)
}
