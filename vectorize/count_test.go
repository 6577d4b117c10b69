package vectorize

import (
	"context"
	"errors"
	"hash/crc32"
	"reflect"
	"slices"
	"strings"
	"testing"

	"klew/corpus"
)

// The table of four short documents, worked out by hand.
func TestCount(t *testing.T) {
	texts := []corpus.Document{
		{ID: "a.txt", Text: "The Cats and the dog. A cat, mp3 player!"},
		{ID: "b.txt", Text: "Dogs, dogs & computing: C's x-ray", Meta: []corpus.Field{{Name: "folder", Value: "pets"}}},
		{ID: "c.txt", Text: ""},
		{ID: "d.txt", Text: "of the and"},
	}
	table, err := Count(context.Background(), slices.Values(texts), loose())
	if err != nil {
		t.Fatal(err)
	}
	terms := []Term{
		{"cat", []Form{{"cat", 1}, {"cats", 1}}, 1, 2},
		{"comput", []Form{{"computing", 1}}, 1, 1},
		{"dog", []Form{{"dogs", 2}, {"dog", 1}}, 2, 3},
		{"mp3", []Form{{"mp3", 1}}, 1, 1},
		{"player", []Form{{"player", 1}}, 1, 1},
		{"ray", []Form{{"ray", 1}}, 1, 1},
	}
	if got, want := table.Vocabulary, (&Vocabulary{Terms: terms, Documents: 4}); !reflect.DeepEqual(got, want) {
		t.Errorf("vocabulary is\n%v, want\n%v", got, want)
	}
	v := [][]float64{
		{2, 0, 0, 0},
		{0, 1, 0, 0},
		{1, 2, 0, 0},
		{1, 0, 0, 0},
		{1, 0, 0, 0},
		{0, 1, 0, 0},
	}
	if got := entries(table); !reflect.DeepEqual(got, v) {
		t.Errorf("V is %v, want %v", got, v)
	}
	if got := table.V.NNZ(); got != 7 {
		t.Errorf("V has %d entries, want 7: zeros are not stored", got)
	}
	documents := []Document{
		{ID: "a.txt", Tokens: 5},
		{ID: "b.txt", Meta: []corpus.Field{{Name: "folder", Value: "pets"}}, Tokens: 4},
		{ID: "c.txt"},
		{ID: "d.txt"},
	}
	for i, text := range texts {
		documents[i].Checksum = crc32.Checksum([]byte(text.Text), crc32.MakeTable(crc32.Castagnoli))
	}
	if !reflect.DeepEqual(table.Documents, documents) {
		t.Errorf("documents are %v, want %v", table.Documents, documents)
	}
	// The single letters "A" and "x" are no tokens at all; "C's" is one until it loses its 's.
	lost := []Dropped{{StopWord, 3, 6}, {TooShort, 1, 1}}
	if !reflect.DeepEqual(table.Dropped, lost) {
		t.Errorf("dropped %v, want %v", table.Dropped, lost)
	}
}

// A pattern of tokens is followed, and what it lets through is not called too short.
func TestCountTokenPattern(t *testing.T) {
	o := plain()
	o.TokenPattern = `#(\w+)`
	table := counted(t, o, "#Go and #c are #2 of #go")
	if got, want := stems(table), "2 c go"; got != want {
		t.Errorf("terms are %q, want %q", got, want)
	}
	if len(table.Dropped) > 0 {
		t.Errorf("dropped %v, want nothing", table.Dropped)
	}
}

// Documents without a term keep their places among the others.
func TestCountKeepsEmptyDocuments(t *testing.T) {
	table := counted(t, loose(), "", "whale", "the and of", "?!", "whale sea")
	want := [][]float64{{0, 0, 0, 0, 1}, {0, 1, 0, 0, 1}}
	if got := entries(table); !reflect.DeepEqual(got, want) {
		t.Errorf("V is %v, want %v", got, want)
	}
	for i, tokens := range []int{0, 1, 0, 0, 2} {
		if d := table.Documents[i]; d.Tokens != tokens || d.Unknown != 0 {
			t.Errorf("document %d has %d tokens and %d unknown, want %d and 0", i, d.Tokens, d.Unknown, tokens)
		}
	}
}

func TestKnown(t *testing.T) {
	for _, test := range []struct {
		document Document
		want     float64
	}{
		{Document{}, 0},
		{Document{Unknown: 3}, 0},
		{Document{Tokens: 3}, 1},
		{Document{Tokens: 3, Unknown: 1}, 0.75},
	} {
		if got := test.document.Known(); got != test.want {
			t.Errorf("%+v: known %v, want %v", test.document, got, test.want)
		}
	}
}

// What cannot be counted is an error that says why, and how to go on if there is a way.
func TestCountErrors(t *testing.T) {
	flags := []string{"--min-df", "--max-df", "--stop-words"}
	for _, test := range []struct {
		name  string
		limit func(*Options)
		texts []string
		want  []string
	}{
		{"no document", func(*Options) {}, nil, []string{"no document"}},
		{"no word", func(*Options) {}, []string{"", "1 2 3"}, []string{"no term is left of 2 documents", "no text holds a word"}},
		{"one document", func(*Options) {}, []string{"?"}, []string{"no term is left of 1 document:"}},
		{"stop words", func(*Options) {}, []string{"the and", "the"}, append(flags, "2 as stop word")},
		{"too rare", func(o *Options) { o.MinDF = frequency("3") }, []string{"whale sea", "whale"},
			append(flags, "2 as below min-df", "--min-df (now 3)", "--max-df (now 1.0)")},
		{"too common", func(o *Options) { o.MaxDF = frequency("0.5") }, []string{"whale", "whale"},
			append(flags, "1 as above max-df", "--min-df (now 1)", "--max-df (now 0.5)")},
		{"all reasons", func(o *Options) { o.MinDF, o.MaxDF = frequency("2"), frequency("2") },
			[]string{"the whale sea B's", "whale", "whale"},
			append(flags, "1 as stop word", "1 as too short", "1 as below min-df", "1 as above max-df")},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := loose()
			test.limit(&o)
			table, err := Count(context.Background(), documents(test.texts...), o)
			if err == nil {
				t.Fatalf("no error, but the terms %q", stems(table))
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error is %q, and does not say %q", err, want)
				}
			}
		})
	}
}

// Faults of the options are found before anything is read.
func TestCountRefusesOptions(t *testing.T) {
	o := loose()
	o.Language, o.Weighting = "xx", "heavy"
	unread := func(func(corpus.Document) bool) { t.Error("a document was asked for") }
	_, err := Count(context.Background(), unread, o)
	for _, want := range []string{"vectorize: ", `language "xx"`, `weighting "heavy"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %q, and does not say %q", err, want)
		}
	}
	if _, err := CountWith(context.Background(), &Vocabulary{}, unread, o); err == nil {
		t.Error("CountWith takes the options")
	}
}

// When ctx ends there is no table of half of the documents.
func TestCountCancelled(t *testing.T) {
	for _, before := range []int{0, 1, 10} {
		ctx, cancel := context.WithCancel(context.Background())
		some := func(yield func(corpus.Document) bool) {
			for range before {
				yield(corpus.Document{Text: "whale sea"})
			}
			cancel()
		}
		if table, err := Count(ctx, some, loose()); !errors.Is(err, context.Canceled) || table != nil {
			t.Errorf("cancelled after %d documents: Count returns %v, %v", before, table, err)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if table, err := CountWith(ended, &Vocabulary{}, documents("whale"), loose()); !errors.Is(err, context.Canceled) || table != nil {
		t.Errorf("cancelled before it began: CountWith returns %v, %v", table, err)
	}
}

// Progress is told of each document, one after the other, also by many goroutines.
func TestProgress(t *testing.T) {
	o := loose()
	o.Threads = 4
	var told []int
	o.Progress = func(documents int) { told = append(told, documents) }
	counted(t, o, "whale", "", "sea", "ship", "whale")
	if want := []int{1, 2, 3, 4, 5}; !slices.Equal(told, want) {
		t.Errorf("progress is %v, want %v", told, want)
	}
}
