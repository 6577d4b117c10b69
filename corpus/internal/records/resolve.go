package records

// Resolve fills in the names that c leaves empty from the first lines of a file of JSON
// Lines, by the rules of the package comment, so that JSON reads all lines alike. It
// fails where the text column cannot be told, and where a column that c names is in none
// of the lines. Lines that are no objects do not count; without any other, c stays as
// it is, and JSON will say what is wrong with each line.
func Resolve(lines [][]byte, c Columns) (Columns, error) {
	s := sampled{index: map[string]int{}}
	for _, line := range lines {
		if o, err := readObject(line); err == nil {
			s.add(o)
		}
	}
	if len(s.rows) == 0 {
		return c, nil
	}
	l, err := Choose(s.names, s.rows, c)
	if err != nil {
		return c, err
	}
	l.order(s.rows)
	c.taken = l.Taken()
	c.taken.Form = "records"
	if c.Text == nil {
		c.Text = c.taken.Text
	}
	c.ID, c.Date = c.taken.ID, c.taken.Date
	c.votes = l.votes
	return c, nil
}

// sampled makes a table of lines that need not have the same columns.
type sampled struct {
	names []string
	index map[string]int // of names
	rows  [][]string
}

// add appends a row. Only texts are counted for the choice of a text column, so that
// other values are left out.
func (s *sampled) add(o object) {
	row := make([]string, len(s.names))
	for _, m := range o {
		i, known := s.index[m.name]
		if !known {
			i = len(s.names)
			s.index[m.name], s.names = i, append(s.names, m.name)
			row = append(row, "")
		}
		if m.text {
			row[i] = m.value[:min(len(m.value), SampleValue)]
		}
	}
	s.rows = append(s.rows, row)
}

// Open tells whether more lines, of which AddDates is told, could show the order of the dates.
func (c *Columns) Open() bool { return c.Date != "" && c.votes.Open() }

// AddDate looks at the date of another line.
func (c *Columns) AddDate(line []byte) {
	if o, err := readObject(line); err == nil {
		if i := o.find(c.Date); i >= 0 {
			c.votes.Add(o[i].value)
			taken := *c.taken
			taken.Order = c.votes.Order()
			c.taken = &taken
		}
	}
}
