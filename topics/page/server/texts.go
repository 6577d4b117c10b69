package server

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"
	"unicode/utf8"

	"klew/topics"
	"klew/topics/page"
)

// Texts are those of a model's documents, by their numbers. They do not change.
type Texts interface {
	// Len is of how many documents there is one.
	Len() int
	// Text is that of a document, or ErrNoText.
	Text(ctx context.Context, j int) (string, error)
	// Having yields in the order of their numbers all texts that hold a string but for the case
	// of its letters, and perhaps others; all if it is empty. It ends early if ctx does.
	Having(ctx context.Context, some string) iter.Seq2[int, string]
}

// ErrNoText is returned for a document whose text is not there.
var ErrNoText = errors.New("the text of this document was not there any more, or had changed, when klew serve was started")

// textAnswer is a text with its tokens, or the beginning of one that no browser could show.
type textAnswer struct {
	Text  string `json:"text"`
	Whole bool   `json:"whole"`
	*page.Tokens
}

// mostShown is how many bytes of a text are shown: with more words a browser stands still.
const mostShown = 1 << 20

// answerWith is the answer for a text whose topics are those of document j of d.
func (s *Server) answerWith(ctx context.Context, text string, d *topics.DocumentTopics, j int) (textAnswer, error) {
	a := textAnswer{Text: firstBytes(text, mostShown)}
	a.Whole = len(a.Text) == len(text)
	var err error
	a.Tokens, err = s.cutter.Tokens(ctx, a.Text, d, j)
	return a, err
}

func (s *Server) getText(r *http.Request) (any, error) {
	m := s.state.now().fitted
	j, err := number(r, "number", "document", len(m.Documents))
	if err != nil {
		return nil, err
	}
	text, err := s.text(r.Context(), j)
	if err != nil {
		return nil, err
	}
	return s.answerWith(r.Context(), text, &m.DocumentTopics, j)
}

// text is that of a document; why it is not there is for people.
func (s *Server) text(ctx context.Context, j int) (string, error) {
	if s.Texts == nil {
		return "", faultf(http.StatusNotFound, "%s", s.Why)
	}
	text, err := s.Texts.Text(ctx, j)
	if errors.Is(err, ErrNoText) {
		return "", fault{http.StatusNotFound, err}
	}
	return text, err
}

// searchAnswer is in how many texts something was found, and the first places.
type searchAnswer struct {
	Total int     `json:"total"`
	Found []found `json:"found"`
}

// found is a place in a text, with what stands around it.
type found struct {
	Document int    `json:"document"`
	Before   string `json:"before"`
	Match    string `json:"match"`
	After    string `json:"after"`
}

const (
	mostFound   = 40
	mostAsked   = 200 // bytes
	bytesBefore = 80  // bytes of a text before what is found, and after it
	bytesAfter  = 100
)

func (s *Server) getSearch(r *http.Request) (any, error) {
	asked := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("q")))
	a := searchAnswer{Found: []found{}}
	if asked == "" || s.Texts == nil {
		return a, nil
	}
	if len(asked) > mostAsked {
		return nil, faultf(http.StatusBadRequest, "what is searched for has more than %d bytes", mostAsked)
	}
	for j, text := range s.Texts.Having(r.Context(), asked) {
		from, to := find(text, asked)
		if from < 0 {
			continue
		}
		if a.Total++; len(a.Found) < mostFound {
			a.Found = append(a.Found, found{j, lastBytes(text[:from], bytesBefore), text[from:to], firstBytes(text[to:], bytesAfter)})
		}
	}
	return a, r.Context().Err()
}

// find finds the first place of a string of small letters in a text, whatever the case of that's
// letters; from is -1 if there is none. A letter may be another number of bytes when it is small.
func find(text, low string) (from, to int) {
	small := strings.ToLower(text)
	at := strings.Index(small, low)
	if at < 0 || len(small) == len(text) {
		return at, at + len(low)
	}
	from, to = -1, len(text)
	place := 0 // in small
	for i, r := range text {
		if from < 0 && place >= at {
			from = i
		}
		if place >= at+len(low) {
			to = i
			break
		}
		place += len(strings.ToLower(string(r)))
	}
	return max(from, 0), to
}

// firstBytes is the beginning of a text, of so many bytes at most.
func firstBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// lastBytes is the end of a text, of so many bytes at most.
func lastBytes(text string, n int) string {
	at := max(0, len(text)-n)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return text[at:]
}
