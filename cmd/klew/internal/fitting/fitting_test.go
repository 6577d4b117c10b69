package fitting

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"weak"

	"klew/cmd/klew/internal/print"
	"klew/corpus"
	"klew/nmf"
	"klew/topics"
	"klew/vectorize"
)

// probing is a context that looks at something whenever it is asked whether to go on.
type probing struct {
	context.Context
	probe func()
}

func (p probing) Err() error { p.probe(); return nil }

func (p probing) Done() <-chan struct{} { p.probe(); return nil }

// While it is factorised a matrix is there once, as nmf has it, and not twice.
func TestFittingLetsTheMatrixGo(t *testing.T) {
	p := &print.Console{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}
	f := &Fitting{Console: p, Options: nmf.Defaults()}
	f.Options.MaxIter = 3
	c, err := corpus.Open([]string{"../../../../examples/demo"}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	table, err := vectorize.Count(context.Background(), c.Documents(context.Background()), vectorize.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	read := weak.Make(table.V)
	var gone atomic.Bool // all goroutines of the fit ask
	ctx := probing{context.Background(), func() {
		if gone.Load() {
			return
		}
		runtime.GC()
		gone.Store(read.Value() == nil)
	}}
	if _, err := f.Factorise(ctx, table, topics.Origin{}); err != nil {
		t.Fatal(err)
	}
	if !gone.Load() {
		t.Error("the matrix that was read is there to the end")
	}
	runtime.KeepAlive(table)
}
