package print

import (
	"bufio"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"klew/topics/tables"
)

// layout is a table for the eye, within a width. Numbers are never cut. The columns that are
// asked for are all there: names of documents may lose their beginning, other texts go on in
// the next line. The columns that may be left out are there as far as there is room. Where
// not even the first fit beside each other, each row is a block of lines, with the name of a
// column before each value.
type layout struct {
	columns []tables.Column
	rows    [][]string // the first has the names of the columns
	natural []int      // the width of the widest cell of each column
	widths  []int      // as they are printed; 0 for a column that is left out
	least   []int
}

const (
	// gap is what stands between columns.
	gap = "  "
	// leastName is the least width that the name of a document keeps, leastText that of
	// other texts, and mostSpare the most that a text takes which may be left out.
	leastName, leastText, mostSpare = 16, 12, 24
)

func newLayout(t *tables.Table) *layout {
	l := &layout{columns: t.Columns, natural: make([]int, len(t.Columns)), widths: make([]int, len(t.Columns)), least: make([]int, len(t.Columns))}
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = Printable(c.Name)
	}
	l.add(names)
	for row := range t.Rows {
		cells := make([]string, len(row))
		for i := range row {
			cells[i] = cellText(&row[i], &t.Columns[i])
		}
		l.add(cells)
	}
	return l
}

func (l *layout) add(cells []string) {
	for i, cell := range cells {
		l.natural[i] = max(l.natural[i], text.StringWidth(cell))
	}
	l.rows = append(l.rows, cells)
}

// isNumber says whether a column stands to the right, and keeps its width.
func isNumber(c *tables.Column) bool { return c.Kind == tables.Whole || c.Kind == tables.Number }

// fit chooses the widths, and says whether the columns that are asked for fit.
func (l *layout) fit(width int) bool {
	room := width + len(gap)
	for i := range l.columns {
		c := &l.columns[i]
		l.least[i] = l.natural[i]
		switch {
		case isNumber(c):
		case c.Role == tables.Identifier:
			l.least[i] = min(l.natural[i], leastName)
		default:
			l.least[i] = min(l.natural[i], max(leastText, text.StringWidth(c.Name)))
		}
		if !c.Spare {
			l.widths[i] = l.least[i]
			room -= l.widths[i] + len(gap)
		}
	}
	if room < 0 {
		return false
	}
	room = l.widen(room, func(c *tables.Column) bool { return c.Role == tables.Fixed })
	room = l.widen(room, func(c *tables.Column) bool { return c.Role == tables.Identifier })
	room = l.widen(room, func(c *tables.Column) bool { return c.Role == tables.Wrapped })
	for i := range l.columns {
		c, w := &l.columns[i], l.natural[i]
		if !isNumber(c) {
			w = min(w, mostSpare)
		}
		if c.Spare && room >= w+len(gap) {
			l.widths[i] = w
			room -= w + len(gap)
		}
	}
	l.widen(room, func(*tables.Column) bool { return true })
	return true
}

// widen gives columns of a kind the room that they want, and returns what is left.
func (l *layout) widen(room int, of func(*tables.Column) bool) int {
	for i := range l.columns {
		if l.widths[i] > 0 && of(&l.columns[i]) {
			more := min(room, l.natural[i]-l.widths[i])
			l.widths[i] += more
			room -= more
		}
	}
	return room
}

// leftOut are the names of the columns for which there is no room.
func (l *layout) leftOut() (names []string) {
	for i, w := range l.widths {
		if w == 0 && l.natural[i] > 0 {
			names = append(names, l.rows[0][i])
		}
	}
	return names
}

// write writes the rows as lines.
func (l *layout) write(w *bufio.Writer) {
	for _, row := range l.rows {
		cells, lines := make([][]string, len(row)), 1
		for i, cell := range row {
			cells[i] = l.lines(i, cell)
			lines = max(lines, len(cells[i]))
		}
		for n := range lines {
			var line strings.Builder
			for i := range row {
				if l.widths[i] == 0 {
					continue
				}
				part := ""
				if n < len(cells[i]) {
					part = cells[i][n]
				}
				line.WriteString(pad(part, l.widths[i], isNumber(&l.columns[i])) + gap)
			}
			w.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		}
	}
}

// lines are a cell in its column.
func (l *layout) lines(i int, cell string) []string {
	switch c := &l.columns[i]; {
	case l.widths[i] == 0:
		return nil
	case text.StringWidth(cell) <= l.widths[i]:
		return []string{cell}
	case c.Role == tables.Identifier:
		return []string{keepEnd(cell, l.widths[i])}
	case c.Spare && c.Role != tables.Wrapped:
		return []string{keepBeginning(cell, l.widths[i])}
	}
	return wrap(cell, l.widths[i])
}

// blocks writes each row as lines of a name and a value.
func (l *layout) blocks(w *bufio.Writer, width int) {
	names, margin := l.rows[0], 0
	for _, name := range names {
		margin = max(margin, text.StringWidth(name))
	}
	margin = min(margin, width/2)
	for n, row := range l.rows[1:] {
		if n > 0 {
			w.WriteString("\n")
		}
		for i, cell := range row {
			if cell == "" {
				continue
			}
			name := pad(keepBeginning(names[i], margin), margin, false)
			for _, line := range wrap(cell, max(1, width-margin-len(gap))) {
				w.WriteString(name + gap + line + "\n")
				name = strings.Repeat(" ", margin)
			}
		}
	}
}

// pad fills a text up with blanks, before it or behind.
func pad(s string, width int, before bool) string {
	blanks := strings.Repeat(" ", max(0, width-text.StringWidth(s)))
	if before {
		return blanks + s
	}
	return s + blanks
}

const cutMark = "…"

// keepEnd leaves out the beginning of a path, which is the same in most.
func keepEnd(s string, width int) string {
	runes := []rune(s)
	if text.StringWidth(s) <= width {
		return s
	}
	from := len(runes)
	for w := 1; from > 0; from-- {
		if w += text.StringWidth(string(runes[from-1])); w > width {
			break
		}
	}
	return cutMark + string(runes[from:])
}

// keepBeginning leaves out the end.
func keepBeginning(s string, width int) string {
	if text.StringWidth(s) <= width {
		return s
	}
	first, _ := split(s, width-1)
	return first + cutMark
}

// split parts a text so that the first part is no wider than width, but for a single
// character that is.
func split(s string, width int) (first, rest string) {
	w := 0
	for at, r := range s {
		if w += text.StringWidth(string(r)); w > width && at > 0 {
			return s[:at], s[at:]
		}
	}
	return s, ""
}

// wrap breaks a text at blanks into lines that are no wider than width, and words that are
// longer than a line anywhere.
func wrap(s string, width int) []string {
	if text.StringWidth(s) <= width {
		return []string{s}
	}
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && text.StringWidth(line)+1+text.StringWidth(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; text.StringWidth(line) > width && len([]rune(line)) > 1; {
			var first string
			first, line = split(line, width)
			lines = append(lines, first)
		}
	}
	return slices.DeleteFunc(append(lines, line), func(s string) bool { return s == "" && len(lines) > 0 })
}
