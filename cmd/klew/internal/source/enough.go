package source

import (
	"fmt"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/vectorize"
)

// Enough refuses more topics, k, than documents or terms can tell apart.
func (in *Input) Enough(t *vectorize.Table, k int) error {
	filled, terms := 0, 0
	for _, d := range t.Documents {
		if d.Tokens > 0 {
			filled++
		}
	}
	for _, term := range t.Vocabulary.Terms {
		if term.DF > 0 {
			terms++
		}
	}
	all := len(t.Documents)
	switch {
	case k > all:
		return in.TooFew(k, all)
	case k > filled:
		return fmt.Errorf("%s asked of %s, of which only %s kept a token: ask for fewer topics with -k%s",
			print.Count(k, "topic"), print.Count(all, "document"), print.Grouped(filled),
			in.ofTexts(", or keep more terms with --min-df (now %s) and --max-df (now %s)", in.Counting.MinDF, in.Counting.MaxDF))
	case k > terms:
		return fmt.Errorf("%s asked of %s: ask for fewer topics with -k%s", print.Count(k, "topic"), print.Count(terms, "term"),
			in.ofTexts(", or keep more terms with a lower --min-df (now %s)", in.Counting.MinDF))
	}
	return nil
}

// ofTexts is advice that is of no use for a matrix.
func (in *Input) ofTexts(format string, args ...any) string {
	if in.kind == ofMatrix {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// EnoughDocuments refuses more topics, k, than documents; k is 0 if the user has not said how
// many, and then a single document is too few.
func (in *Input) EnoughDocuments(documents, k int) error {
	if k <= documents && (k > 0 || documents > 1) {
		return nil
	}
	return in.TooFew(k, documents)
}

// TooFew is the error that there are too few documents for k topics, or for any if k is 0, with
// what to do about it.
func (in *Input) TooFew(k, documents int) error {
	advice := ", or name more texts (if each line of a file is a document: --input lines)"
	switch {
	case in.kind == ofCounted || in.kind == ofMatrix && !in.mayTranspose():
		advice = ""
	case in.transpose:
		advice = ", or leave out --transpose if documents are rows"
	case in.kind == ofMatrix:
		advice = ", or say with --transpose that documents are columns"
	}
	if k == 0 {
		return fmt.Errorf("topics are found in several documents, and there is %d%s", documents, strings.Replace(advice, ", or ", ": ", 1))
	}
	return fmt.Errorf("%s asked of %s: ask for fewer topics with -k%s",
		print.Count(k, "topic"), print.Count(documents, "document"), advice)
}
