package records

import (
	"bytes"
	"strings"
)

// Columns may also begin at the same place in each line without a line of dashes:
//
//	nr   comment                 place
//	1    the lamp is lit         north
//	2    kelp and foam           south
//
// At least two blanks stand between them, at the same places in all lines, and the first line names
// each of them.

const (
	// leastAligned is the number of rows below the names that tell such a table, and alignedGap that of
	// the blanks between columns.
	leastAligned, alignedGap = 5, 2
	// alignedLines is the number of lines that are looked at.
	alignedLines = 200
)

// beginsAligned looks at two lines, which is quick: most texts have none with several blanks within.
func beginsAligned(head []byte) bool {
	first, rest := nextLine(head)
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	return mayBeAligned(first) && mayBeAligned(second)
}

// mayBeAligned is true of a line that has several blanks within.
func mayBeAligned(line []byte) bool {
	return bytes.Contains(bytes.TrimSpace(line[:min(len(line), trialBytes)]), []byte("  "))
}

// aligned finds where the columns begin, counted in characters; nil if a text is no such table.
func aligned(head []byte, all bool) (starts []int) {
	if all = all && len(head) <= toldBy; !all {
		head = beginning(head)
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	var lines [][]rune
	for line := range bytes.Lines(head) {
		text := []rune(strings.TrimRight(string(line), " \r\n"))
		if len(text) > 0 && len(lines) < alignedLines {
			lines = append(lines, text)
		}
		if bytes.IndexByte(line, '\t') >= 0 || len(lines) == 2 && !mayBeAligned(line) {
			return nil
		}
	}
	if len(lines) <= leastAligned {
		return nil
	}
	starts = gaps(lines)
	names := cellsAt(lines[0], starts)
	for i := len(names) - 1; i > 0; i-- {
		if names[i] == "" { // a part of the column before
			names, starts = append(names[:i], names[i+1:]...), append(starts[:i], starts[i+1:]...)
		}
	}
	if len(starts) < 2 || !areNames(names) || !hasUsualName(names) || !areFilled(lines[1:], starts) {
		return nil
	}
	return starts
}

// gaps are the places behind which no line has anything for some characters, where the next begins.
func gaps(lines [][]rune) (starts []int) {
	var taken []bool
	for _, line := range lines {
		for i, c := range line {
			if i == len(taken) {
				taken = append(taken, false)
			}
			taken[i] = taken[i] || c != ' '
		}
	}
	starts = []int{0}
	for blanks, i := alignedGap-1, 0; i < len(taken); i++ {
		switch {
		case !taken[i]:
			blanks++
		case blanks >= alignedGap && i > 0:
			starts = append(starts, i)
			blanks = 0
		default:
			blanks = 0
		}
	}
	if len(starts) > 1 && !anyTaken(taken[:starts[1]]) { // all lines are indented
		starts = append([]int{0}, starts[2:]...)
	}
	return starts
}

func anyTaken(taken []bool) bool {
	for _, t := range taken {
		if t {
			return true
		}
	}
	return false
}

// cellsAt are the cells of a line.
func cellsAt(line []rune, starts []int) []string {
	cells := make([]string, len(starts))
	for i, from := range starts {
		to := len(line)
		if i+1 < len(starts) {
			to = min(starts[i+1], to)
		}
		if from < to {
			cells[i] = strings.TrimSpace(string(line[from:to]))
		}
	}
	return cells
}

// areFilled tells whether most lines have something in each column.
func areFilled(lines [][]rune, starts []int) bool {
	filled := make([]int, len(starts))
	for _, line := range lines {
		for i, cell := range cellsAt(line, starts) {
			if cell != "" {
				filled[i]++
			}
		}
	}
	for _, n := range filled {
		if 2*n < len(lines) {
			return false
		}
	}
	return true
}
