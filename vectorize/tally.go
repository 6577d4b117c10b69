package vectorize

import (
	"strings"

	"klew/corpus"

	"golang.org/x/text/unicode/norm"
)

// tally counts the documents that one goroutine is given. Terms have numbers of its
// own, in the order in which it meets them; merge brings several tallies together.
type tally struct {
	options  *Options
	lists    *stopWordLists
	lexicons map[string]*lexicon
	main     *lexicon
	detector *detector // nil unless the language is found out

	grams map[string]int32 // n-gram of forms to its form
	forms []tallyForm
	names map[string]int32 // stem to its term
	terms []tallyTerm

	documents []tallyDocument
	languages map[string]int // of how many documents
	unclear   int            // documents that may be in another language than they were counted in
	entries   []entry

	sequence []int32 // the forms of the document at hand that are terms
	never    []int32 // and those that never are

	held      []held // if phrases are looked for
	heldForms []int32
	phrases   map[uint64]bool

	gram []byte
	keys []uint64
}

// tallyForm is a token, or an n-gram of them.
type tallyForm struct {
	text  string // as it would be shown
	term  int32  // or one of the reasons below
	count int
}

// Why a token is no term.
const (
	stopWord int32 = -1 - iota
	tooShort
)

type tallyTerm struct {
	stem  string
	df    int
	count int
	entry int // the last one
}

// entry is a term's count in a document.
type entry struct{ term, count int32 }

// tallyDocument is small: there may be millions.
type tallyDocument struct {
	from   int // of its entries
	size   int32
	number int32
	tokens int32 // without stop words
}

// of are the entries of the document among those of its tally.
func (d tallyDocument) of(all []entry) []entry { return all[d.from : d.from+int(d.size)] }

// newTally makes the tally of one goroutine; main is the language unless it is found out
// that a document has another.
func newTally(o *Options, l *stopWordLists, main string) *tally {
	t := &tally{
		options:   o,
		lists:     l,
		lexicons:  map[string]*lexicon{},
		languages: map[string]int{},
		grams:     map[string]int32{},
		names:     map[string]int32{},
	}
	if o.FindsLanguage() {
		t.detector = newDetector(o, l.byStopWord)
	}
	t.main = t.lexicon(main)
	return t
}

// lexicon returns that of a language.
func (t *tally) lexicon(code string) *lexicon {
	l := t.lexicons[code]
	if l == nil {
		l = newLexicon(code, t.lists)
		t.lexicons[code] = l
	}
	return l
}

// add counts a document.
func (t *tally) add(number int, d corpus.Document) {
	language := t.cut(d.Text)
	t.languages[language]++
	t.documents = append(t.documents, tallyDocument{number: int32(number)})
	if t.options.Phrases {
		t.hold(t.sequence)
		return
	}
	t.countSequence(&t.documents[len(t.documents)-1])
}

// countSequence counts the terms of the sequence in a document, and their n-grams.
func (t *tally) countSequence(document *tallyDocument) {
	document.from = len(t.entries)
	t.eachTerm(func(form int32) {
		t.count(form, document.from)
		document.tokens++
	})
	document.size = int32(len(t.entries) - document.from)
}

// eachTerm calls do for each term of the sequence, and for its n-grams.
func (t *tally) eachTerm(do func(form int32)) {
	ngrams := t.options.NGrams
	if ngrams.From == 1 {
		for _, form := range t.sequence {
			do(form)
		}
	}
	for n := max(ngrams.From, 2); n <= min(ngrams.To, len(t.sequence)); n++ {
		for i := range len(t.sequence) - n + 1 {
			do(t.gramOf(t.sequence[i : i+n]))
		}
	}
}

// cut makes the sequence of a text, and returns its language. What turns out to be in
// another than the main one is cut once more.
func (t *tally) cut(text string) string {
	l := t.main
	stops := t.sequenceOf(text, l)
	if t.detector != nil && mayDiffer(l.code, stops, len(t.never)+len(t.sequence)) {
		if code := t.detector.language(text, l.code); code != l.code {
			l = t.lexicon(code)
			t.sequenceOf(text, l)
		}
		if t.detector.unclear {
			t.unclear++
		}
	}
	for _, form := range t.never {
		t.forms[form].count++
	}
	return l.code
}

// sequenceOf cuts a text by a language. The forms that are terms are the sequence, those
// that never are stand beside it; of these it returns how many are stop words.
func (t *tally) sequenceOf(text string, l *lexicon) (stops int) {
	t.sequence, t.never = t.sequence[:0], t.never[:0]
	new := t.newWord
	l.tokens.cut(text, func(token []byte) {
		form := l.lookUp(token, new)
		if form >= 0 {
			t.sequence = append(t.sequence, form)
			return
		}
		if t.forms[^form].term == stopWord {
			stops++
		}
		t.never = append(t.never, ^form)
		if t.options.Phrases {
			t.sequence = append(t.sequence, apart)
		}
	})
	return stops
}

// count enters one occurrence in the document whose entries begin at from.
func (t *tally) count(form int32, from int) {
	t.forms[form].count++
	number := t.forms[form].term
	term := &t.terms[number]
	term.count++
	if term.df > 0 && term.entry >= from {
		t.entries[term.entry].count++
		return
	}
	term.df++
	term.entry = len(t.entries)
	t.entries = append(t.entries, entry{number, 1})
}

// newWord makes a form of a token that has not been met before in its language, which is
// the only time that it is looked up among the stop words and stemmed. The number of one
// that never is a term is inverted, so that most tokens are told without a look at it.
func (t *tally) newWord(l *lexicon, token string) int32 {
	text := norm.NFC.String(token)
	if t.options.Rules > FoldRules {
		text = withoutHabits(text, l.code)
	}
	if t.options.Rules > StopWordRules && !isASCII(text) {
		text = greekForms.Replace(text)
	}
	text = mendToken(text, l.code)
	form := tallyForm{text: text}
	lemma, known := t.lemma(text, l.code)
	switch {
	case l.isStop(token, text) || known && l.isStop(lemma, lemma):
		form.term = stopWord
	case t.isShort(text):
		form.term = tooShort
	case t.options.Stem:
		form.term = t.term(stemToken(lemma, l.code))
	default:
		form.term = t.term(lemma)
	}
	if form.term < 0 {
		return ^t.newForm(form)
	}
	return t.newForm(form)
}

// lemma is what a word is counted as: its lemma, or that of its stem, so that colours is color if
// colour is.
func (t *tally) lemma(text, code string) (lemma string, known bool) {
	if len(t.options.Lemmas) == 0 {
		return text, false
	}
	if lemma, known = t.options.Lemmas[text]; known {
		return lemma, true
	}
	if t.options.Stem {
		if lemma, known = t.options.Lemmas[stemToken(text, code)]; known {
			return lemma, true
		}
	}
	return text, false
}

// isShort reports whether what is left of a token is too short. A token pattern decides
// by itself, unless a length beyond the default is asked for.
func (t *tally) isShort(text string) bool {
	least := t.options.minLength()
	if t.options.TokenPattern != "" && least <= defaultMinLength {
		return text == ""
	}
	return characters(text) < least
}

// gramOf returns the form of several words in a row.
func (t *tally) gramOf(words []int32) int32 {
	t.gram = t.gram[:0]
	for _, w := range words {
		t.gram = append(t.gram, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	if form, known := t.grams[string(t.gram)]; known {
		return form
	}
	texts, stems := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		texts[i], stems[i] = t.forms[w].text, t.terms[t.forms[w].term].stem
	}
	form := tallyForm{text: strings.Join(texts, "_"), term: t.term(strings.Join(stems, "_"))}
	number := t.newForm(form)
	t.grams[string(t.gram)] = number
	return number
}

func (t *tally) newForm(form tallyForm) int32 {
	t.forms = append(t.forms, form)
	return int32(len(t.forms) - 1)
}

func (t *tally) term(stem string) int32 {
	number, known := t.names[stem]
	if !known {
		number = int32(len(t.terms))
		t.terms = append(t.terms, tallyTerm{stem: stem})
		t.names[stem] = number
	}
	return number
}
