package records

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
)

// Records come in other shapes than objects of values, too: rows that are arrays, the first of which
// may name the columns; lists of equal length, one for each column; texts by their names; and texts
// that are lists of strings and marked-up pieces.

// isRow tells an array.
func isRow(raw []byte) bool { return len(raw) > 0 && raw[0] == '[' }

// nameRows finds the names of rows that are arrays, and whether the first row has them; nil if
// there are none.
func nameRows(sample [][]byte) (names []string, header bool) {
	var rows [][]string
	width := 0
	for _, raw := range sample {
		if !isRow(raw) {
			return nil, false
		}
		row := cellsOf(raw)
		rows, width = append(rows, row), max(width, len(row))
	}
	if width == 0 {
		return nil, false
	}
	for i := range rows {
		rows[i] = append(rows[i], make([]string, width-len(rows[i]))...)
	}
	if header = len(rows) > 1 && areNames(rows[0]) && isHeader(rows[0], rows[1:]); header {
		return named(rows[0]), true
	}
	return named(make([]string, width)), false
}

// cellsOf are the plain values of an array.
func cellsOf(raw []byte) (cells []string) {
	for _, e := range elementsOf(raw) {
		var value any
		if json.Unmarshal(e, &value) != nil {
			value = nil
		}
		text, isText := value.(string)
		if !isText && e[0] != '{' && e[0] != '[' && value != nil {
			text = string(e)
		}
		cells = append(cells, text)
	}
	return cells
}

// rowObject gives names to a row that is an array.
func rowObject(names []string, raw []byte) []byte {
	var row []part
	for i, value := range elementsOf(raw) {
		if i < len(names) {
			row = append(row, part{names[i], value})
		}
	}
	return written(row)
}

// listRows makes rows of lists, each a column, if they are of equal length and hold plain values;
// else nil.
func listRows(members []part) (rows [][]byte) {
	const least = 2 // lists, and values in them
	if len(members) < least {
		return nil
	}
	var columns [][][]byte
	for _, m := range members {
		if !isRow(m.raw) {
			return nil
		}
		column := elementsOf(m.raw)
		if len(column) < least || len(column) != len(elementsOf(members[0].raw)) || isRow(column[0]) || column[0][0] == '{' {
			return nil
		}
		columns = append(columns, column)
	}
	for i := range columns[0] {
		var row []part
		for j, m := range members {
			row = append(row, part{m.path, columns[j][i]})
		}
		rows = append(rows, written(row))
	}
	return rows
}

var number = regexp.MustCompile(`[0-9]+`)

// textRows makes rows of texts by their names, if these are those of a series: doc1, doc2, or a.txt,
// b.txt. Other names are those of columns.
func textRows(members []part) (rows [][]byte) {
	const least = 3
	if len(members) < least {
		return nil
	}
	words := 0
	for _, m := range members {
		if m.raw[0] != '"' || series(m.path) == "" || series(m.path) != series(members[0].path) {
			return nil
		}
		words += countWords(string(m.raw))
	}
	if words < wordyMember*len(members) {
		return nil
	}
	for _, m := range members {
		rows = append(rows, written([]part{{"id", quoted(m.path)}, {"text", m.raw}}))
	}
	return rows
}

// series is what the names of a series have in common: the ending of a file, or the name with its
// numbers left out; nothing if it has neither.
func series(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 6 && strings.IndexFunc(name[i+1:], unicode.IsDigit) < 0 {
		return name[i:]
	}
	if number.MatchString(name) {
		return number.ReplaceAllString(name, "0")
	}
	return ""
}

// piece is the text of an element of a marked-up text: {"type": "link", "text": "here"}.
func piece(raw []byte) (text string, ok bool) {
	var e struct {
		Type string
		Text *string
	}
	if json.Unmarshal(raw, &e) != nil || e.Text == nil || e.Type == "" {
		return "", false
	}
	return *e.Text, true
}
