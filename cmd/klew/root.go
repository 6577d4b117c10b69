package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"klew/cmd/klew/internal/print"
)

// program is what all commands share.
type program struct{ print.Console }

const rootLong = `klew finds the topics in a collection of texts.

It counts the words of each document, factorises the counts (Kullback-Leibler
NMF), and shows the keywords of each topic and the topics of each document.`

// help shows examples before anything else: most readers look for one to copy.
const help = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}{{with or .Long .Short}}{{.}}

{{end}}Usage: {{.UseLine}}
{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}

"klew COMMAND --help" tells more.
{{end}}{{if .HasAvailableLocalFlags}}
Options:
{{.LocalFlags.FlagUsagesWrapped 90 | trimTrailingWhitespaces}}
{{end}}`

func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "klew COMMAND",
		Short: "Find the topics in a collection of texts",
		Long:  rootLong,
		Example: `  klew demo                               see what it does, on sample texts
  klew fit notes -k 20 -o notes.klew      find 20 topics in the folder notes
  klew docs notes.klew > documents.tsv    the topics of each document
  klew infer notes.klew inbox             the topics of other texts`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	root.SetHelpTemplate(help)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.SetHelpCommand(newHelp())
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		newFit(p),
		newSweep(p),
		newTopics(p),
		newTopic(p),
		newWords(p),
		newDocs(p),
		newTrends(p),
		newExplain(p),
		newSimilar(p),
		newInfer(p),
		newEdit(p),
		newInfo(p),
		newEvaluate(p),
		newCompare(p),
		newImport(p),
		newExport(p),
		newStopWords(p),
		newDemo(p),
	)
	for _, c := range append(root.Commands(), root) {
		c.Args = usageArgs(c.Args)
		c.DisableFlagsInUseLine = true
		c.Flags().SortFlags = false
	}
	return root
}

// newHelp is cobra's command help, but for topics that are not there: those are mistakes.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{fmt.Errorf("unknown command %q", strings.Join(args, " "))}
			}
			return found.Help()
		},
	}
}

// usageArgs makes faults in the arguments usage errors.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// args wants at least one argument, and at most most of them unless that is 0.
func args(what string, least, most int) cobra.PositionalArgs {
	return func(_ *cobra.Command, given []string) error {
		switch {
		case len(given) < least:
			verb := "is"
			if least > 1 {
				verb = "are"
			}
			return fmt.Errorf("%s %s missing", what, verb)
		case most > 0 && len(given) > most:
			return fmt.Errorf("%q is one argument too many", given[most])
		}
		return nil
	}
}

func (p *program) addQuiet(c *cobra.Command) {
	c.Flags().BoolVarP(&p.Quiet, "quiet", "q", false, "print results and errors only")
}
