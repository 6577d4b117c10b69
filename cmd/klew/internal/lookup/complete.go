package lookup

import (
	"strconv"

	"github.com/spf13/cobra"
	"klew/topics"
)

// CompleteTopics has completion know the numbers of the topics of the model that is a
// command's first argument, with their labels.
func CompleteTopics(c *cobra.Command, option string) {
	complete(c, option, func(m *topics.Model) (values []cobra.Completion) {
		for k, label := range m.Labels() {
			values = append(values, cobra.CompletionWithDesc(strconv.Itoa(m.Number(k)), label))
		}
		return values
	})
}

// CompleteFields has completion know the fields of the metadata of that model, and what else
// may stand in their place.
func CompleteFields[S ~string](c *cobra.Command, option string, others ...S) {
	complete(c, option, func(m *topics.Model) (values []cobra.Completion) {
		values = append(values, topics.Fields(m.Documents)...)
		for _, name := range others {
			values = append(values, string(name))
		}
		return values
	})
}

func complete(c *cobra.Command, option string, of func(m *topics.Model) []cobra.Completion) {
	err := c.RegisterFlagCompletionFunc(option, func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		m, err := Model(args[0])
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return of(m), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // there is no such option, or it has completions
	}
}
