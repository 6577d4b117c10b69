package vectorize

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ReadLemmas reads a list of lemmas or synonyms: on each line a form as texts have it, a tab, and
// the word that it is counted as. Of a form that stands there twice the first line counts; empty
// lines and those that begin with # are passed over.
//
//	went	go
//	colour	color
func ReadLemmas(from io.Reader) (map[string]string, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<16)
	lemmas := map[string]string{}
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(strings.TrimPrefix(lines.Text(), "\ufeff"), "\r")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		form, lemma, ok := strings.Cut(line, "\t")
		lemma, _, _ = strings.Cut(lemma, "\t") // what else there may be
		form, lemma = asToken(strings.TrimSpace(form)), asToken(strings.TrimSpace(lemma))
		switch {
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("line %d is not UTF-8", n)
		case !ok || form == "" || lemma == "":
			return nil, fmt.Errorf("line %d: %.40q: must be a form, a tab and its lemma", n, line)
		}
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
	return lemmas, nil
}
