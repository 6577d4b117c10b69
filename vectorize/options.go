package vectorize

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"klew/corpus/spelling"
)

// Weighting says what an entry of V is.
type Weighting string

const (
	// CountWeighting enters how often the term occurs in the document.
	CountWeighting Weighting = "count"
	// BinaryWeighting enters 1 if it occurs.
	BinaryWeighting Weighting = "binary"
	// LogWeighting enters 1 + log(count).
	LogWeighting Weighting = "log"
	// TFIDFWeighting enters count · (1 + log((1+n)/(1+df))), for n documents of which
	// df have the term, with each document scaled to length 1: as scikit-learn does.
	TFIDFWeighting Weighting = "tfidf"
	// BM25Weighting enters log(1 + (n-df+0.5)/(df+0.5)) · count·2.2 / (count + 1.2·(0.25 +
	// 0.75·length)), with the length of the document in mean lengths.
	BM25Weighting Weighting = "bm25"
)

// Weightings lists every Weighting.
var Weightings = []Weighting{CountWeighting, BinaryWeighting, LogWeighting, TFIDFWeighting, BM25Weighting}

// defaultPhraseMinCount is how often a phrase must occur unless Options.PhraseMinCount says
// otherwise.
const defaultPhraseMinCount = 10

// The values of Options.Rules.
const (
	// FirstRules cut URLs and e-mail addresses into words, and take a run of Chinese or
	// Thai for one. They know neither Keep nor Split.
	FirstRules = iota
	// WordRules are CurrentRules, but that compatible characters (ﬁ, ｈ) and all apostrophes but
	// ' and ’ are taken as they are, and that scripts of several languages do not bear on the
	// language of a document, to which a stop word counts as often as it comes.
	WordRules
	// FoldRules are CurrentRules, but that old letters (ſ, ĳ, and œ in French), marks of stress in
	// Cyrillic, and the strokes and points of Arabic and Hebrew are taken as they are.
	FoldRules
	// StopWordRules are CurrentRules, but that only stop words, and not the letters of the other
	// words, bear on the language of a document, and that µ and other forms of Greek letters (ϐ) are
	// taken as they are.
	StopWordRules
	// LetterRules are CurrentRules, but that texts in scripts of none of the languages, such as
	// Devanagari, count as Arabic, whose marks are left out.
	LetterRules
	CurrentRules
)

// Options are the choices of Count. Defaults returns them filled in.
type Options struct {
	// Language is one of Languages: it chooses the stop words and the stemmer. Auto finds
	// it out for each document, and several with commas between, "fr,en", are found out among.
	Language string `json:"language"`
	// MainLanguage is with Auto what a document is in unless it clearly is not; empty
	// means that most of the first documents tell.
	MainLanguage string `json:"main_language,omitempty"`
	// StopWords takes the place of the language's own list, unless nil.
	StopWords []string `json:"-"`
	// ExtraStopWords are added to that list.
	ExtraStopWords []string `json:"-"`
	// Banned are words whose terms are left out of the vocabulary, with all their forms.
	// Once it is there, they no longer matter.
	Banned []string `json:"-"`
	// Lemmas are what forms are counted as, both as ReadLemmas reads them; lemmas are stemmed as
	// other words are.
	Lemmas map[string]string `json:"lemmas,omitempty"`
	// Stem says whether tokens are stemmed.
	Stem bool `json:"stem"`
	// MinDF and MaxDF bound the number of documents that a term may occur in.
	MinDF Frequency `json:"min_df"`
	MaxDF Frequency `json:"max_df"`
	// MaxFeatures is the largest number of terms, of which the most frequent are
	// kept; 0 means no limit.
	MaxFeatures int `json:"max_features"`
	// NGrams is the least and the largest number of tokens in a term.
	NGrams Range `json:"ngram_range"`
	// Phrases joins tokens that stand side by side more often than chance would have it
	// to one term, in the place of the two.
	Phrases bool `json:"phrases,omitempty"`
	// PhraseMinCount is how often a phrase must occur; 0 means 10.
	PhraseMinCount int `json:"phrase_min_count,omitempty"`
	// PhraseThreshold is the least normalised pointwise mutual information of a phrase.
	PhraseThreshold float64 `json:"phrase_threshold,omitempty"`
	// Rules says by which rules of the package comment texts are cut: CurrentRules, or
	// FirstRules for models of klew 0.1, whose files do not name any.
	Rules int `json:"rules,omitempty"`
	// Keep are the kinds, of Keepable, that stay one token.
	Keep Kinds `json:"keep,omitempty"`
	// Split are the kinds, of Splittable, that are cut into their words.
	Split Kinds `json:"split,omitempty"`
	// MinLength is the least number of characters in a token; one that stands for a
	// syllable or a whole word, as in Chinese and Korean, counts for two. 0 means 2.
	MinLength int `json:"min_length,omitempty"`
	// TokenPattern is a regular expression (RE2) whose matches in the lower-case text
	// are the tokens, or whose first group is if it has one; empty means the rules of
	// the package comment.
	TokenPattern string `json:"token_pattern"`
	// Weighting says what an entry of V is.
	Weighting Weighting `json:"weighting"`
	// Threads is the number of goroutines that count; 0 means one for each processor.
	// It does not change the result.
	Threads int `json:"-"`
	// Progress, if set, is called with the number of documents read so far.
	Progress func(documents int) `json:"-"`
}

// Defaults returns the options that klew itself uses.
func Defaults() Options {
	return Options{
		Language: Auto,
		Stem:     true,
		MinDF:    Frequency{value: 2},                // a term of one document joins nothing
		MaxDF:    Frequency{value: 0.5, share: true}, // a term of most documents tells none apart
		NGrams:   Range{1, 1},
		Rules:    CurrentRules,

		MinLength:       defaultMinLength,
		PhraseMinCount:  defaultPhraseMinCount,
		PhraseThreshold: 0.5,
		Weighting:       CountWeighting,
	}
}

// Verbatim returns the options that leave words as they are and keep all of them:
// without stop words, stems and limits. They suit a vocabulary that was made elsewhere.
func Verbatim() Options {
	o := Defaults()
	o.Language, o.Stem, o.Split = "none", false, URLs|Emails
	o.MinDF, o.MaxDF = Frequency{value: 1}, Frequency{value: 1, share: true}
	return o
}

// Validate reports every fault of the options together.
func (o Options) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	o.validateLanguage(fault)
	if o.MaxFeatures < 0 {
		fault("%d terms at most: must be 0 (no limit) or more", o.MaxFeatures)
	}
	if o.NGrams.From < 1 || o.NGrams.To < o.NGrams.From || o.NGrams.To > MaxNGram {
		fault("n-gram range %s: must lie between 1 and %d", o.NGrams, MaxNGram)
	}
	if err := spelling.OneOf(o.Weighting, Weightings); err != nil {
		fault("weighting %w", err)
	}
	o.validateTokens(fault)
	if o.PhraseMinCount < 0 {
		fault("phrases that occur %d times: must be 0 (%d) or more", o.PhraseMinCount, defaultPhraseMinCount)
	}
	if !(o.PhraseThreshold >= -1 && o.PhraseThreshold <= 1) {
		fault("phrase threshold %v: must lie between -1 and 1", o.PhraseThreshold)
	}
	if o.Threads < 0 {
		fault("%d threads: must be 0 (all) or more", o.Threads)
	}
	return errors.Join(faults...)
}

func (o *Options) validateLanguage(fault func(format string, args ...any)) {
	if several := o.choices(); strings.Contains(o.Language, ",") {
		for _, code := range several {
			if err := spelling.OneOf(code, knownLanguages()); err != nil {
				fault("language %w", err)
			}
		}
	} else if err := spelling.OneOf(o.Language, Languages()); err != nil {
		fault("language %w", err)
	}
	if _, ok := languages[o.MainLanguage]; !ok && o.MainLanguage != "" {
		fault("main language %w", spelling.OneOf(o.MainLanguage, knownLanguages()))
	}
}

// FindsLanguage reports whether the language is found out for each document.
func (o *Options) FindsLanguage() bool {
	return o.Language == Auto || strings.Contains(o.Language, ",")
}

// choices are the languages that a document may be found to be in.
func (o *Options) choices() []string {
	if !strings.Contains(o.Language, ",") {
		return knownLanguages()
	}
	var codes []string
	for code := range strings.SplitSeq(o.Language, ",") {
		codes = append(codes, strings.TrimSpace(code))
	}
	return codes
}

// validateTokens reports the faults of what tokens are.
func (o *Options) validateTokens(fault func(format string, args ...any)) {
	if _, err := regexp.Compile(o.TokenPattern); err != nil {
		fault("token pattern: %w", err)
	}
	if o.Rules < FirstRules || o.Rules > CurrentRules {
		fault("rules %d: must be from %d to %d; a newer klew may know them", o.Rules, FirstRules, CurrentRules)
	}
	if wrong := o.Keep &^ Keepable; wrong != 0 {
		fault("keep %s: must be of %s", wrong, Keepable)
	}
	if wrong := o.Split &^ Splittable; wrong != 0 {
		fault("split %s: must be of %s", wrong, Splittable)
	}
	if both := o.Keep & o.Split; both != 0 {
		fault("%s cannot be both kept and split", both)
	}
	if o.TokenPattern != "" && o.Keep|o.Split != 0 {
		fault("a token pattern says itself what a token is: it cannot go with keep or split")
	}
	if o.MinLength < 0 || o.MinLength > MaxLength {
		fault("minimum length %d: must be from 1 to %d", o.MinLength, MaxLength)
	}
}

// minLength is the least length in force. A token pattern decides itself, unless a length
// beyond the default is asked for.
func (o *Options) minLength() int {
	if o.MinLength == 0 {
		return defaultMinLength
	}
	return o.MinLength
}

// phraseMinCount is the least count of a phrase in force.
func (o *Options) phraseMinCount() int {
	if o.PhraseMinCount == 0 {
		return defaultPhraseMinCount
	}
	return o.PhraseMinCount
}

// Frequency is a number of documents, or a share of all of them. As text it is a
// count if it is a whole number without a point ("5"), and a share otherwise ("0.5").
type Frequency struct {
	value float64
	share bool
}

// ParseFrequency reads a frequency. A count is at least 0, a share from 0.0 to 1.0.
func ParseFrequency(text string) (Frequency, error) {
	var f Frequency
	err := f.Set(text)
	return f, err
}

// Set reads a frequency, and makes it one that a command line can set.
func (f *Frequency) Set(text string) error {
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= math.MaxInt32 {
		*f = Frequency{value: float64(n)}
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(x >= 0 && x <= 1) {
		return fmt.Errorf("%q is neither a number of documents (such as 5) nor a share of them (such as 0.05)", text)
	}
	*f = Frequency{value: x, share: true}
	return nil
}

// String is what ParseFrequency reads.
func (f Frequency) String() string {
	if !f.share {
		return strconv.Itoa(int(f.value))
	}
	text := strconv.FormatFloat(f.value, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// Type names the value on a command line.
func (f *Frequency) Type() string { return "count|share" }

// MarshalText and UnmarshalText keep it as text.
func (f Frequency) MarshalText() ([]byte, error)     { return []byte(f.String()), nil }
func (f *Frequency) UnmarshalText(text []byte) error { return f.Set(string(text)) }

// of is the number of documents out of n, not rounded.
func (f Frequency) of(n int) float64 {
	if f.share {
		return f.value * float64(n)
	}
	return f.value
}

// Limit is the option that leaves out a term of so many of the documents, in words: --min-df or
// --max-df with its value; empty if neither does.
func (o Options) Limit(df, documents int) string {
	switch {
	case float64(df) < o.MinDF.of(documents):
		return "--min-df " + o.MinDF.String()
	case float64(df) > o.MaxDF.of(documents):
		return "--max-df " + o.MaxDF.String()
	}
	return ""
}

// MaxNGram is the largest number of tokens in a term. Longer runs of words hardly ever
// occur twice, and each that occurs must be kept until all are counted.
const MaxNGram = 5

// Range is the least and the largest number of tokens in a term, as text "1,2".
type Range struct{ From, To int }

// Set reads a range: "1,2", or "2" for from 1 to 2.
func (r *Range) Set(text string) error {
	from, to, both := strings.Cut(text, ",")
	if !both {
		from, to = "1", text
	}
	a, errA := strconv.Atoi(strings.TrimSpace(from))
	b, errB := strconv.Atoi(strings.TrimSpace(to))
	if errA != nil || errB != nil || a < 1 || b < a || b > MaxNGram {
		return fmt.Errorf("%q is not a range of numbers of words such as 1,2 (at most %d)", text, MaxNGram)
	}
	*r = Range{a, b}
	return nil
}

// String is what Set reads.
func (r Range) String() string { return fmt.Sprintf("%d,%d", r.From, r.To) }

// Type names the value on a command line.
func (r *Range) Type() string { return "from,to" }

// MarshalText and UnmarshalText keep it as text.
func (r Range) MarshalText() ([]byte, error)     { return []byte(r.String()), nil }
func (r *Range) UnmarshalText(text []byte) error { return r.Set(string(text)) }
