package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"klew/corpus/internal/extract"
	"klew/corpus/internal/unpack"
)

// input is what one document or many are in: a file, one inside an archive, or standard
// input.
type input struct {
	path   string // as in the ledger
	id     string // of the document, or what stands before ":12" in those of many
	name   string // by the ending of which it may be known
	folder string
	below  string        // the path below the folder that was named
	whole  []byte        // all of it, if it is small; and else
	stream *bufio.Reader // what is still to be read
	at     io.ReaderAt   // reads it anywhere, up to size; nil if that cannot be
	size   int64         // or what is told of it
	live   bool          // standard input, that may say something now, and more later
}

// readFile reads a file; or finds that it holds many documents, and has it split.
func (c *Corpus) readFile(p *pool, s source) batch {
	in := input{path: shown(s.path), id: shown(s.path), name: s.path, folder: shown(s.folder), below: s.below()}
	f, err := c.files.Open(s.path)
	if err != nil {
		return in.refused(err)
	}
	close := f.Close
	defer func() { close() }()
	if err := in.begin(f); err != nil {
		return in.refused(err)
	}
	head, err := in.look(sample)
	if err != nil {
		return in.refused(err)
	}
	archive, format := unpack.Is(head, in.name), c.formatOf(head, in.name)
	if !archive && format.whole != nil {
		b := c.take(format, &in)()
		c.stages.describe(in.below, &b)
		return b
	}
	close = func() error { return nil } // for the goroutine that splits will
	return batch{parts: p.split(func(do emit) {
		defer f.Close()
		if archive {
			c.unpack(&in, do)
		} else {
			format.split(c, &in, c.described(&in, do))
		}
	})}
}

// begin reads all of a small file, which takes one call of the system.
func (in *input) begin(f fs.File) (err error) {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	in.size = info.Size()
	if in.size < large && info.Mode().IsRegular() {
		if in.whole, err = readFile(f, in.size); err == nil {
			in.at, in.size = bytes.NewReader(in.whole), int64(len(in.whole))
		}
		return err
	}
	in.stream = bufio.NewReaderSize(f, 1<<16)
	if at, ok := f.(io.ReaderAt); ok && info.Mode().IsRegular() {
		in.at = at
	}
	return nil
}

// look returns the first n bytes, or all there are. They remain to be read.
func (in *input) look(n int) ([]byte, error) {
	if in.stream == nil {
		return in.whole[:min(n, len(in.whole))], nil
	}
	if in.stream.Size() < n {
		in.stream = bufio.NewReaderSize(in.stream, n)
	}
	head, err := in.stream.Peek(n)
	if err == io.EOF {
		err = nil
	}
	return head, err
}

// reader reads it from the start.
func (in *input) reader() io.Reader {
	if in.stream == nil {
		return bytes.NewReader(in.whole)
	}
	return in.stream
}

// all reads it, up to MaxSize.
func (in *input) all() ([]byte, error) {
	if in.stream == nil {
		return in.whole, nil
	}
	if in.at != nil { // a size that is known, not told: doubling the room would take three times as much
		return readAll(in.stream, min(in.size, MaxSize))
	}
	return readAll(in.stream, min(max(in.size, int64(in.stream.Buffered())), large)) // what is told of a size may be a lie
}

// take reads all of what is one document, and returns what is left to be done. What is no
// text is known by the first bytes, and what is too large by its size, if that is true.
func (c *Corpus) take(format *format, in *input) func() batch {
	refuse := func(b batch) func() batch { return func() batch { return b } }
	if format.encoded && in.stream != nil {
		head, err := in.look(sample)
		if err != nil {
			return refuse(in.refused(err))
		}
		if b, binary := c.isNoText(head, in); binary {
			return refuse(b)
		}
	}
	if in.at != nil && in.size > MaxSize {
		return refuse(in.refused(errTooLarge))
	}
	raw, err := in.all()
	if err != nil {
		return refuse(in.refused(err))
	}
	return func() batch { return format.whole(c, in, raw) }
}

// isNoText refuses a large file by its first bytes. Of a small one there is nothing to save.
func (c *Corpus) isNoText(head []byte, in *input) (batch, bool) {
	if len(head) < sample {
		return batch{}, false
	}
	if t, ok := c.decoder.decode(bytes.Clone(head)); !ok {
		return in.noted(t.repairs), true
	}
	return batch{}, false
}

// unpack reads the files inside an archive.
func (c *Corpus) unpack(in *input, do emit) {
	buffer := bufio.NewReaderSize(nil, sample) // one for all, which are read one after the other
	file := unpack.File{Name: in.path, Reader: in.reader(), At: in.at, Size: in.size}
	unpack.Walk(file, unpack.Options{Limits: c.limits.forUnpack(), Hidden: c.hidden}, func(m *unpack.Member) bool {
		inside := input{path: m.Name, id: m.Name, name: m.Plain, folder: memberFolder(in, m.Name), at: m.At, size: m.Size}
		inside.below = in.below + strings.TrimPrefix(m.Name, in.path)
		if m.Fault != nil {
			return do(func() batch { return inside.refused(m.Fault) })
		}
		if m.Name != in.path && isSystemFile(path.Base(m.Name)) {
			return do(func() batch { return inside.noted([]Entry{{Reason: System}}) })
		}
		buffer.Reset(m.Reader)
		inside.stream = buffer
		return c.readMember(&inside, m.Kind, c.described(&inside, do))
	})
}

// memberFolder is the metadata field of a file in an archive, which counts as a folder
// that was named. What is only compressed is in the folder of the file.
func memberFolder(archive *input, name string) string {
	inside := strings.TrimPrefix(name, archive.path)
	switch dir := path.Dir(inside); {
	case inside == "":
		return archive.folder
	case dir == "/":
		return path.Base(archive.path)
	default:
		return dir[1:]
	}
}

// readMember reads a file in an archive. It must be read here, before the next; what is
// made of it can be made by others.
func (c *Corpus) readMember(in *input, kind string, do emit) bool {
	head, err := in.look(sample)
	if err != nil {
		return do(func() batch { return in.refused(err) })
	}
	format := c.formatOf(head, in.name)
	if kind != "" && c.forced == nil {
		format = named(c.formats, kind)
	}
	switch {
	case format == nil:
		return do(func() batch {
			return in.noted([]Entry{{Reason: Binary, Detail: "an office file of a kind that klew does not read, such as a drawing: save it as PDF, text or CSV"}})
		})
	case format.split != nil:
		return format.split(c, in, do)
	}
	return do(c.take(format, in))
}

// leastHead is the number of bytes of standard input that are looked at before its first
// line is read, and mostHead that up to which an end of that line is waited for.
const (
	leastHead = unpack.HeadSize
	mostHead  = sample
)

// readStdin reads standard input: an archive or a file of records, if it begins so, and
// else lines.
func (c *Corpus) readStdin(do emit) {
	if c.stdin == nil {
		return
	}
	in := input{path: standardInput, id: "stdin", live: true, stream: bufio.NewReaderSize(c.stdin, 1<<16)}
	n := leastHead
	head, err := in.look(n)
	for ; err == nil && len(head) == n && n < mostHead && bytes.IndexByte(head, '\n') < 0; head, err = in.look(n) {
		n *= 2
	}
	switch format := c.formatOf(head, ""); {
	case unpack.Is(head, ""):
		in.path = in.id // for the names of its members
		c.unpack(&in, do)
	case c.forced == nil && matrixOf(head) != "":
		do(func() batch { return in.matrix(matrixOf(head)) })
	case c.forced == nil && format.name == "text":
		named(c.formats, "lines").split(c, &in, c.described(&in, do))
	case format.split != nil:
		format.split(c, &in, c.described(&in, do))
	default:
		c.described(&in, do)(c.take(format, &in))
	}
}

// refused is the ledger's line of what cannot be read.
func (in *input) refused(err error) batch {
	return in.noted([]Entry{{Reason: reasonOf(err), Detail: Cause(err).Error()}})
}

// reasonOf sorts faults.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, errTooLarge):
		return TooLarge
	case errors.Is(err, unpack.ErrHidden):
		return Hidden
	case errors.Is(err, unpack.ErrSpecial):
		return Special
	case errors.Is(err, unpack.ErrEncrypted) || errors.Is(err, extract.ErrEncrypted):
		return Encrypted
	case errors.Is(err, unpack.ErrLimit) || errors.Is(err, extract.ErrLimit):
		return OverLimit
	case errors.Is(err, extract.ErrNoText):
		return NoText
	case errors.Is(err, unpack.ErrEmpty):
		return Empty
	}
	return Unreadable
}

// noted is entries without a document.
func (in *input) noted(entries []Entry) batch {
	for i := range entries {
		entries[i].Path = in.path
	}
	return batch{entries: entries}
}
