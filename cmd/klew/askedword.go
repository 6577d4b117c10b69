package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/vectorize"
)

// What is known of a word that was asked for.
const (
	knownWord    = "known"
	noWord       = "no word"
	severalWords = "several words"
	prunedWord   = "pruned"
	neverSeen    = "never seen"
	unknownWord  = "unknown"
)

// askedWord is a word that a user asks for.
type askedWord struct {
	typed, status string
	row           int    // in the vocabulary, or -1
	stem          string // also if the vocabulary does not hold it
	// count is how often it is in the texts, df in how many documents.
	count, df int
	counts    []documentCount
	again     bool // the texts have been counted again
}

// documentCount is how often a document has a word; -1 if that is not known.
type documentCount struct {
	document, count int
	expected        float64
}

// lookUp finds words in the vocabulary: by the way they are written there, by cutting
// them as texts are cut, or as stems.
func lookUp(m *topics.Model, typed []string) ([]askedWord, error) {
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
	var all []askedWord
	for _, word := range typed {
		a := askedWord{typed: word, row: rowOf(m.Vocabulary, cutter, word)}
		if a.row >= 0 {
			t := &m.Vocabulary.Terms[a.row]
			a.status, a.stem, a.count, a.df = knownWord, t.Stem, t.Count, t.DF
		} else {
			a.status, a.stem = fate(cutter.Fates(word), freely.Fates(word))
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
	if stems := stemsOf(cutter.Fates(word)); len(stems) == 1 {
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
func stemsOf(fates []vectorize.Fate) (stems []string) {
	for _, f := range fates {
		if f.Stem != "" {
			stems = append(stems, f.Stem)
		}
	}
	return stems
}

// fate says why a word is in no vocabulary, or what its stem would be there. freely has
// what becomes of it where no word is too short.
func fate(fates, freely []vectorize.Fate) (status, stem string) {
	switch stems := stemsOf(fates); {
	case len(stems) > 1:
		return severalWords, ""
	case len(stems) == 1:
		return unknownWord, stems[0]
	case len(fates) > 0:
		return fates[0].Reason, ""
	case len(freely) > 0:
		return vectorize.TooShort, ""
	}
	return noWord, ""
}

// settle tells pruned words from those that were never seen, if the texts were counted.
func (a *askedWord) settle(counted bool) {
	a.again = counted
	switch {
	case a.status != unknownWord || !counted:
	case a.count > 0:
		a.status = prunedWord
	default:
		a.status = neverSeen
	}
}

// facts is the sheet of a word, without its parts.
func (a *askedWord) facts(m *topics.Model) sheet {
	s := sheet{thing: column{"term", a.typed}}
	var shown, stem, occurs, df any
	if a.row >= 0 {
		shown = m.Vocabulary.Terms[a.row].Shown()
	}
	if a.stem != "" {
		stem = a.stem
	}
	if a.row >= 0 || a.again && a.stem != "" {
		occurs, df = a.count, a.df
	}
	s.facts = []column{{"term", a.typed}, {"status", a.status}, {"shown", shown}, {"stem", stem}, {"count", occurs}, {"df", df}}
	s.title, s.shown = a.inWords(m)
	return s
}

// inWords says what is known of the word, for the eye.
func (a *askedWord) inWords(m *topics.Model) (title string, lines []string) {
	o := m.Origin.Counting
	switch a.status {
	case knownWord:
		t := &m.Vocabulary.Terms[a.row]
		title = a.typed
		if !strings.EqualFold(t.Shown(), a.typed) {
			title += ": shown as " + t.Shown()
		}
		return title, []string{fmt.Sprintf("%s in %s of %s, stem %s", print.Count(t.Count, "token"), print.Grouped(t.DF), print.Count(m.Vocabulary.Documents, "document"), t.Stem)}
	case vectorize.StopWord:
		return a.typed + " is a stop word", []string{"left out as carrying no topic; klew fit --stop-words FILE takes a list of your own"}
	case vectorize.TooShort:
		return a.typed + " is too short", []string{"klew fit --min-length keeps shorter words"}
	case noWord:
		return a.typed + " is no word", []string{"numbers, URLs and signs are left out; see klew fit --keep and --split"}
	case severalWords:
		return a.typed + " is several words", []string{"and no phrase of the model: ask for each (klew fit --phrases finds phrases)"}
	case prunedWord:
		return a.typed + " was pruned", []string{
			fmt.Sprintf("%s in %s", print.Count(a.count, "token"), print.Count(a.df, "document")),
			fmt.Sprintf("the limits were --min-df %s, --max-df %s, --max-features %d", o.MinDF, o.MaxDF, o.MaxFeatures)}
	case neverSeen:
		return a.typed + " was never seen", []string{"it is in none of the texts that are there"}
	}
	return a.typed + " is not in the vocabulary", []string{"it was pruned or never seen: the texts would tell"}
}

func (a *askedWord) topics(m *topics.Model, labels []string) part {
	p := part{name: "topics", title: "Topics", header: []string{"topic", "label", "of_term", "of_topic", "rank"}}
	if a.row >= 0 {
		p.note = "no topic has weight on it"
		for _, x := range m.Places(a.row) {
			p.add(m.Number(x.Topic), labels[x.Topic], x.OfTerm, x.OfTopic, x.Rank)
		}
	}
	return p
}

func (a *askedWord) forms(m *topics.Model) part {
	p := part{name: "forms", title: "How it is written", header: []string{"form", "count"}}
	if a.row >= 0 {
		for _, f := range m.Vocabulary.Terms[a.row].Forms {
			p.add(f.Text, f.Count)
		}
	}
	return p
}

// documents are those with most of the word: by what was counted, or else by what the
// model expects.
func (a *askedWord) documents(m *topics.Model, n int) part {
	p := part{name: "documents", title: "Documents", header: []string{"document", "count", "expected", "tokens", "topic"}}
	counts := a.counts
	if a.row >= 0 && !a.again && n > 0 {
		p.title = "Documents, by what the model expects"
		for j := range m.Documents {
			if x := m.Expected(a.row, j); x > 0 {
				counts = append(counts, documentCount{j, -1, x})
			}
		}
	}
	slices.SortStableFunc(counts, func(x, y documentCount) int {
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(float32(y.expected), float32(x.expected)))
	})
	for _, c := range counts[:min(n, len(counts))] {
		var occurs, expected, topic any
		if c.count >= 0 {
			occurs = c.count
		}
		if a.row >= 0 {
			expected = c.expected
		}
		if k := m.First(c.document); k >= 0 {
			topic = m.Number(k)
		}
		p.add(m.Documents[c.document].ID, occurs, expected, m.Documents[c.document].Tokens, topic)
	}
	return p
}

func (a *askedWord) suggestions(m *topics.Model, n int) part {
	p := part{name: "suggestions", title: "Written alike", header: []string{"suggestion", "count"}}
	if a.row >= 0 || a.stem == "" { // what is no term is not misspelt
		return p
	}
	for _, row := range m.Vocabulary.Near(a.typed, n) {
		t := &m.Vocabulary.Terms[row]
		p.add(t.Shown(), t.Count)
	}
	return p
}
