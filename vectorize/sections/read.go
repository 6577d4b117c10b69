package sections

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
)

// ErrMagic is returned for what does not begin with the magic.
var ErrMagic = errors.New("it is another kind of file")

// ErrTruncated is returned for a file of which the end is missing.
var ErrTruncated = errors.New("the file is incomplete: it ends too early")

// Reader reads the sections of a file one after another.
type Reader struct {
	from    io.Reader
	payload bytes.Buffer
	ended   bool
}

// NewReader reads the beginning of a file. A version above newest is one that this
// program is too old for.
func NewReader(from io.Reader, magic string, newest uint32) (*Reader, error) {
	r := &Reader{from: from}
	head := make([]byte, len(magic)+4)
	n, err := io.ReadFull(from, head)
	switch {
	case err != nil && !isEnd(err):
		return nil, err
	case n < len(magic) || string(head[:len(magic)]) != magic:
		return nil, ErrMagic
	case err != nil:
		return nil, ErrTruncated
	}
	if v := binary.LittleEndian.Uint32(head[len(magic):]); v > newest {
		return nil, fmt.Errorf("it was written by a newer klew (its format is version %d, this program reads up to %d): update klew", v, newest)
	} else if v < 1 {
		return nil, fmt.Errorf("its format version is %d, which there never was", v)
	}
	return r, nil
}

// Begins reports whether there is a regular file at path that begins with magic.
func Begins(path, magic string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false // a pipe must not lose its first bytes
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, _ := io.ReadFull(f, head)
	return string(head[:n]) == magic
}

// isEnd says whether an error of io.ReadFull or io.CopyN is that there was no more.
func isEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// Next returns the next section. The payload holds until the following call. After the
// last section, which it does not return, the error is io.EOF.
func (r *Reader) Next() (tag string, payload []byte, err error) {
	if r.ended {
		return "", nil, io.EOF
	}
	var head [headSize]byte
	if err := r.full(head[:]); err != nil {
		return "", nil, err
	}
	tag = string(head[:4])
	if err := r.body(binary.LittleEndian.Uint64(head[4:])); err != nil {
		return "", nil, err
	}
	var sum [4]byte
	if err := r.full(sum[:]); err != nil {
		return "", nil, err
	}
	have := crc32.Update(Checksum(head[:]), castagnoli, r.payload.Bytes())
	if have != binary.LittleEndian.Uint32(sum[:]) {
		return "", nil, fmt.Errorf("the file is damaged: the checksum of section %q is wrong", tag)
	}
	if tag == End {
		return "", nil, r.end()
	}
	return tag, r.payload.Bytes(), nil
}

func (r *Reader) full(to []byte) error {
	_, err := io.ReadFull(r.from, to)
	if isEnd(err) {
		return ErrTruncated
	}
	return err
}

// body reads a payload. The buffer grows by what comes, and not by what is announced.
func (r *Reader) body(size uint64) error {
	if size > math.MaxInt64 {
		return ErrTruncated
	}
	r.payload.Reset()
	_, err := io.CopyN(&r.payload, r.from, int64(size))
	if isEnd(err) {
		return ErrTruncated
	}
	return err
}

// end finds fault with what follows the last section.
func (r *Reader) end() error {
	if r.payload.Len() > 0 {
		return fmt.Errorf("the file is damaged: section %q holds %d bytes", End, r.payload.Len())
	}
	var more [1]byte
	switch _, err := io.ReadFull(r.from, more[:]); {
	case err == nil:
		return errors.New("the file is damaged: something follows its end")
	case !isEnd(err):
		return err
	}
	r.ended = true
	return io.EOF
}
