package mail

import (
	"strings"
	"unicode"
)

// dropAttributions drops the lines that say whose words follow. They may be broken in
// up to three:
//
//	In article <1993Apr5.1234@example.edu>,
//	bob@example.edu (Bob) writes:
func (t *text) dropAttributions(marks map[byte]bool) {
	for i := range t.lines {
		if t.drop[i] || t.lines[i] == "" || isMarked(t.lines[i], marks) {
			continue
		}
		end := t.attributionEnd(i)
		if end == i {
			continue
		}
		following := t.next(end)
		quoted := following < len(t.lines) && isMarked(t.lines[following], marks)
		if quoted || t.hasAddress(i, end) {
			t.cut(i, end)
			if !quoted {
				t.dropIndented(following)
			}
		}
	}
}

// attributionEnd is behind the attribution that begins at line i, or i.
func (t *text) attributionEnd(i int) int {
	const longest = 3
	for j := i; j < min(i+longest, len(t.lines)); j++ {
		if t.lines[j] == "" || j > i && isQuoted(t.lines[j]) {
			break
		}
		if says(t.lines[j]) {
			if j > i && !opensAttribution(t.lines[i]) {
				break
			}
			return j + 1
		}
		if j > i && t.saysAcross(j) {
			return j + 1
		}
	}
	if isArticleLine(t.lines[i]) {
		return i + 1
	}
	return i
}

// saysAcross tells whether a line ends an attribution that a program broke within its address, so
// that the word for saying is on the line before: "Den 2. mars skrev Ada <ada@example.org" and ">:".
func (t *text) saysAcross(j int) bool {
	const longest = 80
	end := strings.TrimSpace(t.lines[j])
	before := t.lines[j-1]
	return len(end) <= longest && strings.HasSuffix(end, ">:") && strings.Contains(before, "<") && !strings.Contains(before, ">") && says(before+" "+end)
}

// isArticleLine is true of "From article <1993Apr5.1234@example.edu>, by bob@example.edu":
// the line alone says it.
func isArticleLine(line string) bool {
	return beginsWith(line, "from article <", "in article <", "in message <") && strings.Contains(line, "@")
}

// opensAttribution is true of lines that begin as attributions do.
func opensAttribution(line string) bool {
	return strings.Contains(line, "@") ||
		beginsWith(line, "in article", "in <", "in message", "in a previous", "in a recent", "in reply to", "from article",
			"on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "dne ", "w dniu ", "în ", "στις ", "quoting ", "in re")
}

// beginsWith compares without regard to case, nor to space in front.
func beginsWith(line string, beginnings ...string) bool {
	line = strings.TrimLeft(line, " \t")
	for _, b := range beginnings {
		if len(line) >= len(b) && strings.EqualFold(line[:len(b)], b) {
			return true
		}
	}
	return false
}

// says is true of a line that ends in a colon behind a word for saying: "Bob writes:",
// "wrote in message <…>:". The words are few, so that "the paper says:" is one too, but
// only drops if a quotation follows.
func says(line string) bool {
	words := strings.TrimRight(line, " .:：;,>-")
	if tail := line[len(words):]; !strings.ContainsAny(tail, ":：") && !strings.HasSuffix(words, "writes") && !strings.HasSuffix(words, "wrote") {
		return isSender(line)
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(words), isNoLetter) {
		if verbs[word] {
			return true
		}
	}
	if isSpaceless(words) {
		return strings.HasSuffix(words, "写道") || strings.HasSuffix(words, "寫道") || strings.HasSuffix(words, "写了") || strings.Contains(words, "님이 작성") || isSender(line)
	}
	return isSender(line)
}

// isSender is true of a line that ends as sender has it. Most lines have no such bracket.
func isSender(line string) bool {
	i := strings.LastIndexByte(line, '>')
	return i > 0 && strings.ContainsAny(line[i:], ":：") && sender.MatchString(line)
}

// isSpaceless is true of a line in which words may stand without blanks between them.
func isSpaceless(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana) }) >= 0
}

// hasAddress tells whether lines name an address or a message: nobody says so much of a
// person in a sentence.
func (t *text) hasAddress(i, end int) bool {
	for _, line := range t.lines[i:end] {
		if strings.Contains(line, "@") || strings.Contains(line, "<") {
			return true
		}
	}
	return false
}

// dropIndented drops the indented lines behind an attribution, if the text goes on
// without indenting: some quote so. A signature does not count for it.
func (t *text) dropIndented(i int) {
	end := i
	for end < len(t.lines) && (t.lines[end] == "" || isIndented(t.lines[end])) {
		end++
	}
	if end < len(t.lines) && hasLetter(t.lines[end]) {
		t.cut(i, end)
	}
}

func isIndented(line string) bool {
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
}
