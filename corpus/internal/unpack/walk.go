package unpack

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// Options say how to walk.
type Options struct {
	Limits
	// Hidden has hidden files visited like others.
	Hidden bool
}

// Member is a file that is no container: one inside others, or the file itself.
type Member struct {
	// Name is the path to it, such as archive.zip/dir/a.txt. What is only compressed has
	// the name of the file: a.txt.gz. No two have the same name.
	Name string
	// Plain is Name without the endings of compression: a.txt for a.txt.gz.
	Plain string
	// Kind is docx, pptx, xlsx, odt, odp, ods or epub, for a zip that is one document;
	// office for one of another kind, such as a drawing; and else empty.
	Kind string
	// Fault is why it cannot be read, and then there is no reader.
	Fault error
	// Reader may be used until the visit ends, and need not be read to its end.
	io.Reader
	// At reads it anywhere, and is nil if it is a stream. Size is its length, which of a
	// stream is only what the archive says, or 0.
	At   io.ReaderAt
	Size int64
}

// File is what Walk reads.
type File struct {
	Name string
	io.Reader
	// At reads the file anywhere, and Size is its length. If At is nil, it is a stream, and
	// Size what is told of it, or 0.
	At   io.ReaderAt
	Size int64
}

// Walk visits each file inside f, in order, or f itself if it is no container, until
// visit returns false.
func Walk(f File, o Options, visit func(*Member) bool) {
	w := &walk{limits: o.Limits.withDefaults(), hidden: o.Hidden, visit: visit, met: map[uint64]int{}, packed: f.Size}
	if f.At == nil {
		w.packed = 0
		f.Reader = &counter{r: f.Reader, n: &w.packed}
	}
	w.open(place{f.Name, f.Name, 0}, f)
}

// walk is the state of one Walk.
type walk struct {
	limits  Limits
	hidden  bool
	visit   func(*Member) bool
	packed  int64       // bytes of the whole: its size, or what has been read of a stream
	total   int64       // bytes that came of unpacking
	idle    []io.Reader // inflaters that were used and can be again
	members int
	visits  int
	told    bool           // whether the visitor has met a fault since this was unset
	met     map[uint64]int // how often each name was met, by hash: 16 bytes for each
}

// place is where in the containers something is.
type place struct {
	name, plain string
	depth       int
}

// open visits what is in f. Like all functions here it returns false to end the walk.
func (w *walk) open(p place, f File) bool {
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(f.Reader, head)
	if head = head[:n]; err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return w.fault(p.name, err)
	}
	f.Reader = io.MultiReader(bytes.NewReader(head), f.Reader)
	kind := kindOf(head, p.plain)
	if kind != none && len(head) == 0 {
		return w.fault(p.name, fmt.Errorf("empty, and so no %s", kind))
	}
	if kind != none && p.depth == w.limits.Depth {
		return w.fault(p.name, limitError(fmt.Sprintf("more than %d containers in each other, the limit%s", w.limits.Depth, trusted)))
	}
	switch kind {
	case gzipKind, zstdKind:
		return w.openCompressed(kind, p, f)
	case zipKind:
		return w.openZip(p, f)
	case tarKind:
		return w.openTar(p, f)
	}
	return w.leaf(&Member{Name: p.name, Plain: p.plain, Reader: f.Reader, At: f.At, Size: f.Size})
}

// leaf visits a file.
func (w *walk) leaf(m *Member) bool {
	w.visits++
	m.Reader = &telling{m.Reader, &w.told}
	return w.visit(m) && !w.exhausted()
}

// fault visits what cannot be read.
func (w *walk) fault(name string, err error) bool {
	w.visits++
	w.told = true
	return w.visit(&Member{Name: name, Plain: name, Fault: err}) && !w.exhausted()
}

// telling is the reader of a member. It notes that the visitor has met a fault.
type telling struct {
	io.Reader
	told *bool
}

func (t *telling) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	if err != nil && err != io.EOF {
		*t.told = true
	}
	return n, err
}

// enter finds the place of a file in an archive. ok is false where it is not to be
// opened, and then more tells whether to go on.
func (w *walk) enter(archive place, name string) (p place, ok, more bool) {
	if w.members++; w.members > w.limits.Members {
		w.fault(archive.name, limitError(fmt.Sprintf("more than %d files, the limit; the others are left out%s", w.limits.Members, trusted)))
		return p, false, false
	}
	name = clean(name)
	if part := hiddenPart(name); part != "" && !w.hidden {
		part = archive.name + "/" + part
		if w.again(part) > 1 {
			return p, false, true
		}
		return p, false, w.fault(part, ErrHidden)
	}
	name = archive.name + "/" + name
	plain := name
	if n := w.again(name); n > 1 {
		name = fmt.Sprintf("%s~%d", name, n)
	}
	return place{name, plain, archive.depth + 1}, true, true
}

// again counts how often a name has come. Archives may hold several files of one name.
func (w *walk) again(name string) int {
	h := fnv.New64a()
	io.WriteString(h, name)
	w.met[h.Sum64()]++
	return w.met[h.Sum64()]
}

// counter counts the bytes of a reader.
type counter struct {
	r io.Reader
	n *int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

// unpacking is what a decompressor gives, held to the limits. It remembers its fault,
// which whoever reads it has then met.
type unpacking struct {
	w      *walk
	r      io.Reader
	packed *int64 // bytes that the decompressor was given
	n      int64
	fault  error
}

func (u *unpacking) Read(p []byte) (int, error) {
	if u.fault != nil {
		return 0, u.fault
	}
	n, err := u.r.Read(p)
	u.n += int64(n)
	u.w.total += int64(n)
	if over := u.w.limits.over(u.n, *u.packed); over != nil {
		n, err = 0, over
	} else if over := u.w.limits.overall(u.w.total, u.w.packed); over != nil {
		n, err = 0, over
	}
	if err != nil && err != io.EOF {
		u.fault = broken(err)
		err = u.fault
	}
	return n, err
}

// exhausted tells whether the archive as a whole has come to a limit, from where on
// nothing of it can be read any more.
func (w *walk) exhausted() bool { return w.limits.overall(w.total, w.packed) != nil }

// broken says in people's words that an archive ends too early.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("cut off: it ends too early; copy it or download it anew")
	}
	return err
}
