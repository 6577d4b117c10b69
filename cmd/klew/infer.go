package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"klew/cmd/klew/internal/print"
)

// inferring is the command infer.
type inferring struct {
	weights
	texts   reading
	threads int
	given   func(option string) bool
}

func newInfer(p *program) *cobra.Command {
	i := &inferring{weights: weights{program: p, known: true}}
	c := &cobra.Command{
		Use:   "infer MODEL PATH...",
		Short: "Print the topics of other texts",
		Long: `Print the topics of texts that the model has not seen, or has.

A PATH is a file, a folder, or - for standard input, as with klew fit.

` + readingHelp + `
If the model was made with --mail, with columns of tables or a pattern for --meta-path,
these are the defaults; '' is none. All else is chosen anew: other texts may well lie
elsewhere, or be cut in another way.

` + docsColumns + `
After tokens comes known: the share of the document's tokens, stop words apart, that the
model's vocabulary holds.

` + docsOptions,
		Example: `  klew infer notes.klew inbox
  klew infer notes.klew letter.txt --long --top 3
  klew infer notes.klew book.txt --segment words:500
  echo "bees and honey" | klew infer notes.klew - --format json`,
		Args: i.texts.pathArgs("MODEL and PATH", "MODEL", 2),
		RunE: func(c *cobra.Command, args []string) error {
			i.given = c.Flags().Changed
			return i.run(c.Context(), args[0], args[1:])
		},
	}
	i.addFlags(c)
	i.texts.add(c)
	c.Flags().IntVar(&i.threads, "threads", 0, "threads to use (0: all processors); the result does not depend on it")
	p.addQuiet(c)
	return c
}

func (i *inferring) run(ctx context.Context, model string, paths []string) error {
	if err := i.check(); err != nil {
		return err
	}
	if i.threads < 0 {
		return usageError{fmt.Errorf("--threads %d: must be 0 (all) or more", i.threads)}
	}
	if err := i.texts.check(paths); err != nil {
		return err
	}
	m, err := load(model)
	if err != nil {
		return err
	}
	i.texts.likeThoseOf(m.Origin.Reading.ForOthers(), i.given)
	c, err := i.open(paths, &i.texts, i.threads)
	if err != nil {
		return err
	}
	reading := i.Begin("inferring", c.Len())
	inferred, err := m.Infer(ctx, shown(c.Documents(ctx), reading), i.threads)
	reading.End()
	if err := errors.Join(i.account(c.Ledger(), &i.texts), err); err != nil {
		return err
	}
	if n, difference := m.Agreement(inferred); n > 0 {
		i.Say("klew: the model was fitted to %s of these: their proportions here differ from there by %.2g on average", print.Count(n, "document"), difference)
	}
	return i.print(m, inferred)
}
