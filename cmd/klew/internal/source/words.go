package source

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
	"klew/vectorize"

	"github.com/spf13/cobra"
)

// Words are the options of how terms are made and counted.
type Words struct {
	Counting   vectorize.Options
	noStem     bool
	stopWords  string
	extraWords string
	lemmas     string
}

// AddWords adds the options that bear on how text is cut into terms.
func (t *Words) AddWords(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	t.AddCutting(c)
	flags.BoolVar(&t.noStem, "no-stem", false, "count words as they are, not by their stems")
	flags.Var(&v.NGrams, "ngram-range", "1,2 counts words and pairs")
	flags.BoolVar(&v.Phrases, "phrases", false, "join words that stand together by more than chance")
	usage.Count(c, &v.PhraseMinCount, "phrase-min-count", "", 1, math.MaxInt32, "how often a phrase must occur")
	flags.Float64Var(&v.PhraseThreshold, "phrase-threshold", v.PhraseThreshold, "how far from chance a phrase must be, up to 1")
}

// AddCutting adds the options that bear on what a word is.
func (t *Words) AddCutting(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	usage.ChooseSeveral(c, &v.Language, "language", vectorize.Languages(), "for stop words and stems, or several (fr,en), of which each document is in one")
	flags.StringVar(&t.lemmas, "lemmas", "", "a `file` of lemmas: a form, a tab and its lemma a line")
	flags.StringVar(&t.stopWords, "stop-words", "", "a `file` of stop words in place of the language's")
	flags.StringVar(&t.extraWords, "extra-stop-words", "", "a `file` of stop words beside the others")
	flags.Var(&v.Keep, "keep", "what stays one word: "+vectorize.Keepable.String())
	flags.Var(&v.Split, "split", "what is cut into its words: "+vectorize.Splittable.String())
	usage.Count(c, &v.MinLength, "min-length", "", 1, math.MaxInt32, "leave out words of fewer characters")
	flags.StringVar(&v.TokenPattern, "token-pattern", v.TokenPattern, "a regular `expression` that finds words")
}

// addLimits adds those that choose among the terms, and weigh them.
func (t *Words) addLimits(c *cobra.Command) {
	flags, v := c.Flags(), &t.Counting
	flags.Var(&v.MinDF, "min-df", "leave out terms in fewer documents")
	flags.Var(&v.MaxDF, "max-df", "leave out terms in more documents")
	usage.Count(c, &v.MaxFeatures, "max-features", "", 0, math.MaxInt32, "keep only so many terms, the most frequent (0: all)")
	usage.Choose(c, &v.Weighting, "weighting", "", vectorize.Weightings, "of counts")
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
	if t.Counting.Lemmas, err = readLemmas(t.lemmas); err != nil {
		return err
	}
	if err := t.Counting.Validate(); err != nil {
		return usage.Mistake(err)
	}
	return nil
}

// readLemmas reads the file of --lemmas; nil if there is none.
func readLemmas(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	if path == "-" {
		return nil, usage.Mistake(errors.New("--lemmas -: standard input is for texts; name a file"))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the lemmas: %w", err)
	}
	defer f.Close()
	lemmas, err := vectorize.ReadLemmas(f)
	if err != nil {
		return nil, fmt.Errorf("reading the lemmas: %s: %w", path, err)
	}
	return lemmas, nil
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
	if o.Language == vectorize.Auto && t.DoubtfulLanguage {
		to.Say("klew: the texts have too few common words to tell their language: %s is a guess (--language says it)", t.MainLanguage)
	}
	if o.Language != vectorize.Auto || len(t.Languages) == 1 && t.MainLanguage == "en" {
		return // which is what everybody expects
	}
	var parts []string
	for _, l := range t.Languages {
		parts = append(parts, fmt.Sprintf("%s (%s)", l.Language, print.Count(l.Documents, "document")))
	}
	to.Say("klew: languages: %s", strings.Join(parts, ", "))
	if isMixed(t) {
		to.Say("klew: %s may be in other languages than they were counted in, and have too few words to tell (--language fr,en names those that there are)",
			print.Count(t.UnclearLanguages, "document"))
	}
}

// isMixed is true where the languages of a good part of the documents are others than the main one,
// or unclear: names and numbers among English texts are not worth a line.
func isMixed(t *vectorize.Table) bool {
	others := len(t.Documents)
	for _, l := range t.Languages {
		if l.Language == t.MainLanguage {
			others -= l.Documents
		}
	}
	return t.UnclearLanguages > 0 && 100*others >= len(t.Documents) && 20*(others+t.UnclearLanguages) >= len(t.Documents)
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
var textOptions = strings.Fields(`language lemmas stop-words extra-stop-words no-stem keep split min-length min-df max-df max-features
	ngram-range phrases phrase-min-count phrase-threshold token-pattern weighting`)
