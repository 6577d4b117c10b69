// Package browser opens pages in Chromium: what they show is what the commands print, no view
// writes an error to the console, asks for anything or breaks its policy, and every view keeps
// to the width of a narrow window. It is a module of its own, so that klew does not need what
// drives a browser. Without a browser its tests are skipped.
//
// AXE names the file axe.min.js of axe-core, by which all views are checked for WCAG 2.2 A and
// AA. SHOTS names a folder for pictures of all views.
package browser

import (
	"context"
	"fmt"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a page in a browser, with what it has complained of.
type tab struct {
	*testing.T
	ctx  context.Context
	url  string // of the page; it asks for nothing elsewhere
	word string
	mu   sync.Mutex
	said []string
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
