package main

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
)

// docsCommand is the command docs.
type docsCommand struct {
	*print.Console
	table  print.Documents
	topics lookup.TopicList
	where  lookup.Where
}

func newDocs(p *print.Console) *cobra.Command {
	d := &docsCommand{Console: p}
	c := &cobra.Command{
		Use:   "docs MODEL",
		Short: "Print the topics of each document",
		Long: `Print the topics of each document that the model was fitted to.

` + print.DocumentsColumns + `
A document's proportions sum to 1, or are all 0 if none of its tokens was counted, or all
belong to topics that were dropped.

` + lookup.WhereHelp + `

` + print.DocumentsOptions,
		Example: `  klew docs notes.klew > documents.tsv
  klew docs notes.klew --long -n 3                the three main topics of each
  klew docs notes.klew --long --threshold 0.2     all topics of at least a fifth
  klew docs notes.klew --topic 3 --sort           the documents of topic 3
  klew docs notes.klew --where 'folder=bees'      those of a folder
  klew docs notes.klew --weights --format csv     tokens in place of proportions`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return d.run(args[0]) },
	}
	d.table.AddFlags(c)
	d.topics.AddFlags(c)
	d.where.AddFlags(c)
	return c
}

func (d *docsCommand) run(model string) error {
	m, err := lookup.Model(model)
	if err != nil {
		return err
	}
	if m, _, err = d.where.Of(d.Console, m); err != nil {
		return err
	}
	if d.table.Only, err = d.topics.Named(m); err != nil {
		return err
	}
	return d.table.Print(d.Console, m, &m.DocumentTopics)
}
