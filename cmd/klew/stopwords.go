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
	"klew/nmf"
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

Read the list before you use it: whether a word is in the way is for you to say. Texts of a few
words have hardly a word twice, so that the words of their subjects are proposed, too: that is
told.`,
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
	s.sayShort(table)
	return s.print(vectorize.ProposeStopWords(table))
}

// sayShort warns of texts too short to have words in bursts.
func (s *stopWordsCommand) sayShort(table *vectorize.Table) {
	tokens, documents := 0, 0
	for _, d := range table.Documents {
		if d.Tokens > 0 {
			tokens, documents = tokens+d.Tokens, documents+1
		}
	}
	if documents > 0 && tokens <= nmf.RefineTokens*documents {
		s.Say("klew: the texts have %.1f counted words on average, which is too few for words of a subject to come twice: the list has many of these, and is no list to use as it is", float64(tokens)/float64(documents))
	}
}

func (s *stopWordsCommand) print(all []vectorize.Proposal) error {
	return print.Table(s.Console, s.format, tables.StopWords(all[:min(s.most, len(all))]))
}
