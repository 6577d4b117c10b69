package main

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/source"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/topics/tables"
	"klew/topics/wholefile"
)

// inferCommand is the command infer.
type inferCommand struct {
	*print.Console
	table   print.Documents
	topics  lookup.TopicList
	texts   source.Texts
	threads int
	output  string
	force   bool
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
` + print.DocumentsOptions + `

With -o nothing is printed, and the texts become the documents of a new model, with the topics,
labels and corrections of this one: docs, topics, trends, similar, explain, export and the
others then work on these. Words of topics stay those that were learned. klew info tells from
which model they were inferred.`,
		Example: `  klew infer notes.klew inbox
  klew infer notes.klew letter.txt --long -n 3
  klew infer notes.klew may -o may.klew            keeps the result: klew trends may.klew
  klew infer notes.klew book.txt --segment words:500
  echo "bees and honey" | klew infer notes.klew - --format json`,
		Args: i.texts.PathArgs("MODEL"),
		RunE: func(c *cobra.Command, args []string) error {
			i.given = c.Flags().Changed
			return i.run(c.Context(), args[0], args[1:])
		},
	}
	i.table.AddFlags(c)
	i.topics.AddFlags(c)
	manual.Section(c, "Reading (klew help reading)", func() { i.texts.Add(c) })
	usage.Threads(c, &i.threads)
	c.Flags().StringVarP(&i.output, "output", "o", "", "keep the texts as the documents of a new model in this `file`")
	c.Flags().BoolVar(&i.force, "force", false, "replace a model also if klew edit has corrected it")
	return c
}

func (i *inferCommand) run(ctx context.Context, model string, paths []string) error {
	if err := i.texts.Check(paths); err != nil {
		return err
	}
	if err := i.canSave(model); err != nil {
		return err
	}
	m, err := lookup.Model(model, paths...)
	if err != nil {
		return err
	}
	if i.table.Only, err = i.topics.Named(m); err != nil {
		return err
	}
	i.texts.LikeThoseOf(m.Origin.Reading.ForOthers(), i.given)
	i.sayFormat(m.Origin.Reading.Format, paths)
	c, err := i.texts.Open(i.Console, paths, i.threads)
	if err != nil {
		return err
	}
	reading := i.Begin("inferring", c.Len())
	inferred, err := m.Fitted().Infer(ctx, source.Shown(c.Documents(ctx), reading), i.threads)
	reading.End()
	if err := cmp.Or(i.texts.Account(i.Console, c), err); err != nil {
		return err
	}
	result, err := i.result(m, model, paths, inferred, c.Ledger())
	if err != nil {
		return err
	}
	i.sayUnknown(inferred)
	if n, difference := m.Agreement(&result.DocumentTopics); n > 0 {
		i.Say("klew: the model was fitted to %s of these: their proportions here differ from there by %.2g on average", print.Count(n, "document"), difference)
	}
	if i.output != "" {
		return nil
	}
	return i.table.Print(i.Console, m, &result.DocumentTopics)
}

// sayFormat tells that files are read for what they look like, where those of the model were not.
func (i *inferCommand) sayFormat(model string, paths []string) {
	if model != "" && model != corpus.Auto && !i.given("input") && !slices.Equal(paths, []string{"-"}) {
		i.Say("klew: each file is read as what it looks like; the model's own texts were read with --input %s", model)
	}
}

// sayUnknown tells how many texts have no word of the model, and so no topic.
func (i *inferCommand) sayUnknown(d *topics.DocumentTopics) {
	unknown := 0
	for _, document := range d.Documents {
		if document.Tokens == 0 {
			unknown++
		}
	}
	if unknown > 0 {
		i.Say("klew: no topics for %s of %s: the model knows none of their words", print.Grouped(unknown), print.Count(len(d.Documents), "document"))
	}
}

// canSave finds out whether the result can be saved, before the work.
func (i *inferCommand) canSave(model string) error {
	switch {
	case i.output == "":
		return nil
	case i.output == "-":
		return usage.Mistakef("--output -: a model cannot go to standard output; name a file")
	case tables.FormatOf(i.output) != "":
		return usage.Mistakef("--output %s: klew infer saves a model; for a table: klew infer %s ... --format csv > %s", i.output, model, i.output)
	case filepath.Clean(i.output) == filepath.Clean(model):
		return usage.Mistakef("--output %s: that is the model itself; name another file", i.output)
	}
	if err := wholefile.Check(i.output, "model", topics.IsModel); err != nil || i.force {
		return err
	}
	return lookup.KeepsEdits(i.output, "name another file, or replace it by --force")
}

// result is the model with the documents inferred, saved if that is wanted, as its journal wants
// it.
func (i *inferCommand) result(m *topics.Model, name string, paths []string, inferred *topics.DocumentTopics, ledger corpus.Ledger) (*topics.Model, error) {
	result := m.With(inferred, name, topics.Origin{
		Program: "klew " + manual.Version, Paths: paths, Base: ".", Reading: i.texts.Options, Ledger: ledger,
	})
	if i.output != "" {
		if err := result.Save(i.output); err != nil {
			return nil, err
		}
		i.Say("klew: saved %s with the topics of %s to %s; klew docs %s prints them", print.Count(len(inferred.Documents), "document"), name, i.output, i.output)
	}
	return result.Edited()
}
