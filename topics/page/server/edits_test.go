package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klew/topics"
	"klew/topics/page"
	"klew/topics/tables"
)

// An edit is the line that klew edit would write, after a preview that changes nothing; it can be
// taken back; and the page is then that of the model without it.
func TestEdits(t *testing.T) {
	s := open(t, nil)
	_, first := s.get("/api/data/0/model")
	m, _ := demo()
	word := m.Keywords(0, 1)[0].Term
	version := 0
	for _, c := range []struct {
		edit editRequest
		line string
	}{
		{editRequest{Verb: "rename", Topic: 2, Text: "a \"label\"\n with <b>"}, `rename 2 "a \"label\" with <b>"`},
		{editRequest{Verb: "merge", Topic: 3, From: 7}, "merge 3 7"},
		{editRequest{Verb: "drop", Topic: 5}, "drop 5"},
		{editRequest{Verb: "ban", Text: word}, "ban " + word},
		{editRequest{Verb: "pin", Text: m.Keywords(1, 1)[0].Term, Topic: 3}, "pin " + m.Keywords(1, 1)[0].Term + " 3"},
	} {
		c.edit.Version = version
		before := s.journal()
		status, looked := s.post("/api/preview", c.edit)
		if status != http.StatusOK || !slices.Equal(s.journal(), before) {
			t.Errorf("%s: the preview is answered with %d: %s", c.line, status, looked)
		}
		status, made := s.post("/api/edit", c.edit)
		var a, b change
		if err := errors.Join(json.Unmarshal([]byte(looked), &a), json.Unmarshal([]byte(made), &b)); err != nil {
			t.Fatal(err)
		}
		if status != http.StatusOK || a.Told != b.Told || a.Line != c.line || b.Line != c.line || len(a.After) < 10 {
			t.Errorf("%s: answered with %d, and not as the preview was:\n%s\n%s", c.line, status, made, looked)
		}
		if got := s.journal(); !slices.Equal(got, append(before, c.line)) {
			t.Errorf("%s: the journal is %q", c.line, got)
		}
		version++
		s.isPage(version)
		s.keepsBlocks(version)
	}
	for n := len(s.journal()); n > 0; n-- {
		lines := s.journal()
		if status, body := s.post("/api/undo", undoRequest{version, n, lines[n-1]}); status != http.StatusOK {
			t.Fatalf("taking back %s: %d %s", lines[n-1], status, body)
		}
		version++
		s.isPage(version)
	}
	if _, last := s.get("/api/data/" + strconv.Itoa(version) + "/model"); last != first {
		t.Error("with all edits taken back the page is another")
	}
}

// keepsBlocks checks which blocks an edit has made anew: not those that it leaves as they are.
func (s *site) keepsBlocks(version int) {
	s.Helper()
	var now stateAnswer
	_, body := s.get("/api/state")
	if err := json.Unmarshal([]byte(body), &now); err != nil {
		s.Fatal(err)
	}
	kept := []string{"terms", "documents"}
	if version == 1 { // a label
		kept = append(kept, "w", "h")
	}
	for _, name := range kept {
		if now.Blocks[name] == version {
			s.Errorf("version %d: the block %s is made anew", version, name)
		}
	}
	if now.Blocks["model"] != version {
		s.Errorf("version %d: the model is that of version %d", version, now.Blocks["model"])
	}
}

// isPage compares the data of a version with the page of the model's file.
func (s *site) isPage(version int) {
	s.Helper()
	m, err := topics.Load(s.model)
	if err != nil {
		s.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		s.Fatal(err)
	}
	var want, got struct{ Topics json.RawMessage }
	_, body := s.get("/api/data/" + strconv.Itoa(version) + "/model")
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		s.Fatalf("version %d: %v: %.200s", version, err, body)
	}
	var out, compact bytes.Buffer
	tables.Write(&out, tables.JSON, tables.Topics(edited, tables.TopicOptions{Details: true, Typical: 8}))
	json.Compact(&compact, out.Bytes())
	out.Reset()
	json.Compact(&out, got.Topics)
	if want.Topics = compact.Bytes(); !bytes.Equal(out.Bytes(), want.Topics) {
		s.Errorf("version %d: topics are\n%.500s, want\n%.500s", version, out.Bytes(), want.Topics)
	}
	var now stateAnswer
	_, body = s.get("/api/state")
	if err := json.Unmarshal([]byte(body), &now); err != nil || now.Version != version {
		s.Errorf("version %d: the state is %s, %v", version, body, err)
	}
	for _, name := range blockNames {
		if status, _ := s.get("/api/data/" + strconv.Itoa(now.Blocks[name]) + "/" + name); status != http.StatusOK && !(status == http.StatusNoContent && name[0] == 'f') {
			s.Errorf("version %d: %s is answered with %d", version, name, status)
		}
	}
	if status, _ := s.get("/api/data/" + strconv.Itoa(version-1) + "/model"); status != http.StatusConflict {
		s.Errorf("the version before is answered with %d", status)
	}
}

// If another changes the model's journal meanwhile, the page takes that over, and refuses edits of
// what it was before; if another model takes its place, or it is removed or spoiled, the page
// stays, and nothing is written.
func TestMeanwhile(t *testing.T) {
	s := open(t, nil)
	m, _ := demo()
	other := *m
	if err := other.Amend([]topics.Edit{{Verb: topics.DropTopic, Topic: 3}}); err != nil {
		t.Fatal(err)
	}
	if err := other.Save(s.model); err != nil {
		t.Fatal(err)
	}
	if status, body := s.post("/api/edit", editRequest{Version: 0, Verb: "drop", Topic: 1}); status != http.StatusConflict || !strings.Contains(body, "meanwhile") {
		t.Errorf("an edit of what it was before: %d %s", status, body)
	}
	s.isPage(1)
	if status, _ := s.post("/api/edit", editRequest{Version: 1, Verb: "drop", Topic: 1}); status != http.StatusOK {
		t.Errorf("an edit of what it is: %d", status)
	}
	if lines := s.journal(); !slices.Equal(lines, []string{"drop 4", "drop 1"}) {
		t.Errorf("the journal is %v", lines)
	}
	kept, err := os.ReadFile(s.model)
	if err != nil {
		t.Fatal(err)
	}
	replaced := *m
	replaced.Documents = slices.Clone(m.Documents)
	replaced.Documents[0].ID = "another"
	for what, change := range map[string]func() error{
		"another model": func() error { return replaced.Save(s.model) },
		"removed":       func() error { return os.RemoveAll(s.model) },
		"spoiled":       func() error { return os.WriteFile(s.model, kept[:len(kept)/2], 0o644) },
		"a folder": func() error {
			return errors.Join(os.RemoveAll(s.model), os.Mkdir(s.model, 0o755))
		},
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(s.model)
		status, body := s.post("/api/edit", editRequest{Version: 2, Verb: "drop", Topic: 2})
		if after, _ := os.ReadFile(s.model); status != http.StatusConflict || !strings.Contains(body, "nothing can be changed") || !bytes.Equal(before, after) {
			t.Errorf("%s: an edit is answered with %d %s", what, status, body)
		}
		if status, body := s.get("/api/state"); status != http.StatusOK || !strings.Contains(body, s.model) {
			t.Errorf("%s: the state is %d %s", what, status, body)
		}
		if status, _ := s.get("/api/data/2/model"); status != http.StatusOK {
			t.Errorf("%s: the page is answered with %d", what, status)
		}
		os.Remove(s.model)
	}
	if err := os.WriteFile(s.model, kept, 0o644); err != nil {
		t.Fatal(err)
	}
	_, body := s.get("/api/state")
	var now stateAnswer
	if json.Unmarshal([]byte(body), &now); now.Trouble != "" || len(now.Journal) != 2 {
		t.Errorf("when it is back: %s", body)
	}
}

// A file that is changed while the new one is being written is not replaced.
func TestChangedWhileSaving(t *testing.T) {
	m, _ := demo()
	path := filepath.Join(t.TempDir(), "m.klew")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	st, err := openState(path, func(m *topics.Model) *page.Page { return &page.Page{Model: m} })
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("another's"), 0o644); err != nil {
		t.Fatal(err)
	}
	other := *m
	other.Journal = []string{"drop 1"}
	err = st.save(&other)
	if text, _ := os.ReadFile(path); !errors.Is(err, topics.ErrMeanwhile) || string(text) != "another's" || st.now().version != 0 {
		t.Errorf("%v, and the file is %.20q", err, text)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("files are left: %v", entries)
	}
}

func TestReadOnly(t *testing.T) {
	s := open(t, func(o *Options) { o.ReadOnly = true })
	if status, body := s.post("/api/edit", editRequest{Verb: "drop", Topic: 1}); status != http.StatusForbidden {
		t.Errorf("an edit is answered with %d %s", status, body)
	}
	if status, body := s.post("/api/new", newRequest{Raw: []byte("bees and honey")}); status != http.StatusOK {
		t.Errorf("a new text is answered with %d %s", status, body)
	}
}
