package records

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// rows cuts a stream into rows and fields.
type rows struct {
	r io.Reader
	marks
	columns int  // of the header, or 0 while it is not read
	shifted bool // the header has no name for the first column
	trying  bool // all rows are wanted, however long they are
	filled  int  // rows that were short

	passedOver int    // lines before the header
	form       string // of a table that is rewritten
	buffer     []byte
	pos        int   // what is before it is done with
	err        error // why nothing more comes after the buffer
	line       int   // the number of the line at pos, from 1
	spans      []span

	// passed and again count the bytes that were read, and those that were read once
	// more after a stray quote. A file made of nothing but stray quotes would else be
	// read a million times.
	passed, again int64
}

// newRows begins to read, and finds out about the marks.
func newRows(r io.Reader, d Dialect) (*rows, error) {
	if d.Comma < 0 || d.Comma >= 0x80 || d.Comma == '"' || d.Comma == '\n' || d.Comma == '\r' {
		return nil, fmt.Errorf("%q cannot part columns; name a comma, a semicolon, a tab or another ASCII character", d.Comma)
	}
	rows := &rows{r: r, buffer: make([]byte, 0, trialBytes), line: 1}
	rows.fill()
	if bytes.IndexByte(rows.buffer, '\n') < 0 && bytes.IndexByte(rows.buffer, '\r') >= 0 {
		replaceCR(rows.buffer)
		rows.r = lineEnds{rows.r}
	}
	if comma, size := separatorLine(rows.buffer); size > 0 {
		if d.Comma == 0 {
			d.Comma = rune(comma)
		}
		rows.advance(size)
	}
	if as := recastOf(rows.buffer[rows.pos:], rows.err == io.EOF, d); as != nil {
		rows.recast(as)
		d.Comma = unit
	}
	t, lines, size := sniffBelow(rows.buffer[rows.pos:], rows.err == io.EOF, d)
	rows.passedOver = lines
	rows.advance(size)
	rows.marks, rows.shifted = t.marks, t.shifted()
	return rows, nil
}

// recast has what was read, and what comes, rewritten.
func (r *rows) recast(as *recast) {
	ahead := bytes.NewReader(bytes.Clone(r.buffer[r.pos:]))
	var after io.Reader = r.r
	if r.err != nil {
		after = failing{r.err}
	}
	r.r, r.form = &recasting{r: io.MultiReader(ahead, after), as: as}, as.form
	r.buffer, r.pos, r.err = r.buffer[:0], 0, nil
	r.fill()
}

// failing is a reader that has failed, or ended.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// next is the next row, a *fault in its place, or why there are no more: io.EOF or the
// failure of the reader.
func (r *rows) next() ([]string, error) {
	for {
		data := r.buffer[r.pos:]
		if r.err != nil && len(data) == 0 {
			return nil, r.err
		}
		row, err := r.parse(data)
		switch {
		case err == errMore && r.err != nil: // the reader failed within a row
			return nil, r.err
		case err == errMore && r.fill():
			continue
		case err != nil:
			return r.mend(row, err)
		}
		f := r.fields(data, row)
		line := r.line
		r.advance(row.size)
		if row.blank {
			continue
		}
		if r.columns > 0 && (row.more || row.count < r.columns-mostFilled) {
			return nil, &fault{line, fmt.Sprintf("%d columns where the header has %d", row.count, r.columns)}
		} else if row.count > MaxColumns {
			return nil, &fault{line, fmt.Sprintf("%d columns, more than the %d that are read", row.count, MaxColumns)}
		}
		return r.padded(f), nil
	}
}

// mostFilled is the number of cells that a short row may lack. A header of 60,000 columns over a
// million short rows would else take hours.
const mostFilled = 1000

// padded gives a short row its empty cells.
func (r *rows) padded(fields []string) []string {
	if len(fields) >= r.columns {
		return fields
	}
	r.filled++
	return append(fields, make([]string, r.columns-len(fields))...)
}

// advance leaves n bytes behind.
func (r *rows) advance(n int) {
	r.line += bytes.Count(r.buffer[r.pos:r.pos+n], []byte("\n"))
	r.pos += n
	r.passed += int64(n)
}

// fill reads more behind what is there, in a larger buffer where there is no room.
// It is false where a row would need more than MaxRecord.
func (r *rows) fill() bool {
	if r.pos > 0 {
		r.buffer = r.buffer[:copy(r.buffer, r.buffer[r.pos:])]
		r.pos = 0
	}
	if len(r.buffer) == cap(r.buffer) {
		if len(r.buffer) >= MaxRecord {
			return false
		}
		larger := make([]byte, len(r.buffer), min(2*cap(r.buffer), MaxRecord))
		copy(larger, r.buffer)
		r.buffer = larger
	}
	// Until it is full: half a row in a buffer is parsed in vain.
	for r.err == nil && len(r.buffer) < cap(r.buffer) {
		var n int
		n, r.err = r.r.Read(r.buffer[len(r.buffer):cap(r.buffer)])
		r.buffer = r.buffer[:len(r.buffer)+n]
	}
	return true
}

// skipLine leaves the rest of a line behind, however long it is.
func (r *rows) skipLine() {
	for {
		data := r.buffer[r.pos:]
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			r.advance(i + 1)
			return
		}
		r.advance(len(data))
		if r.err != nil {
			return
		}
		r.fill()
	}
}

// mend deals with a row whose quotes are at fault, or of which there is no end within
// MaxRecord. In TSV its first line is a row as it stands. Otherwise that line is given
// up, and the next one is where the reading goes on; if that has been done too often, it
// is the line after the fault.
func (r *rows) mend(row parsed, err error) ([]string, error) {
	if r.comma == '\t' && !r.trying {
		if fields := r.literal(); fields != nil {
			return fields, nil
		}
	}
	f := &fault{r.line, err.Error()}
	if err == errMore {
		f.what = fmt.Sprintf("a row is larger than %d MB, the largest that is read; is a quote not closed?", MaxRecord>>20)
	}
	if r.again += int64(row.size); r.again > 2*r.passed+1<<20 {
		r.again -= int64(row.size)
		r.advance(row.size)
	}
	r.skipLine()
	return nil, f
}

// literal reads a line as if quotes meant nothing, or is nil if that gives no row.
func (r *rows) literal() []string {
	for bytes.IndexByte(r.buffer[r.pos:], '\n') < 0 && r.err == nil {
		if !r.fill() {
			return nil
		}
	}
	line, _, _ := bytes.Cut(r.buffer[r.pos:], []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	n := bytes.Count(line, []byte("\t")) + 1
	if n > MaxColumns || r.columns > 0 && (n > r.columns || n < r.columns-mostFilled) {
		return nil
	}
	fields := strings.Split(string(line), "\t")
	r.skipLine()
	return r.padded(fields)
}

// fields copies the fields of a row out of the buffer.
func (r *rows) fields(data []byte, row parsed) []string {
	all := string(data[:row.size])
	fields := make([]string, len(r.spans))
	for i, s := range r.spans {
		fields[i] = all[s.start:s.end]
		if s.escaped {
			fields[i] = r.unquote(fields[i])
		}
		if n := len(fields[i]); n > 2 && fields[i][0] == '=' && fields[i][1] == '"' && fields[i][n-1] == '"' {
			fields[i] = fields[i][2 : n-1] // ="007", by which Excel keeps a text from being a number
		}
		if r.dump && strings.IndexByte(fields[i], '\\') >= 0 {
			fields[i] = undump(fields[i])
		}
	}
	return fields
}

// undump makes of a cell of a database what is meant.
func undump(cell string) string {
	if cell == `\N` {
		return ""
	}
	return undumper.Replace(cell)
}

// unquote makes of what stands between quotes what is meant.
func (r *rows) unquote(text string) string {
	switch {
	case r.escapes && !r.bare:
		return unescaper.Replace(text)
	case r.bare:
		return unescaper.Replace(strings.ReplaceAll(text, `\`+string(rune(r.comma)), string(rune(r.comma))))
	case r.quote == '\'':
		return unapostropher.Replace(text)
	}
	return unquoter.Replace(text)
}

var (
	unquoter      = strings.NewReplacer(`""`, `"`, "\r\n", "\n")
	unapostropher = strings.NewReplacer("''", "'", "\r\n", "\n")
	undumper      = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "", `\\`, `\`)
	unescaper     = strings.NewReplacer(`""`, `"`, `\"`, `"`, `\\`, `\`, "\r\n", "\n")
)
