package main

import (
	"fmt"
	"strings"

	"klew/cmd/klew/internal/manual"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/corpus/spelling"

	"github.com/spf13/cobra"
)

const rootLong = `klew finds the topics in a collection of texts.

It counts the words of each document, factorises the counts (Kullback-Leibler
NMF), and shows the keywords of each topic and the topics of each document.`

// The groups of commands, in the order in which one comes to need them.
const (
	making     = "make"
	looking    = "look"
	judging    = "judge"
	correcting = "correct"
	handing    = "hand on"
	aside      = "aside"
)

var commandGroups = []*cobra.Group{
	{ID: making, Title: "Make a model:"},
	{ID: looking, Title: "Look at topics, words and documents:"},
	{ID: judging, Title: "Judge:"},
	{ID: correcting, Title: "Correct:"},
	{ID: handing, Title: "Hand on:"},
	{ID: aside, Title: "About klew:"},
}

func newRoot(p *print.Console) *cobra.Command {
	root := &cobra.Command{
		Use:   "klew COMMAND",
		Short: "Find the topics in a collection of texts",
		Long:  rootLong,
		Example: `  klew demo                               see what it does, on sample texts
  klew fit notes -k 20 -o notes.klew      find 20 topics in the folder notes
  klew docs notes.klew > documents.tsv    the topics of each document
  klew infer notes.klew inbox             the topics of other texts`,
		Version:       manual.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("there is no command %q%s", args[0], didYouMean(c, args[0]))
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { manual.Help(c, p.Out) })
	root.SetFlagErrorFunc(usage.Explain)
	root.SetHelpCommand(newHelp())
	root.SetHelpCommandGroupID(aside)
	root.SetCompletionCommandGroupID(aside)
	root.Flags().BoolP("version", "v", false, "print the version of klew")
	root.PersistentFlags().BoolVarP(&p.Quiet, "quiet", "q", false, "print results and errors only")
	root.AddGroup(commandGroups...)
	for _, group := range []struct {
		id       string
		commands []*cobra.Command
	}{
		{making, []*cobra.Command{newFit(p), newSweep(p), newImport(p), newSpark(p), newStopWords(p)}},
		{looking, []*cobra.Command{newTopics(p), newTopic(p), newWords(p), newDocs(p), newExplain(p), newSimilar(p), newTrends(p), newEffects(p), newTree(p), newInfer(p), newPredict(p), newView(p), newServe(p)}},
		{judging, []*cobra.Command{newEvaluate(p), newCompare(p), newInfo(p)}},
		{correcting, []*cobra.Command{newEdit(p), newLabel(p)}},
		{handing, []*cobra.Command{newExport(p), newMatrix(p)}},
		{aside, []*cobra.Command{newDemo(p), newVersion(p), newMan(p), newWorker(p)}},
	} {
		for _, c := range group.commands {
			c.GroupID = group.id
			root.AddCommand(c)
		}
	}
	root.AddCommand(manual.Topics()...)
	describeCompletion(root)
	for _, c := range append(root.Commands(), root) {
		c.Args = usageArgs(c.Args)
		c.DisableFlagsInUseLine = true
		c.Flags().SortFlags = false
	}
	return root
}

// describeCompletion has cobra's command completion say what it is as other commands do.
func describeCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	c, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic(err) // cobra has just added it
	}
	c.Use = "completion SHELL"
	c.Short = "Print a script by which a shell completes commands of klew"
	c.Long = `Print a script by which a shell completes klew's commands, options and their values, and the
topics and fields of a model. SHELL is bash, zsh, fish or powershell:

  source <(klew completion bash)      for the shell that runs now

klew completion SHELL --help says how to have it in every shell.`
}

// newHelp is cobra's command help, but for topics that are not there: those are mistakes.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND|TOPIC]",
		Short: "Print the help of a command, or a page of the topics below",
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage.Mistakef("there is no command and no topic %q%s", strings.Join(args, " "), didYouMean(c.Root(), args[0]))
			}
			return manual.Help(found, c.OutOrStdout())
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			for _, sub := range c.Root().Commands() {
				if len(args) == 0 && (sub.IsAvailableCommand() || sub.IsAdditionalHelpTopicCommand()) {
					names = append(names, sub.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// didYouMean names the command or topic that is written like one that is not there.
func didYouMean(root *cobra.Command, name string) string {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	if near, ok := spelling.Nearest(name, names); ok {
		return fmt.Sprintf(" (did you mean %s?)", near)
	}
	return ""
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
