package records

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Some tables have no single ASCII character between their columns: a character of another kind
// (§), several (||), or a control character; lines drawn around their cells, as programs for
// databases print them and Markdown has them; or columns that begin at the same place in each line,
// below a line of dashes or below their names. They are rewritten, while they are read, with one control character
// between the columns.

// unit is that character: what ASCII has for it.
const unit = 0x1f

// recast says how a table is rewritten.
type recast struct {
	form string                   // of Taken
	line func(line []byte) []byte // nil leaves it out
	mark string                   // if that is all that is replaced, wherever it stands
	end  func() []byte            // what stands behind the last line; nil if nothing does
}

// recastOf finds out whether the table with which a text begins must be rewritten; nil if not.
func recastOf(head []byte, all bool, d Dialect) *recast {
	switch {
	case d.Mark != "":
		return byMark(d.Mark)
	case d.Comma != 0:
		return nil
	}
	if chat := chatIn(head); chat != nil {
		return chat.recast()
	}
	if isDrawn(head) {
		return &recast{form: "rows of a drawn table", line: drawnLine}
	}
	if starts := ruled(head); starts != nil {
		return byPlaces(starts)
	}
	t, lines, _ := sniffBelow(head, all, d)
	if t.width() > 1 && t.score() >= mostly && !(t.comma == '|' && lines == 0 && bytes.Contains(head, []byte("||"))) {
		return nil
	}
	if mark := markIn(head, all); mark != "" {
		return byMark(mark)
	}
	if starts := aligned(head, all); starts != nil {
		return byPlaces(starts)
	}
	return nil
}

// toldBy is how much of a text tells whether it is a conversation or has columns of fixed width: as much
// as IsTable is given, so that both judge the same.
const toldBy = 8 << 10

func beginning(head []byte) []byte { return head[:min(len(head), toldBy)] }

// byPlaces cuts lines where columns begin.
func byPlaces(starts []int) *recast {
	return &recast{form: "rows of columns of fixed width", line: func(line []byte) []byte { return cutAt(line, starts) }}
}

func byMark(mark string) *recast {
	return &recast{form: `rows by "` + visible(mark) + `"`, mark: mark, line: func(line []byte) []byte {
		return bytes.ReplaceAll(line, []byte(mark), []byte{unit})
	}}
}

// visible writes control characters as Go does.
func visible(mark string) string {
	if r, _ := utf8.DecodeRuneInString(mark); unicode.IsControl(r) {
		return strings.Trim(strconv.QuoteToASCII(mark), `"`)
	}
	return mark
}

// severalMarks are those of more than one character.
var severalMarks = []string{"||", "::", ";;", "|~|", "~|~", "^|^", "@@", "##"}

// marksOf are what may part the columns of a table, by its first line.
func marksOf(line []byte) (all []string) {
	for _, mark := range severalMarks {
		if bytes.Contains(line, []byte(mark)) {
			all = append(all, mark)
		}
	}
	const most = 20
	for _, r := range string(line) {
		fine := r >= 0x80 && r != utf8.RuneError && !unicode.IsMark(r) && !unicode.IsSpace(r) ||
			r < ' ' && !strings.ContainsRune("\t\n\v\f\r\b\x1b", r)
		if !fine || len(all) == most {
			continue
		}
		if mark := string(r); !slices.Contains(all, mark) {
			all = append(all, mark)
		}
	}
	return all
}

// markIn finds the mark with which the rows of a table have as many columns as the first.
func markIn(head []byte, all bool) (best string) {
	const leastLetters = 5 // rows from which a letter may be a mark: é may stand once in each of two
	if !all {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	width := 1
	for _, mark := range marksOf(first) {
		t := try(bytes.ReplaceAll(head, []byte(mark), []byte{unit}), marks{comma: unit, quote: '"'})
		r, _ := utf8.DecodeRuneInString(mark)
		least := leastRows
		if unicode.IsLetter(r) {
			least = leastLetters
		}
		if t.rows >= least && float64(t.equal) >= mostly*float64(t.rows) && t.header > width {
			best, width = mark, t.header
		}
	}
	return best
}

// drawing are the characters of which rules are made.
const drawing = "-+=|: ─━═┼┬┴├┤┌┐└┘╪╬╠╣╔╗╚╝╦╩┏┓┳┡┩╇┠┨╂│┃║╞╡"

// isRule tells a line that only draws: +----+----+, |---|:--:|, ----+----, ├────┼────┤. Of most
// lines the first character tells that they do not.
func isRule(line []byte) bool {
	line = bytes.TrimSpace(line)
	if first, _ := utf8.DecodeRune(line); len(line) < 5 || !strings.ContainsRune(drawing, first) {
		return false
	}
	return bytes.ContainsAny(line, "-=─━═") && bytes.ContainsAny(line, "+|┼┬┴╪╬├┌└╔╠╚┏┡┠") && strings.Trim(string(line), drawing) == ""
}

// isDrawn tells a table with drawn lines, by its first two.
func isDrawn(head []byte) bool {
	first, rest := nextLine(head)
	second, _ := nextLine(rest)
	if isRule(first) {
		return bytes.ContainsAny(second, "|│┃║")
	}
	return bytes.ContainsAny(first, "|│┃║") && isRule(second)
}

// nextLine is the first line that is not blank.
func nextLine(text []byte) (line, rest []byte) {
	for len(text) > 0 && len(bytes.TrimSpace(line)) == 0 {
		line, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return line, text
}

var ascii = strings.NewReplacer("│", "|", "┃", "|", "║", "|")

// drawnLine is a line of a drawn table, with its cells as CSV; nil if it is none, such as "(10
// rows)" below it.
func drawnLine(line []byte) []byte {
	text := strings.TrimSpace(ascii.Replace(string(line)))
	if isRule(line) || !strings.Contains(text, "|") {
		return nil
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "|"), "|")
	cells := strings.Split(strings.ReplaceAll(text, `\|`, "\x00"), "|")
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "\x00", "|")
	}
	return asUnits(cells)
}

// asUnits writes cells with units between them, and a line end.
func asUnits(cells []string) []byte {
	var b bytes.Buffer
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(unit)
		}
		if cell = strings.TrimSpace(cell); strings.HasPrefix(cell, `"`) {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// ruled finds where the columns of a table begin that has a line of dashes below its header, with
// blanks between those of different columns; nil if it has none. They are counted in characters.
func ruled(head []byte) (starts []int) {
	first, rest := nextLine(head)
	second, _ := nextLine(rest)
	second = bytes.TrimRight(second, " \r\n")
	if len(bytes.TrimSpace(first)) == 0 || len(second) == 0 || strings.Trim(string(second), "-= ") != "" || second[0] == ' ' {
		return nil
	}
	for i, c := range second {
		if c != ' ' && (i == 0 || second[i-1] == ' ') {
			starts = append(starts, i)
		}
	}
	if len(starts) < 2 || strings.Trim(string(first), "-= \r\n") == "" {
		return nil
	}
	return starts
}

// cutAt cuts a line at these characters. A line that only draws is none, and one that is too short
// for a second column, as what programs say below a table.
func cutAt(line []byte, starts []int) []byte {
	text := []rune(strings.TrimRight(string(line), "\r\n"))
	if strings.Trim(string(text), "-= ") == "" || text[0] == '(' && text[len(text)-1] == ')' {
		return nil
	}
	return asUnits(cellsAt(text, starts))
}

// recasting rewrites what it reads, line by line.
type recasting struct {
	r   io.Reader
	as  *recast
	in  []byte // what was read and not yet rewritten
	no  int    // of that, how much has no line end
	out []byte
	err error
}

func (r *recasting) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.more()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// more reads a piece, and rewrites the lines that end in it.
func (r *recasting) more() {
	const piece = 64 << 10
	r.in = append(r.in, make([]byte, piece)...)
	var n int
	n, r.err = r.r.Read(r.in[len(r.in)-piece:])
	r.in = r.in[:len(r.in)-piece+n]
	r.out = r.out[:0]
	if r.as.mark != "" { // without waiting for the end of a long line
		end := len(r.in)
		if r.err == nil {
			end -= partAtEnd(r.in, r.as.mark)
		}
		r.out = append(r.out, r.as.line(r.in[:end])...)
		r.in = r.in[:copy(r.in, r.in[end:])]
		return
	}
	for len(r.in) > 0 {
		end := r.no + bytes.IndexByte(r.in[r.no:], '\n') + 1
		if end == r.no && r.err == nil && len(r.in) < MaxRecord {
			r.no = len(r.in) // a long line is looked through once
			return
		} else if end == r.no {
			end = len(r.in)
		}
		r.no = 0
		r.out = append(r.out, r.as.line(r.in[:end])...)
		r.in = r.in[end:]
	}
	if r.err == io.EOF && r.as.end != nil {
		r.out = append(r.out, r.as.end()...)
	}
}

// partAtEnd is the length of the beginning of a mark with which a piece ends.
func partAtEnd(piece []byte, mark string) int {
	for n := len(mark) - 1; n > 0; n-- {
		if bytes.HasSuffix(piece, []byte(mark[:n])) {
			return n
		}
	}
	return 0
}

// recastTable is a text rewritten.
func recastTable(head []byte, as *recast) []byte {
	all, _ := io.ReadAll(&recasting{r: bytes.NewReader(head), as: as})
	return all
}
