package main

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/topics/tables"
	"klew/vectorize"
)

// stopWordsCommand is the command stop-words.
type stopWordsCommand struct {
	*print.Console
	source.Words
	most    int
	texts   source.Texts
	threads int
	format  print.Format
}

// defaultProposals is the number of words proposed.
const defaultProposals = 50

func newStopWords(p *print.Console) *cobra.Command {
	s := &stopWordsCommand{Console: p, most: defaultProposals}
	s.Counting = vectorize.Defaults()
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
		Args: s.texts.PathArgs(),
		RunE: func(c *cobra.Command, paths []string) error { return s.run(c.Context(), paths) },
	}
	usage.Listed(c, &s.most, "number", "n", 1, "words to propose at most")
	s.format.AddFlags(c)
	manual.Section(c, "Reading (klew help reading)", func() { s.texts.Add(c) })
	manual.Section(c, "Words (klew help counting)", func() { s.AddCutting(c) })
	usage.Threads(c, &s.threads)
	return c
}

func (s *stopWordsCommand) run(ctx context.Context, paths []string) error {
	if err := errors.Join(s.texts.Check(paths), s.PrepareTerms(s.threads)); err != nil {
		return err
	}
	s.Counting.Stem = false // a stop word is one form of a word
	if err := s.Counting.MaxDF.Set("1.0"); err != nil {
		return err
	}
	c, err := s.texts.Open(s.Console, paths, s.threads)
	if err != nil {
		return err
	}
	reading := s.Begin("reading", c.Len())
	table, err := vectorize.Count(ctx, source.Shown(c.Documents(ctx), reading), s.Counting)
	reading.End()
	if err := cmp.Or(s.texts.Account(s.Console, c), err); err != nil {
		return err
	}
	return s.print(vectorize.ProposeStopWords(table))
}

func (s *stopWordsCommand) print(all []vectorize.Proposal) error {
	return print.Table(s.Console, s.format, tables.StopWords(all[:min(s.most, len(all))]))
}
