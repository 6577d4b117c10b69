package lookup

import (
	"cmp"
	"slices"
	"strings"

	"klew/topics"
	"klew/vectorize"
)

// What is known of a word that was asked for.
const (
	KnownWord    = "known"
	NoWord       = "no word"
	SeveralWords = "several words"
	PrunedWord   = "pruned"
	NeverSeen    = "never seen"
	UnknownWord  = "unknown"
)

// Word is a word that a user asks for.
type Word struct {
	Typed, Status string
	Row           int    // in the vocabulary, or -1
	Stem          string // also if the vocabulary does not hold it
	// Count is how often it is in the texts, DF in how many documents.
	Count, DF int
	counts    []Occurrence
	Again     bool // the texts have been counted again
}

// Occurrence is how often a document has a word; -1 if that is not known.
type Occurrence struct {
	Document, Count int
	Expected        float64
}

// FindWords finds words in the vocabulary: by the way they are written there, by cutting
// them as texts are cut, or as stems.
func FindWords(m *topics.Model, typed []string) ([]Word, error) {
	cutter, err := vectorize.NewCutter(m.Vocabulary, m.Origin.Counting)
	if err != nil {
		return nil, err
	}
	free := m.Origin.Counting
	free.MinLength = 1
	freely, err := vectorize.NewCutter(m.Vocabulary, free)
	if err != nil {
		return nil, err
	}
	var all []Word
	for _, word := range typed {
		a := Word{Typed: word, Row: rowOf(m.Vocabulary, cutter, word)}
		if a.Row >= 0 {
			t := &m.Vocabulary.Terms[a.Row]
			a.Status, a.Stem, a.Count, a.DF = KnownWord, t.Stem, t.Count, t.DF
		} else {
			a.Status, a.Stem = statusOf(cutter.Outcomes(word), freely.Outcomes(word))
		}
		all = append(all, a)
	}
	return all, nil
}

// rowOf is the row of a word that was typed, or -1.
func rowOf(v *vectorize.Vocabulary, cutter *vectorize.Cutter, word string) int {
	if row, ok := v.FindForm(word); ok {
		return row
	}
	if stems := stemsOf(cutter.Outcomes(word)); len(stems) == 1 {
		if row, ok := v.Find(stems[0]); ok {
			return row
		}
	}
	if row, ok := v.Find(strings.ToLower(word)); ok {
		return row
	}
	return -1
}

// stemsOf are the stems of those that are terms.
func stemsOf(outcomes []vectorize.Outcome) (stems []string) {
	for _, f := range outcomes {
		if f.Stem != "" {
			stems = append(stems, f.Stem)
		}
	}
	return stems
}

// statusOf says why a word is in no vocabulary, or what its stem would be there. freely has
// what becomes of it where no word is too short.
func statusOf(outcomes, freely []vectorize.Outcome) (status, stem string) {
	switch stems := stemsOf(outcomes); {
	case len(stems) > 1:
		return SeveralWords, ""
	case len(stems) == 1:
		return UnknownWord, stems[0]
	case len(outcomes) > 0:
		return outcomes[0].Reason, ""
	case len(freely) > 0:
		return vectorize.TooShort, ""
	}
	return NoWord, ""
}

// settle tells pruned words from those that were never seen, once the texts were counted.
func (a *Word) settle() {
	a.Again = true
	switch {
	case a.Status != UnknownWord:
	case a.Count > 0:
		a.Status = PrunedWord
	default:
		a.Status = NeverSeen
	}
}

// Occurrences are the n documents with most of the word: by what was counted, or else by what
// the model expects.
func (a *Word) Occurrences(m *topics.Model, n int) []Occurrence {
	counts := a.counts
	if a.Row >= 0 && !a.Again && n > 0 {
		for j := range m.Documents {
			if x := m.Expected(a.Row, j); x > 0 {
				counts = append(counts, Occurrence{j, -1, x})
			}
		}
	}
	slices.SortStableFunc(counts, func(x, y Occurrence) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(float32(y.Expected), float32(x.Expected)))
	})
	return counts[:min(n, len(counts))]
}
