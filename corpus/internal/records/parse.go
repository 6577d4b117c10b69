package records

import (
	"bytes"
	"errors"
	"io"
)

// span is the place of a field among the bytes of its row, without its quotes.
type span struct {
	start, end int
	escaped    bool // has doubled quotes or line ends of two characters
}

// parsed is a row whose fields are in spans. With an error, size is how far the row was
// read until the fault.
type parsed struct {
	size  int // with the line end
	count int // of fields; spans has no more than can be needed
	blank bool
	more  bool // than the header has, and not only empty ones
}

var (
	errMore     = errors.New("the row is not complete")
	errUnclosed = errors.New("a field has an opening quote and no closing one")
	errAfter    = errors.New("a field goes on after its closing quote (a quote inside a quoted field must be doubled)")
)

// parse finds the row with which data begins. Without more to come, the end of data is
// the end of the row.
func (r *rows) parse(data []byte) (row parsed, err error) {
	r.spans = r.spans[:0]
	last := r.err == io.EOF
	eol := -1 // of the line at pos, looked for once a line: rows may have thousands of fields
	for pos := 0; ; {
		if eol < pos {
			eol = lineEnd(data, pos)
		}
		s, next, err := r.field(data, pos, eol, last)
		if err != nil {
			return parsed{size: next}, err
		}
		if row.count++; row.count <= r.columns || r.columns == 0 && row.count <= MaxColumns {
			r.spans = append(r.spans, s)
		} else if s.end > s.start {
			row.more = true
		}
		if next > s.end && data[next-1] == r.comma {
			if next == len(data) && !last {
				return parsed{size: next}, errMore
			}
			pos = next
			continue
		}
		row.size = next
		row.blank = row.count == 1 && s.start == 0 && s.end == 0
		return row, nil
	}
}

// field finds the field at pos, and where the next one or the next row begins.
func (r *rows) field(data []byte, pos, eol int, last bool) (s span, next int, err error) {
	if pos < len(data) && data[pos] == r.quote {
		return r.quoted(data, pos, last)
	}
	if r.blanks && pos < len(data) && data[pos] == ' ' {
		if blanks := len(data) - pos - len(bytes.TrimLeft(data[pos:eol], " ")) - (len(data) - eol); pos+blanks < len(data) && data[pos+blanks] == r.quote {
			return r.quoted(data, pos+blanks, last)
		}
	}
	rest := data[pos:eol]
	i := bytes.IndexByte(rest, r.comma)
	for i > 0 && r.bare && isEscaped(rest[:i]) {
		s.escaped = true
		next := bytes.IndexByte(rest[i+1:], r.comma)
		if i += next + 1; next < 0 {
			i = -1
		}
	}
	if i >= 0 {
		return span{start: pos, end: pos + i, escaped: s.escaped}, pos + i + 1, nil
	}
	if eol == len(data) && !last {
		return s, len(data), errMore
	}
	next = min(eol+1, len(data))
	if len(rest) > 0 && rest[len(rest)-1] == '\r' {
		rest = rest[:len(rest)-1]
	}
	return span{start: pos, end: pos + len(rest), escaped: s.escaped}, next, nil
}

// lineEnd is where the line at pos ends, or the end of data.
func lineEnd(data []byte, pos int) int {
	if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
		return pos + i
	}
	return len(data)
}

// quoted finds the field whose opening quote is at pos.
func (r *rows) quoted(data []byte, pos int, last bool) (s span, next int, err error) {
	s.start = pos + 1
	for at := s.start; ; {
		i := bytes.IndexByte(data[at:], r.quote)
		if i < 0 && !last {
			return s, len(data), errMore
		} else if i < 0 {
			return s, len(data), errUnclosed
		}
		s.end = at + i
		after := data[s.end+1:]
		if r.escapes && isEscaped(data[s.start:s.end]) {
			s.escaped = true
			at = s.end + 1
			continue
		}
		switch {
		case len(after) < 2 && !last: // may be half of a doubled quote, or of a line end
			return s, len(data), errMore
		case len(after) > 0 && after[0] == r.quote:
			s.escaped = true
			at = s.end + 2
			continue
		}
		s.escaped = s.escaped || bytes.Contains(data[s.start:s.end], []byte("\r\n")) || r.escapes && bytes.IndexByte(data[s.start:s.end], '\\') >= 0
		size, ok := r.afterQuote(after)
		if !ok {
			return s, s.end + 1, errAfter
		}
		return s, s.end + 1 + size, nil
	}
}

// isEscaped tells whether the backslashes at the end of a text, of which each may belong to the
// one before, leave one for what follows.
func isEscaped(text []byte) bool {
	n := len(text) - len(bytes.TrimRight(text, `\`))
	return n%2 == 1
}

// afterQuote is the size of the comma or the line end with which after begins.
func (r *rows) afterQuote(after []byte) (size int, ok bool) {
	switch {
	case len(after) == 0:
		return 0, true
	case after[0] == r.comma || after[0] == '\n':
		return 1, true
	case bytes.HasPrefix(after, []byte("\r\n")):
		return 2, true
	case len(after) == 1 && after[0] == '\r':
		return 1, true
	}
	return 0, false
}
