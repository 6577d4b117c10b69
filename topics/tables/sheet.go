package tables

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Sheet is what there is to say of one thing, a topic, a word, or a model: facts, and parts
// that are tables of their own. It is written
//
//   - in JSON: as an object with the facts, and a list of objects for each part,
//   - in TSV and CSV: as one table (Rows), and in JSON Lines as its rows, each with the columns
//     of its part alone.
type Sheet struct {
	// Thing names what the sheet is about, in the first column of rows.
	Thing Fact
	Facts []Fact
	Parts []*Table
}

// Fact is what is said in a word or number.
type Fact struct {
	Column Column
	Cell   Cell
}

// FactsName is the name of the facts as a section.
const FactsName = "facts"

// sections are the facts as a table of one row, and the parts.
func (s *Sheet) sections() []*Table {
	columns, row := make([]Column, len(s.Facts)), make([]Cell, len(s.Facts))
	for i, f := range s.Facts {
		columns[i], row[i] = f.Column, f.Cell
	}
	first := &Table{Name: FactsName, Columns: columns, Rows: func(yield func([]Cell) bool) { yield(row) }}
	return append([]*Table{first}, s.Parts...)
}

// has says whether a table has a column of this name.
func (t *Table) has(name string) bool { return slices.Contains(namesOf(t.Columns), name) }

// Section is the part of this name of all sheets, or their facts: a table with the thing in
// the first column, unless the part has such a column. The sheets have the same parts.
func Section(all []Sheet, name string) *Table {
	var parts []*Table
	for i := range all {
		for _, t := range all[i].sections() {
			if string(t.Name) == name {
				parts = append(parts, t)
			}
		}
	}
	if len(parts) == 0 {
		return &Table{Name: Name(name), Rows: func(func([]Cell) bool) {}}
	}
	columns, keyed := parts[0].Columns, !parts[0].has(all[0].Thing.Column.Name)
	if keyed {
		columns = append([]Column{all[0].Thing.Column}, columns...)
	}
	return &Table{Name: Name(name), Columns: columns, Rows: func(yield func([]Cell) bool) {
		for i, t := range parts {
			for row := range t.Rows {
				if keyed {
					row = append([]Cell{all[i].Thing.Cell}, row...)
				}
				if !yield(row) {
					return
				}
			}
		}
	}}
}

// Rows are the facts and all parts of sheets as one table: the thing, section (the name of the
// part), and the columns of all parts, of which those of others are left empty.
func Rows(all []Sheet) *Table {
	columns := []Column{all[0].Thing.Column, textColumn("section")}
	place := make(map[string]int)
	for i, c := range columns {
		place[c.Name] = i
	}
	for _, t := range all[0].sections() {
		for _, c := range t.Columns {
			if _, there := place[c.Name]; !there {
				place[c.Name] = len(columns)
				columns = append(columns, c.lacking())
			}
		}
	}
	return &Table{Name: "sections", Columns: columns, Rows: func(yield func([]Cell) bool) {
		for i := range all {
			for _, t := range all[i].sections() {
				for cells := range t.Rows {
					row := make([]Cell, len(columns))
					for n := range row {
						row[n] = none
					}
					row[0], row[1] = all[i].Thing.Cell, textCell(string(t.Name))
					for n, c := range t.Columns {
						row[place[c.Name]] = cells[n]
					}
					if !yield(row) {
						return
					}
				}
			}
		}
	}}
}

// WriteSheets writes sheets of the same parts in a format of lines. In JSON it is a list, or
// with alone the object of the first.
func WriteSheets(to io.Writer, f Format, all []Sheet, alone bool) error {
	switch f {
	case JSON:
		return writeObjects(to, all, alone)
	case JSONLines:
		return writeLines(to, all)
	}
	return Write(to, f, Rows(all))
}

// writeLines writes an object for the facts and for each row of each part.
func writeLines(to io.Writer, all []Sheet) error {
	out := bufio.NewWriter(to)
	for i := range all {
		for _, t := range all[i].sections() {
			thing := all[i].Thing
			columns, key := []Column{thing.Column, textColumn("section")}, []Cell{thing.Cell, textCell(string(t.Name))}
			own := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == thing.Column.Name })
			for n, c := range t.Columns {
				if n != own {
					columns = append(columns, c)
				}
			}
			j, err := newJSON(out, columns, jsonLines)
			if err != nil {
				return err
			}
			for cells := range t.Rows {
				row := slices.Clone(key)
				for n, c := range cells {
					if n != own {
						row = append(row, c)
					}
				}
				if err := j.row(row); err != nil {
					return err
				}
			}
			if err := j.close(); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeObjects(to io.Writer, all []Sheet, alone bool) error {
	if alone {
		return WriteObject(to, &all[0], false)
	}
	out := bufio.NewWriter(to)
	out.WriteString("[\n")
	for i := range all {
		if i > 0 {
			out.WriteString(",\n")
		}
		if err := all[i].object(out, prettyObject); err != nil {
			return err
		}
	}
	out.WriteString("\n]\n")
	return out.Flush()
}

// objectLayout is what stands before each member of an object, before the items of a list in
// it, and at its end.
type objectLayout struct{ member, item, end string }

// memberNames makes names of members of what facts are called: "max-iter" is max_iter.
var memberNames = strings.NewReplacer(" ", "_", "-", "_", ",", "")

// WriteObject writes a sheet as one object, on one line or on many.
func WriteObject(to io.Writer, s *Sheet, oneLine bool) error {
	out, layout := bufio.NewWriter(to), prettyObject
	if oneLine {
		layout = objectLayout{}
	}
	if err := s.object(out, layout); err != nil {
		return err
	}
	out.WriteByte('\n')
	return out.Flush()
}

var prettyObject = objectLayout{"\n ", "\n  ", "\n"}

// object writes the sheet as an object.
func (s *Sheet) object(out *bufio.Writer, l objectLayout) error {
	comma := "{"
	name := func(name string) error {
		line, err := jsontext.AppendQuote([]byte(comma+l.member), memberNames.Replace(name))
		comma = ","
		out.Write(append(line, ':', ' '))
		return err
	}
	for _, f := range s.Facts {
		if err := name(f.Column.Name); err != nil {
			return err
		}
		value, err := appendJSON(nil, &f.Cell, f.Column.Kind)
		if err != nil {
			return err
		}
		out.Write(value)
	}
	for _, t := range s.Parts {
		if err := name(string(t.Name)); err != nil {
			return err
		}
		out.WriteByte('[')
		rows, err := newJSON(out, t.Columns, jsonLayout{before: l.item, between: "," + l.item})
		if err != nil {
			return err
		}
		for row := range t.Rows {
			if err := rows.row(row); err != nil {
				return err
			}
		}
		out.WriteByte(']')
	}
	_, err := out.WriteString(l.end + "}")
	return err
}
