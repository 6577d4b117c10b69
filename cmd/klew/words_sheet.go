package main

import (
	"fmt"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/topics/tables"
	"klew/vectorize"
)

// sheet says what there is to say of a word.
func (d *wordsCommand) sheet(m *topics.Model, a *lookup.Word, labels []string) print.Sheet {
	w := tables.AskedWord{Typed: a.Typed, Status: a.Status, Row: a.Row, Stem: a.Stem, Count: a.Count, DF: a.DF, Counted: a.Again}
	for _, o := range a.Occurrences(m, d.documents) {
		w.Documents = append(w.Documents, tables.WordCount(o))
	}
	s := print.Sheet{Sheet: w.Sheet(m, labels, d.suggestions)}
	s.Title, s.Lines = d.inWords(a, m)
	for i, title := range []string{"Topics", "How it is written", "Documents", "Written alike"} {
		s.Looks = append(s.Looks, print.LookOf(title, s.Parts[i]))
	}
	if a.Row >= 0 {
		s.Looks[0].Note = "no topic has weight on it"
		if !a.Again {
			s.Looks[2].Title = "Documents, by what the model expects"
		}
	}
	return s
}

// inWords says what is known of the word, for the eye.
func (d *wordsCommand) inWords(a *lookup.Word, m *topics.Model) (title string, lines []string) {
	o := m.Origin.Counting
	switch a.Status {
	case lookup.KnownWord:
		t := &m.Vocabulary.Terms[a.Row]
		title = a.Typed
		if !strings.EqualFold(t.Shown(), a.Typed) {
			title += ": shown as " + t.Shown()
		}
		return title, []string{fmt.Sprintf("%s in %s of %s, stem %s", print.Count(t.Count, "token"), print.Grouped(t.DF), print.Count(m.Vocabulary.Documents, "document"), t.Stem)}
	case vectorize.StopWord:
		return a.Typed + " is a stop word", []string{"left out as carrying no topic; klew fit --stop-words FILE takes a list of your own"}
	case vectorize.TooShort:
		return a.Typed + " is too short", []string{"klew fit --min-length keeps shorter words"}
	case lookup.NoWord:
		return a.Typed + " is no word", []string{"numbers, URLs and signs are left out; see klew fit --keep and --split"}
	case lookup.SeveralWords:
		return a.Typed + " is several words", []string{"and no phrase of the model: ask for each (klew fit --phrases finds phrases)"}
	case lookup.PrunedWord:
		limit := o.Limit(a.DF, m.Vocabulary.Documents)
		if limit == "" {
			limit = fmt.Sprintf("--max-features %d, or another option", o.MaxFeatures)
		}
		return a.Typed + " was pruned", []string{
			fmt.Sprintf("%s in %s of %s", print.Count(a.Count, "token"), print.Grouped(a.DF), print.Count(m.Vocabulary.Documents, "document")),
			"what left it out: " + limit}
	case lookup.NeverSeen:
		return a.Typed + " was never seen", []string{"it is in none of the texts that are there"}
	}
	return a.Typed + " is not in the vocabulary", []string{"it was pruned or never seen: the texts would tell"}
}
