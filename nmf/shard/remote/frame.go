package remote

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// Protocol is the version of the frames and of what the tasks expect.
const Protocol = 1

// MostData is the largest number of bytes in a frame.
const MostData = 64 << 20

// The kinds of frames that every conversation has, and those of fitting.
const (
	KindHello      = "KLEW"
	KindInfo       = "INFO"
	KindEnd        = "END "
	KindError      = "ERR "
	KindState      = "PASS"
	KindW          = "W   "
	KindH          = "H   "
	KindBlock      = "BLCK"
	KindStatistics = "STAT"
)

// headSize is the number of bytes before the data.
const headSize = 24

// Frame is a piece of a conversation.
type Frame struct {
	Kind string // four bytes
	Key  int64  // 0 or more
	Part int    // 0 or more
	Data []byte
}

// head is the beginning of a frame, with its checksum.
func (f Frame) head() []byte {
	head := append(make([]byte, 0, headSize), f.Kind...)
	head = binary.LittleEndian.AppendUint64(head, uint64(f.Key))
	head = binary.LittleEndian.AppendUint32(head, uint32(f.Part))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(f.Data)))
	return binary.LittleEndian.AppendUint32(head, checksum(head, f.Data))
}

// checksum is that of a head, its own place left out, and of the data.
func checksum(head, data []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE(head[:headSize-4]), crc32.IEEETable, data)
}

// errCut is returned where a conversation ends before its end.
var errCut = errors.New("the frames end too early, without an END: whoever wrote them was stopped")

// Reader reads frames.
type Reader struct {
	from io.Reader
	data bytes.Buffer
}

// NewReader returns a reader of the frames in a stream.
func NewReader(from io.Reader) *Reader { return &Reader{from: from} }

// Next returns the next frame, whose data hold until the following call. At an END it returns
// io.EOF, and at an ERR what that says. However long a frame says that it is, no more memory is
// taken than a small multiple of what comes.
func (r *Reader) Next() (Frame, error) {
	var head [headSize]byte
	if err := r.full(head[:]); err != nil {
		return Frame{}, err
	}
	f := Frame{Kind: string(head[:4]), Key: int64(binary.LittleEndian.Uint64(head[4:])), Part: int(int32(binary.LittleEndian.Uint32(head[12:])))}
	length := binary.LittleEndian.Uint32(head[16:])
	if length > MostData {
		return Frame{}, fmt.Errorf("a frame %q of %d bytes, where %d are the most", f.Kind, length, MostData)
	}
	r.data.Reset()
	if _, err := io.CopyN(&r.data, r.from, int64(length)); err == io.EOF {
		return Frame{}, errCut
	} else if err != nil {
		return Frame{}, err
	}
	f.Data = r.data.Bytes()
	return f, f.check(head[:])
}

func (r *Reader) full(to []byte) error {
	_, err := io.ReadFull(r.from, to)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errCut
	}
	return err
}

// check finds damage, and the ends.
func (f Frame) check(head []byte) error {
	switch {
	case checksum(head, f.Data) != binary.LittleEndian.Uint32(head[headSize-4:]):
		return fmt.Errorf("a frame %q is damaged: its checksum is wrong", f.Kind)
	case f.Key < 0 || f.Part < 0:
		return fmt.Errorf("a frame %q with the key %d and the part %d: neither can be below 0", f.Kind, f.Key, f.Part)
	case f.Kind == KindError:
		return fmt.Errorf("the other side stopped: %s", bytes.ToValidUTF8(f.Data, []byte("?")))
	case f.Kind == KindEnd:
		return io.EOF
	}
	return nil
}

// Writer writes frames, and remembers its first error.
type Writer struct {
	to  io.Writer
	err error
}

// NewWriter returns a writer of frames to a stream.
func NewWriter(to io.Writer) *Writer { return &Writer{to: to} }

// Err is the first error.
func (w *Writer) Err() error { return w.err }

// Write writes a frame.
func (w *Writer) Write(f Frame) {
	if w.err == nil && len(f.Data) > MostData {
		w.err = fmt.Errorf("a frame %q of %d bytes, where %d are the most", f.Kind, len(f.Data), MostData)
	}
	for _, b := range [][]byte{f.head(), f.Data} {
		if w.err == nil {
			_, w.err = w.to.Write(b)
		}
	}
}

// longPart is how long the parts of a long thing are: executors hold several at a time.
const longPart = 8 << 20

// Long writes a thing of any length, in as many parts as it takes; one if it is empty.
func (w *Writer) Long(kind string, key int64, data []byte) {
	for part := 0; part == 0 || len(data) > 0; part++ {
		n := min(len(data), longPart)
		w.Write(Frame{Kind: kind, Key: key, Part: part, Data: data[:n]})
		data = data[n:]
	}
}
