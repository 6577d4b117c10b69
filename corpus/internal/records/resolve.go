package records

import (
	"fmt"
	"strings"
)

// Resolve fills in the names that c leaves empty from the first lines of a file of JSON
// Lines, by the rules of the package comment, so that JSON reads all lines alike. It
// fails where the text column cannot be told, and where a column that c names is in none
// of the lines. Lines that are no objects do not count; without any other, c stays as
// it is, and JSON will say what is wrong with each line.
func Resolve(lines [][]byte, c Columns) (Columns, error) {
	c = c.enter(lines)
	s := sampled{index: map[string]int{}}
	for _, line := range lines {
		c.Each(line, func(record []byte) bool {
			if o, err := readObject(record); err == nil {
				s.add(o)
			}
			return len(s.rows) < SampleRows
		})
	}
	left := leftOut(lines, pathOf(c.within))
	if len(s.rows) == 0 {
		return c, nil
	}
	l, err := Choose(s.names, s.rows, c)
	if array, ok := c.richer(lines, left, &l, s.rows); ok && c.Text == nil {
		c.Text = []string{array.column}
		return Resolve(lines, c)
	}
	if err != nil && len(left) > 0 {
		return c, fmt.Errorf("%w; or of an array in it: %s", err, left[0].column)
	} else if err != nil {
		return c, err
	}
	l.order(s.rows)
	c.taken = l.Taken()
	c.taken.Form, c.taken.left = "records", left
	if c.within != nil {
		c.taken.Form += " of " + pathOf(c.within)
	}
	if c.Text == nil {
		c.Text = c.taken.Text
	}
	c.ID, c.Date = c.taken.ID, c.taken.Date
	c.noID = c.ID == "" && firstOf(s.names, idNames()) >= 0
	c.votes = l.votes
	return c, nil
}

// richer is the array within records that has the texts, where the records themselves have hardly
// a word: the kind of a list, the title of an article beside its paragraphs.
func (c Columns) richer(lines [][]byte, arrays []nested, l *Layout, sample [][]string) (best nested, ok bool) {
	const byFar = 5
	var own profile
	for _, i := range l.text {
		eachCell(sample, i, own.add)
	}
	if own.words > statusWords*max(1, own.filled) || l.text == nil && hasWords(l, sample) {
		return best, false
	}
	most := byFar * own.weight()
	for _, a := range arrays {
		if p := a.profile(lines); p.words > wordyMember*p.filled && p.weight() > most {
			best, most, ok = a, p.weight(), true
		}
	}
	return best, ok
}

// hasWords tells whether a column has words, though none was found to be the text.
func hasWords(l *Layout, sample [][]string) bool {
	for _, p := range l.profiles(sample) {
		if p.words > statusWords*p.filled {
			return true
		}
	}
	return false
}

// profile is what the texts of an array hold.
func (a nested) profile(lines [][]byte) (p profile) {
	c := Columns{Text: []string{a.column}}.enter(lines)
	records := 0
	for _, line := range lines {
		c.Each(line, func(record []byte) bool {
			if o, err := readObject(record); err == nil {
				if i := o.find(c.Text[0]); i >= 0 {
					p.add(o[i].value[:min(len(o[i].value), SampleValue)])
				}
			}
			records++
			return records < SampleRows
		})
	}
	return p
}

// sampled makes a table of lines that need not have the same columns.
type sampled struct {
	names []string
	index map[string]int // of names
	rows  [][]string
}

// add appends a row: the texts, and the numbers, which may be ids and dates.
func (s *sampled) add(o object) {
	row := make([]string, len(s.names))
	for _, m := range o {
		i, known := s.index[m.name]
		if !known {
			i = len(s.names)
			s.index[m.name], s.names = i, append(s.names, m.name)
			row = append(row, "")
		}
		row[i] = Sampled(m.value, m.text)
	}
	s.rows = append(s.rows, row)
}

// Sampled is how much of a value counts for the choice of columns: of a text its beginning, of other
// values those that begin as a number or a date.
func Sampled(value string, text bool) string {
	if text || value != "" && strings.IndexByte("-0123456789", value[0]) >= 0 {
		return value[:min(len(value), SampleValue)]
	}
	return ""
}

// Open tells whether more lines, of which AddDates is told, could show the order of the dates.
func (c *Columns) Open() bool { return c.Date != "" && c.votes.Open() }

// AddDate looks at the date of another line.
func (c *Columns) AddDate(line []byte) {
	c.Each(line, func(record []byte) bool {
		if o, err := readObject(record); err == nil {
			if i := o.find(c.Date); i >= 0 {
				c.votes.Add(o[i].value)
				taken := *c.taken
				taken.Order = c.votes.Order()
				c.taken = &taken
			}
		}
		return c.Open()
	})
}
