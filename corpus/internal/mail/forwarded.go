package mail

import "strings"

// dropOriginal drops what follows a line "-----Original Message-----", which is the
// message that is answered. Where nothing stands before it, it is what the message is
// about, and so is what follows "Forwarded message": only the line goes.
func (t *text) dropOriginal() {
	words := false // before line i
	for i, line := range t.lines {
		inside, dashed := betweenDashes(line)
		if !dashed {
			words = words || !t.drop[i] && hasLetter(line)
			continue
		}
		switch {
		case originals[inside]:
			t.drop[i] = true
			if words {
				t.cut(i, len(t.lines))
				return
			}
		case forwards[inside]:
			t.drop[i] = true
		}
	}
}

// betweenDashes is what stands between dashes, in lower case.
func betweenDashes(line string) (inside string, dashed bool) {
	const longest = 200
	line = strings.TrimLeft(line, " \t")
	if len(line) > longest || !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, "‐‐") && !strings.HasPrefix(line, "——") {
		return "", false
	}
	return strings.ToLower(strings.Trim(line, "-_=* \t‐—:")), true
}

// dropReplied drops what follows the header that Outlook puts above the message that is answered,
// without a mark before its lines: from whom it came, and when it was sent. What a message hands on
// is kept.
func (t *text) dropReplied() {
	if t.envelope.forwards {
		return
	}
	for i, line := range t.lines {
		if name, _, ok := headerLine(line); !ok || roles[name] != fromRole {
			continue
		}
		if end, _ := t.headerEnd(i); t.isReplied(i, end) && t.isAnsweredUpTo(i) {
			t.cut(i, len(t.lines))
			return
		}
	}
}

// isAnsweredUpTo tells whether words stand above a line, other than those between dashes.
func (t *text) isAnsweredUpTo(end int) bool {
	for i, line := range t.lines[:end] {
		if _, dashed := betweenDashes(line); !dashed && !t.drop[i] && hasLetter(line) {
			return true
		}
	}
	return false
}

// isReplied tells the header of a message that is answered: a sender, a subject, and the day as
// Outlook has it, or any below a line.
func (t *text) isReplied(i, end int) bool {
	found := map[role]bool{}
	for _, line := range t.lines[i:end] {
		name, _, _ := headerLine(line)
		found[roles[name]] = true
	}
	before := i - 1
	for before >= 0 && t.lines[before] == "" {
		before--
	}
	ruled := before >= 0 && strings.HasPrefix(t.lines[before], "____") && isRule(t.lines[before])
	return found[fromRole] && found[subjectRole] && (found[sentRole] || found[dateRole] && ruled)
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
		case end > i && (isIndented(t.lines[end]) || strings.HasPrefix(t.lines[end], "<")): // a long address
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
	const longest = 32
	line = strings.TrimLeft(line, " *")
	name, _, ok = strings.Cut(line[:min(len(line), longest+1)], ":")
	if value = line[min(len(line), len(name)+1):]; !ok {
		if name, value, ok = strings.Cut(line, "："); len(name) > longest {
			return "", "", false
		}
	}
	if !ok || strings.HasPrefix(value, "//") {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimRight(name, " *\u00a0"))
	if roles[name] != noRole {
		return name, value, true
	}
	switch name {
	case "reply-to", "newsgroups", "organization", "organisation", "sender", "keywords",
		"summary", "distribution", "followup-to", "expires", "approved", "originator", "in-reply-to", "return-receipt-to", "status", "importance":
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
