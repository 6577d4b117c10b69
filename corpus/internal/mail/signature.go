package mail

import (
	"slices"
	"strings"
	"unicode"
)

const (
	// maxSignature is the number of lines that may follow a line "--", which is how a
	// signature is meant to begin. Of the posts of 20 Newsgroups with such a line 99 in
	// 100 have fewer.
	maxSignature = 25
	// maxBlock is the number of lines that may be a signature without it.
	maxBlock = 10
	// maxBlocks is how many blocks a signature may have: a name, an address, a saying.
	maxBlocks = 3
)

// dropSignature drops what stands at the end of so many messages of the same author.
func (t *text) dropSignature() {
	t.dropMarked()
	t.dropRuled()
	for range maxBlocks {
		if !t.dropContact() && !t.dropFarewell() {
			return
		}
	}
}

// tail is the numbers of the last n lines that are left and not empty, from the first of
// them on.
func (t *text) tail(n int) []int {
	var lines []int
	for i := len(t.lines) - 1; i >= 0 && len(lines) < n; i-- {
		if !t.drop[i] && t.lines[i] != "" {
			lines = append(lines, i)
		}
	}
	slices.Reverse(lines)
	return lines
}

// dropMarked drops what follows the line "--" near the end, and lines at the end such as
// "-- Bob".
func (t *text) dropMarked() {
	last := t.tail(maxSignature + 1)
	if mark := t.signatureMark(last); mark >= 0 {
		t.cut(mark, len(t.lines))
		return
	}
	const longest = 4
	for _, i := range last[max(0, len(last)-longest):] {
		line := strings.TrimSpace(t.lines[i])
		if name := strings.TrimLeft(line, "-"); len(line)-len(name) >= 2 && name != "" && !isRule(line) && t.hasWordsUpTo(i) {
			t.cut(i, len(t.lines))
			return
		}
	}
}

// signatureMark is the first of the lines that is "--" and has words before it, or -1.
// Where there is nothing but quotations before it, it is the last such line if what
// follows looks like a signature: some programs put the mark on top, and people write
// below it.
func (t *text) signatureMark(lines []int) int {
	mark, block := -1, lines
	for n, i := range lines {
		if line := strings.TrimSpace(t.lines[i]); line == "--" || line == "- --" {
			if mark, block = i, lines[n+1:]; t.hasWordsUpTo(i) {
				return i
			}
		}
	}
	if mark < 0 || t.firstLine() == mark || t.isProse(block) || !t.isSignatory(block) {
		return -1
	}
	return mark
}

// firstLine is the first line that is not empty, dropped or not, or -1.
func (t *text) firstLine() int {
	return slices.IndexFunc(t.lines, func(line string) bool { return line != "" })
}

// dropRuled drops a short block at the end that begins with a line of dashes, underscores
// or the like, if it holds what signatures do or is very short.
func (t *text) dropRuled() {
	last := t.tail(maxBlock + 2)
	for n, i := range last {
		if !isRule(t.lines[i]) || !t.hasWordsUpTo(i) {
			continue
		}
		const veryShort = 4
		if block := last[n+1:]; len(block) <= veryShort || t.isSignatory(block) {
			t.cut(i, len(t.lines))
			return
		}
	}
}

// isRule is true of lines that only draw: "---", "=-=-=-=", "____".
func isRule(line string) bool {
	line = strings.TrimSpace(line)
	drawn := strings.Trim(line, "-_=*~#+^.:|/\\<> ")
	return len(line) >= 3 && drawn == "" && !strings.HasPrefix(line, "...") && strings.Count(line, " ") < len(line)/2
}

// isSignatory tells whether one of the lines names the author, or holds an address, a
// telephone number or a URL, or says whose opinions these are not.
func (t *text) isSignatory(lines []int) bool {
	for _, i := range lines {
		line := t.lines[i]
		if hasContact(line) || t.isName(line) || isDisclaimer(line) {
			return true
		}
	}
	return false
}

// dropContact drops the last paragraph, or its last lines, from the first line on that
// looks like a signature, if there is a way to reach somebody in it.
func (t *text) dropContact() bool {
	lines := t.lastParagraph(maxBlock)
	for n, i := range lines {
		if !t.looksSigned(i) {
			continue
		}
		block := lines[n:]
		if !t.isSignatory(block) || t.isProse(block) || !t.hasWordsUpTo(i) {
			continue
		}
		t.cut(i, len(t.lines))
		return true
	}
	return false
}

// lastParagraph is the last lines without an empty one between, at most n.
func (t *text) lastParagraph(n int) []int {
	lines := t.tail(n)
	for k := len(lines) - 1; k > 0; k-- {
		if lines[k]-lines[k-1] > 1 {
			return lines[k:]
		}
	}
	return lines
}

// looksSigned tells whether a line could begin a signature: a name, a rule, something
// in columns or a frame, or an address with few words around it.
func (t *text) looksSigned(i int) bool {
	line := t.lines[i]
	return t.isName(line) || isRule(line) || isFramed(line) || hasContact(line) && countWords(line) <= fewWords || isDisclaimer(line) && t.isLast(i)
}

// fewWords is how many words a line may have beside an address; a sentence has more.
const fewWords = 8

func (t *text) isLast(i int) bool { return t.next(i+1) == len(t.lines) }

// isProse tells whether most of the lines are of sentences: many words, in one column.
func (t *text) isProse(lines []int) bool {
	prose := 0
	for _, i := range lines {
		line := t.lines[i]
		if countWords(line) > fewWords && !isFramed(line) && !isDisclaimer(line) {
			prose++
		}
	}
	return 2*prose > len(lines)
}

// isFramed is true of lines with a frame, or in columns.
func isFramed(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) < 3 {
		return false
	}
	first, last := line[0], line[len(line)-1]
	if strings.IndexByte("|*#+/\\(){}=~:", first) >= 0 && strings.IndexByte("|*#+/\\(){}=~:", last) >= 0 && last != ')' {
		return true
	}
	return strings.Contains(line, "   ") || strings.Contains(line, "\t") || strings.Contains(line, " | ")
}

// isName is true of a line of few words, most of them from the author's name or address.
func (t *text) isName(line string) bool {
	const most = 5
	words := strings.FieldsFunc(strings.ToLower(line), isNoLetter)
	if len(words) == 0 || len(words) > most || len(line) > 60 {
		return false
	}
	known := 0
	for _, word := range words {
		if t.envelope.author[word] {
			known++
		}
	}
	return 2*known > len(words)
}

// dropFarewell drops the author's name, wishes, and what telephones say, from the last line.
func (t *text) dropFarewell() bool {
	dropped := false
	for _, i := range slices.Backward(t.tail(maxBlock)) {
		if !t.hasWordsUpTo(i) || !t.isName(t.lines[i]) && !isWish(t.lines[i]) && !isDevice(t.lines[i]) && strings.ContainsFunc(t.lines[i], isAlphanumeric) {
			return dropped
		}
		t.drop[i] = true
		dropped = true
	}
	return dropped
}

// isWish is true of the words before a name at the end of a letter.
func isWish(line string) bool {
	const most = 5
	words := strings.FieldsFunc(strings.ToLower(line), isNoLetter)
	if len(words) == 0 || len(words) > most {
		return false
	}
	if wishes[strings.Join(words, " ")] {
		return true
	}
	switch words[0] {
	case "regards", "cheers", "thanks", "thank", "thanx", "thx", "sincerely", "ciao", "bye", "yours", "grüße", "gruß", "gruss", "cordialement",
		"saludos", "saluti", "mfg", "tia", "peace", "later":
		return true
	case "best", "kind", "warm", "many", "in", "mit", "viele", "with", "much":
		last := words[len(words)-1]
		return last == "regards" || last == "wishes" || last == "thanks" || last == "advance" || last == "grüßen" || last == "grüße" || last == "you"
	}
	return false
}

// isDisclaimer is true of the sentence that employers like.
func isDisclaimer(line string) bool {
	line = strings.ToLower(line)
	return strings.Contains(line, "disclaimer") ||
		(strings.Contains(line, "opinion") || strings.Contains(line, "views")) &&
			(strings.Contains(line, "my own") || strings.Contains(line, "employer") || strings.Contains(line, "mine") ||
				strings.Contains(line, "not necessarily") || strings.Contains(line, "expressed") || strings.Contains(line, "company") || strings.Contains(line, "speak"))
}

func countWords(line string) int { return len(strings.FieldsFunc(line, isNoLetter)) }

func isAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
