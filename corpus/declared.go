package corpus

import (
	"bytes"
	"regexp"
	"unicode/utf8"
)

// declarations are the ways in which files say their encoding: web pages and XML wherever it
// stands in their head, programs and scripts in a line that editors read, LaTeX, style sheets,
// and headers such as those of mails and of message catalogues. What merely speaks of an encoding
// is in none of these places.
var declarations = []*regexp.Regexp{
	regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']?([\w.:-]+)`),
	regexp.MustCompile(`(?i)<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)`),
	regexp.MustCompile(`(?i)<!--#?\s*(?:charset|encoding)\s*[=:]\s*"?([\w.:-]+)`),
	regexp.MustCompile(`^@charset\s+["']([\w.:-]+)`),
	regexp.MustCompile(`(?im)^["\s]*content-type:[^\n]{0,200}?charset\s*=\s*["']?([\w.:-]+)`),
	regexp.MustCompile(`(?m)^[ \t]*[^\w\s][^\n]{0,80}?(?:file)?(?:en)?coding[:=]\s*["']?([\w.-]+)`), // -*- coding: x -*-
	regexp.MustCompile(`\\(?:usepackage|RequirePackage)\s*\[([\w-]+)\]\s*\{inputenc\}`),
	regexp.MustCompile(`(?i)^%\s*!TEX\s+encoding\s*=\s*([\w -]+)`),
}

// mayDeclare is true of what has one of the words that all declarations have: far quicker than
// their expressions.
func mayDeclare(head []byte) bool {
	head = bytes.ToLower(head)
	return bytes.Contains(head, []byte("charset")) || bytes.Contains(head, []byte("coding")) || bytes.Contains(head, []byte("inputenc"))
}

// declaredWithin is how much of a file is searched for a declaration.
const declaredWithin = 64 << 10

// texNames are names that only LaTeX uses.
var texNames = map[string]string{"latin1": "latin1", "latin2": "latin2", "latin9": "iso-8859-15", "ansinew": "windows-1252", "applemac": "macintosh", "utf8x": "utf-8", "koi8-ru": "koi8-u"}

// declared finds the encoding that a file says it has, if its bytes can be so. Valid UTF-8 is
// UTF-8 whatever it says, but for ISO-2022-JP, which looks as ASCII does.
func declared(raw []byte) (c textEncoding, ok bool) {
	head := raw[:min(len(raw), declaredWithin)]
	valid := utf8.Valid(raw)
	if valid && bytes.IndexByte(head, escape) < 0 {
		return c, false
	}
	if !mayDeclare(head) {
		return c, false
	}
	for _, d := range declarations {
		match := d.FindSubmatch(head)
		if match == nil {
			continue
		}
		name := string(match[1])
		if tex, known := texNames[name]; known {
			name = tex
		}
		c, err := encodingByName(name)
		if err != nil || c.isUTF8() || c.isWide() || valid && c.name != iso2022jp.name {
			continue
		}
		if _, ok := c.believed(raw); ok || c.name == iso2022jp.name {
			return c, true
		}
	}
	return c, false
}
