package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"klew/corpus"
	"klew/examples"
	"klew/nmf"
	"klew/topics"
	"klew/topics/page"
	"klew/vectorize"
)

// demo is the model of the sample texts, and these.
var demo = sync.OnceValues(func() (*topics.Model, []string) {
	c, err := corpus.Open([]string{"demo"}, corpus.Options{Files: examples.Demo})
	if err != nil {
		panic(err)
	}
	documents := slices.Collect(c.Documents(context.Background()))
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	table, err := vectorize.Count(context.Background(), slices.Values(documents), counting)
	if err != nil {
		panic(err)
	}
	fitting.Topics, fitting.MaxIter, fitting.Init = 8, 40, nmf.Random
	result, err := nmf.Fit(context.Background(), table.V, fitting)
	if err != nil {
		panic(err)
	}
	var texts []string
	for _, d := range documents {
		texts = append(texts, d.Text)
	}
	return topics.New(table, result, topics.Origin{Program: "klew", Counting: counting, Fitting: fitting}), texts
})

// site is a server that runs, and a browser that has opened its address.
type site struct {
	*testing.T
	base, token, model string
	client             *http.Client
	said               chan string
	stop               func() error
}

func sourceOf(texts []string) Source {
	return func(context.Context) iter.Seq2[int, string] { return slices.All(texts) }
}

// open serves the demo.
func open(t *testing.T, change func(*Options)) *site {
	t.Helper()
	m, texts := demo()
	s := &site{T: t, model: filepath.Join(t.TempDir(), "m.klew"), said: make(chan string, 10)}
	if err := m.Save(s.model); err != nil {
		t.Fatal(err)
	}
	o := Options{Name: "demo", Say: func(line string) { s.said <- line }}
	o.Texts, _, _ = Gather(t.Context(), m, sourceOf(texts), MostInMemory, Cache{})
	o.Read = func(_ context.Context, _ *topics.Model, name string, raw []byte) (corpus.Document, error) {
		if len(raw) == 0 {
			return corpus.Document{}, errors.New("the text is empty")
		}
		return corpus.Document{ID: name, Text: string(raw)}, nil
	}
	if change != nil {
		change(&o)
	}
	live, err := New(s.model, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended, ready := make(chan error, 1), make(chan string, 1)
	go func() { ended <- live.Serve(ctx, l, func(address string) { ready <- address }) }()
	s.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	})
	s.base, s.token, _ = strings.Cut(<-ready, "/?token=")
	jar, _ := cookiejar.New(nil)
	s.client = &http.Client{Jar: jar}
	if status, _ := s.get("/?token=" + s.token); status != http.StatusOK {
		t.Fatalf("the address is answered with %d", status)
	}
	return s
}

func (s *site) do(client *http.Client, r *http.Request) (int, string) {
	s.Helper()
	answer, err := client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (s *site) request(method, path, body string) *http.Request {
	r, err := http.NewRequest(method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func (s *site) get(path string) (int, string) {
	s.Helper()
	return s.do(s.client, s.request(http.MethodGet, path, ""))
}

func (s *site) post(path string, body any) (int, string) {
	s.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	return s.do(s.client, s.request(http.MethodPost, path, string(text)))
}

// journal is that in the file.
func (s *site) journal() []string {
	s.Helper()
	m, err := topics.Load(s.model)
	if err != nil {
		s.Fatal(err)
	}
	return m.Journal
}

// What does not come from the page, in the browser that has opened the address, gets nothing, and
// changes nothing.
func TestRefused(t *testing.T) {
	s := open(t, nil)
	edit := `{"version":0,"verb":"drop","topic":1}`
	for what, c := range map[string]struct {
		method, path, body string
		change             func(r *http.Request)
		anew               bool // without the cookie
		status             int
	}{
		"another Host":                {"GET", "/api/state", "", func(r *http.Request) { r.Host = "evil.example" }, false, 421},
		"another Host with the port":  {"GET", "/", "", func(r *http.Request) { r.Host = "evil.example:" + r.URL.Port() }, false, 421},
		"the Host of another port":    {"GET", "/", "", func(r *http.Request) { r.Host = "127.0.0.1:1" }, false, 421},
		"no port":                     {"GET", "/", "", func(r *http.Request) { r.Host = "127.0.0.1" }, false, 421},
		"no cookie":                   {"GET", "/api/state", "", nil, true, 403},
		"no cookie, page":             {"GET", "/", "", nil, true, 403},
		"no cookie, edit":             {"POST", "/api/edit", edit, nil, true, 403},
		"another cookie":              {"GET", "/api/state", "", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "klew-" + r.URL.Port(), Value: "x"}) }, true, 403},
		"a used token":                {"GET", "/?token=" + s.token, "", nil, true, 403},
		"another token":               {"GET", "/?token=x", "", nil, true, 403},
		"no token":                    {"GET", "/?token=", "", nil, true, 403},
		"a foreign Origin":            {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, false, 403},
		"the Origin of another port":  {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") }, false, 403},
		"no Origin at all":            {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Set("Origin", "null") }, false, 403},
		"a page of this site":         {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, false, 403},
		"a page of this site reads":   {"GET", "/api/text/0", "", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, false, 403},
		"a foreign page reads":        {"GET", "/api/text/0", "", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, false, 403},
		"a form":                      {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, false, 415},
		"no type":                     {"POST", "/api/edit", edit, func(r *http.Request) { r.Header.Del("Content-Type") }, false, 415},
		"another method":              {"DELETE", "/api/edit", "", nil, false, 405},
		"an edit by GET":              {"GET", "/api/edit?version=0&verb=drop&topic=1", "", nil, false, 405},
		"a path out of the page":      {"GET", "/../../etc/passwd", "", nil, false, 404},
		"a path for a number":         {"GET", "/api/text/..%2f..%2fetc%2fpasswd", "", nil, false, 404},
		"an absolute path":            {"GET", "/api/text/%2fetc%2fpasswd", "", nil, false, 404},
		"a number below 0":            {"GET", "/api/text/-1", "", nil, false, 404},
		"a number beyond all":         {"GET", "/api/text/99999999999999999999", "", nil, false, 404},
		"a word beyond all":           {"GET", "/api/word/1000000", "", nil, false, 404},
		"a block by a path":           {"GET", "/api/data/0/..%2fmodel", "", nil, false, 404},
		"a body that is no JSON":      {"POST", "/api/edit", "{", nil, false, 400},
		"a body of two":               {"POST", "/api/edit", edit + edit, nil, false, 400},
		"a body with more":            {"POST", "/api/edit", `{"version":0,"verb":"drop","topic":1,"path":"/etc/passwd"}`, nil, false, 400},
		"a verb that there is not":    {"POST", "/api/edit", `{"version":0,"verb":"rm","topic":1}`, nil, false, 400},
		"a topic that there is not":   {"POST", "/api/edit", `{"version":0,"verb":"drop","topic":99}`, nil, false, 422},
		"a version that there is not": {"POST", "/api/edit", `{"version":7,"verb":"drop","topic":1}`, nil, false, 409},
		"a word that there is not":    {"POST", "/api/edit", `{"version":0,"verb":"ban","text":"zyxwv"}`, nil, false, 422},
		"a text for another version":  {"POST", "/api/new", `{"version":7,"name":"x","raw":"YmVlcw=="}`, nil, false, 409},
		"a line that there is not":    {"POST", "/api/undo", `{"version":0,"line":1,"text":"drop 1"}`, nil, false, 409},
		"two lines in one":            {"POST", "/api/edit", `{"version":0,"verb":"drop 1\nban","text":"bees"}`, nil, false, 400},
		"a long search":               {"GET", "/api/search?q=" + strings.Repeat("x", 1000), "", nil, false, 400},
	} {
		client := s.client
		if c.anew {
			client = &http.Client{}
		}
		r := s.request(c.method, c.path, c.body)
		if c.change != nil {
			c.change(r)
		}
		if status, body := s.do(client, r); status != c.status || strings.Contains(body, "root:") {
			t.Errorf("%s: answered with %d, want %d: %.200s", what, status, c.status, body)
		}
	}
	if lines := s.journal(); len(lines) > 0 {
		t.Errorf("what was refused has changed the journal: %v", lines)
	}
}

// The token is good once. Who opens a used address gets nothing, and the terminal a new one.
func TestTokenOnce(t *testing.T) {
	s := open(t, nil)
	if status, _ := s.get("/?token=" + s.token); status != http.StatusOK {
		t.Errorf("in the browser that has the cookie: %d", status)
	}
	for range 5 {
		if status, _ := s.do(&http.Client{}, s.request("GET", "/?token="+s.token, "")); status != http.StatusForbidden {
			t.Errorf("in another one: %d", status)
		}
	}
	line := <-s.said
	if len(s.said) > 0 {
		t.Error("more than one new address is printed")
	}
	_, token, _ := strings.Cut(line, "/?token=")
	jar, _ := cookiejar.New(nil)
	if status, _ := s.do(&http.Client{Jar: jar}, s.request("GET", "/?token="+token, "")); status != http.StatusOK || token == s.token {
		t.Errorf("the new address %q: %d", line, status)
	}
}

func TestHeaders(t *testing.T) {
	s := open(t, nil)
	for _, path := range []string{"/", "/api/state", "/api/data/0/model", "/nothing"} {
		answer, err := s.client.Get(s.base + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		for name, want := range map[string]string{
			"Content-Security-Policy": page.LivePolicy(), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	for _, part := range []string{"default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"} {
		if !strings.Contains(page.LivePolicy(), part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
	r := s.request("GET", "/?token="+s.token, "")
	answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Cookies()) > 0 {
		t.Error("a used token gives a cookie")
	}
}

func TestHosts(t *testing.T) {
	for _, c := range []struct {
		at      string
		allowed []string
		want    string
	}{
		{"127.0.0.1:80", nil, "127.0.0.1:80 localhost:80"},
		{"[::1]:80", nil, "[::1]:80 localhost:80"},
		{"0.0.0.0:80", []string{"pc7.example"}, "pc7.example:80 pc7.example"},
		{"127.0.0.1:80", []string{"pc7.example"}, "127.0.0.1:80 localhost:80 pc7.example:80 pc7.example"},
	} {
		at, err := net.ResolveTCPAddr("tcp", c.at)
		if err != nil {
			t.Fatal(err)
		}
		if hosts, port := hostsOf(at, c.allowed); strings.Join(hosts, " ") != c.want || port != "80" {
			t.Errorf("%s %v: %v, port %s; want %s", c.at, c.allowed, hosts, port, c.want)
		}
	}
}

// A body that is too large is not read to its end, and one that does not come ends with the time.
func TestHugeBody(t *testing.T) {
	s := open(t, nil)
	r := s.request("POST", "/api/new", "")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"name":"x","raw":"`), endless{}))
	answer, err := s.client.Do(r)
	if err == nil { // the connection may be closed before all is sent
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("answered with %d", answer.StatusCode)
		}
	}
	if status, _ := s.get("/api/state"); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	return len(p), nil
}

// A hundred browsers at once all get what they ask for, and of edits of one version the first is
// made.
func TestHundredClients(t *testing.T) {
	s := open(t, nil)
	paths := []string{"/api/data/0/model", "/api/text/3", "/api/word/5", "/api/search?q=honey", "/api/state"}
	want := map[string]string{}
	for _, path := range paths[:4] {
		_, want[path] = s.get(path)
	}
	var all sync.WaitGroup
	made := make(chan bool, 100)
	for n := range 100 {
		all.Go(func() {
			path := paths[n%len(paths)]
			if status, body := s.get(path); status != http.StatusOK && !(status == http.StatusConflict && strings.Contains(path, "data")) || status == 200 && want[path] != "" && !strings.Contains(path, "word") && body != want[path] {
				t.Errorf("%s: answered with %d, %d bytes", path, status, len(body))
			}
			status, _ := s.post("/api/edit", editRequest{Version: 0, Verb: "rename", Topic: 1, Text: strconv.Itoa(n)})
			if status != http.StatusOK && status != http.StatusConflict {
				t.Errorf("an edit is answered with %d", status)
			}
			made <- status == http.StatusOK
		})
	}
	all.Wait()
	close(made)
	n := 0
	for ok := range made {
		if ok {
			n++
		}
	}
	if lines := s.journal(); n != 1 || len(lines) != 1 {
		t.Errorf("%d edits of one version were made, and the journal is %v", n, lines)
	}
}

// A text that is not there is said to be so, and a page without texts has all else.
func TestWithoutTexts(t *testing.T) {
	s := open(t, func(o *Options) { o.Texts, o.Why = nil, "They are gone." })
	for path, status := range map[string]int{"/api/text/0": 404, "/api/word/0": 200, "/api/search?q=honey": 200, "/api/data/0/model": 200} {
		if got, body := s.get(path); got != status || status == 404 && !strings.Contains(body, "They are gone.") {
			t.Errorf("%s: %d %.200s", path, got, body)
		}
	}
	one := open(t, func(o *Options) {
		o.Texts, _, _ = Gather(t.Context(), must(demo()), sourceOf([]string{"only this"}), 100, Cache{})
	})
	if status, body := one.get("/api/text/1"); status != http.StatusNotFound || !strings.Contains(body, "not there any more") {
		t.Errorf("a text that has gone: %d %s", status, body)
	}
}

func must(m *topics.Model, _ []string) *topics.Model { return m }

// New texts of all kinds have an answer.
func TestNewTexts(t *testing.T) {
	s := open(t, nil)
	for text, status := range map[string]int{
		"bees and honey": 200, "": 422, " ": 200, "the": 200, "zyxwv": 200, "\x00\xff\xfe": 200, "</script><img src=x onerror=alert(1)>": 200,
		strings.Repeat("bees honey \u202e 🐝 ", 100_000): 200,
	} {
		got, body := s.post("/api/new", newRequest{0, "../../x", []byte(text)})
		if got != status || !json.Valid([]byte(body)) {
			t.Errorf("%.20q: %d %.200s", text, got, body)
		}
	}
}

// Of a text with more words than a browser can show, the beginning is sent, and the topics are
// those of all of it.
func TestLongText(t *testing.T) {
	s := open(t, nil)
	_, body := s.post("/api/new", newRequest{0, "x", []byte(strings.Repeat("bees honey ", 200_000))})
	var got newAnswer
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Whole || len(got.Text) != mostShown || got.Counted != 400_000 {
		t.Errorf("%d bytes of a text of %d tokens, all: %t", len(got.Text), got.Counted, got.Whole)
	}
}

// A fault of the program is an answer, a line in the terminal, and not the end.
func TestFault(t *testing.T) {
	s := open(t, func(o *Options) {
		o.Read = func(context.Context, *topics.Model, string, []byte) (corpus.Document, error) { panic("out of order") }
	})
	if status, body := s.post("/api/new", newRequest{0, "x", []byte("bees")}); status != http.StatusInternalServerError {
		t.Errorf("answered with %d %s", status, body)
	}
	if line := <-s.said; !strings.Contains(line, "out of order") {
		t.Errorf("said: %s", line)
	}
	if status, _ := s.get("/api/state"); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

// Whoever stops the server waits for what is being answered.
func TestStops(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	s := open(t, func(o *Options) {
		o.Read = func(ctx context.Context, _ *topics.Model, name string, raw []byte) (corpus.Document, error) {
			close(started)
			<-release
			return corpus.Document{ID: name, Text: string(raw)}, nil
		}
	})
	answered := make(chan int)
	go func() {
		status, _ := s.post("/api/new", newRequest{0, "x", []byte("bees")})
		answered <- status
	}()
	<-started
	time.AfterFunc(10*time.Millisecond, func() { close(release) })
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if status := <-answered; status != http.StatusOK {
		t.Errorf("what was being answered has got %d", status)
	}
}
