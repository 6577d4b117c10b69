package mail

import (
	"strings"
	"unicode"
)

// dropQuotations drops quoted lines and the lines that say whose they are.
func (t *text) dropQuotations() {
	marks := t.weakMarks()
	t.dropAttributions(marks)
	for i, line := range t.lines {
		switch {
		case t.isLoneFrom(i):
			t.lines[i] = line[1:]
		case isMarked(line, marks):
			t.drop[i] = true
		}
	}
	t.dropWrapped()
}

// isQuoted is true of lines that begin with '>', also behind the initials that some
// programs put there: "JM> Hello".
func isQuoted(line string) bool {
	const initials = 4
	line = strings.TrimLeft(line, " \t")
	i := 0
	for i < len(line) && i < initials && (unicode.IsLetter(rune(line[i])) && line[i] < 0x80) {
		i++
	}
	if i == len(line) || line[i] != '>' {
		return false
	}
	return i == 0 || i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '>'
}

// isLoneFrom is true of a line that began with "From " before it went through an mbox.
func (t *text) isLoneFrom(i int) bool {
	return strings.HasPrefix(t.lines[i], ">From ") &&
		(i == 0 || !isQuoted(t.lines[i-1])) && (i+1 == len(t.lines) || !isQuoted(t.lines[i+1]))
}

// dropWrapped drops what lies between two quoted lines: the end of a long one, where a
// program broke it and left the end without a mark, and the line "--" that some add.
func (t *text) dropWrapped() {
	const long, short = 60, 30
	for i := 1; i+1 < len(t.lines); i++ {
		between := t.lines[i] != "" && t.drop[i-1] && t.drop[i+1] && isQuoted(t.lines[i-1]) && isQuoted(t.lines[i+1])
		if between && (len(t.lines[i]) < short && len(t.lines[i-1]) > long || strings.Trim(t.lines[i], "- ") == "") {
			t.drop[i] = true
		}
	}
}

// firstSign is the sign with which a line begins if it may mark a quotation, else 0.
// Letters, digits, and the signs with which sentences and lists begin, cannot.
func firstSign(line string) byte {
	line = strings.TrimLeft(line, " ")
	if line == "" || line[0] >= 0x80 || !strings.ContainsRune("|:}=#<]%!+*;&~^$@/\\", rune(line[0])) {
		return 0
	}
	return line[0]
}

// weakMarks are the signs beside '>' that mark quotations in this body: those with
// which the lines behind an attribution begin, and bars, colons and braces at the
// beginning of several lines on end. An answer that begins with three lines with any one
// sign begins with a quotation too.
func (t *text) weakMarks() map[byte]bool {
	marks := map[byte]bool{}
	first := t.next(0)
	for i := 0; i < len(t.lines); {
		sign, end := t.run(i)
		switch {
		case sign == 0 || marks[sign] || t.isBox(i, end):
		case end-i >= 2 && t.attributedBefore(i),
			end-i >= 3 && strings.IndexByte("|:}", sign) >= 0,
			end-i >= 3 && t.envelope.reply && i == first:
			marks[sign] = true
		}
		i = max(end, i+1)
	}
	return marks
}

// run finds the lines from i on that begin with the same sign.
func (t *text) run(i int) (sign byte, end int) {
	sign = firstSign(t.lines[i])
	for end = i; sign != 0 && end < len(t.lines) && firstSign(t.lines[end]) == sign; end++ {
	}
	return sign, end
}

// isBox tells whether lines are closed at their ends as at their beginnings: a table
// or a frame, and no quotation.
func (t *text) isBox(i, end int) bool {
	closed := 0
	for _, line := range t.lines[i:end] {
		line = strings.TrimLeft(line, " ")
		if len(line) > 1 && line[len(line)-1] == line[0] {
			closed++
		}
	}
	return 2*closed > end-i
}

// attributedBefore tells whether the last line before i that is not empty says who wrote
// what follows.
func (t *text) attributedBefore(i int) bool {
	for i--; i >= 0 && t.lines[i] == ""; i-- {
	}
	return i >= 0 && says(t.lines[i])
}

// isMarked is true of a line that is quoted, by '>' or by another mark of this body.
func isMarked(line string, marks map[byte]bool) bool {
	return isQuoted(line) || marks[firstSign(line)] && firstSign(line) != 0
}
