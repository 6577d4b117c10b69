package mail

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// decodeText makes valid UTF-8 of bytes in the charset that they are said to be in.
func decodeText(raw []byte, charset string) string {
	enc := encodingOf(charset)
	if _, single := enc.(*charmap.Charmap); enc == nil || single {
		if utf8.Valid(raw) {
			return string(raw)
		}
	}
	if enc == nil {
		enc = charmap.Windows1252
	}
	decoded, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		decoded = raw
	}
	return string(bytes.ToValidUTF8(decoded, []byte("\ufffd")))
}

// encodingOf is the encoding of a name, as mail programs write it, or nil. Those for
// which browsers refuse to decode anything are nil too.
func encodingOf(charset string) encoding.Encoding {
	charset = strings.Trim(charset, " \t\"'")
	enc, err := htmlindex.Get(charset)
	if err != nil || enc == encoding.Replacement {
		return nil
	}
	return enc
}

// charsetReader is for mime.WordDecoder, which knows UTF-8 and Latin-1 itself.
func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(r)
	return strings.NewReader(decodeText(raw, charset)), err
}
