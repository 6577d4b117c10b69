package matrixfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longestTerm is the largest number of bytes in a line of a vocabulary.
const longestTerm = 1 << 16

// ReadTerms reads a vocabulary: one term a line, in UTF-8. No line may be empty, and no
// term may stand there twice.
func ReadTerms(from io.Reader) ([]string, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, longestTerm)
	var terms []string
	at := map[string]int{} // the line of each term
	for lines.Scan() {
		term, n := lines.Text(), len(terms)+1
		if n == 1 {
			term = strings.TrimPrefix(term, "\uFEFF") // a byte order mark
		}
		switch {
		case strings.TrimSpace(term) == "":
			return nil, fmt.Errorf("line %d is empty: a term must stand on each", n)
		case !utf8.ValidString(term):
			return nil, fmt.Errorf("line %d is not UTF-8: %q", n, term)
		case at[term] > 0:
			return nil, fmt.Errorf("lines %d and %d are the same term: %q", at[term], n, term)
		}
		at[term] = n
		terms = append(terms, term)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d is longer than %d bytes", len(terms)+1, longestTerm)
	} else if err != nil {
		return nil, err
	}
	if len(terms) == 0 {
		return nil, errors.New("there is no term in it")
	}
	return terms, nil
}

// numberedTerms names n terms so that the order of bytes is that of numbers.
func numberedTerms(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("term%0*d", len(strconv.Itoa(n)), i+1)
	}
	return names
}

// sortedTerms puts terms in byte order, and tells the row of each.
func sortedTerms(names []string) (terms []string, rows []int32) {
	order := make([]int32, len(names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(names[a], names[b]) })
	terms, rows = make([]string, len(names)), make([]int32, len(names))
	for row, i := range order {
		if row > 0 && terms[row-1] == names[i] {
			panic(fmt.Sprintf("matrixfile: the term %q is given twice", names[i]))
		}
		terms[row], rows[i] = names[i], int32(row)
	}
	return terms, rows
}

// WriteTerms writes a vocabulary as ReadTerms reads it: one term a line.
func WriteTerms(to io.Writer, terms []string) error {
	w := bufio.NewWriter(to)
	for _, s := range terms {
		if strings.TrimSpace(s) == "" || strings.ContainsAny(s, "\r\n") || len(s) >= longestTerm || !utf8.ValidString(s) {
			return fmt.Errorf("the term %s cannot stand on a line of its own", excerpt([]byte(s)))
		}
		w.WriteString(s)
		w.WriteByte('\n')
	}
	return w.Flush()
}
