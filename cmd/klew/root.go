package main

import (
	"strings"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
)

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

func newRoot(p *print.Console) *cobra.Command {
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
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage.Mistake(err) })
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
				return usage.Mistakef("unknown command %q", strings.Join(args, " "))
			}
			return found.Help()
		},
	}
}

// usageArgs makes faults in the arguments usage errors.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usage.Mistake(err)
		}
		return nil
	}
}

func addQuiet(c *cobra.Command, p *print.Console) {
	c.Flags().BoolVarP(&p.Quiet, "quiet", "q", false, "print results and errors only")
}
