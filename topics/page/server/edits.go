package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"klew/topics"
	"klew/topics/tables"
)

// editRequest is an edit as the page sends it, of the version that it shows. Topics are by their
// numbers.
type editRequest struct {
	Version int    `json:"version"`
	Verb    string `json:"verb"`
	Topic   int    `json:"topic"`
	From    int    `json:"from"`
	Text    string `json:"text"`
}

// edit is the line that is meant. It is read as klew edit reads it, so that a line from here is
// one from there.
func (e *editRequest) edit() (topics.Edit, error) {
	meant := topics.Edit{Verb: topics.Verb(e.Verb), Topic: e.Topic - 1, From: e.From - 1, Text: e.Text}
	edit, err := topics.ParseEdit(meant.String())
	if err != nil {
		return edit, fault{http.StatusBadRequest, err}
	}
	return edit, nil
}

// undoRequest takes a line back, by its number from 1 and what stands in it.
type undoRequest struct {
	Version int    `json:"version"`
	Line    int    `json:"line"`
	Text    string `json:"text"`
}

// change is what an edit does, or did.
type change struct {
	Version int    `json:"version"`
	Line    string `json:"line"`
	Number  int    `json:"number"` // of the line in the journal
	Told    string `json:"told"`
	// Before and After are klew topics of the topics that the edit touches, in a preview.
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// stateAnswer is what the page asks for first, and when it is looked at again.
type stateAnswer struct {
	Version  int      `json:"version"`
	ReadOnly bool     `json:"read_only"`
	Trouble  string   `json:"trouble"` // why nothing can be changed, beside that
	Journal  []string `json:"journal"`
	// Blocks are in which version each was made: one that the page has it need not ask for again.
	Blocks map[string]int `json:"blocks"`
}

func (s *Server) getState(*http.Request) (any, error) {
	s.state.mu.Lock()
	err := s.state.refresh()
	s.state.mu.Unlock()
	now := s.state.now()
	a := stateAnswer{Version: now.version, ReadOnly: s.ReadOnly, Journal: append([]string{}, now.fitted.Journal...), Blocks: map[string]int{}}
	for name, b := range now.blocks {
		a.Blocks[name] = b.version
	}
	if err != nil {
		a.Trouble = err.Error()
	}
	return a, nil
}

func (s *Server) postPreview(r *http.Request) (any, error) {
	var asked editRequest
	if err := read(r, &asked); err != nil {
		return nil, err
	}
	now := s.state.now()
	if asked.Version != now.version {
		return nil, errVersion
	}
	edit, m, err := amended(now, &asked)
	if err != nil {
		return nil, err
	}
	after, err := now.edited(m)
	if err != nil {
		return nil, err
	}
	c := changeOf(now, edit, m)
	touched := topics.Touched([]topics.Edit{edit}, now.model, after, tables.KeywordsShown)
	c.After, err = topicRows(after, touched)
	if err == nil {
		c.Before, err = topicRows(now.model, numbered(now.model, append(numbersOf(after, touched), asked.Topic, asked.From)))
	}
	return c, err
}

func (s *Server) postEdit(r *http.Request) (any, error) {
	var asked editRequest
	if err := read(r, &asked); err != nil {
		return nil, err
	}
	var c *change
	err := s.write(asked.Version, func(now *snapshot) (*topics.Model, error) {
		edit, m, err := amended(now, &asked)
		if err == nil {
			c = changeOf(now, edit, m)
		}
		return m, err
	})
	return c, err
}

func (s *Server) postUndo(r *http.Request) (any, error) {
	var asked undoRequest
	if err := read(r, &asked); err != nil {
		return nil, err
	}
	c := &change{Version: asked.Version, Line: asked.Text, Number: asked.Line}
	err := s.write(asked.Version, func(now *snapshot) (*topics.Model, error) {
		m := *now.fitted
		if n := asked.Line - 1; n < 0 || n >= len(m.Journal) || m.Journal[n] != asked.Text {
			return nil, errVersion
		}
		c.Told = fmt.Sprintf("took back line %d: %s", asked.Line, asked.Text)
		return &m, m.Undo(asked.Line - 1)
	})
	return c, err
}

var errVersion = faultf(http.StatusConflict, "the model was changed by another meanwhile; look at it as it is now, and try again")

// write has a change made to the model that the page shows, and saves it. One is made at a time.
func (s *Server) write(version int, change func(now *snapshot) (*topics.Model, error)) error {
	if s.ReadOnly {
		return faultf(http.StatusForbidden, "klew serve was started with --read-only: nothing can be changed")
	}
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	if err := s.state.refresh(); err != nil {
		return fault{http.StatusConflict, err}
	}
	now := s.state.now()
	if now.version != version {
		return errVersion
	}
	m, err := change(now)
	if err != nil {
		return err
	}
	if err := s.state.save(m); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	return nil
}

// amended is an edit, and the model with it.
func amended(now *snapshot, asked *editRequest) (topics.Edit, *topics.Model, error) {
	edit, err := asked.edit()
	if err != nil {
		return edit, nil, err
	}
	m := *now.fitted
	if err := m.Amend([]topics.Edit{edit}); err != nil {
		return edit, nil, fault{http.StatusUnprocessableEntity, err}
	}
	return edit, &m, nil
}

// changeOf tells of an edit, with which the model is m.
func changeOf(now *snapshot, edit topics.Edit, m *topics.Model) *change {
	return &change{Version: now.version, Line: edit.String(), Number: len(m.Journal), Told: edit.Told(now.model, tables.KeywordsShown)}
}

// numbersOf are the numbers of topics.
func numbersOf(m *topics.Model, places []int) (numbers []int) {
	for _, k := range places {
		numbers = append(numbers, m.Number(k))
	}
	return numbers
}

// numbered are the places of topics with some numbers, in their order; a number without one is
// left out.
func numbered(m *topics.Model, numbers []int) []int {
	places := []int{}
	wanted := map[int]bool{}
	for _, n := range numbers {
		wanted[n] = true
	}
	for k := range m.Topics() {
		if wanted[m.Number(k)] {
			places = append(places, k)
		}
	}
	return places
}

// topicRows are topics as klew topics prints them.
func topicRows(m *topics.Model, only []int) (json.RawMessage, error) {
	var out bytes.Buffer
	err := tables.Write(&out, tables.JSON, tables.Topics(m, tables.TopicOptions{Only: only}))
	return out.Bytes(), err
}
