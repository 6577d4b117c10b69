package sections

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"strings"
)

// End is the tag of the last section.
const End = "END "

// headSize is the size of a section's tag and length.
const headSize = 12

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Checksum is the CRC-32C that sections end with, and that klew uses for all checksums.
func Checksum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// Writer writes a file. After its first error it writes nothing.
type Writer struct {
	to  *bufio.Writer
	err error
}

// NewWriter begins a file.
func NewWriter(to io.Writer, magic string, version uint32) *Writer {
	w := &Writer{to: bufio.NewWriterSize(to, 1<<16)}
	w.raw([]byte(magic))
	w.raw(binary.LittleEndian.AppendUint32(nil, version))
	return w
}

// Section writes a section. A tag has four bytes.
func (w *Writer) Section(tag string, p Payload) {
	head := binary.LittleEndian.AppendUint64([]byte(tag), uint64(len(p)))
	sum := crc32.Update(Checksum(head), castagnoli, p)
	w.raw(head)
	w.raw(p)
	w.raw(binary.LittleEndian.AppendUint32(nil, sum))
}

// Long writes a section of which the payload is made in pieces, so that it is never in memory as a
// whole. make is called twice, to find the length and to write, and must add the same pieces.
func (w *Writer) Long(tag string, make func(add func(Payload))) {
	size := 0
	make(func(p Payload) { size += len(p) })
	head := binary.LittleEndian.AppendUint64([]byte(tag), uint64(size))
	sum := Checksum(head)
	w.raw(head)
	make(func(p Payload) {
		sum = crc32.Update(sum, castagnoli, p)
		size -= len(p)
		w.raw(p)
	})
	if size != 0 {
		panic("sections: the pieces of a section are others the second time")
	}
	w.raw(binary.LittleEndian.AppendUint32(nil, sum))
}

// Err is the first error.
func (w *Writer) Err() error { return w.err }

// Close ends the file, and returns the first error.
func (w *Writer) Close() error {
	w.Section(End, nil)
	if w.err == nil {
		w.err = w.to.Flush()
	}
	return w.err
}

func (w *Writer) raw(data []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(data)
	}
}

// Payload is the content of a section being made.
type Payload []byte

// Uvarint adds a number, which must not be below 0.
func (p *Payload) Uvarint(n int) { *p = binary.AppendUvarint(*p, uint64(n)) }

// Uint32 adds a number of four bytes.
func (p *Payload) Uint32(x uint32) { *p = binary.LittleEndian.AppendUint32(*p, x) }

// Float64 adds a number of eight bytes.
func (p *Payload) Float64(x float64) { *p = binary.LittleEndian.AppendUint64(*p, math.Float64bits(x)) }

// Byte adds one.
func (p *Payload) Byte(b byte) { *p = append(*p, b) }

// Bool adds a byte, 1 or 0.
func (p *Payload) Bool(b bool) {
	if b {
		p.Byte(1)
	} else {
		p.Byte(0)
	}
}

// String adds UTF-8 whatever it is given, since nothing else would be read again.
func (p *Payload) String(s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	p.Uvarint(len(s))
	*p = append(*p, s...)
}

// Strings adds the number of strings, and these.
func (p *Payload) Strings(list []string) {
	p.Uvarint(len(list))
	for _, s := range list {
		p.String(s)
	}
}
