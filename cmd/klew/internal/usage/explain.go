package usage

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"klew/corpus/spelling"
)

// Explain says what is wrong with an option: what was given to which, and what may be; or,
// where there is no such option, which was probably meant. It is for cobra's SetFlagErrorFunc.
func Explain(c *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		return Mistakef("--%s %s: %w", value.GetFlag().Name, value.GetValue(), plain(value.GetFlag(), value.Unwrap()))
	}
	var missing *pflag.NotExistError
	if errors.As(err, &missing) && missing.GetSpecifiedShortnames() == "" {
		return Mistakef("there is no option --%s%s", missing.GetSpecifiedName(), didYouMean(c, missing.GetSpecifiedName()))
	}
	if errors.As(err, &missing) {
		return Mistakef("there is no option -%s", missing.GetSpecifiedName())
	}
	var without *pflag.ValueRequiredError
	if errors.As(err, &without) {
		return Mistakef("--%s: what is to stand behind it is missing", without.GetFlag().Name)
	}
	return Mistake(err)
}

// plain says in words what package strconv says in its own.
func plain(f *pflag.Flag, err error) error {
	var number *strconv.NumError
	if !errors.As(err, &number) {
		return err
	}
	kinds := map[string]string{"uint64": "a whole number, 0 or more", "int": "a whole number", "float64": "a number", "bool": "true or false"}
	if kind, ok := kinds[f.Value.Type()]; ok {
		return errors.New("must be " + kind)
	}
	return err
}

// didYouMean names the option that is written like one that is not there.
func didYouMean(c *cobra.Command, name string) string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := spelling.Nearest(name, names); ok {
		return fmt.Sprintf(" (did you mean --%s?)", near)
	}
	return ""
}
