package tables

import (
	"iter"
	"math"
)

// Table is a table, whose rows are made while they are read: a row is good until the next
// one. A row has a cell for each column.
type Table struct {
	Name    Name
	Columns []Column
	Rows    iter.Seq[[]Cell]
	// ForEye is the table for a terminal, where that is another: with other columns first.
	ForEye *Table
}

// Column is a column of a table: its name, what it holds, and so how that is written.
type Column struct {
	Name string
	Kind Kind
	// Lacking says that rows may have nothing there: null in JSON and databases, empty
	// elsewhere.
	Lacking bool
	Role    Role
	// Spare columns are left out where a terminal has no room.
	Spare bool
	// Between stands between the items of a list where they are written as one text; a
	// blank if it is empty.
	Between string
}

// Kind is what a column holds, and the rule by which it is written.
type Kind int

// The kinds.
const (
	// Text is text, written as it is.
	Text Kind = iota
	// Whole is a natural number, with all its digits.
	Whole
	// Number is a number, written with the fewest digits that give the same number of single
	// precision, at most nine: what is measured comes from weights that have no more.
	Number
	// List is texts: an array in JSON, one text elsewhere.
	List
	// Wholes is a list of natural numbers.
	Wholes
	// Truth is true or false.
	Truth
)

// isText says whether a kind is written as text where there are no lists.
func (k Kind) isText() bool { return k == Text || k == List || k == Wholes }

// Role is what becomes of a column for which a terminal has no room.
type Role int

// The roles.
const (
	// Fixed columns keep their width.
	Fixed Role = iota
	// Identifier names a document: the end of it tells more than the beginning, which is cut.
	Identifier
	// Wrapped goes on in the next line.
	Wrapped
)

// Cell is a value. Its column says which of the fields it is in; None is set where there is
// no value.
type Cell struct {
	Text   string
	Whole  uint64
	Number float64
	List   []string
	None   bool
}

// none is the cell of what there is not.
var none = Cell{None: true}

func textCell(s string) Cell { return Cell{Text: clean(s)} }

// wholeCell is a natural number.
func wholeCell(n int) Cell { return Cell{Whole: uint64(max(0, n))} }

// numberCell is a number, or none if it is not one that can be measured: NaN, or infinite.
func numberCell(x float64) Cell {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return none
	}
	return Cell{Number: x}
}

// truthCell is a Truth, of which Whole is 1 for true.
func truthCell(is bool) Cell {
	if is {
		return Cell{Whole: 1}
	}
	return Cell{}
}

func listCell(items []string) Cell {
	for i, item := range items {
		items[i] = clean(item)
	}
	return Cell{List: items}
}

// The columns, by what they hold.

func textColumn(name string) Column       { return Column{Name: name} }
func wholeColumn(name string) Column      { return Column{Name: name, Kind: Whole} }
func numberColumn(name string) Column     { return Column{Name: name, Kind: Number} }
func identifierColumn(name string) Column { return Column{Name: name, Role: Identifier} }
func listColumn(name string) Column       { return Column{Name: name, Kind: List, Role: Wrapped} }

// lacking is the column where rows may have nothing.
func (c Column) lacking() Column {
	c.Lacking = true
	return c
}

// namesOf are the columns' names.
func namesOf(columns []Column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}

// rowsOf are n rows, each filled in a row of its own by fill.
func rowsOf(columns, n int, fill func(row []Cell, i int)) iter.Seq[[]Cell] {
	return func(yield func([]Cell) bool) {
		row := make([]Cell, columns)
		for i := range n {
			if fill(row, i); !yield(row) {
				return
			}
		}
	}
}

// tableOf is a table of n rows, each filled by fill.
func tableOf(name Name, columns []Column, n int, fill func(row []Cell, i int)) *Table {
	return &Table{Name: name, Columns: columns, Rows: rowsOf(len(columns), n, fill)}
}

// HasRows says whether a table has any.
func (t *Table) HasRows() bool {
	for range t.Rows {
		return true
	}
	return false
}
