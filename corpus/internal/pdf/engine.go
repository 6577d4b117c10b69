package pdf

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// patience is how long one page may take. Whole books take seconds; what takes a minute
	// a page goes in circles.
	patience = time.Minute
	// memoryPages is what an engine may use, in pages of 64 KiB: 176 MiB. A bomb inside a PDF
	// ends there, and so does a page of tens of thousands of lines. Memory grows by being
	// copied, so that for a moment it is there twice: with 512 MiB a page of 60,000 lines took
	// a gigabyte, and now less than half.
	memoryPages = 176 << 4
	// inEngine is the size of the largest document that the engine holds in its own memory. Of
	// larger ones it asks for pieces, which takes longer.
	inEngine = 32 << 20
)

// engine is PDFium, the reader of PDFs in Chrome, compiled to WebAssembly: it can touch no
// memory but its own, no file, and no network. Each document has a new one, so that none
// finds what another has broken.
type engine struct {
	pdfium.Pdfium
	timer *time.Timer
	late  atomic.Bool
}

// engines compiles PDFium when the first PDF comes. What is compiled is the same for all,
// and for good.
var engines = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true).
		WithCompilationCache(compiled())
	return webassembly.Init(webassembly.Config{
		Context:       withMemory(context.Background()),
		MaxTotal:      runtime.GOMAXPROCS(0),
		FSConfig:      wazero.NewFSConfig().WithFSMount(fonts(), "/"), // without it the engine could read all our files
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
})

// compiled keeps what was compiled for the next time, where the system keeps such things.
// If it cannot, each start compiles anew.
func compiled() wazero.CompilationCache {
	if folder, err := os.UserCacheDir(); err == nil {
		cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "klew", "pdfium"))
		if err == nil {
			return cache
		}
	}
	return wazero.NewCompilationCache()
}

// borrow waits until fewer engines are at work than there are processors.
func borrow() (*engine, error) {
	pool, err := engines()
	if err != nil {
		return nil, fmt.Errorf("the PDF engine did not start: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(context.Background())
	if err != nil {
		return nil, fmt.Errorf("the PDF engine did not start: %w", err)
	}
	e := &engine{Pdfium: instance}
	e.timer = time.AfterFunc(patience, e.expire)
	return e, nil
}

// expire ends the engine in the middle of what it does.
func (e *engine) expire() {
	if !e.late.Swap(true) {
		e.Kill()
	}
}

// extend gives the engine time for one page more.
func (e *engine) extend() { e.timer.Reset(patience) }

// giveBack ends the engine, if it has not been ended.
func (e *engine) giveBack() {
	e.timer.Stop()
	if !e.late.Swap(true) {
		e.Close()
	}
}
