package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
)

// inferCommand is the command infer.
type inferCommand struct {
	*print.Console
	table   print.Documents
	texts   source.Texts
	threads int
	given   func(option string) bool
}

func newInfer(p *print.Console) *cobra.Command {
	i := &inferCommand{Console: p, table: print.Documents{Known: true}}
	c := &cobra.Command{
		Use:   "infer MODEL PATH...",
		Short: "Print the topics of other texts",
		Long: `Print the topics of texts that the model has not seen, or has.

A PATH is a file, a folder, or - for standard input, as with klew fit.

klew help reading tells of the options on how texts are read.
If the model was made with --mail, with columns of tables or a pattern for --meta-path,
these are the defaults; '' is none. All else is chosen anew: other texts may well lie
elsewhere, or be cut in another way.

` + print.DocumentsColumns + `
After tokens comes known: the share of the document's tokens, stop words apart, that the
model's vocabulary holds.

` + print.DocumentsOptions,
		Example: `  klew infer notes.klew inbox
  klew infer notes.klew letter.txt --long -n 3
  klew infer notes.klew book.txt --segment words:500
  echo "bees and honey" | klew infer notes.klew - --format json`,
		Args: i.texts.PathArgs("MODEL"),
		RunE: func(c *cobra.Command, args []string) error {
			i.given = c.Flags().Changed
			return i.run(c.Context(), args[0], args[1:])
		},
	}
	i.table.AddFlags(c)
	manual.Section(c, "Reading (klew help reading)", func() { i.texts.Add(c) })
	usage.Threads(c, &i.threads)
	return c
}

func (i *inferCommand) run(ctx context.Context, model string, paths []string) error {
	if err := i.texts.Check(paths); err != nil {
		return err
	}
	m, err := lookup.Model(model, paths...)
	if err != nil {
		return err
	}
	i.texts.LikeThoseOf(m.Origin.Reading.ForOthers(), i.given)
	c, err := i.texts.Open(i.Console, paths, i.threads)
	if err != nil {
		return err
	}
	reading := i.Begin("inferring", c.Len())
	inferred, err := m.Infer(ctx, source.Shown(c.Documents(ctx), reading), i.threads)
	reading.End()
	if err := cmp.Or(i.texts.Account(i.Console, c), err); err != nil {
		return err
	}
	if n, difference := m.Agreement(inferred); n > 0 {
		i.Say("klew: the model was fitted to %s of these: their proportions here differ from there by %.2g on average", print.Count(n, "document"), difference)
	}
	return i.table.Print(i.Console, m, inferred)
}
