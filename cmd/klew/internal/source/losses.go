package source

import (
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/vectorize"
)

const (
	// longDocument is the number of words of a document, in the middle of all, from which it is
	// told that --segment would help: that of a chapter or two. A whole book has all topics.
	longDocument = 10_000
	// fewWords is the number of counted words of a document, in the middle of all, up to which it
	// is told that few are left to tell topics by.
	fewWords = 3
)

// SayLosses tells in a line each what of texts may be lost to k topics by the options as they are,
// and which option to use: where pruning leaves out most words, where there is hardly more than one
// document for a topic, and where documents are very long or have hardly a word left.
func (in *Input) SayLosses(t *vectorize.Table, k int) {
	if in.kind == ofMatrix {
		return
	}
	in.sayPruned(t)
	filled := slices.DeleteFunc(lengthsOf(t, false), func(n int) bool { return n == 0 })
	if len(filled) == 0 {
		return
	}
	if len(filled) <= 2*k && k > 1 {
		in.Say("klew: %s of %s: hardly more than a document for each; ask for fewer topics with -k, or cut documents with --segment paragraphs or words:500",
			print.Count(k, "topic"), print.Count(len(filled), "document"))
	}
	if n := middle(lengthsOf(t, true)); n >= longDocument && in.Texts.Options.Segment == "" {
		in.Say("klew: half of the documents have %s words or more, in which topics run together: --segment words:500 cuts them", print.Grouped(n))
	}
	if n := middle(filled); n <= fewWords {
		in.Say("klew: half of the documents have only %s left%s", print.Count(n, "counted word"), waysToKeep(in.Counting))
	}
}

// waysToKeep names the options that keep more words, if they are not in use.
func waysToKeep(o vectorize.Options) string {
	var ways []string
	if o.MinDF.String() != "1" {
		ways = append(ways, "--min-df 1 keeps rare words")
	}
	if o.MaxDF.String() != "1.0" {
		ways = append(ways, "--max-df 1.0 keeps frequent ones")
	}
	if len(ways) == 0 {
		return ""
	}
	return ": " + strings.Join(ways, ", ")
}

// sayPruned tells when pruning leaves out more tokens than it keeps.
func (in *Input) sayPruned(t *vectorize.Table) {
	kept, gone := 0, 0
	for _, d := range t.Documents {
		kept += d.Tokens
	}
	options := map[string]string{
		vectorize.TooCommon: fmt.Sprintf("--max-df %s", in.Counting.MaxDF), vectorize.TooRare: fmt.Sprintf("--min-df %s", in.Counting.MinDF),
		vectorize.TooMany: fmt.Sprintf("--max-features %d", in.Counting.MaxFeatures),
	}
	dropped := slices.Clone(t.Dropped)
	slices.SortStableFunc(dropped, func(a, b vectorize.Dropped) int { return b.Tokens - a.Tokens })
	var by []string
	for _, d := range dropped {
		if option := options[d.Reason]; option != "" {
			gone += d.Tokens
			by = append(by, fmt.Sprintf("%s by %s", print.Grouped(d.Tokens), option))
		}
	}
	if gone > kept {
		in.Say("klew: %.0f %% of the words that could tell topics apart are left out: %s", 100*float64(gone)/float64(gone+kept), strings.Join(by, ", "))
	}
}

// lengthsOf are the numbers of tokens in documents: all, or those that are counted.
func lengthsOf(t *vectorize.Table, all bool) []int {
	lengths := make([]int, len(t.Documents))
	for i, d := range t.Documents {
		if lengths[i] = d.Tokens; all {
			lengths[i] += d.Unknown
		}
	}
	return lengths
}

// middle is the number that half of them reach; 0 of none.
func middle(numbers []int) int {
	if len(numbers) == 0 {
		return 0
	}
	slices.Sort(numbers)
	return numbers[len(numbers)/2]
}
