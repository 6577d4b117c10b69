package sections

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// ErrVersion is returned by Replace for a file of another version.
var ErrVersion = errors.New("the file has another version")

// Replace writes a file as from is, but with another payload in the section of a tag. If there is
// none yet, it comes before the section called before; with an empty payload it is left out. All
// else is copied as it is, without a look at it: where both are files, by the system.
func Replace(to io.Writer, from io.ReadSeeker, magic string, version uint32, tag string, p Payload, before string) error {
	head := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(from, head); err != nil {
		return err
	}
	if string(head[:len(magic)]) != magic {
		return ErrMagic
	}
	if binary.LittleEndian.Uint32(head[len(magic):]) != version {
		return ErrVersion
	}
	end, again, err := span(from, int64(len(head)), tag, before)
	if err != nil {
		return err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.CopyN(to, from, end); err != nil {
		return err
	}
	if len(p) > 0 {
		var section bytes.Buffer
		w := Writer{to: bufio.NewWriter(&section)}
		w.Section(tag, p)
		w.to.Flush() // to memory, which does not fail
		if _, err := to.Write(section.Bytes()); err != nil {
			return err
		}
	}
	if _, err := from.Seek(again, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

// span finds the section of a tag, from its head to behind its checksum; or the place before
// another one, twice, if that comes first.
func span(from io.ReadSeeker, at int64, tag, before string) (begin, end int64, err error) {
	for {
		var head [headSize]byte
		if _, err := io.ReadFull(from, head[:]); err != nil {
			return 0, 0, ErrTruncated
		}
		size := binary.LittleEndian.Uint64(head[4:])
		next := at + headSize + int64(size) + 4
		switch found := string(head[:4]); {
		case size > 1<<60:
			return 0, 0, ErrTruncated
		case found == tag:
			return at, next, nil
		case found == before:
			return at, at, nil
		case found == End:
			return 0, 0, ErrTruncated
		}
		if _, err := from.Seek(next, io.SeekStart); err != nil {
			return 0, 0, err
		}
		at = next
	}
}
