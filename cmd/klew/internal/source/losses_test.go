package source

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"klew/cmd/klew/internal/print"
	"klew/vectorize"
)

// said is what SayLosses tells of documents with numbers of counted words and of others, for k
// topics, by the first words of each line.
func said(t *testing.T, k int, segment string, dropped []vectorize.Dropped, documents ...vectorize.Document) (lines []string) {
	t.Helper()
	var out bytes.Buffer
	var in Input
	in.Console = &print.Console{Err: &out}
	in.Counting = vectorize.Defaults()
	in.Texts.Options.Segment = segment
	in.SayLosses(&vectorize.Table{Documents: documents, Dropped: dropped}, k)
	for line := range strings.Lines(out.String()) {
		for _, kind := range []string{"--segment words:500 cuts", "hardly more", "counted word", "left out"} {
			if strings.Contains(line, kind) {
				lines = append(lines, kind)
			}
		}
	}
	return lines
}

// That languages are unclear is told of texts in several, and not of a few names among others.
func TestUnclearLanguagesAreTold(t *testing.T) {
	for _, test := range []struct {
		main, others, unclear int
		want                  bool
	}{{90, 5, 5, true}, {90, 5, 0, false}, {98, 0, 2, false}, {9800, 1, 900, false}, {960, 20, 29, false}, {950, 20, 30, true}} {
		var out bytes.Buffer
		table := &vectorize.Table{Documents: make([]vectorize.Document, test.main+test.others+test.unclear), MainLanguage: "en", UnclearLanguages: test.unclear,
			Languages: []vectorize.LanguageCount{{Language: "en", Documents: test.main + test.unclear}, {Language: "fr", Documents: test.others}}}
		sayLanguages(&print.Console{Err: &out}, vectorize.Options{Language: vectorize.Auto}, table)
		if got := strings.Contains(out.String(), "too few words to tell"); got != test.want {
			t.Errorf("%+v: told %v", test, got)
		}
	}
}

// Each loss is told from its border on, and not before.
func TestLosses(t *testing.T) {
	of := func(n int, counted, others int) (all []vectorize.Document) {
		for range n {
			all = append(all, vectorize.Document{Tokens: counted, Unknown: others})
		}
		return all
	}
	common := func(tokens int) []vectorize.Dropped {
		return []vectorize.Dropped{{Reason: vectorize.TooCommon, Tokens: tokens}}
	}
	for _, test := range []struct {
		name      string
		k         int
		segment   string
		dropped   []vectorize.Dropped
		documents []vectorize.Document
		want      []string
	}{
		{"nothing lost", 2, "", nil, of(10, 100, 0), nil},
		{"no documents", 2, "", nil, nil, nil},
		{"as many words left out as kept", 2, "", common(1000), of(10, 100, 0), nil},
		{"more", 2, "", common(1001), of(10, 100, 0), []string{"left out"}},
		{"stop words, which are left out by intent", 2, "", []vectorize.Dropped{{Reason: vectorize.StopWord, Tokens: 5000}}, of(10, 100, 0), nil},
		{"two documents for each topic", 5, "", nil, of(10, 100, 0), []string{"hardly more"}},
		{"and one more", 5, "", nil, of(11, 100, 0), nil},
		{"empty ones do not count", 5, "", nil, append(of(10, 100, 0), of(9, 0, 5)...), []string{"hardly more"}},
		{"one topic is no choice", 1, "", nil, of(2, 100, 0), nil},
		{"long documents", 2, "", nil, of(10, 9000, 1000), []string{"--segment words:500 cuts"}},
		{"a word less", 2, "", nil, of(10, 9000, 999), nil},
		{"that are segments", 2, "words:20000", nil, of(10, 9000, 1000), nil},
		{"less than half of them", 2, "", nil, append(of(6, 100, 0), of(5, 20000, 0)...), nil},
		{"three words left", 2, "", nil, of(10, 3, 50), []string{"counted word"}},
		{"four", 2, "", nil, of(10, 4, 50), nil},
	} {
		if got := said(t, test.k, test.segment, test.dropped, test.documents...); !slices.Equal(got, test.want) {
			t.Errorf("%s: said %q, want %q", test.name, got, test.want)
		}
	}
}

// What keeps more words is named unless it is in use.
func TestWaysToKeep(t *testing.T) {
	o := vectorize.Defaults()
	if got := waysToKeep(o); got != ": --min-df 1 keeps rare words, --max-df 1.0 keeps frequent ones" {
		t.Errorf("by default %q", got)
	}
	for _, set := range []struct {
		frequency *vectorize.Frequency
		value     string
		want      string
	}{{&o.MinDF, "1", ": --max-df 1.0 keeps frequent ones"}, {&o.MaxDF, "1.0", ""}} {
		if err := set.frequency.Set(set.value); err != nil {
			t.Fatal(err)
		}
		if got := waysToKeep(o); got != set.want {
			t.Errorf("%+v: %q, want %q", o, got, set.want)
		}
	}
}
