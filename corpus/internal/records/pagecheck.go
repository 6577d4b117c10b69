package records

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// pageChecker holds compressed pages to the size that their headers name. The Parquet
// library unpacks first and compares then, which is too late for a page that unpacks to
// a terabyte; of LZ4 it even takes any fault for a buffer that is too small, and doubles
// it until memory is gone.
//
// So pages are unpacked twice, here into nothing, but for Snappy's, which begin with the
// size that the library will trust.
type pageChecker struct {
	gzip   *gzip.Reader
	zstd   *zstd.Decoder
	brotli *brotli.Reader
	lz4    []byte // room to unpack to
}

// check fails where packed does not unpack to exactly size bytes.
func (c *pageChecker) check(codec format.CompressionCodec, packed []byte, size int64) error {
	got := int64(len(packed))
	var err error
	switch codec {
	case format.Uncompressed:
	case format.Snappy:
		if n, _ := binary.Uvarint(packed); n <= 64*uint64(len(packed)) { // its longest copy has 64 bytes
			got = int64(n)
		} else {
			err = errLies
		}
	case format.Lz4Raw:
		got, err = c.unpackLZ4(packed, size)
	case format.Gzip, format.Zstd, format.Brotli:
		var unpacked io.Reader
		if unpacked, err = c.unpack(codec, packed); err == nil {
			got, err = io.Copy(io.Discard, io.LimitReader(unpacked, size+1))
		}
	default:
		return fmt.Errorf("its compression %s is not supported", codec)
	}
	if err != nil {
		return fmt.Errorf("a page cannot be unpacked: %w", err)
	} else if got != size {
		return fmt.Errorf("a page of %d bytes unpacks to another size: %w", size, errLies)
	}
	return nil
}

// unpack makes or reuses a decoder.
func (c *pageChecker) unpack(codec format.CompressionCodec, packed []byte) (r io.Reader, err error) {
	in := &sliceReader{packed}
	switch {
	case codec == format.Gzip && c.gzip == nil:
		c.gzip, err = gzip.NewReader(in)
		return c.gzip, err
	case codec == format.Gzip:
		return c.gzip, c.gzip.Reset(in)
	case codec == format.Zstd && c.zstd == nil:
		c.zstd, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxRecord))
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

// unpackLZ4 unpacks an LZ4 block in the way of the Parquet library, but once, into as much
// room as the page claims, which can be no more than 255 times its size.
func (c *pageChecker) unpackLZ4(packed []byte, size int64) (int64, error) {
	if size > 255*int64(len(packed)) {
		return 0, nil
	}
	if int64(cap(c.lz4)) < size {
		c.lz4 = make([]byte, size)
	}
	n, err := lz4.UncompressBlock(packed, c.lz4[:size])
	return int64(n), err
}
