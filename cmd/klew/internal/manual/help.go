// Package manual prints what the commands say of themselves: help on the terminal, and man
// pages. Help begins with examples, for most readers look for one to copy; options come in
// sections, and the long prose stands once, in topics such as "klew help reading".
package manual

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Version is that of klew. It goes into every model file.
const Version = "0.1.0"

// width is that of the lines of help.
const width = 95

// sectionOf is the annotation of an option that holds the title of its section.
const sectionOf = "klew_section"

// Section puts the options that bind adds to a command into a section of its help.
func Section(c *cobra.Command, title string, bind func()) {
	earlier := map[string]bool{}
	c.Flags().VisitAll(func(f *pflag.Flag) { earlier[f.Name] = true })
	bind()
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !earlier[f.Name] && f.Annotations[sectionOf] == nil {
			if f.Annotations == nil {
				f.Annotations = map[string][]string{}
			}
			f.Annotations[sectionOf] = []string{title}
		}
	})
}

// Help prints the help of a command.
func Help(c *cobra.Command, to io.Writer) error {
	w := bufio.NewWriter(to)
	if c.HasExample() {
		fmt.Fprintf(w, "Examples:\n%s\n\n", c.Example)
	}
	long := c.Long
	if long == "" {
		long = c.Short
	}
	fmt.Fprintln(w, strings.TrimSpace(long))
	if !c.Runnable() {
		return w.Flush()
	}
	fmt.Fprintf(w, "\nUsage: %s\n", c.UseLine())
	commands(w, c)
	for _, s := range sections(c) {
		fmt.Fprintf(w, "\n%s:\n%s\n", s.title, strings.TrimRight(s.options.FlagUsagesWrapped(width), "\n"))
	}
	return w.Flush()
}

// commands prints the commands below c by group, and the topics of help.
func commands(w io.Writer, c *cobra.Command) {
	if !c.HasAvailableSubCommands() {
		return
	}
	for _, g := range c.Groups() {
		fmt.Fprintf(w, "\n%s\n", g.Title)
		list(w, c, func(sub *cobra.Command) bool { return sub.GroupID == g.ID && sub.IsAvailableCommand() })
	}
	if c.HasHelpSubCommands() {
		fmt.Fprintf(w, "\nMore to read, by %s help TOPIC:\n", c.Name())
		list(w, c, (*cobra.Command).IsAdditionalHelpTopicCommand)
	}
	fmt.Fprintf(w, "\n\"%s COMMAND --help\" tells more.\n", c.Name())
}

func list(w io.Writer, c *cobra.Command, wanted func(*cobra.Command) bool) {
	for _, sub := range c.Commands() {
		if wanted(sub) {
			fmt.Fprintf(w, "  %-*s %s\n", c.NamePadding()+1, sub.Name(), sub.Short)
		}
	}
}

// section is the options under a title.
type section struct {
	title   string
	options *pflag.FlagSet
}

// sections are the options of a command in the order in which they were added. Those of no
// section come first, and those of all commands last.
func sections(c *cobra.Command) []section {
	all := []section{{"Options", options()}}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || c.Root().PersistentFlags().Lookup(f.Name) != nil {
			return
		}
		title := all[0].title
		if given := f.Annotations[sectionOf]; given != nil {
			title = given[0]
		}
		at := 0
		for at < len(all) && all[at].title != title {
			at++
		}
		if at == len(all) {
			all = append(all, section{title, options()})
		}
		all[at].options.AddFlag(named(f))
	})
	everywhere := section{"Options of all commands", options()}
	c.Root().PersistentFlags().VisitAll(everywhere.options.AddFlag)
	all = append(all, everywhere)
	var filled []section
	for _, s := range all {
		if s.options.HasAvailableFlags() {
			filled = append(filled, s)
		}
	}
	return filled
}

// named is an option whose numbers are called N and x, as in the texts of help, where pflag would
// name their types.
func named(f *pflag.Flag) *pflag.Flag {
	name, isNumber := map[string]string{"int": "N", "uint64": "N", "float64": "x"}[f.Value.Type()]
	if !isNumber {
		return f
	}
	shown := *f
	shown.Value = namedValue{f.Value, name}
	return &shown
}

type namedValue struct {
	pflag.Value
	name string
}

func (n namedValue) Type() string { return n.name }

// options is an empty set of options that keeps their order.
func options() *pflag.FlagSet {
	f := pflag.NewFlagSet("", pflag.ContinueOnError)
	f.SortFlags = false
	return f
}
