package records

import (
	"strconv"
	"strings"

	"klew/corpus/internal/date"
)

// Taken is what was taken for what in a table: all its records have the same.
type Taken struct {
	// Form is what the table consists of: rows by ";", or records.
	Form string
	// NoHeader says that the first row does not name the columns.
	NoHeader bool
	// Above is the number of lines above the table that were passed over.
	Above int
	// Below is the number of rows below the header that say more of the columns, and are left out.
	Below int
	// Text, ID and Date are the names of the columns.
	Text     []string
	ID, Date string
	// Markup is that of the texts.
	Markup Markup
	// Order is that of the dates.
	Order date.Order

	left []nested // arrays that are not taken
}

// String is for people: rows by ";"; text from comment, id from nr, date from day (day first).
func (t *Taken) String() string {
	var parts []string
	if len(t.Text) > 0 {
		text := "text from " + strings.Join(t.Text, " and ")
		if t.Markup == Tags {
			text += " (HTML)"
		}
		parts = append(parts, text)
	}
	if t.ID != "" {
		parts = append(parts, "id from "+t.ID)
	}
	if t.Date != "" {
		parts = append(parts, "date from "+t.Date+t.orderInWords())
	}
	columns := strings.Join(parts, ", ")
	if t.NoHeader {
		columns += "; no header"
	}
	if t.Above > 0 {
		columns += "; lines above it left out: " + strconv.Itoa(t.Above)
	}
	if t.Below > 0 {
		columns += "; rows left out that describe the columns: " + strconv.Itoa(t.Below)
	}
	if len(t.left) > 0 {
		columns += "; arrays not read: " + t.leftInWords()
	}
	return t.Form + "; " + columns
}

// leftInWords names arrays that were not taken, and how to take the first.
func (t *Taken) leftInWords() string {
	const most = 5
	var paths []string
	for _, a := range t.left[:min(len(t.left), most)] {
		paths = append(paths, a.path)
	}
	if n := len(t.left) - most; n > 0 {
		paths = append(paths, strconv.Itoa(n)+" more")
	}
	all := strings.Join(paths, ", ")
	if n := len(paths) - 1; n > 0 {
		all = strings.Join(paths[:n], ", ") + " and " + paths[n]
	}
	which := "it"
	if len(t.left) > 1 {
		which = "the first"
	}
	return all + " (--text-column " + t.left[0].column + " reads " + which + ")"
}

func (t *Taken) orderInWords() string {
	switch t.Order {
	case date.Unknown:
		return ""
	case date.Undecided:
		return " (day or month first? none read; --date-format says)"
	}
	return " (" + t.Order.String() + ")"
}

// rowsBy names what parts columns.
func rowsBy(comma byte) string {
	switch comma {
	case 0:
		return "rows of one column"
	case '\t':
		return "rows by tabs"
	}
	return `rows by "` + string(rune(comma)) + `"`
}
