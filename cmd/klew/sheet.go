package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
)

// sheet is what there is to say of one thing, a topic or a word, in parts that are tables
// of their own. It is printed
//
//   - as a table: for the eye, part after part under their titles,
//   - in JSON: as an object with the facts of the thing, and a list of objects for each part,
//   - in TSV, CSV and JSON Lines: a row for the facts and for each row of each part. Behind
//     the thing comes the column section, the name of the part, and then the columns of all
//     parts, of which those of other parts stay empty, or in JSON Lines are left out.
//
// The names are the same everywhere. Of one section alone (--section) only its own columns
// are printed.
type sheet struct {
	// thing names what the sheet is about, in the first column of rows.
	thing column
	// title is the first line for the eye.
	title string
	// facts are what is said in a word or number; shown is how for the eye.
	facts []column
	shown []string
	parts []part
}

// column is a name with a cell.
type column struct {
	name string
	cell any
}

// factsName is the name of the facts as a section.
const factsName = "facts"

// part is one table of a sheet.
type part struct {
	name, title string
	header      []string
	rows        [][]any
	// paint prints the part for the eye, where that is not its table.
	paint func(w *bufio.Writer, width int) error
	// note stands for the eye in the place of a part without rows; without a note there
	// is nothing then.
	note string
}

func (p *part) add(cells ...any) { p.rows = append(p.rows, cells) }

// asPart is the facts as a part.
func (s *sheet) asPart() part {
	p := part{name: factsName}
	var cells []any
	for _, f := range s.facts {
		p.header = append(p.header, f.name)
		cells = append(cells, f.cell)
	}
	p.add(cells...)
	return p
}

// sheets prints sheets of the same parts; only is the name of a part, or empty for all.
type sheets struct {
	out    io.Writer
	format formatFlag
	only   string
	one    bool // a single object in JSON, and no list
}

// sections are the names that --section may have.
func checkSection(only string, names ...string) error {
	if only != "" && !slices.Contains(names, only) {
		return usage.Mistakef("--section %s: must be one of %s", only, strings.Join(names, ", "))
	}
	return nil
}

func (s *sheets) print(all []sheet) error {
	format, width := s.format.inForce(s.out)
	switch {
	case s.only != "":
		return s.printOne(all)
	case format == "table":
		return s.paint(all, width)
	case format == "json":
		return s.printObjects(all)
	}
	return s.printRows(all, format)
}

// printOne prints one part of all sheets, as a table like any other.
func (s *sheets) printOne(all []sheet) error {
	var to printer
	for i := range all {
		for _, p := range append([]part{all[i].asPart()}, all[i].parts...) {
			if p.name != s.only {
				continue
			}
			thing := all[i].thing
			header, keyed := p.header, !slices.Contains(p.header, thing.name)
			if keyed {
				header = append([]string{thing.name}, header...)
			}
			if to == nil {
				to = s.format.newPrinter(s.out, header)
			}
			for _, row := range p.rows {
				if keyed {
					row = append([]any{thing.cell}, row...)
				}
				if err := to.row(row...); err != nil {
					return err
				}
			}
		}
	}
	return to.close()
}

// printRows prints all parts as rows of one table.
func (s *sheets) printRows(all []sheet, format formatFlag) error {
	header := []string{all[0].thing.name, "section"}
	for _, p := range append([]part{all[0].asPart()}, all[0].parts...) {
		for _, name := range p.header {
			if !slices.Contains(header, name) {
				header = append(header, name)
			}
		}
	}
	to := format.newPrinter(s.out, header)
	for i := range all {
		for _, p := range append([]part{all[i].asPart()}, all[i].parts...) {
			for _, row := range p.rows {
				if err := printRow(to, header, all[i].thing, p, row); err != nil {
					return err
				}
			}
		}
	}
	return to.close()
}

// printRow prints a row of a part in the columns of all; in JSON Lines in its own.
func printRow(to printer, header []string, thing column, p part, row []any) error {
	cells := make([]any, len(header))
	cells[0], cells[1] = thing.cell, p.name
	for i, name := range p.header {
		cells[slices.Index(header, name)] = row[i]
	}
	if j, ok := to.(*jsonRows); ok {
		j.header = append([]string{thing.name, "section"}, p.header...)
		cells = append(cells[:2:2], row...)
		if p.header[0] == thing.name {
			j.header, cells = slices.Delete(j.header, 2, 3), slices.Delete(cells, 2, 3)
		}
	}
	return to.row(cells...)
}

// printObjects prints an object a sheet.
func (s *sheets) printObjects(all []sheet) error {
	w := bufio.NewWriter(s.out)
	if !s.one {
		w.WriteString("[\n")
	}
	for i := range all {
		if i > 0 {
			w.WriteString(",\n")
		}
		all[i].writeObject(w)
	}
	if !s.one {
		w.WriteString("\n]")
	}
	w.WriteString("\n")
	return w.Flush()
}

func (s *sheet) writeObject(w *bufio.Writer) {
	w.WriteString("{")
	for i, f := range s.facts {
		if i > 0 {
			w.WriteString(",")
		}
		fmt.Fprintf(w, "\n %s: %s", jsonText(f.name), jsonText(f.cell))
	}
	for _, p := range s.parts {
		fmt.Fprintf(w, ",\n %s: [", jsonText(p.name))
		rows := &jsonRows{out: w, header: p.header, before: "\n  ", between: ",\n  "}
		for _, row := range p.rows {
			rows.row(row...) // whose writer remembers its error
		}
		w.WriteString("]")
	}
	w.WriteString("\n}")
}

// paint prints sheets for the eye.
func (s *sheets) paint(all []sheet, width int) error {
	w := bufio.NewWriter(s.out)
	for i, sheet := range all {
		if i > 0 {
			w.WriteString("\n")
		}
		fmt.Fprintln(w, print.Printable(sheet.title))
		for _, line := range sheet.shown {
			fmt.Fprintln(w, "  "+print.Printable(line))
		}
		for _, p := range sheet.parts {
			if err := p.show(w, width); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// show prints a part under its title.
func (p *part) show(w *bufio.Writer, width int) error {
	if len(p.rows) == 0 {
		if p.note != "" {
			fmt.Fprintf(w, "\n%s\n%s\n", p.title, p.note)
		}
		return nil
	}
	if p.title != "" {
		fmt.Fprintf(w, "\n%s\n", p.title)
	}
	if p.paint != nil {
		return p.paint(w, width)
	}
	to := newAligned(w, p.header, width)
	for _, row := range p.rows {
		if err := to.row(row...); err != nil {
			return err
		}
	}
	return to.close()
}
