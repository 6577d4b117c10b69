package source

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/vectorize"
)

// Words are the options of how terms are made and counted.
type Words struct {
	Counting   vectorize.Options
	noStem     bool
	stopWords  string
	extraWords string
}

// TermsHelp explains the options on words, for commands that have them.
const TermsHelp = `A word is a run of letters and digits that begins with a letter, as Unicode (UAX #29) has
it; don't is one word, well-known is two. Numbers, URLs and e-mail addresses are left out,
and #tag is the word tag. --keep makes each of numbers, urls, emails, hashtags and hyphens
(well-known) a word of its own; --split cuts urls and emails into their words, and at
apostrophes (l'eau). Chinese, Japanese but for Katakana, Thai, Lao, Khmer and Burmese put no
blanks between words: there each two neighbouring characters are a word.

--language auto finds out the language of each document: the one that most of the first 64
documents are in, unless the stop words of another are clearly more. So every language has
its own stop words and stems in one corpus.

--phrases joins two words that stand side by side far more often than chance would have it
("new_york"). The measure is the normalised pointwise mutual information, 1 for words that
never stand apart and 0 for those that meet by chance; a phrase takes the place of its words.
--ngram-range 1,2 counts all pairs, beside their words.`

// AddWords adds the options that bear on how text is cut into terms.
func (t *Words) AddWords(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	t.AddCutting(c)
	flags.BoolVar(&t.noStem, "no-stem", false, "count words as they are, not by their stems")
	flags.Var(&v.NGrams, "ngram-range", "words in a term: 1,2 for single words and pairs")
	flags.BoolVar(&v.Phrases, "phrases", false, "join words that stand together by more than chance")
	flags.IntVar(&v.PhraseMinCount, "phrase-min-count", v.PhraseMinCount, "how often a phrase must occur")
	flags.Float64Var(&v.PhraseThreshold, "phrase-threshold", v.PhraseThreshold, "how far from chance a phrase must be, up to 1")
}

// AddCutting adds the options that bear on what a word is.
func (t *Words) AddCutting(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	flags.StringVar(&v.Language, "language", v.Language, "language of the texts, for stop words and stems: "+strings.Join(vectorize.Languages(), ", "))
	flags.StringVar(&t.stopWords, "stop-words", "", "a `file` of stop words, separated by blanks or lines, in place of the language's")
	flags.StringVar(&t.extraWords, "extra-stop-words", "", "a `file` of stop words beside the others")
	flags.Var(&v.Keep, "keep", "what stays one word, of "+vectorize.Keepable.String()+", with commas between")
	flags.Var(&v.Split, "split", "what is cut into its words, of "+vectorize.Splittable.String())
	flags.IntVar(&v.MinLength, "min-length", v.MinLength, "leave out words of fewer characters")
	flags.StringVar(&v.TokenPattern, "token-pattern", v.TokenPattern, "a regular `expression` that finds the words in the text in lower case, in place of --keep and --split")
}

// AddLimits adds those that choose among the terms, and weigh them.
func (t *Words) AddLimits(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	flags.Var(&v.MinDF, "min-df", "leave out terms in fewer documents than this count or share")
	flags.Var(&v.MaxDF, "max-df", "leave out terms in more documents than this count or share (1.0: none)")
	flags.IntVar(&v.MaxFeatures, "max-features", v.MaxFeatures, "keep only so many terms, the most frequent (0: all)")
	flags.StringVar((*string)(&v.Weighting), "weighting", string(v.Weighting), "what to enter for a term in a document: "+usage.Join(vectorize.Weightings))
}

// PrepareTerms checks the options and reads the stop words.
func (t *Words) PrepareTerms(threads int) error {
	t.Counting.Stem = !t.noStem
	t.Counting.Threads = threads
	var err error
	if t.Counting.StopWords, err = readStopWords("stop-words", t.stopWords); err != nil {
		return err
	}
	if t.Counting.ExtraStopWords, err = readStopWords("extra-stop-words", t.extraWords); err != nil {
		return err
	}
	if err := t.Counting.Validate(); err != nil {
		return usage.Mistake(err)
	}
	return nil
}

// wordOption is the name of an option of counting on the command line.
func wordOption(name string) string {
	if name == "stem" {
		return "no-stem"
	}
	return strings.ReplaceAll(name, "_", "-")
}

// readStopWords reads the file that an option names; nil if it names none.
func readStopWords(option, path string) ([]string, error) {
	switch path {
	case "":
		return nil, nil
	case "-":
		return nil, usage.Mistake(errors.New("--" + option + " -: standard input is for texts; name a file"))
	}
	words, err := readWords(path)
	if err != nil {
		return nil, fmt.Errorf("reading the stop words: %w", err)
	}
	return words, nil
}

// sayLanguages tells the languages of documents where they were found out.
func sayLanguages(to *print.Console, o vectorize.Options, t *vectorize.Table) {
	if o.Language != vectorize.Auto || len(t.Languages) == 1 && t.MainLanguage == "en" {
		return // nobody wonders
	}
	var parts []string
	for _, l := range t.Languages {
		parts = append(parts, fmt.Sprintf("%s (%s)", l.Language, print.Count(l.Documents, "document")))
	}
	to.Say("klew: languages: %s", strings.Join(parts, ", "))
}

// sayCounted tells how much has been read and counted.
func sayCounted(to *print.Console, t *vectorize.Table, took time.Duration) {
	tokens, empty := 0, 0
	for _, d := range t.Documents {
		tokens += d.Tokens
		if d.Tokens == 0 {
			empty++
		}
	}
	documents := print.Count(len(t.Documents)-t.Background, "document")
	if t.Background > 0 {
		documents += fmt.Sprintf(" and %s of the background", print.Grouped(t.Background))
	}
	to.Say("klew: read %s in %.1f s: %s, %s", documents, took.Seconds(),
		print.Count(len(t.Vocabulary.Terms), "term"), print.Count(tokens, "token"))
	if empty > 0 {
		to.Say("klew: %s without a counted token: all their topics are 0", print.Count(empty, "document"))
	}
}

// textOptions are the options that are for texts, not for counts made elsewhere.
var textOptions = strings.Fields(`language stop-words extra-stop-words no-stem keep split min-length min-df max-df max-features
	ngram-range phrases phrase-min-count phrase-threshold token-pattern weighting`)
