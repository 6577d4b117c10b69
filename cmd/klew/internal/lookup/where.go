package lookup

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
)

// Where is the option --where: conditions that documents must meet; none if it is not given.
type Where struct{ topics.Selection }

// WhereHelp tells what --where takes.
const WhereHelp = `--where chooses documents by their metadata: 'region=north and year>=2020'. A condition is a
field, one of = != < <= > >= ~ (~ for contains), and a value; numbers and dates are compared as
such. klew help where tells all.`

// AddFlags binds the option, which may be given several times.
func (w *Where) AddFlags(c *cobra.Command) {
	c.Flags().Var(w, "where", "only documents that meet these `conditions`, such as 'year>=2020 and section=sport'")
	CompleteFields[string](c, "where")
}

// Type is what help prints behind the option.
func (w *Where) Type() string { return "conditions" }

// Set adds conditions.
func (w *Where) Set(text string) error {
	more, err := topics.ParseSelection(text)
	if err != nil {
		return err
	}
	w.Conditions = append(w.Conditions, more.Conditions...)
	return nil
}

// Of is the model with the documents that meet the conditions alone, and their numbers in it;
// the model itself if there are none. It tells how many there are, and which it could not judge.
func (w *Where) Of(to *print.Console, m *topics.Model) (of *topics.Model, members []int, err error) {
	if len(w.Conditions) == 0 {
		return m, nil, nil
	}
	members, notes, err := w.Select(m.Documents)
	if err != nil {
		return nil, nil, usage.Mistakef("--where: %w", err)
	}
	for _, note := range notes {
		to.Say("klew: --where %s", note)
	}
	to.Say("klew: %s of %s with %s", print.Grouped(len(members)), print.Count(len(m.Documents), "document"), w)
	return m.Of(members), members, nil
}
