package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"klew/corpus/internal/records"
)

// pageChecker holds compressed pages to the size that their headers name. The Parquet
// library unpacks first and compares then, which is too late for a page that unpacks to
// a terabyte. So pages are unpacked twice, the first time here, with a limit, which costs
// about a third of the time of reading.
//
// LZ4 is refused. Version 0.32 of the library reads garbage from pages that it packs to
// more than a third of their size, and doubles its buffer until memory is gone where a
// page is damaged.
type pageChecker struct {
	gzip   *gzip.Reader
	zstd   *zstd.Decoder
	brotli *brotli.Reader
	plain  []byte // what was unpacked last
}

// unpack unpacks what must be size bytes. They are valid until the next call.
func (c *pageChecker) unpack(codec format.CompressionCodec, packed []byte, size int64) ([]byte, error) {
	if len(packed) == 0 && size == 0 { // only nulls, in the second version
		return nil, nil
	}
	err := errLies
	c.plain = c.plain[:0]
	switch codec {
	case format.Uncompressed:
		return packed, nil
	case format.Snappy:
		// Its longest copy takes two bytes and makes 64.
		if n, _ := binary.Uvarint(packed); n == uint64(size) && size <= 64*int64(len(packed)) {
			c.plain, err = snappy.Decode(c.plain[:cap(c.plain)], packed)
		}
	case format.Gzip, format.Zstd, format.Brotli:
		err = c.stream(codec, packed, size)
	default:
		return nil, fmt.Errorf("its compression %s cannot be read; write the file with snappy, gzip, zstd, brotli or none", codec)
	}
	if err != nil {
		return nil, fmt.Errorf("a page cannot be unpacked: %w", err)
	} else if int64(len(c.plain)) != size {
		return nil, fmt.Errorf("a page of %d bytes unpacks to another size: %w", size, errLies)
	}
	return c.plain, nil
}

// stream unpacks no more than one byte too many.
func (c *pageChecker) stream(codec format.CompressionCodec, packed []byte, size int64) error {
	r, err := c.decoder(codec, packed)
	if err != nil {
		return err
	}
	out := bytes.NewBuffer(c.plain)
	_, err = out.ReadFrom(io.LimitReader(r, size+1))
	c.plain = out.Bytes()
	return err
}

// decoder makes or reuses a decoder.
func (c *pageChecker) decoder(codec format.CompressionCodec, packed []byte) (r io.Reader, err error) {
	in := &sliceReader{packed}
	switch {
	case codec == format.Gzip && c.gzip == nil:
		c.gzip, err = gzip.NewReader(in)
		return c.gzip, err
	case codec == format.Gzip:
		return c.gzip, c.gzip.Reset(in)
	case codec == format.Zstd && c.zstd == nil:
		c.zstd, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(records.MaxRecord))
		return c.zstd, err
	case codec == format.Zstd:
		return c.zstd, c.zstd.Reset(in)
	case c.brotli == nil:
		c.brotli = brotli.NewReader(in)
		return c.brotli, nil
	}
	return c.brotli, c.brotli.Reset(in)
}

func (c *pageChecker) close() {
	if c.zstd != nil {
		c.zstd.Close()
	}
}

// sliceReader reads a slice. It has no other methods, by which decoders would take a
// shortcut around the limit of what they unpack.
type sliceReader struct{ rest []byte }

func (r *sliceReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
