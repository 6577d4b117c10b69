package main

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// weights is what docs and infer share: the table of documents by topics.
type weights struct {
	*print.Console
	weights   bool
	long      bool
	top       int
	threshold float64
	fields    []string
	format    print.Format
	known     bool // with the share of known tokens
}

const docsColumns = `Columns: document, its metadata (folder first), tokens, and topic_1 to topic_k, but for
topics that klew edit has merged or dropped, with the topic's proportion of the document.`

const docsOptions = `On a terminal, and with --format table, a document has one line with its largest topic:
document, topic, label, proportion, and as far as there is room its metadata, tokens, and the
others of its topics. --fields chooses the metadata.

--top and --threshold leave the other topics of a document empty. With --long there is
one line a document and topic that is not left out: document, metadata, tokens, topic,
label, proportion (or weight); a document of which every topic is left out has one line without.`

func newDocs(p *print.Console) *cobra.Command {
	w := &weights{Console: p}
	c := &cobra.Command{
		Use:   "docs MODEL",
		Short: "Print the topics of each document",
		Long: `Print the topics of each document that the model was fitted to.

` + docsColumns + `
A document's proportions sum to 1, or are all 0 if none of its tokens was counted, or all
belong to topics that were dropped.

` + docsOptions,
		Example: `  klew docs notes.klew > documents.tsv
  klew docs notes.klew --long --top 3             the three main topics of each
  klew docs notes.klew --long --threshold 0.2     all topics of at least a fifth
  klew docs notes.klew --weights --format csv     tokens in place of proportions`,
		Args: usage.Args("MODEL", 1, 1),
		RunE: func(c *cobra.Command, args []string) error { return w.docs(args[0]) },
	}
	w.addFlags(c)
	return c
}

func (w *weights) addFlags(c *cobra.Command) {
	c.Flags().BoolVar(&w.weights, "weights", false, "print weights (the column of H) in place of proportions")
	c.Flags().BoolVar(&w.long, "long", false, "print one line a document and topic")
	c.Flags().IntVar(&w.top, "top", 0, "only the `n` largest topics of a document (0: all)")
	c.Flags().Float64Var(&w.threshold, "threshold", 0, "only topics of at least this `proportion` of a document")
	c.Flags().StringSliceVar(&w.fields, "fields", nil, "only these `fields` of the metadata, with commas between them (default all)")
	w.format.AddTo(c.Flags())
}

func (w *weights) check() error {
	if w.top < 0 {
		return usage.Mistakef("--top %d: must be 0 (all) or more", w.top)
	}
	if !(w.threshold >= 0 && w.threshold <= 1) {
		return usage.Mistakef("--threshold %v: must lie between 0 and 1", w.threshold)
	}
	return nil
}

func (w *weights) docs(path string) error {
	if err := w.check(); err != nil {
		return err
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	return w.print(m, &m.DocumentTopics)
}

// print prints the table of documents by the topics of a model.
func (w *weights) print(m *topics.Model, d *topics.DocumentTopics) error {
	fields, err := tables.PickFields(d.Documents, w.fields)
	if err != nil {
		return usage.Mistakef("--fields: %w", err)
	}
	o := tables.DocumentOptions{Fields: fields, Weights: w.weights, Known: w.known, Top: w.top, Threshold: w.threshold}
	if w.long {
		return print.Table(w.Console, w.format, tables.DocumentsLong(m, d, o))
	}
	return print.Table(w.Console, w.format, tables.Documents(m, d, o))
}
