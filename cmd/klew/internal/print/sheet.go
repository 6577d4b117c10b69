package print

import (
	"bufio"
	"fmt"
	"io"

	"klew/topics/tables"
)

// Sheet is a sheet with how it looks for the eye: under its title, a few lines, and its parts
// one after another.
type Sheet struct {
	tables.Sheet
	Title string
	Lines []string
	Looks []Look
}

// Look is how a part looks for the eye.
type Look struct {
	Title string
	// Table is shown; without rows there is nothing but the note, if there is one.
	Table *tables.Table
	Note  string
	// Paint prints it where it is no table.
	Paint func(w *bufio.Writer, width int)
	// After is a line below.
	After string
}

// LookOf is the look of a part as the table that it is.
func LookOf(title string, t *tables.Table) Look { return Look{Title: title, Table: t} }

// Sheets prints sheets of the same parts, or the part called only of each. With alone there is
// one, an object in JSON and no list.
func Sheets(c *Console, f Format, all []Sheet, only string, alone bool) error {
	plain := make([]tables.Sheet, len(all))
	for i := range all {
		plain[i] = all[i].Sheet
	}
	in, width := f.InForce(c.Out)
	switch {
	case only != "":
		return Table(c, f, tables.Section(plain, only))
	case in == eye:
		return paint(c.Out, all, width)
	}
	return tables.WriteSheets(c.Out, tables.Format(in), plain, alone)
}

// paint prints sheets for the eye.
func paint(out io.Writer, all []Sheet, width int) error {
	w := bufio.NewWriter(out)
	for i, sheet := range all {
		if i > 0 {
			w.WriteString("\n")
		}
		Wrapped(w, sheet.Title, "", width)
		for _, line := range sheet.Lines {
			Wrapped(w, line, "  ", width)
		}
		for _, l := range sheet.Looks {
			l.show(w, width)
		}
	}
	return w.Flush()
}

// show prints a part under its title.
func (l *Look) show(w *bufio.Writer, width int) {
	if !l.Table.HasRows() {
		if l.Note != "" {
			fmt.Fprintf(w, "\n%s\n%s\n", l.Title, l.Note)
		}
		return
	}
	fmt.Fprintf(w, "\n%s\n", l.Title)
	if l.Paint != nil {
		l.Paint(w, width)
	} else {
		aligned(w, l.Table, width)
	}
	if l.After != "" {
		fmt.Fprintln(w, l.After)
	}
}
