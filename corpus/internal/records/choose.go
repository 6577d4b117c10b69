package records

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

const (
	// SampleRows and SampleBytes bound what is looked at to choose a text column.
	SampleRows  = 100
	SampleBytes = 1 << 20
	// SampleValue is how much of a value counts: more tells no more.
	SampleValue = 1 << 10
	// clearly is how many times the letters of the next column the text must have.
	// Titles beside their texts have a tenth; questions beside their answers about as
	// many, and which of them is meant only the user knows.
	clearly = 2
)

func textNames() []string {
	return []string{"text", "body", "content", "message", "abstract", "description", "review", "comment", "tweet", "sentence"}
}

func idNames() []string { return []string{"id", "_id", "uuid", "doc_id", "key"} }

func dateNames() []string {
	return []string{"date", "created_at", "created", "timestamp", "published", "time", "year"}
}

// Layout says which of a table's columns is which, by their numbers; -1 is none.
type Layout struct {
	names    []string
	Lists    []bool // whose values are lists, an element a line; nil if there are none
	text     []int
	id, date int
}

// Choose applies the rules of the package comment to the columns names, of which the
// first rows are in sample.
func Choose(names []string, sample [][]string, c Columns) (Layout, error) {
	l := Layout{names: names}
	var err error
	if l.id, err = pick(names, c.ID, idNames(), "--id-column"); err != nil {
		return l, err
	}
	if l.date, err = pick(names, c.Date, dateNames(), "--date-column"); err != nil {
		return l, err
	}
	if len(c.Text) == 0 {
		return l, l.chooseText(sample)
	}
	for _, name := range c.Text {
		i := find(names, name)
		if i < 0 {
			return l, missing(names, name, "--text-column")
		}
		l.text = append(l.text, i)
	}
	l.letGo(c)
	return l, nil
}

// letGo leaves a column to the text that the user named for it, where the rules alone
// had made it the id or the date.
func (l *Layout) letGo(c Columns) {
	if c.ID == "" && slices.Contains(l.text, l.id) {
		l.id = -1
	}
	if c.Date == "" && slices.Contains(l.text, l.date) {
		l.date = -1
	}
}

// chooseText finds the text column that the user did not name.
func (l *Layout) chooseText(sample [][]string) error {
	i := firstOf(l.names, textNames())
	if i < 0 && len(l.names) == 1 {
		i, l.id, l.date = 0, -1, -1
	}
	if i < 0 {
		i = mostLetters(l.letters(sample))
	}
	if i < 0 {
		return undecided(l.names)
	}
	l.text = []int{i}
	return nil
}

// letters counts them by column. The id and the date cannot be the text.
func (l *Layout) letters(sample [][]string) []int {
	counts := make([]int, len(l.names))
	for _, row := range sample {
		for i, value := range row {
			if i < len(counts) && i != l.id && i != l.date {
				counts[i] += countLetters(value)
			}
		}
	}
	return counts
}

// mostLetters is the column with clearly the most letters, or -1.
func mostLetters(counts []int) int {
	best, next, at := 0, 0, -1
	for i, n := range counts {
		switch {
		case n > best:
			best, next, at = n, best, i
		case n > next:
			next = n
		}
	}
	if best < clearly*next {
		return -1
	}
	return at
}

func countLetters(value string) (n int) {
	for _, r := range value[:min(len(value), SampleValue)] {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// pick finds the column that the user named, or the first of the usual names.
func pick(names []string, named string, usual []string, flag string) (int, error) {
	if named == "" {
		return firstOf(names, usual), nil
	}
	i := find(names, named)
	if i < 0 {
		return -1, missing(names, named, flag)
	}
	return i, nil
}

func firstOf(names, usual []string) int {
	for _, name := range usual {
		if i := find(names, name); i >= 0 {
			return i
		}
	}
	return -1
}

// find is the number of a column by its name, or -1.
func find(names []string, name string) int {
	if i := slices.Index(names, name); i >= 0 {
		return i
	}
	return slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

func missing(names []string, name, flag string) error {
	return fmt.Errorf("there is no column %q; name one of these with %s: %s", name, flag, list(names))
}

func undecided(names []string) error {
	return fmt.Errorf("cannot tell which column is the text; name one of these with --text-column: %s", list(names))
}

// list shows names, but not thousands of them.
func list(names []string) string {
	const most = 50
	if len(names) == 0 {
		return "(there are none)"
	}
	if n := len(names) - most; n > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names, ", ")
}

// Record makes a record of a row that has a value for each column.
func (l *Layout) Record(number int, row []string) Record {
	rec := Record{Number: number, Text: l.join(row)}
	if l.id >= 0 {
		rec.ID = row[l.id]
	}
	if l.date >= 0 {
		rec.Date = row[l.date]
	}
	if n := len(row) - len(l.text); n > 0 {
		rec.Meta = make([]Field, 0, n)
	}
	for i, value := range row {
		if i != l.id && i != l.date && !slices.Contains(l.text, i) {
			if l.Lists != nil && l.Lists[i] {
				value = strings.ReplaceAll(value, "\n", ", ")
			}
			rec.Meta = append(rec.Meta, Field{l.names[i], value})
		}
	}
	return rec
}

func (l *Layout) join(row []string) string {
	if len(l.text) == 1 {
		return row[l.text[0]]
	}
	var parts []string
	for _, i := range l.text {
		if row[i] != "" {
			parts = append(parts, row[i])
		}
	}
	return strings.Join(parts, "\n\n")
}
