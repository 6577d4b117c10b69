package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"klew/cmd/klew/internal/fitting"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/nmf"
	"klew/topics"
	"klew/topics/sweep"
	"klew/topics/tables"
	"klew/topics/wholefile"
	"klew/vectorize"
	"klew/vectorize/sections"
)

// sweepCommand is the command sweep.
type sweepCommand struct {
	source.Input
	plan   sweep.Plan
	grid   gridFlag
	memory usage.Memory
	output string
	long   bool
	plot   string
	format print.Format
	fit    []string // the command that makes the model, but for -k and -o
}

func newSweep(p *print.Console) *cobra.Command {
	s := &sweepCommand{Input: source.Input{Console: p}, plan: sweep.Defaults()}
	s.Counting = vectorize.Defaults()
	s.grid, s.memory = gridFlag(s.plan.Topics), usage.Memory(s.plan.Memory)
	c := &cobra.Command{
		Use:   "sweep PATH... [-k NUMBERS] [-o FOLDER]",
		Short: "Try numbers of topics, and tell which stands out",
		Long: `Fit topics to the same texts with several numbers of topics, each from several seeds, and
compare. One line a number of topics, means over the seeds:

  topics      their number
  divergence  what is left of the divergence, of that with one topic (with the loss
              frobenius, of that with none); lower is closer to the counts, and more
              topics always are
  perplexity  of documents that were held out: half of the tokens of each predicted from
              the other half (klew evaluate --help); lower is better
  npmi, c_v   coherence of the top words: whether texts that have one have the others, in
              windows of 10 and of 110 tokens, from -1 to 1; higher is easier to read
  diversity   distinct words among the top words of all topics, from 0 to 1; higher is
              better
  stability   how far the topics of the best fit are found again in random halves of the
              documents, from 0 to 1, the mean over topics; higher is better
  least       the stability of the least stable topic
  stable      the number of topics with a stability of at least 0.55
  seconds     that a fit took, beside others
  advice      recommended, near, or nothing

With --long there is one line a fit: topics, seed, divergence, perplexity, npmi, c_v,
diversity, iterations, seconds.

The advice is said in words, too. Recommended is the largest number of topics at which all
are stable (of 20 or more, all but one in 20), and on average within 0.05 of the most stable
such number: with fewer, topics that the texts have are joined, with more, some are torn, in
another way by each half of the documents. If there is none, it is that with the highest
mean stability, if that is at least 0.55; else no number stands out. Near are numbers at
which more topics are stable than with the number recommended, and nearly all. A small number
may stand out for being coarse: leave it out if you want finer topics.

What is held out and what the halves are is the same for all numbers of topics. Fits are made
as klew fit makes them. When you have chosen, klew fit makes the model, of all documents: the
last line is that command.

-o keeps each fit in a folder when it is done, and beside it the model, which other commands
open: klew topics notes.sweep/k5-seed1.klew; and sweep.json, which klew view --sweep shows. The
same command goes on where it was interrupted, and one with more numbers or seeds makes only
those; a fit whose model is gone or damaged is made again. Interrupted, sweep prints what it has.

PATH and the options on texts and words are those of klew fit, but for --background.`,
		Example: `  klew sweep notes -k 5:50:5                        5, 10, … 50 topics, three seeds each
  klew sweep notes -k 2:12 --plot sweep.svg         and a picture of each measure
  klew sweep notes -k 5:50:5 -o notes.sweep         keeps fits; again, and it goes on
  klew sweep notes.kcorpus -k 10,20,40 --seeds 3 --format csv > sweep.csv`,
		Args: s.Texts.PathArgs(),
		RunE: func(c *cobra.Command, paths []string) error {
			if err := s.Find(paths, c.Flags().Changed); err != nil {
				return usage.Mistake(err)
			}
			s.fit = fitLike(c, paths)
			return s.run(c.Context(), paths)
		},
	}
	s.addFlags(c)
	return c
}

func (s *sweepCommand) addFlags(c *cobra.Command) {
	flags, n := c.Flags(), &s.plan.Fitting
	flags.VarP(&s.grid, "topics", "k", "numbers of topics: 2:12, 5:50:5 (every fifth), or 5,10,20")
	flags.StringVarP(&s.output, "output", "o", "", "keep the fits in this `folder`")
	flags.StringVar(&s.plot, "plot", "", "draw the measures to this `file`, .svg or .png")
	flags.BoolVar(&s.long, "long", false, "print one line a fit")
	s.format.AddFlags(c)
	usage.Count(c, &s.plan.Seeds, "seeds", "", 1, 10_000, "fits for each, from the seeds SEED, SEED+1, …")
	usage.Count(c, &s.plan.Halves, "halves", "", 0, 10_000, "random halves of the documents, to find stable topics (0: none, and no advice)")
	usage.Fraction(c, &s.plan.HeldOut, "held-out", "`share` of the documents that are held out for perplexity (0: none)")
	usage.Listed(c, &s.plan.Words, "words", "n", 1, "top words of a topic by which coherence and diversity go")
	flags.Var(&s.memory, "memory", "how much memory fits may take together, about: fewer are made at once")
	s.AddFlags(c)
	manual.Section(c, "Fitting (klew help penalties)", func() {
		usage.Choose(c, &n.Loss, "loss", "", nmf.Losses, "minimise")
		usage.Choose(c, &n.Refine, "refine", "", nmf.Refines, "refine the topics of short texts")
		usage.Choose(c, &n.Init, "init", "", nmf.Inits, "how to start")
		usage.Count(c, &n.SplitMerge, "split-merge", "", -1, usage.MostListed, "rounds of splitting and merging topics at most, as of klew fit")
		flags.Uint64Var(&n.Seed, "seed", n.Seed, "the first seed, and that of what is held out: the same seed, the same table")
		usage.Count(c, &n.MaxIter, "max-iter", "", 1, math.MaxInt32, "largest number of iterations of a fit")
		flags.Float64Var(&n.Tol, "tol", n.Tol, "stop when the loss falls by less than this share")
		usage.Threads(c, &n.Threads)
	})
}

// gridFlag is a list of numbers of topics.
type gridFlag []int

func (g *gridFlag) String() string { l := lookup.TopicList(*g); return l.String() }
func (g *gridFlag) Type() string   { return "numbers" }
func (g *gridFlag) Set(text string) error {
	grid, err := sweep.Grid(text)
	*g = grid
	return err
}

func (s *sweepCommand) run(ctx context.Context, paths []string) error {
	if err := s.prepare(paths); err != nil {
		return err
	}
	var store *sweep.Store
	if s.output != "" {
		var err error
		if store, err = sweep.OpenStore(s.output); err != nil {
			return err
		}
	}
	table, origin, err := s.Table(ctx, paths, s.enough)
	if err != nil {
		return err
	}
	if store != nil {
		store.Origin = origin
		store.Origin.Program, store.Origin.Counting = "klew "+manual.Version, s.Counting
	}
	result, err := s.fits(ctx, table, store)
	if err != nil {
		return err
	}
	if ctx.Err() == nil {
		if err := s.cohere(ctx, result, table, origin); err != nil {
			return err
		}
	}
	advice := result.Advise()
	if err := errors.Join(s.draw(result, advice), s.keep(result, advice), s.print(result, advice)); err != nil {
		return err
	}
	if result.Missing > 0 {
		s.sayMissing(result)
		return usage.ErrInterrupted
	}
	s.Say("klew: %s", advice)
	s.sayNext(result, advice)
	return nil
}

// sayNext says which command makes the model, and which shows one that is kept.
func (s *sweepCommand) sayNext(r *sweep.Result, a sweep.Advice) {
	k := "N"
	if a.Topics > 0 {
		k = fmt.Sprint(a.Topics)
	}
	s.Say("klew: the model of all documents: %s -k %s -o topics.klew", strings.Join(s.fit, " "), k)
	if best := r.Best(a.Topics); best != nil && s.output != "" {
		s.Say("klew: the topics of the best fit: klew topics %s", shellWord(filepath.Join(s.output, sweep.ModelName(best.Topics, best.Seed))))
	}
}

// onlySweep are the options that klew fit does not have, or has for something else.
var onlySweep = []string{"topics", "output", "plot", "long", "format", "seeds", "halves", "held-out", "words", "memory"}

// fitLike is the command klew fit with the options of a sweep that bear on a fit.
func fitLike(c *cobra.Command, paths []string) []string {
	words := []string{"klew", "fit"}
	for _, path := range paths {
		words = append(words, shellWord(path))
	}
	c.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			switch {
			case slices.Contains(onlySweep, f.Name):
			case f.Value.Type() == "bool":
				words = append(words, "--"+f.Name+"="+value)
			default:
				words = append(words, "--"+f.Name, shellWord(value))
			}
		}
	})
	return words
}

// shellWord writes an argument so that a shell takes it as it is.
func shellWord(text string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./,:=@+%", r)
	}
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// prepare checks the options.
func (s *sweepCommand) prepare(paths []string) error {
	s.plan.Topics, s.plan.Memory = s.grid, int64(s.memory)
	if s.output == "-" {
		return usage.Mistake(errors.New("--output -: fits cannot go to standard output; name a folder"))
	}
	if err := s.PrepareTerms(s.plan.Fitting.Threads); err != nil {
		return err
	}
	if err := s.plan.Validate(); err != nil {
		return usage.Mistake(err)
	}
	if err := fitting.Idle(s.plan.Fitting, false, s.Given); err != nil {
		return err
	}
	return errors.Join(s.Texts.Check(paths), print.CheckPicture(s.plot))
}

// enough refuses more topics than there are documents.
func (s *sweepCommand) enough(documents int) error {
	if most := s.grid[len(s.grid)-1]; documents < most {
		return fmt.Errorf("%s asked of %s: ask for fewer with -k, or name more texts", print.Count(most, "topic"), print.Count(documents, "document"))
	}
	return nil
}

// fits makes the fits.
func (s *sweepCommand) fits(ctx context.Context, table *vectorize.Table, store *sweep.Store) (*sweep.Result, error) {
	if s.plan.HeldOut > 0 && s.Counting.Weighting != vectorize.CountWeighting {
		s.Say("klew: nothing is held out: only a model of counts can be asked to predict tokens, not one of the weighting %s", s.Counting.Weighting)
	}
	fitting := s.Begin("fitting", s.plan.Fits())
	result, err := sweep.Run(ctx, table, s.plan, store, func(done, all int, f *sweep.Fit) {
		fitting.Set(done, fmt.Sprintf("fits, the last of %s with seed %d", print.Count(f.Topics, "topic"), f.Seed))
	})
	took := fitting.End()
	if err != nil {
		return nil, err
	}
	s.Say("klew: fitted %s in %.1f s: %s to fit, %s held out", print.Count(s.plan.Fits()-result.Missing, "model"), took.Seconds(),
		print.Count(result.Training, "document"), print.Grouped(result.HeldOut))
	s.sayRenewed(result)
	return result, nil
}

// sayRenewed names the models that had to be made again.
func (s *sweepCommand) sayRenewed(r *sweep.Result) {
	var names []string
	for _, row := range r.Rows {
		for _, f := range row.Fits {
			if f.Renewed {
				names = append(names, sweep.ModelName(f.Topics, f.Seed))
			}
		}
	}
	if names != nil {
		s.Say("klew: made %s again, as %s had no sound model: %s", print.Count(len(names), "fit"), s.output, strings.Join(names, ", "))
	}
}

func (s *sweepCommand) sayMissing(r *sweep.Result) {
	var incomplete []string
	for _, row := range r.Rows {
		if row.Missing > 0 {
			incomplete = append(incomplete, fmt.Sprintf("%d (%d of %s)", row.Topics, len(row.Fits), print.Count(s.plan.Seeds, "seed")))
		}
	}
	if incomplete != nil {
		s.Say("klew: not all fits were made of the numbers %s", strings.Join(incomplete, ", "))
	}
	if s.output == "" {
		s.Say("klew: %d of %d fits were made; with -o they would have been kept", s.plan.Fits()-r.Missing, s.plan.Fits())
		return
	}
	s.Say("klew: %d of %d fits were made, and are kept in %s: the same command goes on", s.plan.Fits()-r.Missing, s.plan.Fits(), s.output)
}

// cohere reads the texts once more, for which of their words stand together. Where they
// are not to be had the table does without.
func (s *sweepCommand) cohere(ctx context.Context, result *sweep.Result, table *vectorize.Table, origin topics.Origin) error {
	model := &topics.Model{Origin: origin, DocumentTopics: topics.DocumentTopics{Documents: table.Documents}}
	texts, err := lookup.Reread(model, s.plan.Fitting.Threads)
	if err != nil {
		s.Say("klew: no coherence: %v", err)
		return nil
	}
	begun := time.Now()
	counting := table.Settle(s.Counting)
	counting.Threads = s.plan.Fitting.Threads
	if err := result.Cohere(ctx, table.Vocabulary, counting, texts.Documents(ctx)); err != nil {
		return err
	}
	texts.SayMissing(s.Console)
	s.Say("klew: read the texts again for coherence in %.1f s", time.Since(begun).Seconds())
	return nil
}

// keep writes what the sweep has found beside the fits, for klew view.
func (s *sweepCommand) keep(r *sweep.Result, a sweep.Advice) error {
	if s.output == "" {
		return nil
	}
	path := filepath.Join(s.output, tables.SweepFile)
	if err := wholefile.Check(path, "sweep", func(path string) bool { return sections.Begins(path, tables.SweepMagic) }); err != nil {
		return err
	}
	sheet := tables.SweepSheet(r, a)
	return wholefile.Write(path, func(to io.Writer) error { return tables.WriteObject(to, &sheet, false) })
}

func (s *sweepCommand) print(r *sweep.Result, a sweep.Advice) error {
	if s.long {
		return print.Table(s.Console, s.format, tables.SweepFits(r))
	}
	return print.Table(s.Console, s.format, tables.Sweep(r, a))
}
