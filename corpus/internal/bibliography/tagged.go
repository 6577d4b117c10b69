package bibliography

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// tag is a line with a field: TI  - On kilns, PMID- 123, TI On kilns, %T On kilns.
var tag = regexp.MustCompile(`^(?:([A-Z][A-Z0-9]{1,3}) {0,2}- ?|([A-Z][A-Z0-9]) |%([A-Z0-9@!*]) )(.*)$`)

// endnoteTags are the fields of EndNote by those of RIS.
var endnoteTags = map[string]string{
	"T": "TI", "X": "AB", "A": "AU", "D": "PY", "K": "KW", "J": "JO", "B": "T2", "R": "DO", "M": "AN", "0": "TY",
}

// tagged reads lines with tags.
type tagged struct {
	r    *bufio.Reader
	name string // of the field that may go on
	one  reference
	err  error
}

// next is the next reference, or io.EOF.
func (t *tagged) next() (reference, error) {
	for t.err == nil {
		var line string
		line, t.err = readLine(t.r)
		if t.err != nil && t.err != io.EOF {
			return reference{}, t.err
		}
		if ended := t.take(strings.TrimRight(line, "\r\n")); ended && t.one.names != nil {
			one := t.one
			t.one, t.name = reference{}, ""
			return one, nil
		}
	}
	one := t.one
	if t.one = (reference{}); one.names != nil {
		return one, nil
	}
	return reference{}, t.err
}

// readLine reads a line, of one that is longer than any value its beginning.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n')
		if len(line) < maxValue {
			line = append(line, piece...)
		}
		if err != bufio.ErrBufferFull {
			return string(line), err
		}
	}
}

// take takes a line, and tells whether a reference ends with it: an empty one, or ER. An empty line
// within one of RIS is followed by more of it.
func (t *tagged) take(line string) (ended bool) {
	line = strings.TrimPrefix(line, "\ufeff")
	m := tag.FindStringSubmatch(line)
	switch {
	case line == "ER" || line == "EF":
		return true
	case strings.TrimSpace(line) == "":
		_, dashed := t.one.values["TY"]
		_, science := t.one.values["PT"]
		return !dashed && !science || t.isEndNote()
	case m == nil, m[2] != "" && t.one.values["TY"] != nil: // a line of RIS that begins with two capitals
		t.one.more(t.name, line)
		return false
	}
	name := m[1] + m[2]
	if m[3] != "" {
		name = "%" + m[3]
		if of, ok := endnoteTags[m[3]]; ok {
			name = of
		}
		t.one.add("%", "endnote")
	}
	switch name {
	case "ER", "EF":
		return true
	case "FN", "VR":
		return false
	}
	t.one.add(name, m[4])
	t.name = name
	return false
}

// isEndNote tells a reference of EndNote, which ends with an empty line.
func (t *tagged) isEndNote() bool { return t.one.values["%"] != nil }
