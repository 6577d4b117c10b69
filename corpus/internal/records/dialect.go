package records

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"klew/corpus/internal/date"
)

// Dialect is how a table is written. Its zero value is found out.
type Dialect struct {
	// Comma parts the columns; 0 means that the content tells.
	Comma rune
	// Mark parts the columns if it is several characters, or one beyond ASCII.
	Mark string
	// Usual is what parts columns if the content leaves that open, as the name of a file may
	// tell; 0 is a comma.
	Usual byte
	// NoHeader says that the first row is one like others.
	NoHeader bool
}

// marks are the characters that a table is made of.
type marks struct {
	comma   byte // 0 where there is but one column
	quote   byte
	escapes bool // a quote inside quotes is written \" and not ""
	bare    bool // a comma outside of quotes may have a backslash in front
	blanks  bool // blanks stand before quotes
	dump    bool // \N is nothing, \n a line end and \t a tab, as databases write
}

// trial is what a table would be with some marks.
type trial struct {
	marks
	header int // columns of the first row
	rows   int // all others that were looked at
	equal  int // have as many columns
	shift  int // have one more in front, a name of the row as R writes it, in quotes or before a tab
	short  int
	faults int
}

const (
	// trialBytes and trialRows are what is looked at to find the marks.
	trialBytes = 64 << 10
	trialRows  = 100
	// mostly is the share that makes a rule of what is else a fault.
	mostly = 0.9
)

// score is the share of rows that come out as they should; short ones count half.
func (t *trial) score() float64 {
	if t.rows == 0 {
		return 1
	}
	return (float64(max(t.equal, t.shift)) + float64(t.short)/2) / float64(t.rows)
}

// shifted tells a table whose header has no name for the first column, as R writes it.
func (t *trial) shifted() bool { return t.rows > 1 && float64(t.shift) >= mostly*float64(t.rows) }

// width is the number of columns.
func (t *trial) width() int {
	if t.shifted() {
		return t.header + 1
	}
	return t.header
}

// sniff finds the marks of the table with which a text begins. all tells that nothing
// follows behind head.
func sniff(head []byte, all bool, d Dialect) trial {
	if !all {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	commas := []byte{',', ';', '\t', '|', '^', '~'}
	if first, _, _ := bytes.Cut(head, []byte("\n")); len(first) > 0 && first[0] == '"' && bytes.Contains(first, []byte(`" "`)) {
		commas = append(commas, ' ') // as R writes tables
	}
	if d.Usual != 0 {
		commas = append([]byte{d.Usual}, commas...)
	}
	if d.Comma != 0 {
		commas = []byte{byte(d.Comma)}
	}
	var best, single trial
	for i, comma := range commas {
		t := bestQuotes(head, comma)
		if t.width() > 1 && (best.header == 0 || t.better(&best)) {
			best = t
		}
		if i == 0 {
			single = t
		}
	}
	switch {
	case best.header > 0:
		return best
	case d.Comma == 0 && single.score() < mostly:
		// Lines, in which commas are a part of the text.
		single = try(head, marks{quote: '"'})
	}
	return single
}

// mostTitles is the number of lines that may stand before a table.
const mostTitles = 30

// sniffBelow finds the marks of a table that may have a title or a comment above it, in so many
// lines of so many bytes: lines with a # in front, or of one column over rows of several, unless
// a comma parts these, which may be prose.
func sniffBelow(head []byte, all bool, d Dialect) (t trial, lines, size int) {
	t = sniff(head, all, d)
	good := t.width() > 1 && t.score() >= mostly
	if good && !bytes.HasPrefix(head, []byte("#")) {
		return t, 0, 0
	}
	comments := true
	for at := 0; lines < mostTitles; {
		end := bytes.IndexByte(head[at:], '\n') + 1
		if end == 0 {
			break
		}
		comments = comments && (head[at] == '#' || len(bytes.TrimSpace(head[at:at+end])) == 0)
		at, lines = at+end, lines+1
		if at < len(head) && head[at] == '#' {
			continue
		}
		below := sniff(head[at:], all, d)
		if good { // a column may be called #
			first, _ := firstRows(head[at:], all, below)
			comments = comments && hasUsualName(first)
		}
		if below.width() > 1 && below.rows > 1 && below.score() >= mostly && (comments || !good && isTitled(head, at, all, below)) {
			return below, lines, at
		}
	}
	return t, 0, 0
}

// isTitled tells what stands above a table, up to at: lines with fewer columns than it has. Unless
// these are lines of one column, or where commas part the table, which prose has too, it must have
// names, and they must not: a few long rows do not make a table of their own.
func isTitled(head []byte, at int, all bool, below trial) bool {
	most := 0
	for line := range bytes.Lines(head[:at]) {
		line = bytes.TrimRight(line, "\r\n"+string(rune(below.comma)))
		most = max(most, bytes.Count(line, []byte{below.comma})+1)
	}
	if most == 1 && below.comma != ',' {
		return true
	}
	first, _ := firstRows(head[at:], all, below)
	above, _, _ := bytes.Cut(head, []byte("\n"))
	return most < below.width() && below.width() > 2 && below.rows > 2 && areNames(first) &&
		!hasUsualName(strings.Split(strings.TrimSpace(string(above)), string(rune(below.comma))))
}

// better compares shares, and then numbers of columns.
func (t *trial) better(other *trial) bool {
	a, b := t.score(), other.score()
	return a > b || a == b && t.width() > other.width()
}

// bestQuotes finds out how a comma is protected: by quotes that are doubled inside, or have a
// backslash in front, or by apostrophes.
func bestQuotes(head []byte, comma byte) trial {
	best := try(head, marks{comma: comma, quote: '"'})
	if bytes.Contains(head, []byte(`\"`)) {
		if t := try(head, marks{comma: comma, quote: '"', escapes: true}); t.faults < best.faults {
			best = t
		}
	}
	if bytes.Contains(head, []byte{comma, ' ', '"'}) {
		if t := try(head, marks{comma: comma, quote: '"', blanks: true}); t.score() > best.score() || t.score() == best.score() && t.faults <= best.faults {
			best = t
		}
	}
	if comma == '\t' && isDump(head) {
		best.dump = true
	}
	if bytes.Contains(head, []byte{'\\', comma}) {
		if t := try(head, marks{comma: comma, quote: '"', escapes: true, bare: true}); t.score() > best.score() {
			best = t
		}
	}
	quoted := bytes.Count(head, []byte{comma, '\''}) + bytes.Count(head, []byte{'\'', comma})
	if !bytes.Contains(head, []byte(`"`)) && quoted > bytes.Count(head, []byte("\n")) {
		if t := try(head, marks{comma: comma, quote: '\''}); t.faults == 0 && t.score() >= best.score() {
			best = t
		}
	}
	return best
}

// isDump tells what databases write: a cell that is \N, or line ends and tabs behind backslashes and
// none that means something else.
func isDump(head []byte) bool {
	if bytes.Contains(head, []byte("\t\\N\t")) || bytes.Contains(head, []byte("\t\\N\n")) || bytes.Contains(head, []byte("\n\\N\t")) {
		return true
	}
	escapes := 0
	for rest := head; ; escapes++ {
		i := bytes.IndexByte(rest, '\\')
		if i < 0 || i+1 == len(rest) {
			return escapes > 1
		} else if bytes.IndexByte([]byte(`ntr\`), rest[i+1]) < 0 {
			return false
		}
		rest = rest[i+2:]
	}
}

// try reads the first rows with some marks.
func try(head []byte, m marks) trial {
	t := trial{marks: m}
	r := &rows{r: bytes.NewReader(head), marks: m, buffer: make([]byte, 0, len(head)+1), line: 1, trying: true}
	r.fill()
	unnamed := false // the last column of the header, which is then no shorter than the rows
	for t.rows < trialRows {
		named := m.comma == '\t' || r.begins(m.quote)
		row, err := r.next()
		switch {
		case err == io.EOF:
			return t
		case err != nil:
			t.faults++
			t.rows++
			continue
		case t.header == 0:
			t.header, unnamed = len(row), row[len(row)-1] == ""
			continue
		}
		t.rows++
		switch n := len(row); {
		case n == t.header || n > t.header && isBlank(row[t.header:]):
			t.equal++
		case n == t.header+1 && named && !unnamed:
			t.shift++
		case n < t.header:
			t.short++
		}
	}
	return t
}

// begins tells whether the next line begins with a character.
func (r *rows) begins(c byte) bool {
	rest := bytes.TrimLeft(r.buffer[r.pos:], "\r\n")
	return len(rest) > 0 && rest[0] == c
}

func isBlank(cells []string) bool {
	for _, cell := range cells {
		if cell != "" {
			return false
		}
	}
	return true
}

// separatorLine reads the line by which Excel is told what parts columns: sep=;
func separatorLine(head []byte) (comma byte, size int) {
	line, _, found := bytes.Cut(head, []byte("\n"))
	text := strings.Trim(string(bytes.TrimSuffix(line, []byte("\r"))), `"`)
	if !found || len(text) != 5 || !strings.EqualFold(text[:4], "sep=") {
		return 0, 0
	}
	return text[4], len(line) + 1
}

// isHeader judges whether a row names the columns of those below. It does unless it looks like
// them: where they are numbers or dates it is one, or one of its cells comes again below.
func isHeader(first []string, sample [][]string) bool {
	if hasUsualName(first) {
		return true
	}
	for i, cell := range first {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		same, measured, filled := 0, 0, 0
		for _, row := range sample {
			value := strings.TrimSpace(row[i])
			if value == "" {
				continue
			}
			filled++
			if value == cell && len(cell) > 1 {
				same++
			}
			if isMeasure(value) {
				measured++
			}
		}
		if same > 1 || isMeasure(cell) && float64(measured) >= mostly*float64(filled) && filled > 0 {
			return false
		}
	}
	return true
}

// isMeasure tells a number or a date.
func isMeasure(cell string) bool {
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return true
	}
	return date.May(cell)
}

// lineEnds makes LF of CR, where that alone ends lines, as on old Macs.
type lineEnds struct{ r io.Reader }

func (l lineEnds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	replaceCR(p[:n])
	return n, err
}

func replaceCR(p []byte) {
	for i, b := range p {
		if b == '\r' {
			p[i] = '\n'
		}
	}
}
