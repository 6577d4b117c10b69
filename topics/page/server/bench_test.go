package server

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// synthetic is a model of many documents, each of a few of 20 topics, with 50,000 terms.
func synthetic(documents int) *topics.Model {
	const terms, k = 50_000, 20
	r := rand.New(rand.NewPCG(1, 2))
	m := &topics.Model{Vocabulary: &vectorize.Vocabulary{Documents: documents}}
	w, h := make([]float32, terms*k), make([]float32, documents*k)
	for i := range terms {
		word := fmt.Sprintf("w%06d", i)
		m.Vocabulary.Terms = append(m.Vocabulary.Terms, vectorize.Term{Stem: word, DF: 5, Count: 9, Forms: []vectorize.Form{{Text: word, Count: 9}}})
		for range 3 {
			w[i*k+r.IntN(k)] = r.Float32()
		}
	}
	for j := range documents {
		m.Documents = append(m.Documents, vectorize.Document{ID: fmt.Sprintf("notes/%04d/%07d.txt", j/1000, j), Tokens: 150, Checksum: uint32(j + 1)})
		for range 4 {
			h[j*k+r.IntN(k)] = 80 * r.Float32()
		}
	}
	m.W, m.H = nmf.NewW(terms, k, w), nmf.NewH(k, documents, h)
	m.W.Normalize()
	m.Origin = topics.Origin{Program: "klew", Paths: []string{"notes"}, Counting: vectorize.Defaults(), Fitting: nmf.Defaults()}
	m.Origin.Counting.Language = "none"
	m.Origin.Fitting.Topics = k
	return m
}

// madeUp are texts of words of a synthetic model, made when they are asked for.
type madeUp int

func (t madeUp) Len() int { return int(t) }

func (madeUp) Text(_ context.Context, j int) (string, error) {
	r := rand.New(rand.NewPCG(uint64(j), 3))
	var b strings.Builder
	for range 200 {
		fmt.Fprintf(&b, "w%06d ", r.IntN(55_000))
	}
	return b.String(), nil
}

// Having yields a few, so that no benchmark waits for words to be found.
func (t madeUp) Having(ctx context.Context, _ string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for j := range 100 {
			if text, _ := t.Text(ctx, j); !yield(j, text) {
				return
			}
		}
	}
}

// BenchmarkServer asks a server of a model with 10⁵ documents, or as many as DOCUMENTS says, and
// reports how long 95 of 100 answers take at most. Data is had from memory: "first" is making it.
func BenchmarkServer(b *testing.B) {
	documents := 100_000
	if n, err := strconv.Atoi(os.Getenv("DOCUMENTS")); err == nil {
		documents = n
	}
	path := filepath.Join(b.TempDir(), "m.klew")
	if err := synthetic(documents).Save(path); err != nil {
		b.Fatal(err)
	}
	s, err := New(path, Options{Name: "bench", Texts: madeUp(documents), Read: func(_ context.Context, _ *topics.Model, name string, raw []byte) (corpus.Document, error) {
		return corpus.Document{ID: name, Text: string(raw)}, nil
	}})
	if err != nil {
		b.Fatal(err)
	}
	s.words.find(b.Context())
	ask := func(b *testing.B, path string, body any) {
		method, text := http.MethodGet, []byte(nil)
		if body != nil {
			method = http.MethodPost
			text, _ = json.Marshal(body)
		}
		w := httptest.NewRecorder()
		s.routes().ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(string(text))))
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d %.300s", path, w.Code, w.Body)
		}
	}
	each := func(name string, do func(b *testing.B, n int)) {
		b.Run(fmt.Sprintf("documents=%d/%s", documents, name), func(b *testing.B) {
			var times []time.Duration
			for n := 0; b.Loop(); n++ {
				begun := time.Now()
				do(b, n)
				times = append(times, time.Since(begun))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
	blocks := func(b *testing.B) {
		for _, name := range blockNames[:5] {
			ask(b, fmt.Sprintf("/api/data/%d/%s", s.state.now().blocks[name].version, name), nil)
		}
	}
	begun := time.Now()
	blocks(b)
	b.Logf("all data the first time: %v", time.Since(begun))
	each("data", func(b *testing.B, n int) {
		ask(b, "/api/data/0/"+blockNames[n%5], nil)
	})
	each("explain", func(b *testing.B, n int) { ask(b, fmt.Sprintf("/api/text/%d", n*7919%documents), nil) })
	each("infer", func(b *testing.B, n int) {
		text, _ := s.Texts.Text(b.Context(), n)
		ask(b, "/api/new", newRequest{0, "x", []byte(text)})
	})
	each("preview-merge", func(b *testing.B, n int) {
		ask(b, "/api/preview", editRequest{s.state.now().version, "merge", 3, 7, ""})
	})
	each("edit-rename", func(b *testing.B, n int) {
		ask(b, "/api/edit", editRequest{s.state.now().version, "rename", 1, 0, strconv.Itoa(n)})
	})
	each("edit-rename-and-data", func(b *testing.B, n int) {
		ask(b, "/api/edit", editRequest{s.state.now().version, "rename", 1, 0, strconv.Itoa(n)})
		blocks(b)
	})
}
