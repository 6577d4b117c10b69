package sections

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"unicode/utf8"
)

// Fields takes a payload apart. After its first error all it returns is zero.
type Fields struct {
	data []byte
	err  error
	// more, if set, has the rest of the payload, left bytes, and buffer is where data is then.
	more   io.Reader
	left   int64
	buffer []byte
}

// window is how much of a payload that is read as it is asked for is in memory.
const window = 1 << 16

// NewFields returns the fields of a payload.
func NewFields(payload []byte) *Fields { return &Fields{data: payload} }

// need sees to it that data has so many bytes, if there are. The buffer grows by what comes, and
// not by what is announced.
func (f *Fields) need(size int) {
	for len(f.data) < size && f.left > 0 && f.err == nil {
		if wanted := max(window, 2*len(f.data)); len(f.buffer) < wanted {
			f.buffer = make([]byte, wanted)
		}
		kept := copy(f.buffer, f.data)
		n, err := io.ReadFull(f.more, f.buffer[kept:min(int64(len(f.buffer)), int64(kept)+f.left)])
		f.left -= int64(n)
		f.data = f.buffer[:kept+n]
		if err != nil {
			f.Fail("%w", err)
		}
	}
}

// Left is the number of bytes that have not been asked for.
func (f *Fields) Left() int64 { return int64(len(f.data)) + f.left }

// Fail sets the error, unless there is one.
func (f *Fields) Fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf(format, args...)
	}
	f.data, f.left = nil, 0
}

// Err is the first error.
func (f *Fields) Err() error { return f.err }

// Rest returns all that has not been read yet; after it nothing is left.
func (f *Fields) Rest() []byte {
	f.need(math.MaxInt)
	rest := f.data
	f.data = nil
	return rest
}

// Close returns the first error, or one that says that something is left.
func (f *Fields) Close() error {
	if f.Left() > 0 {
		f.Fail("%d bytes too many", f.Left())
	}
	return f.err
}

// Uvarint reads a number that fits an int.
func (f *Fields) Uvarint() int {
	if len(f.data) < binary.MaxVarintLen64 && f.left > 0 {
		f.need(binary.MaxVarintLen64)
	}
	n, size := binary.Uvarint(f.data)
	if size <= 0 || n > math.MaxInt {
		f.Fail("a number is cut off or too large")
		return 0
	}
	f.data = f.data[size:]
	return int(n)
}

// Count reads a number of things that take at least size bytes each.
func (f *Fields) Count(size int) int {
	n := f.Uvarint()
	if int64(n) > f.Left()/int64(size) {
		f.Fail("it says that it holds %d things, and is too short for them", n)
		return 0
	}
	return n
}

// String reads a string.
func (f *Fields) String() string {
	n := f.Count(1)
	if f.need(n); f.err != nil {
		return ""
	}
	s := string(f.data[:n])
	f.data = f.data[n:]
	if !utf8.ValidString(s) {
		f.Fail("a string is not UTF-8")
		return ""
	}
	return s
}

// Strings reads a number of strings, and these; nil if there is none.
func (f *Fields) Strings() []string {
	var list []string
	for range f.Count(1) {
		list = append(list, f.String())
	}
	return list
}

// Uint32 reads a number of four bytes.
func (f *Fields) Uint32() uint32 {
	if b := f.Bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// Float64 reads one of eight bytes.
func (f *Fields) Float64() float64 {
	if b := f.Bytes(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// Byte reads one.
func (f *Fields) Byte() byte {
	if b := f.Bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// Bool reads a byte; what is not 1 is no.
func (f *Fields) Bool() bool { return f.Byte() == 1 }

// Bytes returns the next size bytes, or nil if there are not so many. They hold until more is asked for.
func (f *Fields) Bytes(size int) []byte {
	if f.need(size); len(f.data) < size {
		f.Fail("it ends too early")
		return nil
	}
	b := f.data[:size]
	f.data = f.data[size:]
	return b
}
