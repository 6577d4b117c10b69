package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The keys lead everywhere.
func TestKeys(t *testing.T) {
	m, texts := demo(t)
	b := open(t, m, texts)
	b.visit("#/topic/1")
	b.do(chromedp.KeyEvent("]"))
	eval[bool](b, `new Promise(done => setTimeout(() => done(true), 150))`)
	if hash := eval[string](b, `location.hash`); hash != "#/topic/2" {
		t.Errorf("] leads to %s", hash)
	}
	b.do(chromedp.KeyEvent("/"), chromedp.KeyEvent("honey"))
	eval[bool](b, `new Promise(done => setTimeout(() => done(true), 250))`)
	if found := eval[string](b, `document.querySelector('main').textContent`); !strings.Contains(found, "honey") || eval[string](b, `document.activeElement.type`) != "search" {
		t.Errorf("/ and a word find %.80q, with %s in focus", found, eval[string](b, `document.activeElement.tagName`))
	}
	b.visit("#/doc/0")
	eval[bool](b, `(document.querySelector('.text').focus(), true)`)
	b.do(chromedp.KeyEvent("\u0304")) // arrow right
	b.tabs()
	b.quiet("keys")
}

// tabs goes with the tab key alone to every tab, and opens it.
func (b *tab) tabs() {
	b.Helper()
	all := eval[[]string](b, `[...document.querySelectorAll('.tabs a')].map(e => e.hash)`)
	for _, hash := range all {
		b.visit("#/topic/1")
		eval[bool](b, `(document.activeElement.blur(), getSelection().removeAllRanges(), scrollTo(0, 0), document.body.tabIndex = -1, document.body.focus(), true)`)
		for range 3 * len(all) {
			b.do(chromedp.KeyEvent("\t"))
			if eval[bool](b, fmt.Sprintf(`document.activeElement.closest('.tabs') !== null && document.activeElement.hash === %q`, hash)) {
				break
			}
		}
		b.do(chromedp.KeyEvent("\r"))
		b.wait(fmt.Sprintf(`location.hash === %q && document.querySelector('main h1')`, hash))
	}
}
