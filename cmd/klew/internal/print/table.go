package print

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/pflag"
	"klew/topics/tables"
)

// Formats are the values of --format: a table for the eye, and formats of lines for programs.
var Formats = []string{eye, string(tables.TSV), string(tables.CSV), string(tables.JSON), string(tables.JSONLines)}

const eye = "table"

// Format is the option --format; empty until it is chosen by where the output goes.
type Format string

func (f *Format) String() string { return string(*f) }

// Type is what the help shows for a value.
func (f *Format) Type() string { return strings.Join(Formats, "|") }

// Set takes a value of the option.
func (f *Format) Set(name string) error {
	if !slices.Contains(Formats, name) {
		return fmt.Errorf("must be one of %s", strings.Join(Formats, ", "))
	}
	*f = Format(name)
	return nil
}

// AddTo adds the option to those of a command.
func (f *Format) AddTo(flags *pflag.FlagSet) {
	flags.VarP(f, "format", "f", "how to print (default table on a terminal, tsv elsewhere)")
}

// InForce is the format chosen, or that for where the output goes, and the width of the
// terminal there, or 0.
func (f Format) InForce(out io.Writer) (Format, int) {
	width := Width(out)
	switch {
	case f != "":
		return f, width
	case width > 0:
		return eye, width
	}
	return Format(tables.TSV), width
}

// ForEye says whether what is printed is for the eye.
func (f Format) ForEye(out io.Writer) bool {
	f, _ = f.InForce(out)
	return f == eye
}

// Table prints a table.
func Table(out io.Writer, f Format, t *tables.Table) error {
	in, width := f.InForce(out)
	if in != eye {
		return tables.Write(out, tables.Format(in), t)
	}
	w := bufio.NewWriterSize(out, 1<<16)
	Aligned(w, t, width)
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

// aligned prints columns for the eye, numbers to the right. It keeps all rows until the
// end. On a terminal it keeps to its width: keywords go on in the next line, names of
// documents lose their beginning, and what is too long even so ends in a mark.
type aligned struct {
	t       table.Writer
	columns []tables.Column
	config  []table.ColumnConfig
	widths  []int // of the columns
	width   int   // of the terminal, or 0
}

// Aligned prints a table for the eye on a terminal of some width, or of none if that is 0.
func Aligned(w *bufio.Writer, t *tables.Table, width int) {
	a := newAligned(t.Columns, width)
	for row := range t.Rows {
		a.row(row)
	}
	a.write(w)
}

func newAligned(columns []tables.Column, width int) *aligned {
	a := &aligned{table.NewWriter(), columns, make([]table.ColumnConfig, len(columns)), make([]int, len(columns)), width}
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	style.Size.WidthMax = width
	a.t.SetStyle(style)
	row := make(table.Row, len(columns))
	for i, c := range columns {
		name := Printable(c.Name)
		row[i] = name
		a.widths[i] = text.StringWidth(name)
		side := text.AlignLeft
		if c.Kind == tables.Whole || c.Kind == tables.Number {
			side = text.AlignRight
		}
		a.config[i] = table.ColumnConfig{Number: i + 1, Align: side, AlignHeader: side}
	}
	a.t.AppendHeader(row)
	return a
}

func (a *aligned) row(cells []tables.Cell) {
	row := make(table.Row, len(cells))
	for i := range cells {
		shown := cellText(&cells[i], &a.columns[i])
		a.widths[i] = max(a.widths[i], text.StringWidth(shown))
		row[i] = shown
	}
	a.t.AppendRow(row)
}

// LeastName is the least width that the name of a document keeps, and that a text is
// wrapped to.
const LeastName = 24

// fit gives the column that can spare it what room the others leave.
func (a *aligned) fit() {
	room := a.width
	for _, w := range a.widths {
		room -= w + 2
	}
	if a.width == 0 || room >= 0 {
		return
	}
	last := len(a.columns) - 1
	if a.columns[last].Role == tables.Wrapped {
		a.config[last].WidthMax = max(a.widths[last]+room, LeastName)
		a.config[last].WidthMaxEnforcer = text.WrapSoft
		return
	}
	a.config[0].WidthMax = max(a.widths[0]+room, LeastName)
	a.config[0].WidthMaxEnforcer = keepEnd
}

// keepEnd leaves out the beginning of a path, which is the same in most.
func keepEnd(name string, most int) string {
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return "…" + string(runes[len(runes)-most+1:])
}

func (a *aligned) write(w *bufio.Writer) {
	a.fit()
	a.t.SetColumnConfigs(a.config)
	for line := range strings.Lines(a.t.Render() + "\n") {
		w.WriteString(strings.TrimRight(line, " \n"))
		w.WriteByte('\n')
	}
}

// usualWidth is that of wrapped lines where there is no terminal.
const usualWidth = 92

// Wrapped writes a text in lines that fit a terminal, each behind a margin.
func Wrapped(w *bufio.Writer, s, margin string, width int) {
	if width == 0 {
		width = usualWidth
	}
	for line := range strings.Lines(text.WrapSoft(Printable(s), max(LeastName, width-len(margin)))) {
		fmt.Fprintf(w, "%s%s\n", margin, strings.TrimSpace(line))
	}
}
