package mail

import (
	"bytes"
	"strings"
)

const (
	// maxDepth is how deep parts may lie in parts, and messages in messages.
	maxDepth = 16
	// maxParts bounds the parts of a message.
	maxParts = 1000
)

// parts reads the body of a message, part by part.
type parts struct {
	decoder
	html   func([]byte) string
	seen   int
	unread int // parts that are passed over
}

// read makes text of a part; plain is false of what was HTML.
func (p *parts) read(header []field, body []byte, depth int) (text string, plain bool) {
	if p.seen++; p.seen > maxParts || depth > maxDepth || depth > 0 && isAttachment(header) {
		p.unread++
		return "", false
	}
	kind, params := mediaType(valueOf(header, "content-type"))
	if isSeveral(kind) {
		if all := splitParts(body, boundaryOf(params["boundary"], body)); len(all) > 0 {
			return p.several(kind, all, depth)
		}
		kind = "text/plain" // without parts it is what it looks like
	}
	body = transferred(body, valueOf(header, "content-transfer-encoding"))
	switch {
	case kind == "message/rfc822" || kind == "message/news" || kind == "message/global":
		inner, body := splitHeader(body)
		return p.read(inner, body, depth+1)
	case isPage(kind) || kind == "text/plain" && beginsAsPage(body):
		return p.page(p.decoded(body, params["charset"], body)), false
	case isText(kind):
		text = p.decoded(body, params["charset"], body)
		if strings.EqualFold(params["format"], "flowed") {
			text = flowed(text, strings.EqualFold(params["delsp"], "yes"))
		}
		return text, true
	}
	p.unread++
	return "", false
}

// page makes text of HTML.
func (p *parts) page(text string) string {
	if p.html == nil {
		return ""
	}
	return strings.ToValidUTF8(p.html([]byte(text)), "\ufffd")
}

// isPage is true of kinds with marks in angle brackets.
func isPage(kind string) bool {
	switch kind {
	case "text/html", "text/enriched", "text/richtext", "application/xhtml+xml", "application/html":
		return true
	}
	return false
}

// beginsAsPage is true of HTML that goes for plain text.
func beginsAsPage(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	head := bytes.ToLower(body[:min(len(body), 16)])
	return bytes.HasPrefix(head, []byte("<html>")) || bytes.HasPrefix(head, []byte("<html ")) || bytes.HasPrefix(head, []byte("<!doctype html"))
}

// several joins the texts of parts, or takes the plain one of those that say the same.
func (p *parts) several(kind string, bodies [][]byte, depth int) (text string, plain bool) {
	var texts []string
	for _, body := range bodies {
		header, body := splitPart(body)
		if kind == "multipart/digest" && valueOf(header, "content-type") == "" {
			header = []field{{name: "content-type", value: []byte("message/rfc822")}}
		}
		one, isPlain := p.read(header, body, depth+1)
		switch {
		case strings.TrimSpace(one) == "":
			continue
		case kind == "multipart/alternative" && isPlain, kind == "multipart/related":
			return one, isPlain // the others are what it shows
		}
		texts, plain = append(texts, one), plain || isPlain
	}
	if kind == "multipart/alternative" && len(texts) > 0 {
		return texts[len(texts)-1], false
	}
	return strings.Join(texts, "\n\n"), plain
}

// isText is true of kinds of text that people write. Newsreaders of 1993 wrote such as
// text/x-usenet-FAQ and setext/plain.
func isText(kind string) bool {
	switch kind {
	case "text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/css", "text/javascript", "text/rfc822-headers", "text/rtf":
		return false
	}
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "/plain")
}

func isAttachment(header []field) bool {
	value := strings.TrimSpace(strings.ToLower(valueOf(header, "content-disposition")))
	return strings.HasPrefix(value, "attachment")
}

// splitParts cuts a body at its boundaries. What comes before the first and after the
// last of them is for programs that know nothing of parts.
func splitParts(body []byte, boundary string) (bodies [][]byte) {
	mark := []byte("--" + boundary)
	start := -1
	for pos := 0; pos < len(body) && len(bodies) < maxParts; {
		line, rest := cutLine(body[pos:])
		next := len(body) - len(rest)
		if after, found := bytes.CutPrefix(line, mark); found {
			after = bytes.TrimRight(after, " \t")
			if end := string(after) == "--"; end || len(after) == 0 {
				if start >= 0 {
					bodies = append(bodies, body[start:pos])
				}
				if start = next; end {
					return bodies
				}
			}
		}
		pos = next
	}
	if start >= 0 {
		bodies = append(bodies, body[start:])
	}
	return bodies
}

// splitPart takes the header off a part, which may have none.
func splitPart(part []byte) (header []field, body []byte) {
	if line, rest := cutLine(part); len(line) == 0 {
		return nil, rest
	}
	return splitHeader(part)
}

// transferred undoes the encoding of a body for the transport. What is not encoded as its
// header says is left as it is.
func transferred(body []byte, encoding string) []byte {
	encoding = strings.Trim(strings.ToLower(encoding), " \t\"'")
	if i := strings.IndexAny(encoding, " \t;("); i > 0 { // a remark
		encoding = encoding[:i]
	}
	switch {
	case encoding == "quoted-printable":
		return quotedPrintable(body)
	case encoding == "base64" && looksLikeBase64(body):
		return fromBase64(body)
	}
	return body
}

// quotedPrintable decodes what it can and leaves the rest as it is: the standard
// library's reader stops at the first fault.
func quotedPrintable(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for len(body) > 0 {
		line, rest := cutLine(body)
		line = bytes.TrimRight(line, " \t")
		soft := bytes.HasSuffix(line, []byte("="))
		out = appendUnescaped(out, bytes.TrimSuffix(line, []byte("=")))
		if !soft && (len(rest) > 0 || bytes.HasSuffix(body, []byte("\n"))) {
			out = append(out, '\n')
		}
		body = rest
	}
	return out
}

func appendUnescaped(out, line []byte) []byte {
	for i := 0; i < len(line); i++ {
		if line[i] == '=' && i+2 < len(line) {
			high, ok1 := hexDigit(line[i+1])
			low, ok2 := hexDigit(line[i+2])
			if ok1 && ok2 {
				out = append(out, high<<4|low)
				i += 2
				continue
			}
		}
		out = append(out, line[i])
	}
	return out
}

func hexDigit(b byte) (value byte, ok bool) {
	switch {
	case '0' <= b && b <= '9':
		return b - '0', true
	case 'A' <= b && b <= 'F':
		return b - 'A' + 10, true
	case 'a' <= b && b <= 'f':
		return b - 'a' + 10, true
	}
	return 0, false
}
