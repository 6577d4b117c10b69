package records

import "strings"

const (
	// mostDescribing is the number of rows below a header that may describe the columns.
	mostDescribing = 3
	// leastBelow is the number of rows that must follow them.
	leastBelow = 3
)

// describing counts the rows below a header that are no answers but say what the columns are: the
// questions of a survey, units, or numbers of columns. They are unlike all rows below: where these
// have numbers or dates, they have words, or nothing at all.
//
// A row in which two measures happen to be missing must not be lost, so that in several columns,
// and in all that are measured, there must be none.
func describing(sample [][]string) int {
	for n := min(mostDescribing, len(sample)-leastBelow); n > 0; n-- {
		measured := measuredColumns(sample[n:])
		all := true
		for _, row := range sample[:n] {
			all = all && describes(row, measured)
		}
		if all {
			return n
		}
	}
	return 0
}

// measuredColumns are those in which numbers or dates stand in nearly all rows.
func measuredColumns(rows [][]string) (columns []int) {
	for i := range rows[0] {
		measured := 0
		for _, row := range rows {
			if i < len(row) && isMeasure(strings.TrimSpace(row[i])) {
				measured++
			}
		}
		if float64(measured) >= mostly*float64(len(rows)) {
			columns = append(columns, i)
		}
	}
	return columns
}

// describes tells whether a row has words in place of measures.
func describes(row []string, measured []int) bool {
	const leastWorded, leastEmpty = 2, 3
	words := 0
	for _, i := range measured {
		cell := strings.TrimSpace(row[i])
		if isMeasure(cell) || isMissing(cell) {
			return false
		} else if cell != "" {
			words++
		}
	}
	return words >= leastWorded || len(measured) >= leastEmpty && hasLetters(row)
}

// isMissing is true of what programs write where there is no value.
func isMissing(cell string) bool {
	switch strings.ToLower(cell) {
	case "na", "n/a", "nan", "null", "none", "nil", "missing", "#n/a", "#value!", "#ref!", "?", "-", `\n`, "<na>", "(null)":
		return true
	}
	return false
}

func hasLetters(row []string) bool {
	for _, cell := range row {
		if countLetters(cell) > 1 {
			return true
		}
	}
	return false
}
