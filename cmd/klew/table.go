package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
)

// formats are the values of --format.
var formats = []string{"table", "tsv", "csv", "json", "jsonl"}

// formatFlag is --format; empty until chosen by where the output goes.
type formatFlag string

func (f *formatFlag) String() string { return string(*f) }
func (f *formatFlag) Type() string   { return strings.Join(formats, "|") }
func (f *formatFlag) Set(name string) error {
	if !slices.Contains(formats, name) {
		return fmt.Errorf("must be one of %s", strings.Join(formats, ", "))
	}
	*f = formatFlag(name)
	return nil
}

func (f *formatFlag) add(c *cobra.Command) {
	c.Flags().VarP(f, "format", "f", "how to print (default table on a terminal, tsv elsewhere)")
}

// printer prints rows under a header, in one of the formats. A cell is a string, an
// int, a float64, or nil where there is nothing to say. All formats show the same
// digits.
type printer interface {
	// row prints one row, or keeps it until close.
	row(cells ...any) error
	close() error
}

// newPrinter chooses the printer for the format, or for where the output goes.
func (f formatFlag) newPrinter(out io.Writer, header []string) printer {
	f, width := f.inForce(out)
	w := bufio.NewWriterSize(out, 1<<16)
	switch f {
	case "table":
		return newAligned(w, header, width)
	case "csv":
		return newSeparated(csvLines{csv.NewWriter(w)}, header)
	case "json":
		return &jsonRows{out: w, header: header, before: "[\n ", between: ",\n ", after: "\n]\n", empty: "[]\n"}
	case "jsonl":
		return &jsonRows{out: w, header: header, between: "\n", after: "\n"}
	}
	return newSeparated(tsvLines{w}, header)
}

// inForce is the format chosen, or that for where the output goes, and the width of the
// terminal there, or 0.
func (f formatFlag) inForce(out io.Writer) (formatFlag, int) {
	width := print.Width(out)
	switch {
	case f != "":
		return f, width
	case width > 0:
		return "table", width
	}
	return "tsv", width
}

// digits is how fractions are written, everywhere.
func digits(x float64) string {
	if text := strconv.FormatFloat(x, 'f', 6, 64); text != "-0.000000" {
		return text
	}
	return "0.000000"
}

func cellText(cell any) string {
	switch c := cell.(type) {
	case nil:
		return ""
	case float64:
		return digits(c)
	}
	return fmt.Sprint(cell)
}

// lines writes lines of fields.
type lines interface {
	write(fields []string) error
	close() error
}

// separated prints fields with a separator between them, the header first.
type separated struct {
	lines
	fields []string
	err    error
}

func newSeparated(l lines, header []string) *separated {
	return &separated{lines: l, err: l.write(header)}
}

func (s *separated) row(cells ...any) error {
	if s.err != nil {
		return s.err
	}
	s.fields = s.fields[:0]
	for _, c := range cells {
		s.fields = append(s.fields, cellText(c))
	}
	return s.write(s.fields)
}

type csvLines struct{ w *csv.Writer }

func (l csvLines) write(fields []string) error { return l.w.Write(fields) }
func (l csvLines) close() error {
	l.w.Flush()
	return l.w.Error()
}

// tsvLines writes tab-separated values. Tabs, line ends and backslashes inside a field
// are written \t, \n, \r and \\, so that a line is always a row.
type tsvLines struct{ w *bufio.Writer }

var tsvEscapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func (l tsvLines) write(fields []string) error {
	for i, f := range fields {
		if i > 0 {
			l.w.WriteByte('\t')
		}
		tsvEscapes.WriteString(l.w, f)
	}
	return l.w.WriteByte('\n')
}

func (l tsvLines) close() error { return l.w.Flush() }

// jsonRows prints one object a row, with its fields in the order of the header.
type jsonRows struct {
	out                           *bufio.Writer
	header                        []string
	before, between, after, empty string
	rows                          int
}

func (j *jsonRows) row(cells ...any) error {
	if j.rows == 0 {
		j.out.WriteString(j.before)
	} else {
		j.out.WriteString(j.between)
	}
	j.rows++
	j.out.WriteByte('{')
	for i, c := range cells {
		if i > 0 {
			j.out.WriteString(", ")
		}
		j.out.WriteString(jsonText(j.header[i]))
		j.out.WriteString(": ")
		j.out.WriteString(jsonText(c))
	}
	return j.out.WriteByte('}')
}

func (j *jsonRows) close() error {
	if j.rows == 0 {
		j.out.WriteString(j.empty)
	} else {
		j.out.WriteString(j.after)
	}
	return j.out.Flush()
}

func jsonText(cell any) string {
	if x, ok := cell.(float64); ok {
		return digits(x)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(cell); err != nil {
		panic(err) // strings, integers and nil have a text
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// aligned prints columns for the eye, numbers to the right. It keeps all rows until
// the end. On a terminal it keeps to its width: keywords go on in the next line, names
// of documents lose their beginning, and what is too long even so ends in a mark.
type aligned struct {
	out     *bufio.Writer
	t       table.Writer
	header  []string
	columns []table.ColumnConfig
	widths  []int // of the columns
	width   int   // of the terminal, or 0
}

func newAligned(w *bufio.Writer, header []string, width int) *aligned {
	a := &aligned{w, table.NewWriter(), header, make([]table.ColumnConfig, len(header)), make([]int, len(header)), width}
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	style.Size.WidthMax = width
	a.t.SetStyle(style)
	row := make(table.Row, len(header))
	for i, h := range header {
		row[i] = h
		a.widths[i] = text.StringWidth(h)
		a.columns[i] = table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight}
	}
	a.t.AppendHeader(row)
	return a
}

func (a *aligned) row(cells ...any) error {
	row := make(table.Row, len(cells))
	for i, c := range cells {
		if _, isText := c.(string); isText {
			a.columns[i].Align, a.columns[i].AlignHeader = text.AlignLeft, text.AlignLeft
		}
		shown := print.Printable(cellText(c))
		a.widths[i] = max(a.widths[i], text.StringWidth(shown))
		row[i] = shown
	}
	a.t.AppendRow(row)
	return nil
}

// leastName is the least width that the name of a document keeps.
const leastName = 24

// fit gives the column that can spare it what room the others leave.
func (a *aligned) fit() {
	room := a.width
	for _, w := range a.widths {
		room -= w + 2
	}
	last := len(a.header) - 1
	switch {
	case a.width == 0 || room >= 0:
	case slices.Contains([]string{"keywords", "value", "forms"}, a.header[last]):
		a.columns[last].WidthMax = max(a.widths[last]+room, leastName)
		a.columns[last].WidthMaxEnforcer = text.WrapSoft
	default:
		a.columns[0].WidthMax = max(a.widths[0]+room, leastName)
		a.columns[0].WidthMaxEnforcer = keepEnd
	}
}

// keepEnd leaves out the beginning of a path, which is the same in most.
func keepEnd(name string, most int) string {
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return "…" + string(runes[len(runes)-most+1:])
}

func (a *aligned) close() error {
	a.fit()
	a.t.SetColumnConfigs(a.columns)
	for line := range strings.Lines(a.t.Render() + "\n") {
		a.out.WriteString(strings.TrimRight(line, " \n"))
		a.out.WriteByte('\n')
	}
	return a.out.Flush()
}
