package tables

import "slices"

// first has some columns first for the eye, in this order, which are what the table is asked
// for; a terminal leaves out the others where it has no room.
func (t *Table) first(names ...string) *Table {
	t.ForEye = t.ordered(names)
	return t
}

func (t *Table) ordered(first []string) *Table {
	var order []int
	for _, name := range first {
		if i := slices.Index(namesOf(t.Columns), name); i >= 0 {
			order = append(order, i)
		}
	}
	asked := len(order)
	for i := range t.Columns {
		if !slices.Contains(order[:asked], i) {
			order = append(order, i)
		}
	}
	picked := t.pick(order)
	for n := asked; n < len(order); n++ {
		picked.Columns[n].Spare = true
	}
	return picked
}

// without is the table without a column.
func (t *Table) without(name string) *Table {
	var order []int
	for i := range t.Columns {
		if t.Columns[i].Name != name {
			order = append(order, i)
		}
	}
	return t.pick(order)
}

// pick is the table of some columns, by their places.
func (t *Table) pick(order []int) *Table {
	columns := make([]Column, len(order))
	for n, i := range order {
		columns[n] = t.Columns[i]
	}
	return &Table{Name: t.Name, Columns: columns, Rows: func(yield func([]Cell) bool) {
		row := make([]Cell, len(order))
		for cells := range t.Rows {
			for n, i := range order {
				row[n] = cells[i]
			}
			if !yield(row) {
				return
			}
		}
	}}
}
