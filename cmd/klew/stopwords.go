package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
	"klew/vectorize"
)

// proposing is the command stop-words.
type proposing struct {
	*program
	termFlags
	most    int
	texts   reading
	threads int
	format  formatFlag
}

// defaultProposals is the number of words proposed.
const defaultProposals = 50

func newStopWords(p *program) *cobra.Command {
	s := &proposing{program: p, most: defaultProposals}
	s.counting = vectorize.Defaults()
	c := &cobra.Command{
		Use:   "stop-words PATH... [-n N]",
		Short: "Propose words that carry no topic",
		Long: `Propose words of these texts that carry no topic, beyond the stop words that klew has.

A PATH is a file, a folder, or - for standard input, as with klew fit, with the same
options on how texts are read.

Words of a subject come in bursts: a text that has one has it again. A word is proposed if
it is in at least 2 % of the documents, and as evenly spread as if its occurrences had been
strewn over all texts at random, or more evenly, as the words of a form are. Columns: word;
documents that have it; count; expected, the number of documents that would have it by
chance; evenness, documents through expected; reason. The word in the most documents comes
first.

Read the list before you use it: whether a word is in the way is for you to say.`,
		Example: `  klew stop-words notes
  klew stop-words notes -n 200 --format tsv | tail -n +2 | cut -f 1 > words.txt
  klew fit notes -k 20 --extra-stop-words words.txt`,
		Args: s.texts.pathArgs("PATH", "", 1),
		RunE: func(c *cobra.Command, paths []string) error { return s.run(c.Context(), paths) },
	}
	flags := c.Flags()
	flags.IntVarP(&s.most, "number", "n", s.most, "words to propose at most")
	s.format.add(c)
	p.addQuiet(c)
	s.texts.add(c)
	s.addCutting(c)
	flags.IntVar(&s.threads, "threads", 0, "threads to use (0: all processors); the result does not depend on it")
	return c
}

func (s *proposing) run(ctx context.Context, paths []string) error {
	if err := atLeastOne(s.most, "number"); err != nil {
		return err
	}
	if err := errors.Join(s.texts.check(paths), s.prepareTerms(s.threads)); err != nil {
		return err
	}
	s.counting.Stem = false // a stop word is one form of a word
	if err := s.counting.MaxDF.Set("1.0"); err != nil {
		return err
	}
	c, err := s.open(paths, &s.texts, s.threads)
	if err != nil {
		return err
	}
	reading := s.Begin("reading", c.Len())
	table, err := vectorize.Count(ctx, shown(c.Documents(ctx), reading), s.counting)
	reading.End()
	if err := errors.Join(s.account(c.Ledger(), &s.texts), err); err != nil {
		return err
	}
	return s.print(vectorize.ProposeStopWords(table))
}

func (s *proposing) print(all []vectorize.Proposal) error {
	to := s.format.newPrinter(s.Out, []string{"word", "documents", "count", "expected", "evenness", "reason"})
	for _, p := range all[:min(s.most, len(all))] {
		if err := to.row(p.Word, p.Documents, p.Count, p.Expected, p.Evenness, p.Reason); err != nil {
			return err
		}
	}
	return to.close()
}
