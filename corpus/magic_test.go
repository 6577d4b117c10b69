package corpus

import (
	"bytes"
	"strings"
	"testing"
)

// What is known by its first bytes is no text, however much of it looks like one; and a text
// that only speaks of such a mark is one.
func TestMagic(t *testing.T) {
	words := strings.Repeat("many words of a description\n", 500)
	for begin, want := range map[string]string{
		"\xff\xd8\xff\xe1\x21\x00http://ns.adobe.com/xap/1.0/\x00": "image/jpeg",
		"\x89PNG\r\n\x1a\n":            "image/png",
		"GIF89a\x01\x00\x01\x00":       "image/gif",
		"II*\x00":                      "image/tiff",
		"%!PS-Adobe-3.0\n%%Pages: 1\n": "PostScript; turn it into PDF",
		"RIFF\x00\x00\x00\x00WAVEfmt ": "audio/wave",
		"\x00\x00\x00\x18ftypmp42":     "video/mp4",
		"BZh91AY&SY":                   "packed by bzip2; unpack it",
		"MZ\x90\x00":                   "a program",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(wide("__substg1.0_001A")): "a mail of Outlook (.msg)",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + string(wide("WordDocument")):     "a document of Word before 2007 (.doc); save it as DOCX",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":                                    "an old Office file; save it as DOCX, ODT or text",
	} {
		d, ok := decoder{}.decode([]byte(begin + words))
		if ok || len(d.repairs) != 1 || d.repairs[0] != (Entry{Reason: Binary, Detail: want}) {
			t.Errorf("%q: %v, %v, want %q", begin, ok, d.repairs, want)
		}
	}
	for _, begin := range []string{"GIF89a is a format. ", "BM, RIFF, MZ: ", "BZh is how bzip2 begins. ", "ID3 ", "Rar! ", "ÿØÿ ", "AT&TFORM ", "!BDN"} {
		if d, ok := (decoder{}).decode([]byte(begin + words)); !ok || d.text != begin+words {
			t.Errorf("%q is no text: %v", begin, d.repairs)
		}
	}
}

// A PDF, RTF and XML are known by their marks, also behind something else; and a text that
// speaks of them is a text.
func TestMarks(t *testing.T) {
	formats := map[string]string{
		"\r\n%PDF-1.4\n1 0 obj\n<<": "pdf",
		"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n%\xe2\xe3\xcf\xd3\n": "pdf",
		"A PDF begins with %PDF-1.4, and so on.":                                                "text",
		strings.Repeat(" ", 2000) + "%PDF-1.4\n1 0 obj":                                         "text",
		"\n {\\rtf1 words}":                                "rtf",
		"see {\\rtf1}":                                     "text",
		"\ufeff<?xml version='1.0'?>\n<a>b</a>":            "xml",
		"<!DOCTYPE lewis SYSTEM 'lewis.dtd'>\n<REUTERS>":   "xml",
		"<!-- x -->\n<TEI xmlns='http://x'>":               "xml",
		"<TEI.2><text>":                                    "xml",
		"<rss version=\"2.0\">":                            "xml",
		"<a:b xmlns:a='c'>":                                "xml",
		"<?xml version='1.0'?><html xmlns='x'><body>":      "html",
		"<!doctype HTML><p>":                               "html",
		"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//'>": "html",
		"<ada> good morning\n<bob> hello":                  "text",
		"<p align=\"center\">words":                        "text",
		"<- an arrow":                                      "text",
		"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x": "mhtml",
		"From: a@b.c\nSubject: saved by me\nContent-Type: multipart/mixed; boundary=x\n\n--x":           "text",
	}
	c := open(t, Options{}, ".")
	for head, want := range formats {
		if got := c.formatOf([]byte(head), "").name; got != want {
			t.Errorf("%.60q is %s, want %s", head, got, want)
		}
	}
	if !bytes.Equal(wide("ab"), []byte("a\x00b\x00")) {
		t.Error("wide")
	}
}
