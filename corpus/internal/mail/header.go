package mail

import (
	"bytes"
	"strings"
)

// field is a field of a header as it was sent, but for its lines being one.
type field struct {
	name   string // in lower case
	value  []byte
	folded bool // value is memory of its own, and may grow
}

// maxHeader bounds the header of a message, and maxFields its fields: a gigabyte of
// "a:a" lines is no mail.
const (
	maxHeader = 1 << 20
	maxFields = 10000
)

// Is tells whether raw begins with a header block such as mails and posts have: fields
// from the first line on, among them who sent it and one more that every mail has, up to
// an empty line or the end. The first kilobytes of a message are enough.
func Is(raw []byte) bool {
	if len(bytes.TrimLeft(raw, "\r\n")) < len(raw) {
		return false
	}
	raw = withLineEnds(raw[:min(len(raw), maxHeader)])
	fields, body := splitHeader(raw)
	if header := raw[:len(raw)-len(body)]; len(body) > 0 && !bytes.HasSuffix(header, []byte("\n\n")) && !bytes.HasSuffix(header, []byte("\n\r\n")) {
		return false
	}
	sender, others := false, map[string]bool{}
	for _, f := range fields {
		switch f.name {
		case "from", "return-path", "received", "path", "sender":
			sender = true
		case "to", "subject", "date", "message-id", "newsgroups", "mime-version":
			others[f.name] = true
		}
	}
	return sender && len(others) > 0
}

// splitHeader takes the header fields off a message. A line that is no field does not
// end the header if a field or the empty line follows it: some programs break lines
// without indenting.
func splitHeader(raw []byte) (fields []field, body []byte) {
	rest := withoutBlankLines(raw)
	for limit := len(rest) - maxHeader; len(rest) > max(limit, 0) && len(fields) < maxFields; {
		line, next := cutLine(rest)
		name, value, isField := cutField(line)
		switch {
		case len(line) == 0:
			return fields, next
		case isField:
			fields = append(fields, field{name: name, value: value})
		case len(fields) == 0:
			if !isEnvelope(line) {
				return nil, raw
			}
		case line[0] == ' ' || line[0] == '\t' || goesOn(next):
			fields[len(fields)-1].unfold(line)
		default:
			return fields, rest
		}
		rest = next
	}
	return fields, rest
}

// withoutBlankLines leaves out the lines without a word before a header, such as those that
// web mailers put there.
func withoutBlankLines(raw []byte) []byte {
	for {
		line, rest, whole := bytes.Cut(raw, []byte("\n"))
		if !whole || len(bytes.TrimSpace(line)) > 0 {
			return raw
		}
		raw = rest
	}
}

// unfold adds a line to a field. The value must not grow into the message behind it.
func (f *field) unfold(line []byte) {
	if !f.folded {
		f.value, f.folded = append([]byte(nil), f.value...), true
	}
	f.value = append(append(f.value, ' '), bytes.TrimSpace(line)...)
}

// isEnvelope is true of what an mbox or a mail server puts in front of a header.
func isEnvelope(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(line, []byte(">")), []byte("From "))
}

// goesOn tells whether the header goes on with the next line.
func goesOn(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	line, _ := cutLine(rest)
	_, _, isField := cutField(line)
	return isField || len(line) == 0
}

func cutLine(raw []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(raw, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// cutField takes a field apart. Its name has no spaces, and is no URL. Mails from before
// 2001 may have blanks in front of the colon.
func cutField(line []byte) (name string, value []byte, ok bool) {
	const longest = 64
	i := bytes.IndexByte(line[:min(len(line), longest)], ':')
	if i <= 0 || bytes.HasPrefix(line[i:], []byte("://")) {
		return "", nil, false
	}
	key := bytes.TrimRight(line[:i], " \t")
	for _, b := range key {
		if b <= ' ' || b >= 0x7f {
			return "", nil, false
		}
	}
	return strings.ToLower(string(key)), bytes.TrimSpace(line[i+1:]), len(key) > 0
}

// valueOf is the first field of a name, or nothing.
func valueOf(fields []field, name string) string {
	for _, f := range fields {
		if f.name == name {
			return string(f.value)
		}
	}
	return ""
}
