package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// fitting is the command fit.
type fitting struct {
	*program
	counting  vectorize.Options
	factors   nmf.Options
	noStem    bool
	stopWords string
	output    string
	words     int
	format    formatFlag
}

// defaultWords is the number of keywords printed for a topic.
const defaultWords = 10

func newFit(p *program) *cobra.Command {
	f := &fitting{program: p, counting: vectorize.Defaults(), factors: nmf.Defaults(), words: defaultWords}
	c := &cobra.Command{
		Use:   "fit PATH... [-k N] [-o MODEL]",
		Short: "Find the topics of texts",
		Long: `Find the topics of texts, print them, and save the model if -o names a file.

A PATH is a file (one document), a folder (all files in it and its subfolders, in byte
order of their paths), or - for standard input, one document a line. What cannot be
read is reported and skipped.

Topics are numbered by falling share of the corpus. A keyword is shown in the form that
the texts use most. Interrupting saves what has been reached.`,
		Example: `  klew fit notes -k 20 -o notes.klew           find 20 topics, save the model
  klew fit notes mail/2025 -k 20               two folders as one corpus
  klew fit - -k 10 < titles.txt                one document a line
  klew fit notes -k 20 --min-df 10 --max-df 0.3 --ngram-range 1,2
  klew fit texte -k 20 --language fr --words 15 --format json`,
		Args: args("PATH", 1, 0),
		RunE: func(c *cobra.Command, paths []string) error { return f.run(c.Context(), paths) },
	}
	f.addFlags(c)
	return c
}

func (f *fitting) addFlags(c *cobra.Command) {
	flags, n, v := c.Flags(), &f.factors, &f.counting
	flags.IntVarP(&n.Topics, "topics", "k", n.Topics, "number of topics")
	flags.StringVarP(&f.output, "output", "o", "", "save the model to this `file`")
	flags.IntVar(&f.words, "words", f.words, "keywords to print for each topic")
	f.format.add(c)
	f.addQuiet(c)
	flags.StringVar(&v.Language, "language", v.Language, "language of the texts, for stop words and stems: "+strings.Join(vectorize.Languages(), ", "))
	flags.StringVar(&f.stopWords, "stop-words", "", "a `file` of stop words, separated by blanks or lines, in place of the language's")
	flags.BoolVar(&f.noStem, "no-stem", false, "count words as they are, not by their stems")
	flags.Var(&v.MinDF, "min-df", "leave out terms in fewer documents than this count or share")
	flags.Var(&v.MaxDF, "max-df", "leave out terms in more documents than this count or share (1.0: none)")
	flags.IntVar(&v.MaxFeatures, "max-features", v.MaxFeatures, "keep only so many terms, the most frequent (0: all)")
	flags.Var(&v.NGrams, "ngram-range", "words in a term: 1,2 for single words and pairs")
	flags.StringVar(&v.TokenPattern, "token-pattern", v.TokenPattern, "a regular `expression` that finds the words in the text in lower case (default: letters, digits after them, inner apostrophes)")
	flags.StringVar((*string)(&v.Weighting), "weighting", string(v.Weighting), "what to enter for a term in a document: "+join(vectorize.Weightings))
	flags.StringVar((*string)(&n.Loss), "loss", string(n.Loss), "what to minimise: "+join(nmf.Losses))
	flags.StringVar((*string)(&n.Solver), "solver", "", fmt.Sprintf("how: %s (default %s, or %s for %s)", join(nmf.Solvers), n.SolverInForce(), nmf.Options{Loss: nmf.Frobenius}.SolverInForce(), nmf.Frobenius))
	flags.StringVar((*string)(&n.Init), "init", string(n.Init), "how to start: "+join(nmf.Inits))
	flags.Uint64Var(&n.Seed, "seed", n.Seed, "seed of the random numbers: the same seed, the same topics")
	flags.IntVar(&n.MaxIter, "max-iter", n.MaxIter, "largest number of iterations")
	flags.Float64Var(&n.Tol, "tol", n.Tol, "stop when an iteration lowers the divergence by less than this share")
	flags.IntVar(&n.Threads, "threads", n.Threads, "threads to use (0: all processors); the result does not depend on it")
}

func join[S ~string](names []S) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return strings.Join(all, ", ")
}

func (f *fitting) run(ctx context.Context, paths []string) error {
	if err := f.prepare(); err != nil {
		return err
	}
	if f.output != "" {
		if err := topics.CanSave(f.output); err != nil {
			return err
		}
	}
	c, err := f.open(paths, f.factors.Threads)
	if err != nil {
		return err
	}
	if n := c.Len(); n > 0 && n < f.factors.Topics {
		return tooFew(f.factors.Topics, n)
	}
	m, err := f.fit(ctx, c, paths)
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

func (f *fitting) save(m *topics.Model) error {
	if f.output == "" {
		return nil
	}
	if m.Outcome.Status == nmf.Interrupted && m.Outcome.Iterations == 0 {
		f.say("klew: interrupted before the first iteration: nothing is saved")
		return nil
	}
	if err := m.Save(f.output); err != nil {
		return err
	}
	f.say("klew: saved the model to %s", f.output)
	return nil
}

// prepare checks the options and reads the stop words.
func (f *fitting) prepare() error {
	f.counting.Stem = !f.noStem
	f.counting.Threads = f.factors.Threads
	if f.output == "-" {
		return usageError{errors.New("--output -: a model cannot go to standard output; name a file")}
	}
	if f.stopWords == "-" {
		return usageError{errors.New("--stop-words -: standard input is for texts; name a file")}
	} else if f.stopWords != "" {
		words, err := readWords(f.stopWords)
		if err != nil {
			return fmt.Errorf("reading the stop words: %w", err)
		}
		f.counting.StopWords = words
	}
	if err := f.counting.Validate(); err != nil {
		return usageError{err}
	}
	if err := f.factors.Validate(); err != nil {
		return usageError{err}
	}
	return atLeastOne(f.words, "words")
}

// atLeastOne refuses to print nothing.
func atLeastOne(n int, flag string) error {
	if n < 1 {
		return usageError{fmt.Errorf("--%s %d: must be at least 1", flag, n)}
	}
	return nil
}

// fit counts and factorises, and tells what it does.
func (f *fitting) fit(ctx context.Context, c *corpus.Corpus, paths []string) (*topics.Model, error) {
	reading := f.begin("reading", c.Len())
	table, err := vectorize.Count(ctx, shown(c.Documents(ctx), reading), f.counting)
	took := reading.end()
	f.sayLedger(c.Ledger())
	if err != nil {
		return nil, err
	}
	f.sayCounted(table, took)
	if err := enough(table, f.factors.Topics, f.counting); err != nil {
		return nil, err
	}
	factorising := f.begin("fitting", f.factors.MaxIter)
	f.factors.Progress = func(s nmf.Step) {
		factorising.set(s.Iteration, fmt.Sprintf("iterations, divergence %s", grouped(int(s.Divergence))))
	}
	result, err := nmf.Fit(ctx, table.V, f.factors)
	took = factorising.end()
	if err != nil {
		return nil, err
	}
	f.sayFitted(result, took)
	return topics.New(table, result, topics.Origin{
		Program:  "klew " + version,
		Paths:    paths,
		Counting: f.counting,
		Fitting:  f.factors,
		Ledger:   c.Ledger(),
	}), nil
}

func (p *program) sayCounted(t *vectorize.Table, took time.Duration) {
	tokens, empty := 0, 0
	for _, d := range t.Documents {
		tokens += d.Tokens
		if d.Tokens == 0 {
			empty++
		}
	}
	p.say("klew: read %s in %.1f s: %s, %s", count(len(t.Documents), "document"), took.Seconds(),
		count(len(t.Vocabulary.Terms), "term"), count(tokens, "token"))
	if empty > 0 {
		p.say("klew: %s without a counted token: all their topics are 0", count(empty, "document"))
	}
}

func (p *program) sayFitted(r *nmf.Result, took time.Duration) {
	how := map[nmf.Status]string{
		nmf.Converged:   "converged after",
		nmf.Limit:       "stopped at the limit of",
		nmf.Interrupted: "interrupted after",
	}[r.Status]
	p.say("klew: fitted %s in %.1f s: %s %s, divergence %.1f", count(r.W.Topics(), "topic"), took.Seconds(),
		how, count(r.Iterations, "iteration"), r.Divergence)
}

// enough refuses more topics than documents or terms can tell apart.
func enough(t *vectorize.Table, k int, o vectorize.Options) error {
	filled := 0
	for _, d := range t.Documents {
		if d.Tokens > 0 {
			filled++
		}
	}
	if all := len(t.Documents); k > all {
		return tooFew(k, all)
	} else if k > filled {
		return fmt.Errorf("%s asked of %s, of which only %s kept a token: ask for fewer topics with -k, or keep more terms with --min-df (now %s) and --max-df (now %s)",
			count(k, "topic"), count(all, "document"), grouped(filled), o.MinDF, o.MaxDF)
	}
	if terms := len(t.Vocabulary.Terms); k > terms {
		return fmt.Errorf("%s asked of %s: ask for fewer topics with -k, or keep more terms with a lower --min-df (now %s)", count(k, "topic"), count(terms, "term"), o.MinDF)
	}
	return nil
}

func tooFew(k, documents int) error {
	return fmt.Errorf("%s asked of %s: ask for fewer topics with -k, or name more texts (if each line of a file is a document: klew fit - < FILE)",
		count(k, "topic"), count(documents, "document"))
}

func (f *fitting) print(m *topics.Model) error {
	return printTopics(m, f.format.newPrinter(f.out, topicsHeader), f.words)
}
