package corpus

import (
	"bytes"
	"regexp"
	"strings"
)

// maxBefore is how many bytes may stand before the mark by which a file is known: blanks,
// or what a server said.
const maxBefore = 1024

// pdfMark is how a PDF begins, and what comes soon behind it. A text that speaks of PDF may
// have the first, and has no use for the second.
var (
	pdfMark   = regexp.MustCompile(`%PDF-\d\.\d`)
	pdfObject = regexp.MustCompile(`\d+ \d+ obj\b|startxref|\x{FFFD}{3}`)
)

// isPDF knows a PDF by its mark, at the beginning or soon behind it.
func isPDF(head []byte) bool {
	if bytes.HasPrefix(head, []byte("%PDF-")) {
		return true
	}
	soon := head[:min(len(head), maxBefore)]
	if !bytes.Contains(soon, []byte("%PDF-")) { // most files: quicker than the expression
		return false
	}
	at := pdfMark.FindIndex(soon)
	return at != nil && pdfObject.Match(head[at[1]:])
}

// isRTF knows RTF by its mark, perhaps behind blanks.
func isRTF(head []byte) bool {
	head = bytes.TrimLeft(head[:min(len(head), maxBefore)], " \t\r\n\x00")
	return bytes.HasPrefix(head, []byte(`{\rtf`))
}

// xmlEndings are those of files that are XML or SGML, though they may not say so.
var xmlEndings = []string{".xml", ".sgml", ".sgm", ".tei", ".rss", ".atom", ".fb2", ".nxml", ".dbk", ".docbook", ".dita",
	".fodt", ".fodp", ".svg", ".opml", ".rdf"}

// xmlRoots are the first elements of kinds of XML that many programs write without saying
// that it is XML.
var xmlRoots = []string{"rss", "feed", "tei", "tei.2", "teicorpus", "fictionbook", "rdf:rdf", "svg", "opml", "docbook", "office:document"}

// firstTag is the first element of a document, behind comments and declarations.
var firstTag = regexp.MustCompile(`^\s*(?:<!--(?s:.*?)-->\s*)*<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)>`)

// trec is how the documents of TREC begin, one after another in a file without a name for it.
var trec = regexp.MustCompile(`(?i)^<doc>\s*<docno>`)

// isXML is true of XML and SGML that say what they are, by a declaration, a type, a
// namespace or a well-known first element. A text may well begin with a tag: a
// conversation does, with the name of who speaks, and so do pages of Markdown.
func isXML(head []byte) bool {
	text := bytes.TrimSpace(head)
	switch {
	case len(text) == 0 || text[0] != '<':
		return false
	case bytes.HasPrefix(text, []byte("<?xml")):
		return true
	case bytes.HasPrefix(text, []byte("<!DOCTYPE ")):
		return !bytes.EqualFold(text[10:min(len(text), 14)], []byte("html"))
	}
	text = text[:min(len(text), 4096)]
	tag := firstTag.FindSubmatch(text)
	if trec.Match(text) {
		return true
	} else if tag == nil {
		return false
	}
	name := strings.ToLower(string(tag[1]))
	for _, root := range xmlRoots {
		if name == root {
			return true
		}
	}
	return bytes.Contains(tag[2], []byte("xmlns"))
}
