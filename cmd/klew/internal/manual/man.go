package manual

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// WriteMan writes a man page for each command and each topic of help into a folder: klew.1,
// klew-fit.1 and so on. Nothing in them depends on the day.
func WriteMan(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() || c == root {
			if err := writePage(c, filepath.Join(folder, pageName(c)+".1")); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageName is the name of a command's page: its path with - between the names.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func writePage(c *cobra.Command, path string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprintf(w, ".TH %s 1 \"\" \"klew %s\"\n", roff(strings.ToUpper(pageName(c))), roff(c.Root().Version))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", roff(pageName(c)), roff(c.Short))
	if c.Runnable() {
		fmt.Fprintf(w, ".SH SYNOPSIS\n%s\n", roff(c.UseLine()))
	}
	literal(w, "DESCRIPTION", c.Long)
	if c.HasAvailableSubCommands() {
		var b strings.Builder
		commands(&b, c)
		literal(w, "COMMANDS", b.String())
	}
	literal(w, "EXAMPLES", c.Example)
	for _, s := range sections(c) {
		if c.Runnable() {
			fmt.Fprintf(w, ".SH %s\n", roff(strings.ToUpper(s.title)))
			s.options.VisitAll(func(f *pflag.Flag) { option(w, f) })
		}
	}
	return w.Flush()
}

// literal writes a text whose lines stay as they are: tables and formulas are among them.
func literal(w *bufio.Writer, title, text string) {
	if text = strings.Trim(text, "\n"); text != "" {
		fmt.Fprintf(w, ".SH %s\n.nf\n%s\n.fi\n", title, roff(text))
	}
}

// option writes an option with what it does.
func option(w *bufio.Writer, f *pflag.Flag) {
	value, text := pflag.UnquoteUsage(f)
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	if value != "" {
		name += " " + value
	}
	if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "false" && f.DefValue != "[]" {
		text += " (default " + f.DefValue + ")"
	}
	fmt.Fprintf(w, ".TP\n%s\n%s\n", roff(name), roff(text))
}

// roff escapes what troff would read as a command of its own.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
