package mail

import (
	"bytes"
	"mime"
	"strings"
)

// mediaType reads a Content-Type. What has none, or a wrong one, is plain text. Where
// parameters break the rules, as "boundary=----=_Part_1" does without quotation marks,
// each is read as well as can be.
func mediaType(value string) (kind string, params map[string]string) {
	kind, params, err := mime.ParseMediaType(value)
	if err != nil {
		kind, params = brokenMediaType(value)
	}
	if !strings.Contains(kind, "/") {
		return "text/plain", params
	}
	return kind, params
}

// brokenMediaType takes what stands between semicolons for a name and a value. Of those
// that come twice the first counts.
func brokenMediaType(value string) (kind string, params map[string]string) {
	kind, rest, _ := strings.Cut(value, ";")
	if fields := strings.Fields(kind); len(fields) > 0 {
		kind = strings.ToLower(fields[0])
	}
	params = map[string]string{}
	for rest != "" {
		var name, value string
		name, rest, _ = strings.Cut(rest, "=")
		if i := strings.LastIndexByte(name, ';'); i >= 0 {
			name = name[i+1:]
		}
		value, rest = parameterValue(strings.TrimSpace(rest))
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" && params[name] == "" {
			params[name] = value
		}
	}
	return kind, params
}

// parameterValue is what stands in quotation marks, of which the second may be missing, or
// up to a semicolon.
func parameterValue(s string) (value, rest string) {
	if quoted, ok := strings.CutPrefix(s, `"`); ok {
		if value, rest, closed := strings.Cut(quoted, `"`); closed {
			return value, rest
		}
		s = quoted
	}
	value, rest, _ = strings.Cut(s, ";")
	return strings.Trim(value, " \t'"), rest
}

func isSeveral(kind string) bool { return strings.HasPrefix(kind, "multipart/") }

// boundaryOf is the boundary of the parts of a body: what the header says, if it stands
// there, and else the first line that looks like one: two hyphens and a word, and behind
// it a header field or an empty line.
func boundaryOf(said string, body []byte) string {
	first := ""
	for pos := 0; pos < len(body); {
		line, rest := cutLine(body[pos:])
		pos = len(body) - len(rest)
		mark, ok := bytes.CutPrefix(bytes.TrimRight(line, " \t"), []byte("--"))
		switch {
		case !ok || len(mark) == 0:
		case said != "" && string(mark) == strings.TrimRight(said, " \t"):
			return said
		case first == "" && bytes.IndexByte(mark, ' ') < 0 && len(bytes.Trim(mark, "-")) > 0 && beginsPart(rest):
			first = string(mark)
		}
	}
	return first
}

// beginsPart is true of the header of a part.
func beginsPart(rest []byte) bool {
	line, _ := cutLine(rest)
	name, _, ok := cutField(line)
	return ok && strings.HasPrefix(name, "content-") || len(line) == 0 && len(rest) > 0
}
