package unpack

import (
	"bufio"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow is how far back zstd may look, and so the memory that a header can ask for:
// what the command zstd takes without being told otherwise.
const maxWindow = 128 << 20

// openCompressed opens what is in one gzip or zstd.
func (w *walk) openCompressed(k kind, p place, f File) bool {
	var packed int64
	from := bufio.NewReaderSize(&counter{r: f.Reader, n: &packed}, 1<<16)
	plain, done, err := decompress(k, from)
	if err != nil {
		return w.fault(p.name, fmt.Errorf("broken %s: %w", k, broken(err)))
	}
	defer done()
	inside := place{p.name, inner(p.plain), p.depth + 1}
	return w.open(inside, File{Reader: &unpacking{w: w, r: plain, packed: &packed}})
}

// decompress reads one gzip or zstd until done is called.
func decompress(k kind, from io.Reader) (plain io.Reader, done func(), err error) {
	if k == gzipKind {
		r, err := gzip.NewReader(from)
		return r, func() {}, err
	}
	// One thread: the documents that come keep the others busy, and a stream that is left
	// halfway leaves none behind.
	r, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, nil, err
	}
	return r, r.Close, nil
}
