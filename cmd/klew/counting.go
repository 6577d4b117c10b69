package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"klew/vectorize"
)

// termFlags are the options of how terms are made and counted.
type termFlags struct {
	counting  vectorize.Options
	noStem    bool
	stopWords string
}

// addWords adds the options that bear on how text is counted.
func (t *termFlags) addWords(c *cobra.Command) {
	flags, v := c.Flags(), &t.counting
	flags.StringVar(&v.Language, "language", v.Language, "language of the texts, for stop words and stems: "+strings.Join(vectorize.Languages(), ", "))
	flags.StringVar(&t.stopWords, "stop-words", "", "a `file` of stop words, separated by blanks or lines, in place of the language's")
	flags.BoolVar(&t.noStem, "no-stem", false, "count words as they are, not by their stems")
	flags.Var(&v.NGrams, "ngram-range", "words in a term: 1,2 for single words and pairs")
	flags.StringVar(&v.TokenPattern, "token-pattern", v.TokenPattern, "a regular `expression` that finds the words in the text in lower case (default: letters, digits after them, inner apostrophes)")
}

// addLimits adds those that choose among the counts, and weigh them.
func (t *termFlags) addLimits(c *cobra.Command) {
	flags, v := c.Flags(), &t.counting
	flags.Var(&v.MinDF, "min-df", "leave out terms in fewer documents than this count or share")
	flags.Var(&v.MaxDF, "max-df", "leave out terms in more documents than this count or share (1.0: none)")
	flags.IntVar(&v.MaxFeatures, "max-features", v.MaxFeatures, "keep only so many terms, the most frequent (0: all)")
	flags.StringVar((*string)(&v.Weighting), "weighting", string(v.Weighting), "what to enter for a term in a document: "+join(vectorize.Weightings))
}

// prepareTerms checks the options and reads the stop words.
func (t *termFlags) prepareTerms(threads int) error {
	if t.stopWords == "-" {
		return usageError{errors.New("--stop-words -: standard input is for texts; name a file")}
	}
	t.counting.Stem = !t.noStem
	t.counting.Threads = threads
	if t.stopWords != "" {
		words, err := readWords(t.stopWords)
		if err != nil {
			return fmt.Errorf("reading the stop words: %w", err)
		}
		t.counting.StopWords = words
	}
	if err := t.counting.Validate(); err != nil {
		return usageError{err}
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
