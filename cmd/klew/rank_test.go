package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"klew/cmd/klew/internal/lookup"
	"klew/cmd/klew/internal/print"
	"klew/cmd/klew/internal/usage"
)

// trusted is the model made by hand, with what other fits have found of its topics.
func trusted(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "m.klew")
	m := handMade()
	m.Stability = []float64{1, 0.25}
	must(t, m.Save(path))
	return path
}

// As TestGolden, for what inspects topics and words. The texts of this model are nowhere.
func TestRankGolden(t *testing.T) {
	model := trusted(t)
	for name, args := range map[string][]string{
		"topics-stability":   {"topics", model},
		"topics-details":     {"topics", model, "--details"},
		"topics-frex":        {"topics", model, "--order", "frex", "--long"},
		"topics-relevance":   {"topics", model, "--order", "relevance", "--lambda", "0.3", "--typical", "0"},
		"topic":              {"topic", model, "1"},
		"topic-spread":       {"topic", model, "2", "--section", "spread"},
		"words":              {"words", model, "boat", "Sailing", "sailed", "the", "x", "42", "boatt", "boat bread"},
		"words-topics":       {"words", model, "boats", "bread", "--section", "topics"},
		"words-facts":        {"words", model, "boats", "brad", "--section", "facts"},
		"words-nothing-said": {"words", model, "brad", "--section", "documents"},
	} {
		for _, format := range print.Formats {
			t.Run(name+"/"+format, func(t *testing.T) {
				golden(t, name+"."+format, output(t, append(args, "--format", format)...))
			})
		}
	}
}

func TestRankHelpGolden(t *testing.T) {
	for _, command := range []string{"topic", "words"} {
		golden(t, "help-"+command+".txt", output(t, "help", command))
	}
}

// What is printed as JSON is JSON, with the same names as the columns of rows.
func TestSheetsAreJSON(t *testing.T) {
	model := trusted(t)
	var topic map[string]any
	must(t, json.Unmarshal([]byte(output(t, "topic", model, "1", "--format", "json")), &topic))
	for _, name := range append([]string{"topic", "label", "share", "stability", "entropy", "terms", "first_in"}, topicSections[1:]...) {
		if _, ok := topic[name]; !ok {
			t.Errorf("there is no %s in the topic's object", name)
		}
	}
	var words []map[string]any
	must(t, json.Unmarshal([]byte(output(t, "words", model, "boat", "zebra", "--format", "json")), &words))
	for _, word := range words {
		for _, name := range append([]string{"term", "status", "shown", "stem", "count", "df"}, wordSections[1:]...) {
			if _, ok := word[name]; !ok {
				t.Errorf("there is no %s in the word's object", name)
			}
		}
	}
	for line := range strings.Lines(output(t, "topic", model, "1", "--format", "jsonl")) {
		var row map[string]any
		must(t, json.Unmarshal([]byte(line), &row))
		if row["topic"] != 1.0 || row["section"] == nil {
			t.Errorf("a row without its topic or section: %s", line)
		}
	}
}

func TestTopicOf(t *testing.T) {
	m := handMade()
	labels := []string{"boats sailing", "bread boats"}
	for words, want := range map[string]int{"1": 0, "2": 1, "sailing": 0, "Bread": 1, "boats bread": 1, "boats sailing": 0} {
		if k, err := lookup.TopicArgument(m, labels, strings.Fields(words)); err != nil || k != want {
			t.Errorf("%q is topic %d, %v; want %d", words, k, err, want)
		}
	}
	for words, part := range map[string]string{
		"0": "topics 1 to 2", "3": "topics 1 to 2", "-1": "topics 1 to 2", "1 2": "no topic has", "whale": "no topic has",
		"boats": "1 (boats sailing), 2 (bread boats)", " ": "no topic has",
	} {
		_, err := lookup.TopicArgument(m, labels, []string{words})
		if !usage.IsMistake(err) || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v, want a mistake with %q", words, err, part)
		}
	}
}

// A word that no label has is looked for among the keywords.
func TestTopicOfKeyword(t *testing.T) {
	m := handMade()
	if k, err := lookup.TopicArgument(m, []string{"one", "two"}, []string{"sailing", "bread"}); err != nil || k != 1 {
		t.Errorf("topic %d, %v", k, err)
	}
}

// With the texts there, counts are those of the texts; the word that the limits left out
// is told from one that never was.
func TestWordsCounted(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{
		"a.txt": "bees and honey, honey and wax", "b.txt": "bees; wax: honey", "c.txt": "boats sail", "d.txt": "boats sail, a whale", "e.txt": "sail on",
	} {
		write(t, filepath.Join("notes", name), []byte(text))
	}
	output(t, "fit", "notes", "-k", "2", "--max-df", "1.0", "-o", "m.klew", "-q")
	var words []struct {
		Status    string
		Count, DF int
		Documents []struct {
			Document string
			Count    *int
			Expected *float64
		}
	}
	must(t, json.Unmarshal([]byte(output(t, "words", "m.klew", "honey", "whales", "zebra", "--format", "json")), &words))
	honey, whale, zebra := words[0], words[1], words[2]
	if honey.Status != lookup.KnownWord || honey.Count != 3 || len(honey.Documents) != 2 || honey.Documents[0].Document != "notes/a.txt" || *honey.Documents[0].Count != 2 {
		t.Errorf("honey: %+v", honey)
	}
	if whale.Status != lookup.PrunedWord || whale.Count != 1 || whale.DF != 1 || len(whale.Documents) != 1 || whale.Documents[0].Expected != nil {
		t.Errorf("whale: %+v", whale)
	}
	if zebra.Status != lookup.NeverSeen || zebra.Count != 0 || len(zebra.Documents) != 0 {
		t.Errorf("zebra: %+v", zebra)
	}
	must(t, json.Unmarshal([]byte(output(t, "words", "m.klew", "honey", "whales", "--no-texts", "--format", "json")), &words))
	if d := words[0].Documents; len(d) < 2 || d[0].Count != nil || *d[0].Expected < *d[1].Expected {
		t.Errorf("honey without the texts: %+v", d)
	}
	if words[1].Status != lookup.UnknownWord {
		t.Errorf("whales without the texts: %+v", words[1])
	}
}

// Texts that cannot be read again cost the sentences, and nothing else; an interrupt is one.
func TestTopicInterrupted(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "notes/a.txt", []byte("bees and honey"))
	write(t, "notes/b.txt", []byte("bees and honey"))
	output(t, "fit", "notes", "-k", "1", "--max-df", "1.0", "-o", "m.klew", "-q")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, said bytes.Buffer
	p := &print.Console{In: strings.NewReader(""), Out: &out, Err: &said}
	if code := run(ctx, []string{"topic", "m.klew", "1"}, p); code != exitInterrupted {
		t.Errorf("exit code %d: %s", code, said.String())
	}
}
