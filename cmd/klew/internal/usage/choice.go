package usage

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"klew/corpus/spelling"
)

// Join lists names with commas between them.
func Join[S ~string](names []S) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return strings.Join(all, ", ")
}

// Choose binds an option whose value is one of some names. Help lists the names, completion
// knows them, and a name that is none of them is a mistake, with the nearest that is. short is
// the letter of the option, or empty.
func Choose[S ~string](c *cobra.Command, value *S, name, short string, names []S, text string) {
	c.Flags().VarP(&choice[S]{value, names}, name, short, text+": "+Join(names))
	complete(c, name, names)
}

// ChooseSome binds an option whose value is some of the names, with commas between them.
func ChooseSome[S ~string](c *cobra.Command, values *[]S, name string, names []S, text string) {
	c.Flags().Var(&choices[S]{values, names}, name, text)
	complete(c, name, names)
}

// ChooseSeveral binds an option whose value is one of the names, or several with commas between.
func ChooseSeveral(c *cobra.Command, value *string, name string, names []string, text string) {
	c.Flags().Var(&several{value, names}, name, text+": "+Join(names))
	complete(c, name, names)
}

// complete has completion know the names that an option may have.
func complete[S ~string](c *cobra.Command, name string, names []S) {
	all := make([]cobra.Completion, len(names))
	for i, n := range names {
		all[i] = cobra.Completion(n)
	}
	if err := c.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(all, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // there is no such option, or it has completions
	}
}

// choice is one of some names as a pflag.Value.
type choice[S ~string] struct {
	value *S
	names []S
}

// String returns the name.
func (c *choice[S]) String() string { return string(*c.value) }

// Type is what help prints behind the option.
func (c *choice[S]) Type() string { return "name" }

// Set takes a name that is one of them.
func (c *choice[S]) Set(text string) error {
	if err := oneOf(S(text), c.names); err != nil {
		return err
	}
	*c.value = S(text)
	return nil
}

// several is one or more of some names as a pflag.Value.
type several struct {
	value *string
	names []string
}

// String returns the names with commas between them.
func (s *several) String() string { return *s.value }

// Type is what help prints behind the option.
func (s *several) Type() string { return "name" }

// Set takes names each of which is one of them.
func (s *several) Set(text string) error {
	var all []string
	if err := (&choices[string]{&all, s.names}).Set(text); err != nil {
		return err
	}
	*s.value = strings.Join(all, ",")
	return nil
}

// choices is some of some names as a pflag.Value.
type choices[S ~string] struct {
	values *[]S
	names  []S
}

// String returns the names with commas between them.
func (c *choices[S]) String() string { return strings.ReplaceAll(Join(*c.values), ", ", ",") }

// Type is what help prints behind the option.
func (c *choices[S]) Type() string { return "names" }

// Set adds names; each must be one of them.
func (c *choices[S]) Set(text string) error {
	for name := range strings.SplitSeq(text, ",") {
		if err := oneOf(S(strings.TrimSpace(name)), c.names); err != nil {
			return err
		}
		*c.values = append(*c.values, S(strings.TrimSpace(name)))
	}
	return nil
}

// oneOf is spelling.OneOf without the name, which Explain puts before every fault.
func oneOf[S ~string](name S, names []S) error {
	if slices.Contains(names, name) {
		return nil
	}
	text := "must be one of " + Join(names)
	if near, ok := spelling.Nearest(name, names); ok {
		text += " (did you mean " + string(near) + "?)"
	}
	return errors.New(text)
}
