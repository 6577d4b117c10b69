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
//
// Each text is asked this, so nothing is put into memory for it: with the fields kept, a
// fifth of the time of reading 20 Newsgroups went into the question.
func Is(raw []byte) bool {
	if len(raw) > 0 && (raw[0] == '\r' || raw[0] == '\n') {
		return false
	}
	raw = withLineEnds(raw[:min(len(raw), maxHeader)])
	sender, other := false, false
	body := eachHeaderLine(raw, func(line []byte) {
		var room [longestName]byte
		key, _, _ := cutKey(line)
		switch string(appendLower(room[:0], key)) {
		case "from", "return-path", "received", "path", "sender":
			sender = true
		case "to", "subject", "date", "message-id", "newsgroups", "mime-version":
			other = true
		}
	})
	if header := raw[:len(raw)-len(body)]; len(body) > 0 && !bytes.HasSuffix(header, []byte("\n\n")) && !bytes.HasSuffix(header, []byte("\n\r\n")) {
		return false
	}
	return sender && other
}

// splitHeader takes the header fields off a message.
func splitHeader(raw []byte) (fields []field, body []byte) {
	body = eachHeaderLine(raw, func(line []byte) {
		if name, value, ok := cutField(line); ok {
			fields = append(fields, field{name: name, value: value})
		} else {
			fields[len(fields)-1].unfold(line)
		}
	})
	return fields, body
}

// eachHeaderLine hands out the lines of the header of a message: the first is a field, and each
// of the others is one, or goes on with the one before. A line that is no field does not
// end the header if a field or the empty line follows it, or if it is an encoded word: some
// programs break lines without indenting. Two hyphens begin a part.
func eachHeaderLine(raw []byte, take func(line []byte)) (body []byte) {
	rest, fields := withoutBlankLines(raw), 0
	for limit := len(rest) - maxHeader; len(rest) > max(limit, 0) && fields < maxFields; {
		line, next := cutLine(rest)
		switch {
		case len(line) == 0, endsWithBlanks(line, next) && fields > 0:
			return next
		case isField(line):
			fields++
			take(line)
		case fields == 0:
			if !isEnvelope(line) {
				return raw
			}
		case line[0] == ' ' || line[0] == '\t' || bytes.HasPrefix(line, []byte("=?")) || goesOn(next) && !bytes.HasPrefix(line, []byte("--")):
			take(line)
		default:
			return rest
		}
		rest = next
	}
	return rest
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

// endsWithBlanks is true of a line of blanks with which a program ended a header: what follows
// is no field, and none that goes on.
func endsWithBlanks(line, next []byte) bool {
	indented := len(next) > 0 && (next[0] == ' ' || next[0] == '\t')
	return len(bytes.TrimSpace(line)) == 0 && !indented && !goesOn(next)
}

// goesOn tells whether the header goes on with the next line.
func goesOn(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	line, _ := cutLine(rest)
	return isField(line) || len(line) == 0
}

func cutLine(raw []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(raw, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// longestName bounds the name of a field, with the colon behind it.
const longestName = 64

// cutKey takes a field apart. Its name has no spaces, and is no URL. Mails from before
// 2001 may have blanks in front of the colon.
func cutKey(line []byte) (key, value []byte, ok bool) {
	i := bytes.IndexByte(line[:min(len(line), longestName)], ':')
	if i <= 0 || bytes.HasPrefix(line[i:], []byte("://")) {
		return nil, nil, false
	}
	key = bytes.TrimRight(line[:i], " \t")
	for _, b := range key {
		if b <= ' ' || b >= 0x7f {
			return nil, nil, false
		}
	}
	return key, line[i+1:], len(key) > 0
}

// cutField takes a field apart, with its name in lower case.
func cutField(line []byte) (name string, value []byte, ok bool) {
	key, value, ok := cutKey(line)
	return strings.ToLower(string(key)), bytes.TrimSpace(value), ok
}

func isField(line []byte) bool {
	_, _, ok := cutKey(line)
	return ok
}

// appendLower appends ASCII in lower case.
func appendLower(to, text []byte) []byte {
	for _, b := range text {
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		to = append(to, b)
	}
	return to
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
