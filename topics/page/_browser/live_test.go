package browser

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"klew/corpus"
	"klew/topics"
	"klew/topics/evaluation"
	"klew/topics/page"
	"klew/topics/page/server"
	"klew/topics/tables"
)

// live serves a model, and opens the page with the address that works once.
func live(t *testing.T, m *topics.Model, texts []string, o server.Options) (b *tab, model string) {
	t.Helper()
	found := chromium(t)
	model = filepath.Join(t.TempDir(), "m.klew")
	if err := m.Save(model); err != nil {
		t.Fatal(err)
	}
	o.Name = "test"
	o.Read = func(_ context.Context, _ *topics.Model, name string, raw []byte) (corpus.Document, error) {
		return corpus.Document{ID: name, Text: string(raw)}, nil
	}
	if texts != nil {
		var err error
		source := func(context.Context) iter.Seq2[int, string] { return slices.All(texts) }
		if o.Texts, _, err = server.Gather(t.Context(), m, source, server.MostInMemory, server.Cache{}); err != nil {
			t.Fatal(err)
		}
	}
	s, err := server.New(model, o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended, opened := make(chan error, 1), make(chan string, 1)
	go func() { ended <- s.Serve(ctx, l, func(address string) { opened <- address }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	address := <-opened
	b = start(t, found, address[:strings.Index(address, "?")])
	b.word = m.Vocabulary.Terms[topics.MostProbable(m.W, 0, 1)[0]].Stem
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address))
	return b, model
}

// wait waits until an expression holds.
func (b *tab) wait(expression string) {
	b.Helper()
	if !eval[bool](b, fmt.Sprintf(`new Promise(done => { const begun = performance.now(); const look = () => (%s) ? done(true) : performance.now() - begun > 15000 ? done(false) : setTimeout(look, 20); look(); })`, expression)) {
		b.Fatalf("this has not come: %s\n%s", expression, eval[string](b, `document.body.innerText.slice(0, 1500)`))
	}
}

// press presses the button, or takes the link, with a text.
func (b *tab) press(text string) {
	b.Helper()
	b.wait(fmt.Sprintf(`[...document.querySelectorAll('button')].some(e => e.textContent === %q && !e.disabled)`, text))
	eval[bool](b, fmt.Sprintf(`([...document.querySelectorAll('button')].find(e => e.textContent === %q && !e.disabled).click(), true)`, text))
}

// liveViews are those that are others than in a file.
var liveViews = []string{"#/new", "#/new?topic=1", "#/journal", "#/topic/1", "#/word/WORD", "#/doc/0", "#/search?q=WORD", "#/topics", "#/evaluation", "#/evaluation?of=topics"}

// The views of a page that is served are there.
func TestLiveViews(t *testing.T) {
	m, texts := demo(t)
	b, _ := live(t, m, texts, server.Options{})
	b.visit("#/new")
	b.paste(texts[3])
	b.everyView(liveViews)
	b.visit("#/topic/1")
	b.press("Rename")
	b.wait(`document.querySelector('dialog[open] table')`)
	b.shoot("#/dialog", 1280)
	b.press("Make this change")
	b.wait(`document.querySelector('.status').textContent.startsWith('Line 1')`)
	b.shoot("#/done", 1280)
	b.axe(liveViews)
	b.visit("#/topic/2")
	b.press("Merge into topic 2")
	b.wait(`document.querySelector('dialog[open] table')`)
	b.axeHere("dialog")
}

func (b *tab) paste(text string) {
	b.Helper()
	eval[bool](b, fmt.Sprintf(`(document.querySelector('textarea').value = %q, document.querySelector('form.newtext').requestSubmit(), true)`, text))
	b.wait(`document.querySelector('.similar a, [role=alert]:not(:empty)')`)
}

// The numbers of a text that is pasted are those of klew infer, explain and similar.
func TestPaste(t *testing.T) {
	m, texts := demo(t)
	b, _ := live(t, m, texts, server.Options{})
	text := "Bees and honey in the hive, and a train at the station. Zyxwv!"
	b.visit("#/new")
	b.paste(text)
	inferred, err := m.Infer(t.Context(), slices.Values([]corpus.Document{{ID: "new", Text: text}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	shares := inferred.Proportions(0)
	var want []string
	for _, k := range tables.MainTopics(shares, 0) {
		want = append(want, fmt.Sprint(m.Number(k)), percent(shares[k]))
	}
	if got := eval[[]string](b, `[...document.querySelectorAll('.legend li')].flatMap(e => [e.querySelector('.chip').textContent, e.querySelector('.number').textContent])`); !slices.Equal(got, want) {
		t.Errorf("proportions are %v, want %v", got, want)
	}
	b.marked(m, inferred, text, 0)
	near := m.Similar(shares, 10, -1)
	want = nil
	for _, n := range near {
		want = append(want, fmt.Sprint(n.Document), fmt.Sprintf("%.2f", n.Distance))
	}
	if got := eval[[]string](b, `[...document.querySelectorAll('.similar li')].flatMap(e => [e.querySelector('a').hash.split('/').pop(), e.querySelector('.number').textContent])`); !slices.Equal(got, want) {
		t.Errorf("similar are %v, want %v", got, want)
	}
	if known := eval[string](b, `document.querySelector('aside .facts span[title]').title`); known != fmt.Sprint(float32(inferred.Documents[0].Known())) {
		t.Errorf("known is %s, want %v", known, inferred.Documents[0].Known())
	}
	b.quiet("paste")
}

// A text for which the model has been changed by another meanwhile is of the topics that there are
// now, as is a file that is dropped.
func TestPasteMeanwhile(t *testing.T) {
	m, texts := demo(t)
	b, path := live(t, m, texts, server.Options{})
	b.visit("#/new")
	other := *m
	if err := other.Amend([]topics.Edit{{Verb: topics.DropTopic, Topic: 0}}); err != nil {
		t.Fatal(err)
	}
	if err := other.Save(path); err != nil {
		t.Fatal(err)
	}
	eval[bool](b, `fetch('/api/state').then(() => true)`) // as another window does
	b.paste(texts[3])
	b.forget("409")
	b.shows(&other)
	edited, err := other.Edited()
	if err != nil {
		t.Fatal(err)
	}
	inferred, err := edited.Fitted().Infer(t.Context(), slices.Values([]corpus.Document{{Text: texts[3]}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	b.marked(edited, inferred, texts[3], 0)
	b.visit("#/topics")
	eval[bool](b, `(() => { const d = new DataTransfer(); d.items.add(new File(['bees and honey <img src=x onerror=alert(1)>'], '</script>.txt')); document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: d, bubbles: true, cancelable: true })); return true; })()`)
	b.wait(`document.querySelector('.result .text') && document.querySelector('.result .text').textContent.includes('<img')`)
	if n := eval[int](b, `document.querySelectorAll('img').length`); n > 0 {
		t.Error("a text has become an element")
	}
	b.quiet("paste meanwhile")
}

// An edit is looked at, made and taken back; the page shows the model as klew topics does.
func TestEdit(t *testing.T) {
	m, texts := demo(t)
	b, path := live(t, m, texts, server.Options{})
	b.visit("#/topic/3")
	eval[bool](b, `(document.querySelector('form.correct select').value = '7', true)`)
	b.press("Merge into topic 3")
	b.wait(`document.querySelector('dialog[open] code')`)
	if line := eval[string](b, `document.querySelector('dialog code').textContent`); line != "merge 3 7" {
		t.Errorf("the line is %q", line)
	}
	if now, err := topics.Load(path); err != nil || len(now.Journal) > 0 {
		t.Errorf("a preview has changed the model: %v, %v", now.Journal, err)
	}
	b.press("Make this change")
	b.wait(`document.querySelector('.status').textContent.startsWith('Line 1')`)
	now, err := topics.Load(path)
	if err != nil || !slices.Equal(now.Journal, []string{"merge 3 7"}) {
		t.Fatalf("the journal is %v, %v", now.Journal, err)
	}
	b.shows(now)
	edited, err := now.Edited()
	if err != nil {
		t.Fatal(err)
	}
	b.visit("#/doc/5")
	b.wait(`document.querySelector('.text .w')`)
	b.explains(edited, texts[5], 5)
	b.press("Undo")
	b.wait(`document.querySelector('.status').textContent.startsWith('Took back line 1')`)
	b.shows(m)

	// Another edits the model meanwhile: what was looked at is refused.
	b.visit("#/topic/2")
	b.press("Leave this topic out")
	b.wait(`document.querySelector('dialog[open] code')`)
	other, err := topics.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Amend([]topics.Edit{{Verb: topics.RenameTopic, Topic: 0, Text: "of another"}}); err != nil {
		t.Fatal(err)
	}
	if err := other.Save(path); err != nil {
		t.Fatal(err)
	}
	b.press("Make this change")
	b.wait(`document.querySelector('dialog .fault').textContent.includes('changed by another')`)
	b.forget("409")
	b.press("Show it as it is now")
	b.wait(`document.querySelector('ol.topics .label').textContent === 'of another'`)
	b.shows(other)
	b.visit("#/journal")
	if lines := eval[[]string](b, `[...document.querySelectorAll('table.journal code')].map(e => e.textContent)`); !slices.Equal(lines, other.Journal) {
		t.Errorf("the journal is shown as %v, want %v", lines, other.Journal)
	}
	b.quiet("edit")
}

// shows compares the list of topics with the table of klew topics.
func (b *tab) shows(fitted *topics.Model) {
	b.Helper()
	m, err := fitted.Edited()
	if err != nil {
		b.Fatal(err)
	}
	var want []string
	labels, shares := m.Labels(), m.Shares()
	for k := range m.Topics() {
		want = append(want, fmt.Sprint(m.Number(k)), labels[k], percent(shares[k]))
	}
	b.wait(fmt.Sprintf(`document.querySelectorAll('ol.topics li').length === %d`, m.Topics()))
	if got := eval[[]string](b, `[...document.querySelectorAll('ol.topics li')].flatMap(e => [e.querySelector('.chip').textContent, e.querySelector('.label').textContent, e.querySelector('.share').textContent])`); !slices.Equal(got, want) {
		b.Errorf("topics are %v, want %v", got, want)
	}
}

// forget leaves out what a browser says of an answer that is no success.
func (b *tab) forget(status string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = slices.DeleteFunc(b.said, func(line string) bool { return strings.Contains(line, "status of "+status) })
}

// Words, texts and their lines are found by the server as by a page that has all texts.
func TestLiveTexts(t *testing.T) {
	m, texts := demo(t)
	b, _ := live(t, m, texts, server.Options{})
	file := open(t, m, texts)
	for hash, there := range map[string]string{"#/word/" + b.word: ".kwic li", "#/search?q=hone": "main section:last-of-type .found mark, .note mark", "#/doc/17": ".text .w"} {
		b.visit(hash)
		file.visit(hash)
		b.wait(fmt.Sprintf("document.querySelector(%q)", there))
		file.wait(fmt.Sprintf("document.querySelector(%q)", there))
		shown := `[...document.querySelectorAll('table.counts td, .kwic mark, .kwic .where, .note mark, .text .w, main .note:first-of-type')].map(e => e.textContent)`
		if got, want := eval[[]string](b, shown), eval[[]string](file, shown); !slices.Equal(got, want) || len(got) < 5 {
			t.Errorf("%s: the server shows\n%.800q, and the file\n%.800q", hash, got, want)
		}
	}
	b.quiet("texts")
}

// Measures are those of klew evaluate, and are found when they are first looked at.
func TestLiveEvaluation(t *testing.T) {
	m, texts := demo(t)
	b, _ := live(t, m, texts, server.Options{})
	own := page.Page{Model: m}
	if err := own.Evaluate(t.Context(), documentsOf(texts), 1); err != nil {
		t.Fatal(err)
	}
	ofModel, _ := tables.ModelMeasures(own.Evaluation, evaluation.Measures, map[evaluation.Need]string{evaluation.TheTexts: "texts", evaluation.TheModel: "model", evaluation.TheLabels: "folder"})
	var want bytes.Buffer
	if err := tables.Write(&want, tables.CSV, ofModel); err != nil {
		t.Fatal(err)
	}
	b.visit("#/evaluation")
	b.wait(`document.querySelector('table.measures')`)
	if got := b.saved("CSV"); got != want.String() {
		t.Errorf("the page saves\n%s\nand the command writes\n%s", got, want.String())
	}
	b.quiet("evaluation")
}

// Without a mouse: from the address to an edit, and back.
func TestLiveKeys(t *testing.T) {
	m, texts := demo(t)
	b, path := live(t, m, texts, server.Options{})
	b.visit("#/topic/1")
	eval[bool](b, `(document.querySelector('form.correct input').focus(), document.activeElement.select(), true)`)
	b.do(chromedp.KeyEvent("flying and landing"), chromedp.KeyEvent("\r"))
	b.wait(`document.querySelector('dialog[open] button.first')`)
	b.wait(`document.activeElement.textContent === 'Make this change'`)
	b.do(chromedp.KeyEvent("\r"))
	b.wait(`document.querySelector('.status').textContent.startsWith('Line 1')`)
	if now, err := topics.Load(path); err != nil || !slices.Equal(now.Journal, []string{`rename 1 "flying and landing"`}) {
		t.Errorf("the journal is %v, %v", now.Journal, err)
	}
	if where := eval[string](b, `document.activeElement.id`); where != "view" {
		t.Errorf("after the edit the focus is on %q", where)
	}
	b.visit("#/topic/1")
	eval[bool](b, `(document.querySelector('form.correct input').focus(), true)`)
	b.do(chromedp.KeyEvent("\r"))
	b.wait(`document.querySelector('dialog[open] button.first')`)
	b.do(chromedp.KeyEvent("\u001b"))
	b.wait(`document.querySelector('dialog') === null`)
	b.quiet("keys")
}

// Without texts, and where nothing can be changed, the page says so.
func TestLiveWithout(t *testing.T) {
	m, _ := demo(t)
	b, _ := live(t, m, nil, server.Options{Why: "The texts have gone.", ReadOnly: true})
	b.visit("#/doc/0")
	b.wait(`document.querySelector('main').textContent.includes('The texts have gone.')`)
	b.forget("404")
	b.visit("#/topic/1")
	b.wait(`document.querySelector('aside').textContent.includes('--read-only')`)
	b.visit("#/word/" + b.word)
	b.wait(`document.querySelector('main').textContent.includes('The texts have gone.')`)
	b.quiet("without")
}
