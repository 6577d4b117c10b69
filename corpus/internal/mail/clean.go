package mail

import (
	"strings"
	"unicode"
)

// text is a body while it is cleaned: its lines, and which of them go.
type text struct {
	lines    []string
	drop     []bool
	envelope envelope
	noArmor  int // up to this line no armored block ends
	files    int // uuencoded ones that were dropped
}

// maxBody is the size of the largest body that is cleaned. Nobody writes so much, and
// its lines could need far more memory than it does.
const maxBody = 16 << 20

// clean leaves of a body what the options keep, and counts the files within it that go.
func clean(body string, e envelope, o Options) (cleaned string, files int) {
	if len(body) > maxBody {
		return body, 0
	}
	t := &text{lines: strings.Split(body, "\n"), envelope: e}
	t.drop = make([]bool, len(t.lines))
	for i, line := range t.lines {
		t.lines[i] = strings.TrimRight(line, " \t\r\f\v")
	}
	t.dropData()
	if !o.KeepQuotes {
		t.dropQuotes(o)
	}
	if !o.KeepSignature {
		t.dropSignature()
	}
	return t.join(), t.files
}

// dropQuotes drops the words of others, but not all there is of a message that answers
// none: it would say nothing, and somebody meant to say it.
func (t *text) dropQuotes(o Options) {
	before := append([]bool(nil), t.drop...)
	t.dropReplied()
	t.dropHeaders()
	t.dropOriginal()
	t.dropQuotations()
	if !t.envelope.reply && !t.hasWords() {
		copy(t.drop, before)
	}
}

// join puts together what is left, with single empty lines.
func (t *text) join() string {
	var b strings.Builder
	gap := false
	for i, line := range t.lines {
		if t.drop[i] || line == "" {
			gap = b.Len() > 0
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if gap {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		gap = false
	}
	return b.String()
}

// cut drops the lines from i up to but without j.
func (t *text) cut(i, j int) {
	for ; i < j; i++ {
		t.drop[i] = true
	}
}

// hasWords tells whether letters are left.
func (t *text) hasWords() bool { return t.hasWordsUpTo(len(t.lines)) }

func (t *text) hasWordsUpTo(end int) bool {
	for i := range end {
		if !t.drop[i] && hasLetter(t.lines[i]) {
			return true
		}
	}
	return false
}

// next is the first line from i on that is neither dropped nor empty, or the number of
// lines.
func (t *text) next(i int) int {
	for i < len(t.lines) && (t.drop[i] || t.lines[i] == "") {
		i++
	}
	return i
}

func hasLetter(line string) bool { return strings.ContainsFunc(line, unicode.IsLetter) }

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }
