package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"klew/corpus"
	"klew/topics"
)

// views are addresses of all views, and of some choices in them.
var views = []string{
	"#/topics", "#/topics?as=table&by=share&down=1", "#/topic/1", "#/topic/2?lambda=0.1", "#/topic/99", "#/documents", "#/documents?sort=2&topics=2:10",
	"#/doc/0", "#/doc/1?topic=1", "#/doc/-1", "#/word/WORD", "#/word/none", "#/search?q=WORD", "#/search", "#/map", "#/tree", "#/tree?groups=2",
	"#/trends", "#/trends?as=stacked", "#/trends?by=month&as=stacked&layers=groups", "#/fields", "#/fields?of=lift", "#/fields?rows=groups", "#/compared",
	"#/evaluation", "#/evaluation?of=topics&by=c_v", "#/sweep", "#/model", "#/nowhere",
}

func TestViews(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	b.word = m.Vocabulary.Terms[topics.MostProbable(m.W, 0, 1)[0]].Stem
	b.everyView(views)
	b.axe(views)
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
