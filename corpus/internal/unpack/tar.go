package unpack

import (
	"archive/tar"
	"fmt"
	"io"
	"strings"
)

// openTar opens each file of a tar. It is a stream: where it breaks off, so does the
// walk through it.
func (w *walk) openTar(p place, f File) bool {
	stream, visits := &unbroken{r: f.Reader}, w.visits
	archive := tar.NewReader(stream)
	for {
		met, told := stream.met, w.told
		header, err := archive.Next()
		switch {
		case err == io.EOF:
			return w.endTar(p, stream, w.visits > visits)
		case err != nil && met && told:
			return true // it is the fault that the visitor met in the member before
		case err != nil:
			return w.fault(p.name, fmt.Errorf("broken tar: %w", broken(err)))
		}
		w.told = false
		if !w.tarMember(p, archive, header) {
			return false
		}
	}
}

// endTar reads on to the end of the stream, for the checksum that a gzip has there.
func (w *walk) endTar(p place, stream io.Reader, found bool) bool {
	if _, err := io.Copy(io.Discard, stream); err != nil {
		return w.fault(p.name, err)
	}
	if !found {
		return w.fault(p.name, ErrEmpty)
	}
	return true
}

func (w *walk) tarMember(p place, archive *tar.Reader, header *tar.Header) bool {
	if header.FileInfo().IsDir() || header.Typeflag == tar.TypeXGlobalHeader {
		return true
	}
	inside, ok, more := w.enter(p, header.Name)
	if !ok {
		return more
	}
	if !header.FileInfo().Mode().IsRegular() || header.Typeflag == tar.TypeLink {
		return w.fault(inside.name, ErrSpecial)
	}
	var r io.Reader = archive
	if isSparse(header) { // and may be 8 EiB of zeros that are nowhere in the file
		r = &unpacking{w: w, r: r, packed: &w.packed}
	}
	return w.open(inside, File{Reader: r})
}

func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return h.Typeflag == tar.TypeGNUSparse
}

// unbroken remembers whether its reader failed, other than by an end.
type unbroken struct {
	r   io.Reader
	met bool
}

func (u *unbroken) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		u.met, err = true, broken(err)
	}
	return n, err
}
