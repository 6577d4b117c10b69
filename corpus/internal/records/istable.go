package records

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// leastRows is the number of rows, without a header, from which a text may be a table, and
	// leastPlain that for what is found in prose, too: commas, and columns without names.
	leastRows, leastPlain = 2, 5
	// longestName and wordyName bound the names of columns.
	longestName, wordyName = 40, 4
	// leastWords is the number of words in a cell that is a text, on average.
	leastWords = 3
)

// IsTable tells a table from a text, by how it begins; all says that nothing follows. It must
// be one without a doubt, since a text has no ending that says so: all rows have as many
// columns as the first, that has names or cells like those below, and one column has texts.
func IsTable(head []byte, all bool) bool {
	if bytes.IndexByte(head, '\n') < 0 {
		head = bytes.ReplaceAll(head, []byte("\r"), []byte("\n"))
	}
	if chatIn(head) != nil {
		return true
	}
	parted := mayBeTable(head)
	if !parted && !beginsAligned(head) {
		return false
	}
	if comma, size := separatorLine(head); size > 0 {
		return comma > 0
	}
	d := Dialect{}
	if as := recastOfText(head); as == nil && !parted {
		return false
	} else if as != nil {
		if !all {
			head = head[:bytes.LastIndexByte(head, '\n')+1]
		}
		head, d.Comma = recastTable(head, as), unit
	}
	t := sniff(head, all, d)
	if t.width() < 2 || t.faults > 0 || t.short > 0 || max(t.equal, t.shift) < t.rows || t.rows < leastRows {
		return false
	}
	first, sample := firstRows(head, all, t)
	if first == nil || (t.comma == ',' || !isHeader(first, sample)) && t.rows < leastPlain {
		return false
	}
	return hasTexts(first, sample, t.comma)
}

// mayBeTable looks at two lines, which is quick: most texts are none.
func mayBeTable(head []byte) bool {
	first, rest, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	if len(first) == 0 {
		return false
	}
	second, _, more := bytes.Cut(rest, []byte("\n"))
	if !more || !hasSign(first) && !mayDraw(first) && !mayDraw(second) {
		return false
	}
	if _, size := separatorLine(head); size > 0 {
		return true
	}
	open := bytes.Count(first, []byte(`"`))%2 > 0 || bytes.Count(second, []byte(`"`))%2 > 0 // a cell of several lines
	for _, comma := range []string{"\t", ";", "|", ",", "^", "~"} {
		if n := bytes.Count(first, []byte(comma)); n > 0 && (open || bytes.Count(second, []byte(comma)) >= n) {
			return true
		}
	}
	return isRule(first) || isRule(second) || first[0] == '"' && bytes.Contains(first, []byte(`" "`)) ||
		len(second) > 0 && (second[0] == '-' || second[0] == '=') && ruled(head) != nil || signIn(first, second) != ""
}

// tableSigns are the characters that may part columns, one of them alone.
var tableSigns = func() (all [256]bool) {
	for c := range all {
		all[c] = c < ' ' && c != '\r' || c >= utf8.RuneSelf
	}
	for _, c := range []byte(",;|^~\"") {
		all[c] = true
	}
	return all
}()

// hasSign tells whether something in a line may part columns. Of most texts the first line has nothing.
func hasSign(line []byte) bool {
	last := byte(0)
	for _, c := range line {
		if tableSigns[c] || c == last && (c == ':' || c == '@' || c == '#') {
			return true
		}
		last = c
	}
	return false
}

// mayDraw tells whether a line may be one that only draws, by its first character.
func mayDraw(line []byte) bool {
	return len(line) > 0 && (line[0] >= utf8.RuneSelf || strings.IndexByte("-+=|: \t", line[0]) >= 0)
}

// signIn is a mark of a table that no text has in each line: several characters, a control
// character, or a sign such as §.
func signIn(first, second []byte) string {
	for _, mark := range marksOf(first) {
		r, _ := utf8.DecodeRuneInString(mark)
		if isSign := unicode.IsControl(r) || unicode.IsSymbol(r) || r < utf8.RuneSelf || strings.ContainsRune("§¶†‡·•", r); !isSign {
			continue
		}
		if bytes.Count(second, []byte(mark)) >= bytes.Count(first, []byte(mark)) {
			return mark
		}
	}
	return ""
}

// recastOfText is recastOf for what may be a text.
func recastOfText(head []byte) *recast {
	if isDrawn(head) || ruled(head) != nil {
		return recastOf(head, false, Dialect{})
	}
	first, rest, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	if mark := signIn(first, second); mark != "" {
		return byMark(mark)
	}
	if starts := aligned(head, false); starts != nil {
		return byPlaces(starts)
	}
	return nil
}

// firstRows are the rows that were looked at, as they come out.
func firstRows(head []byte, all bool, t trial) (first []string, sample [][]string) {
	if !all {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	r := &rows{r: bytes.NewReader(head), marks: t.marks, buffer: make([]byte, 0, len(head)+1), line: 1, columns: t.width(), shifted: t.shifted()}
	for range t.rows + 1 {
		row, err := r.next()
		if err != nil {
			return nil, nil
		}
		sample = append(sample, row)
	}
	if t.shifted() {
		sample[0] = append([]string{"row"}, sample[0][:len(sample[0])-1]...) // has no name for it
	}
	return sample[0], sample[1:]
}

// hasTexts tells a table of texts from lists and calculations.
func hasTexts(first []string, sample [][]string, comma byte) bool {
	header := isHeader(first, sample)
	names := make([]string, len(first))
	if header {
		copy(names, first)
		if !areNames(first) || comma == ',' && !hasUsualName(first) {
			return false
		}
	} else if comma != '\t' {
		return false
	}
	l, err := Choose(named(names), sample, Columns{})
	if err != nil {
		return false
	}
	words := l.profiles(sample)[l.text[0]].words
	return words >= leastWords*len(sample)
}

// areNames tells names of columns: short, all different, and no sentences.
func areNames(cells []string) bool {
	seen := map[string]bool{}
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		last, _ := utf8.DecodeLastRuneInString(cell)
		if cell == "" || seen[cell] || len(cell) > longestName || len(strings.Fields(cell)) > wordyName ||
			strings.IndexFunc(cell, unicode.IsLetter) < 0 || strings.ContainsRune(".!?,:;", last) {
			return false
		}
		seen[cell] = true
	}
	return true
}

func hasUsualName(cells []string) bool {
	for _, names := range [][]string{textNames(), idNames(), dateNames()} {
		for _, cell := range cells {
			if find(names, strings.TrimSpace(cell)) >= 0 {
				return true
			}
		}
	}
	return false
}
