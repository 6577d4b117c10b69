package print

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"klew/cmd/klew/internal/usage"
	"klew/topics/tables"

	"github.com/spf13/cobra"
)

// Formats are the values of --format: a table for the eye, and formats of lines for programs.
var Formats = []string{eye, string(tables.TSV), string(tables.CSV), string(tables.JSON), string(tables.JSONLines)}

const eye = "table"

// Format is the option --format; empty until it is chosen by where the output goes.
type Format string

// AddFlags binds the option --format.
func (f *Format) AddFlags(c *cobra.Command) {
	usage.Choose(c, (*string)(f), "format", "f", Formats, "how to print (on a terminal table, else tsv)")
}

// pipeWidth is the width of tables that do not go to a terminal.
const pipeWidth = 100

// InForce is the format chosen, or that for where the output goes, and the width of tables
// there.
func (f Format) InForce(out io.Writer) (Format, int) {
	width := Width(out)
	switch {
	case width == 0 && f == "":
		return Format(tables.TSV), pipeWidth
	case width == 0:
		return f, pipeWidth
	case f == "":
		return eye, width
	}
	return f, width
}

// Table prints a table. What a terminal has no room for is told.
func Table(c *Console, f Format, t *tables.Table) error {
	in, width := f.InForce(c.Out)
	if in != eye {
		return tables.Write(c.Out, tables.Format(in), t)
	}
	if t.ForEye != nil {
		t = t.ForEye
	}
	w := bufio.NewWriterSize(c.Out, 1<<16)
	if left := aligned(w, t, width); len(left) > 0 {
		defer c.Say("klew: in %d columns there is no room for %s; --format tsv has them", width, strings.Join(left, ", "))
	}
	return w.Flush()
}

// Digits is how fractions are written for the eye.
func Digits(x float64) string {
	if text := strconv.FormatFloat(x, 'f', 6, 64); text != "-0.000000" {
		return text
	}
	return "0.000000"
}

// cellText is a value for the eye.
func cellText(c *tables.Cell, in *tables.Column) string {
	if in.Kind == tables.Number && !c.None {
		return Digits(c.Number)
	}
	return Printable(c.Line(in))
}

// aligned prints a table for the eye, within a width, and returns the names of the columns for
// which there is no room.
func aligned(w *bufio.Writer, t *tables.Table, width int) (leftOut []string) {
	l := newLayout(t)
	if !l.fit(width) {
		l.blocks(w, width)
		return nil
	}
	l.write(w)
	return l.leftOut()
}

// Wrapped writes a text in lines that fit a width, each behind a margin.
func Wrapped(w *bufio.Writer, s, margin string, width int) {
	for _, line := range wrap(Printable(s), max(leastText, width-len(margin))) {
		w.WriteString(margin + line + "\n")
	}
}
