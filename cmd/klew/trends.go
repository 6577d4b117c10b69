package main

import (
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// trendsCommand is the command trends.
type trendsCommand struct {
	*print.Console
	by      []string
	topics  lookup.TopicList
	where   lookup.Where
	boot    topics.Bootstrap
	plot    string
	wide    bool
	headers print.Headers
	format  print.Format
}

func newTrends(p *print.Console) *cobra.Command {
	t := &trendsCommand{Console: p, by: []string{string(topics.Year)}}
	t.boot = topics.Bootstrap{Resamples: topics.DefaultResamples, Level: topics.DefaultLevel, Seed: 1}
	c := &cobra.Command{
		Use:   "trends MODEL [--by year|quarter|month|week|day|FIELD]",
		Short: "Print the shares of topics over time, or by metadata",
		Long: `Print how large each topic is in each year, quarter, month, week or day, or for each value of
a field of the metadata. Columns:

  topic      its number
  label      the topic's label
  period     1999, 1999-Q1, 1999-03, 1999-W09 (ISO 8601: weeks begin on Monday) or
             1999-03-01; with a field the column is value
  documents  how many documents there are
  share      the topic's part of their tokens: long documents count for more (klew effects
             has means over documents)
  low, high  the interval that holds 95 % of the shares of resamples

--by takes two with a comma between them, as in --by region,year: then there is a column for
each, with its name. --wide prints a line for each group with a column for each topic, by
numbers or with --headers labels by labels, without intervals. Fields are found whatever the
case of their letters.

` + lookup.WhereHelp + `

Intervals are bootstrapped: as many documents as there are are drawn from those of the
period, with replacement, a thousand times (Efron & Tibshirani 1993, the percentile
method). They tell how much a share depends on which documents there happen to be, with
the topics as they are. A single document has none, and those of a few are too short.

A document's date is its metadata "date": of a mail, a page, a column (--date-column of
klew fit) or a path (--meta-path). Documents without a date, or with one that does not tell
the month, week or day, are left out, and counted. Nothing is printed for a period without
documents; in the picture it is a gap.

The picture has a panel for each topic of --topic, or for the six whose share changes
most; of two fields, the values of the first are lines in it.`,
		Example: `  klew trends news.klew                             shares by year
  klew trends news.klew --by month --topic 1,4,7
  klew trends news.klew --by folder --format csv    by metadata
  klew trends news.klew --by section,quarter --wide --headers labels
  klew trends news.klew --where 'section=sport'
  klew trends news.klew --by week --plot weeks.svg  and as a picture (.svg or .png)`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return t.run(args[0]) },
	}
	flags := c.Flags()
	flags.StringSliceVar(&t.by, "by", t.by, "the period, year, quarter, month, week or day; or the name of a `field` of the metadata; or two of these")
	flags.Lookup("by").DefValue = "year" // without the brackets of a list
	lookup.CompleteFields(c, "by", topics.Periods()...)
	t.topics.AddFlags(c)
	t.where.AddFlags(c)
	usage.Resamples(c, &t.boot.Resamples)
	flags.Uint64Var(&t.boot.Seed, "seed", t.boot.Seed, "seed of the random numbers: the same seed, the same intervals")
	flags.StringVar(&t.plot, "plot", "", "draw them to this `file`, .svg or .png")
	flags.BoolVar(&t.wide, "wide", false, "print a line for each group, with a column for each topic")
	t.headers.AddFlags(c)
	t.format.AddFlags(c)
	return c
}

func (t *trendsCommand) run(path string) error {
	if n := len(t.by); n < 1 || n > 2 {
		return usage.Mistakef("--by %s: must name one or two of periods and fields", strings.Join(t.by, ","))
	}
	if err := print.CheckPicture(t.plot); err != nil {
		return err
	}
	m, err := lookup.Model(path)
	if err != nil {
		return err
	}
	chosen, err := t.topics.Of(m)
	if err != nil {
		return err
	}
	if m, _, err = t.where.Of(t.Console, m); err != nil {
		return err
	}
	groups, err := t.groups(m, path)
	if err != nil {
		return err
	}
	if t.wide {
		t.boot.Resamples = 0
	}
	trends := m.Trends(groups, t.boot)
	if t.plot != "" {
		f, err := t.figure(m, trends, chosen)
		if err != nil {
			return err
		}
		if err := print.SavePicture(t.Console, f, t.plot); err != nil {
			return err
		}
	}
	return t.print(m, trends, chosen)
}

// groups groups the documents by what the user asked for.
func (t *trendsCommand) groups(m *topics.Model, path string) ([]topics.Group, error) {
	var all [2][]topics.Group
	for i := range t.by {
		by, err := t.settle(m, t.by[i])
		if err != nil {
			return nil, usage.Mistakef("--by %s: no document in %s has such a field; there are: %s", t.by[i], path, strings.Join(choices(m), ", "))
		}
		t.by[i] = by
		if all[i], err = t.grouped(m, by, path); err != nil {
			return nil, err
		}
	}
	if len(t.by) == 1 {
		return all[0], nil
	}
	groups := topics.Cross(all[0], all[1])
	if len(groups) == 0 {
		return nil, fmt.Errorf("--by %s: no document in %s has both", strings.Join(t.by, ","), path)
	}
	return groups, nil
}

// settle is the period or the field that a name stands for. A period is a field where no document
// has a date, and some have a field that is called so.
func (t *trendsCommand) settle(m *topics.Model, name string) (string, error) {
	p := topics.Period(strings.ToLower(name))
	field, err := topics.FindField(m.Documents, name)
	if !isPeriod(p) {
		return field, err
	}
	if groups, _, vague := m.ByPeriod(p); err == nil && len(groups)+vague == 0 {
		t.Say("klew: no document has a date: %s is the field", field)
		return field, nil
	}
	return string(p), nil
}

func isPeriod(p topics.Period) bool { return slices.Contains(topics.Periods(), p) }

// grouped groups the documents by a period, or by a field, and tells how many are in no group.
func (t *trendsCommand) grouped(m *topics.Model, by, path string) ([]topics.Group, error) {
	if t.isField(m, by) {
		return t.byField(m, by, path)
	}
	p := topics.Period(by)
	groups, undated, vague := m.ByPeriod(p)
	if len(groups) == 0 {
		why := "no document has a date"
		if vague > 0 {
			why = fmt.Sprintf("no document has a date that tells the %s", p)
		}
		return nil, fmt.Errorf("--by %s: %s in %s; klew fit finds dates with --date-column, --meta-path or --mail, or --by takes one of: %s",
			p, why, path, strings.Join(choices(m), ", "))
	}
	if undated > 0 {
		t.Say("klew: %s without a date left out", print.Count(undated, "document"))
	}
	if vague > 0 {
		t.Say("klew: %s left out, whose date does not tell the %s", print.Count(vague, "document"), p)
	}
	return groups, nil
}

// isField says whether what has been settled is a field.
func (t *trendsCommand) isField(m *topics.Model, by string) bool {
	if !isPeriod(topics.Period(by)) {
		return true
	}
	groups, _, vague := m.ByPeriod(topics.Period(by))
	return len(groups)+vague == 0 && slices.Contains(topics.Fields(m.Documents), by)
}

// choices are what --by can be for a model.
func choices(m *topics.Model) []string {
	var all []string
	for _, field := range topics.Fields(m.Documents) {
		if groups, _ := m.ByField(field); len(groups) > 0 {
			all = append(all, field)
		}
	}
	for _, p := range topics.Periods() {
		if groups, _, _ := m.ByPeriod(p); len(groups) > 0 {
			all = append(all, string(p))
		}
	}
	if all == nil {
		return []string{"nothing (there is no metadata)"}
	}
	return all
}

func (t *trendsCommand) byField(m *topics.Model, field, path string) ([]topics.Group, error) {
	groups, without := m.ByField(field)
	if len(groups) == 0 {
		return nil, usage.Mistakef("--by %s: no document in %s has a value of this field; there are: %s",
			field, path, strings.Join(choices(m), ", "))
	}
	if without > 0 {
		t.Say("klew: %s without a %s left out", print.Count(without, "document"), field)
	}
	return groups, nil
}

// columns are the names of what the groups are by.
func (t *trendsCommand) columns(m *topics.Model) []string {
	switch {
	case len(t.by) > 1:
		return t.by
	case t.isField(m, t.by[0]):
		return []string{"value"}
	}
	return []string{"period"}
}

func (t *trendsCommand) print(m *topics.Model, trends []topics.Trend, chosen []int) error {
	table := tables.Trends(m, trends, t.columns(m), chosen)
	if t.wide {
		table = tables.TrendsWide(m, trends, t.columns(m), chosen, t.headers.Of(m))
	}
	return print.Table(t.Console, t.format, table)
}
