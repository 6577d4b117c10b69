package corpus

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"
)

// A file is read whole whatever size it was said to have, and in however many pieces it comes.
func TestReadFile(t *testing.T) {
	text := bytes.Repeat([]byte("the keeper of the lamp "), 500)
	for name, f := range map[string]func() io.Reader{
		"at once":    func() io.Reader { return bytes.NewReader(text) },
		"in bytes":   func() io.Reader { return iotest.OneByteReader(bytes.NewReader(text)) },
		"and an end": func() io.Reader { return iotest.DataErrReader(bytes.NewReader(text)) },
	} {
		for _, size := range []int{0, len(text) - 1, len(text), len(text) + 1} {
			if got, err := readFile(f(), int64(size)); err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s, as if of %d bytes: %d of %d, %v", name, size, len(got), len(text), err)
			}
		}
	}
	if _, err := readFile(iotest.ErrReader(io.ErrUnexpectedEOF), 3); err != io.ErrUnexpectedEOF {
		t.Errorf("error %v", err)
	}
}
