package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A page that shows the model as it was before another edit is told so by a preview too: its
// numbers may be of other topics meanwhile.
func TestPreviewOfAnotherVersion(t *testing.T) {
	s := open(t, nil)
	if status, body := s.post("/api/edit", editRequest{Verb: "drop", Topic: 5}); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	for _, version := range []int{0, 2} {
		status, body := s.post("/api/preview", editRequest{Version: version, Verb: "drop", Topic: 1})
		if status != http.StatusConflict || !strings.Contains(body, "meanwhile") {
			t.Errorf("a preview of version %d, when 1 is shown, is answered with %d: %s", version, status, body)
		}
	}
}

// A line is taken back only if it says what the page believes it to say.
func TestUndoOfAnotherLine(t *testing.T) {
	s := open(t, nil)
	version := 0
	for _, edit := range []editRequest{{Verb: "drop", Topic: 5}, {Verb: "merge", Topic: 3, From: 7}} {
		edit.Version = version
		if status, body := s.post("/api/edit", edit); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
		version++
	}
	before := s.journal()
	for _, asked := range []undoRequest{{version, 1, before[1]}, {version, 2, "drop 6"}, {version, 0, before[0]}, {version, 3, ""}} {
		if status, body := s.post("/api/undo", asked); status != http.StatusConflict {
			t.Errorf("taking back line %d as %q is answered with %d: %s", asked.Line, asked.Text, status, body)
		}
	}
	if got := s.journal(); !slices.Equal(got, before) {
		t.Errorf("the journal is %q, and was %q", got, before)
	}
}

// A preview of a merger shows both topics as they are, and the one that is left.
func TestPreviewOfMerger(t *testing.T) {
	s := open(t, nil)
	status, body := s.post("/api/preview", editRequest{Verb: "merge", Topic: 3, From: 7})
	var c change
	if err := json.Unmarshal([]byte(body), &c); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s (%v)", status, body, err)
	}
	numbers := func(rows json.RawMessage) (all []int) {
		var topics []struct{ Topic int }
		if err := json.Unmarshal(rows, &topics); err != nil {
			t.Fatal(err)
		}
		for _, k := range topics {
			all = append(all, k.Topic)
		}
		return all
	}
	if before := numbers(c.Before); !slices.Contains(before, 3) || !slices.Contains(before, 7) {
		t.Errorf("before there are topics %v", before)
	}
	if after := numbers(c.After); !slices.Contains(after, 3) || slices.Contains(after, 7) {
		t.Errorf("after there are topics %v", after)
	}
}
