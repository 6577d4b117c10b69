package server

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"slices"

	"klew/topics"
	"klew/vectorize"
)

// occurrences say which documents have each term how often. They are found by cutting all texts
// once: a model does not keep them, and klew words reads and cuts the texts each time (2.1 s on 20
// Newsgroups).
type occurrences struct {
	model *topics.Model
	texts Texts
	done  chan struct{} // closed when they are all there
	of    [][]occurrence
	err   error
}

type occurrence struct{ document, count uint32 }

func newOccurrences(m *topics.Model, texts Texts) *occurrences {
	return &occurrences{model: m, texts: texts, done: make(chan struct{})}
}

// find finds them.
func (o *occurrences) find(ctx context.Context) {
	defer close(o.done)
	if o.texts == nil {
		return
	}
	var cutter *vectorize.Cutter
	if cutter, o.err = vectorize.NewCutter(o.model.Vocabulary, o.model.Origin.Counting); o.err != nil {
		return
	}
	of := make([][]occurrence, len(o.model.Vocabulary.Terms))
	for j, text := range o.texts.Having(ctx, "") {
		for _, row := range cutter.Rows(text) {
			if row < 0 {
				continue
			}
			if last := len(of[row]) - 1; last >= 0 && of[row][last].document == uint32(j) {
				of[row][last].count++
			} else {
				of[row] = append(of[row], occurrence{uint32(j), 1})
			}
		}
	}
	o.of, o.err = of, ctx.Err()
}

// wait waits until they are there.
func (o *occurrences) wait(ctx context.Context) error {
	select {
	case <-o.done:
		return o.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wordAnswer is where a term is: the documents that have it most, and the first lines.
type wordAnswer struct {
	// Total is how often the texts have it.
	Total     int         `json:"total"`
	Documents []wordCount `json:"documents"`
	Lines     []found     `json:"lines"`
}

type wordCount struct {
	Document int `json:"document"`
	Count    int `json:"count"`
}

const (
	mostDocuments = 12
	mostLines     = 60
	wordsAround   = 16
)

func (s *Server) getWord(r *http.Request) (any, error) {
	m := s.state.now().model
	row, err := number(r, "row", "word", len(m.Vocabulary.Terms))
	if err != nil {
		return nil, err
	}
	a := wordAnswer{Documents: []wordCount{}, Lines: []found{}}
	if s.Texts == nil {
		return a, nil
	}
	if err := s.words.wait(r.Context()); err != nil {
		return nil, err
	}
	of := s.words.of[row]
	for _, o := range of {
		a.Total += int(o.count)
	}
	a.Documents = most(m, row, of)
	a.Lines, err = s.lines(r.Context(), m, row, of)
	return a, err
}

// most are the documents that have a term most; of equal ones that of which the model expects it
// most, to five digits, as it is printed.
func most(m *topics.Model, row int, of []occurrence) []wordCount {
	list := slices.Clone(of)
	expected := func(o occurrence) uint32 { return fiveDigits(m.Expected(row, int(o.document))) }
	slices.SortStableFunc(list, func(a, b occurrence) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(expected(b), expected(a)))
	})
	counts := []wordCount{}
	for _, o := range list[:min(len(list), mostDocuments)] {
		counts = append(counts, wordCount{int(o.document), int(o.count)})
	}
	return counts
}

func fiveDigits(x float64) uint32 { return (math.Float32bits(float32(x)) + 1<<6) >> 7 }

// lines are the first lines with a term, in the order of the documents.
func (s *Server) lines(ctx context.Context, m *topics.Model, row int, of []occurrence) ([]found, error) {
	c, err := topics.NewConcordance(m, []int{row}, wordsAround)
	if err != nil {
		return nil, err
	}
	lines := []found{}
	for _, o := range of {
		if len(lines) >= mostLines {
			break
		}
		text, err := s.Texts.Text(ctx, int(o.document))
		if err != nil {
			return nil, err
		}
		for _, x := range c.Find(int(o.document), text) {
			lines = append(lines, found{x.Document, x.Before, x.Word, x.After})
		}
	}
	return lines[:min(len(lines), mostLines)], nil
}
