package corpus

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

const (
	// groupSize is the number of bytes of lines that one goroutine takes at a time.
	groupSize = 256 << 10
	// headSize is how much of a file of many documents is looked at for its encoding.
	headSize = 64 << 10
)

// group is some whole lines of a file, of which the first has a number.
type group struct {
	first int
	lines []byte
}

// each calls do with the lines, without their ends, and their numbers.
func (g group) each(do func(number int, line []byte)) {
	rest := g.lines
	for number := g.first; len(rest) > 0; number++ {
		var line []byte
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			line, rest = rest, nil
		}
		do(number, bytes.TrimRight(line, "\r"))
	}
}

// groups cuts r into groups of lines, each of about groupSize, or of what one read gives
// if they are to come at once. A line that is too large for a document ends the reading:
// it may well have no end.
func groups(r io.Reader, atOnce bool, do func(group) bool) error {
	size := groupSize
	if atOnce {
		size = 1 << 16
	}
	var kept []byte
	for number := 1; ; {
		buffer, end, err := nextGroup(r, kept, size, atOnce)
		if end > 0 && !do(group{number, buffer[:end:end]}) {
			return nil
		}
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		kept = buffer[end:]
		number += bytes.Count(buffer[:end], []byte{'\n'})
	}
}

// nextGroup reads whole lines, up to end, and the beginning of another. Where reading
// ends, whole or not, so does the last line.
func nextGroup(r io.Reader, kept []byte, size int, atOnce bool) (buffer []byte, end int, err error) {
	buffer = append(make([]byte, 0, max(size, 2*len(kept))), kept...)
	for {
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if err != nil {
			return buffer, len(buffer), err
		}
		full := len(buffer) == cap(buffer)
		if full || atOnce {
			if end := bytes.LastIndexByte(buffer, '\n') + 1; end > 0 {
				return buffer, end, nil
			}
		}
		if len(buffer) > MaxSize {
			return nil, 0, errTooLarge
		}
		if full {
			buffer = slices.Grow(buffer, len(buffer))
		}
	}
}

// decodedFile is the text of a file of many documents, with what decodes its parts.
type decodedFile struct {
	io.Reader
	decoder  decoder
	encoding string  // what all of it was in, if the reader makes UTF-8 of it
	repairs  []Entry // of the file
	fault    *untilFault
}

// decodedFile finds out in what a file is written, by its first bytes. Of UTF-16, and of all
// that is not UTF-8 if whole is set, it makes UTF-8 as it is read; otherwise each line is
// left to be decoded by itself, so that one that is in something else does not spoil the
// others.
func (c *Corpus) decodedFile(in *input, whole bool) (decodedFile, error) {
	head, err := in.look(in.headSize())
	if err != nil {
		return decodedFile{}, err
	}
	l := decodedFile{decoder: c.decoder, fault: &untilFault{Reader: in.reader()}}
	l.Reader = l.fault
	a, rest, sure := c.decoder.encodingOf(head)
	if good, bad := validity(untorn(rest)); a.isUTF8() && bad > good && c.decoder.forced.Encoding == nil {
		if head, err = in.look(headSize); err != nil { // not before, for it may be long to come
			return l, err
		}
		a, sure = guess(head), false
		l.decoder.guessed = a
	}
	if !sure {
		l.repairs = []Entry{repairOf(a)}
	}
	if _, err := io.CopyN(io.Discard, l, int64(len(head)-len(rest))); err != nil { // the mark
		return l, err
	}
	if a.isWide() || whole && !a.isUTF8() {
		l.decoder, l.encoding = decoder{}, a.name
		l.Reader = transform.NewReader(l.fault, a.NewDecoder())
	}
	return l, nil
}

// headSize is how much to look at. Standard input may wait for a line to be answered
// before it says another, and is not waited for longer than was needed to know it.
func (in *input) headSize() int {
	if in.live {
		return in.stream.Buffered()
	}
	return headSize
}

// untorn is a text without the half of a letter that may be at its end.
func untorn(head []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(head); n++ {
		if last := head[len(head)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return head[:len(head)-n]
			}
			break
		}
	}
	return head
}

// splitLines makes a document of each line, also of an empty one.
func (c *Corpus) splitLines(in *input, do emit) bool {
	return c.splitGroups(in, do, func(l *decodedFile, g group) (func() batch, error) {
		return func() batch { return lines(in, l, g) }, nil
	})
}

// lines makes documents of a group of lines.
func lines(in *input, l *decodedFile, g group) batch {
	var all batch
	g.each(func(number int, line []byte) {
		t, ok := l.decoder.decode(line)
		t.withoutLeftMarkup()
		all.add(t.document(ok, in.id+":"+strconv.Itoa(number), in.folder, l.encoding))
	})
	return all
}

// splitGroups has groups of lines worked on, but for those of which there comes no job.
func (c *Corpus) splitGroups(in *input, do emit, work func(*decodedFile, group) (func() batch, error)) bool {
	l, err := c.decodedFile(in, false)
	if err != nil {
		return do(func() batch { return in.refused(err) })
	}
	more := len(l.repairs) == 0 || do(func() batch { return in.noted(l.repairs) })
	some := false
	var fault error
	if !more {
		return false
	}
	err = groups(l, in.live, func(g group) bool {
		var job func() batch
		if job, fault = work(&l, g); job != nil {
			some, more = true, do(job)
		}
		return more && fault == nil
	})
	switch err := cmp.Or(fault, err, l.fault.fault); {
	case more && err != nil:
		return do(func() batch { return in.refused(err) })
	case more && !some && !in.live:
		return do(func() batch { return in.noted([]Entry{{Reason: Empty}}) })
	}
	return more
}

// document makes a batch of one decoded text.
func (t *decoded) document(ok bool, id, folder, encoding string) batch {
	for i := range t.repairs {
		t.repairs[i].Path = id
	}
	if !ok {
		return batch{entries: t.repairs}
	}
	d := Document{ID: id, Meta: []Field{{Folder, folder}}, Encoding: cmp.Or(t.encoding, encoding), Text: t.text}
	return batch{documents: []Document{d}, entries: t.repairs}
}

// untilFault ends where its reader fails, and remembers why. Decoders hold back bytes
// that may be half a character, and give them up only at an end.
type untilFault struct {
	io.Reader
	fault error
}

func (r *untilFault) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		r.fault, err = err, io.EOF
	}
	return n, err
}
