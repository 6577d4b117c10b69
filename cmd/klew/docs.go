package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
	"klew/vectorize"
)

// weights is what docs and infer share: the table of documents by topics.
type weights struct {
	*print.Console
	weights   bool
	long      bool
	top       int
	threshold float64
	format    formatFlag
	known     bool // with the share of known tokens
}

const docsColumns = `Columns: document, its metadata (folder first), tokens, and topic_1 to topic_k, but for
topics that klew edit has merged or dropped, with the topic's proportion of the document.`

const docsOptions = `--top and --threshold leave the other topics of a document empty. With --long there is
one line a document and topic that is not left out: document, metadata, tokens, topic,
proportion (or weight); a document of which every topic is left out has one line without.`

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
	w.format.add(c)
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
	fields := metadata(d.Documents)
	var after []string
	if w.known {
		after = append(after, "known")
	}
	value := "proportion"
	if w.weights {
		value = "weight"
	}
	if w.long {
		after = append(after, "topic", value)
	} else {
		for k := range d.H.Topics() {
			after = append(after, fmt.Sprintf("topic_%d", m.Number(k)))
		}
	}
	header := headerOf(fields, append([]string{"document", "tokens"}, after...))
	to := w.format.newPrinter(w.Out, header)
	for j := range d.Documents {
		if err := w.document(to, m, d, j, fields); err != nil {
			return err
		}
	}
	return to.close()
}

// headerOf names the columns: document, the metadata, tokens, and what comes after. Files
// and patterns may name a field as one of ours; that one is called meta_topic then, for
// each column to have a name of its own.
func headerOf(fields, ours []string) []string {
	header := []string{ours[0]}
	for _, name := range fields {
		for slices.Contains(ours, name) || slices.Contains(header, name) {
			name = "meta_" + name
		}
		header = append(header, name)
	}
	return append(header, ours[1:]...)
}

// document prints the row or rows of one document.
func (w *weights) document(to printer, m *topics.Model, d *topics.DocumentTopics, j int, fields []string) error {
	about := describe(&d.Documents[j], fields)
	if w.known {
		about = append(about, d.Documents[j].Known())
	}
	proportions := d.Proportions(j)
	values := proportions
	if w.weights {
		values = d.Weights(j)
	}
	chosen := w.choose(proportions)
	if w.long {
		if len(chosen) == 0 { // a document keeps its row
			return to.row(append(about, nil, nil)...)
		}
		for _, k := range chosen {
			if err := to.row(append(slices.Clone(about), m.Number(k), values[k])...); err != nil {
				return err
			}
		}
		return nil
	}
	row := append(about, make([]any, len(values))...)
	for _, k := range chosen {
		row[len(about)+k] = values[k]
	}
	return to.row(row...)
}

// choose returns the topics to print: all in order, or with --top the largest, the
// largest first.
func (w *weights) choose(proportions []float64) []int {
	var chosen []int
	for k, p := range proportions {
		if p >= w.threshold && (p > 0 || w.top == 0) {
			chosen = append(chosen, k)
		}
	}
	if w.top > 0 {
		slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(proportions[b], proportions[a]) })
		chosen = chosen[:min(w.top, len(chosen))]
	}
	return chosen
}

// metadata names the fields of all documents.
func metadata(documents []vectorize.Document) []string { return tables.Fields(documents) }

// describe is the cells before a document's topics.
func describe(d *vectorize.Document, fields []string) []any {
	cells := []any{d.ID}
	for _, name := range fields {
		var value string
		for _, f := range d.Meta {
			if f.Name == name {
				value = f.Value
			}
		}
		cells = append(cells, value)
	}
	return append(cells, d.Tokens)
}
