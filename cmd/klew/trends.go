package main

import (
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

// trendsCommand is the command trends.
type trendsCommand struct {
	*print.Console
	by     string
	topics lookup.TopicList
	boot   topics.Bootstrap
	plot   string
	format print.Format
}

func newTrends(p *print.Console) *cobra.Command {
	t := &trendsCommand{Console: p, by: string(topics.Year)}
	t.boot = topics.Bootstrap{Resamples: topics.DefaultResamples, Level: topics.DefaultLevel, Seed: 1}
	c := &cobra.Command{
		Use:   "trends MODEL [--by year|month|week|FIELD]",
		Short: "Print the shares of topics over time, or by metadata",
		Long: `Print how large each topic is in each year, month or week, or for each value of a field of
the metadata. Columns:

  topic      its number
  label      the topic's label
  period     1999, 1999-03 or 1999-W09 (ISO 8601: weeks begin on Monday); with a field the
             column is value
  documents  how many documents there are
  share      the topic's part of their tokens: long documents count for more
  low, high  the interval that holds 95 % of the shares of resamples

Intervals are bootstrapped: as many documents as there are are drawn from those of the
period, with replacement, a thousand times (Efron & Tibshirani 1993, the percentile
method). They tell how much a share depends on which documents there happen to be, with
the topics as they are. A single document has none, and those of a few are too short.

A document's date is its metadata "date": of a mail, a page, a column (--date-column of
klew fit) or a path (--meta-path). Documents without a date, or with one that does not tell
the month or week, are left out, and counted. Nothing is printed for a period without
documents; in the picture it is a gap.

The picture has a panel for each topic of --topic, or for the six whose share changes
most.`,
		Example: `  klew trends news.klew                             shares by year
  klew trends news.klew --by month --topic 1,4,7
  klew trends news.klew --by folder --format csv    by metadata
  klew trends news.klew --by week --plot weeks.svg  and as a picture (.svg or .png)`,
		Args: usage.Args("MODEL"),
		RunE: func(c *cobra.Command, args []string) error { return t.run(args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&t.by, "by", t.by, "the period, year, month or week; or the name of a `field` of the metadata")
	lookup.CompleteFields(c, "by", topics.Periods()...)
	flags.Var(&t.topics, "topic", "only these topics, such as 1,4,7 or 1-5")
	lookup.CompleteTopics(c, "topic")
	usage.Count(c, &t.boot.Resamples, "resamples", "", 0, 100_000, "resamples of each interval (0: no intervals)")
	flags.Uint64Var(&t.boot.Seed, "seed", t.boot.Seed, "seed of the random numbers: the same seed, the same intervals")
	flags.StringVar(&t.plot, "plot", "", "draw them to this `file`, .svg or .png")
	t.format.AddFlags(c)
	return c
}

func (t *trendsCommand) run(path string) error {
	if n := t.boot.Resamples; n != 0 && n < 100 {
		return usage.Mistakef("--resamples %d: must be 0 (none) or at least 100", n)
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
	groups, err := t.groups(m, path)
	if err != nil {
		return err
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

// period is the period of --by, unless that is a field.
func (t *trendsCommand) period() (p topics.Period, ok bool) {
	p = topics.Period(t.by)
	return p, slices.Contains(topics.Periods(), p)
}

// groups groups the documents, and tells how many are in no group.
func (t *trendsCommand) groups(m *topics.Model, path string) ([]topics.Group, error) {
	p, ok := t.period()
	if !ok {
		return t.byField(m, path)
	}
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

// choices are what --by can be for a model.
func choices(m *topics.Model) []string {
	var all []string
	for _, field := range tables.Fields(m.Documents) {
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

func (t *trendsCommand) byField(m *topics.Model, path string) ([]topics.Group, error) {
	groups, without := m.ByField(t.by)
	if len(groups) == 0 {
		return nil, usage.Mistakef("--by %s: no document in %s has such a field; there are: %s",
			t.by, path, strings.Join(choices(m), ", "))
	}
	if without > 0 {
		t.Say("klew: %s without a %s left out", print.Count(without, "document"), t.by)
	}
	return groups, nil
}

func (t *trendsCommand) print(m *topics.Model, trends []topics.Trend, chosen []int) error {
	name := "value"
	if _, ok := t.period(); ok {
		name = "period"
	}
	return print.Table(t.Console, t.format, tables.Trends(m, trends, name, chosen))
}
