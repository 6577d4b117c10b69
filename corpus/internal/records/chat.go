package records

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Programs to chat with, and those that write down what is said, keep conversations as lines that begin
// with a time and with who speaks. Lines without a time belong to the message before.
//
//	[01/06/2023, 09:00:12] Ada: the lamp is lit      09:00 <ada> the lamp is lit
//	and the kelp is gone                             09:01 <@ben> good
//	01/06/2023, 09:01 - Ben: good                    [1-Jun-23 09:00 AM] ada#1234
//	                                                 the lamp is lit
//
// Each message is a row, of the time, the name and the text. A server's log, whose lines are by levels
// and programs in place of people, is none.

// stampAt is the time with which a message begins: a date or none, and a time of the day, perhaps in
// brackets and with a hyphen behind. It is made when a text may be a conversation, which few are.
var stampAt = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\x{200e}\x{200f}\x{202a}-\x{202e}\x{feff}]*[\[(]?` +
		`((?:(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[ .-]\pL{3,10}\.?[ .-]\d{2,4}|\pL{3,10} \d{1,2},? \d{4})\.?(?:T|,? ?(?:at |um |à |às )?))?` +
		`(?:\pL{2,4} ?)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?(?:[ \x{a0}\x{202f}]?[AaPp]\.?[ \x{a0}]?[Mm]\b\.?)?)` +
		`[\])]?(?:[ \t\x{a0}]*[-–—:,][ \t]+|[ \t]+|$)`)
})

// speaker is who speaks: a name in angle brackets, or one of a few words and a colon.
var speaker = regexp.MustCompile(`^(?:<[ @+%&~!]?([^<>\s]{1,40})>[ \t]*|[~\x{200e}\x{202a}]*([^\s:<>"?!][^:<>"?!\n]{0,39}):(?:[ \t\x{200e}]+|$))`)

// levels are what logs of programs have in place of names.
var levels = regexp.MustCompile(`^(?i:trace|debug|info|notice|warn|warning|error|err|fatal|critical|severe|alert|panic|verbose|stdout|stderr)$`)

// chat is how a conversation is written.
type chat struct {
	dated bool // times have dates
	heads bool // the name has a line of its own, with the time
	open  bool // a message has begun
}

const (
	// leastMessages is the number of messages from which a text may be a conversation, and
	// mostBeforeChat that of the lines before the first.
	leastMessages, mostBeforeChat = 5, 5
	// stamped is the share of lines that have a time, half of that if it has a date, and spoken the
	// share of those that have a name; the names are few.
	stamped, spoken = 0.4, 0.6
	// longestName is that of a person, in bytes.
	longestSpeaker = 60
)

// chatIn finds out whether a text is a conversation, by its beginning; nil if not.
func chatIn(head []byte) *chat {
	if !mayBeChat(head) {
		return nil
	}
	var names, rests = map[string]int{}, map[string]int{}
	c, lines, times, named, logged, short := chat{}, 0, 0, 0, 0, 0
	for line := range bytes.Lines(beginning(head)) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		lines++
		stamp, rest, ok := cutStamp(line)
		if !ok {
			continue
		}
		times++
		c.dated = c.dated || hasDate(stamp)
		if name, _ := cutSpeaker(rest); name != "" {
			named++
			names[name]++
			if levels.MatchString(name) {
				logged++
			}
		} else if len(rest) > 0 && len(rest) <= longestSpeaker {
			short++
			rests[string(rest)]++
		}
	}
	least := stamped
	if c.dated {
		least /= 2
	}
	if times < leastMessages || float64(times) < least*float64(lines) || 4*logged > named && named > 0 {
		return nil
	}
	c.heads = float64(short) >= spoken*float64(times) && 2*len(rests) <= short && 2*times <= lines+1
	if c.heads || float64(named) >= spoken*float64(times) && 2*len(names) <= named {
		return &c
	}
	return nil
}

// mayBeChat looks at the first characters of the first lines, which is quick.
func mayBeChat(head []byte) bool {
	lines := 0
	for line := range bytes.Lines(head[:min(len(head), 4096)]) {
		for len(line) > 0 && (line[0] == '[' || line[0] == '(' || line[0] == ' ') {
			line = line[1:]
		}
		r, _ := utf8.DecodeRune(line)
		if unicode.IsDigit(r) || r == '\u200e' || r == '\u200f' || r == '\ufeff' {
			if _, _, ok := cutStamp(line); ok || r >= utf8.RuneSelf {
				return true
			}
		}
		if lines++; lines > mostBeforeChat {
			break
		}
	}
	return false
}

// cutStamp takes the time off a line.
func cutStamp(line []byte) (stamp string, rest []byte, ok bool) {
	at := stampAt().FindSubmatchIndex(line)
	if at == nil {
		return "", nil, false
	}
	return strings.Map(plainBlank, string(line[at[2]:at[3]])), line[at[1]:], true
}

func plainBlank(r rune) rune {
	if r == '\u00a0' || r == '\u202f' {
		return ' '
	}
	return r
}

// hasDate tells a time with a date, by its numbers.
func hasDate(stamp string) bool { return len(number.FindAllString(stamp, 5)) >= 4 }

// cutSpeaker takes the name off what stands behind the time.
func cutSpeaker(rest []byte) (name string, text []byte) {
	at := speaker.FindSubmatchIndex(rest)
	switch {
	case at == nil:
		return "", rest
	case at[2] >= 0:
		return string(rest[at[2]:at[3]]), rest[at[1]:]
	}
	return strings.TrimSpace(string(rest[at[4]:at[5]])), rest[at[1]:]
}

// recast writes messages as rows.
func (c *chat) recast() *recast {
	begun := false
	return &recast{form: "messages", line: func(line []byte) []byte {
		out := c.line(bytes.TrimRight(line, "\r\n"))
		if !begun {
			begun = true
			when := "at"
			if c.dated {
				when = "date"
			}
			return append([]byte(when+string(rune(unit))+"from"+string(rune(unit))+"text\n"), out...)
		}
		return out
	}, end: c.close}
}

// line is a line of the conversation: it begins a row, whose text stays open, or goes on with one.
func (c *chat) line(line []byte) []byte {
	stamp, rest, ok := cutStamp(line)
	if !ok && c.open {
		return append([]byte{'\n'}, quotes(line)...)
	}
	name, text := "", rest
	switch {
	case !ok:
		text = line
	case c.heads && len(rest) <= longestSpeaker:
		name, text = string(rest), nil
	default:
		name, text = cutSpeaker(rest)
	}
	row := c.close()
	row = append(row, stamp...)
	row = append(row, unit, '"')
	row = append(row, quotes([]byte(name))...)
	row = append(row, '"', unit, '"')
	c.open = true
	return append(row, quotes(text)...)
}

// close ends a row.
func (c *chat) close() []byte {
	if !c.open {
		return nil
	}
	c.open = false
	return []byte("\"\n")
}

// quotes doubles quotation marks, and leaves out what parts cells.
func quotes(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte{unit}, nil)
	return bytes.ReplaceAll(text, []byte(`"`), []byte(`""`))
}
