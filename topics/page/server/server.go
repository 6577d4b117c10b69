package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"klew/corpus"
	"klew/topics"
	"klew/topics/page"
)

// Options say what is served, and to whom.
type Options struct {
	// Name is what the page is called.
	Name string
	// Texts are those of the documents; nil for none, and then Why says why.
	Texts Texts
	Why   string
	// Read makes a document of a text that is new to the model, from the bytes of a file with a
	// name, as the texts of the model were read.
	Read func(ctx context.Context, m *topics.Model, name string, raw []byte) (corpus.Document, error)
	// Older is a model with which this one is compared, called OlderName, and Sweep is what a
	// sweep has found; nil for none.
	Older     *topics.Model
	OlderName string
	Sweep     *page.Sweep
	// Threads is how many threads measure a model at most; 0 for as many as there are processors.
	Threads int
	// ReadOnly refuses edits.
	ReadOnly bool
	// AllowHosts are names by which the server may be called beside those of this machine.
	AllowHosts []string
	// Say is told in a line what the user should know.
	Say func(line string)
}

// The limits of a request. A text that is pasted is sent as base64.
const (
	mostBody    = 32 << 20
	mostHeaders = 32 << 10
	headersIn   = 10 * time.Second
	bodyIn      = time.Minute
	answerIn    = 2 * time.Minute
	workIn      = time.Minute
	stopIn      = 10 * time.Second
)

// Server serves a model.
type Server struct {
	Options
	state     *state
	cutter    *page.Cutter
	busy      chan struct{} // as many are at work at once
	words     *occurrences
	measuring measuring
	life      context.Context // of Serve

	answering sync.RWMutex // held by each request, and in the end by none
}

// New reads the model at path, and prepares to serve it.
func New(path string, o Options) (*Server, error) {
	s := &Server{Options: o, busy: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), life: context.Background()}
	if s.Say == nil {
		s.Say = func(string) {}
	}
	var err error
	if s.state, err = openState(path, s.pageOf); err != nil {
		return nil, err
	}
	s.cutter = page.NewCutter(s.state.now().fitted)
	s.words = newOccurrences(s.state.now().model, o.Texts)
	return s, nil
}

// pageOf is the page of a model.
func (s *Server) pageOf(m *topics.Model) *page.Page {
	p := &page.Page{Model: m, Name: s.Name, Why: s.Why, Older: s.Older, OlderName: s.OlderName, Sweep: s.Sweep, Options: page.Defaults()}
	p.Options.Texts = page.LiveTexts
	if s.Texts != nil {
		p.Held = s.Texts.Len()
		p.Text = func(j int) (string, bool) {
			text, err := s.Texts.Text(s.life, j)
			return text, err == nil
		}
	}
	return p
}

// Serve answers at a listener until ctx ends, and then ends what it is answering. ready is given
// the address that opens the page once.
func (s *Server) Serve(ctx context.Context, l net.Listener, ready func(address string)) error {
	hosts, port := hostsOf(l.Addr(), s.AllowHosts)
	if len(hosts) == 0 {
		return errors.New("there is no name by which the server may be called")
	}
	address := func(token string) string { return "http://" + hosts[0] + "/?token=" + token }
	g := newGuard(hosts, port, func(token string) {
		s.Say("an address that had been used was opened again; a new one is " + address(token))
	})
	s.life = ctx
	server := &http.Server{
		Handler:           g.protect(s.noting(s.routes()), page.LivePolicy()),
		MaxHeaderBytes:    mostHeaders,
		ReadHeaderTimeout: headersIn, ReadTimeout: bodyIn, WriteTimeout: answerIn, IdleTimeout: answerIn,
		ErrorLog: log.New(io.Discard, "", 0), // of connections that break off
	}
	go s.words.find(ctx)
	go s.warm()
	ended := make(chan bool)
	go func() {
		defer close(ended)
		<-ctx.Done()
		s.stop(server)
	}()
	ready(address(g.token))
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	<-ended
	return nil
}

// warm makes the data of the page before it is asked for, and what finds similar documents.
func (s *Server) warm() {
	now := s.state.now()
	for _, name := range blockNames {
		now.blocks[name].make() // a fault is for whoever asks
	}
	now.model.Similar(now.model.Shares(), 1, -1)
}

// stop ends a server when what is being answered has been, or the time for it is over. Browsers
// open connections in advance, for which Shutdown alone would wait.
func (s *Server) stop(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), stopIn)
	defer cancel()
	go func() {
		s.answering.Lock()
		cancel()
	}()
	server.Shutdown(ctx)
	server.Close()
}

// noting keeps the server from ending while it answers, and a fault of the program from passing
// without a word.
func (s *Server) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answering.RLock()
		defer s.answering.RUnlock()
		defer func() {
			if panicked := recover(); panicked != nil {
				s.Say(fmt.Sprintf("answering %s has failed, which is a fault of klew: %v", r.URL.Path, panicked))
				refuse(w, http.StatusInternalServerError, "This has failed, which is a fault of klew; the terminal says more.")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *Server) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", s.getPage)
	m.HandleFunc("GET /api/state", answer(s.getState))
	m.HandleFunc("GET /api/data/{version}/{name}", s.getData)
	m.HandleFunc("GET /api/text/{number}", answer(s.atWork(s.getText)))
	m.HandleFunc("GET /api/word/{row}", answer(s.atWork(s.getWord)))
	m.HandleFunc("GET /api/measures", answer(s.getMeasures))
	m.HandleFunc("GET /api/search", answer(s.atWork(s.getSearch)))
	m.HandleFunc("POST /api/new", answer(s.atWork(s.postNew)))
	m.HandleFunc("POST /api/preview", answer(s.atWork(s.postPreview)))
	m.HandleFunc("POST /api/edit", answer(s.atWork(s.postEdit)))
	m.HandleFunc("POST /api/undo", answer(s.atWork(s.postUndo)))
	return m
}

// atWork has few requests at once do what takes time, each for a while; the others wait.
func (s *Server) atWork(do handler) handler {
	return func(r *http.Request) (any, error) {
		ctx, cancel := context.WithTimeout(r.Context(), workIn)
		defer cancel()
		select {
		case s.busy <- struct{}{}:
			defer func() { <-s.busy }()
		case <-ctx.Done():
			return nil, faultf(http.StatusServiceUnavailable, "klew is busy with other requests; try again in a minute")
		}
		value, err := do(r.WithContext(ctx))
		if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return nil, faultf(http.StatusServiceUnavailable, "this took more than %.0f seconds, and was given up", workIn.Seconds())
		}
		return value, err
	}
}
