package extract

import (
	"cmp"
	"slices"
	"strings"
)

// Sheet is a table of a spreadsheet.
type Sheet struct {
	Name   string
	Hidden bool
	// Rows are its cells, as text: of a number or a date what a program would write, of a
	// formula what it came to. All rows have the same number of cells; empty ones are left
	// out.
	Rows [][]string
	// Above is the number of rows in front of the table that were left out, such as its
	// title.
	Above int
}

const (
	// mostColumns is the number of columns of a sheet that are read: Excel has no more.
	mostColumns = 1 << 14
	// cellCost is what a cell costs beside its text, in bytes.
	cellCost = 32
)

// sheetRows collects the rows of a sheet.
type sheetRows struct {
	rows  [][]string
	row   []string
	left  int64 // what rows may still cost, in bytes
	limit int64
}

// set puts a cell in its place in the row. Cells that are not named are empty.
func (s *sheetRows) set(column int, text string) {
	if column < 0 || column >= mostColumns || text == "" || s.left < 0 {
		return
	}
	for len(s.row) <= column {
		s.row = append(s.row, "")
		s.left -= cellCost
	}
	s.row[column] = text
	s.left -= int64(len(text))
}

// endRow ends a row, which comes so many times, unless it is empty.
func (s *sheetRows) endRow(times int) {
	filled := slices.ContainsFunc(s.row, func(cell string) bool { return cell != "" })
	for range times {
		if !filled || s.left < 0 {
			break
		}
		s.rows = append(s.rows, slices.Clone(s.row))
		s.left -= int64(len(s.row)) * cellCost
	}
	s.row = s.row[:0]
}

// sheet makes a table of the rows.
func (s *sheetRows) sheet(name string, hidden bool) (Sheet, error) {
	if s.left < 0 {
		return Sheet{}, TooMuch(s.limit)
	}
	above := aboveTable(s.rows)
	rows := s.rows[above:]
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	if int64(width)*int64(len(rows)) > s.limit/cellCost {
		return Sheet{}, TooMuch(s.limit)
	}
	for i, row := range rows {
		rows[i] = append(row, make([]string, width-len(row))...)
	}
	return Sheet{cmp.Or(Tidy(name), "Sheet"), hidden, rows, above}, nil
}

// aboveTable is the number of rows before a table that are not of it: of one cell alone,
// where most rows have several.
func aboveTable(rows [][]string) int {
	const most = 20
	several := 0
	for _, row := range rows {
		if filledCells(row) > 1 {
			several++
		}
	}
	if 2*several <= len(rows) {
		return 0
	}
	for i := range min(most, len(rows)) {
		if filledCells(rows[i]) > 1 {
			return i
		}
	}
	return 0
}

func filledCells(row []string) (n int) {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}
