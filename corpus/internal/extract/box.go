package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// box is a document that is a zip archive. All that is read from it counts against one
// limit, so that neither one member nor many, nor one that is read again and again,
// unpacks to more.
type box struct {
	files       map[string]*zip.File
	limit, left int64
}

func openBox(raw []byte, limit int64) (*box, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("it is no whole zip archive, as such a document is (%w): copy it or download it anew", err)
	}
	b := &box{map[string]*zip.File{}, limit, limit}
	for _, f := range archive.File {
		if b.files[f.Name] == nil {
			b.files[f.Name] = f
		}
	}
	return b, nil
}

func (b *box) has(name string) bool { return b.files[name] != nil }

// open reads one member.
func (b *box) open(name string) (io.Reader, error) {
	f := b.files[name]
	if f == nil {
		return nil, fmt.Errorf("it is damaged, its part %q is missing: save it anew in the program that made it", name)
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%w: its part %q asks for a password", ErrEncrypted, name)
	}
	if f.UncompressedSize64 > uint64(b.limit) { // as far as it is told: so much XML takes many seconds
		return nil, fmt.Errorf("its part %q cannot be read: %w", name, TooMuch(b.limit))
	}
	r, err := f.Open() // nothing is held open that must be closed: the archive is in memory
	if err != nil {
		return nil, fmt.Errorf("its part %q cannot be read: %w", name, err)
	}
	return &metered{r, b}, nil
}

// bytes reads one member whole.
func (b *box) bytes(name string) ([]byte, error) {
	r, err := b.open(name)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("its part %q cannot be read: %w", name, err)
	}
	return raw, nil
}

// walk shows one member, which is XML, to a visitor.
func (b *box) walk(name string, v visitor) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	if err := walk(newDecoder(r), v); err != nil {
		return fmt.Errorf("its part %q cannot be read: %w", name, err)
	}
	return nil
}

// metered takes what is read from what the box has left.
type metered struct {
	r   io.Reader
	box *box
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.box.left -= int64(n); m.box.left < 0 {
		return 0, TooMuch(m.box.limit)
	}
	return n, err
}
