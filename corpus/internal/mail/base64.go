package mail

import (
	"bytes"
	"encoding/base64"
)

// looksLikeBase64 is true of a body whose first lines, or most of them, have no blanks
// and other signs inside. A footer may outnumber the lines of a short one: that ends with
// its padding, or is longer than words are.
func looksLikeBase64(body []byte) bool {
	const lines = 20
	good, bad, sure := 0, 0, false
	for len(body) > 0 && good+bad < lines {
		var line []byte
		line, body = cutLine(body)
		switch line = bytes.Trim(line, " \t"); {
		case len(line) == 0:
		case isCode(line):
			sure = sure || bad == 0 && len(line)%4 == 0 && (line[len(line)-1] == '=' || len(line) >= longCode)
			good++
		default:
			bad++
		}
	}
	return sure || good >= bad
}

// longCode is the length from which a line of base64 is hardly a word.
const longCode = 40

// isCode is true of a line of base64 alone, with its padding.
func isCode(line []byte) bool {
	line = bytes.TrimRight(line, "=")
	return bytes.IndexFunc(line, func(r rune) bool { return r > 0x7f || !isBase64(byte(r)) }) < 0
}

// fromBase64 decodes what is base64. What is no base64 is passed over between its lines, and
// stays at the end: programs for mailing lists put a footer in plain letters below it. Behind
// padding more base64 may follow, where two pieces were put together.
func fromBase64(body []byte) []byte {
	var out, digits []byte
	for len(body) > 0 {
		line, rest := cutLine(body)
		line = bytes.Trim(line, " \t")
		if len(line) > 0 && isFooter(line, rest, len(out) > 0 && len(digits) == 0) {
			return append(appendDecoded(out, digits), append([]byte("\n"), body...)...)
		}
		for _, b := range line {
			if b == '=' {
				out, digits = appendDecoded(out, digits), digits[:0]
			} else if isBase64(b) {
				digits = append(digits, b)
			}
		}
		body = rest
	}
	return appendDecoded(out, digits)
}

// isFooter is true of a line below base64 that is none, if none follows. Behind padding only
// a whole line of it, and no word, is base64.
func isFooter(line, rest []byte, padded bool) bool {
	if isCode(line) && (!padded || len(line)%4 == 0 && (len(line) >= longCode || line[len(line)-1] == '=')) {
		return false
	}
	for len(rest) > 0 {
		var next []byte
		next, rest = cutLine(rest)
		if next = bytes.Trim(next, " \t"); len(next) > 0 {
			return !isCode(next) || len(next) < longCode
		}
	}
	return bytes.ContainsAny(line, " \t") || padded
}

// appendDecoded decodes digits. A last one alone, of what was cut off, means nothing.
func appendDecoded(out, digits []byte) []byte {
	if len(digits)%4 == 1 {
		digits = digits[:len(digits)-1]
	}
	start := len(out)
	out = append(out, make([]byte, base64.RawStdEncoding.DecodedLen(len(digits)))...)
	n, _ := base64.RawStdEncoding.Decode(out[start:], digits)
	return out[:start+n]
}

func isBase64(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '+' || b == '/'
}
