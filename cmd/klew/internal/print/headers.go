package print

import (
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/usage"
	"klew/topics"
	"klew/topics/tables"
)

// Headers is the option --headers: what columns of topics are called.
type Headers string

const (
	byNumber Headers = "numbers"
	byLabel  Headers = "labels"
)

// AddFlags binds the option.
func (h *Headers) AddFlags(c *cobra.Command) {
	*h = byNumber
	usage.Choose(c, h, "headers", "", []Headers{byNumber, byLabel}, "what columns of topics are called: topic_3, or the label")
}

// Of are the names of the columns of a model's topics, nil for their numbers.
func (h Headers) Of(m *topics.Model) []string {
	if h != byLabel {
		return nil
	}
	return tables.LabelHeaders(m)
}
