package server

import (
	"fmt"
	"math"
	"net/http"
	"slices"

	"klew/corpus"
	"klew/topics"
	"klew/topics/tables"
)

// newRequest is a text that the model does not know: what was pasted, or a file that was dropped.
type newRequest struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	Raw     []byte `json:"raw"`
}

// decimal is a number as tables write it.
type decimal float64

// MarshalJSON writes it with the digits of single precision; null if it is none.
func (x decimal) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return []byte("null"), nil
	}
	return tables.AppendNumber(nil, float64(x)), nil
}

// newAnswer is a new text with its topics: the numbers of klew explain, infer and similar.
type newAnswer struct {
	Name string `json:"name"`
	textAnswer
	// Counted is how many tokens have a term, and Unknown how many have none, stop words apart;
	// Known is the part of the first in both.
	Counted int     `json:"counted"`
	Unknown int     `json:"unknown"`
	Known   decimal `json:"known"`
	// H are the weights of the topics as fitted.
	H []decimal `json:"h"`
	// Proportions are of the topics that there are now.
	Proportions []decimal   `json:"proportions"`
	Similar     []neighbour `json:"similar"`
}

type neighbour struct {
	Document int     `json:"document"`
	Distance decimal `json:"distance"`
}

const mostNeighbours = 10

func (s *Server) postNew(r *http.Request) (any, error) {
	var asked newRequest
	if err := read(r, &asked); err != nil {
		return nil, err
	}
	now := s.state.now()
	if asked.Version != now.version { // the page would take its topics for others
		return nil, errVersion
	}
	d, err := s.Read(r.Context(), now.model, asked.Name, asked.Raw)
	if err != nil {
		return nil, fault{http.StatusUnprocessableEntity, err}
	}
	inferred, err := now.fitted.Infer(r.Context(), slices.Values([]corpus.Document{d}), 1)
	if err != nil {
		return nil, fmt.Errorf("finding the topics of the text: %w", err)
	}
	text, err := s.answerWith(r.Context(), d.Text, inferred, 0)
	if err != nil {
		return nil, err
	}
	about := &inferred.Documents[0]
	weights := inferred.Weights(0)
	a := newAnswer{Name: asked.Name, textAnswer: text, Counted: about.Tokens, Unknown: about.Unknown, Known: decimal(about.Known()), H: decimals(weights)}
	proportions := topics.Proportions(slices.Clone(now.model.Folded(weights)))
	a.Proportions, a.Similar = decimals(proportions), []neighbour{}
	for _, n := range now.model.Similar(proportions, mostNeighbours, -1) {
		a.Similar = append(a.Similar, neighbour{n.Document, decimal(n.Distance)})
	}
	return a, nil
}

func decimals(all []float64) []decimal {
	list := make([]decimal, len(all))
	for i, x := range all {
		list[i] = decimal(x)
	}
	return list
}
