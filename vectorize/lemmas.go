package vectorize

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadLemmas reads a list of lemmas or synonyms: on each line a form as texts have it, a tab, and
// the word that it is counted as. Of a form that stands there twice the first line counts; empty
// lines and those that begin with # are passed over. A list whose first column are the lemmas, or
// whose second are parts of speech, is refused.
//
//	went	go
//	colour	color
func ReadLemmas(from io.Reader) (map[string]string, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<16)
	lemmas := map[string]string{}
	var seen lemmaColumns
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(strings.TrimPrefix(lines.Text(), "\ufeff"), "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		form, lemma, ok := strings.Cut(line, "\t")
		lemma, _, more := strings.Cut(lemma, "\t") // what else there may be
		form, lemma = asToken(strings.TrimSpace(form)), asToken(strings.TrimSpace(lemma))
		switch {
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("line %d is not UTF-8", n)
		case !ok || form == "" || !strings.ContainsFunc(lemma, isLetterOrDigit):
			return nil, fmt.Errorf("line %d: %.40q: must be a form, a tab and its lemma", n, line)
		}
		seen.add(lemmas, form, lemma, more)
		if _, known := lemmas[form]; !known {
			lemmas[form] = strings.Join(strings.Fields(lemma), "_")
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(lemmas) == 0 {
		return nil, errors.New("there is no lemma in it")
	}
	if err := seen.fault(len(lemmas)); err != nil {
		return nil, err
	}
	return lemmas, nil
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lemmaColumns counts what tells which column of a list is which: a lemma has several forms, and a
// form hardly ever several lemmas. Of ten lists of lemmas by language (michmech's), whose first
// column is the lemma, all are told, and none is once its columns are in order.
type lemmaColumns struct {
	lines, again, third int             // all; those of a form that had another lemma; those with a third column
	lemmas              map[string]bool // that are different
}

func (c *lemmaColumns) add(before map[string]string, form, lemma string, third bool) {
	if c.lemmas == nil {
		c.lemmas = map[string]bool{}
	}
	c.lines++
	if old, known := before[form]; known && old != lemma {
		c.again++
	}
	if third {
		c.third++
	}
	c.lemmas[lemma] = true
}

// fault says that the columns of a list with so many forms are others than they must be.
func (c *lemmaColumns) fault(forms int) error {
	const few, much, tags = 5, 0.1, 50 // a language has some ten tags, and thousands of lemmas
	switch {
	case c.lines >= few && len(c.lemmas) > forms && float64(c.again) > much*float64(c.lines):
		return fmt.Errorf("it looks the wrong way round: %d of %d lines begin with a word that came before with another; each must be a form, a tab and its lemma", c.again, c.lines)
	case c.third == c.lines && c.lines >= few*tags && tags*len(c.lemmas) < c.lines:
		return fmt.Errorf("its second column has %d different words on %d lines, and is no lemma; the columns must be the form and its lemma", len(c.lemmas), c.lines)
	}
	return nil
}
