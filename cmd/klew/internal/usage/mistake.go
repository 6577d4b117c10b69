// Package usage is what may stand on a command line: how many arguments, which numbers, which
// words; and what is said where something else stands there, a mistake.
package usage

import (
	"errors"
	"fmt"
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

// Args wants the arguments that are named, and no more. A last name that ends in "..." stands for
// one or more, and one in brackets for any number.
func Args(names ...string) cobra.PositionalArgs {
	wanted, many := names, false
	if last := names[len(names)-1]; strings.HasSuffix(last, "...") || strings.HasSuffix(last, "...]") {
		many = true
		if strings.HasPrefix(last, "[") {
			wanted = names[:len(names)-1]
		}
	}
	return func(_ *cobra.Command, given []string) error {
		switch {
		case len(given) < len(wanted):
			missing := strings.ReplaceAll(strings.Join(wanted[len(given):], " and "), "...", "")
			return fmt.Errorf("%s %s missing", missing, map[bool]string{true: "is", false: "are"}[len(wanted)-len(given) == 1])
		case !many && len(given) > len(wanted):
			return fmt.Errorf("%q is one argument too many", given[len(wanted)])
		}
		return nil
	}
}
