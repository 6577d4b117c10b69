package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// similarCommand is the command similar.
type similarCommand struct {
	lookup.DocumentArgument
	where  lookup.Where
	number int
	long   bool
	fields []string
	format print.Format
}

// defaultNeighbours is how many documents klew similar lists.
const defaultNeighbours = 10

func newSimilar(p *print.Console) *cobra.Command {
	f := &similarCommand{DocumentArgument: lookup.DocumentArgument{Console: p}, number: defaultNeighbours}
	c := &cobra.Command{
		Use:   "similar MODEL DOC",
		Short: "Print the documents that are nearest to one by their topics",
		Long: `Print the model's documents whose topics are most like those of one, the nearest first.

` + lookup.DocumentHelp + `

The distance is that of Hellinger between the topic proportions p and q,
√(1 − Σ √(p q)): 0 if they are the same, 1 if the documents have no topic in common. What
they have in common is the sum. Columns: document, its metadata (folder first), tokens,
distance, shared: the topics that make up at least a tenth of the sum, the largest part
first; and labels, theirs.

` + lookup.WhereHelp + `

With --long, one line for each of the topics that are shared: document, metadata, tokens,
distance, topic, label, affinity (the topic's √(p q)), keywords. Documents of which nothing
was counted have no topics, and are near to none.`,
		Example: `  klew similar notes.klew notes/bees/swarm.txt
  klew similar notes.klew swarm.txt -n 3 --long
  klew similar notes.klew swarm.txt --where 'folder!=bees'
  klew similar notes.klew letter.txt --format json       a text that is new
  echo "bees and honey" | klew similar notes.klew -`,
		Args: usage.Args("MODEL", "DOC"),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c.Context(), args[0], args[1]) },
	}
	usage.Listed(c, &f.number, "number", "n", 1, "documents to print")
	c.Flags().BoolVar(&f.long, "long", false, "print one line a document and topic that is shared")
	f.DocumentArgument.AddFlags(c)
	f.where.AddFlags(c)
	c.Flags().StringSliceVar(&f.fields, "fields", nil, "only these `fields` of the metadata, with commas between them (default all)")
	lookup.CompleteFields[string](c, "fields")
	f.format.AddFlags(c)
	return c
}

func (f *similarCommand) run(ctx context.Context, model, name string) error {
	m, err := lookup.Model(model, name)
	if err != nil {
		return err
	}
	if err := f.Find(ctx, m, name); err != nil {
		return err
	}
	if why := f.NoTopics(); why != "" {
		return errors.New(why + ", and so it is near to no document")
	}
	among, members, err := f.where.Of(f.Console, m)
	if err != nil {
		return err
	}
	proportions, except := f.Proportions(), f.At
	switch {
	case f.IsNew:
		except = -1
	case members != nil:
		except = slices.Index(members, f.At)
	}
	f.sayTopics(proportions)
	return f.print(among, proportions, among.Similar(proportions, f.number, except))
}

// sayTopics tells what the document is about, as a key to the numbers of topics.
func (f *similarCommand) sayTopics(proportions []float64) {
	var parts []string
	labels := f.Model.Labels()
	for _, k := range tables.MainTopics(proportions, tables.MainPart) {
		parts = append(parts, fmt.Sprintf("%.2f of topic %d (%s)", proportions[k], f.Model.Number(k), labels[k]))
	}
	f.Say("klew: %s is %s", f.Document().ID, strings.Join(parts, ", "))
}

func (f *similarCommand) print(m *topics.Model, proportions []float64, near []topics.SimilarDocument) error {
	fields, err := tables.PickFields(m.Documents, f.fields)
	if err != nil {
		return usage.Mistakef("--fields: %w", err)
	}
	if f.long {
		return print.Table(f.Console, f.format, tables.SimilarLong(m, proportions, near, fields))
	}
	return print.Table(f.Console, f.format, tables.Similar(m, proportions, near, fields))
}
