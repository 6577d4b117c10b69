// Package browser opens pages in Chromium: what they show is what the commands print, no view
// writes an error to the console, asks for anything or breaks its policy, and every view keeps
// to the width of a narrow window. It is a module of its own, so that klew does not need what
// drives a browser. Without a browser its tests are skipped.
//
// AXE names the file axe.min.js of axe-core, by which all views are checked for WCAG 2.2 A and
// AA. SHOTS names a folder for pictures of all views.
package browser

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"klew/corpus"
	"klew/examples"
	"klew/nmf"
	"klew/topics"
	"klew/topics/page"
	"klew/topics/tables"
	"klew/vectorize"
)

// views are addresses of all views, and of some choices in them.
var views = []string{
	"#/topics", "#/topics?as=table&by=share&down=1", "#/topic/1", "#/topic/2?lambda=0.1", "#/topic/99", "#/documents", "#/documents?sort=2&topics=2:10",
	"#/doc/0", "#/doc/1?topic=1", "#/doc/-1", "#/word/WORD", "#/word/none", "#/search?q=WORD", "#/search", "#/map", "#/tree", "#/tree?groups=2",
	"#/trends", "#/trends?as=stacked", "#/trends?by=month&as=stacked&layers=groups", "#/fields", "#/fields?of=lift", "#/fields?rows=groups", "#/compared",
	"#/evaluation", "#/evaluation?of=topics&by=c_v", "#/sweep", "#/model", "#/nowhere",
}

// tab is a page in a browser, with what it has complained of.
type tab struct {
	*testing.T
	ctx  context.Context
	url  string // of the page; it asks for nothing elsewhere
	word string
	mu   sync.Mutex
	said []string
}

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

// chromium is where the browser is. Without one the test is skipped.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium: install the package chromium")
	return ""
}

// start starts a browser for a page.
func start(t *testing.T, chromium, url string) *tab {
	t.Helper()
	b := &tab{T: t, url: url}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium), chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoSandbox}
	ctx, stop := chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(options...))
	t.Cleanup(stop)
	b.ctx = ctx
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
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

// hear keeps errors, warnings, and requests.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.said = append(b.said, fmt.Sprintf("console %s", e.Type))
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		b.said = append(b.said, "exception: "+text)
	case *log.EventEntryAdded:
		b.said = append(b.said, fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, b.url) && !strings.HasPrefix(u, "blob:") && !strings.HasPrefix(u, "data:") {
			b.said = append(b.said, "request: "+u)
		}
	}
}

// quiet fails if the page has complained.
func (b *tab) quiet(where string) {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.said {
		b.Errorf("%s: %s", where, line)
	}
	b.said = nil
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// eval is the value of an expression in the page.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// visit goes to an address, and waits until the view is there.
func (b *tab) visit(hash string) {
	b.Helper()
	hash = strings.ReplaceAll(hash, "WORD", url.QueryEscape(b.word))
	eval[bool](b, fmt.Sprintf(`new Promise(done => {
		const heading = () => document.querySelector('main h1');
		const until = (there, then) => there() ? then() : setTimeout(() => until(there, then), 10);
		until(heading, () => {
			const before = heading();
			if (location.hash === %q) return done(true);
			location.hash = %q;
			until(() => heading() && heading() !== before, () => setTimeout(() => done(true), 40));
		});
	})`, hash, hash))
}

func (b *tab) scheme(dark bool) {
	value := map[bool]string{true: "dark", false: "light"}[dark]
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
	if err != nil {
		b.Fatal(err)
	}
}

// everyView opens all views, wide and narrow.
func (b *tab) everyView(views []string) {
	b.Helper()
	for _, width := range []int64{1280, 320} {
		b.do(chromedp.EmulateViewport(width, 800))
		for _, hash := range views {
			b.visit(hash)
			if heading := eval[string](b, `document.querySelector('main h1').textContent`); strings.TrimSpace(heading) == "" {
				b.Errorf("%s has no heading", hash)
			}
			if over := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				wide := eval[string](b, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .scroller, svg *, .kwic .before, .kwic .after')).map(e => e.tagName + '.' + e.className).slice(0, 4).join(', ')`)
				b.Errorf("%s is %d pixels wider than %d: %s", hash, over, width, wide)
			}
			b.quiet(hash)
			b.shoot(hash, width)
		}
	}
	b.do(chromedp.EmulateViewport(1280, 900))
}

func (b *tab) shoot(hash string, width int64) {
	folder := os.Getenv("SHOTS")
	if folder == "" {
		return
	}
	for _, dark := range []bool{false, true} {
		b.scheme(dark)
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			b.Fatal(err)
		}
		name := strings.NewReplacer("#", "", "/", "-", "?", "-", "&", "-", "=", "-", ":", "-").Replace(hash)
		file := filepath.Join(folder, fmt.Sprintf("%s%s-%d-%s.png", b.Name(), name, width, map[bool]string{true: "dark", false: "light"}[dark]))
		if err := os.WriteFile(file, picture, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.scheme(false)
}

// axe checks all views for WCAG 2.2 A and AA.
func (b *tab) axe(views []string) {
	b.Helper()
	file := os.Getenv("AXE")
	if file == "" {
		b.Log("AXE names no axe.min.js: accessibility is not checked")
		return
	}
	script, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	eval[bool](b, string(script)+";true")
	for _, dark := range []bool{false, true} {
		b.scheme(dark)
		for _, hash := range views {
			b.visit(hash)
			b.axeHere(fmt.Sprintf("%s, dark %t", hash, dark))
		}
	}
	b.scheme(false)
}

// axeHere checks what is shown now.
func (b *tab) axeHere(where string) {
	b.Helper()
	if os.Getenv("AXE") == "" {
		return
	}
	faults := eval[[]string](b, `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.length + ', as ' + v.nodes[0].html.slice(0, 160) + ' ' + (v.nodes[0].any[0]?.message ?? '')))`)
	for _, fault := range faults {
		b.Errorf("%s: %s", where, fault)
	}
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

func TestViews(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	b.word = m.Vocabulary.Terms[topics.MostProbable(m.W, 0, 1)[0]].Stem
	b.everyView(views)
	b.axe(views)
}

// percent is how the page writes a share.
func percent(share float64) string {
	switch p := 100 * share; {
	case p == 0:
		return "0 %"
	case p < 0.005:
		return "< 0.01 %"
	case p < 0.1:
		return fmt.Sprintf("%.2f %%", p)
	default:
		return fmt.Sprintf("%.1f %%", p)
	}
}

// What the page computes itself is what the commands print.
func TestNumbers(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	r := topics.NewRanker(m)
	for _, lambda := range []float64{0, 0.3, 0.6, 1} {
		b.visit(fmt.Sprintf("#/topic/2?lambda=%v", lambda))
		var want []string
		for _, w := range r.Top(1, 24, topics.Relevance, lambda) {
			want = append(want, w.Term)
		}
		if got := eval[[]string](b, `[...document.querySelectorAll('main section:first-of-type svg text.word')].map(e => e.textContent)`); !slices.Equal(got, want) {
			t.Errorf("λ %v: the words are %v, want %v", lambda, got, want)
		}
	}
	for _, j := range []int{0, 40, 135} {
		b.visit(fmt.Sprintf("#/doc/%d", j))
		shares := m.Proportions(j)
		slices.Sort(shares)
		slices.Reverse(shares)
		var want []string
		for _, x := range shares {
			if x > 0 && len(want) < 10 {
				want = append(want, percent(x))
			}
		}
		if got := eval[[]string](b, `[...document.querySelectorAll('.legend .number')].map(e => e.textContent)`); !slices.Equal(got, want) {
			t.Errorf("document %d: the shares are %v, want %v", j, got, want)
		}
		b.explains(m, texts[j], j)
		near := m.Similar(m.Proportions(j), 8, j)
		if got := eval[[]int](b, `[...document.querySelectorAll('.similar a')].map(e => Number(e.hash.split('/').pop()))`); len(got) != 8 || got[0] != near[0].Document {
			t.Errorf("document %d: similar are %v, want %v", j, got, near)
		}
	}
	row := int(topics.MostProbable(m.W, 3, 1)[0])
	b.visit("#/word/" + url.QueryEscape(m.Vocabulary.Terms[row].Stem))
	var want []string
	for _, p := range m.Places(row) {
		want = append(want, fmt.Sprint(m.Number(p.Topic)), percent(p.OfTerm), percent(p.OfTopic), fmt.Sprint(p.Rank))
	}
	got := eval[[]string](b, `[...document.querySelectorAll('.where tbody tr')].flatMap(r => [r.querySelector('.chip').textContent, r.querySelector('.measure .number').textContent, r.cells[2].textContent, r.cells[3].textContent])`)
	if !slices.Equal(got, want) {
		t.Errorf("%s: topics are %v, want %v", m.Vocabulary.Terms[row].Stem, got, want)
	}
	b.quiet("numbers")
}

// explains compares the words of the reader with klew explain: each word that speaks for a
// topic is marked, and in a run of words of one topic the first has its number.
func (b *tab) explains(m *topics.Model, text string, j int) {
	b.Helper()
	b.marked(m, &m.Fitted().DocumentTopics, text, j)
}

// marked compares the words that are marked with those of a document whose topics are given.
func (b *tab) marked(m *topics.Model, d *topics.DocumentTopics, text string, j int) {
	b.Helper()
	tokens, err := m.Explain(b.Context(), text, d, j)
	if err != nil {
		b.Fatal(err)
	}
	var want []string
	before := -1
	for i := range tokens {
		k := tokens[i].First()
		if k < 0 {
			continue
		}
		word := text[tokens[i].From:tokens[i].To]
		if k != before {
			word += fmt.Sprint(" ", m.Number(k))
		}
		want, before = append(want, word), k
	}
	if got := eval[[]string](b, `[...document.querySelectorAll('.text .w')].map(e => e.textContent + (e.dataset.k ? ' ' + e.dataset.k : ''))`); !slices.Equal(got, want) {
		b.Errorf("document %d: marked are %v, want %v", j, got, want)
	}
}

// In a model that has been edited, words speak for the topics that there are now: what belongs
// to a merged topic is added up, and what belongs to a dropped one is left out.
func TestEdited(t *testing.T) {
	m, texts := demo(t)
	edits := []topics.Edit{{Verb: topics.MergeTopics, Topic: 1, From: 4}, {Verb: topics.DropTopic, Topic: 6}, {Verb: topics.BanWord, Text: "honey"}}
	if err := m.Amend(edits); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, edited, texts)
	for j := 0; j < len(texts); j += 9 {
		b.visit(fmt.Sprintf("#/doc/%d", j))
		if edited.First(j) >= 0 {
			b.explains(edited, texts[j], j)
		}
	}
	b.visit("#/topic/5")
	if heading := eval[string](b, `document.querySelector('h1').textContent`); heading != "No topic 5" {
		t.Errorf("a topic that is part of another is shown as %q", heading)
	}
	b.quiet("edited")
}

// Of a matrix there are no texts, no forms and no metadata: all views are there.
func TestMatrix(t *testing.T) {
	m, _ := demo(t)
	for i := range m.Vocabulary.Terms {
		m.Vocabulary.Terms[i].Forms = nil
	}
	for j := range m.Documents {
		m.Documents[j].Meta, m.Documents[j].Checksum = nil, 0
	}
	b := open(t, m, nil)
	b.word = m.Vocabulary.Terms[0].Stem
	b.everyView(views)
	if tabs := eval[string](b, `[...document.querySelectorAll('.tabs a')].map(e => e.textContent).join(' ')`); tabs != "Topics Documents Map Tree Compared Evaluation Sweep Model" {
		t.Errorf("the tabs are %s", tabs)
	}
}

// Texts, ids, metadata and labels that would be elements, run, turn the writing direction or
// tear the layout are shown as what they are.
func TestHostile(t *testing.T) {
	nasty := `</script><img src=x onerror="document.title='run'"><svg onload=alert(1)> javascript:alert(1)` + "\u202e\u2066 \x00\ufeff" + `{{constructor}} &lt;b&gt; ` + strings.Repeat("w", 400)
	var documents []corpus.Document
	for i := range 24 {
		text := strings.Repeat([]string{"bees honey hive ", "train rail station ", "wolf forest moon "}[i%3], 5+i%4) + nasty + " שלום עולם مرحبا"
		if i == 5 {
			text += strings.Repeat("onerror bees ", 80_000)
		}
		documents = append(documents, corpus.Document{ID: nasty + fmt.Sprint(i), Text: text, Meta: []corpus.Field{{Name: "kind" + nasty, Value: nasty + fmt.Sprint(i%2)}, {Name: "date", Value: fmt.Sprintf("20%02d", i)}}})
	}
	m, texts := fit(t, documents, 3)
	if err := m.Amend([]topics.Edit{{Verb: topics.RenameTopic, Topic: 0, Text: nasty}}); err != nil {
		t.Fatal(err)
	}
	edited, err := m.Edited()
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, edited, texts)
	b.everyView(views)
	if n := eval[int](b, `document.querySelectorAll('img, iframe, object, embed').length`); n != 0 {
		t.Errorf("%d elements have come out of texts", n)
	}
}
