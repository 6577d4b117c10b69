package browser

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"klew/corpus"
	"klew/examples"
	"klew/nmf"
	"klew/topics"
	"klew/topics/page"
	"klew/topics/tables"
	"klew/vectorize"
)

// open opens a page.
func open(t *testing.T, m *topics.Model, texts []string) *tab {
	t.Helper()
	found := chromium(t)
	file := filepath.Join(t.TempDir(), "page.html")
	b := start(t, found, "file://"+file)
	b.word = m.Vocabulary.Terms[0].Stem
	b.write(m, texts, file)
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(b.url))
	return b
}

func (b *tab) write(m *topics.Model, texts []string, file string) {
	var out bytes.Buffer
	p := page.Page{Model: m, Name: "test", Options: page.Defaults(), Texts: slices.All(texts), Older: m, OlderName: "the same"}
	if texts == nil {
		p.Texts, p.Why = nil, "The model was made of a matrix."
	}
	if err := p.Evaluate(b.Context(), documentsOf(texts), 1); err != nil {
		b.Fatal(err)
	}
	p.Sweep = swept(b.T)
	if _, err := p.Write(b.Context(), &out); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
}

// documentsOf are texts as documents; nil of none.
func documentsOf(texts []string) iter.Seq[corpus.Document] {
	if texts == nil {
		return nil
	}
	return func(yield func(corpus.Document) bool) {
		for _, text := range texts {
			if !yield(corpus.Document{Text: text}) {
				return
			}
		}
	}
}

// swept is what a sweep has found, with a number of topics of which little is known.
func swept(t *testing.T) *page.Sweep {
	t.Helper()
	folder := t.TempDir()
	const sheet = `{"klew_sweep": 1, "advice": "4 topics stand out; \u003cimg src=x onerror=alert(1)\u003e", "training": 120, "held_out": 16, "missing": 1,
		"sweep": [
			{"topics": 2, "divergence": 0.9, "perplexity": 900.25, "npmi": -0.1, "c_v": 0.4, "diversity": 1, "stability": 0.8, "least": 0.7, "stable": 2, "seconds": 0.5, "advice": "near"},
			{"topics": 4, "divergence": 0.7, "perplexity": 800, "npmi": 0.1, "c_v": 0.6, "diversity": 0.95, "stability": 0.7, "least": 0.6, "stable": 4, "seconds": 1, "advice": "recommended"},
			{"topics": 12, "divergence": 0.5, "perplexity": null, "npmi": null, "c_v": null, "diversity": 0.9, "stability": null, "least": null, "stable": null, "seconds": 2, "advice": ""}],
		"sweep_fits": [{"topics": 4, "seed": 1, "divergence": 0.7, "perplexity": 800, "npmi": 0.1, "c_v": 0.6, "diversity": 0.95, "iterations": 90, "seconds": 1}]}`
	if err := os.WriteFile(filepath.Join(folder, tables.SweepFile), []byte(sheet), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := page.ReadSweep(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// demo is the model of the sample texts, whose documents have dates.
func demo(t *testing.T) (*topics.Model, []string) {
	t.Helper()
	c, err := corpus.Open([]string{"demo"}, corpus.Options{Files: examples.Demo})
	if err != nil {
		t.Fatal(err)
	}
	documents := slices.Collect(c.Documents(t.Context()))
	for j := range documents {
		documents[j].Meta = append(documents[j].Meta, corpus.Field{Name: "date", Value: fmt.Sprintf("%d-%02d-03", 2019+j%5, 1+j%12)})
	}
	return fit(t, documents, 8)
}

func fit(t *testing.T, documents []corpus.Document, k int) (*topics.Model, []string) {
	t.Helper()
	counting, fitting := vectorize.Defaults(), nmf.Defaults()
	table, err := vectorize.Count(t.Context(), slices.Values(documents), counting)
	if err != nil {
		t.Fatal(err)
	}
	fitting.Topics, fitting.MaxIter, fitting.Init = k, 60, nmf.Random
	result, err := nmf.Fit(t.Context(), table.V, fitting)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, d := range documents {
		texts = append(texts, d.Text)
	}
	return topics.New(table, result, topics.Origin{Program: "klew", Counting: counting, Fitting: fitting}), texts
}
