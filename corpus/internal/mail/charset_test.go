package mail

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// decodeText is a simple way to decode, in place of what callers bring along: the charset
// that is named, unless it is a family of single bytes and the bytes are UTF-8, and
// without one Windows-1252; or KOI8-R, if most of what is around is beyond ASCII.
func decodeText(raw []byte, charset string, around []byte) string {
	enc, err := htmlindex.Get(strings.Trim(charset, " \t\"'"))
	if err != nil || enc == encoding.Replacement {
		enc = nil
	}
	if _, single := enc.(*charmap.Charmap); enc == nil || single {
		if utf8.Valid(raw) {
			return string(raw)
		}
	}
	if enc == nil {
		enc = charmap.Windows1252
		if beyond := bytes.Count(around, nil) - 1; bytes.Count(bytes.ToValidUTF8(around, nil), nil)*2 < beyond {
			enc = charmap.KOI8R
		}
	}
	decoded, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		decoded = raw
	}
	return string(decoded)
}
