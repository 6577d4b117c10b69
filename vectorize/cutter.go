package vectorize

import (
	"cmp"
	"fmt"
)

// Cutter cuts texts into the terms of a vocabulary, one after another as they stand
// there, where a Table only has their counts: for what asks which terms stand close
// together, and where. It is for one goroutine at a time.
type Cutter struct {
	vocabulary *Vocabulary
	tally      *tally
	rows       []int32 // of the tally's terms
}

// NewCutter makes a cutter for a vocabulary and the options by which it was counted.
func NewCutter(v *Vocabulary, o Options) (*Cutter, error) {
	if err := o.Validate(); err != nil {
		return nil, fmt.Errorf("vectorize: %w", err)
	}
	t := newTally(&o, newLists(&o), cmp.Or(o.mainLanguage(), "en"))
	for _, p := range v.Phrases { // which are found among terms that are known
		t.term(p.First)
		t.term(p.Second)
	}
	t.setPhrases(v.Phrases)
	return &Cutter{vocabulary: v, tally: t}, nil
}

// Rows returns the rows of a text's tokens in the vocabulary, -1 for those that it does
// not hold. Stop words, and tokens that are too short, are left out, as Document.Tokens
// and Unknown leave them out. With n-grams all of one length come before those of the
// next. The slice is the caller's.
func (c *Cutter) Rows(text string) []int32 {
	c.cut(text)
	return c.sequenceRows()
}

// cut makes the sequence of a text, and returns the lexicon by which it was made.
func (c *Cutter) cut(text string) *lexicon {
	t := c.tally
	language := t.cut(text)
	if t.options.Phrases {
		t.joinPhrases(append([]int32(nil), t.sequence...))
	}
	return t.lexicon(language)
}

// sequenceRows are the rows of the terms of the sequence, and of their n-grams.
func (c *Cutter) sequenceRows() []int32 {
	rows := make([]int32, 0, len(c.tally.sequence))
	c.tally.eachTerm(func(form int32) { rows = append(rows, c.row(c.tally.forms[form].term)) })
	return rows
}

// row is that of a term of the tally, which is looked up once.
func (c *Cutter) row(term int32) int32 {
	for int(term) >= len(c.rows) {
		row, known := c.vocabulary.Find(c.tally.terms[len(c.rows)].stem)
		if !known {
			row = -1
		}
		c.rows = append(c.rows, int32(row))
	}
	return c.rows[term]
}
