package mail

import (
	"strings"
	"unicode/utf8"
)

// decoder makes characters of the bytes of one message.
type decoder struct {
	decode  func(raw []byte, charset string, around []byte) string
	charset string // what the message says, for its header too; or empty
	message []byte // by which the charset of a header is guessed
}

// decoded makes valid UTF-8 of bytes in the charset that they are said to be in, which
// may be wrong, unknown or none. Then it is guessed by what stands around them.
func (d decoder) decoded(raw []byte, charset string, around []byte) string {
	if d.decode == nil || len(raw) == 0 {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return strings.ToValidUTF8(d.decode(raw, charset, around), "\ufffd")
}

// charsetOf is the charset that a message says it is in: that of its first part that says
// one. A header with bytes beyond ASCII, which it may not have, is in the encoding of the
// body.
func charsetOf(fields []field, body []byte, depth int) string {
	kind, params := mediaType(valueOf(fields, "content-type"))
	if !isSeveral(kind) || depth > maxDepth {
		return params["charset"]
	}
	parts := splitParts(body, boundaryOf(params["boundary"], body))
	if len(parts) == 0 {
		return ""
	}
	header, inside := splitPart(parts[0])
	return charsetOf(header, inside, depth+1)
}

// isASCII is true of bytes that stand for the same letters in nearly all charsets.
func isASCII(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
