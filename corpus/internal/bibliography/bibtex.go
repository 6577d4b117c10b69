package bibliography

import (
	"bufio"
	"io"
	"strings"

	"klew/corpus/internal/latex"
)

// entries reads BibTeX: @article{key, title = {On {K}ilns}, year = 2020}.
type entries struct{ r *bufio.Reader }

// maxEntry is the size of the largest entry that is read whole.
const maxEntry = 4 << 20

// next is the next entry, or io.EOF.
func (e *entries) next() (reference, error) {
	for {
		kind, body, err := e.entry()
		if err != nil {
			return reference{}, err
		}
		switch kind {
		case "comment", "preamble", "string", "":
			continue
		}
		one := fields(body)
		one.add("type", kind)
		if len(one.names) > 1 {
			return one, nil
		}
	}
}

// entry is the kind of the next entry and what stands in its braces.
func (e *entries) entry() (kind, body string, err error) {
	for {
		if _, err := e.r.ReadSlice('@'); err == nil {
			break
		} else if err != bufio.ErrBufferFull {
			return "", "", err
		}
	}
	var name strings.Builder
	for name.Len() < 40 {
		c, err := e.r.ReadByte()
		if err != nil {
			return "", "", err
		}
		if c == '{' || c == '(' {
			body, err = e.braced(c)
			return strings.ToLower(strings.TrimSpace(name.String())), body, err
		}
		if c == '@' {
			e.r.UnreadByte()
			return "", "", nil
		}
		name.WriteByte(c)
	}
	return "", "", nil // an address, such as ada@example.org
}

// braced reads up to the brace that closes an entry. One that is not closed ends where the next
// begins a line.
func (e *entries) braced(open byte) (string, error) {
	var b strings.Builder
	depth, escaped := 1, false
	for b.Len() < maxEntry {
		c, err := e.r.ReadByte()
		if err == io.EOF {
			return b.String(), nil
		} else if err != nil {
			return "", err
		}
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '{':
			depth++
		case c == '}' && (open == '{' || depth > 1), c == ')' && open == '(' && depth == 1:
			if depth--; depth == 0 {
				return b.String(), nil
			}
		case c == '@' && strings.HasSuffix(b.String()[max(0, b.Len()-1):], "\n"):
			e.r.UnreadByte()
			return b.String(), nil
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

// fields are those of an entry, in plain text.
func fields(body string) (one reference) {
	key, rest, _ := strings.Cut(body, ",")
	one.add("key", key)
	for rest != "" {
		var name string
		if name, rest, _ = strings.Cut(rest, "="); rest == "" {
			break
		}
		name = strings.ToLower(strings.TrimSpace(strings.Trim(strings.TrimSpace(name), ",")))
		var value string
		value, rest = fieldValue(strings.TrimLeft(rest, " \t\r\n"))
		if value = latex.Plain(value); name == "author" {
			name, value = "authors", strings.ReplaceAll(value, " and ", "; ")
		}
		one.add(name, value)
	}
	return one
}

// fieldValue is the value with which a text begins, and what stands behind its comma.
func fieldValue(text string) (value, rest string) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == '"' && depth == 0:
			quoted = !quoted
		case c == ',' && depth <= 0 && !quoted:
			return trimmed(text[:i]), text[i+1:]
		}
	}
	return trimmed(text), ""
}

// trimmed is a value without the braces or quotation marks around it.
func trimmed(value string) string {
	value = strings.TrimSpace(value)
	if len(value) > 1 && (value[0] == '{' && value[len(value)-1] == '}' || value[0] == '"' && value[len(value)-1] == '"') {
		return value[1 : len(value)-1]
	}
	return strings.ReplaceAll(value, `" # "`, "")
}
