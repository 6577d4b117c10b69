// Package usage is what may stand on a command line: how many arguments, which numbers, which
// words; and what is said where something else stands there, a mistake.
package usage

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"
)

// ErrInterrupted says that the work ended early; what was reached has been dealt with.
var ErrInterrupted = errors.New("interrupted")

// mistaken is a mistake in the command line.
type mistaken struct{ error }

func (e mistaken) Unwrap() error { return e.error }

// Mistake makes an error a mistake in the command line; nil stays nil.
func Mistake(err error) error {
	if err == nil {
		return nil
	}
	return mistaken{err}
}

// Mistakef is a mistake in the command line, said as fmt.Errorf says it.
func Mistakef(format string, args ...any) error { return mistaken{fmt.Errorf(format, args...)} }

// IsMistake reports whether an error is a mistake in the command line.
func IsMistake(err error) bool {
	var m mistaken
	return errors.As(err, &m)
}

// arguments says what stands for the names of arguments.
var arguments = map[string]string{
	"MODEL":  "a file that klew fit -o has saved",
	"A":      "a file that klew fit -o has saved",
	"B":      "the second model, a file that klew fit -o has saved",
	"PATH":   "a file or a folder of texts; - is standard input",
	"DOC":    "a document, as klew docs prints it, or a text file",
	"N":      "the number of a topic, or words of its label",
	"TERM":   "a word",
	"FOLDER": "a folder to write to",
}

// lacking says that arguments are missing, and what the first of them is.
func lacking(names []string) error {
	names = strings.Split(strings.ReplaceAll(strings.Join(names, "\n"), "...", ""), "\n")
	verb := "are"
	if len(names) == 1 {
		verb = "is"
	}
	return fmt.Errorf("%s %s missing: %s is %s", strings.Join(names, " and "), verb, names[0], arguments[names[0]])
}

// Args wants the arguments that are named, and no more. A last name that ends in "..." stands for
// one or more, and one in brackets may be missing.
func Args(names ...string) cobra.PositionalArgs {
	wanted, most := names, len(names)
	last, optional := strings.CutPrefix(names[len(names)-1], "[")
	if strings.HasSuffix(strings.TrimSuffix(last, "]"), "...") {
		most = math.MaxInt
	}
	if optional {
		wanted = names[:len(names)-1]
	}
	return func(_ *cobra.Command, given []string) error {
		switch {
		case len(given) < len(wanted):
			return lacking(wanted[len(given):])
		case len(given) > most:
			return fmt.Errorf("%q is one argument too many", given[most])
		}
		return nil
	}
}

// Either has a command refuse two options together.
func Either(c *cobra.Command, one, other string) {
	before := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if c.Flags().Changed(one) && c.Flags().Changed(other) {
			return Mistakef("--%s and --%s cannot go together", one, other)
		}
		if before != nil {
			return before(c, args)
		}
		return nil
	}
}
