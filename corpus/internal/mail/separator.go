package mail

import (
	"bytes"
	"regexp"
	"strings"
)

// dated is the line that an mbox has in front of a message: who sent it, and when it
// came, with nothing behind. Programs write the date as C does, with a time zone on
// either side of the year, or as mails do:
//
//	From ada@example.org Tue Mar  2 10:00:00 2021
//	From - Tue Mar 02 10:00:00 +0100 2021
//	From ada at example.org Tue, 2 Mar 2021 10:00:00 GMT
//
// Archives of lists write " at " in place of "@". No sentence ends with such a date and
// has but a name before it.
var dated = regexp.MustCompile(`^From (?:"[^"]*"\S*|\S*|\S+ at \S+) *` +
	`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +)` +
	`(?:` + month + ` +\d{1,2}|\d{1,2}[ -]` + month + `(?:[ -](?:19|20)?\d\d)?) +` +
	`\d{1,2}:\d\d(?::\d\d)?` +
	`(?: +(?:AM|PM|` + zone + `|(?:19|20)?\d\d))*` +
	`(?: +remote from \S+)?$`)

const (
	month = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`
	zone  = `[A-Z]{1,5}(?: DST)?|[+-]\d{4}|\([A-Za-z ]+\)`
)

// isDated tells whether a line is one that only an mbox has.
func isDated(line []byte) bool {
	const longest = 1000
	line = bytes.TrimRight(line[:min(len(line), longest)], " \t\r\n")
	return dated.Match(line)
}

// fieldsNeeded is the number of real header fields that must follow an undated line
// "From " before it counts as the beginning of a message: one behind what can only be an
// address, and two behind what may be a sentence, for people also write "From the list:"
// and then "Subject: cheese".
func fieldsNeeded(line []byte) int {
	words := bytes.Fields(line)
	if len(words) == 2 || len(words) > 2 && bytes.IndexByte(words[1], '@') > 0 && bytes.IndexByte(words[2], ':') > 0 {
		return 1
	}
	return 2
}

// isRealField is true of a header field that programs write, and not of any word before
// a colon, such as "Monday: fog".
func isRealField(line []byte) bool {
	name, _, ok := cutField(line)
	if !ok {
		return false
	}
	switch name {
	case "from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "message-id", "references", "in-reply-to",
		"received", "return-path", "path", "newsgroups", "organization", "lines", "status", "delivered-to", "mime-version",
		"content-type", "content-transfer-encoding", "content-length", "content-disposition", "envelope-to", "errors-to",
		"precedence", "user-agent", "authentication-results", "dkim-signature", "domainkey-signature", "received-spf",
		"arc-seal", "delivery-date", "apparently-to", "posted-date", "article-i.d.", "xref", "approved", "nntp-posting-host",
		"keywords", "summary", "followup-to", "distribution", "importance", "priority", "thread-topic", "thread-index":
		return true
	}
	return strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "list-") || strings.HasPrefix(name, "resent-")
}

// IsMbox tells whether a file is an mbox, by its first kilobytes: they begin with a line
// "From " as Split knows them, behind which comes the header of a mail, or as other mailboxes do.
func IsMbox(head []byte) bool {
	if isOtherMailbox(head) {
		return true
	}
	line, rest := cutLine(head)
	if !bytes.HasPrefix(line, []byte("From ")) || len(rest) == 0 {
		return false
	}
	return isDated(line) && isRealField(firstLine(rest)) || Is(rest)
}

func firstLine(raw []byte) []byte {
	line, _ := cutLine(raw)
	return line
}
