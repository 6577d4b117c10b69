package main

import (
	"slices"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/corpus"
	"klew/topics"
	"klew/topics/relations"
	"klew/topics/tables"
	"klew/vectorize"

	"github.com/spf13/cobra"
)

// effectsCommand is the command effects.
type effectsCommand struct {
	*print.Console
	formula string
	topics  lookup.TopicList
	boot    topics.Bootstrap
	format  print.Format
}

func newEffects(p *print.Console) *cobra.Command {
	e := &effectsCommand{Console: p}
	e.boot = topics.Bootstrap{Resamples: topics.DefaultResamples, Level: topics.DefaultLevel, Seed: 1}
	c := &cobra.Command{
		Use:   "effects MODEL --formula 'share ~ FIELD + FIELD...'",
		Short: "Print how topics' shares differ with metadata, several fields at once",
		Long: `Print how the share of each topic in a document differs with fields of the metadata, each
with the others held at the same values. It is what estimateEffect of the R package stm is
used for. Columns:

  topic     its number
  label     the topic's label
  term      a field, or (base): the share where numbers are 0 and other fields at their base
  level     the value of a field of names, compared with the base: the first in byte order
  estimate  the difference of the share for that level, or for one more of a number
  error     the standard deviation of the estimate over resamples of the documents
  low, high the interval that holds 95 % of the resamples

A field whose values are all numbers is a number; C(field) takes them for names. year and
month are those of a document's date, unless a field is called so. A name with blanks stands
in backquotes. Documents without a value of some field are left out, and counted.

The method is least squares on the documents' proportions, every document with a token counting
alike, where klew trends adds tokens up, so that the two differ; intervals come from drawing as
many documents as there are, with replacement, a thousand times. The topics and the proportions
are taken as known, so that intervals are rather too short. An effect is a difference, and no
cause. Interactions of fields are not estimated.`,
		Example: `  klew effects speeches.klew --formula 'share ~ party + year'
  klew effects speeches.klew --formula 'share ~ party + C(year)' --topic 3,7
  klew effects survey.klew --formula 'share ~ region + age' --format csv > effects.csv`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return e.run(args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&e.formula, "formula", "", "the `fields` that shares may differ by, joined by +")
	e.topics.AddFlags(c)
	usage.Resamples(c, &e.boot.Resamples)
	flags.Uint64Var(&e.boot.Seed, "seed", e.boot.Seed, "seed of the random numbers: the same seed, the same intervals")
	e.format.AddFlags(c)
	return c
}

func (e *effectsCommand) run(path string) error {
	if e.formula == "" {
		return usage.Mistakef("--formula is missing: name the fields, for example --formula 'share ~ %s'", corpus.Folder)
	}
	formula, err := relations.ParseFormula(e.formula)
	if err != nil {
		return usage.Mistake(err)
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	chosen, err := e.topics.Of(m)
	if err != nil {
		return err
	}
	if err := e.checkFields(m, formula); err != nil {
		return err
	}
	r, err := relations.Effects(m, formula, valueOf, e.boot)
	if err != nil {
		return err
	}
	e.tell(r)
	return print.Table(e.Console, e.format, tables.Effects(m, r, chosen))
}

// checkFields refuses a field that no document has.
func (e *effectsCommand) checkFields(m *topics.Model, f *relations.Formula) error {
	for _, p := range f.Fields {
		found := false
		for j := range m.Documents {
			found = found || valueOf(&m.Documents[j], p.Field) != ""
		}
		if !found {
			return usage.Mistakef("--formula: no document has the field %s; there are: %s", p.Field, strings.Join(fieldsOf(m), ", "))
		}
	}
	return nil
}

// fieldsOf are the fields of the documents, with the parts of their dates.
func fieldsOf(m *topics.Model) []string {
	all := topics.Fields(m.Documents)
	if slices.Contains(all, corpus.DateField) {
		all = append(all, "year", "month")
	}
	return all
}

// valueOf is a field of a document, whatever its case; year and month are parts of its date.
func valueOf(d *vectorize.Document, field string) string {
	for _, f := range d.Meta {
		if strings.EqualFold(f.Name, field) {
			return f.Value
		}
	}
	date := corpus.Value(d.Meta, corpus.DateField)
	switch {
	case strings.EqualFold(field, "year") && len(date) >= 4:
		return date[:4]
	case strings.EqualFold(field, "month") && len(date) >= 7:
		return date[5:7]
	}
	return ""
}

// tell says what the numbers rest on.
func (e *effectsCommand) tell(r *relations.Regression) {
	if r.Missing > 0 {
		e.Say("klew: %s without a value of some field left out", print.Count(r.Missing, "document"))
	}
	for _, b := range r.Bases {
		e.Say("klew: %s: compared with %s", b.Field, b.Level)
	}
	if lost := e.boot.Resamples - r.Resamples; lost > 0 {
		e.Say("klew: %s held no document of some level, and count for no interval", print.Count(lost, "resample"))
	}
}
