package corpus

import (
	"bytes"
	"strconv"
	"strings"
)

// Matrices of counts are text to look at, and would become a document of numbers, or one for each
// line, where they lie among texts. They are told by how they begin:
//
//	%%MatrixMarket matrix coordinate …     MatrixMarket
//	1 3:2 7:1                              SVMlight: a label, and numbers of terms that rise
//	2 3:2 7:1                              LDA-C: how many terms, and these
//	3                                      UCI: documents, terms, entries, and then
//	1 3 2                                  an entry a line

// leastMatrix is the number of lines that tell a matrix without a header, and mostMatrix that of
// those that are looked at.
const leastMatrix, mostMatrix = 3, 50

// matrixOf is the format of a matrix, as --matrix-format names it, by its first bytes; empty if
// they are none.
func matrixOf(head []byte) string {
	head = bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), sample)], []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || !strings.ContainsRune("%#+-0123456789", rune(head[0])) {
		return "" // as most texts are
	}
	if isMatrixMarket(head) {
		return "mm"
	}
	lines := firstLinesOf(head)
	switch {
	case len(lines) < leastMatrix:
		return ""
	case isUCI(lines):
		return "uci"
	case allAre(lines, isCounted):
		return "ldac"
	case allAre(lines, isLabelled):
		return "svmlight"
	}
	return ""
}

// isMatrixMarket knows the header, behind comments, and with one % or two.
func isMatrixMarket(head []byte) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		word := bytes.TrimLeft(line, "%")
		if len(word) < len(line) && bytes.HasPrefix(bytes.ToLower(word), []byte("matrixmarket matrix ")) {
			return true
		}
		if len(line) > 0 && line[0] != '%' {
			return false
		}
	}
	return false
}

// firstLinesOf are the words of the first whole lines, without comments.
func firstLinesOf(head []byte) (lines [][]string) {
	if len(head) == sample {
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	for line := range bytes.Lines(head) {
		text, _, _ := strings.Cut(string(line), "#")
		if words := strings.Fields(text); len(words) > 0 && len(lines) < mostMatrix {
			lines = append(lines, words)
		}
	}
	return lines
}

func allAre(lines [][]string, is func(words []string) bool) bool {
	for _, words := range lines {
		if !is(words) {
			return false
		}
	}
	return true
}

// isUCI is true of three numbers on lines of their own, and then three on each line.
func isUCI(lines [][]string) bool {
	if len(lines) < 2*leastMatrix {
		return false
	}
	for i, words := range lines {
		if want := 3; i < 3 && len(words) != 1 || i >= 3 && len(words) != want || !allNumbers(words) {
			return false
		}
	}
	return true
}

func allNumbers(words []string) bool {
	for _, word := range words {
		if _, err := strconv.ParseUint(word, 10, 64); err != nil {
			return false
		}
	}
	return true
}

// isCounted is true of a line of LDA-C: a number of pairs, and as many.
func isCounted(words []string) bool {
	n, err := strconv.Atoi(words[0])
	return err == nil && n == len(words)-1 && arePairs(words[1:], false)
}

// isLabelled is true of a line of SVMlight: a label or several, perhaps a query, and pairs in the
// order of their terms.
func isLabelled(words []string) bool {
	for label := range strings.SplitSeq(words[0], ",") {
		if _, err := strconv.ParseFloat(label, 64); err != nil {
			return false
		}
	}
	pairs := words[1:]
	if len(pairs) > 0 && strings.HasPrefix(pairs[0], "qid:") {
		pairs = pairs[1:]
	}
	return len(pairs) > 0 && arePairs(pairs, true)
}

// arePairs is true of numbers of terms with their values.
func arePairs(words []string, rising bool) bool {
	last := int64(-1)
	for _, word := range words {
		left, right, colon := strings.Cut(word, ":")
		term, err := strconv.ParseUint(left, 10, 62)
		if _, fault := strconv.ParseFloat(right, 64); !colon || err != nil || fault != nil || rising && int64(term) <= last {
			return false
		}
		last = int64(term)
	}
	return true
}

// matrix is the ledger's line of a matrix among texts.
func (in *input) matrix(format string) batch {
	command := "klew fit FILE"
	if format != "mm" {
		command += " --matrix-format " + format
	}
	return in.noted([]Entry{{Reason: MatrixOfCounts, Detail: command + " reads one that lies outside of folders and archives"}})
}
