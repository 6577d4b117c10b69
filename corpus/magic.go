package corpus

import (
	"bytes"
	"net/http"
	"strings"
)

// magics are the first bytes of files that are no text, with what they are. What they say
// is believed, even if what follows has few control characters, as a picture with a
// description in front.
var magics = []struct{ begin, kind string }{
	{"\xff\xd8\xff", "image/jpeg"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"8BPS\x00\x01", "image/vnd.adobe.photoshop"},
	{"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"},
	{"AT&TFORM", "image/vnd.djvu"},
	{"\x00\x00\x01\x00\x01\x00", "image/x-icon"},
	{"OggS\x00", "application/ogg"},
	{"fLaC\x00", "audio/flac"},
	{"ID3\x02", "audio/mpeg"},
	{"ID3\x03", "audio/mpeg"},
	{"ID3\x04", "audio/mpeg"},
	{"\x1aE\xdf\xa3", "video/webm"},
	{"\x7fELF", "a program"},
	{"\xca\xfe\xba\xbe\x00", "a program"},
	{"\xcf\xfa\xed\xfe", "a program"},
	{"\xfe\xed\xfa\xcf", "a program"},
	{"\x00asm\x01", "a program"},
	{"SQLite format 3\x00", "an SQLite database; export its table as CSV"},
	{"wOFF\x00", "font/woff"},
	{"wOF2\x00", "font/woff2"},
	{"\x00\x01\x00\x00\x00", "font/ttf"},
	{"OTTO\x00", "font/otf"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file; save it as DOCX, ODT or text"},
	{"\xfd7zXZ\x00", "packed by xz; unpack it"},
	{"7z\xbc\xaf\x27\x1c", "packed by 7-Zip; unpack it"},
	{"Rar!\x1a\x07", "packed by RAR; unpack it"},
	{"\x04\x22\x4d\x18", "packed by LZ4; unpack it"},
	{"%!PS-Adobe-", "PostScript; turn it into PDF"},
	{"KLEW\r\n\x1a\n", "a klew model"},
	{"!BDN", "a mailbox of Outlook (.pst); export its mails as .eml or mbox"},
}

// magicFirst are the bytes with which magics begin, and those that magicOf knows besides.
var magicFirst = func() (first [256]bool) {
	for _, m := range magics {
		first[m.begin[0]] = true
	}
	for _, b := range []byte{'B', 'R', 'M', 0} {
		first[b] = true
	}
	return first
}()

// magicOf is what a file is by its first bytes, or empty if they may be those of a text.
func magicOf(raw []byte) string {
	if len(raw) == 0 || !magicFirst[raw[0]] {
		return ""
	}
	for _, m := range magics {
		if bytes.HasPrefix(raw, []byte(m.begin)) && (isBinaryMark(m.begin) || bytes.IndexByte(raw[:min(len(raw), 64)], 0) >= 0) {
			if strings.HasPrefix(m.kind, "an old Office file") {
				return oldOffice(raw)
			}
			return m.kind
		}
	}
	switch {
	case len(raw) > 10 && bytes.HasPrefix(raw, []byte("BZh")) && bytes.Equal(raw[4:10], []byte("1AY&SY")):
		return "packed by bzip2; unpack it"
	case len(raw) > 16 && bytes.HasPrefix(raw, []byte("RIFF")) && isTag(raw[8:12], "WAVE", "AVI ", "WEBP"):
		return http.DetectContentType(raw)
	case len(raw) > 12 && raw[0] == 0 && isTag(raw[4:8], "ftyp"):
		return "video/mp4"
	case len(raw) > 0x40 && bytes.HasPrefix(raw, []byte("MZ")) && bytes.IndexByte(raw[:0x40], 0) > 0:
		return "a program"
	}
	return ""
}

// isBinaryMark is true of marks that no text begins with. A text may well begin with
// "GIF89a", and then has no zeros behind it.
func isBinaryMark(begin string) bool {
	return begin == "%!PS-Adobe-" || strings.ContainsFunc(begin, func(r rune) bool { return r < ' ' || r > '~' })
}

func isTag(raw []byte, tags ...string) bool {
	for _, tag := range tags {
		if string(raw) == tag {
			return true
		}
	}
	return false
}

// outlookMail is what oldOffice says of a mail, which can be read.
const outlookMail = "a mail of Outlook (.msg)"

// oldOffice says what is in a container of Microsoft, by the names of its parts, which are
// in UTF-16.
func oldOffice(raw []byte) string {
	for _, k := range []struct{ part, kind string }{
		{"__substg1.0_", outlookMail},
		{"WordDocument", "a document of Word before 2007 (.doc); save it as DOCX"},
		{"PowerPoint Document", "slides of PowerPoint before 2007 (.ppt); save them as PPTX"},
		{"Workbook", "a spreadsheet of Excel before 2007 (.xls); save it as XLSX or CSV"},
		{"EncryptedPackage", "an Office file that asks for a password"},
	} {
		if bytes.Contains(raw, wide(k.part)) {
			return k.kind
		}
	}
	return "an old Office file; save it as DOCX, ODT or text"
}

// wide is ASCII in UTF-16.
func wide(text string) []byte {
	out := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		out = append(out, text[i], 0)
	}
	return out
}
