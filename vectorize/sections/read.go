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
	size    int64 // what is left of the file, if it is known, and else very much

	tag  string // of the section at hand
	left int64  // bytes of it that have not been read
	sum  uint32 // checksum of those that have
}

// NewReader reads the beginning of a file. A version above newest is one that this
// program is too old for.
func NewReader(from io.Reader, magic string, newest uint32) (*Reader, error) {
	r := &Reader{from: from, size: math.MaxInt64}
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

// OpenRegular opens a file, to look at how it begins. It is nil if there is none at path, or none
// that can be read again: a pipe must not lose its first bytes.
func OpenRegular(path string) *os.File {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	return f
}

// Begins reports whether there is a regular file at path that begins with magic.
func Begins(path, magic string) bool {
	f := OpenRegular(path)
	if f == nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, _ := io.ReadFull(f, head)
	return string(head[:n]) == magic
}

// isEnd says whether an error of io.ReadFull or io.CopyN is that there was no more.
func isEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// Limit says that the rest of the file has so many bytes: a section that claims more is incomplete,
// which is then known before it is read.
func (r *Reader) Limit(size int64) { r.size = size }

// Next returns the next section. The payload holds until the following call. After the
// last section, which it does not return, the error is io.EOF.
func (r *Reader) Next() (tag string, payload []byte, err error) {
	if tag, err = r.open(); err != nil {
		return "", nil, err
	}
	// The buffer grows by what comes, and not by what is announced.
	r.payload.Reset()
	if _, err = io.Copy(&r.payload, readerOf{r}); err == nil {
		err = r.Check()
	}
	if err != nil {
		return "", nil, err
	}
	return tag, r.payload.Bytes(), nil
}

// Open returns the next section's tag, and its fields, which are read as they are asked for: what
// is long is never in memory as a whole. Check must follow; only then is it known that the section
// is sound. After the last section the error is io.EOF.
func (r *Reader) Open() (tag string, f *Fields, err error) {
	if tag, err = r.open(); err != nil {
		return "", nil, err
	}
	return tag, &Fields{more: readerOf{r}, left: r.left}, nil
}

// Check reads to the end of the section at hand, and returns an error if it is damaged.
func (r *Reader) Check() error {
	if _, err := io.Copy(io.Discard, readerOf{r}); err != nil {
		return err
	}
	var sum [4]byte
	if err := r.full(sum[:]); err != nil {
		return err
	}
	if r.sum != binary.LittleEndian.Uint32(sum[:]) {
		return fmt.Errorf("the file is damaged: the checksum of section %q is wrong", r.tag)
	}
	return nil
}

// open reads the head of a section.
func (r *Reader) open() (tag string, err error) {
	if r.ended {
		return "", io.EOF
	}
	var head [headSize]byte
	if err := r.full(head[:]); err != nil {
		return "", err
	}
	size := binary.LittleEndian.Uint64(head[4:])
	if size > math.MaxInt64-headSize-4 || int64(size) > r.size-headSize-4 {
		return "", ErrTruncated
	}
	if r.size != math.MaxInt64 {
		r.size -= headSize + int64(size) + 4
	}
	r.tag, r.left, r.sum = string(head[:4]), int64(size), Checksum(head[:])
	if r.tag == End {
		return "", r.end()
	}
	return r.tag, nil
}

func (r *Reader) full(to []byte) error {
	_, err := io.ReadFull(r.from, to)
	if isEnd(err) {
		return ErrTruncated
	}
	return err
}

// readerOf reads the payload of the section at hand.
type readerOf struct{ r *Reader }

func (of readerOf) Read(to []byte) (int, error) {
	r := of.r
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.from.Read(to[:min(int64(len(to)), r.left)])
	r.left -= int64(n)
	r.sum = crc32.Update(r.sum, castagnoli, to[:n])
	if err == io.EOF && r.left > 0 {
		return n, ErrTruncated
	} else if err == io.EOF {
		err = nil
	}
	return n, err
}

// end finds fault with what follows the last section.
func (r *Reader) end() error {
	if r.left > 0 {
		return fmt.Errorf("the file is damaged: section %q holds %d bytes", End, r.left)
	}
	if err := r.Check(); err != nil {
		return err
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
