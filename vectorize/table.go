package vectorize

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"unsafe"

	"klew/corpus"
	"klew/vectorize/sections"

	"github.com/james-bowman/sparse"
)

// Table is a counted corpus.
type Table struct {
	Documents  []Document
	Vocabulary *Vocabulary
	// V has a row for each term and a column for each document.
	V *sparse.CSC
	// Known says how often each cell stands in a file of triplets; nil for all others.
	Known *sparse.CSC
	// Background is how many documents, the last, are there for topics to be learned from
	// them alone; see CountBeside.
	Background int
	// Dropped says which terms were left out.
	Dropped []Dropped
	// MainLanguage is the language, or with Auto that of most documents.
	MainLanguage string
	// DoubtfulLanguage says that too few words tell the main language, which is then a guess.
	DoubtfulLanguage bool
	// Languages says how many documents are in each language.
	Languages []LanguageCount
	// UnclearLanguages is the number of documents that have more words of another language than of
	// the one that they were counted in, but too few to tell.
	UnclearLanguages int

	phrases []Phrase
}

// LanguageCount is a number of documents in a language.
type LanguageCount struct {
	Language  string
	Documents int
}

// Document is a document once its text has been counted.
type Document struct {
	ID   string
	Meta []corpus.Field
	// Tokens is how many of its tokens, stop words apart, the vocabulary holds, and
	// Unknown how many it does not.
	Tokens, Unknown int
	// Checksum is the CRC-32C of the text: it tells whether a document is the same.
	Checksum uint32
}

// Checksum is that of a text, as Document.Checksum has it. It takes no copy of the text, as
// a conversion to bytes would.
func Checksum(text string) uint32 {
	return sections.Checksum(unsafe.Slice(unsafe.StringData(text), len(text)))
}

// Known is the share of the document's tokens that the vocabulary holds; 0 for a
// document without any.
func (d *Document) Known() float64 {
	if d.Tokens == 0 {
		return 0
	}
	return float64(d.Tokens) / float64(d.Tokens+d.Unknown)
}

// Dropped is a class of terms that were left out.
type Dropped struct {
	Reason string `json:"reason"`
	Terms  int    `json:"terms"`
	Tokens int    `json:"tokens"`
}

// The reasons of Dropped.
const (
	StopWord  = "stop word"
	TooShort  = "too short"
	TooRare   = "below min-df"
	TooCommon = "above max-df"
	TooMany   = "beyond max-features"
	Unlisted  = "not in the vocabulary"
)

// Count counts documents and makes their vocabulary. It returns an error if the
// options are at fault, if ctx ends, and if no term is left.
func Count(ctx context.Context, documents iter.Seq[corpus.Document], o Options) (*Table, error) {
	return countDocuments(ctx, documents, o, nil, func(all *merged) ([]keep, []Dropped, error) {
		kept, dropped := all.prune(o)
		if len(kept) == 0 {
			return nil, nil, noTerms(all.documents, dropped, o)
		}
		return kept, dropped, nil
	})
}

// CountWith counts documents by a vocabulary and options that are given. Tokens that
// the vocabulary does not hold are only counted as unknown.
func CountWith(ctx context.Context, vocabulary *Vocabulary, documents iter.Seq[corpus.Document], o Options) (*Table, error) {
	return countDocuments(ctx, documents, o, vocabulary, func(all *merged) ([]keep, []Dropped, error) {
		all.documents = vocabulary.Documents
		kept, dropped := all.within(vocabulary)
		return kept, dropped, nil
	})
}

// Settle returns the options by which later documents are counted as those of the table
// were, whatever becomes of klew's own lists of stop words: StopWords are those in force.
// With Auto the main language is fixed instead, and where the languages' own lists are in
// force, which are many, StopWords stays nil; these lists only change with Options.Rules.
func (t *Table) Settle(o Options) Options {
	if o.FindsLanguage() {
		o.MainLanguage = t.MainLanguage
		if o.OwnStopWords() {
			return o
		}
	}
	o.StopWords, o.ExtraStopWords = slices.Concat([]string{}, o.stopWords(o.Language)), nil
	return o
}

// countDocuments tallies the documents, lets choose pick the terms, and builds the table. The
// vocabulary is nil unless it is given.
func countDocuments(ctx context.Context, documents iter.Seq[corpus.Document], o Options, given *Vocabulary, choose func(*merged) ([]keep, []Dropped, error)) (*Table, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("vectorize: %w", err)
	}
	table := &Table{Vocabulary: given}
	tallies := table.read(ctx, documents, &o, func(int, *tally) {})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(table.Documents) == 0 {
		return nil, errNoDocument
	}
	all := merge(tallies)
	all.documents = len(table.Documents)
	kept, dropped, err := choose(all)
	if err != nil {
		return nil, err
	}
	table.Dropped = dropped
	table.Languages = languagesOf(tallies)
	for _, t := range tallies {
		table.UnclearLanguages += t.unclear
	}
	table.build(kept, all)
	if given == nil {
		table.Ban(o.Banned)
	}
	table.Vocabulary.Phrases = table.phrases
	table.weigh(o.Weighting)
	return table, nil
}

var errNoDocument = errors.New("there is no document to count: nothing that was named holds a text; --ledger FILE lists what was skipped, and why")

// languagesOf counts the documents by language, the most frequent first.
func languagesOf(tallies []*tally) []LanguageCount {
	counts := map[string]int{}
	for _, t := range tallies {
		for code, n := range t.languages {
			counts[code] += n
		}
	}
	return sortedLanguages(counts)
}

func sortedLanguages(counts map[string]int) []LanguageCount {
	var all []LanguageCount
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, LanguageCount{code, counts[code]})
	}
	slices.SortStableFunc(all, func(a, b LanguageCount) int { return cmp.Compare(b.Documents, a.Documents) })
	return all
}

func (o *Options) threads() int {
	if o.Threads > 0 {
		return o.Threads
	}
	return runtime.GOMAXPROCS(0)
}

// noTerms explains how it came that nothing is left.
func noTerms(documents int, dropped []Dropped, o Options) error {
	var why []string
	for _, d := range dropped {
		why = append(why, fmt.Sprintf("%d as %s", d.Terms, d.Reason))
	}
	if o.NGrams.From > 1 {
		why = append(why, fmt.Sprintf("a term is %d words or more (--ngram-range)", o.NGrams.From))
	}
	if len(why) == 0 {
		if o.TokenPattern != "" {
			return fmt.Errorf("no term is left of %s: the token pattern matches nothing (it is tried on the text in lower case)", plural(documents, "document"))
		}
		return fmt.Errorf("no term is left of %s: no text holds a word", plural(documents, "document"))
	}
	return fmt.Errorf("no term is left of %s: dropped %s; allow more with --min-df (now %s), --max-df (now %s) or --stop-words",
		plural(documents, "document"), strings.Join(why, ", "), o.MinDF, o.MaxDF)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
