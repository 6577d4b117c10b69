package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/fitting"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/topics/wholefile"
	"klew/vectorize"
)

// fitCommand is the command fit.
type fitCommand struct {
	source.Input
	fit     fitting.Fitting
	output  string
	traceTo string
	words   int
	format  print.Format

	alike bool // whether the penalty on H is that on W
}

// defaultWords is the number of keywords printed for a topic.
const defaultWords = 10

func newFit(p *print.Console) *cobra.Command {
	f := &fitCommand{Input: source.Input{Console: p}, fit: fitting.Fitting{Console: p, Options: nmf.Defaults()}, words: defaultWords}
	f.Counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "fit PATH... [-k N] [-o MODEL]",
		Short: "Find the topics of texts",
		Long: `Find the topics of texts, print them, and save the model if -o names a file.

A PATH is a file (one document), a folder (all files in it and its subfolders, in byte
order of their paths), or - for standard input, one document a line. What cannot be
read is reported and skipped.

` + source.ReadingHelp + `
In place of texts, PATH may be one file of klew import, which holds texts that have been
counted: the topics are the same. Of the options on words, those from --min-df to
--weighting apply to it; the others were decided when it was made.

Or it may be one file that holds a matrix of counts made elsewhere, plain or in gzip or
zstd. A file in MatrixMarket's coordinate format is known by how it begins: documents are
its rows, or with --transpose its columns. Others are named with --matrix-format:

  svmlight   a line for each document: a label, which becomes metadata, and TERM:COUNT for
             each of its terms, counted from 1, or from 0 if a term 0 occurs
  uci        the numbers of documents, terms and entries, a line each, then for each
             entry DOCUMENT TERM COUNT, counted from 1 (docword.txt)
  ldac       a line for each document: how many terms follow, and TERM:COUNT for each,
             counted from 0

--vocabulary names the terms. The options on texts and words, from --input to --weighting,
are not for a matrix.

` + source.TermsHelp + `

` + source.BackgroundHelp + `

Topics are numbered by falling share of the corpus. A keyword is shown in the form that
the texts use most. Interrupting saves what has been reached.

Topics depend on the start, and --restarts shows how much: it makes several fits, keeps
the best, and tells how far the topics of each agree with the best's (1: the same, 0:
no term in common).

They depend on the texts, too, and --halves shows how far each can be trusted: it fits
random halves of the documents, and looks for the topics there. A topic's stability is
1 if all halves have the same topic, as far as its terms occur in them, and 0 if none has
one that is nearer to it than the corpus as a whole. Do not lean on a topic below 0.55. With
too many topics, and in texts without any, some or all are below. The numbers are kept in
the model.

` + refineHelp + `

--alpha-w, --alpha-h and --l1-ratio add penalties to the divergence, with the meaning
that they have in scikit-learn: for M terms and N documents, W the terms' weights, H the
documents' weights and R the ratio,

  N × alpha-w × (R × sum of W + (1 - R)/2 × sum of squares of W)
  M × alpha-h × (R × sum of H + (1 - R)/2 × sum of squares of H)

` + fitting.ReplayHelp + `

` + fitting.GuideHelp + `

` + fitting.AlignHelp + `
--trace writes a line for the start and for each iteration, tab-separated: iteration;
seconds, those spent in the solver so far; divergence; residual, how far from a
stationary point the factors are; and with several restarts restart, from 1, in each of
which iterations begin anew.`,
		Example: `  klew fit notes -k 20 -o notes.klew           find 20 topics, save the model
  klew fit notes mail/2025 -k 20               two folders as one corpus
  klew fit - -k 10 < titles.txt                one document a line
  klew fit mail.zip tickets.jsonl.gz -k 20     archives, and tables of texts
  klew fit reviews.csv -k 20 --text-column title --text-column review --id-column number
  klew fit titles.txt -k 20 --input lines      one document a line
  klew fit titles.csv -k 20 --background articles    topics of articles, for their titles
  klew fit inbox.mbox -k 20 --mail             without quoted lines and signatures
  klew fit books -k 20 --include '*.txt' --meta-path '{author}/{year}-*' --segment words:500
  find . -name '*.txt' -print0 | klew fit --files-from - -k 20 --dedupe near
  klew fit notes -k 20 --min-df 10 --max-df 0.3 --ngram-range 1,2
  klew fit texte -k 20 --language fr --words 15 --format json
  klew fit briefe -k 20 --language auto --phrases --extra-stop-words names.txt
  klew fit notes -k 20 --keep numbers,hashtags --min-length 3
  klew fit notes -k 20 --restarts 5            the best of five fits; which topics last?
  klew fit notes -k 20 --align-to old.klew -o new.klew       known topics keep their numbers
  klew fit notes --loss frobenius --alpha-w 0.0002 --l1-ratio 1    topics of fewer terms
  klew fit notes --edits notes.klew -o notes.klew    again, with what klew edit corrected
  klew fit notes -k 20 --guide labels.txt      the first topics are about given words
  klew import notes -o notes.kcorpus; klew fit notes.kcorpus -k 20       read texts once
  klew fit counts.mtx.gz --vocabulary terms.txt -k 20 --trace trace.tsv
  klew fit docword.txt.gz --matrix-format uci --vocabulary vocab.txt -k 20`,
		Args: f.Texts.PathArgs("PATH", "", 1),
		RunE: func(c *cobra.Command, paths []string) error {
			if err := f.Find(paths, c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			f.alike = !c.Flags().Changed("alpha-h")
			f.fit.Tracing = f.traceTo != ""
			if f.fit.Options.Restarts > 1 && !c.Flags().Changed("halves") {
				f.fit.Options.Halves = f.fit.Options.Restarts
			}
			return f.run(c.Context(), paths)
		},
	}
	f.addFlags(c)
	return c
}

func (f *fitCommand) addFlags(c *cobra.Command) {
	flags, n := c.Flags(), &f.fit.Options
	flags.IntVarP(&n.Topics, "topics", "k", n.Topics, "number of topics")
	flags.StringVarP(&f.output, "output", "o", "", "save the model to this `file`")
	flags.StringVar(&f.fit.AlignTo, "align-to", "", "give topics the numbers that they have in this `model`")
	flags.StringVar(&f.traceTo, "trace", "", "write what each iteration reached to this `file`")
	flags.IntVar(&f.words, "words", f.words, "keywords to print for each topic")
	flags.StringVar(&f.fit.Edits, "edits", "", "begin with the topics of this `model`, and keep its journal")
	flags.StringVar(&f.fit.Guide, "guide", "", "a `file` of labels and words that the first topics are to be about")
	flags.Float64Var(&f.fit.Strength, "guide-strength", topics.DefaultStrength, "how much the topics of --guide lean to their words, from 0 to 10")
	f.format.AddTo(c.Flags())
	f.Texts.Add(c)
	f.AddWords(c)
	f.AddLimits(c)
	f.AddBackground(c)
	f.AddMatrix(c)
	flags.StringVar((*string)(&n.Loss), "loss", string(n.Loss), "what to minimise: "+usage.Join(nmf.Losses))
	flags.StringVar((*string)(&n.Solver), "solver", "", fmt.Sprintf("how: %s (default %s, or %s for %s)", usage.Join(nmf.Solvers), n.SolverInForce(), nmf.Options{Loss: nmf.Frobenius}.SolverInForce(), nmf.Frobenius))
	flags.StringVar((*string)(&n.Init), "init", string(n.Init), "how to start: "+usage.Join(nmf.Inits)+" (race: from 40/k random starts, going on with the best after 30 iterations)")
	flags.IntVar(&n.SplitMerge, "split-merge", n.SplitMerge, "rounds of splitting and merging topics at most, where that lowers the divergence (-1: three for a large corpus, up to eight for a small one; 0: none); for the solver ccd without penalties")
	flags.IntVar(&n.Restarts, "restarts", n.Restarts, "the best of this many fits, from the seeds SEED, SEED+1, …; reports how much they agree")
	flags.IntVar(&n.Halves, "halves", n.Halves, "fits to random halves of the documents, which show how far each topic can be trusted (default: as many as --restarts, if that is more than 1)")
	flags.StringVar((*string)(&n.Refine), "refine", string(n.Refine), refineUsage)
	flags.Float64Var(&n.AlphaW, "alpha-w", n.AlphaW, "penalty on the terms' weights (0: none)")
	flags.Float64Var(&n.AlphaH, "alpha-h", n.AlphaH, "penalty on the documents' weights (default: that of --alpha-w)")
	flags.Float64Var(&n.L1Ratio, "l1-ratio", n.L1Ratio, "share of the penalties, from 0 to 1, that is on the weights themselves and makes zeros; the rest is on their squares (default 0)")
	flags.Uint64Var(&n.Seed, "seed", n.Seed, "seed of the random numbers: the same seed, the same topics")
	flags.IntVar(&n.MaxIter, "max-iter", n.MaxIter, "largest number of iterations of a fit, those of the race and of splitting and merging among them")
	flags.Float64Var(&n.Tol, "tol", n.Tol, "stop when an iteration lowers the divergence and the penalties by less than this share")
	flags.IntVar(&n.Threads, "threads", n.Threads, "threads to use (0: all processors); the result does not depend on it")
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
		return errInterrupted
	}
	return nil
}

// canSave finds out whether what will be saved can be.
func (f *fitCommand) canSave() error {
	if f.output != "" {
		if err := wholefile.Check(f.output, "model", topics.IsModel); err != nil {
			return err
		}
	}
	if f.traceTo != "" {
		return wholefile.Check(f.traceTo, "trace", fitting.IsTrace)
	}
	return nil
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
	return errors.Join(
		f.saveAs("model", f.output, m.Save),
		f.saveAs("trace", f.traceTo, f.fit.Trace.Save))
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
	if err := f.PrepareTerms(f.fit.Options.Threads); err != nil {
		return err
	}
	banned, err := f.fit.Prepare(f.Given)
	if err != nil {
		return err
	}
	f.Counting.Banned = banned
	// Once they are checked, for a fault to be reported of what was given only.
	if f.alike {
		f.fit.Options.AlphaH = f.fit.Options.AlphaW
	}
	return usage.AtLeastOne(f.words, "words")
}

// checkFiles refuses standard input and output where a file is needed, and two results
// in one.
func (f *fitCommand) checkFiles() error {
	switch {
	case f.output == "-":
		return errors.New("--output -: a model cannot go to standard output; name a file")
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
	table, origin, err := f.Table(ctx, paths, func(documents int) error {
		if documents < f.fit.Options.Topics {
			return f.TooFew(f.fit.Options.Topics, documents)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := f.Enough(table, f.fit.Options.Topics); err != nil {
		return nil, err
	}
	origin.Program, origin.Counting = "klew "+version, f.Counting
	return f.fit.Factorise(ctx, table, origin)
}

func (f *fitCommand) print(m *topics.Model) error {
	m, err := m.Edited()
	if err != nil {
		return err
	}
	l := newListing(f.Console)
	l.words, l.format = f.words, f.format
	return l.print(m)
}
