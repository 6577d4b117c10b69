package print

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// Documents is the options of the table of documents by topics.
type Documents struct {
	Format Format
	Known  bool // whether the share of known tokens is among the columns
	// Only are the topics to show, nil for all. Documents that have none of them are left out.
	Only    []int
	sort    bool
	weights bool
	long    bool
	top     int
	least   float64
	fields  []string
	headers Headers
}

// DocumentsColumns tells of the columns of the table, and DocumentsOptions of its options.
const (
	DocumentsColumns = `Columns: document, its metadata (folder first), tokens, and topic_1 to topic_k, but for
topics that klew edit has merged or dropped, with the topic's proportion of the document.`
	DocumentsOptions = `On a terminal, and with --format table, a document has one line with its largest topic:
document, topic, label, proportion, and as far as there is room its metadata, tokens, and the
others of its topics. --fields chooses the metadata. --headers labels calls the columns of
topics by their labels.

--topic shows these topics alone, of the documents that have any of them; with --sort the
documents come by the share of the first of these, the largest first.

-n and --threshold leave the other topics of a document empty. With --long there is one line
a document and topic that is not left out: document, metadata, tokens, topic, label, proportion
(or weight); a document of which every topic is left out has one line without.`
)

// AddFlags binds the options.
func (d *Documents) AddFlags(c *cobra.Command) {
	usage.Listed(c, &d.top, "top", "n", 0, "only the `N` largest topics of a document (0: all)")
	usage.Fraction(c, &d.least, "threshold", "only topics of at least this `proportion` of a document")
	c.Flags().BoolVar(&d.sort, "sort", false, "put documents with most of the topic of --topic first")
	c.Flags().BoolVar(&d.long, "long", false, "print one line a document and topic")
	c.Flags().BoolVar(&d.weights, "weights", false, "print weights (the column of H) in place of proportions")
	c.Flags().StringSliceVar(&d.fields, "fields", nil, "only these `fields` of the metadata, with commas between them (default all)")
	d.headers.AddFlags(c)
	d.Format.AddFlags(c)
}

// Print prints the table of documents by the topics of a model.
func (d *Documents) Print(to *Console, m *topics.Model, of *topics.DocumentTopics) error {
	if d.sort && d.Only == nil {
		return usage.Mistakef("--sort: by which topic is missing: give it with --topic")
	}
	of = d.having(to, of)
	fields, err := tables.PickFields(of.Documents, d.fields)
	if err != nil {
		return usage.Mistakef("--fields: %w", err)
	}
	o := tables.DocumentOptions{Only: d.Only, Fields: fields, Labels: d.headers.Of(m), Weights: d.weights, Known: d.Known, Top: d.top, Threshold: d.least}
	if d.long {
		return Table(to, d.Format, tables.DocumentsLong(m, of, o))
	}
	return Table(to, d.Format, tables.Documents(m, of, o))
}

// having are the documents that have any of the topics to show, in the order that is wanted.
func (d *Documents) having(to *Console, of *topics.DocumentTopics) *topics.DocumentTopics {
	if d.Only == nil {
		return of
	}
	members := of.Having(d.Only, d.least, d.sort)
	if left := len(of.Documents) - len(members); left > 0 {
		to.Say("klew: %s left out that have none of the topics to show", Count(left, "document"))
	}
	some := of.Of(members)
	return &some
}
