package mail

import "strings"

// dropOriginal drops what follows a line "-----Original Message-----", which is the
// message that is answered. Where nothing stands before it, it is what the message is
// about, and so is what follows "Forwarded message": only the line goes.
func (t *text) dropOriginal() {
	words := false // before line i
	for i, line := range t.lines {
		if !strings.HasPrefix(strings.TrimLeft(line, " \t"), "--") {
			words = words || !t.drop[i] && hasLetter(line)
			continue
		}
		switch strings.ToLower(strings.Trim(line, "-_=* \t")) {
		case "original message", "ursprüngliche nachricht", "message d'origine", "mensaje original", "messaggio originale",
			"oorspronkelijk bericht", "original-nachricht", "original appointment":
			t.drop[i] = true
			if words {
				t.cut(i, len(t.lines))
				return
			}
		case "forwarded message", "begin forwarded message", "begin included message", "end included message", "end forwarded message",
			"weitergeleitete nachricht", "message transféré", "begin included article", "forwarded", "text follows", "cut here":
			t.drop[i] = true
		}
	}
}

// dropHeaders drops header fields within the body: those that nothing else can be
// wherever they are, and others where two or more stand together.
func (t *text) dropHeaders() {
	for i := 0; i < len(t.lines); {
		end, sure := t.headerEnd(i)
		if sure || end-i >= 2 && t.fieldsIn(i, end) >= 2 {
			t.cut(i, end)
		}
		i = max(end, i+1)
	}
}

// headerEnd is behind the header fields that begin at line i, with the lines that go on
// with them, or i. sure is true if one alone would do.
func (t *text) headerEnd(i int) (end int, sure bool) {
	for end = i; end < len(t.lines) && t.lines[end] != ""; end++ {
		name, value, ok := headerLine(t.lines[end])
		switch {
		case ok:
			sure = sure || isTrace(name, value)
		case end > i && isIndented(t.lines[end]):
		default:
			return end, sure
		}
	}
	return end, sure
}

// fieldsIn counts the names of fields. Questions and answers, "A: …", have one.
func (t *text) fieldsIn(i, end int) int {
	names := map[string]bool{}
	for _, line := range t.lines[i:end] {
		if name, _, ok := headerLine(line); ok {
			names[name] = true
		}
	}
	return len(names)
}

// headerLine takes apart a line that is a field of a header, by its name. Outlook and
// others write them in the language of the user.
func headerLine(line string) (name, value string, ok bool) {
	line = strings.TrimLeft(line, " *")
	name, value, ok = strings.Cut(line, ":")
	if !ok || len(name) > 32 || strings.HasPrefix(value, "//") {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimRight(name, " *"))
	switch name {
	case "from", "to", "cc", "bcc", "subject", "date", "sent", "reply-to", "newsgroups", "organization", "organisation", "sender", "keywords",
		"summary", "distribution", "followup-to", "expires", "approved", "originator", "in-reply-to", "return-receipt-to", "status", "importance",
		"von", "an", "betreff", "datum", "gesendet", "de", "à", "objet", "envoyé", "para", "asunto", "enviado", "da", "a", "oggetto", "inviato",
		"aan", "onderwerp", "verzonden", "van", "от", "кому", "тема", "дата":
		return name, value, true
	}
	return name, value, isTrace(name, value)
}

// isTrace is true of fields that are found in headers alone.
func isTrace(name, value string) bool {
	switch name {
	case "archive-name", "last-modified", "posting-frequency", "nntp-posting-host", "nntp-posting-user", "message-id", "xref", "mime-version",
		"content-type", "content-transfer-encoding", "article-i.d.", "x-newsreader", "x-mailer", "news-software", "x-news-reader", "supersedes",
		"return-path", "received", "x-received", "in-reply-to", "posted-date", "received-date":
		return true
	case "lines":
		return strings.Trim(value, " 0123456789") == ""
	case "path":
		return strings.Contains(value, "!")
	case "references":
		return strings.Contains(value, "<")
	}
	return false
}
