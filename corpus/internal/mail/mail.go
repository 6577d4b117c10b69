package mail

import (
	"bytes"
	"errors"
	"strings"
)

// Field is a field of the header, its name in lower case, its value decoded.
type Field struct{ Name, Value string }

// Message is a mail or post.
type Message struct {
	// Header is the fields that tell something of the message, in order: from, to,
	// subject, newsgroups, organization and the like, but not the traces of its
	// transport. Fields that come twice are there twice.
	Header []Field
	// Subject, Date and ID are as in the header, or empty.
	Subject, Date, ID string
	// Body is the text, valid UTF-8, without what Options leave out.
	Body string
	// Unread is the number of parts that are no text to be read: attachments, pictures, uuencoded files.
	Unread int
}

// Options say what to keep, and how to read what the package cannot.
type Options struct {
	// KeepQuotes keeps the words of others: quotations, the lines that introduce them,
	// and header fields within the body.
	KeepQuotes bool
	// KeepSignature keeps names and addresses at the end.
	KeepSignature bool
	// HTML makes text of a part in HTML, decoded to UTF-8. Without it such parts count
	// as empty.
	HTML func(html []byte) string
	// RTF makes text of the body of a mail of Outlook that has no other. Without it such a body
	// counts as empty.
	RTF func(rtf []byte) string
	// Decode makes UTF-8 of bytes that are said to be in charset, which may be wrong,
	// unknown or empty; around is what they stand in, by which it may be guessed. Without
	// it all is taken for UTF-8.
	Decode func(raw []byte, charset string, around []byte) string
	// Bare has a message read that has no header, as there are some in an mbox.
	Bare bool
}

// Parse reads one message. It takes anything that begins with a header field, whatever
// Is says of it. Text must be as it was sent, not yet decoded.
func Parse(raw []byte, o Options) (Message, error) {
	raw = withLineEnds(withoutLength(raw))
	fields, body := splitHeader(raw)
	if len(fields) == 0 && !o.Bare {
		return Message{}, errors.New("it does not begin with header fields such as From and Subject")
	}
	p := parts{decoder: decoder{decode: o.Decode, message: raw}, html: o.HTML}
	if !isASCII(raw[:len(raw)-len(body)]) {
		p.charset = charsetOf(fields, body, 0)
	}
	var m Message
	m.setHeader(fields, p.decoder)
	text, _ := p.read(fields, body, 0)
	m.Body, m.Unread = clean(text, envelopeOf(m.Header, fields), o)
	m.Unread += p.unread
	return m, nil
}

// withLineEnds makes lines of a message from a program that ends them with CR alone.
func withLineEnds(raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') >= 0 || bytes.IndexByte(raw, '\r') < 0 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}

// setHeader decodes the fields that are shown.
func (m *Message) setHeader(fields []field, d decoder) {
	for _, f := range fields {
		if !isShown(f.name) {
			continue
		}
		value := d.header(f.value)
		m.Header = append(m.Header, Field{f.name, value})
		switch {
		case f.name == "subject" && m.Subject == "":
			m.Subject = value
		case f.name == "date" && m.Date == "":
			m.Date = value
		case f.name == "message-id" && m.ID == "":
			m.ID = strings.Trim(value, "<> ")
		}
	}
}

// isShown is true of fields that tell of what, by whom and for whom.
func isShown(name string) bool {
	switch name {
	case "from", "sender", "reply-to", "to", "cc", "newsgroups", "followup-to", "subject", "keywords",
		"summary", "organization", "organisation", "distribution", "list-id", "date", "message-id":
		return true
	}
	return false
}

// envelope is what the header knows that helps to clean the body.
type envelope struct {
	reply    bool            // answers another message
	forwards bool            // hands one on
	author   map[string]bool // the words of the author's name and address, in lower case
}

func envelopeOf(header []Field, fields []field) envelope {
	e := envelope{author: map[string]bool{}}
	for _, f := range header {
		switch f.Name {
		case "subject":
			e.reply = e.reply || len(f.Value) > 3 && strings.EqualFold(f.Value[:3], "re:")
			e.forwards = e.forwards || forwarding.MatchString(f.Value)
		case "from", "reply-to", "sender":
			addNames(e.author, f.Value)
		}
	}
	for _, f := range fields {
		e.reply = e.reply || f.name == "references" || f.name == "in-reply-to"
	}
	return e
}

// addNames adds the words of an address, without the host.
func addNames(names map[string]bool, address string) {
	for _, word := range strings.FieldsFunc(address, func(r rune) bool { return strings.ContainsRune(" \t<>()\"',;", r) }) {
		local, _, _ := strings.Cut(word, "@")
		for _, name := range strings.FieldsFunc(local, isNoLetter) {
			names[strings.ToLower(name)] = true
		}
	}
}
