package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klew/corpus"
	"klew/topics"
	"klew/topics/page"
)

// Measures are those of klew evaluate, of the model as it is: with another label, too, and after a
// merger anew.
func TestMeasures(t *testing.T) {
	s := open(t, nil)
	_, texts := demo()
	for version, edit := range []editRequest{{}, {Verb: "rename", Topic: 2, Text: "called so"}, {Verb: "merge", Topic: 3, From: 7}} {
		if version > 0 {
			edit.Version = version - 1
			if status, body := s.post("/api/edit", edit); status != http.StatusOK {
				t.Fatalf("%d %s", status, body)
			}
		}
		fitted, err := topics.Load(s.model)
		if err != nil {
			t.Fatal(err)
		}
		m, err := fitted.Edited()
		if err != nil {
			t.Fatal(err)
		}
		own := page.Page{Model: m}
		documents := func(yield func(corpus.Document) bool) {
			for _, text := range texts {
				if !yield(corpus.Document{Text: text}) {
					return
				}
			}
		}
		if err := own.Evaluate(t.Context(), documents, 1); err != nil {
			t.Fatal(err)
		}
		want, err := own.Measured(m)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.measures(); got != strings.TrimSpace(string(want)) {
			t.Errorf("version %d: the measures are\n%.600s, want\n%.600s", version, got, want)
		}
	}
}

// measures asks until there are some.
func (s *site) measures() string {
	s.Helper()
	for {
		status, body := s.get("/api/measures")
		var a measuresAnswer
		if err := json.Unmarshal([]byte(body), &a); err != nil || status != http.StatusOK {
			s.Fatalf("the measures are answered with %d %.300s", status, body)
		}
		if a.Ready {
			return string(a.Measures)
		}
	}
}

// What a sweep has found, and what became of the topics of another model, are in the page, also
// after an edit.
func TestSweepAndOlder(t *testing.T) {
	m, _ := demo()
	older := *m
	s := open(t, func(o *Options) { o.Sweep, o.Older, o.OlderName = &page.Sweep{Advice: "take 4"}, &older, "the old one" })
	for version := range 2 {
		_, body := s.get("/api/data/" + strconv.Itoa(version) + "/model")
		var got struct {
			Sweep *page.Sweep
			Older *struct {
				Name string
				Rows []json.RawMessage
			}
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Sweep == nil || got.Sweep.Advice != "take 4" || got.Older == nil || got.Older.Name != "the old one" || len(got.Older.Rows) < m.Topics() {
			t.Errorf("version %d: the page has the sweep %v and the comparison %v", version, got.Sweep, got.Older)
		}
		if status, body := s.post("/api/edit", editRequest{Verb: "drop", Topic: version + 1, Version: version}); status != http.StatusOK {
			t.Fatal(body)
		}
	}
	if lines := s.journal(); !slices.Equal(lines[:1], []string{"drop 1"}) {
		t.Errorf("the journal is %v", lines)
	}
}
