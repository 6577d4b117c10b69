package server

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"sync"
	"time"

	"klew/corpus"
	"klew/topics/page"
)

// measuring finds out what klew evaluate measures, once for the factors that a model has.
type measuring struct {
	mu   sync.Mutex
	last *measured
}

type measured struct {
	at   *snapshot // the first with these factors
	page *page.Page
	done chan struct{} // closed when page has them, or err says why not
	err  error
	stop context.CancelFunc
}

// measuresAnswer is what was measured; nothing if that goes on.
type measuresAnswer struct {
	Ready    bool            `json:"ready"`
	Measures json.RawMessage `json:"measures,omitempty"`
}

// measuresIn is how long an answer waits for what is being measured: the page asks again.
const measuresIn = 10 * time.Second

// getMeasures answers with what klew evaluate prints. The first who asks begins that, and it goes
// on when he has gone: of many texts it takes minutes.
func (s *Server) getMeasures(r *http.Request) (any, error) {
	now := s.state.now()
	x := s.measuring.of(s, now)
	wait := time.NewTimer(measuresIn)
	defer wait.Stop()
	select {
	case <-x.done:
	case <-wait.C:
		return measuresAnswer{}, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-s.life.Done():
		return nil, faultf(http.StatusServiceUnavailable, "klew serve is ending")
	}
	if x.err != nil {
		return nil, x.err
	}
	measures, err := x.page.Measured(now.model)
	return measuresAnswer{true, measures}, err
}

// of are the measures of a snapshot, begun if they are of other factors than the last.
func (g *measuring) of(s *Server, now *snapshot) *measured {
	g.mu.Lock()
	defer g.mu.Unlock()
	if x := g.last; x != nil {
		if x.at.model.W == now.model.W && x.at.model.H == now.model.H {
			return x
		}
		x.stop()
	}
	x := &measured{at: now, page: s.pageOf(now.model), done: make(chan struct{})}
	var ctx context.Context
	ctx, x.stop = context.WithCancel(s.life)
	g.last = x
	go func() {
		defer close(x.done)
		x.err = x.page.Evaluate(ctx, s.documents(ctx), s.Threads)
	}()
	return x
}

// documents are all texts as documents; nil if there are none.
func (s *Server) documents(ctx context.Context) iter.Seq[corpus.Document] {
	if s.Texts == nil || s.Texts.Len() == 0 {
		return nil
	}
	return func(yield func(corpus.Document) bool) {
		for _, text := range s.Texts.Having(ctx, "") {
			if !yield(corpus.Document{Text: text}) {
				return
			}
		}
	}
}
