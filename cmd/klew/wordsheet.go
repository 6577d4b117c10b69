package main

import (
	"fmt"
	"strings"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/topics"
	"klew/vectorize"
)

// facts is the sheet of a word, without its parts.
func (d *dwelling) facts(a *lookup.Word, m *topics.Model) sheet {
	s := sheet{thing: column{"term", a.Typed}}
	var shown, stem, occurs, df any
	if a.Row >= 0 {
		shown = m.Vocabulary.Terms[a.Row].Shown()
	}
	if a.Stem != "" {
		stem = a.Stem
	}
	if a.Row >= 0 || a.Again && a.Stem != "" {
		occurs, df = a.Count, a.DF
	}
	s.facts = []column{{"term", a.Typed}, {"status", a.Status}, {"shown", shown}, {"stem", stem}, {"count", occurs}, {"df", df}}
	s.title, s.shown = d.inWords(a, m)
	return s
}

// inWords says what is known of the word, for the eye.
func (d *dwelling) inWords(a *lookup.Word, m *topics.Model) (title string, lines []string) {
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
		return a.Typed + " was pruned", []string{
			fmt.Sprintf("%s in %s", print.Count(a.Count, "token"), print.Count(a.DF, "document")),
			fmt.Sprintf("the limits were --min-df %s, --max-df %s, --max-features %d", o.MinDF, o.MaxDF, o.MaxFeatures)}
	case lookup.NeverSeen:
		return a.Typed + " was never seen", []string{"it is in none of the texts that are there"}
	}
	return a.Typed + " is not in the vocabulary", []string{"it was pruned or never seen: the texts would tell"}
}

func (d *dwelling) topicsPart(a *lookup.Word, m *topics.Model, labels []string) part {
	p := part{name: "topics", title: "Topics", header: []string{"topic", "label", "of_term", "of_topic", "rank"}}
	if a.Row >= 0 {
		p.note = "no topic has weight on it"
		for _, x := range m.Places(a.Row) {
			p.add(m.Number(x.Topic), labels[x.Topic], x.OfTerm, x.OfTopic, x.Rank)
		}
	}
	return p
}

func (d *dwelling) forms(a *lookup.Word, m *topics.Model) part {
	p := part{name: "forms", title: "How it is written", header: []string{"form", "count"}}
	if a.Row >= 0 {
		for _, f := range m.Vocabulary.Terms[a.Row].Forms {
			p.add(f.Text, f.Count)
		}
	}
	return p
}

// documents are those with most of the word: by what was counted, or else by what the
// model expects.
func (d *dwelling) documentsPart(a *lookup.Word, m *topics.Model) part {
	p := part{name: "documents", title: "Documents", header: []string{"document", "count", "expected", "tokens", "topic"}}
	counts := a.Occurrences(m, d.documents)
	if !a.Again && len(counts) > 0 {
		p.title = "Documents, by what the model expects"
	}
	for _, c := range counts {
		var occurs, expected, topic any
		if c.Count >= 0 {
			occurs = c.Count
		}
		if a.Row >= 0 {
			expected = c.Expected
		}
		if k := m.First(c.Document); k >= 0 {
			topic = m.Number(k)
		}
		document := &m.Documents[c.Document]
		p.add(document.ID, occurs, expected, document.Tokens, topic)
	}
	return p
}

func (d *dwelling) suggestionsPart(a *lookup.Word, m *topics.Model) part {
	p := part{name: "suggestions", title: "Written alike", header: []string{"suggestion", "count"}}
	if a.Row >= 0 || a.Stem == "" { // what is no term is not misspelt
		return p
	}
	for _, row := range m.Vocabulary.Near(a.Typed, d.suggestions) {
		t := &m.Vocabulary.Terms[row]
		p.add(t.Shown(), t.Count)
	}
	return p
}
