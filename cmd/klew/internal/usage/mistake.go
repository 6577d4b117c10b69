// Package usage is what may stand on a command line: how many arguments, which numbers, which
// words; and what is said where something else stands there, a mistake.
package usage

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

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

// Args wants at least one argument, and at most most of them unless that is 0.
func Args(what string, least, most int) cobra.PositionalArgs {
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
